/* In a site: below each figure and headline about one indicator, a link to the page on it. The book
   of one force by itself has no such pages, and site_root.js says so. */
(function () {
  "use strict";

  var here = document.currentScript.src;
  var root = window.PEEL_SITE_ROOT;

  function add(place, base) {
    var name = place.dataset.indicator;
    var address = base + "national/indicator/" + name + ".html";
    if (address === window.location.href.split(/[?#]/)[0]) {
      return;
    }
    var line = document.createElement("p");
    var link = document.createElement("a");
    var title = place.querySelector(".peel-title, h4");
    line.className = "peel-more";
    link.href = address;
    link.textContent = "All forces and years";
    if (title) {
      link.setAttribute("aria-label", "All forces and years: " + title.textContent);
    }
    line.appendChild(link);
    place.appendChild(line);
  }

  function addAll() {
    var base = new URL(root, new URL("../", here)).href;
    document.querySelectorAll("[data-indicator]").forEach(function (place) { add(place, base); });
  }

  if (root && document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", addAll);
  } else if (root) {
    addAll();
  }
})();
