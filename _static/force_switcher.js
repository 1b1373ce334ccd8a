/* On a page that is part of a site: a choice of force in the sidebar, which goes to the same page of
   that force's book. site_root.js says whether there is a site; the list of forces is in forces.js
   at its root. */
(function () {
  "use strict";

  var here = document.currentScript.src;
  var root = window.PEEL_SITE_ROOT;
  var page = window.location.href.split(/[?#]/)[0];
  var byKey = false;

  function folderOf(force, base) {
    return new URL(force.folder, base).href;
  }

  /* the book that this page is in, or undefined on a page about all forces */
  function ownBook(forces, base) {
    return forces.find(function (force) { return page.indexOf(folderOf(force, base)) === 0; });
  }

  function addressIn(force, own, base) {
    if (!own) {
      return folderOf(force, base) + "index.html";
    }
    var path = page.slice(folderOf(own, base).length) || "index.html";
    return folderOf(force, base) + path + window.location.search + window.location.hash;
  }

  function fill(select, forces, own) {
    if (!own) {
      select.add(new Option("Choose a force", "", true, true));
    }
    forces.forEach(function (force) {
      select.add(new Option(force.name, force.force, force === own, force === own));
    });
  }

  function form(forces, base) {
    var own = ownBook(forces, base);
    var made = document.createElement("form");
    made.className = "peel-switcher";
    made.setAttribute("aria-labelledby", "peel-force-label"); // a form with a name is a landmark
    made.innerHTML =
      '<label id="peel-force-label" for="peel-force"></label>' +
      '<span><select id="peel-force" autocomplete="off"></select>' +
      '<button type="submit">Go</button></span><a>All forces</a>';
    made.querySelector("label").textContent = own
      ? "This page for another force"
      : "Book of a force";
    made.querySelector("a").href = base + "index.html";
    var select = made.querySelector("select");
    fill(select, forces, own);

    function go() {
      var chosen = forces.find(function (force) { return force.force === select.value; });
      if (chosen) {
        window.location.assign(addressIn(chosen, own, base));
      }
    }
    made.addEventListener("submit", function (event) {
      event.preventDefault();
      go();
    });
    // with the keyboard a choice changes at every key, so it is the button that goes
    select.addEventListener("keydown", function () { byKey = true; });
    select.addEventListener("pointerdown", function () { byKey = false; });
    select.addEventListener("change", function () {
      if (!byKey) {
        go();
      }
    });
    return made;
  }

  /* where the methodology was read from a book, the way back to it */
  function remember(own) {
    try {
      if (own) {
        window.sessionStorage.setItem("peel-book", own.force);
      }
      return window.sessionStorage.getItem("peel-book");
    } catch (error) {
      return null; // a browser may keep nothing for a page from a folder
    }
  }

  function wayBack(forces, base) {
    var own = ownBook(forces, base);
    var kept = remember(own);
    var book = own ? null : forces.find(function (force) { return force.force === kept; });
    if (!book) {
      return null;
    }
    var link = document.createElement("a");
    link.href = folderOf(book, base) + "index.html";
    link.className = "peel-way-back";
    link.textContent = "Back to the book of " + book.name;
    return link;
  }

  function show(base) {
    var place = document.querySelector(".sidebar-primary-items__start");
    if (place && window.PEEL_FORCES && window.PEEL_FORCES.length) {
      var made = form(window.PEEL_FORCES, base);
      var back = wayBack(window.PEEL_FORCES, base);
      if (back) {
        made.insertBefore(back, made.firstChild);
      }
      place.insertBefore(made, place.children[1] || null);
    }
  }

  if (root) {
    // root is relative to the folder that holds _static, and _static holds this script
    var base = new URL(root, new URL("../", here)).href;
    var list = document.createElement("script");
    list.src = base + "forces.js";
    list.onload = function () { show(base); };
    list.onerror = function () { list.remove(); };
    document.head.appendChild(list);
  }
})();
