/* The planner of the models page: what is typed, picked or pasted becomes an answer. Numbers are those of costs.js, words
   those of answers.js; a pasted config.json is read by config.js, which is fetched when somebody is about to paste. */
import { contradictions, fits, headline, memory, number, sized, speed, terms } from "./answers.js";
import { drawBar } from "./bar.js";
import { costs } from "./costs.js";
import { make, need, thousands } from "./dom.js";
import { faultsSaid, labelOf, showFaults, speakLater, speakNow } from "./faults.js";
import { fillTables, showTerm } from "./plantables.js";
import { fetchScript } from "./search.js";

/** @typedef {import("./costs.js").Plan} Plan */
/** @typedef {import("./costs.js").Card} Card */
/** @typedef {import("./config.js").Reading} Reading */
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

const MOST_UNREAD = 12; // fields that a message names
const LONGEST_QUOTE = 40;
/** @type {import("./answers.js").Units} */
const SHORT = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1, ""]];

const form = need(document, "[data-rekb-calculator]", HTMLFormElement);
if (!rekb.planned) throw new Error("planner.js has fetched no figures");
const { data, typed: early } = rekb.planned;
const note = need(document, "[data-rekb-calculator-say]", HTMLElement);
const hint = note.textContent;
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

/* Names are the same with spaces and without: Qwen 2.5 72B is Qwen2.5-72B. */
/** @param {string} text */
const squeeze = (text) => fold(text).replaceAll(" ", "");

/* Names that lead to a model or a device; the first one wins. */
const models = new Map(data.models.toReversed().map((model) => [squeeze(model.name), model]));
const byId = new Map(data.models.map((model) => [model.id, model]));
/** @type {Map<string, Card>} */
const devices = new Map();
for (const device of data.devices) {
  for (const name of [device.name, ...device.aliases]) if (!devices.has(squeeze(name))) devices.set(squeeze(name), device);
}
const pickedModel = () => models.get(squeeze(modelField.value));

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

/** @param {string} text */
const quoted = (text) => `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}”`;

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

/** What was pasted last and is still shown. @type {Reading | null} */
let pasted = null;
/** Whose figures were filled in last. @type {Model | undefined} */
let filled;
/** What was wrong with a pasted text. */
let notPasted = "";
/** The format of weights before a text was pasted. */
let chosen = "";

/* What is typed, and in words what is wrong with it. */
function read() {
  /** @type {Map<Field, string>} */
  const faults = new Map();
  /** @type {Record<string, number>} */
  const typed = {};
  for (const field of counts) {
    const { value, wrong } = number(field.name, field.value);
    typed[field.name] = value;
    if (wrong) faults.set(field, wrong);
  }
  const formats = { weights: fieldOf("weights").value, precision: fieldOf("precision").value };
  const plan = /** @type {Plan} */ (/** @type {unknown} */ ({ ...typed, ...formats })); // a field for each figure
  for (const [name, wrong] of Object.entries(contradictions(plan))) {
    if (!faults.has(fieldOf(name))) faults.set(fieldOf(name), wrong);
  }
  const card = devices.get(squeeze(cardField.value)) ?? memory(cardField.value);
  if (!card) faults.set(cardField, wrongCard());
  const isBlocked = faults.size > 0;
  // What is refused is no zero: nothing is computed beside it.
  for (const field of counts) if (isBlocked) typed[field.name] = 0;
  const wrong = wrongModel();
  if (wrong) faults.set(modelField, wrong);
  const shown = isBlocked ? /** @type {Plan} */ (/** @type {unknown} */ ({ ...typed, ...formats })) : plan;
  return { plan: shown, faults, isBlocked, card: card ?? { name: "", memory: 0, bandwidth: 0, peak: 0 } };
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
 * Whether the figures are still those of a model.
 * @param {Record<string, string | number | null>} model
 */
function isUnchanged(model) {
  return figures.every((field) => field.name === "tokens" || number(field.name, field.value).value === (model[field.name] ?? 0));
}

/* Whether the answer is that of a pasted text, nothing of it changed. */
const isPasted = () => pasted !== null && isUnchanged(pasted.figures);

/**
 * Whose answer it is; where a name is typed that leads nowhere, also whose it is not.
 * @param {Plan} plan
 */
function called(plan) {
  const typed = modelField.value.trim();
  const isUnknown = typed !== "" && !pickedModel();
  const owner = ownerOf(plan, isUnknown ? filled : pickedModel());
  return isUnknown ? `Not ${quoted(typed)} but ${owner.replace(/^The/, "the")}` : owner;
}

/**
 * @param {Plan} plan
 * @param {Model | undefined} model whose name is shown
 */
function ownerOf(plan, model) {
  if (model && isUnchanged(model)) return model.name;
  if (isPasted()) return "The pasted model";
  return `${sized(plan.parameters, SHORT).replace("\u00a0", "")} parameters`;
}

/**
 * A warning where a context is longer than a pasted model's, else "".
 * @param {Plan} plan
 * @param {Reading | null} reading
 */
function beyond(plan, reading) {
  const longest = reading?.figures.context;
  return longest && plan.context > longest ? ` The context is longer than the model's ${thousands(longest)} tokens.` : "";
}

/* Show the answer; returns what it says. */
function update() {
  const { plan, faults, isBlocked, card } = read();
  const found = costs(plan, card, data.bits);
  const reading = isPasted() ? pasted : null;
  const answer = headline(called(plan), plan, card, found) + (found.total ? beyond(plan, reading) : "");
  const texts = {
    headline: isBlocked ? "No answer yet: correct what is marked below." : answer,
    terms: terms(found, plan),
    fits: fits(found, plan),
    speed: speed(found, plan, card),
  };
  for (const [id, text] of Object.entries(texts)) need(document, `[data-rekb-say="${id}"]`, HTMLElement).textContent = text;
  showFaults(inputs, faults, [notPasted, ...(reading?.warned ?? [])].filter(Boolean));
  drawBar(found, plan, card);
  fillTables(plan, card, data.bits);
  showTerm(found);
  return [texts.headline, faultsSaid()].filter(Boolean).join(" ");
}

/* After the reader has changed something. */
function changed() {
  speakLater(update());
  keepAddress();
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
  pasted = null;
  notPasted = "";
  filled = picked;
  for (const field of figures) field.value = initial(field);
  const latent = fieldOf("cached").value !== "";
  const spare = ["active", "cached", "window", "window_layers", "state", ...(latent ? ["kv_heads", "head_size"] : [])];
  const missing = figures.filter((field) => !field.value && !spare.includes(field.name));
  const names = missing.map((field) => labelOf(field).toLowerCase());
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

/** @param {Reading} found */
function unreadFields({ unknown, unusable }) {
  if (!unknown.length) return unusable.length ? "" : "Every field was understood.";
  const others = unknown.length - MOST_UNREAD;
  const more = others > 0 ? ` and ${others} more` : "";
  return `Not understood and left out: ${unknown.slice(0, MOST_UNREAD).join(", ")}${more}.`;
}

/**
 * What a text was read as, in sentences.
 * @param {Reading} found
 */
function readAs(found) {
  const { value } = fieldOf("weights");
  const format = found.weights ? [] : [`no format of the planner is named, so weights are counted in ${value}, as chosen here`];
  const figuresRead = `Read: ${[...found.said, ...format].join("; ")}.`;
  return [figuresRead, ...[...found.warned, ...found.unusable].map((text) => `${text}.`), unreadFields(found)].filter(Boolean).join(" ");
}

/**
 * Take back what a pasted text filled in.
 * @param {string} why
 */
function unpaste(why) {
  notPasted = why && (pasted ? `${why} Its figures are taken back` : `${why} The answer is not one of this text`);
  if (!pasted) return;
  for (const field of figures) field.value = "";
  fieldOf("weights").value = chosen;
  pasted = null;
}

/** @type {Promise<void> | null} */
let fetching = null;

/* The reader of configurations weighs as much as the page: it comes when the field for them is used. */
function fetchReader() {
  const root = new URL(need(document, "[data-rekb-models]", HTMLElement).dataset.rekbModels ?? "", location.href);
  fetching ??= fetchScript(new URL("assets/rekb/config.js", root));
  return fetching;
}

function unfetched() {
  fetching = null;
  configNote.textContent = "The reader of configurations could not be loaded: paste the text again.";
}

/* A pasted config.json fills the figures; one that cannot be read, or is taken away, takes them back. */
function paste() {
  if (!rekb.config) return;
  const found = area.value.trim() ? rekb.config.readConfig(area.value) : null;
  if (!found) {
    unpaste(pasted ? "The pasted text is gone." : "");
    configNote.textContent = "";
  } else if (found.wrong) {
    unpaste(`The pasted text was not read: ${found.wrong}`);
    configNote.textContent = found.wrong;
  } else {
    fillPasted(found);
    configNote.textContent = readAs(found);
  }
  changed();
}

/** @param {Reading} found */
function fillPasted(found) {
  const weights = fieldOf("weights");
  if (!pasted) chosen = weights.value;
  pasted = found;
  notPasted = "";
  filled = undefined;
  modelField.value = "";
  note.textContent = hint;
  for (const field of figures) field.value = written(found.figures[field.name]);
  weights.value = found.weights && canHold(weights, found.weights) ? found.weights : chosen;
}

form.addEventListener("input", (event) => {
  notPasted = "";
  if (event.target === modelField) pick();
  changed();
});
area.addEventListener("focus", () => { fetchReader().catch(unfetched); });
area.addEventListener("input", () => { fetchReader().then(paste, unfetched); });
for (const part of [form, area]) part.addEventListener("change", speakNow);
offer("rekb-models", data.models.map((model) => model.name));
offer("rekb-devices", [...data.devices.map((device) => device.name), ...data.plain.map((size) => `${size} GB`)]);
recall();
if (early.size) takeEarly();
update();
need(document, "[data-rekb-models]", HTMLElement).dataset.rekbReady = "";
