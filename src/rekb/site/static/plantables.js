/* The tables below the planner's answer: what it costs in numbers, the weights in every format, what makes it smaller. */
import { binary, decimal, sized } from "./answers.js";
import { sequenceBytes, tokenBytes, weightBytes } from "./costs.js";
import { every, make, need } from "./dom.js";

/** @typedef {import("./costs.js").Plan} Plan */
/** @typedef {import("./costs.js").Card} Card */
/** @typedef {import("./costs.js").Costs} Costs */
/** @typedef {import("./costs.js").Bits} Bits */

const UNKNOWN = "–";

/** @param {number} size */
const both = (size) => (size ? `${sized(size, decimal)} (${sized(size, binary)})` : UNKNOWN);

/**
 * Put a size into a narrow table; where there is no room for GiB, they are left out.
 * @param {HTMLElement} cell
 * @param {number} size
 */
function putSize(cell, size) {
  const [inGigabytes, ...rest] = both(size).split(" (");
  cell.textContent = inGigabytes;
  if (rest.length) cell.append(" ", make("span", "rekb-gib", `(${rest[0]}`));
}

/**
 * @param {HTMLElement} cell
 * @param {number} value
 */
function power(cell, value) {
  cell.textContent = UNKNOWN;
  if (!value) return;
  const exponent = BigInt(Math.round(value)).toString().length - 1;
  cell.replaceChildren(`${(value / 10 ** exponent).toFixed(2)} × 10`, make("sup", "", String(exponent)));
}

/**
 * @param {number} size
 * @param {number} room
 */
function verdict(size, room) {
  if (!size || !room) return UNKNOWN;
  if (size > room) return `no, ${Math.ceil(size / room)} cards at least`;
  return size < room ? `fits, ${sized(room - size, binary)} left` : "fits, nothing left";
}

/**
 * Fill the tables below a plan's answer.
 * @param {Plan} plan
 * @param {Card} card
 * @param {Bits} bits
 */
export function fillTables(plan, card, bits) {
  const cell = (/** @type {string} */ name) => need(document, `[data-rekb-cost="${name}"]`, HTMLElement);
  const active = plan.active || plan.parameters;
  const cache = plan.context ? sequenceBytes(plan, plan.context, bits) * plan.batch : 0;
  cell("cache-token").textContent = both(plan.layers * tokenBytes(plan, bits));
  cell("cache").textContent = both(cache);
  const known = active && plan.layers && plan.hidden && plan.context;
  power(cell("token"), known ? 2 * active + 4 * plan.layers * plan.hidden * plan.context : 0);
  power(cell("training"), 6 * active * plan.tokens);
  cell("state").textContent = both(16 * plan.parameters);
  fillPrecisions(plan, card, cache, bits);
  need(document, "[data-rekb-card]", HTMLElement).textContent = card.memory ? `${card.memory} GB` : "unknown memory";
}

/**
 * @param {Plan} plan
 * @param {Card} card
 * @param {number} cache its bytes
 * @param {Bits} bits
 */
function fillPrecisions(plan, card, cache, bits) {
  const room = card.memory * 2 ** 30 * (1 - plan.kept_free / 100);
  for (const { cells, dataset } of every(document, "[data-rekb-precision]", HTMLTableRowElement)) {
    const weights = weightBytes(plan.parameters, dataset.rekbPrecision ?? "", bits);
    const total = weights && cache ? weights + cache : 0;
    const alone = weights && !total ? "weights alone: " : "";
    putSize(cells[1], weights);
    putSize(cells[2], total);
    cells[3].textContent = alone + verdict(total || weights, room);
  }
}

/**
 * Put the techniques for the larger term first.
 * @param {Costs} found
 */
export function showTerm(found) {
  const larger = found.weights >= found.cache ? "weights" : "cache";
  for (const term of every(document, "[data-rekb-term]", HTMLElement)) {
    const first = found.total > 0 && term.dataset.rekbTerm === larger;
    need(term, "[data-rekb-larger]", HTMLElement).hidden = !first;
    if (first && term.previousElementSibling) term.parentElement?.prepend(term);
  }
}
