/* Completes the addresses in the code that shows a figure on another page: what was written when the
   book was made does not know where it is served. A book in a folder has no such address. */
(function () {
  "use strict";

  var here = document.baseURI;

  function complete(code) {
    var root = new URL(code.dataset.up, here).href;
    code.textContent = code.textContent.replace(/(href|src)="(?!https?:)/g, '$1="' + root);
  }

  function completeAll() {
    document.querySelectorAll(".peel-keep pre[data-up]").forEach(complete);
  }

  if (/^https?:/.test(here) && document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", completeAll);
  } else if (/^https?:/.test(here)) {
    completeAll();
  }
})();
