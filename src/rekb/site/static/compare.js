/* The compare page: reads ?papers=a,b,c, fetches each work's small file and lays them side by side. */
import { mark } from "./differences.js";
import { make, makeButton, need } from "./dom.js";
import { leaving } from "./leave.js";
import { searchBox } from "./search.js";

/**
 * A result, as pages/compare.py writes it.
 * @typedef {object} Result
 * @property {string} value
 * @property {string} metric
 * @property {string[]} conditions
 * @property {string} where
 * @property {string} [url]
 * @property {string} [read] where a copy was read
 * @property {number} [test] the same number for each work that was put to the same test
 */

/** @typedef {[resource: string, phase: string, how: string]} Effect */

/** Words of a facet; null where nothing is stated. @typedef {string[] | null} Stated */

/**
 * @typedef {object} Work
 * @property {string} key
 * @property {string} name
 * @property {string} authors
 * @property {number} year
 * @property {string} venue
 * @property {string | null} code
 * @property {string | null} summary
 * @property {Effect[]} saves
 * @property {Effect[]} costs
 * @property {Stated} needs
 * @property {Stated} hardware
 * @property {Stated} modality
 * @property {Record<string, Stated>} [own]
 * @property {Result[]} results
 * @property {[label: string, path: string][]} topics
 */

/**
 * A chart of one test.
 * @typedef {object} Chart
 * @property {string} title
 * @property {string[]} conditions
 * @property {[label: string, address: string] | null} source
 * @property {string[]} works
 * @property {string} svg
 */

/** What at least two works were measured in alike, by its number. @typedef {Map<number, Result>} Tests */

/** A row of the table. @typedef {{label: string, draw: (work: Work, tests: Tests) => Node}} Row */

const FEW = 3; // results that a cell shows at once: a column of twenty would leave the others empty
const NEARLY = 300; // a name beats an alias by more than this

const page = need(document, "[data-rekb-compare]", HTMLElement);
const most = Number(page.dataset.most);
/** @type {Record<string, string>} */
const labels = JSON.parse(page.dataset.labels ?? "{}");
/** @type {[name: string, title: string][]} */
const own = JSON.parse(page.dataset.own ?? "[]");
const form = need(page, "[data-rekb-compare-form]", HTMLFormElement);
const input = need(form, "input", HTMLInputElement);
const status = need(form, "[data-rekb-compare-status]", HTMLElement);
const target = need(page, "[data-rekb-compare-table]", HTMLElement);
const drawn = need(page, "[data-rekb-compare-charts]", HTMLElement);
const hint = need(page, "[data-rekb-compare-hint]", HTMLElement);
const leave = need(page, "[data-rekb-leave]", HTMLElement);
const only = need(page, "[data-rekb-only-different]", HTMLInputElement);
const known = new Set((page.dataset.keys ?? "").split(" "));

/* Cells */

/**
 * @param {string} text
 * @param {string} address
 */
function link(text, address) {
  const made = make("a", "", text);
  made.href = address;
  return made;
}

/** @param {string} text */
const small = (text) => make("span", "rekb-small", text);

/** @param {string} text */
const unknown = (text) => make("span", "rekb-unknown", text);

/**
 * @template Value
 * @param {Value[] | null | undefined} values
 * @param {(value: Value) => Node | string} made what a value becomes
 * @param {string} [nothing] what stands for an empty list
 */
function list(values, made, nothing = "none stated") {
  if (!values) return unknown("not stated");
  if (!values.length) return make("span", "rekb-none", nothing);
  const all = make("ul");
  for (const value of values) {
    const point = make("li");
    point.append(made(value));
    all.append(point);
  }
  return all;
}

/** @param {Effect} one */
function effect([resource, phase, how]) {
  const made = document.createDocumentFragment();
  made.append(make("strong", "", resource), ` (${phase.toLowerCase()}) `, small(how));
  return made;
}

/** @param {Result} one */
function result(one) {
  const made = document.createDocumentFragment();
  made.append(make("strong", "", one.value), ` ${one.metric} `, small(one.conditions.join("; ")), " ");
  made.append(one.url ? link(one.where, one.url) : one.where);
  if (one.read) made.append(" (", link("read in a copy", one.read), ")");
  return made;
}

/**
 * @param {string} words
 * @param {string} whose words for those who do not see the column
 * @param {Node} held
 */
function folded(words, whose, held) {
  const made = make("details", "rekb-fold rekb-fold--more");
  const summary = make("summary", "", words);
  summary.append(make("span", "rekb-hidden", ` of ${whose}`));
  made.append(summary, held);
  return made;
}

/**
 * @param {Work} work
 * @param {Tests} tests what stands in rows of its own
 */
function reported(work, tests) {
  const others = work.results.filter((one) => one.test === undefined || !tests.has(one.test));
  const made = document.createDocumentFragment();
  // One that is left over takes no more room than the line that would fold it.
  const shownAtOnce = others.length > FEW + 1 ? FEW : others.length;
  made.append(list(others.slice(0, shownAtOnce), result, tests.size ? "nothing else" : undefined));
  const rest = others.slice(shownAtOnce);
  if (rest.length) made.append(folded(`${rest.length} more`, work.name, list(rest, result)));
  return made;
}

/** @param {string} kind */
const chip = (kind) => (/** @type {string} */ text) => make("span", `rekb-chip rekb-chip--${kind}`, text);

/** @type {Row[]} */
const everyRow = [
  { label: labels.saves, draw: (work) => list(work.saves, effect) },
  { label: labels.costs, draw: (work) => list(work.costs, effect) },
  { label: labels.needs, draw: (work) => list(work.needs, chip("needs"), labels["no-needs"]) },
  { label: labels.hardware, draw: (work) => list(work.hardware, chip("plain"), labels["no-hardware"]) },
  { label: labels.modality, draw: (work) => list(work.modality, chip("plain")) },
  ...own.map(([name, title]) => ({ label: title, draw: (/** @type {Work} */ work) => list(work.own?.[name], chip("plain")) })),
  { label: "Reported", draw: reported },
  { label: "First public", draw: (work) => make("span", "", String(work.year)) },
  { label: "Cited from", draw: (work) => make("span", "", work.venue) },
  { label: "Code", draw: (work) => (work.code ? link("official code", work.code) : unknown("none known")) },
  { label: "Topics", draw: (work) => list(work.topics, ([label, path]) => link(label, `../${path}`)) },
  { label: labels.summary, draw: (work) => (work.summary ? make("span", "", work.summary) : unknown("not written")) },
];
const rows = everyRow.filter(({ label }) => label); // a facet without words has no label

/**
 * One test that several works were put to: what it was across the table, and below it each work's number.
 * @param {HTMLTableSectionElement} body
 * @param {Work[]} works
 * @param {number} number
 * @param {Result} one
 */
function drawTest(body, works, number, one) {
  const head = body.insertRow();
  head.className = "rekb-test";
  head.append(rowHead("Same test"));
  const what = head.insertCell();
  what.colSpan = works.length;
  what.append(make("strong", "", one.metric), " ", small(`${one.conditions.join("; ")} `));
  if (one.url) what.append(link("source", one.url));
  const row = body.insertRow();
  row.className = "rekb-test__values";
  const name = rowHead("");
  name.append(make("span", "rekb-hidden", one.metric));
  row.append(name);
  for (const work of works) {
    const value = work.results.find((found) => found.test === number)?.value;
    row.insertCell().append(value ? make("strong", "", value) : unknown("not measured"));
  }
}

/** @param {string} text */
function rowHead(text) {
  const made = make("th", "", text);
  made.scope = "row";
  return made;
}

/* Charts of the tests in which at least two of the works are; they are fetched when there are such tests. */

/** @type {Promise<Chart[]> | null} */
let charts = null;

/** @returns {Promise<Chart[]>} */
async function fetchCharts() {
  const answer = await fetch("charts.json");
  return answer.ok ? answer.json() : [];
}

/**
 * @param {Work[]} works
 * @param {Tests} tests
 */
async function drawCharts(works, tests) {
  if (!tests.size) {
    drawn.replaceChildren();
    return;
  }
  charts ??= fetchCharts();
  const asked = new Set(works.map((work) => work.key));
  const fitting = (await charts).filter((chart) => chart.works.filter((key) => asked.has(key)).length > 1);
  if (works.some((work) => !keys().includes(work.key))) return; // another choice was made meanwhile
  const title = make("h2", "", "Measured side by side");
  title.id = "same";
  drawn.replaceChildren(...(fitting.length ? [title] : []), ...fitting.map((chart) => figure(chart, asked)));
}

/**
 * @param {Chart} chart
 * @param {Set<string>} asked
 */
function figure(chart, asked) {
  const made = make("figure", "rekb-figure");
  const caption = make("figcaption");
  caption.append(make("b", "", chart.title), " ", small(chart.conditions.join(", ")));
  if (chart.source) caption.append(" ", link(...chart.source));
  const svg = new DOMParser().parseFromString(chart.svg, "image/svg+xml").documentElement;
  for (const place of svg.querySelectorAll("a")) {
    const key = /papers\/([^/]+)/.exec(place.getAttribute("href") ?? "")?.[1];
    if (key && asked.has(key)) place.classList.add("rekb-chart--asked");
  }
  made.append(caption, document.importNode(svg, true));
  return made;
}

/**
 * @param {Work[]} works
 * @returns {Tests}
 */
function testsOf(works) {
  /** @type {Map<number, Result[]>} */
  const seen = new Map();
  for (const one of works.flatMap((work) => work.results)) {
    if (one.test !== undefined) seen.set(one.test, [...seen.get(one.test) ?? [], one]);
  }
  /** @type {Tests} */
  const tests = new Map();
  for (const [number, found] of seen) if (found.length > 1) tests.set(number, found[0]);
  return tests;
}

/* The page */

/** The works that the address asks for. */
function keys() {
  const asked = (new URLSearchParams(location.search).get("papers") ?? "").split(",").filter(Boolean);
  return [...new Set(asked)].slice(0, most);
}

/**
 * @param {string} key
 * @returns {Promise<Work | null>}
 */
async function fetchWork(key) {
  if (!known.has(key)) return null;
  const answer = await fetch(`../papers/${encodeURIComponent(key)}/compare.json`);
  return answer.ok ? answer.json() : null;
}

/** @param {Work} work */
function columnHead(work) {
  const cell = make("th");
  cell.scope = "col";
  const name = link(work.name, `../papers/${work.key}/`);
  name.className = "rekb-work";
  const remove = makeButton("rekb-not", "remove", () => go(keys().filter((key) => key !== work.key)));
  remove.setAttribute("aria-label", `Remove ${work.name}`);
  cell.append(name, make("span", "rekb-work__authors", work.authors), remove);
  return cell;
}

/** What leaves the page. @type {import("./leave.js").Shown | null} */
let shown = null;

/** @param {Work[]} works */
function draw(works) {
  hint.hidden = works.length > 1;
  leave.hidden = works.length < 2;
  if (!works.length) {
    target.replaceChildren();
    drawn.replaceChildren();
    return;
  }
  const table = make("table", "rekb-table rekb-table--compare");
  table.createTHead().insertRow().append(make("td"), ...works.map(columnHead));
  const body = table.createTBody();
  const tests = testsOf(works);
  for (const one of rows) {
    if (one.draw === reported) for (const [number, test] of tests) drawTest(body, works, number, test);
    const row = body.insertRow();
    row.append(rowHead(one.label));
    for (const work of works) row.insertCell().append(one.draw(work, tests));
  }
  mark(table);
  shown = { table, works };
  target.replaceChildren(table);
  drawCharts(works, tests);
}

async function update() {
  const asked = keys();
  const works = await Promise.all(asked.map(fetchWork));
  const missing = asked.filter((_, number) => !works[number]);
  status.textContent = missing.length ? `Not in the knowledge base: ${missing.join(", ")}` : "";
  draw(works.filter((work) => work !== null));
}

/** @param {string[]} wanted */
function go(wanted) {
  history.pushState(null, "", wanted.length ? `?papers=${wanted.join(",")}` : location.pathname);
  update();
}

/** @param {import("./documents.js").Document} work */
function add({ id, title, names }) {
  const now = keys();
  const isHere = now.includes(id);
  if (isHere || now.length >= most) {
    const why = isHere ? `${names?.[0] ?? title} is compared already` : `${most} works fit side by side; remove one first`;
    status.textContent = `${why}.`;
    return;
  }
  input.value = "";
  box.show();
  input.focus();
  go([...now, id]);
}

const box = searchBox({
  box: form,
  field: input,
  panel: need(form, "[data-rekb-hits]", HTMLElement),
  status,
  root: new URL(page.dataset.rekbRoot ?? "", location.href),
  kinds: ["work"],
  choose: add,
});

/**
 * The work that is surely meant, if any.
 * @param {import("./ranking.js").Hit[]} hits
 */
function meant(hits) {
  const asked = input.value.trim().toLowerCase();
  const [best] = hits;
  const names = [best.document.names?.[0], best.document.title];
  const isCalled = names.some((name) => name?.toLowerCase() === asked);
  const sure = hits.filter((hit) => hit.isSure && hit.score >= best.score - NEARLY);
  return sure.length === 1 || hits.length === 1 || isCalled ? best.document : null;
}

/* Enter adds what is surely meant; of several works a reader chooses. */
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  box.load();
  await box.answered();
  const hits = box.hits();
  if (!hits.length) return;
  const work = meant(hits);
  if (work) {
    add(work);
    return;
  }
  status.textContent = `Which of these is meant by “${input.value.trim()}”?`;
  box.first()?.focus();
});
only.addEventListener("change", () => target.classList.toggle("rekb-only-different", only.checked));
leaving(leave, new URL(page.dataset.rekbRoot ?? "", location.href), () => shown);
addEventListener("popstate", update);
form.hidden = false;
update();
