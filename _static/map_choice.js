/* Lets a reader choose which measure the maps below show. Needs figures.js. */
(function () {
  "use strict";

  function show(figure, choice) {
    figure.querySelectorAll(".peel-chart").forEach(function (holder, number) {
      var described = holder.peelPicture || holder;
      described.setAttribute("aria-label", choice.descriptions[number]);
      if (holder.peelView) {
        holder.peelView.signal("shown", choice.id).runAsync();
      }
    });
  }

  function prepare(place, number) {
    var choices = JSON.parse(place.dataset.choices);
    var figure = place.nextElementSibling;
    var select = document.createElement("select");
    var label = document.createElement("label");
    select.id = "peel-map-choice-" + number;
    select.autocomplete = "off";
    label.htmlFor = select.id;
    label.textContent = "Show on the maps";
    choices.forEach(function (choice) {
      select.add(new Option(choice.label, choice.id));
    });
    select.addEventListener("change", function () {
      show(figure, choices[select.selectedIndex]);
    });
    place.append(label, select);
  }

  function prepareAll() {
    document.querySelectorAll(".peel-map-choice").forEach(prepare);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", prepareAll);
  } else {
    prepareAll();
  }
})();
