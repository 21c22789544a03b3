/* What a reference manager such as Zotero can save from the list: a COinS span for each shown work. The page comes with
   those of its first works; those of a narrowed list are fetched once the reader does something there, so that nobody else carries them: who opens a
   link and leaves again does not, and the way to the button of Zotero leads over the page. */
import { fetched, make } from "./dom.js";

const MOST = 200; // a dialog of more is of no use
const SIGNS = ["pointerdown", "pointermove", "keydown", "touchstart", "scroll"];
const PAUSE = 400; // milliseconds without a change before anything is fetched

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

  /** @param {Element[]} spans */
  function put(spans) {
    place.replaceChildren(...spans);
    document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true })); // Zotero then looks again
  }

  /** @param {string[]} keys */
  async function fill(keys) {
    const works = await known();
    put(keys.slice(0, MOST).map((key) => {
      const span = make("span", "Z3988");
      span.title = works[key];
      return span;
    }));
  }

  function showFirst() {
    if (place.children[0] !== first[0]) put(first);
  }

  function fillSoon() {
    clearTimeout(timer);
    const forget = () => { asked = null; }; // without the file nothing is offered
    if (isUsed && wanted.length) timer = window.setTimeout(() => fill(wanted).catch(forget), PAUSE);
  }

  function use() {
    for (const sign of SIGNS) removeEventListener(sign, use);
    isUsed = true;
    fillSoon();
  }
  for (const sign of SIGNS) addEventListener(sign, use, { passive: true });

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
