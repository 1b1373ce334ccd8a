/* On a page that is part of a site: a choice of force and one of edition in the sidebar, which go to the
   same page of that force's book in that edition. site_root.js says whether there is a site; the lists
   of forces and editions are in forces.js at its root. */
(function () {
  "use strict";

  var here = document.currentScript.src;
  var root = window.PEEL_SITE_ROOT;
  var page = window.location.href.split(/[?#]/)[0];

  /* the editions of the site; one without a list of them has one */
  function editionsOf(forces) {
    var all = forces.map(function (force) { return force.force; });
    return window.PEEL_EDITIONS || [{ edition: "", title: "", folder: "", forces: all }];
  }

  function folderOf(force, edition, base) {
    return new URL(edition.folder + force.folder, base).href;
  }

  /* the book that this page is in, with its edition, or undefined on a page about all forces */
  function ownBook(forces, base) {
    return editionsOf(forces)
      .flatMap(function (edition) {
        return forcesIn(edition, forces).map(function (force) {
          return { force: force, edition: edition };
        });
      })
      .find(function (book) { return page.indexOf(folderOf(book.force, book.edition, base)) === 0; });
  }

  function forcesIn(edition, forces) {
    return forces.filter(function (force) { return edition.forces.indexOf(force.force) >= 0; });
  }

  function addressIn(force, edition, own, base) {
    if (!own) {
      return folderOf(force, edition, base) + "index.html";
    }
    var path = page.slice(folderOf(own.force, own.edition, base).length) || "index.html";
    return folderOf(force, edition, base) + path + window.location.search + window.location.hash;
  }

  /* a choice that goes to the address of what is chosen: at once, or with the button from the keyboard */
  function choice(id, label, options, address) {
    var made = document.createElement("form");
    var byKey = false;
    made.className = "peel-switcher";
    made.setAttribute("aria-labelledby", id + "-label"); // a form with a name is a landmark
    made.innerHTML =
      '<label></label><span><select autocomplete="off"></select><button type="submit">Go</button></span>';
    var named = made.querySelector("label");
    var select = made.querySelector("select");
    named.id = id + "-label";
    named.htmlFor = select.id = id;
    named.textContent = label;
    options.forEach(function (option) { select.add(option); });

    function go() {
      if (select.value) {
        window.location.assign(address(select.value));
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

  function forceChoice(forces, own, edition, base) {
    var options = forcesIn(edition, forces).map(function (force) {
      var chosen = Boolean(own) && force === own.force;
      return new Option(force.name, force.force, chosen, chosen);
    });
    if (!own) {
      options.unshift(new Option("Choose a force", "", true, true));
    }
    var label = own ? "This page for another force" : "Book of a force";
    var made = choice("peel-force", label, options, function (value) {
      var force = forces.find(function (each) { return each.force === value; });
      return addressIn(force, edition, own, base);
    });
    var all = document.createElement("a");
    all.href = base + edition.folder + "index.html";
    all.textContent = "All forces";
    made.appendChild(all);
    return made;
  }

  /* in a book that other editions have too */
  function editionChoice(forces, own, base) {
    var editions = editionsOf(forces).filter(function (edition) {
      return edition.forces.indexOf(own.force.force) >= 0;
    });
    if (editions.length < 2) {
      return null;
    }
    var options = editions.map(function (edition) {
      var chosen = edition === own.edition;
      return new Option(edition.title, edition.edition, chosen, chosen);
    });
    return choice("peel-edition", "This page for another edition", options, function (value) {
      var edition = editions.find(function (each) { return each.edition === value; });
      return addressIn(own.force, edition, own, base);
    });
  }

  /* where the methodology was read from a book, which one it was */
  function remember(own) {
    try {
      if (own) {
        window.sessionStorage.setItem("peel-book", own.force.force);
        window.sessionStorage.setItem("peel-edition", own.edition.edition);
      }
      return {
        force: window.sessionStorage.getItem("peel-book"),
        edition: window.sessionStorage.getItem("peel-edition"),
      };
    } catch (error) {
      return {}; // a browser may keep nothing for a page from a folder
    }
  }

  function wayBack(forces, edition, kept, base) {
    var book = forcesIn(edition, forces).find(function (force) { return force.force === kept.force; });
    if (!book) {
      return null;
    }
    var link = document.createElement("a");
    link.href = folderOf(book, edition, base) + "index.html";
    link.className = "peel-way-back";
    link.textContent = "Back to the book of " + book.name;
    return link;
  }

  function show(base) {
    var place = document.querySelector(".sidebar-primary-items__start");
    var forces = window.PEEL_FORCES;
    if (!place || !forces || !forces.length) {
      return;
    }
    var own = ownBook(forces, base);
    var kept = remember(own);
    var editions = editionsOf(forces);
    var edition = own
      ? own.edition
      : editions.find(function (each) { return each.edition === kept.edition; }) || editions[0];
    var made = forceChoice(forces, own, edition, base);
    var back = own ? null : wayBack(forces, edition, kept, base);
    var other = own ? editionChoice(forces, own, base) : null;
    if (back) {
      made.insertBefore(back, made.firstChild);
    }
    place.insertBefore(made, place.children[1] || null);
    if (other) {
      place.insertBefore(other, made.nextSibling);
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
