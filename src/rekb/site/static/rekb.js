/* What every page shares: the reading-level switch, citation tabs, copying, sortable tables, the search. */
import { sortedAs } from "./amounts.js";
import { every, make, makeButton, remember, targetOf, textOf } from "./dom.js";
import { startPalette } from "./palette.js";
import { savingListed } from "./save.js";
import { startSearch } from "./search.js";

const LEVEL = "rekb.level";
const SHOWN_FOR = 2000; // milliseconds in which a button says that it has copied
const root = document.documentElement;

/** @param {string} level */
function showLevel(level) {
  root.setAttribute("data-rekb-level", level);
  for (const button of every(document, "[data-rekb-set-level]", HTMLElement)) {
    button.setAttribute("aria-pressed", String(button.dataset.rekbSetLevel === level));
  }
}

/** @param {Event} event */
function chooseLevel(event) {
  const button = targetOf(event)?.closest("[data-rekb-set-level]");
  const level = button?.getAttribute("data-rekb-set-level");
  if (!level) return;
  remember(LEVEL, level);
  showLevel(level);
}

function levelSwitch() {
  for (const group of every(document, "[data-rekb-switch]", HTMLElement)) {
    group.hidden = false;
    group.addEventListener("click", chooseLevel);
  }
  showLevel(root.getAttribute("data-rekb-level") ?? "");
  addEventListener("storage", (event) => {
    if (event.key === LEVEL && event.newValue) showLevel(event.newValue);
  });
}

/** @param {Node} target */
function selectText(target) {
  const range = document.createRange();
  range.selectNodeContents(target);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** @type {Map<HTMLElement, Promise<void>>} */
const filled = new Map();

/**
 * Show the file that a text stands in, once.
 * @param {HTMLElement} target
 */
function fill(target) {
  const file = target.dataset.rekbFrom;
  const done = filled.get(target) ?? (file ? read(target, file) : Promise.resolve());
  filled.set(target, done);
  return done;
}

/**
 * Put a file's text in place of the link to it; where it cannot be read, the link stays.
 * @param {HTMLElement} target
 * @param {string} file
 */
async function read(target, file) {
  try {
    const answer = await fetch(file);
    if (answer.ok) target.textContent = await answer.text();
  } catch {
    filled.delete(target); // the next click tries again
  }
}

/**
 * Copy a text; where the browser may not, select it.
 * @param {HTMLElement} target
 * @returns {Promise<string>} what the button says of it
 */
async function copied(target) {
  try {
    await fill(target);
    await navigator.clipboard.writeText(textOf(target));
    return "Copied ";
  } catch {
    selectText(target);
    return "Selected: press Ctrl+C ";
  }
}

/**
 * Put a button that copies before a text; without scripts it would do nothing.
 * @param {HTMLElement} text
 */
function makeCopyButton(text) {
  const button = makeButton("rekb-copy", "Copy ");
  button.dataset.rekbCopy = text.id;
  const label = make("span", "rekb-hidden");
  label.textContent = text.getAttribute("aria-label");
  button.append(label);
  text.before(button);
}

/** @param {HTMLElement} button */
function copyButton(button) {
  const target = document.getElementById(button.dataset.rekbCopy ?? "");
  const label = button.firstChild;
  if (!target || !label) return;
  const before = label.textContent; // read once: a second click comes while the button says that it has copied
  let timer = 0;
  function reset() {
    textInto(label, before);
    button.classList.remove("rekb-copy--done");
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    textInto(label, await copied(target));
    button.classList.add("rekb-copy--done");
    clearTimeout(timer);
    timer = window.setTimeout(reset, SHOWN_FOR);
  });
}

/**
 * @param {ChildNode | null} node
 * @param {string | null} text
 */
function textInto(node, text) {
  if (node) node.textContent = text;
}

/**
 * @param {HTMLElement} panel
 * @param {number} number
 */
function makeTab(panel, number) {
  const button = makeButton("rekb-tabs__tab", panel.dataset.rekbTab ?? "");
  button.id = `tab-${number}`;
  button.setAttribute("role", "tab");
  panel.id = `panel-${number}`;
  button.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.removeAttribute("aria-label");
  panel.setAttribute("aria-labelledby", button.id);
  return button;
}

/** @param {HTMLElement} box */
function tabs(box) {
  const panels = every(box, "[data-rekb-tab]", HTMLElement);
  const list = make("div", "rekb-tabs");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Citation format");
  const buttons = panels.map(makeTab);
  list.append(...buttons);

  /** @param {number} chosen */
  function select(chosen) {
    panels.forEach((panel, number) => {
      panel.hidden = number !== chosen;
      if (number === chosen) every(panel, "[data-rekb-from]", HTMLElement).forEach(fill);
      buttons[number].setAttribute("aria-selected", String(number === chosen));
      buttons[number].tabIndex = number === chosen ? 0 : -1;
    });
  }

  list.addEventListener("click", (event) => {
    const target = targetOf(event);
    const number = buttons.findIndex((button) => button.contains(target));
    if (number >= 0) select(number);
  });
  list.addEventListener("keydown", (event) => {
    const number = buttons.findIndex((button) => button === document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (number < 0 || !step) return;
    event.preventDefault();
    const next = (number + step + buttons.length) % buttons.length;
    select(next);
    buttons[next].focus();
  });
  box.prepend(list);
  box.classList.add("rekb-citations--tabbed");
  select(0);
}

/** @param {HTMLTableElement} table */
function sortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.rows[0].cells];
  heads.forEach((head, column) => {
    const textIn = (/** @type {HTMLTableRowElement} */ row) => {
      const cell = row.cells[column];
      return cell.dataset.sort ?? sortedAs(textOf(cell).trim());
    };
    head.replaceChildren(makeButton("rekb-sort", textOf(head), () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => textIn(a).localeCompare(textIn(b), "en", { numeric: true }));
      body.append(...(down ? rows.reverse() : rows));
    }));
  });
}

/**
 * Hide all but the first rows of a table until a reader asks for them.
 * @param {HTMLElement} button
 */
function moreRows(button) {
  const table = document.getElementById(button.dataset.rekbRest ?? "");
  const place = button.parentElement;
  if (!(table instanceof HTMLTableElement) || !place) return;
  const first = Number(table.dataset.rekbFirst);
  const shorten = () => {
    [...table.tBodies[0].rows].forEach((row, number) => row.classList.toggle("rekb-later", number >= first));
  };
  shorten();
  button.hidden = false;
  table.addEventListener("click", (event) => {
    if (targetOf(event)?.closest(".rekb-sort") && !button.hidden) shorten();
  });
  button.addEventListener("click", () => {
    const [next] = every(table, ".rekb-later a", HTMLAnchorElement);
    for (const row of table.querySelectorAll(".rekb-later")) row.classList.remove("rekb-later");
    button.setAttribute("aria-expanded", "true");
    button.hidden = true;
    place.hidden = true;
    next?.focus({ preventScroll: true });
  });
}

/* What a link leads to is opened if it is folded. */
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest("section")?.querySelector("details.rekb-fold");
  if (fold instanceof HTMLDetailsElement) fold.open = true;
}

/**
 * The kin of a work in a graph of ties: what it is joined to stays bright, all else fades.
 * @param {Element} box
 */
function kin(box) {
  const works = new Map(every(box, "[data-work]", SVGElement).map((work) => [work.dataset.work, work]));
  const ties = every(box, "[data-one]", SVGElement);

  /** @param {Element | null} work */
  function light(work) {
    for (const lit of box.querySelectorAll(".rekb-lit")) lit.classList.remove("rekb-lit");
    box.classList.toggle("rekb-flow-box--lit", Boolean(work));
    if (!work) return;
    work.classList.add("rekb-lit");
    const key = work.getAttribute("data-work");
    for (const tie of ties) {
      const { one, other } = tie.dataset;
      if (one !== key && other !== key) continue;
      tie.classList.add("rekb-lit");
      works.get(one === key ? other : one)?.classList.add("rekb-lit");
    }
  }

  const under = (/** @type {Event} */ event) => targetOf(event)?.closest("[data-work]") ?? null;
  box.addEventListener("pointerover", (event) => light(under(event)));
  box.addEventListener("pointerleave", () => light(null));
  box.addEventListener("focusin", (event) => light(under(event)));
  box.addEventListener("focusout", () => light(null));
}

/**
 * Open a graph that does not fit its frame at its newest work, which is the one furthest right.
 * @param {Element} box
 */
function showNewest(box) {
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    if (box.scrollHeight <= box.clientHeight) return;
    const places = every(box, "[data-work]", SVGElement).map((work) => work.getBoundingClientRect());
    const newest = places.reduce((found, place) => (place.right > found.right ? place : found));
    box.scrollTop += newest.top - box.getBoundingClientRect().top - box.clientHeight / 2;
  });
  seen.observe(box);
}

/* On a phone the row below the tabs is longer than the screen: the open page is in sight. */
function showOpenPage() {
  const open = document.querySelector(".rekb-near [aria-current]");
  if (open && matchMedia("(max-width: 44.9375em)").matches) open.scrollIntoView({ block: "nearest", inline: "center" });
}

/* The theme puts tables of prose into boxes that scroll; those that do are reached by keyboard, too. */
function scrollBoxes() {
  const roles = { tabindex: "0", role: "group", "aria-label": "Table" };
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    const scrolls = box.scrollWidth > box.clientWidth;
    for (const [name, value] of Object.entries(roles)) {
      if (scrolls) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  }
}

for (const moment of ["load", "resize"]) addEventListener(moment, scrollBoxes);

/* The theme lays the buttons of each block of code into a `nav`. They lead nowhere, and a list of landmarks fills with them. */
function codeButtons() {
  for (const buttons of document.querySelectorAll("nav.md-code__nav:not([role])")) buttons.setAttribute("role", "none");
}

const content = document.querySelector(".md-content");
if (content?.querySelector(".highlight")) {
  new MutationObserver(codeButtons).observe(content, { childList: true, subtree: true });
}

/* In a long list the first chip of each word says what it means; the others get it here. */
function meanings() {
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const chip of every(document, ".rekb-chip", HTMLElement)) {
    const word = `${chip.className} ${textOf(chip)}`;
    if (chip.title) known.set(word, chip.title);
    else chip.title = known.get(word) ?? "";
  }
}

addEventListener("DOMContentLoaded", () => {
  for (const link of every(document, 'link[rel="alternate "]', HTMLLinkElement)) link.rel = "alternate";
});
startPalette();
levelSwitch();
meanings();
every(document, ".rekb-citation__text", HTMLElement).forEach(makeCopyButton);
every(document, "[data-rekb-copy]", HTMLElement).forEach(copyButton);
every(document, "[data-rekb-tabs]", HTMLElement).forEach(tabs);
every(document, "table[data-rekb-sortable]", HTMLTableElement).forEach(sortable);
every(document, "[data-rekb-rest]", HTMLElement).forEach(moreRows);
every(document, "[data-rekb-flow]", Element).forEach(kin);
every(document, "[data-rekb-flow]", Element).forEach(showNewest);
showOpenPage();
for (const link of document.querySelectorAll(".rekb-jump a")) link.addEventListener("click", () => setTimeout(unfold));
addEventListener("hashchange", unfold);
unfold();
savingListed();
startSearch();
