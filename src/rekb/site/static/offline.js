/* Only in the offline copy: data files are read as scripts, and links that scripts make name their file. */
(function () {
  "use strict";
  const root = new URL(document.currentScript?.dataset.rekbRoot || "./", location.href);
  /** @type {Map<string, (text: string) => void>} */
  const waiting = new Map();

  globalThis.rekbOffline = (name, text) => { waiting.get(name)?.(text); };

  /** @param {RequestInfo | URL} asked */
  globalThis.fetch = (asked) => {
    const address = asked instanceof Request ? asked.url : asked;
    const url = new URL(address, location.href);
    const name = decodeURI(url.href.slice(root.href.length));
    return new Promise((resolve) => {
      const script = document.createElement("script");
      waiting.set(name, (text) => resolve(new Response(text)));
      script.onerror = () => resolve(new Response("not in the offline copy", { status: 404 }));
      script.src = `${url.href}.js`;
      document.head.append(script);
    });
  };

  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || !link.href.startsWith("file:")) return;
    const url = new URL(link.href);
    if (!url.pathname.endsWith("/")) return;
    url.pathname += "index.html";
    link.href = url.href;
  }, true);
})();
