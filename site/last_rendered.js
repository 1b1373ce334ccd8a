/* Shows the date of this page's file, where the build was given no date to print. Without a date
   from the server, a browser answers with the present moment, and then nothing is shown. */
(function () {
  "use strict";

  var place = document.getElementById("last-rendered");
  var day = new Date(document.lastModified);
  if (!place || isNaN(day) || Math.abs(Date.now() - day) < 2000) {
    return;
  }
  place.querySelector("time").textContent = day.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  place.hidden = false;
})();
