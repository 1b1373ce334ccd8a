/* Search over a book or, in a site, over the pages about all forces and every book of the edition that
   the reader comes from, with a way to the same search in the others. It knows places
   and words that mean the same (search_words.js), says which force a result is about, and opens a
   page at the passage, where the words that were searched for are marked. Needs minisearch.js,
   which it fetches with the indexes only on the page of the search. */
(function () {
  "use strict";

  var STATIC = new URL("./", document.currentScript.src).href;
  var HOME = new URL("../", STATIC).href;
  var MOST = 30;
  var HALF = 90; // letters of an excerpt to either side of the word that was found
  var OWN = 1.5; // how much more a page of a force's book counts than one about all forces
  var LAST = 0.3; // and how much one counts that lists columns of files or releases, where any word stands
  var SAME = 0.8; // how much a word counts that means the same as one of the query
  var WIDER = 0.3; // and one that means more
  var TITLED = 3; // how much more a section counts whose heading, or page, is called like the query
  var OF_A_PAGE = 1; // sections of a page that come before those of other pages
  var FEW = 5; // results, to which others are added that have some of the words
  var ABOUT_FILES = /data_dictionary|operations|changelog|revisions|tutorial/;
  var COMMON = "a an and by does for how in is it of on or the to was what which with".split(" ");

  function fetchScript(address) {
    return new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = function () { resolve(true); };
      script.onerror = function () { resolve(false); };
      document.head.appendChild(script);
    });
  }

  function wordsOf(text) {
    return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []).filter(function (word) {
      return COMMON.indexOf(word) < 0;
    });
  }

  function includesWords(text, phrase) {
    return (" " + wordsOf(text).join(" ") + " ").indexOf(" " + wordsOf(phrase).join(" ") + " ") >= 0;
  }

  /* What readers say instead, each with how much it counts: a phrase of the query gives way to
     another of its group, or to a wider one. */
  function others(query) {
    var found = [];
    function add(phrase, replacement, weight) {
      if (includesWords(query, phrase) && !includesWords(query, replacement)) {
        var rest = (" " + wordsOf(query).join(" ") + " ").replace(
          " " + wordsOf(phrase).join(" ") + " ",
          " " + wordsOf(replacement).join(" ") + " "
        );
        found.push({ phrase: replacement, query: rest.trim(), weight: weight });
      }
    }
    window.PEEL_WORDS.same.forEach(function (group) {
      group.forEach(function (phrase) {
        group.forEach(function (other) { add(phrase, other, SAME); });
      });
    });
    Object.keys(window.PEEL_WORDS.wider).forEach(function (phrase) {
      window.PEEL_WORDS.wider[phrase].forEach(function (other) { add(phrase, other, WIDER); });
    });
    return found;
  }

  /* forces that the query names, by their own name or by a place of their area */
  function forcesNamed(query, forces) {
    return forces.filter(function (force) {
      var names = (window.PEEL_WORDS.places[force.force] || []).concat([
        force.force.replace(/-/g, " "),
      ]);
      return names.some(function (name) { return includesWords(query, name); });
    });
  }

  /* the query without the names of forces and places, which chose the books to search in */
  function subjectOf(query, forces) {
    var rest = " " + wordsOf(query).join(" ") + " ";
    forces.forEach(function (force) {
      var names = (window.PEEL_WORDS.places[force.force] || []).concat([
        force.force.replace(/-/g, " "),
      ]);
      names.forEach(function (name) {
        rest = rest.replace(" " + wordsOf(name).join(" ") + " ", " ");
      });
    });
    return rest.replace(/ (police|constabulary|service|force) /g, " ").trim();
  }

  function documentsOf(book, forces) {
    var force = forces.find(function (each) { return each.force === book; });
    var folder = force ? force.folder : "";
    return (window.PEEL_INDEX[book] || []).map(function (section, place) {
      return {
        id: book + ":" + place,
        force: force ? force.name : "",
        address: HOME + folder + section[0],
        place: section[0],
        page: section[1],
        heading: section[2],
        text: section[3],
      };
    });
  }

  /* a word as it is compared: small, and the same for one and for several */
  function stem(term) {
    var word = term.toLowerCase();
    if (COMMON.indexOf(word) >= 0) {
      return null;
    }
    return word.replace(/ies$/, "y").replace(/s$/, "").replace(/e$/, "");
  }

  /* a heading or a query as it is compared; what stands in brackets is left out */
  function stems(text) {
    return wordsOf(text.replace(/\([^)]*\)/g, "")).map(stem).join(" ");
  }

  function indexOf(documents) {
    var index = new window.MiniSearch({
      fields: ["heading", "page", "text"],
      processTerm: stem,
      searchOptions: { prefix: function (term) { return term.length > 3; } },
    });
    index.addAll(documents);
    return index;
  }

  function asked(phrase, weight, together) {
    return {
      queries: wordsOf(phrase),
      combineWith: together,
      boost: { heading: 4 * weight, page: 2 * weight, text: weight },
    };
  }

  function find(documents, query) {
    var known = {};
    var index = indexOf(documents);
    var instead = others(query);
    var title = stems(query);
    var titles = [title].concat(instead.map(function (other) { return stems(other.query); }));
    documents.forEach(function (each) { known[each.id] = each; });
    var options = {
      boostDocument: function (id) {
        var each = known[id];
        var titled = stems(each.heading) === title || titles.indexOf(stems(each.page)) >= 0;
        var own = each.force || /^chapters\//.test(each.place);
        return (own ? OWN : 1) * (ABOUT_FILES.test(each.place) ? LAST : 1) * (titled ? TITLED : 1);
      },
    };
    var queries = [asked(query, 1, "AND")].concat(
      instead.map(function (other) { return asked(other.query, other.weight, "AND"); })
    );
    var results = index.search({ combineWith: "OR", queries: queries }, options);
    results.sort(function (one, other) { return other.score - one.score; });
    if (results.length < FEW) {
      // behind them, what has some of the words, or words like them
      results = results.concat(
        index.search({ combineWith: "OR", fuzzy: 0.2, queries: [asked(query, 1, "OR")] }, options)
      );
    }
    return {
      found: spread(unique(results).map(function (id) { return known[id]; })),
      words: [query].concat(instead.map(function (other) { return other.phrase; })),
    };
  }

  /* few sections of a page in front, so that one page does not hide all others */
  function spread(found) {
    var seen = {};
    var front = [];
    var later = [];
    found.forEach(function (each) {
      var page = each.address.split("#")[0];
      seen[page] = (seen[page] || 0) + 1;
      (seen[page] > OF_A_PAGE ? later : front).push(each);
    });
    return front.concat(later);
  }

  function unique(results) {
    return results
      .map(function (result) { return result.id; })
      .filter(function (id, place, all) { return all.indexOf(id) === place; });
  }

  /* the same place in the books of several forces is one result, with a link to each */
  function grouped(found) {
    var groups = new Map();
    found.forEach(function (each) {
      var key = (each.force ? "book:" : "") + each.place;
      groups.set(key, (groups.get(key) || []).concat([each]));
    });
    return Array.from(groups.values());
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) {
      made.textContent = text;
    }
    if (className) {
      made.className = className;
    }
    return made;
  }

  function linkTo(each, text, words) {
    var link = element("a", text);
    var address = new URL(each.address);
    address.searchParams.set("highlight", words.join("|"));
    link.href = address.href;
    return link;
  }

  function excerpt(text, words) {
    var place = words
      .reduce(function (all, phrase) { return all.concat([phrase], wordsOf(phrase)); }, [])
      .map(function (word) { return text.toLowerCase().indexOf(word.toLowerCase()); })
      .find(function (index) { return index >= 0; });
    var start = Math.max(0, (place || 0) - HALF);
    var end = Math.min(text.length, (place || 0) + HALF);
    // whole words only
    start = start && text.indexOf(" ", start) + 1;
    end = end < text.length ? Math.max(text.lastIndexOf(" ", end), start) : end;
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  function item(group, words) {
    var first = group[0];
    var made = element("li");
    var same = first.heading === first.page;
    var title = element("p", "", "peel-result-title");
    title.appendChild(linkTo(first, same ? first.page : first.heading, words));
    made.appendChild(title);
    // in a book on its own every page is that of its force
    var whose = first.force || (window.PEEL_SITE_ROOT ? "All forces" : "");
    var where = [whose, same ? "" : first.page].filter(Boolean).join(": ");
    made.appendChild(element("p", where, "peel-result-where"));
    if (first.text) {
      var text = element("p", excerpt(first.text, words), "peel-result-text");
      made.appendChild(text);
      mark(text, words);
    }
    if (group.length > 1) {
      var more = element("details");
      more.appendChild(element("summary", "The same for " + (group.length - 1) + " more"));
      var list = element("ul");
      group.slice(1).forEach(function (each) {
        var other = element("li");
        other.appendChild(linkTo(each, each.force, words));
        list.appendChild(other);
      });
      more.appendChild(list);
      made.appendChild(more);
    }
    return made;
  }

  function show(place, query, searched, scope) {
    var groups = grouped(searched.found);
    var said = groups.length
      ? groups.length + (groups.length === 1 ? " result" : " results")
      : "Nothing was found";
    place.textContent = "";
    var status = element("p", said + " for “" + query + "” in " + scope + ".");
    status.setAttribute("role", "status");
    place.appendChild(status);
    var list = element("ol", "", "peel-results");
    groups.slice(0, MOST).forEach(function (group) { list.appendChild(item(group, searched.words)); });
    if (groups.length) {
      place.appendChild(list);
    }
  }

  function remembered(name) {
    try {
      return window.sessionStorage.getItem(name);
    } catch (error) {
      return null; // a browser may keep nothing for a page from a folder
    }
  }

  /* the edition that is asked for, or that the reader came from; null where there is only one */
  function ownEdition() {
    var editions = window.PEEL_EDITIONS || [];
    var asked = new URLSearchParams(window.location.search).get("edition");
    var kept = remembered("peel-edition");
    function named(name) {
      return editions.find(function (edition) { return edition.edition === name; });
    }
    var from = editions.find(function (edition) {
      return edition.folder && document.referrer.indexOf(HOME + edition.folder) === 0;
    });
    return named(asked) || from || named(kept) || editions[0] || null;
  }

  /* the forces with a book in an edition, each with the folder of that book */
  function forcesOf(edition) {
    var forces = window.PEEL_FORCES || [];
    if (!edition) {
      return forces;
    }
    return forces
      .filter(function (force) { return edition.forces.indexOf(force.force) >= 0; })
      .map(function (force) {
        return { force: force.force, name: force.name, folder: edition.folder + force.folder };
      });
  }

  /* the same search in each other edition */
  function otherEditions(own, query) {
    var made = element("nav");
    var list = element("ul");
    made.setAttribute("aria-label", "The same search in another edition");
    made.appendChild(element("p", "The same search in another edition:"));
    window.PEEL_EDITIONS.forEach(function (edition) {
      if (edition !== own) {
        var entry = element("li");
        var link = element("a", edition.title);
        link.href = "?" + new URLSearchParams({ q: query, edition: edition.edition });
        entry.appendChild(link);
        list.appendChild(entry);
      }
    });
    made.appendChild(list);
    return made;
  }

  /* the book that the reader came from, if any */
  function ownBook(forces) {
    var from = document.referrer.split(/[?#]/)[0];
    var kept = remembered("peel-book");
    return forces.find(function (force) {
      return from.indexOf(HOME + force.folder) === 0 || force.force === kept;
    });
  }

  function searchPage(place, query) {
    var inSite = Boolean(window.PEEL_SITE_ROOT);
    var first = [fetchScript(STATIC + "minisearch.js"), fetchScript(STATIC + "search_words.js")];
    first.push(fetchScript(HOME + "search_index.js"));
    if (inSite) {
      first.push(fetchScript(HOME + "forces.js"));
    }
    place.textContent = "Searching …";
    return Promise.all(first).then(function () {
      var edition = inSite ? ownEdition() : null;
      var forces = inSite ? forcesOf(edition) : [];
      var named = forcesNamed(query, forces);
      var own = ownBook(forces);
      var books = named.length ? named : own ? [own] : forces;
      var subject = named.length ? subjectOf(query, named) || query : query;
      return Promise.all(
        books.map(function (force) { return fetchScript(HOME + force.folder + "search_index.js"); })
      ).then(function () {
        var keys = Object.keys(window.PEEL_INDEX);
        var documents = keys.reduce(function (all, key) { return all.concat(documentsOf(key, forces)); }, []);
        var names = books.map(function (force) { return force.name; });
        var scope = !inSite
          ? "this book"
          : (names.length > 3 ? "all " + names.length + " books" : names.join(", ")) +
            (edition ? " (" + edition.title + ")" : "") + " and the pages about all forces";
        var searched = find(documents, subject);
        if (named.length) {
          searched = putFirst(searched, named, forces, subject === query);
        }
        show(place, query, searched, scope);
        if (own && !named.length && forces.length > 1) {
          place.appendChild(everywhere(place, query, forces, subject));
        }
        if (edition) {
          place.appendChild(otherEditions(edition, query));
        }
      });
    });
  }

  /* a force that is named comes before pages about all forces; alone, it is its book that is meant */
  function putFirst(searched, named, forces, alone) {
    var names = named.map(function (force) { return force.name; });
    var start = !alone ? [] : named.map(function (force) {
      return documentsOf(force.force, forces).find(function (each) {
        return /overview/.test(each.place);
      });
    });
    var own = searched.found.filter(function (each) { return names.indexOf(each.force) >= 0; });
    var others = searched.found.filter(function (each) { return names.indexOf(each.force) < 0; });
    var all = start.concat(own, others).filter(Boolean);
    return {
      found: all.filter(function (each, place) { return all.indexOf(each) === place; }),
      words: searched.words,
    };
  }

  function everywhere(place, query, forces, subject) {
    var button = element("button", "Search the books of all forces", "peel-everywhere");
    button.type = "button";
    button.addEventListener("click", function () {
      button.disabled = true;
      Promise.all(
        forces.map(function (force) {
          return window.PEEL_INDEX[force.force] || fetchScript(HOME + force.folder + "search_index.js");
        })
      ).then(function () {
        var documents = Object.keys(window.PEEL_INDEX).reduce(function (all, key) {
          return all.concat(documentsOf(key, forces));
        }, []);
        show(place, query, find(documents, subject), "the books of all forces and the pages about them");
      });
    });
    return button;
  }

  /* marks every place of an element's text where one of the words stands */
  function mark(root, phrases) {
    var words = phrases
      .concat(phrases.reduce(function (all, phrase) { return all.concat(wordsOf(phrase)); }, []))
      .filter(function (word) { return word.length > 2; })
      .map(function (word) { return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); });
    if (!words.length) {
      return [];
    }
    var wanted = new RegExp("(?:^|(?<=[^\\p{L}\\p{N}]))(?:" + words.join("|") + ")[\\p{L}\\p{N}]*", "giu");
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, function (node) {
      var hidden = node.parentElement.closest("script, style, svg, .peel-chart, .peel-hidden");
      wanted.lastIndex = 0;
      return !hidden && wanted.test(node.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
    });
    var nodes = [];
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
    }
    return nodes.reduce(function (all, node) { return all.concat(markIn(node, wanted)); }, []);
  }

  function markIn(node, wanted) {
    var made = [];
    var pieces = document.createDocumentFragment();
    var place = 0;
    node.data.replace(wanted, function (word, offset) {
      pieces.append(node.data.slice(place, offset));
      made.push(element("mark", word));
      pieces.append(made[made.length - 1]);
      place = offset + word.length;
      return word;
    });
    pieces.append(node.data.slice(place));
    node.replaceWith(pieces);
    return made;
  }

  /* the first mark at or after the place that the address names */
  function scrollToFirst(marks) {
    var place = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    var first = marks.find(function (each) {
      return !place || place.contains(each) ||
        place.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (first) {
      for (var folded = first.closest("details"); folded; folded = folded.parentElement.closest("details")) {
        folded.open = true;
      }
      first.scrollIntoView({ block: "center" });
    }
  }

  function begin() {
    var asked = new URLSearchParams(window.location.search);
    var results = document.getElementById("search-results");
    var field = document.querySelector("main form.bd-search input, .bd-search-container input");
    var query = asked.get("q");
    if (results && query) {
      if (field) {
        field.value = query;
      }
      searchPage(results, query);
    }
    var article = document.querySelector("article");
    if (article && asked.get("highlight")) {
      scrollToFirst(mark(article, asked.get("highlight").split("|")));
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
