/* What a reference manager such as Zotero can save from the list: a COinS span for each shown work. The page comes with
   those of its first works; those of a narrowed list are fetched, so that nobody else carries them. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  const MOST = 200; // a dialog of more is of no use
  const PAUSE = 400; // milliseconds without a change before anything is fetched

  /* `place` holds the spans, `total` is the number of works; what is returned is told which keys are shown. */
  rekb.saving = function (place, total) {
    const first = [...place.children];
    let asked = null;
    let timer = 0;

    function known() {
      asked ??= fetch(new URL("../downloads/coins.json", location.href)).then((answer) => {
        if (!answer.ok) throw new Error("coins.json was not found");
        return answer.json();
      });
      return asked;
    }

    function put(spans) {
      place.replaceChildren(...spans);
      document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true })); // Zotero then looks again
    }

    async function fill(keys) {
      const works = await known();
      put(keys.slice(0, MOST).map((key) => {
        const span = document.createElement("span");
        span.className = "Z3988";
        span.title = works[key];
        return span;
      }));
    }

    return (keys) => {
      clearTimeout(timer);
      if (keys.length === total) { if (place.children[0] !== first[0]) put(first); return; }
      timer = setTimeout(() => fill(keys).catch(() => { asked = null; }), PAUSE); // without the file nothing is offered
    };
  };
})();
