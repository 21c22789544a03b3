/* Runs before the page is painted: the remembered reading level, and marks that scripts run and that the address has a state. */
(function () {
  "use strict";
  const root = document.documentElement;
  /* On a first visit, the colours that the reader's system asks for; the theme's script in the page shows what is kept. */
  function chooseColours() {
    const given = document.currentScript?.dataset.rekbColours;
    try {
      if (!given) return;
      const all = given.split(";").map((text) => text.split("|"));
      const index = all.findIndex(([media]) => matchMedia(media).matches);
      const [media, scheme, primary, accent] = all[index] ?? all[0];
      if (!__md_get("__palette")) __md_set("__palette", { index: Math.max(index, 0), color: { media, scheme, primary, accent } });
      root.style.colorScheme = __md_get("__palette")?.color.scheme === "slate" ? "dark" : "light";
    } catch { /* storage may be closed */ }
  }
  let level = REKB_DEFAULT;
  try {
    const kept = localStorage.getItem("rekb.level");
    if (kept && REKB_LEVELS.includes(kept)) level = kept;
  } catch { /* storage may be closed */ }
  root.setAttribute("data-rekb-level", level);
  root.classList.add("rekb-js");
  /* What the theme's script would say of the page later, when a browser has to give every element its style anew. */
  root.classList.replace("no-js", "js");
  root.classList.add("js-focus-visible");
  root.setAttribute("data-js-focus-visible", "");
  chooseColours();
  /* A page that an address narrows is not shown before it has been: see explore.css. */
  if (location.search) root.classList.add("rekb-narrowed");
  /* The theme takes every rel="alternate" for a translation and fetches a sitemap beside it. Ours are other formats:
     a space hides them from its selector while it starts, and rekb.js takes it away again. */
  for (const link of document.querySelectorAll('link[rel="alternate"]')) link.setAttribute("rel", "alternate ");
})();
