/* Runs before the page is painted: the remembered reading level, and marks that scripts run and that the address has a state. */
(function () {
  "use strict";
  const root = document.documentElement;
  let level = REKB_DEFAULT;
  try {
    const kept = localStorage.getItem("rekb.level");
    if (kept && REKB_LEVELS.includes(kept)) level = kept;
  } catch { /* storage may be closed */ }
  root.setAttribute("data-rekb-level", level);
  root.classList.add("rekb-js");
  /* A page that an address narrows is not shown before it has been: see explore.css. */
  if (location.search) root.classList.add("rekb-narrowed");
  /* The theme takes every rel="alternate" for a translation and fetches a sitemap beside it. Ours are other formats:
     a space hides them from its selector while it starts, and rekb.js takes it away again. */
  for (const link of document.querySelectorAll('link[rel="alternate"]')) link.setAttribute("rel", "alternate ");
})();
