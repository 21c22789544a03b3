/* Runs before the page is painted: the colours and the reading level that were chosen, and marks that scripts run and that
   the address has a state. It stands for three scripts that the theme writes into each page; see mkdocs/squeeze.py. */
(function () {
  "use strict";
  const root = document.documentElement;
  const early = document.currentScript;
  const BY_SYSTEM = "(prefers-color-scheme)";
  /* Where the theme's script keeps things: under the address of the site, as other sites may be on the same host. */
  function keepBySite() {
    if (typeof __md_get !== "undefined" || !(early instanceof HTMLScriptElement)) return;
    const site = new URL("../..", early.src);
    Object.assign(globalThis, {
      __md_scope: site,
      __md_hash: (/** @type {string} */ text) => [...text].reduce((sum, sign) => (sum << 5) - sum + sign.charCodeAt(0), 0),
      __md_get: (/** @type {string} */ name, storage = localStorage, scope = site) => (
        JSON.parse(storage.getItem(`${scope.pathname}.${name}`) ?? "null")
      ),
      __md_set: (/** @type {string} */ name, /** @type {unknown} */ value, storage = localStorage, scope = site) => {
        try {
          storage.setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
        } catch { /* storage may be closed or full */ }
      },
    });
  }
  /* Give the body its colours as soon as there is one: what watches it runs before anything is painted. */
  function showColours(/** @type {Record<string, string>} */ colours) {
    new MutationObserver((_, watch) => {
      if (!document.body) return;
      watch.disconnect();
      for (const [name, value] of Object.entries(colours)) document.body.setAttribute(`data-md-color-${name}`, value);
    }).observe(root, { childList: true });
  }
  /* The palettes of the configuration, as main.html writes them. */
  const palettes = (early?.dataset.rekbColours ?? "").split(";").filter(Boolean).map((text) => {
    const [media, scheme, primary, accent] = text.split("|");
    return { media, scheme, primary, accent };
  });
  /* On a first visit, the colours that the reader's system asks for are kept. */
  function keepColours() {
    if (!palettes.length || __md_get("__palette")) return;
    const index = Math.max(0, palettes.findIndex(({ media }) => matchMedia(media).matches));
    __md_set("__palette", { index, color: palettes[index] });
  }
  /* Show the colours that are kept; who chose those of the system has them as they are now. */
  function chooseColours() {
    const kept = __md_get("__palette")?.color;
    if (!kept) return;
    const system = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const asked = palettes.find(({ media }) => media === `(prefers-color-scheme: ${system})`);
    const shown = kept.media === BY_SYSTEM && asked ? asked : kept;
    showColours(shown);
    if (palettes.length) root.style.colorScheme = shown.scheme === "slate" ? "dark" : "light";
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
  keepBySite();
  try {
    keepColours();
    chooseColours();
  } catch { /* storage may be closed */ }
  /* A page that an address narrows is not shown before it has been: see explore.css. */
  if (location.search) root.classList.add("rekb-narrowed");
  /* The theme takes every rel="alternate" for a translation and fetches a sitemap beside it. Ours are other formats:
     a space hides them from its selector while it starts, and rekb.js takes it away again. */
  for (const link of document.querySelectorAll('link[rel="alternate"]')) link.setAttribute("rel", "alternate ");
})();
