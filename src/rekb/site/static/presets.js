/* Explore: filters that people mean by one word, and what would help where nothing fits. Both write an address, as a reader
   would have it, and let the page read it. */
import { counted, every, make, makeButton, need, textOf } from "./dom.js";
import { count, readState, writeState } from "./facets.js";

/** @typedef {import("./facets.js").State} State */
/** @typedef {import("./boxes.js").Unboxed} Word */
/** A preset. @typedef {{button: HTMLElement, words: Word[]}} Preset */
/** What a reader may do instead. @typedef {{text: string, count: number, act: () => void}} Offer */

const MOST = 4;
const KEPT = ["sort", "group", "view"]; // what an address says besides filters

const now = () => readState(location.search);

/**
 * @param {State} state
 * @returns {Word[]}
 */
function wordsOf(state) {
  /** @type {Word[]} */
  const found = [];
  for (const side of /** @type {const} */ (["wanted", "unwanted"])) {
    for (const [facet, words] of Object.entries(state[side])) {
      for (const word of words) found.push({ side, facet, word });
    }
  }
  return found;
}

/**
 * @param {State} state
 * @param {Word} word
 */
const holds = (state, { side, facet, word }) => state[side][facet]?.includes(word) ?? false;

/**
 * @param {State} state
 * @param {Word} word
 * @returns {State}
 */
function without(state, { side, facet, word }) {
  const words = { ...state[side] };
  const left = (words[facet] ?? []).filter((other) => other !== word);
  if (left.length) words[facet] = left;
  else delete words[facet];
  return { ...state, [side]: words };
}

/**
 * @param {State} state
 * @param {Word} word
 * @returns {State}
 */
function withWord(state, { side, facet, word }) {
  const words = state[side];
  const has = words[facet] ?? [];
  return has.includes(word) ? state : { ...state, [side]: { ...words, [facet]: [...has, word] } };
}

/**
 * Go to the address of a state.
 * @param {State} state
 * @param {string} found the words of the search
 */
function go(state, found) {
  const rest = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = rest.get(name);
    if (value) kept.set(name, value);
  }
  if (found) kept.set("find", found);
  const text = [writeState(state), kept.toString()].filter(Boolean).join("&");
  history.pushState(null, "", text ? `?${text}` : location.pathname);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** @param {Preset} preset */
const isOn = ({ button }) => button.getAttribute("aria-pressed") === "true";

/**
 * What is asked for once a preset is pressed; what another preset that is on stands for stays.
 * @param {Preset[]} presets
 * @param {Preset} pressed
 */
function afterPress(presets, pressed) {
  if (!isOn(pressed)) return pressed.words.reduce(withWord, now());
  const others = presets.filter((one) => one !== pressed && isOn(one)).flatMap((one) => one.words);
  const isFree = (/** @type {Word} */ word) =>
    !others.some((other) => other.side === word.side && other.facet === word.facet && other.word === word.word);
  return pressed.words.filter(isFree).reduce(without, now());
}

/** @param {Offer} offer */
function offerItem({ text, count: number, act }) {
  const item = make("li");
  item.append(makeButton("rekb-link", `${text}: ${counted(number, "work", "works")}`, act));
  return item;
}

/**
 * Start the presets of a page, and what would help where nothing fits.
 * @param {HTMLElement} page
 * @param {{matching: (state: State) => import("./facets.js").Bits}} index
 * @returns {() => void} draws both anew after the page has shown something
 */
export function startPresets(page, index) {
  const bar = need(page, "[data-rekb-presets]", HTMLElement);
  const help = need(page, "[data-rekb-help]", HTMLElement);
  const empty = need(page, "[data-rekb-empty]", HTMLElement);
  const find = need(page, "[data-rekb-find]", HTMLInputElement);
  const fitting = (/** @type {State} */ state) => count(index.matching(state));
  const presets = every(bar, "[data-rekb-preset]", HTMLElement)
    .map((button) => ({ button, words: wordsOf(readState(button.dataset.rekbPreset ?? "")) }));
  for (const preset of presets) {
    preset.button.addEventListener("click", () => go(afterPress(presets, preset), find.value.trim()));
  }

  /** @param {Word} word */
  function labelOf({ side, facet, word }) {
    const box = page.querySelector(`input[name="${CSS.escape(facet)}"][value="${CSS.escape(word)}"]`);
    const label = textOf(box?.closest("label")).trim() || word;
    return side === "wanted" ? `“${label}”` : `“not ${label}”`;
  }

  /**
   * @param {string} text
   * @param {State} state
   * @returns {Offer}
   */
  const offerOf = (text, state) => ({ text, count: fitting(state), act: () => go(state, "") });

  /**
   * What each filter, left out alone, would leave; the words of a search are left out as one.
   * @param {State} state
   */
  function leavingOut(state) {
    const text = find.value.trim();
    if (text) return [offerOf(`Without the words “${text}”`, state)];
    const found = wordsOf(state).map((one) => offerOf(`Without ${labelOf(one)}`, without(state, one)));
    if (state.from !== null || state.to !== null) {
      found.push(offerOf("Without the bounds of years", { ...state, from: null, to: null }));
    }
    return found;
  }

  /**
   * Where leaving out one filter does not help: each of them alone.
   * @param {State} state
   */
  function alone(state) {
    /** @type {State} */
    const bare = { wanted: {}, unwanted: {}, from: null, to: null };
    const wanted = wordsOf(state).filter(({ side }) => side === "wanted");
    return wanted.map((one) => offerOf(`Only ${labelOf(one)}`, withWord(bare, one)));
  }

  function offers() {
    const state = now();
    const useful = leavingOut(state).filter((one) => one.count > 0);
    const found = useful.length ? useful : alone(state);
    return found.sort((a, b) => b.count - a.count).slice(0, MOST);
  }

  bar.hidden = false;
  return () => {
    const state = now();
    for (const { button, words } of presets) {
      button.setAttribute("aria-pressed", String(words.every((word) => holds(state, word))));
    }
    help.replaceChildren(...(empty.hidden ? [] : offers().map(offerItem)));
  };
}
