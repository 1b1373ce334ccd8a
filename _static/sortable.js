/* Makes tables marked data-sortable sort by their headings. A cell sorts by its data-sort, as a
   number where every one in the column is a number; empty ones come last in both directions. */
(function () {
  "use strict";

  var byName = new Intl.Collator("en-GB", { sensitivity: "base" }).compare;

  function keyOf(row, column) {
    return row.cells[column].getAttribute("data-sort") || "";
  }

  function comparison(rows, column) {
    var keys = rows.map(function (row) { return keyOf(row, column); });
    var numeric = keys.every(function (key) { return key === "" || isFinite(key); });
    return numeric ? function (a, b) { return Number(a) - Number(b); } : byName;
  }

  function sort(table, column, descending) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var compare = comparison(rows, column);
    rows.sort(function (one, other) {
      var a = keyOf(one, column);
      var b = keyOf(other, column);
      if (a === "" || b === "") {
        return (a === "") - (b === "");
      }
      var order = compare(a, b) * (descending ? -1 : 1);
      return order || byName(keyOf(one, 0), keyOf(other, 0));
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }

  function sortBy(table, heading) {
    var descending = heading.getAttribute("aria-sort") === "ascending";
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    sort(table, heading.cellIndex, descending);
  }

  function addButton(table, heading) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "peel-sort";
    while (heading.firstChild) {
      button.appendChild(heading.firstChild);
    }
    heading.appendChild(button);
    button.addEventListener("click", function () { sortBy(table, heading); });
  }

  function prepare(table) {
    Array.prototype.slice.call(table.tHead.rows[0].cells).forEach(function (heading) {
      addButton(table, heading);
    });
  }

  function prepareAll() {
    document.querySelectorAll("table[data-sortable]").forEach(prepare);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", prepareAll);
  } else {
    prepareAll();
  }
})();
