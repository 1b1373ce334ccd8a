/* Says above a table that is wider than its place that it scrolls sideways. The shadow at its edge,
   drawn by book.css, needs no script; the line of text does, for only a script knows the widths.
   Folded code that scrolls becomes a stop of the keyboard once it is open: the theme looks at it
   only while it is folded, when it has no width. */
(function () {
  "use strict";

  var WIDE = ".peel-table, .pst-scrollable-table-container", CODE = "details pre";

  function hintOf(holder) {
    var before = holder.previousElementSibling;
    return before && before.classList.contains("peel-scrolls") ? before : null;
  }

  /* Those who hear a page have all columns, so the line is for the eye alone. */
  function addHint(holder) {
    var hint = document.createElement("p");
    hint.className = "peel-scrolls";
    hint.setAttribute("aria-hidden", "true");
    hint.textContent = "Scroll the table sideways for more columns \u2192";
    holder.before(hint);
  }

  /* Pixels at the edge of the last column that hold nothing: while only these are cut, all columns show. */
  function blankOf(holder) {
    var last = holder.querySelector("tr > :last-child");
    return last ? Math.max(1, parseFloat(getComputedStyle(last).paddingRight)) : 1;
  }

  function look(holder) {
    if (holder.matches(CODE)) {
      holder.tabIndex = holder.scrollWidth > holder.clientWidth ? 0 : -1;
      return;
    }
    var hint = hintOf(holder);
    var scrolls = holder.scrollWidth > holder.clientWidth + blankOf(holder);
    if (scrolls && !hint) {
      addHint(holder);
    } else if (hint) {
      hint.hidden = !scrolls;
    }
  }

  function begin() {
    // a table in a folded part has its width only once that is open
    var sizes = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) { look(entry.target); });
    });
    document.querySelectorAll(WIDE + ", " + CODE).forEach(function (holder) { sizes.observe(holder); });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
