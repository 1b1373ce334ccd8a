/* Filters the list of forces while a reader types. Without it the list is simply complete. */
(function () {
  "use strict";

  var form = document.getElementById("find-form");
  var input = document.getElementById("find-name");
  var count = document.getElementById("find-count");
  var regions = Array.prototype.slice.call(document.querySelectorAll(".region"));

  function words(text) {
    return text
      .toLowerCase()
      .replace(/&/g, " and ")
      .replace(/[^a-z0-9]+/g, " ")
      .trim()
      .split(" ")
      .filter(Boolean);
  }

  /* every word typed begins a word of the force's name or of its region */
  function matches(wanted, known) {
    return wanted.every(function (word) {
      return known.some(function (other) { return other.indexOf(word) === 0; });
    });
  }

  function visible() {
    return regions.reduce(function (links, region) {
      return links.concat(
        Array.prototype.slice.call(region.querySelectorAll("li:not([hidden]) a"))
      );
    }, []);
  }

  function filter() {
    var wanted = words(input.value);
    regions.forEach(function (region) {
      var name = region.querySelector("h3").textContent;
      region.querySelectorAll("li").forEach(function (item) {
        var known = item.textContent + " " + name + " " + (item.dataset.places || "");
        item.hidden = !matches(wanted, words(known));
      });
      region.hidden = !region.querySelector("li:not([hidden])");
    });
    tell(wanted.length > 0, visible().length);
  }

  function tell(asked, found) {
    if (!asked) {
      count.textContent = "";
    } else if (found === 0) {
      count.textContent = "No force has that name. Try the name of a county or a region.";
    } else {
      count.textContent = found === 1 ? "1 force; press Enter to open it" : found + " forces";
    }
  }

  function open(event) {
    event.preventDefault();
    var links = visible();
    if (links.length === 1) {
      window.location.assign(links[0].href);
    } else if (links.length) {
      links[0].focus();
    }
  }

  form.hidden = false;
  input.addEventListener("input", filter);
  form.addEventListener("submit", open);
  filter();
})();
