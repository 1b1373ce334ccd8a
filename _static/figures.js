/* Draws the charts of a page from the specifications inside them as they come into view, the rest
   when the browser has nothing else to do, and says of each by an event, peel:drawn, that it is
   there. Fetches vega.js, which lies beside this file, only where there is a chart. */
(function () {
  "use strict";

  var LIBRARY = new URL("vega.js", document.currentScript.src).href;
  var AHEAD = "300px"; // a chart is drawn before it can be seen
  var MOST_WAIT = 500; // milliseconds: on a page that nobody looks at a browser may never be idle
  var OPTIONS = {
    renderer: "svg",
    actions: false, // chart_pictures.js offers pictures with their title and source
    ast: true, // expressions are interpreted, so a page can forbid code made from text
  };
  var library = null;

  function load() {
    library =
      library ||
      new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = LIBRARY;
        script.onload = function () { resolve(window.vegaEmbed); };
        script.onerror = function () { reject(new Error("vega.js is missing")); };
        document.head.appendChild(script);
      });
    return library;
  }

  /* on its way while the page is still being laid out, but behind all that the text needs */
  function fetchAhead() {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = LIBRARY;
    link.fetchPriority = "low";
    document.head.appendChild(link);
  }

  /* What is read aloud in place of the chart is said of the picture alone, for what lies beside it
     may be a control, and a picture holds none. */
  function describe(holder, target) {
    var picture = target.querySelector("svg").parentNode;
    picture.classList.add("peel-picture");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", holder.getAttribute("aria-label") || "");
    picture.removeAttribute("aria-roledescription");
    holder.removeAttribute("role");
    holder.removeAttribute("aria-label");
    // a layer without a point, of a force that is not ranked, is a picture without a name
    picture.querySelectorAll('[role="graphics-symbol"]:not([aria-label])').forEach(function (mark) {
      mark.removeAttribute("role");
      mark.removeAttribute("aria-roledescription");
    });
    holder.peelPicture = picture;
  }

  /* paper is narrower than a screen: with a box to fill, a chart becomes as narrow as it has to */
  function scale(target) {
    var svg = target.querySelector("svg");
    if (!svg.getAttribute("viewBox")) {
      svg.setAttribute("viewBox", "0 0 " + svg.getAttribute("width") + " " + svg.getAttribute("height"));
    }
  }

  /* the picture that stood in the place of the chart until now */
  function removeStill(holder) {
    var still = holder.querySelector(".peel-still");
    if (still) {
      still.remove();
    }
  }

  function draw(holder) {
    var source = holder.querySelector('script[type="application/json"]');
    if (!source || holder.dataset.drawn) {
      return Promise.resolve();
    }
    holder.dataset.drawn = "waiting";
    var target = document.createElement("div");
    target.className = "peel-canvas";
    holder.appendChild(target);
    return load()
      .then(function (embed) { return embed(target, JSON.parse(source.textContent), OPTIONS); })
      .then(function (result) {
        holder.peelView = result.view;
        removeStill(holder);
        describe(holder, target);
        scale(target);
        holder.dataset.drawn = "yes";
        holder.dispatchEvent(new CustomEvent("peel:drawn", { bubbles: true }));
      })
      .catch(function (error) {
        holder.dataset.drawn = "failed";
        target.textContent =
          "This chart could not be drawn; its data are in the table below. " + error;
      });
  }

  function whenIdle(act) {
    if (window.requestIdleCallback) {
      window.requestIdleCallback(act, { timeout: MOST_WAIT });
    } else {
      window.setTimeout(act, 200);
    }
  }

  /* one after the other, so that the page answers in between; whoever prints finds them all */
  function drawRest(charts) {
    var next = charts.find(function (chart) { return !chart.dataset.drawn; });
    if (next) {
      whenIdle(function () { draw(next).then(function () { drawRest(charts); }); });
    }
  }

  function begin() {
    var charts = Array.prototype.slice.call(document.querySelectorAll(".peel-chart"));
    if (!charts.length) {
      return;
    }
    fetchAhead();
    var seen = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (entry.isIntersecting) {
            seen.unobserve(entry.target);
            draw(entry.target);
          }
        });
      },
      { rootMargin: AHEAD }
    );
    charts.forEach(function (chart) { seen.observe(chart); });
    if (document.readyState === "complete") {
      drawRest(charts);
    } else {
      window.addEventListener("load", function () { drawRest(charts); });
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
