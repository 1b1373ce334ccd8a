/* Lets a reader choose the two forces of the table "side by side". Everything it shows is in the
   page. The choice is kept in the address, so that it can be linked to: ?first=kent&second=essex. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var EDGE = 6; // as in peelbook/charts/small.py
  var WIDTH = 240;

  function chooser(forces, label, chosen) {
    var holder = document.createElement("label");
    var select = document.createElement("select");
    select.autocomplete = "off";
    forces.forEach(function (force) {
      select.add(new Option(force.name, force.force, force.force === chosen, force.force === chosen));
    });
    holder.append(label + " ", select);
    return holder;
  }

  function place(row, value) {
    var known = Object.values(row.forces).map(function (force) { return force.value; });
    known.push(row.country);
    known = known.filter(function (each) { return each !== null; });
    var low = Math.min.apply(null, known);
    var high = Math.max.apply(null, known);
    return EDGE + (high > low ? (value - low) / (high - low) : 0.5) * (WIDTH - 2 * EDGE);
  }

  function mark(svg, row, force, kind) {
    var old = svg.querySelector("." + kind);
    if (old) {
      old.remove();
    }
    if (row.forces[force].value === null) {
      return;
    }
    var dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("class", kind);
    dot.setAttribute("cx", place(row, row.forces[force].value));
    dot.setAttribute("cy", svg.viewBox.baseVal.height / 2);
    dot.setAttribute("r", EDGE);
    svg.appendChild(dot);
  }

  function said(row, forces, chosen) {
    return chosen
      .map(function (slug) {
        var name = forces.find(function (force) { return force.force === slug; }).name;
        return name + " " + row.forces[slug].shown;
      })
      .concat("England and Wales " + row.country_shown)
      .join(", ");
  }

  function fill(cell, force) {
    cell.querySelector(".peel-value").textContent = force.shown;
    cell.querySelector(".peel-beside").textContent = force.place;
  }

  function head(cell, force) {
    cell.textContent = "";
    if (!force.href) {
      cell.textContent = force.name;
      return;
    }
    var link = document.createElement("a");
    link.href = force.href;
    link.textContent = force.name;
    cell.appendChild(link);
  }

  function show(place, data, chosen) {
    var table = place.querySelector("table");
    chosen.forEach(function (slug, column) {
      var force = data.forces.find(function (each) { return each.force === slug; });
      head(table.tHead.rows[0].cells[column + 1], force);
    });
    data.rows.forEach(function (row, number) {
      var line = table.tBodies[0].rows[number];
      var svg = line.querySelector("svg");
      chosen.forEach(function (slug, column) {
        fill(line.cells[column + 1], row.forces[slug]);
        mark(svg, row, slug, column ? "peel-second" : "peel-own");
      });
      svg.setAttribute("aria-label", said(row, data.forces, chosen));
      svg.querySelector("title").textContent = svg.getAttribute("aria-label");
    });
  }

  function asked(forces, name, otherwise) {
    var slug = new URLSearchParams(window.location.search).get(name);
    return forces.some(function (force) { return force.force === slug; }) ? slug : otherwise;
  }

  function remember(chosen) {
    if (window.location.protocol !== "file:") {
      window.history.replaceState(null, "", "?first=" + chosen[0] + "&second=" + chosen[1]);
    }
  }

  function prepare(holder) {
    var data = JSON.parse(holder.querySelector("script").textContent);
    var chosen = [
      asked(data.forces, "first", data.forces[0].force),
      asked(data.forces, "second", data.forces[1].force),
    ];
    var labels = [
      chooser(data.forces, "First force", chosen[0]),
      chooser(data.forces, "Second force", chosen[1]),
    ];
    labels.forEach(function (label, column) {
      label.querySelector("select").addEventListener("change", function (event) {
        chosen[column] = event.target.value;
        remember(chosen);
        show(holder, data, chosen);
      });
    });
    holder.querySelector(".peel-choice").append(labels[0], labels[1]);
    show(holder, data, chosen);
  }

  function prepareAll() {
    document.querySelectorAll(".peel-side-by-side").forEach(prepare);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", prepareAll);
  } else {
    prepareAll();
  }
})();
