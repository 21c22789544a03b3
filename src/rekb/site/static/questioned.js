/* Explore: the words of the question whose answer the page shows. */
import { every } from "./dom.js";
import { readState, writeState } from "./facets.js";

/** @typedef {import("./facets.js").State} State */

/**
 * The questions of a page.
 * @param {HTMLElement} page
 * @param {string[]} silent facets of which works may say nothing
 * @param {string} unknown the word for that
 * @returns {(current: State | null) => void} shows the question that a state answers, none for null
 */
export function questionsOf(page, silent, unknown) {
  const questions = every(page, "[data-rekb-question]", HTMLElement)
    .map((element) => ({ element, query: writeState(readState(element.dataset.rekbQuestion ?? "")) }));

  /**
   * The state without those works that were let in although they do not say: it still answers the same question.
   * @param {State} current
   * @returns {State}
   */
  function stated(current) {
    const wanted = { ...current.wanted };
    for (const facet of silent) {
      const words = wanted[facet];
      if (words && words.length > 1) wanted[facet] = words.filter((word) => word !== unknown);
    }
    return { ...current, wanted };
  }

  return (current) => {
    const filters = current && writeState(stated(current));
    for (const { element, query } of questions) element.hidden = query !== filters;
  };
}
