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

  /* The theme listens to the buttons of a bar above the article, which book.css hides because it
     is empty, instead of those that are seen: contents of the book, contents of the page. */
  function passOn(kind) {
    var heard = document.querySelector("#pst-header ." + kind);
    var seen = document.querySelector(".bd-header-article ." + kind);
    if (heard && seen) {
      seen.addEventListener("click", function () { heard.click(); });
    }
  }

  /* the button for the full screen, whose handler the theme writes into the markup */
  function listenForFullScreen() {
    document.querySelectorAll("[data-full-screen]").forEach(function (button) {
      button.addEventListener("click", function () { window.toggleFullScreen(); });
    });
  }

  function mendAll() {
    listenForFullScreen();
    nameToggles();
    ["primary-toggle", "secondary-toggle"].forEach(passOn);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", mendAll);
  } else {
    mendAll();
  }
})();
