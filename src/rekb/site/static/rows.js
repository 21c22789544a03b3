/* Rows of the explore page, made of the columns that it fetches; those of the first works are in the page, and rows made
   here are as explore.html has them. */
import { make, need } from "./dom.js";

/**
 * Words of rows: all words, and of each row the places of its own.
 * @typedef {{words: string[], rows: number[][]}} Column
 */

/**
 * All works, as rekb/site/pages/explore_data.py writes them.
 * @typedef {object} Works
 * @property {(string | number)[]} keys each as it is, or which word of the title it ends with
 * @property {(string | number)[]} names each as it is, or how many letters of the title it is
 * @property {string[]} titles
 * @property {string[]} authors
 * @property {number[]} incomplete places of works
 * @property {Column} venues
 * @property {[word: string, label: string][]} saves how each is shown, in the order of a row
 * @property {[word: string, label: string][]} needs
 * @property {Record<string, Column>} facets
 * @property {Column} topics
 * @property {Record<string, string>} scopes what each topic holds
 */

/**
 * @param {Column} column
 * @param {number} place
 */
const wordsAt = ({ words, rows }, place) => rows[place].map((word) => words[word]);

/**
 * What a work is called.
 * @param {Works} works
 * @param {number} place
 */
export function nameAt({ names, titles }, place) {
  const name = names[place];
  return typeof name === "string" ? name : [...titles[place]].slice(0, name).join("");
}

/**
 * Where a work appeared.
 * @param {Works} works
 * @param {number} place
 */
export const venueAt = ({ venues }, place) => wordsAt(venues, place)[0];

/**
 * The topics of a work.
 * @param {Works} works
 * @param {number} place
 */
export const topicsAt = ({ topics }, place) => wordsAt(topics, place);

/**
 * A word of a vocabulary; an arrow before it is for eyes only.
 * @param {string} label
 */
function badge(label) {
  const made = make("b");
  const [arrow, ...rest] = label.split(" ");
  if (!["↓", "↑"].includes(arrow)) {
    made.textContent = label;
    return made;
  }
  const sign = make("span", "", arrow);
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, ` ${rest.join(" ")}`);
  return made;
}

/**
 * @param {Node[]} parts
 * @returns {(Node | string)[]} them with a space behind each
 */
const spaced = (parts) => parts.flatMap((part) => [part, " "]);

/**
 * @param {[word: string, label: string][]} named
 * @param {string[]} words
 */
const badges = (named, words) => spaced(named.filter(([word]) => words.includes(word)).map(([, label]) => badge(label)));

/**
 * What a work saves; an effect says in one word what and when.
 * @param {Works} works
 * @param {number} place
 */
const savesOf = ({ saves, facets }, place) => badges(saves, wordsAt(facets.effect, place).map((word) => word.split("@")[0]));

/**
 * @param {Works} works
 * @param {number} place
 * @param {string} nothing what is said of a work that needs nothing
 */
function needsOf({ needs, facets }, place, nothing) {
  const words = wordsAt(facets.needs, place);
  if (words.includes("unknown")) return [make("i", "", "not stated")];
  return words.includes("nothing") ? [nothing] : badges(needs, words);
}

/**
 * @param {Works} works
 * @param {number} place
 * @param {string} key
 */
function head(works, place, key) {
  const cell = make("th");
  cell.scope = "row";
  const name = nameAt(works, place);
  const link = make("a", "rekb-work", name);
  link.href = `../papers/${key}/`;
  cell.append(link);
  if (name !== works.titles[place]) cell.append(make("span", "rekb-work__title", works.titles[place]));
  const authors = make("span", "rekb-work__authors", works.authors[place]);
  if (works.incomplete.includes(place)) authors.append(" · ", make("span", "rekb-incomplete", "incomplete"));
  cell.append(authors);
  return cell;
}

/**
 * Make the row of a work.
 * @param {Works} works
 * @param {number} place
 * @param {{key: string, year: number}} work
 * @param {string} nothing what is said of a work that needs nothing
 * @param {(id: string) => {label: string}} topicOf what a topic is called
 */
export function makeRow(works, place, { key, year }, nothing, topicOf) {
  const row = make("tr");
  row.dataset.key = key;
  const saves = make("td", "rekb-saves");
  saves.append(...savesOf(works, place));
  const needs = make("td", "rekb-needs");
  needs.append(...needsOf(works, place, nothing));
  const topics = make("td");
  topics.append(...spaced(topicsAt(works, place).map((id) => {
    const link = make("a", "", topicOf(id).label);
    link.href = `../topics/${id}/`;
    return link;
  })));
  row.append(head(works, place, key), make("td", "", String(year)), make("td", "", venueAt(works, place)), saves, needs, topics);
  return row;
}

/**
 * Put the reason why a work is shown into its row.
 * @param {HTMLTableRowElement} row
 * @param {string} text
 */
export function putReason(row, text) {
  const cell = need(row, "th", HTMLTableCellElement);
  const known = cell.querySelector(".rekb-why");
  if (known?.textContent === text) return;
  const reason = known ?? make("span", "rekb-why");
  reason.textContent = text;
  if (!known) cell.append(reason);
}
