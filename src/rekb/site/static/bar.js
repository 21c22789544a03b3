/* The planner's bar: what fills the memory of the cards. */
import { decimal, sized } from "./answers.js";
import { need } from "./dom.js";

/** @typedef {import("./costs.js").Plan} Plan */
/** @typedef {import("./costs.js").Card} Card */
/** @typedef {import("./costs.js").Costs} Costs */

const MOST_LINES = 64; // of cards in the bar
const SVG = "http://www.w3.org/2000/svg";
const bar = need(document, "[data-rekb-bar]", SVGElement);
const legend = need(document, "[data-rekb-plan] .rekb-legend", HTMLElement);

/**
 * Draw what fills the memory of the cards, to scale.
 * @param {Costs} found
 * @param {Plan} plan
 * @param {Card} card
 */
export function drawBar(found, plan, card) {
  bar.toggleAttribute("hidden", !found.total);
  legend.hidden = !found.total;
  if (!found.total) return;
  const whole = found.cards * card.memory * 2 ** 30;
  const kept = (whole * plan.kept_free) / 100;
  const sizes = { weights: found.weights, cache: found.cache, spare: whole - kept - found.total, kept };
  let x = 0;
  for (const [name, size] of Object.entries(sizes)) {
    const drawn = need(bar, `[data-rekb-part="${name}"]`, SVGElement);
    const width = (size / whole) * 1000;
    drawn.setAttribute("x", x.toFixed(2));
    drawn.setAttribute("width", width.toFixed(2));
    need(document, `[data-rekb-size="${name}"]`, HTMLElement).textContent = sized(size, decimal);
    x += width;
  }
  const lines = found.cards > MOST_LINES ? 0 : found.cards - 1;
  const places = Array.from({ length: lines }, (_, place) => (1000 * (place + 1)) / found.cards);
  need(bar, "[data-rekb-lines]", SVGElement).replaceChildren(...places.map(cardLine));
}

/** @param {number} place */
function cardLine(place) {
  const line = document.createElementNS(SVG, "line");
  const x = place.toFixed(2);
  for (const [name, value] of Object.entries({ class: "rekb-plan__line", x1: x, x2: x, y1: "0", y2: "24" })) line.setAttribute(name, value);
  return line;
}
