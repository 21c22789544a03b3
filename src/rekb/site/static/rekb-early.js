/* Runs before the page is painted: the remembered reading level, and a mark that scripts run. */
(function () {
  "use strict";
  var level = null;
  try { level = localStorage.getItem("rekb.level"); } catch (error) { /* storage may be closed */ }
  if (REKB_LEVELS.indexOf(level) < 0) level = REKB_DEFAULT;
  document.documentElement.setAttribute("data-rekb-level", level);
  document.documentElement.classList.add("rekb-js");
  /* The theme takes every rel="alternate" for a translation and fetches a sitemap beside it. Ours are other formats:
     a space hides them from its selector while it starts, and rekb.js takes it away again. */
  document.querySelectorAll('link[rel="alternate"]').forEach(function (link) { link.rel = "alternate "; });
})();
