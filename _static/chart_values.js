/* Makes the values of a chart readable with the keyboard: one stop of the Tab key for each chart whose
   marks lead nowhere, arrow keys from mark to mark, Home and End to the first and the last. What the
   pointer shows over a mark stands below the chart, and is read aloud. Needs figures.js. */
(function () {
  "use strict";

  var LINK = 'path[role="link"]';
  var HELP = "Arrow keys go to the next value, Home and End to the first and the last.";
  var STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  var ROOM = 3; // pixels between a mark and the ring around it
  var prepared = 0;

  function said(tooltip) {
    return Object.keys(tooltip).map(function (key) { return key + ": " + tooltip[key]; }).join("; ");
  }

  /* what is said of each mark, and its box in the drawing; a label of a mark says the same again */
  function valuesOf(view) {
    var origin = view.origin();
    var padding = view.padding();
    var known = {};
    var found = [];
    function walk(item, x, y) {
      var text = item.tooltip && typeof item.tooltip === "object" ? said(item.tooltip) : "";
      if (text && !known[text]) {
        known[text] = true;
        found.push({ text: text, x: item.bounds.x1 + x, y: item.bounds.y1 + y,
          width: item.bounds.width(), height: item.bounds.height() });
      }
      var inGroup = item.mark && item.mark.marktype === "group";
      (item.items || []).forEach(function (inner) {
        walk(inner, x + (inGroup ? item.x || 0 : 0), y + (inGroup ? item.y || 0 : 0));
      });
    }
    walk(view.scenegraph().root, origin[0] + padding.left, origin[1] + padding.top);
    return found;
  }

  function makeNote(holder, picture) {
    var note = document.createElement("p");
    note.className = "peel-keys";
    note.hidden = true;
    note.innerHTML = '<strong role="status"></strong><br><span></span>';
    note.lastChild.id = "peel-values-" + (prepared += 1);
    note.lastChild.textContent = HELP;
    picture.setAttribute("aria-describedby", note.lastChild.id);
    holder.appendChild(note);
    return note;
  }

  function makeRing(picture) {
    var ring = document.createElement("span");
    ring.className = "peel-at";
    ring.hidden = true;
    picture.appendChild(ring);
    return ring;
  }

  /* a chart may be shown smaller than it was drawn */
  function surround(ring, picture, value) {
    var svg = picture.querySelector("svg");
    var box = svg.getBoundingClientRect();
    var frame = picture.getBoundingClientRect();
    var scale = box.width / Number(svg.getAttribute("viewBox").split(" ")[2]);
    ring.style.left = box.left - frame.left + value.x * scale - ROOM + "px";
    ring.style.top = box.top - frame.top + value.y * scale - ROOM + "px";
    ring.style.width = value.width * scale + 2 * ROOM + "px";
    ring.style.height = value.height * scale + 2 * ROOM + "px";
  }

  function prepare(holder) {
    var picture = holder.peelPicture;
    var values = picture.querySelector(LINK) ? [] : valuesOf(holder.peelView);
    if (!values.length) {
      return;
    }
    var note = makeNote(holder, picture);
    var ring = makeRing(picture);
    var place = 0;
    picture.setAttribute("tabindex", "0");

    function show(shown) {
      note.hidden = ring.hidden = !shown;
      if (shown) {
        note.firstChild.textContent = values[place].text;
        surround(ring, picture, values[place]);
      }
    }

    picture.addEventListener("focus", function () { show(picture.matches(":focus-visible")); });
    picture.addEventListener("blur", function () { show(false); });
    picture.addEventListener("keydown", function (event) {
      var last = values.length - 1;
      var to = { Home: 0, End: last }[event.key];
      if (STEPS[event.key]) {
        to = Math.min(Math.max(place + STEPS[event.key], 0), last);
      }
      if (to !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        place = to;
        show(true);
      }
    });
  }

  document.addEventListener("peel:drawn", function (event) { prepare(event.target); });
  document.querySelectorAll('.peel-chart[data-drawn="yes"]').forEach(prepare);
})();
