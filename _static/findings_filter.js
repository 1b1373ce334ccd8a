/* Lets a reader choose among the rows of a table marked data-filter: by words, by question, and by
   the columns that are named in the mark. Everything it needs is in the page. A link to a row that
   the choice has hidden shows all rows again. */
(function () {
  "use strict";

  function shown(row, column) {
    return row.cells[column].textContent.trim();
  }

  function labelled(name, field) {
    var label = document.createElement("label");
    field.autocomplete = "off";
    label.append(name + " ", field);
    return label;
  }

  /* the sub-question that a finding speaks to; its number may name another */
  function partOf(row) {
    return row.cells[0].getAttribute("data-part") || shown(row, 0).split("-")[0];
  }

  /* the question, then each of its parts: 1, 1.1, 1.2, 2, ... */
  function questionsOf(rows) {
    var found = new Set();
    rows.forEach(function (row) {
      var part = partOf(row);
      found.add(part.split(".")[0]).add(part);
    });
    return Array.from(found).sort();
  }

  function choice(values) {
    var select = document.createElement("select");
    select.add(new Option("all", ""));
    values.forEach(function (value) { select.add(new Option(value, value)); });
    return select;
  }

  function columnsOf(table) {
    var wanted = table.getAttribute("data-filter").split(",");
    var heads = Array.from(table.tHead.rows[0].cells);
    return wanted.map(function (name) {
      var head = heads.find(function (cell) { return cell.textContent.trim() === name; });
      return { name: name, place: head.cellIndex };
    });
  }

  function prepare(table) {
    var rows = Array.from(table.tBodies[0].rows);
    var form = document.createElement("form");
    var words = document.createElement("input");
    var question = choice(questionsOf(rows));
    var status = document.createElement("p");
    var fields = columnsOf(table).map(function (column) {
      var values = new Set(rows.map(function (row) { return shown(row, column.place); }));
      return { place: column.place, name: column.name, select: choice(Array.from(values).sort()) };
    });

    function fits(row) {
      var part = partOf(row);
      var chosen = question.value;
      var text = row.textContent.toLowerCase();
      return (
        (!chosen || part === chosen || part.startsWith(chosen + ".")) &&
        fields.every(function (field) {
          return !field.select.value || shown(row, field.place) === field.select.value;
        }) &&
        words.value.toLowerCase().split(/\s+/).every(function (word) { return text.includes(word); })
      );
    }

    function update() {
      var left = 0;
      rows.forEach(function (row) {
        row.hidden = !fits(row);
        left += row.hidden ? 0 : 1;
      });
      status.textContent = left + " of " + rows.length + " findings shown";
    }

    function showTarget() {
      var row = rows.find(function (each) { return "#" + each.id === decodeURI(location.hash); });
      if (row && row.hidden) {
        form.reset();
        update();
        row.scrollIntoView();
      }
    }

    words.type = "search";
    form.className = "peel-filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Choose among the findings");
    status.setAttribute("role", "status");
    form.append(labelled("Words", words), labelled("Question", question));
    fields.forEach(function (field) { form.append(labelled(field.name, field.select)); });
    form.append(status);
    form.addEventListener("input", update);
    form.addEventListener("change", update);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    window.addEventListener("hashchange", showTarget);
    var holder = table.closest(".peel-table");
    holder.parentNode.insertBefore(form, holder);
    update();
  }

  /* before sortable.js, which puts a button into each heading, or after it: the words are the same */
  function prepareAll() {
    document.querySelectorAll("table[data-filter]").forEach(prepare);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", prepareAll);
  } else {
    prepareAll();
  }
})();
