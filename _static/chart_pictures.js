/* Offers each chart as a PNG to keep: title, measure, source and licence are in it, and it is named
   after the force and the figure. An SVG lies beside the page. Needs figures.js. */
(function () {
  "use strict";

  var SPACE = "http://www.w3.org/2000/svg";
  var FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  var EDGE = 16;
  var DENSITY = 3; // pixels of a PNG for each of the screen: 300 to the inch at print size
  var LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0.";

  function textOf(place, selector) {
    var found = place && place.querySelector(selector);
    return found ? found.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* the words of a line as lines that are no wider than `width` */
  function wrap(text, width, font) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    return text.split(" ").reduce(function (lines, word) {
      var last = lines[lines.length - 1];
      if (last !== undefined && pen.measureText(last + " " + word).width <= width) {
        lines[lines.length - 1] = last + " " + word;
      } else {
        lines.push(word);
      }
      return lines;
    }, []);
  }

  function add(parent, name, attributes, text) {
    var made = document.createElementNS(SPACE, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) {
      made.textContent = text;
    }
    parent.appendChild(made);
    return made;
  }

  /* writes text from `top` downwards and returns where it ends */
  function write(svg, text, top, width, size, weight, colour) {
    wrap(text, width, weight + " " + size + "px " + FONT).forEach(function (line) {
      top += Math.round(size * 1.35);
      var style = { x: EDGE, y: top, "font-size": size, "font-weight": weight, fill: colour };
      add(svg, "text", Object.assign({ "font-family": FONT }, style), line);
    });
    return top;
  }

  function compose(holder, drawing) {
    var figure = holder.closest("figure");
    var inner = new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;
    var width = Number(inner.getAttribute("width"));
    var room = width; // text is as wide as the chart
    var svg = document.createElementNS(SPACE, "svg");
    var title = textOf(figure, ".peel-title");
    var panel = textOf(holder.parentNode, ".peel-panel-title");
    add(svg, "title", {}, title);
    add(svg, "desc", {}, holder.peelPicture.getAttribute("aria-label"));
    add(svg, "rect", { width: "100%", height: "100%", fill: "#ffffff" });
    var top = write(svg, title, EDGE / 2, room, 16, 600, "#1f1f1f");
    top = write(svg, textOf(figure, ".peel-subtitle"), top + 2, room, 12, 400, "#454545");
    if (panel) {
      top = write(svg, panel, top + 6, room, 13, 600, "#1f1f1f");
    }
    inner.setAttribute("x", EDGE);
    inner.setAttribute("y", top + 10);
    svg.appendChild(document.importNode(inner, true));
    top += 10 + Number(inner.getAttribute("height"));
    top = write(svg, textOf(figure, ".peel-source-text"), top + 4, room, 10, 400, "#454545");
    top = write(svg, LICENCE, top, room, 10, 400, "#454545") + EDGE;
    width += 2 * EDGE;
    svg.setAttribute("xmlns", SPACE);
    svg.setAttribute("width", width);
    svg.setAttribute("height", top);
    svg.setAttribute("viewBox", "0 0 " + width + " " + top);
    return { text: new XMLSerializer().serializeToString(svg), width: width, height: top };
  }

  function save(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  function asPng(picture) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = picture.width * DENSITY;
        canvas.height = picture.height * DENSITY;
        var pen = canvas.getContext("2d");
        pen.scale(DENSITY, DENSITY);
        pen.drawImage(image, 0, 0, picture.width, picture.height);
        resolve(canvas.toDataURL("image/png"));
      };
      image.onerror = reject;
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
    });
  }

  /* leicestershire-figure-1, with the place of the panel where there are several */
  function nameOf(holder) {
    var figure = holder.closest("figure");
    var panels = Array.prototype.slice.call(figure.querySelectorAll(".peel-chart"));
    var panel = panels.length > 1 ? "-" + (panels.indexOf(holder) + 1) : "";
    return (figure.dataset.name || figure.id || "chart") + panel;
  }

  function give(holder) {
    return holder.peelView.toSVG().then(function (drawing) {
      return asPng(compose(holder, drawing)).then(function (address) {
        save(address, nameOf(holder) + ".png");
      });
    });
  }

  function offer(holder) {
    if (!holder.closest("figure")) {
      return;
    }
    var place = document.createElement("p");
    place.className = "peel-pictures";
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Picture (PNG)";
    button.addEventListener("click", function () { give(holder); });
    place.appendChild(button);
    holder.appendChild(place);
  }

  document.addEventListener("peel:drawn", function (event) { offer(event.target); });
  document.querySelectorAll('.peel-chart[data-drawn="yes"]').forEach(offer);
})();
