/* The search boxes: the header's, the large ones of the home page and of the page for wrong addresses, and what explore and
   compare share with them. The index and ranking.js, which says what a question means, are fetched when a box is first used. */
import { counted, every, fetched, make, need, targetOf, thousands } from "./dom.js";

/** @typedef {import("./documents.js").Kind} Kind */
/** @typedef {import("./documents.js").Document} Document */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").Index} Index */
/** @typedef {typeof import("./ranking.js")} Ranking */

/**
 * What the hits of a box need besides themselves.
 * @typedef {object} Surroundings
 * @property {URL} root of the site
 * @property {Search} search
 * @property {((document: Document) => void) | undefined} choose is given what a reader picks; without it a pick is a link
 * @property {string} question
 */

/** Each kind in words: one, several. @type {Record<Kind, [one: string, several: string]>} */
const TITLES = {
  work: ["work", "Works"],
  topic: ["topic", "Topics"],
  page: ["page", "Pages"],
  author: ["author", "Authors"],
  model: ["model", "Models"],
  help: ["help", "Help"],
};
/** How many hits of each kind are listed. @type {Record<Kind, number>} */
const MOST = { work: 8, topic: 4, page: 4, author: 3, model: 3, help: 3 };
/** @type {Map<string, Promise<Search>>} */
const loaded = new Map();

/**
 * Fetch a script, which leaves its functions in the global object.
 * @param {URL} address
 * @returns {Promise<void>}
 */
export function fetchScript(address) {
  return new Promise((resolve, reject) => {
    const script = make("script");
    script.onload = () => resolve();
    script.onerror = reject;
    script.src = address.href;
    document.head.append(script);
  });
}

/** @returns {Ranking} */
function ranking() {
  if (rekb.ranking) return rekb.ranking;
  throw new Error("ranking.js is not loaded");
}

/**
 * The index of a site, and what fetches pieces of it.
 * @typedef {object} Search
 * @property {Index} index
 * @property {(question: string) => boolean} isReady whether all that a question needs is there
 * @property {(question: string) => Promise<void>} complete fetches what a question needs
 * @property {(number: number) => Promise<string>} lineOf of a document
 */

/**
 * @param {URL} root
 * @returns {Promise<Search>}
 */
async function makeSearch(root) {
  const script = fetchScript(new URL("assets/rekb/ranking.js", root));
  const [answer] = await Promise.all([fetched(new URL("assets/rekb/search.json", root)), script]);
  const index = ranking().makeIndex(await answer.json());
  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();

  /** @param {string} name */
  async function fetchPiece(name) {
    const got = await fetched(new URL(`assets/rekb/search/${name}.json`, root));
    index.add(name, await got.json());
  }

  /** @param {string} name */
  function piece(name) {
    const known = asked.get(name);
    if (known) return known;
    const made = fetchPiece(name);
    asked.set(name, made);
    made.catch(() => asked.delete(name));
    return made;
  }

  /** @param {string} question */
  async function complete(question) {
    const names = index.missing(question);
    if (!names.length) return;
    await Promise.all(names.map(piece));
    /* What is there now may say that more is needed. */
    await complete(question);
  }

  return {
    index,
    isReady: (question) => index.missing(question).length === 0,
    complete,
    async lineOf(number) {
      const name = index.linePiece(number);
      if (name) await piece(name);
      return index.lineOf(number);
    },
  };
}

/**
 * The search of the site at `root`; the second box on a page is given the same.
 * @param {URL} root
 */
export function loadSearch(root) {
  const known = loaded.get(root.href);
  if (known) return known;
  const made = makeSearch(root);
  loaded.set(root.href, made);
  made.catch(() => loaded.delete(root.href));
  return made;
}

/**
 * @param {Hit} hit
 * @param {Surroundings} surroundings
 */
function listed({ document: found, number }, { root, search, choose }) {
  const link = make("a", "md-search-result__link rekb-hit");
  link.href = new URL(ranking().pathOf(found), root).href;
  const called = found.kind === "work" ? found.names?.[0] ?? "" : "";
  const title = called && !found.title.startsWith(called) ? `${called}: ${found.title}` : found.title;
  link.append(make("span", "rekb-hit__title", title));
  if (found.note) link.append(make("span", "rekb-hit__note", found.note));
  const line = make("span", "rekb-hit__line");
  link.append(line);
  /* What it is about is nowhere said. */
  const without = () => line.remove();
  search.lineOf(number).then((text) => { if (text) line.textContent = text; else without(); }, without);
  if (choose) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(found);
    });
  }
  const hit = make("li", "md-search-result__item");
  hit.append(link);
  return hit;
}

/**
 * @param {{kind: Kind, hits: Hit[]}} group
 * @param {Surroundings} surroundings
 */
function section({ kind, hits }, surroundings) {
  const [, title] = TITLES[kind];
  const made = make("section", "rekb-hits");
  made.setAttribute("aria-label", title);
  const head = make("p", "rekb-hits__kind", title);
  head.append(" ", make("span", "rekb-count", thousands(hits.length)));
  const list = make("ol", "rekb-hits__list");
  list.append(...hits.slice(0, MOST[kind]).map((hit) => listed(hit, surroundings)));
  made.append(head, list);
  if (kind === "work" && hits.length > MOST.work && !surroundings.choose) {
    const all = make("a", "rekb-hits__all", `All ${thousands(hits.length)} works in Explore`);
    all.href = new URL(`explore/?find=${encodeURIComponent(surroundings.question)}`, surroundings.root).href;
    made.append(all);
  }
  return made;
}

/**
 * What was found, in a line.
 * @param {Hit[]} found
 * @param {string} question
 */
function summary(found, question) {
  if (!found.length) return `Nothing found for “${question}”; try fewer or other words`;
  const parts = ranking().groups(found).map(({ kind, hits }) => {
    const [one, several] = TITLES[kind];
    return counted(hits.length, one, several.toLowerCase());
  });
  return found[0].isWhole ? parts.join(", ") : `Nothing has every word; ${parts.join(", ")} with most of them`;
}

/**
 * A field with results below it.
 * @param {object} options
 * @param {HTMLElement} options.box
 * @param {HTMLInputElement} options.field
 * @param {HTMLElement} options.panel
 * @param {HTMLElement} options.status
 * @param {URL} options.root of the site
 * @param {Kind[]} [options.kinds] all without
 * @param {(document: Document) => void} [options.choose] is given what a reader picks; without it a pick is a link
 */
export function searchBox({ box, field, panel, status, root, kinds, choose }) {
  const hint = status.textContent;
  /** @type {Hit[]} */
  let found = [];
  /** @type {Search | null} */
  let search = null;

  /**
   * @param {Search} known
   * @param {string} question
   */
  function draw(known, question) {
    found = question ? known.index.find(question, kinds) : [];
    status.textContent = question ? summary(found, question) : hint;
    const surroundings = { root, search: known, choose, question };
    panel.replaceChildren(...ranking().groups(found).map((group) => section(group, surroundings)));
    panel.hidden = !found.length;
  }

  const asked = () => field.value.trim();
  const fail = () => { status.textContent = "The search could not be loaded"; };

  /**
   * Answer once all that the question needs is there, unless another was asked meanwhile: an answer from half of it
   * would change under the reader's hand.
   * @param {Search} known
   */
  async function answer(known) {
    const question = asked();
    if (question && !known.isReady(question)) await known.complete(question);
    if (asked() === question) draw(known, question);
  }

  let answered = Promise.resolve();

  async function fetchAndAnswer() {
    search = await loadSearch(root);
    await answer(search);
  }

  function show() {
    answered = (search ? answer(search) : fetchAndAnswer()).catch(fail);
  }

  function load() {
    if (!search) show();
  }

  /** @param {number} by */
  function step(by) {
    const links = every(panel, "a", HTMLAnchorElement);
    const place = links.findIndex((link) => link === document.activeElement) + by;
    if (place < 0) field.focus();
    else links[Math.min(place, links.length - 1)]?.focus();
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !panel.querySelector("a")) return;
    event.preventDefault();
    step(by);
  });
  return {
    /** Show the hits of what is in the field. */
    show,
    load,
    hits: () => found,
    /** Until the hits are those of what is in the field. */
    answered: () => answered,
    first: () => panel.querySelector("a"),
  };
}

/**
 * A large box: the list is open while it is used; Enter opens what is surely meant, and else all that was found.
 * @param {HTMLFormElement} form
 */
function askBox(form) {
  const field = need(form, "input", HTMLInputElement);
  const panel = need(form, "[data-rekb-hits]", HTMLElement);
  const status = need(form, "[role=status]", HTMLElement);
  const root = new URL(form.dataset.rekbAsk ?? "", location.href);
  const box = searchBox({ box: form, field, panel, status, root });
  const close = () => { panel.hidden = true; };
  const isOutside = (/** @type {EventTarget | null} */ target) => target instanceof Node && !form.contains(target);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await box.answered();
    if (box.hits()[0]?.isSure) box.first()?.click();
    else form.submit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.focus();
    close();
  });
  form.addEventListener("focusout", (event) => {
    if (isOutside(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (isOutside(event.target)) close();
  });
  field.addEventListener("focus", () => { panel.hidden = !box.hits().length; });
}

/**
 * The header's box, which the theme opens and closes by a checkbox.
 * @param {HTMLElement} header
 */
function headerBox(header) {
  const form = need(header, "form", HTMLFormElement);
  const field = need(header, "input", HTMLInputElement);
  const toggle = need(document, "#__search", HTMLInputElement);
  const box = searchBox({
    box: header,
    field,
    panel: need(header, "[data-rekb-hits]", HTMLElement),
    status: need(header, "[role=status]", HTMLElement),
    root: new URL(`${header.dataset.rekbBase}/`, location.href),
  });

  /** @param {boolean} yes */
  function open(yes) {
    if (toggle.checked !== yes) toggle.click();
    if (!yes) field.blur();
  }

  field.addEventListener("focus", () => open(true));
  form.addEventListener("reset", () => {
    setTimeout(() => {
      box.show();
      field.focus();
    });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await box.answered();
    const first = box.first();
    if (first) first.click();
    else form.submit();
  });
  toggle.addEventListener("change", () => {
    if (toggle.checked) field.focus();
    else field.blur();
  });
  header.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(false);
  });
  header.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !header.contains(event.relatedTarget)) open(false);
  });
  addEventListener("keydown", (event) => {
    const typing = targetOf(event)?.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
    event.preventDefault();
    field.focus();
  });
}

/** Start all boxes of the page. */
export function startSearch() {
  every(document, "[data-rekb-ask]", HTMLFormElement).forEach(askBox);
  every(document, "[data-rekb-search]", HTMLElement).forEach(headerBox);
}
