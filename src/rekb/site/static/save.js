/* What a reference manager such as Zotero can save from the list: a COinS span for each shown work. The page comes with
   those of its first works; those of a narrowed list are fetched once the reader does something there, so that nobody else carries them: who opens a
   link and leaves again does not, and the way to the button of Zotero leads over the page. */
import { every, fetched, make } from "./dom.js";

const MOST = 200; // a dialog of more is of no use
const SIGNS = ["pointerdown", "pointermove", "keydown", "touchstart", "scroll"];
const PAUSE = 400; // milliseconds without a change before anything is fetched

const LISTED = ".rekb-list .rekb-work, .rekb-compared .rekb-work, .rekb-people__works a";
const KEY = /\/papers\/([^/]+)\/(?:index\.html)?$/; // the offline copy names files

/**
 * Do something once, when the reader first does something.
 * @param {() => void} first
 */
function atFirstUse(first) {
  function use() {
    for (const sign of SIGNS) removeEventListener(sign, use);
    first();
  }
  for (const sign of SIGNS) addEventListener(sign, use, { passive: true });
}

/**
 * Put works where Zotero looks for them.
 * @param {Element} place
 * @param {Element[]} spans
 */
function put(place, spans) {
  place.replaceChildren(...spans);
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true })); // Zotero then looks again
}

/**
 * Return what Zotero reads of these works.
 * @param {string[]} keys
 * @param {Record<string, string>} works
 */
function spansOf(keys, works) {
  return keys.filter((key) => works[key]).slice(0, MOST).map((key) => {
    const span = make("span", "Z3988");
    span.title = works[key];
    return span;
  });
}

/** Offer the works of a list that stays as it is; the page has the first of them. */
export function savingListed() {
  for (const place of every(document, "[data-rekb-saved]", HTMLElement)) {
    atFirstUse(async () => {
      const keys = every(document, LISTED, HTMLAnchorElement).map((link) => KEY.exec(link.pathname)?.[1] ?? "");
      const works = new Set(keys);
      if (works.size <= place.children.length) return;
      try {
        const answer = await fetched(new URL(place.dataset.rekbSaved ?? "", location.href));
        put(place, spansOf([...works], await answer.json()));
      } catch { /* the first ones stay */ }
    });
  }
}

/**
 * Offer works to save.
 * @param {HTMLElement} place holds the spans
 * @param {number} total the number of works
 * @returns {(keys: string[]) => void} takes the keys that are shown
 */
export function saving(place, total) {
  const first = [...place.children];
  /** @type {Promise<Record<string, string>> | null} */
  let asked = null;
  let timer = 0;
  /** @type {string[]} */
  let wanted = [];
  let isUsed = false;

  function known() {
    asked ??= fetched(new URL("../downloads/coins.json", location.href)).then((answer) => answer.json());
    return asked;
  }

  /** @param {string[]} keys */
  async function fill(keys) {
    put(place, spansOf(keys, await known()));
  }

  function showFirst() {
    if (place.children[0] !== first[0]) put(place, first);
  }

  function fillSoon() {
    clearTimeout(timer);
    const forget = () => { asked = null; }; // without the file nothing is offered
    if (isUsed && wanted.length) timer = window.setTimeout(() => fill(wanted).catch(forget), PAUSE);
  }

  atFirstUse(() => {
    isUsed = true;
    fillSoon();
  });

  return (keys) => {
    clearTimeout(timer);
    if (keys.length === total) {
      wanted = [];
      showFirst();
      return;
    }
    wanted = keys;
    fillSoon();
  };
}
