/* Runs before the page is painted: the remembered reading level, and a mark that scripts run. */
(function () {
  "use strict";
  var level = null;
  try { level = localStorage.getItem("rekb.level"); } catch (error) { /* storage may be closed */ }
  if (["plain", "practitioner", "expert"].indexOf(level) < 0) level = "practitioner";
  document.documentElement.setAttribute("data-rekb-level", level);
  document.documentElement.classList.add("rekb-js");
})();
