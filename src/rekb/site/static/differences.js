/* What differs between works side by side. */
import { every, textOf } from "./dom.js";

/**
 * The lines of a cell, each with what it is about.
 * @param {Element} cell
 */
function linesOf(cell) {
  return every(cell, "li", HTMLElement).map((line) => ({ line, about: textOf(line.querySelector("strong, .rekb-chip") ?? line) }));
}

/**
 * Mark what not all works have. A row in which all agree steps back, and can be left out.
 * @param {HTMLTableElement} table
 */
export function mark(table) {
  for (const row of table.tBodies[0].rows) {
    const cells = [...row.cells].slice(1);
    if (row.classList.contains("rekb-test") || cells.length < 2) continue;
    const lists = cells.map(linesOf);
    const inAll = (/** @type {string} */ text) => lists.every((lines) => lines.some(({ about }) => about === text));
    for (const { line, about } of lists.flat()) line.classList.toggle("rekb-own", !inAll(about));
    row.classList.toggle("rekb-same", new Set(cells.map(textOf)).size === 1);
  }
}
