/* Draws every chart of a page from the specification inside it. Needs vega.js. */
(function () {
  "use strict";

  var OPTIONS = {
    renderer: "svg",
    actions: { export: true, source: false, compiled: false, editor: false },
  };

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
        holder.dataset.drawn = "yes";
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
