/* The boxes of the filters: the state that they say, and the boxes that a state ticks. */
import { above, make, need, textOf, every } from "./dom.js";

/**
 * A box with its button that leaves out, and the number beside it.
 * @typedef {object} Choice
 * @property {HTMLElement} element
 * @property {HTMLInputElement} box
 * @property {HTMLButtonElement} not
 * @property {HTMLElement} count
 * @property {number} number what the count shows
 * @property {string} facet
 * @property {string} value
 * @property {string} label
 * @property {string} help
 * @property {string} title of the facet
 */

/**
 * A word of the address without a box: no work here has it, so nothing fits while it is asked for.
 * @typedef {{side: "wanted" | "unwanted", facet: string, word: string}} Unboxed
 */

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} scopes what topics hold
 * @returns {Choice}
 */
function choiceOf(element, scopes) {
  const box = need(element, "input", HTMLInputElement);
  const label = need(element, "label", HTMLLabelElement);
  const count = need(element, "[data-rekb-count]", HTMLElement);
  if (box.name === "topic") label.title = scopes[box.value] ?? "";
  return {
    element,
    box,
    not: need(element, "[data-rekb-not]", HTMLButtonElement),
    count,
    number: Number(textOf(count).replaceAll(",", "")),
    facet: box.name,
    value: box.value,
    label: textOf(label).trim(),
    help: label.title,
    title: textOf(above(element, "details").querySelector("summary span")),
  };
}

/**
 * All boxes of a form.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} scopes what topics hold
 */
export const choicesOf = (form, scopes) => every(form, ".rekb-choice", HTMLElement).map((element) => choiceOf(element, scopes));

/**
 * Whether a choice is to be left out.
 * @param {Choice} choice
 */
export const isNot = (choice) => choice.not.getAttribute("aria-pressed") === "true";

/**
 * Press or release the button that leaves a choice out.
 * @param {Choice} choice
 * @param {boolean} on
 */
export function press(choice, on) {
  choice.not.setAttribute("aria-pressed", String(on));
  if (on) choice.box.checked = false;
}

/**
 * The words that the boxes ask for.
 * @param {Choice[]} choices
 * @param {Unboxed[]} unboxed
 */
export function wordsOf(choices, unboxed) {
  /** @type {Pick<import("./facets.js").State, "wanted" | "unwanted">} */
  const found = { wanted: {}, unwanted: {} };
  for (const choice of choices) {
    if (choice.box.checked) (found.wanted[choice.facet] ??= []).push(choice.value);
    if (isNot(choice)) (found.unwanted[choice.facet] ??= []).push(choice.value);
  }
  for (const { side, facet, word } of unboxed) (found[side][facet] ??= []).push(word);
  return found;
}

/**
 * @param {import("./facets.js").Words} words
 * @param {Choice} choice
 */
const asks = (words, { facet, value }) => words[facet]?.includes(value) ?? false;

/**
 * Tick what a state asks for, and open the facets where something is ticked.
 * @param {Choice[]} choices
 * @param {import("./facets.js").State} state
 * @returns {Unboxed[]} what no box says
 */
export function tick(choices, state) {
  for (const choice of choices) {
    choice.box.checked = asks(state.wanted, choice);
    press(choice, !choice.box.checked && asks(state.unwanted, choice));
    if (choice.box.checked || isNot(choice)) unfold(choice.element);
  }
  const boxed = new Set(choices.map((choice) => `${choice.facet}=${choice.value}`));
  /** @type {Unboxed[]} */
  const left = [];
  for (const side of /** @type {const} */ (["wanted", "unwanted"])) {
    for (const [facet, words] of Object.entries(state[side])) {
      for (const word of words) if (!boxed.has(`${facet}=${word}`)) left.push({ side, facet, word });
    }
  }
  return left;
}

/**
 * Open the fold that an element is in.
 * @param {HTMLElement} inner
 */
export function unfold(inner) {
  const fold = inner.closest("details");
  if (fold) fold.open = true;
}

/**
 * How topics are shown above their works, from the boxes of the facet.
 * @param {Choice[]} choices
 * @returns {(id: string) => import("./works.js").TopicLabel}
 */
export function topicLabels(choices) {
  const topics = choices.filter((choice) => choice.facet === "topic");
  const known = new Map(topics.map(({ value, label, help }, place) => [value, { label, help, place }]));
  const labelOf = (/** @type {string} */ path) => known.get(path)?.label ?? path;
  return (id) => {
    const steps = id.split("/");
    const trail = steps.slice(1).map((_, depth) => labelOf(steps.slice(0, depth + 1).join("/")));
    const own = known.get(id);
    return { label: labelOf(id), scope: own?.help ?? "", trail: trail.join(" › "), place: own?.place ?? known.size };
  };
}

/**
 * Makes the list of what is filtered by: one button for each filter, behind the name of its facet.
 * @param {() => void} changed called after one was taken away
 */
export function makeChips(changed) {
  /** @type {HTMLLIElement[]} */
  const made = [];
  let named = "";
  /**
   * @param {string} facet
   * @param {string} label
   * @param {() => void} remove
   */
  function add(facet, label, remove) {
    const chip = make("li");
    if (facet !== named) chip.append(make("span", "", facet), " ");
    named = facet;
    const button = make("button", "rekb-remove", label);
    button.type = "button";
    button.setAttribute("aria-label", facet ? `Remove filter ${facet} ${label}` : label);
    button.addEventListener("click", () => {
      remove();
      changed();
    });
    chip.append(button);
    made.push(chip);
  }
  return { add, made };
}
