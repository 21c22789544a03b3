/* What a reference manager such as Zotero can save from the list: a COinS span for each shown work. The page comes with
   those of its first works; those of a narrowed list are fetched, so that nobody else carries them. */
import { fetched, make } from "./dom.js";

const MOST = 200; // a dialog of more is of no use
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

  return (keys) => {
    clearTimeout(timer);
    if (keys.length === total) {
      showFirst();
      return;
    }
    const forget = () => { asked = null; }; // without the file nothing is offered
    timer = window.setTimeout(() => fill(keys).catch(forget), PAUSE);
  };
}
