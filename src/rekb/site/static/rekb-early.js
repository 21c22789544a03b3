/* Runs before the page is painted: the remembered reading level, and marks that scripts run and that the address has a state. */
(function () {
  "use strict";
  var level = null;
  try { level = localStorage.getItem("rekb.level"); } catch (error) { /* storage may be closed */ }
  if (REKB_LEVELS.indexOf(level) < 0) level = REKB_DEFAULT;
  document.documentElement.setAttribute("data-rekb-level", level);
  document.documentElement.classList.add("rekb-js");
  /* A page that an address narrows is not shown before it has been: see explore.css. */
  if (location.search) document.documentElement.classList.add("rekb-narrowed");
  /* The theme takes every rel="alternate" for a translation and fetches a sitemap beside it. Ours are other formats:
     a space hides them from its selector while it starts, and rekb.js takes it away again. */
  document.querySelectorAll('link[rel="alternate"]').forEach(function (link) { link.rel = "alternate "; });
})();
