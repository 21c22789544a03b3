/* The explore page, once all works are there (explore.js fetches them and this): reads the state from the address and the form, shows the works that fit, writes the state back.
   What fits is decided in facets.js, what a search finds in ranking.js, how works are shown in works.js. */
import { download, makeBasket } from "./basket.js";
import { choicesOf, isNot, makeChips, press, tick, topicLabels, unfold, wordsOf } from "./boxes.js";
import { counted, every, make, makeButton, need, remember, remembered, showScripted, targetOf, thousands } from "./dom.js";
import { add, facetIndex, none, readState, withTopics, writeState } from "./facets.js";
import { whenIdle } from "./idle.js";
import { listenToKeys } from "./keys.js";
import { foldsFilters } from "./narrow.js";
import { startPresets } from "./presets.js";
import { questionsOf } from "./questioned.js";
import { reasonsOf } from "./reasons.js";
import { saving } from "./save.js";
import { textSearch } from "./textsearch.js";
import { workList } from "./works.js";

/** @typedef {import("./facets.js").State} State */
/** @typedef {import("./facets.js").Bits} Bits */
/** @typedef {import("./boxes.js").Choice} Choice */
/** @typedef {import("./works.js").Work} Work */

/** Facets with what is said of works that do not say it. @typedef {{language: {silences: Record<string, string>}}} Silences */
/** What explore.js has fetched. @typedef {import("./rows.js").Works & import("./facets.js").Columns & Silences} Data */

const UNKNOWN = "unknown";
const VIEW = "rekb.view";

const page = need(document, "[data-rekb-explore]", HTMLElement);
/**
 * @template {Element} T
 * @param {string} name
 * @param {new () => T} kind
 */
const part = (name, kind) => need(page, `[data-rekb-${name}]`, kind);
const form = part("facets", HTMLFormElement);
const find = part("find", HTMLInputElement);
const sort = part("sort", HTMLSelectElement);
const group = part("group", HTMLSelectElement);
const from = part("from", HTMLSelectElement);
const to = part("to", HTMLSelectElement);
const status = part("status", HTMLElement);
const done = part("done", HTMLElement);
const empty = part("empty", HTMLElement);
const more = part("more", HTMLButtonElement);
const silent = part("silent", HTMLElement);
const active = part("active", HTMLElement);
const jumpList = part("jumps", HTMLElement);
const toggle = part("toggle-filters", HTMLButtonElement);
const views = every(page, "[data-rekb-view]", HTMLButtonElement);
const best = need(sort, '[value="match"]', HTMLOptionElement);
if (!rekb.begun) throw new Error("explore.js has fetched no works");
const { works: data, isTouched } = rekb.begun;
const index = facetIndex({ ...data, facets: withTopics(data) });

const choices = choicesOf(form, data.scopes);
const byBox = /** @type {Map<Element | null, Choice>} */ (new Map());
for (const choice of choices) byBox.set(choice.box, choice).set(choice.not, choice);

/** Facets of which a work may say nothing: the box for that, and how it is put in words. @type {{facet: string, choice: Choice, text: string}[]} */
const silences = [];
for (const [facet, text] of Object.entries(data.language.silences)) {
  const choice = choices.find((one) => one.facet === facet && one.value === UNKNOWN);
  if (choice) silences.push({ facet, choice, text });
}

/** What a word is called beside its box. @param {string} facet @param {string} word */
const labelOf = (facet, word) => choices.find((one) => one.facet === facet && one.value === word)?.label ?? word;
const root = new URL(page.dataset.rekbRoot ?? "", location.href);
const list = workList(part("rows", HTMLTableElement), index, data, topicLabels(choices), reasonsOf(root, labelOf));
const drawPresets = startPresets(page, index);
const offerSaving = saving(part("save", HTMLElement), list.works.length);
const showQuestion = questionsOf(page, silences.map(({ facet }) => facet), UNKNOWN);

/** The order that a reader chose; else the best match of a search, or the newest. @type {string | null} */
let asked = null;
/** @type {Work[]} */
let shown = [];
/** @type {import("./boxes.js").Unboxed[]} */
let unboxed = [];
const search = textSearch(root, list.works, () => {
  if (find.value.trim()) update();
});
const usual = () => (find.value.trim() ? "match" : "newest");
const isPressed = (/** @type {Element} */ button) => button.getAttribute("aria-pressed") === "true";

/** @returns {State} */
function state() {
  return { ...wordsOf(choices, unboxed), from: Number(from.value) || null, to: Number(to.value) || null };
}

/**
 * @param {string} text
 * @param {boolean} partly
 */
function found(text, partly) {
  const total = list.works.length;
  const number = shown.length === total ? counted(total, "work", "works") : `${thousands(shown.length)} of ${counted(total, "work", "works")}`;
  if (text && search.hasFailed()) return `${number}; the search could not be loaded`;
  return partly && shown.length ? `${number}; none has every word` : number;
}

/* Showing */

function update() {
  const text = find.value.trim();
  if (text && search.isAwaited(text)) {
    page.setAttribute("aria-busy", "true");
    search.start(text);
    return;
  }
  const current = state();
  const hits = text ? search.ask(text) : null;
  const also = hits ? setOf((work) => hits.scores[work.place] > 0) : null;
  show(current, also, hits?.scores ?? null);
  count(current, also);
  chips(current, text);
  jumps();
  showQuestion(basket.only() || text ? null : current);
  status.textContent = found(text, hits?.partly ?? false);
  done.textContent = `Show ${counted(shown.length, "work", "works")}`;
  empty.hidden = shown.length > 0;
  const others = shown.length - list.unasked(shown.length);
  more.hidden = others === 0;
  more.textContent = others === 1 ? "Show the other work" : `Show the other ${thousands(others)} works`;
  basket.makePicks(list.drawn());
  offerSaving(shown.map((work) => work.key));
  drawPresets();
  page.removeAttribute("aria-busy");
  page.dataset.rekbReady = "";
}

/**
 * @param {State} current
 * @param {Bits | null} also
 * @param {Float64Array | null} scores
 */
function show(current, also, scores) {
  const set = basket.only() ? setOf((work) => basket.keys().has(work.key)) : index.matching(current, also);
  const cards = views.some((view) => view.dataset.rekbView === "cards" && isPressed(view));
  sort.value = asked ?? usual();
  best.disabled = !find.value.trim();
  shown = list.show(set, { order: sort.value, scores, grouped: group.value === "topic", cards, wanted: current.wanted });
}

/**
 * Offer works that fit but for a facet of which their authors, as far as is known, say nothing.
 * @param {(facet: string, word: string) => number} left
 * @param {State} current
 */
function offerSilent(left, current) {
  const offers = [];
  for (const { facet, choice, text } of silences) {
    if (!current.wanted[facet] || choice.box.checked || isNot(choice)) continue;
    const number = left(facet, UNKNOWN);
    if (!number) continue;
    const button = makeButton("rekb-link", number === 1 ? "Show it too" : "Show them too", () => {
      choice.box.checked = true;
      changed();
      status.focus();
    });
    const offer = make("span", "", `${number === 1 ? "1 more fits" : `${thousands(number)} more fit`} otherwise, but ${text}. `);
    offer.append(button);
    offers.push(offer);
  }
  silent.replaceChildren(...offers);
  silent.hidden = basket.only() || offers.length === 0;
}

/** @param {(work: Work) => boolean} test */
function setOf(test) {
  const set = none(index.size);
  for (const work of list.works) if (test(work)) add(set, work.place);
  return set;
}

/**
 * @param {State} current
 * @param {Bits | null} also
 */
function count(current, also) {
  const left = index.counter(current, also);
  for (const choice of choices) {
    const number = left(choice.facet, choice.value);
    if (choice.number === number) continue;
    choice.number = number;
    choice.count.textContent = thousands(number);
    choice.element.classList.toggle("rekb-choice--none", number === 0);
  }
  offerSilent(left, current);
  const years = index.yearCounts(current, also);
  for (const option of [...from.options, ...to.options]) {
    const text = `${option.value} (${thousands(years.get(Number(option.value)) ?? 0)})`;
    if (option.value && option.textContent !== text) option.textContent = text;
  }
}

/**
 * @param {State} current
 * @param {string} text
 */
function chips(current, text) {
  const { add: addChip, made } = makeChips(() => changed());
  for (const choice of choices) {
    if (choice.box.checked) addChip(choice.title, choice.label, () => { choice.box.checked = false; });
  }
  for (const choice of choices) {
    if (isNot(choice)) addChip(`${choice.title}: not`, choice.label, () => press(choice, false));
  }
  for (const other of unboxed) {
    const facet = other.side === "wanted" ? other.facet : `${other.facet}: not`;
    addChip(facet, other.word, () => { unboxed = unboxed.filter((one) => one !== other); });
  }
  if (current.from !== null) addChip("Year from", String(current.from), () => { from.value = ""; });
  if (current.to !== null) addChip("Year to", String(current.to), () => { to.value = ""; });
  if (text) addChip("Found by", `“${text}”`, () => { find.value = ""; });
  const number = made.length;
  toggle.textContent = number ? `Filters (${number})` : "Filters";
  if (number > 1) addChip("", "Clear all", clear);
  active.replaceChildren(...made);
}

/* The groups at a glance, each a way down to it. */
function jumps() {
  const made = list.headings().map(({ head, label, count: number }) => {
    const jump = make("li");
    const button = makeButton("rekb-link", label, () => {
      head.scrollIntoView();
      need(head, "a", HTMLAnchorElement).focus({ preventScroll: true });
    });
    jump.append(button, ` ${thousands(number)}`);
    return jump;
  });
  jumpList.replaceChildren(...made);
  jumpList.hidden = made.length < 2;
}

function clear() {
  for (const choice of choices) {
    choice.box.checked = false;
    press(choice, false);
  }
  for (const field of [find, from, to]) field.value = "";
  unboxed = [];
}

/* The address */

function address() {
  const rest = new URLSearchParams();
  if (find.value.trim()) rest.set("find", find.value.trim());
  if (asked && asked !== usual()) rest.set("sort", asked);
  if (group.value) rest.set("group", group.value);
  const view = new URLSearchParams(location.search).get("view");
  if (view) rest.set("view", view);
  const text = [writeState(state()), rest.toString()].filter(Boolean).join("&");
  return text ? `?${text}` : location.pathname;
}

/**
 * @param {HTMLSelectElement} select
 * @param {number | null} year
 */
function chooseYear(select, year) {
  select.value = String(year ?? "");
  if (select.selectedIndex < 0) select.value = "";
  if (select.value) unfold(select);
}

function restore() {
  const query = new URLSearchParams(location.search);
  const current = readState(location.search);
  unboxed = tick(choices, current);
  chooseYear(from, current.from);
  chooseYear(to, current.to);
  find.value = query.get("find") ?? "";
  const order = query.get("sort");
  asked = [...sort.options].some((option) => option.value === order) ? order : null;
  group.value = query.get("group") === "topic" ? "topic" : "";
  showView(query.get("view") ?? remembered(VIEW));
  update();
}

/**
 * Write the address first: that makes the browser lay out the page, which is cheap as long as nothing has changed.
 * @param {boolean} [replace] whether the step back in the browser skips what was before
 */
function changed(replace = false) {
  const target = address();
  const same = target === location.search || (target === location.pathname && !location.search);
  if (!same && replace) history.replaceState(null, "", target);
  if (!same && !replace) history.pushState(null, "", target);
  update();
}

/**
 * Table or cards: in the address where a reader chose one here, and remembered.
 * @param {string | null} name
 */
function showView(name) {
  const pressed = name === "cards" ? "cards" : "table";
  for (const view of views) view.setAttribute("aria-pressed", String(view.dataset.rekbView === pressed));
}

/** @param {string} name */
function chooseView(name) {
  remember(VIEW, name);
  const query = new URLSearchParams(location.search);
  query.set("view", name);
  history.replaceState(null, "", `?${query.toString().replaceAll("%2F", "/")}`);
  showView(name);
  update();
}

/** @param {HTMLElement} button */
async function downloadWorks(button) {
  const works = button.dataset.rekbScope === "selected" ? basket.keys() : new Set(shown.map((work) => work.key));
  try {
    await download(button.dataset.rekbDownload ?? "", works);
  } catch {
    status.textContent = "The file could not be read; the downloads page has it whole.";
  }
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  const choice = byBox.get(targetOf(event));
  if (choice?.box.checked) press(choice, false);
  changed();
});
form.addEventListener("click", (event) => {
  const choice = byBox.get(targetOf(event));
  if (choice?.not !== event.target) return;
  press(choice, !isNot(choice));
  changed();
});
let searching = false;
find.addEventListener("input", () => {
  changed(searching);
  searching = find.value !== "";
});
find.addEventListener("focus", search.prepare);
find.addEventListener("blur", () => { searching = false; });
sort.addEventListener("change", () => {
  asked = sort.value === usual() ? null : sort.value;
  changed();
});
group.addEventListener("change", () => changed());
for (const view of views) view.addEventListener("click", () => chooseView(view.dataset.rekbView ?? ""));
for (const button of every(page, "[data-rekb-download]", HTMLElement)) {
  button.addEventListener("click", () => downloadWorks(button));
}

foldsFilters(page, form, toggle, done);

function drawAll() {
  list.drawAll();
  update();
  list.revealAll();
}
more.addEventListener("click", drawAll);
addEventListener("beforeprint", drawAll);
addEventListener("popstate", () => {
  restore();
  list.revealAll(); // the browser scrolls back to where the reader was
});

const basket = makeBasket(part("basket", HTMLElement), part("rows", HTMLTableElement), list.works, update);
listenToKeys(find, list, basket.toggle);
/* Rows that the page does not have are made in idle time. */
function growSome() {
  const isMore = list.grow();
  basket.makePicks(list.drawn());
  if (!isMore) page.dataset.rekbDrawn = "";
  return isMore;
}

/* The page as it opens shows all works already, so what counts and draws them can wait, and goes in small steps. */
function startSoon() {
  return index.readNext() || start();
}

function start() {
  restore();
  whenIdle(growSome);
  return false;
}

showScripted(page);
if (isTouched) {
  asked = sort.value === usual() ? null : sort.value;
  changed();
  whenIdle(growSome);
} else if (location.search || remembered(VIEW)) {
  start();
} else {
  whenIdle(startSoon);
}
