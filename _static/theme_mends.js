/* What the theme and Sphinx leave to mend on every page. */
(function () {
  "use strict";

  /* What opens and closes a cell's code says "Show the code" or "Hide the code"; the theme names it
     otherwise for those who hear the page or speak to it. Its text is the better name. */
  function nameToggles() {
    document.querySelectorAll(".cell summary[aria-label]").forEach(function (toggle) {
      if (toggle.textContent.trim()) {
        toggle.removeAttribute("aria-label");
      }
    });
  }

  /* A search reads the pages that it found to show a few words of each, which a browser refuses
     to a page opened from a folder. */
  if (window.location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  /* The theme listens to the buttons of a bar above the article, which book.css hides because it
     is empty, instead of those that are seen: contents of the book, contents of the page. */
  function passOn(kind) {
    var heard = document.querySelector("#pst-header ." + kind);
    var seen = document.querySelector(".bd-header-article ." + kind);
    if (heard && seen) {
      seen.addEventListener("click", function () { heard.click(); });
    }
  }

  function mendAll() {
    nameToggles();
    ["primary-toggle", "secondary-toggle"].forEach(passOn);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", mendAll);
  } else {
    mendAll();
  }
})();
