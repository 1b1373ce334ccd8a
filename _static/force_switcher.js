/* On a page of a book that is part of a site: a choice of force in the sidebar, which goes to the
   same page of that force's book. site_root.js says whether there is a site; the list of forces is
   in forces.js at its root. */
(function () {
  "use strict";

  var here = document.currentScript.src;
  var root = window.PEEL_SITE_ROOT;
  var byKey = false;

  function isOfAForce(forces, base, book) {
    return forces.some(function (force) {
      return new URL(force.folder, base).href === book;
    });
  }

  function addressIn(forces, folder, base, book) {
    var page = window.location.href.split(/[?#]/)[0];
    var path = isOfAForce(forces, base, book) && page.indexOf(book) === 0 ? page.slice(book.length) : "";
    return new URL(folder + (path || "index.html"), base).href + (path ? window.location.hash : "");
  }

  function options(select, forces, base, book) {
    forces.forEach(function (force) {
      var own = new URL(force.folder, base).href === book;
      select.add(new Option(force.name, force.folder, own, own));
    });
    if (!isOfAForce(forces, base, book)) {
      select.add(new Option("Choose a force", "", true, true), 0);
    }
  }

  function form(forces, base, book) {
    var made = document.createElement("form");
    made.className = "peel-switcher";
    made.innerHTML =
      '<label for="peel-force"></label>' +
      '<span><select id="peel-force" autocomplete="off"></select>' +
      '<button type="submit">Go</button></span>';
    var select = made.querySelector("select");
    made.querySelector("label").textContent = isOfAForce(forces, base, book)
      ? "This page for another force"
      : "Book of a force";
    options(select, forces, base, book);
    function go() {
      if (select.value) {
        window.location.assign(addressIn(forces, select.value, base, book));
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

  function show(base, book) {
    var place = document.querySelector(".sidebar-primary-items__start");
    if (place && window.PEEL_FORCES && window.PEEL_FORCES.length) {
      place.insertBefore(form(window.PEEL_FORCES, base, book), place.children[1] || null);
    }
  }

  if (root) {
    var book = new URL("../", here).href;
    var base = new URL(root, book).href;
    var list = document.createElement("script");
    list.src = base + "forces.js";
    list.onload = function () { show(base, book); };
    list.onerror = function () { list.remove(); };
    document.head.appendChild(list);
  }
})();
