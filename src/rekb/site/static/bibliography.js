/* The bibliography page: a paper's own BibTeX against the works that are here. Nothing is sent anywhere. */
import { citationsOf, updated, verdict } from "./citations.js";
import { fetched, make, need, save, showScripted, textOf } from "./dom.js";

/** @typedef {import("./citations.js").Citation} Citation */

const EXAMPLE = `@article{flash,
  title = {Flash{A}ttention},
  journal = {arXiv preprint arXiv:2205.14135},
  year = {2022}
}
@misc{mine, title = {A work of my own}, year = {2026}}
`;

const page = need(document, "[data-rekb-bibliography]", HTMLElement);
/**
 * @template {Element} T
 * @param {string} name
 * @param {new () => T} kind
 */
const part = (name, kind) => need(page, `[data-rekb-${name}]`, kind);
const field = part("text", HTMLTextAreaElement);
const file = part("file", HTMLInputElement);
const status = part("status", HTMLElement);
const table = part("found", HTMLElement);
const body = need(table, "tbody", HTMLTableSectionElement);
const schemes = JSON.parse(textOf(part("schemes", HTMLScriptElement)));
const archives = JSON.parse(textOf(part("archives", HTMLScriptElement)));

/** @type {ReturnType<typeof makeReader> | null} */
let reader = null;
/** @type {{text: string, entries: Citation[]}} */
let latest = { text: "", entries: [] };

async function makeReader() {
  const answer = await fetched(new URL("../downloads/identifiers.json", location.href));
  const { works } = await answer.json();
  return citationsOf(works, schemes, archives);
}

/** @param {Citation} entry */
function className(entry) {
  if (!entry.isReadable) return "rekb-cited--broken";
  if (entry.twin || entry.appeared) return "rekb-cited--open";
  return entry.work ? "" : "rekb-cited--absent";
}

/**
 * What a reader has to look at comes first.
 * @param {Citation} entry
 */
function rank(entry) {
  if (!entry.isReadable) return 0;
  if (entry.appeared || entry.twin) return 1;
  return entry.work ? 2 : 3;
}

/** @param {Citation} entry */
function row(entry) {
  const made = make("tr", className(entry));
  const name = make("th", "", entry.key || "?");
  name.scope = "row";
  const known = make("td", "", entry.work ? "" : "–");
  if (entry.work) {
    const link = make("a", "", entry.work.name);
    link.href = `../papers/${entry.work.key}/`;
    known.append(link);
  }
  made.append(name, make("td", "", verdict(entry)), known);
  return made;
}

/**
 * What was found, in a sentence.
 * @param {string} text
 * @param {Citation[]} entries
 * @param {number} appeared
 */
function summary(text, entries, appeared) {
  if (!text.trim()) return "";
  if (!entries.length) return "No BibTeX entry was found in this text.";
  const here = entries.filter((entry) => entry.work).length;
  const all = `${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;
  return `${all}: ${here} ${here === 1 ? "is" : "are"} here, ${appeared} of them ${appeared === 1 ? "has" : "have"} appeared since.`;
}

async function show() {
  const text = field.value;
  reader ??= makeReader();
  const entries = (await reader)(text);
  if (text !== field.value) return; // something newer is on its way
  latest = { text, entries };
  const appeared = entries.filter((entry) => entry.appeared).length;
  status.textContent = summary(text, entries, appeared);
  body.replaceChildren(...entries.toSorted((a, b) => rank(a) - rank(b)).map(row));
  table.hidden = entries.length === 0;
  part("take", HTMLElement).hidden = appeared === 0;
}

function failed() {
  status.textContent = "The list of works could not be read; try again later.";
  reader = null;
}
const compare = () => show().catch(failed);

async function saveUpdated() {
  const answer = await fetched(new URL("../downloads/all.bib", location.href));
  save("updated.bib", [updated(latest.text, latest.entries, await answer.text())]);
}

field.addEventListener("input", compare);
file.addEventListener("change", async () => {
  const chosen = file.files?.[0];
  if (!chosen) return;
  field.value = await chosen.text();
  compare();
});
part("example", HTMLElement).addEventListener("click", () => {
  field.value = EXAMPLE;
  compare();
});
part("save", HTMLElement).addEventListener("click", () => saveUpdated().catch(failed));
showScripted(page);
if (field.value) compare(); // a browser that goes back keeps what was typed
