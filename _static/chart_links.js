/* Makes the marks of a chart that lead to a book usable with the keyboard: one stop of the Tab key
   for each chart, arrow keys to the next mark in that direction, letters to a name, Home and End,
   and Enter to open the book, as a click does. Needs figures.js. */
(function () {
  "use strict";

  var LINK = 'path[role="link"]';
  var HELP =
    "Arrow keys move to the next one in that direction, letters to a name, Enter opens the book.";
  var SMALL = 16; // pixels
  var PAUSE = 800; // milliseconds after which letters begin another name
  var WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var byName = new Intl.Collator("en-GB", { sensitivity: "base" }).compare;
  var prepared = 0;
  var typed = { text: "", at: 0 };

  function nameOf(link) {
    return link.getAttribute("aria-label") || "";
  }

  function linksOf(holder) {
    return Array.prototype.slice.call(holder.querySelectorAll(LINK)).sort(function (one, other) {
      return byName(nameOf(one), nameOf(other));
    });
  }

  function middle(link) {
    var box = link.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  /* the nearest in a direction; what lies to the side of it counts for more */
  function towards(links, from, way) {
    var start = middle(from);
    var best = null;
    var least = Infinity;
    links.forEach(function (link) {
      var end = middle(link);
      var x = end[0] - start[0];
      var y = end[1] - start[1];
      var along = x * way[0] + y * way[1];
      var cost = along + 2 * Math.abs(x * way[1] + y * way[0]);
      if (link !== from && along > 0.5 && cost < least) {
        best = link;
        least = cost;
      }
    });
    return best;
  }

  /* the next name that begins with what was typed; one letter again goes on to the next */
  function named(links, from, key) {
    var now = Date.now();
    typed.text = now - typed.at > PAUSE ? key : typed.text + key;
    typed.at = now;
    var wanted = typed.text.toLowerCase();
    var first = wanted.length > 1 ? 0 : 1;
    var place = links.indexOf(from);
    var turned = links.slice(place + first).concat(links.slice(0, place + first));
    return turned.find(function (link) {
      return nameOf(link).toLowerCase().indexOf(wanted) === 0;
    });
  }

  function isLetter(event) {
    var held = event.ctrlKey || event.altKey || event.metaKey;
    var goesOn = event.key === " " && Date.now() - typed.at <= PAUSE;
    return !held && (goesOn || /^[\p{L}-]$/u.test(event.key));
  }

  function next(links, from, event) {
    if (WAYS[event.key]) {
      return towards(links, from, WAYS[event.key]) || from;
    }
    if (event.key === "Home" || event.key === "End") {
      return links[event.key === "Home" ? 0 : links.length - 1];
    }
    return isLetter(event) ? named(links, from, event.key) || from : null;
  }

  /* the one link that the Tab key stops at */
  function stopAt(links, chosen) {
    links.forEach(function (link) {
      link.setAttribute("tabindex", link === chosen ? "0" : "-1");
      link.removeAttribute("aria-roledescription"); // it would be read in place of "link"
    });
  }

  function open(link, event) {
    link.dispatchEvent(
      new MouseEvent("click", {
        bubbles: true,
        cancelable: true,
        view: window,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
      })
    );
  }

  /* the outline of a mark, or a circle around one that a ring would cover */
  function outline(link) {
    var box = link.getBBox();
    var size = Math.max(box.width, box.height);
    if (size > SMALL) {
      return link.getAttribute("d");
    }
    var r = size / 2 + 6;
    var half = "a" + r + "," + r + " 0 1,0 ";
    var left = [box.x + box.width / 2 - r, box.y + box.height / 2];
    return "M" + left + half + 2 * r + ",0" + half + -2 * r + ",0";
  }

  function drawRing(ring, svg, link) {
    var box = svg.getBoundingClientRect();
    var frame = ring.parentNode.getBoundingClientRect();
    var place = link.getCTM();
    ring.setAttribute("width", box.width);
    ring.setAttribute("height", box.height);
    ring.setAttribute("viewBox", svg.getAttribute("viewBox"));
    ring.style.left = box.left - frame.left + "px";
    ring.style.top = box.top - frame.top + "px";
    Array.prototype.forEach.call(ring.children, function (line) {
      line.setAttribute("d", outline(link));
      line.setAttribute(
        "transform",
        "matrix(" + [place.a, place.b, place.c, place.d, place.e, place.f].join(" ") + ")"
      );
    });
  }

  function makeRing(picture) {
    var space = "http://www.w3.org/2000/svg";
    var ring = document.createElementNS(space, "svg");
    ring.setAttribute("class", "peel-ring");
    ring.setAttribute("aria-hidden", "true");
    ["peel-ring-ground", "peel-ring-line"].forEach(function (name) {
      var line = document.createElementNS(space, "path");
      line.setAttribute("class", name);
      ring.appendChild(line);
    });
    ring.style.display = "none";
    picture.appendChild(ring);
    return ring;
  }

  /* below the chart while it is used: the name that is read aloud, and which keys there are */
  function makeNote(holder, picture) {
    var note = document.createElement("p");
    note.className = "peel-keys";
    note.hidden = true;
    note.innerHTML = '<strong aria-hidden="true"></strong><br><span></span>';
    note.lastChild.id = "peel-keys-" + (prepared += 1);
    note.lastChild.textContent = HELP;
    picture.setAttribute("aria-describedby", note.lastChild.id);
    holder.appendChild(note);
    return note;
  }

  function prepare(holder) {
    var links = linksOf(holder);
    if (!links.length) {
      return;
    }
    var picture = holder.peelPicture;
    var svg = picture.querySelector("svg");
    picture.setAttribute("role", "group");
    var ring = makeRing(picture);
    var note = makeNote(holder, picture);
    var current = null;
    stopAt(links, links[0]);

    function show() {
      if (current) {
        drawRing(ring, svg, current);
        note.firstChild.textContent = nameOf(current);
      }
      ring.style.display = current ? "" : "none";
      note.hidden = !current;
    }

    picture.addEventListener("focusin", function (event) {
      if (event.target.matches(LINK)) {
        stopAt(linksOf(holder), event.target);
        current = event.target.matches(":focus-visible") ? event.target : null;
        show();
      }
    });
    picture.addEventListener("focusout", function () {
      current = null;
      show();
    });
    picture.addEventListener("keydown", function (event) {
      var link = event.target.matches(LINK) ? event.target : null;
      var chosen = link && next(linksOf(holder), link, event);
      if (chosen) {
        event.preventDefault();
        chosen.focus();
      } else if (link && event.key === "Enter") {
        event.preventDefault();
        open(link, event);
      }
    });
    new ResizeObserver(show).observe(svg);
  }

  document.addEventListener("peel:drawn", function (event) { prepare(event.target); });
  document.querySelectorAll('.peel-chart[data-drawn="yes"]').forEach(prepare);
})();
