/* Draws every chart of a page from the specification inside it, and then says so by an event,
   peel:drawn. Needs vega.js. */
(function () {
  "use strict";

  var OPTIONS = {
    renderer: "svg",
    actions: { export: true, source: false, compiled: false, editor: false },
  };

  /* What is read aloud in place of the chart is said of the picture alone, for its menu is a control
     and a picture holds none. */
  function describe(holder, target) {
    var picture = target.querySelector("svg").parentNode;
    var menu = target.querySelector("summary");
    picture.classList.add("peel-picture");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", holder.getAttribute("aria-label") || "");
    picture.removeAttribute("aria-roledescription");
    holder.removeAttribute("role");
    holder.removeAttribute("aria-label");
    if (menu) {
      menu.setAttribute("aria-label", "Save this chart as a picture");
    }
    holder.peelPicture = picture;
  }

  function draw(holder) {
    var source = holder.querySelector('script[type="application/json"]');
    if (!source || holder.dataset.drawn) {
      return;
    }
    holder.dataset.drawn = "waiting";
    var target = document.createElement("div");
    target.className = "peel-canvas";
    holder.appendChild(target);
    window
      .vegaEmbed(target, JSON.parse(source.textContent), OPTIONS)
      .then(function (result) {
        holder.peelView = result.view;
        describe(holder, target);
        holder.dataset.drawn = "yes";
        holder.dispatchEvent(new CustomEvent("peel:drawn", { bubbles: true }));
      })
      .catch(function (error) {
        holder.dataset.drawn = "failed";
        target.textContent =
          "This chart could not be drawn; its data are in the table below. " + error;
      });
  }

  function drawAll() {
    document.querySelectorAll(".peel-chart").forEach(draw);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", drawAll);
  } else {
    drawAll();
  }
})();
