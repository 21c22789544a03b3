/* The planner's answers in words, and what people type into it: the same as rekb/site/calculator/answers.py.
   tests/planner_cases.json holds the two to one answer. */

import { peakOf } from "./costs.js";

/** @typedef {import("./costs.js").Plan} Plan */
/** @typedef {import("./costs.js").Card} Card */
/** @typedef {import("./costs.js").Costs} Costs */

/** Units from the largest down: the least size of each, and its name. @typedef {[least: number, name: string][]} Units */

/** @type {Units} */
export const decimal = [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]];
/** @type {Units} */
export const binary = [[2 ** 40, "TiB"], [2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "B"]];
const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const LONGEST_QUOTE = 24;
const LONGEST_NUMBER = 40;
// What writes numbers is dear to make and cheap to use. It rounds a tie up, as Python's half does.
const FOUR_DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** @param {number} value */
const significant = (value) => FOUR_DIGITS.format(value);

/** @param {number} value */
const whole = (value) => WHOLE.format(value);

/** @param {number} tokens */
const length = (tokens) => (tokens >= 1024 && tokens % 1024 === 0 ? `${whole(tokens / 1024)}k` : whole(tokens));

/** @param {number} count */
const cardCount = (count) => `${numbers[count] ?? whole(count)} ${count === 1 ? "card" : "cards"}`;

/**
 * A size with the largest unit that fits.
 * @param {number} size
 * @param {Units} units
 */
export function sized(size, units) {
  const [unit, name] = units.find(([least]) => size >= least) ?? units[units.length - 1];
  return `${significant(size / unit)}\u00a0${name}`;
}

/** @param {Plan} model */
function missing(model) {
  const figures = { parameters: model.parameters, layers: model.layers, context: model.context, batch: model.batch };
  const names = Object.entries(figures).filter(([, value]) => !value).map(([name]) => name);
  const hasHeads = model.kv_heads && model.head_size;
  if (model.layers && !model.cached && !hasHeads) names.push("key-value heads and head width");
  return `No answer yet: ${names.join(", ")} missing.`;
}

/**
 * What the plan needs, in a sentence.
 * @param {string} name
 * @param {Plan} model
 * @param {Card} card
 * @param {Costs} found
 */
export function headline(name, model, card, found) {
  if (!found.total) return missing(model);
  const asked = `${name}, ${model.weights}, ${length(model.context)} × ${whole(model.batch)}`;
  return `${asked}: ${sized(found.total, decimal)}, ${cardCount(found.cards)} of ${significant(card.memory)} GB.`;
}

/**
 * What most of it is.
 * @param {Costs} found
 * @param {Plan} model
 */
export function terms(found, model) {
  if (!found.total) return "";
  const share = Math.floor((100 * found.weights) / found.total + 0.5);
  const most = found.weights >= found.cache ? "weights" : "the KV cache";
  return `Most of it is ${most}: weights ${sized(found.weights, decimal)} (${share}%), `
    + `KV cache ${sized(found.cache, decimal)} (${100 - share}%); `
    + `${significant(model.kept_free)}% of each card is kept free for activations and the runtime.`;
}

/**
 * What else would fit.
 * @param {Costs} found
 * @param {Plan} model
 */
export function fits(found, model) {
  if (!found.total) return "";
  const longest = Number.isFinite(found.context) ? `a context of ${whole(found.context)} tokens` : "a context of any length";
  const most = `${whole(found.sequences)} ${found.sequences === 1 ? "sequence" : "sequences"} of ${length(model.context)}`;
  const answer = `On ${cardCount(found.cards)} fit at most ${longest} at batch ${whole(model.batch)}, or ${most}.`;
  if (found.cards === 1) return answer;
  if (!found.alone) return `${answer} On one card alone the weights leave no room for a cache.`;
  if (!Number.isFinite(found.alone)) return answer;
  return `${answer} One card alone takes a context of ${whole(found.alone)} tokens at this batch.`;
}

/**
 * The peak of a card for a model, and for which format it holds.
 * @param {Plan} model
 * @param {Card} card
 */
function peak(model, card) {
  const rate = `${significant(peakOf(model, card))} TFLOP/s`;
  const own = card.peaks?.[model.weights];
  if (own) return `${rate} in ${model.weights}`;
  return own === undefined ? `${rate} at 16 bits` : `${rate} at 16 bits, as none is known in ${model.weights},`;
}

/**
 * What bounds the speed.
 * @param {Costs} found
 * @param {Plan} model
 * @param {Card} card
 */
export function speed(found, model, card) {
  if (!found.total) return "";
  if (!found.speed) return `No bound for speed: no bandwidth is known of ${card.name}. Pick a device that has one.`;
  const most = `At most ${significant(found.speed)} tokens a second, ${significant(found.speed / model.batch)} each: `;
  if (found.by === "compute") return `${most}${cardCount(found.cards)} × ${peak(model, card)} ÷ (2 × active parameters).`;
  const rate = `${cardCount(found.cards)} × ${significant(card.bandwidth)} GB/s`;
  return `${most}batch ${whole(model.batch)} × ${rate} ÷ ${sized(found.read, decimal)} read for each step.`;
}

/* What people type */

/** @type {Record<string, [least: number, most: number]>} */
const limits = {
  parameters: [1, 1e15], active: [1, 1e15], layers: [1, 1e4], hidden: [1, 1e6], kv_heads: [1, 1e5], head_size: [1, 1e5],
  cached: [1, 1e7], window: [1, 1e9], window_layers: [1, 1e4], state: [1, 1e12], tokens: [1, 1e17], context: [1, 1e10],
  batch: [1, 1e7], kept_free: [0, 90],
};
/** @type {Record<string, string>} */
const examples = { parameters: "7B", active: "13B", tokens: "2T", context: "32k", kept_free: "10" };

/** @param {string} message */
const refused = (message) => ({ value: 0, wrong: message });

/* Digits with marks between thousands, all of one kind; and with a decimal comma. A zero begins no thousands. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:_\d{3})+|(?:\s\d{3})+)(?:\.\d*)?$/;
const DECIMALS = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/;
/* Thousands to some readers and thousandths to others: 7,500B. */
const DOUBTFUL = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/**
 * Digits as a script reads them, "" for none.
 * @param {string} digits
 */
function plainDigits(digits) {
  if (THOUSANDS.test(digits)) return digits.replaceAll(/[,_\s]/g, "");
  return DECIMALS.test(digits) ? digits.replace(",", ".") : "";
}

/**
 * What is typed, taken apart: digits that a script reads, an exponent and a unit. Nothing where it is no number.
 * @param {string} typed
 */
function apart(typed) {
  if (typed.length > LONGEST_NUMBER) return null;
  const match = /^([+-]?[\d.,_\s]*?)(e[+-]?\d{1,3})?\s*([kmbt%]?)$/i.exec(typed);
  if (!match) return null;
  const [, digits, exponent = "", unit] = match;
  const plain = plainDigits(digits.trim());
  return plain ? { plain, exponent, unit: unit.toLowerCase(), isDoubtful: unit !== "" && DOUBTFUL.test(digits.trim()) } : null;
}

/**
 * A count as people type it: 7B, 7,5B, 340M, 7e9, 7,000,000,000; `k` is 1,024 of tokens in a context, else 1,000.
 * @param {string} field
 * @param {string} text
 * @returns {{value: number, wrong: string}} the number, 0 for nothing, and in words what is wrong with it
 */
export function number(field, text) {
  const typed = text.trim();
  if (!typed) return refused("");
  const shown = typed.length > LONGEST_QUOTE ? `${typed.slice(0, LONGEST_QUOTE)}…` : typed;
  const found = apart(typed);
  const isPercent = found?.unit === "%" && field !== "kept_free";
  if (!found || isPercent) return refused(`“${shown}” is no number; write one such as ${examples[field] ?? "32"}`);
  if (found.isDoubtful) return refused(`${shown} may mean two numbers; write it without the comma`);
  const k = ["context", "window"].includes(field) ? 1024 : 1e3;
  /** @type {Record<string, number>} */
  const factors = { "": 1, "%": 1, k, m: 1e6, b: 1e9, t: 1e12 };
  return within(field, Number(found.plain + found.exponent) * factors[found.unit], shown);
}

/**
 * A number where a field may hold it.
 * @param {string} field
 * @param {number} value
 * @param {string} shown what was typed
 */
function within(field, value, shown) {
  const [least, most] = limits[field];
  if (value < least) return refused(`${shown} is too small; the least is ${least}`);
  if (value > most) return refused(`${shown} is too large; the most is ${most.toLocaleString("en")}`);
  if (field === "kept_free") return { value, wrong: "" };
  if (Math.abs(value - Math.round(value)) > 1e-6 * value) return refused(`${shown} is no whole number`);
  return { value: Math.round(value), wrong: "" };
}

/**
 * What does not go together: fields, and what is wrong with each.
 * @param {Plan} plan
 * @returns {Record<string, string>}
 */
export function contradictions(plan) {
  /** @type {Record<string, string>} */
  const found = {};
  if (plan.parameters && plan.active > plan.parameters) found.active = "more than all parameters";
  if (plan.window && !plan.window_layers) found.window_layers = "how many layers have the window? Type their number, or empty the window";
  if (plan.window_layers && !plan.window) found.window = "how many tokens do these layers see? Type their number, or empty “Layers with the window”";
  if (plan.layers && plan.window_layers > plan.layers) found.window_layers = `more than all ${whole(plan.layers)} layers`;
  return found;
}

/**
 * A message as a sentence: with one mark at its end.
 * @param {string} text
 */
export const sentence = (text) => (/[.?!…]$/.test(text) ? text : `${text}.`);

/**
 * A memory that is typed in place of a device: 80 GB, 24. Nothing where it is none.
 * @param {string} text
 * @returns {Card | undefined}
 */
export function memory(text) {
  const match = /^(\d+(?:[.,]\d+)?)\s*(?:gi?b)?$/i.exec(text.trim());
  const size = match ? Number(match[1].replace(",", ".")) : 0;
  if (!size || size > 1e6) return undefined;
  return { name: `${significant(size)} GB`, memory: size, bandwidth: 0, peak: 0 };
}
