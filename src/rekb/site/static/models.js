/* The planner of the models page: what is typed, picked or pasted becomes an answer. Numbers are those of costs.js, words
   those of answers.js; a pasted config.json is read by config.js. */
import { binary, decimal, fits, headline, memory, number, sized, speed, terms } from "./answers.js";
import { drawBar } from "./bar.js";
import { readConfig } from "./config.js";
import { costs, sequenceBytes, tokenBytes, weightBytes } from "./costs.js";
import { every, make, need, textOf, thousands } from "./dom.js";

/** @typedef {import("./costs.js").Plan} Plan */
/** @typedef {import("./costs.js").Card} Card */
/** @typedef {import("./costs.js").Costs} Costs */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * A published size: its name, and its figures where they are known.
 * @typedef {{id: string, name: string} & Record<string, string | number | null>} Model
 */

/**
 * What planner.js has fetched.
 * @typedef {object} Data
 * @property {Model[]} models
 * @property {(Card & {aliases: string[]})[]} devices
 * @property {number[]} plain memories in GB
 * @property {import("./costs.js").Bits} bits
 */

const UNKNOWN = "–";
const MOST_UNREAD = 12; // fields that a message names
const LONGEST_QUOTE = 40;
/** @type {import("./answers.js").Units} */
const SHORT = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1, ""]];

const form = need(document, "[data-rekb-calculator]", HTMLFormElement);
if (!rekb.planned) throw new Error("planner.js has fetched no figures");
const { data, typed: early } = rekb.planned;
const note = need(document, "[data-rekb-calculator-say]", HTMLElement);
const hint = note.textContent;
const wrong = need(document, "[data-rekb-wrong]", HTMLElement);
const config = need(document, "[data-rekb-config]", HTMLElement);
const area = need(config, "textarea", HTMLTextAreaElement);
const configNote = need(config, "[data-rekb-config-say]", HTMLElement);

/** @type {Field[]} */
const fields = [...form.elements].filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);
const inputs = fields.filter((field) => field instanceof HTMLInputElement);
const byName = new Map(fields.map((field) => [field.name, field]));
const figures = inputs.filter((field) => "rekbFigure" in field.dataset);
const counts = inputs.filter((field) => !["model", "card"].includes(field.name));
const modelField = need(form, "[name=model]", HTMLInputElement);
const cardField = need(form, "[name=card]", HTMLInputElement);

/** @param {string} name */
function fieldOf(name) {
  const field = byName.get(name);
  if (!field) throw new TypeError(`no field is called ${name}`);
  return field;
}

/** @param {string} text */
const fold = (text) => text.toLowerCase().replaceAll(/[\s_-]+/g, " ").trim();

/* Names that lead to a model or a device; the first one wins. */
const models = new Map(data.models.toReversed().map((model) => [fold(model.name), model]));
const byId = new Map(data.models.map((model) => [model.id, model]));
/** @type {Map<string, Card>} */
const devices = new Map();
for (const device of data.devices) {
  for (const name of [device.name, ...device.aliases]) if (!devices.has(fold(name))) devices.set(fold(name), device);
}
const pickedModel = () => models.get(fold(modelField.value));

/**
 * @param {string} id
 * @param {string[]} names
 */
function offer(id, names) {
  const options = names.map((name) => {
    const option = make("option");
    option.value = name;
    return option;
  });
  need(document, `#${id}`, HTMLDataListElement).replaceChildren(...options);
}

/** @param {Field} field */
const label = (field) => textOf(field.parentElement?.firstChild).trim();

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

/** @param {string} text */
const quoted = (text) => `“${text.slice(0, LONGEST_QUOTE)}”`;

/**
 * Up to three names that hold every word that is typed.
 * @param {string} text
 * @param {string[]} names
 */
function near(text, names) {
  const wanted = fold(text).split(" ");
  const found = names.filter((name) => wanted.every((word) => fold(name).includes(word))).slice(0, 3);
  return found.length ? `; did you mean ${found.join(" or ")}?` : "";
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

let pasted = false;

/* What is typed, and in words what is wrong with it. */
function read() {
  /** @type {string[]} */
  const faults = [];
  /**
   * @param {Field} field
   * @param {string} message "" where nothing is wrong
   */
  function mark(field, message) {
    field.setAttribute("aria-invalid", String(Boolean(message)));
    if (message) faults.push(`${label(field)}: ${message}.`);
  }
  /** @type {Record<string, number>} */
  const typed = {};
  for (const field of counts) {
    const { value, wrong: message } = number(field.name, field.value);
    typed[field.name] = value;
    mark(field, message);
  }
  const formats = { weights: fieldOf("weights").value, precision: fieldOf("precision").value };
  const plan = /** @type {Plan} */ (/** @type {unknown} */ ({ ...typed, ...formats })); // a field for each figure
  if (plan.active > plan.parameters && plan.parameters) mark(fieldOf("active"), "more than all parameters");
  mark(modelField, wrongModel());
  const card = devices.get(fold(cardField.value.trim())) ?? memory(cardField.value.trim());
  mark(cardField, card ? "" : wrongCard());
  const picked = pickedModel();
  const name = picked && isUnchanged(picked) ? picked.name : "";
  return { plan, faults, card: card ?? { name: "", memory: 0, bandwidth: 0, peak: 0 }, name };
}

function wrongModel() {
  const typed = modelField.value.trim();
  if (!typed || pickedModel()) return "";
  return `no published size is called ${quoted(typed)}${near(modelField.value, data.models.map((model) => model.name))}`;
}

function wrongCard() {
  const typed = cardField.value.trim();
  const names = data.devices.map((device) => device.name);
  return `${quoted(typed)} is no device of this base and no memory such as 24 GB${near(typed, names)}`;
}

/**
 * Whether the figures are still those of the picked model.
 * @param {Model} model
 */
function isUnchanged(model) {
  return figures.every((field) => field.name === "tokens" || number(field.name, field.value).value === (model[field.name] ?? 0));
}

/**
 * @param {Plan} plan
 * @param {string} name
 */
function called(plan, name) {
  if (name) return name;
  if (pasted) return "The pasted model";
  return `${sized(plan.parameters, SHORT).replace("\u00a0", "")} parameters`;
}

function update() {
  const { plan, faults, card, name } = read();
  const found = costs(plan, card, data.bits);
  const answer = headline(called(plan, name), plan, card, found);
  const texts = {
    headline: faults.length && !found.total ? "No answer yet: correct what is marked below." : answer,
    terms: terms(found, plan),
    fits: fits(found, plan),
    speed: speed(found, plan, card),
  };
  for (const [id, text] of Object.entries(texts)) need(document, `[data-rekb-say="${id}"]`, HTMLElement).textContent = text;
  wrong.textContent = faults.join(" ");
  drawBar(found, plan, card);
  fillTables(plan, card);
  showTerm(found);
}

/**
 * @param {Plan} plan
 * @param {Card} card
 */
function fillTables(plan, card) {
  const cell = (/** @type {string} */ name) => need(document, `[data-rekb-cost="${name}"]`, HTMLElement);
  const active = plan.active || plan.parameters;
  const cache = plan.context ? sequenceBytes(plan, plan.context, data.bits) * plan.batch : 0;
  cell("cache-token").textContent = both(plan.layers * tokenBytes(plan, data.bits));
  cell("cache").textContent = both(cache);
  const known = active && plan.layers && plan.hidden && plan.context;
  power(cell("token"), known ? 2 * active + 4 * plan.layers * plan.hidden * plan.context : 0);
  power(cell("training"), 6 * active * plan.tokens);
  cell("state").textContent = both(16 * plan.parameters);
  fillPrecisions(plan, card, cache);
  need(document, "[data-rekb-card]", HTMLElement).textContent = card.memory ? `${card.memory} GB` : "unknown memory";
}

/**
 * @param {Plan} plan
 * @param {Card} card
 * @param {number} cache its bytes
 */
function fillPrecisions(plan, card, cache) {
  const room = card.memory * 2 ** 30 * (1 - plan.kept_free / 100);
  for (const { cells, dataset } of every(document, "[data-rekb-precision]", HTMLTableRowElement)) {
    const weights = weightBytes(plan.parameters, dataset.rekbPrecision ?? "", data.bits);
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
function showTerm(found) {
  const larger = found.weights >= found.cache ? "weights" : "cache";
  for (const term of every(document, "[data-rekb-term]", HTMLElement)) {
    const first = found.total > 0 && term.dataset.rekbTerm === larger;
    need(term, "[data-rekb-larger]", HTMLElement).hidden = !first;
    if (first && term.previousElementSibling) term.parentElement?.prepend(term);
  }
}

/** @param {string | number | null | undefined} figure */
const written = (figure) => (figure ? thousands(Number(figure)) : "");

/**
 * Whether a field holds what it held before, in whatever spelling: 8192 is 8,192.
 * @param {Field} field
 * @param {string} before
 */
function isSame(field, before) {
  if (field.value === before || field instanceof HTMLSelectElement || !figures.includes(field)) return field.value === before;
  const { value } = number(field.name, field.value);
  return value > 0 && value === number(field.name, before).value;
}

/**
 * What a field holds before anything is typed: the picked model's figure, or the example.
 * @param {Field} field
 */
function initial(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  const picked = pickedModel();
  if (!figures.includes(field) || (modelField.value === modelField.defaultValue && !picked)) return field.defaultValue;
  return picked ? written(picked[field.name]) : "";
}

function pick() {
  const picked = pickedModel();
  if (!picked) return;
  pasted = false;
  for (const field of figures) field.value = initial(field);
  const latent = fieldOf("cached").value !== "";
  const spare = ["active", "cached", "window", "window_layers", "state", ...(latent ? ["kv_heads", "head_size"] : [])];
  const missing = figures.filter((field) => !field.value && !spare.includes(field.name));
  const names = missing.map((field) => label(field).toLowerCase());
  const unpublished = names.length ? `Not published for ${picked.name}: ${names.join(", ")}. Type them for a full answer.` : "";
  note.textContent = [unpublished, picked.warning].filter(Boolean).join(" ") || hint;
}

function keepAddress() {
  const kept = new URLSearchParams();
  const picked = pickedModel();
  for (const field of fields) {
    const before = field === modelField ? modelField.defaultValue : initial(field);
    if (!isSame(field, before)) kept.set(field.name, field === modelField && picked ? picked.id : field.value);
  }
  history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
}

/**
 * Whether a field can hold a value of the address.
 * @param {Field} field
 * @param {string} value
 */
function canHold(field, value) {
  return !(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value);
}

function recall() {
  const kept = new URLSearchParams(location.search);
  const model = kept.get("model");
  if (model !== null) modelField.value = byId.get(model)?.name ?? model;
  for (const field of figures) field.value = initial(field);
  pick();
  for (const field of fields) {
    const value = kept.get(field.name);
    if (field !== modelField && value !== null && canHold(field, value)) field.value = value;
  }
}

/* What was typed before this script was there. */
function takeEarly() {
  const model = early.get("model");
  if (model !== undefined) {
    modelField.value = model;
    pick();
  }
  for (const [name, value] of early) fieldOf(name).value = value;
  keepAddress();
}

/** @param {string[]} unknown */
function unreadFields(unknown) {
  if (!unknown.length) return "Every field was understood.";
  const others = unknown.length - MOST_UNREAD;
  const more = others > 0 ? ` and ${others} more` : "";
  return `Not understood and left out: ${unknown.slice(0, MOST_UNREAD).join(", ")}${more}.`;
}

/* A pasted config.json fills the figures. */
function paste() {
  configNote.textContent = "";
  if (!area.value.trim()) return;
  const found = readConfig(area.value);
  if (found.wrong) {
    configNote.textContent = found.wrong;
    return;
  }
  pasted = true;
  modelField.value = "";
  for (const field of figures) field.value = written(found.figures[field.name]);
  const lines = [...found.said];
  const longest = found.figures.context;
  const asked = number("context", fieldOf("context").value).value;
  if (longest && asked > longest) lines.push(`the context asked for is longer than the model's ${longest}`);
  configNote.textContent = `Read: ${lines.join("; ")}. ${unreadFields(found.unknown)}`;
  update();
  keepAddress();
}

form.addEventListener("input", (event) => {
  if (event.target === modelField) pick();
  update();
  keepAddress();
});
area.addEventListener("input", paste);
offer("rekb-models", data.models.map((model) => model.name));
offer("rekb-devices", [...data.devices.map((device) => device.name), ...data.plain.map((size) => `${size} GB`)]);
recall();
if (early.size) takeEarly();
update();
need(document, "[data-rekb-models]", HTMLElement).dataset.rekbReady = "";
