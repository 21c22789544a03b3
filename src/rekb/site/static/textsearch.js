/* The search field of the explore page: what a text makes of each work. */
import { loadSearch } from "./search.js";

/**
 * The search, fetched when it is used first.
 * @param {URL} root of the site
 * @param {import("./works.js").Work[]} works
 * @param {() => void} ready called once it is there, or cannot be
 */
export function textSearch(root, works, ready) {
  const placeOf = new Map(works.map((work) => [work.key, work.place]));
  /** @type {import("./ranking.js").Index | null} */
  let index = null;
  let failed = false;
  const isAwaited = () => !index && !failed;

  function start() {
    if (!isAwaited()) return;
    const take = (/** @type {import("./ranking.js").Index} */ loaded) => { index = loaded; };
    const giveUp = () => { failed = true; }; // the count of works says so
    loadSearch(root).then(take, giveUp).then(ready);
  }

  /**
   * What a text makes of each work, and whether it found only works that lack a word; null without a search.
   * @param {string} text
   */
  function ask(text) {
    if (!index) return null;
    const hits = index.find(text, ["work"]);
    const scores = new Float64Array(works.length);
    for (const { document: work, score } of hits) {
      const place = placeOf.get(work.id);
      if (place !== undefined) scores[place] = score;
    }
    return { scores, partly: hits.length > 0 && !hits[0].isWhole };
  }

  return { start, ask, isAwaited, hasFailed: () => failed };
}
