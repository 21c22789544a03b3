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
  /** @type {import("./search.js").Search | null} */
  let search = null;
  let failed = false;

  /** @param {string} text */
  const isAwaited = (text) => !failed && !search?.isReady(text);

  /**
   * Fetch the search, and what a text needs of it.
   * @param {string} text
   */
  async function fetchFor(text) {
    search = await loadSearch(root);
    await search.complete(text);
  }

  /** @param {string} text */
  function start(text) {
    const giveUp = () => { failed = true; }; // the count of works says so
    fetchFor(text).catch(giveUp).then(ready);
  }

  /**
   * What a text makes of each work, and whether it found only works that lack a word; null without a search.
   * @param {string} text
   */
  function ask(text) {
    if (!search) return null;
    const hits = search.index.find(text, ["work"]);
    const scores = new Float64Array(works.length);
    for (const { document: work, score } of hits) {
      const place = placeOf.get(work.id);
      if (place !== undefined) scores[place] = score;
    }
    return { scores, partly: hits.length > 0 && !hits[0].isWhole };
  }

  /** The reader is about to type. */
  function prepare() {
    loadSearch(root).catch(() => undefined); // asked again once there is a text
  }

  return { prepare, start, ask, isAwaited, hasFailed: () => failed };
}
