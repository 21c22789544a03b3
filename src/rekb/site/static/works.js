/* The list of works on the explore page: which rows are shown, in which order, in groups, as table or cards, and how the
   keyboard moves through them. Rows whose state does not change are not touched. */
import { counted, make, need, targetOf } from "./dom.js";
import { has } from "./facets.js";
import { whenIdle } from "./idle.js";
import { makeRow, nameAt, putReason, topicsAt, venueAt } from "./rows.js";
import { keyAt } from "./workkeys.js";

const FIRST = 200; // so many are drawn unasked, the rest when a reader asks
const GROWS = 20; // so many more are drawn in one piece of idle time, until these are there
const SOON = 60; // so many of them are laid out before the next paint, the rest in slices behind it
const COLUMNS = 6;

/**
 * What is read or made of a work when it is first needed.
 * @typedef {{rowOf: (work: Work) => HTMLTableRowElement, nameOf: (work: Work) => string, venueOf: (work: Work) => string}} Source
 */

/** A work and its row, which is made when it is first drawn. */
export class Work {
  /** @type {HTMLTableRowElement | undefined} */
  #row;
  /** @type {Source} */
  #source;
  /** @type {HTMLAnchorElement | undefined} */
  #link;
  late = false;
  rank = 0;
  /** @type {HTMLInputElement | null} */
  pick = null;

  /**
   * @param {string} key
   * @param {number} year
   * @param {number} place
   * @param {HTMLTableRowElement | undefined} row of a work that is in the page
   * @param {Source} source
   */
  constructor(key, year, place, row, source) {
    this.key = key;
    this.year = year;
    this.place = place;
    this.#row = row;
    this.#source = source;
    this.shown = Boolean(row);
  }
  get row() { return (this.#row ??= this.#source.rowOf(this)); }
  get name() { return this.#source.nameOf(this); }
  get venue() { return this.#source.venueOf(this); }
  get link() { return (this.#link ??= need(this.row, ".rekb-work", HTMLAnchorElement)); }

  /**
   * A late row is in its place, but laid out only after the next paint.
   * @param {boolean} late
   */
  wait(late) {
    if (late === this.late) return;
    this.late = late;
    this.row.classList.toggle("rekb-late", late);
  }
}

/**
 * How a topic is shown above its works.
 * @typedef {{label: string, scope: string, trail: string, place: number}} TopicLabel
 */

/**
 * A topic's body of the table.
 * @typedef {object} Group
 * @property {HTMLTableSectionElement} body
 * @property {HTMLTableRowElement} head
 * @property {HTMLElement} count
 * @property {string} label
 * @property {number} place
 */

/**
 * What is shown, and how.
 * @typedef {object} View
 * @property {string} order
 * @property {Float64Array | null} scores what a search found each work to be worth
 * @property {boolean} grouped
 * @property {boolean} cards
 * @property {import("./facets.js").Words} wanted
 */

/**
 * The works of the page.
 * @param {HTMLTableElement} table
 * @param {import("./facets.js").FacetIndex} facets
 * @param {import("./rows.js").Works} columns
 * @param {(id: string) => TopicLabel} topics
 * @param {import("./reasons.js").ReasonFiles} reasons
 */
export function workList(table, facets, columns, topics, reasons) {
  const main = table.tBodies[0];
  const nothing = table.dataset.rekbNothing ?? "";
  const inPage = new Map([...main.rows].map((row) => [row.dataset.key, row]));
  /** @type {Source} */
  const source = {
    rowOf: (work) => makeRow(columns, work.place, work, nothing, topics),
    nameOf: (work) => nameAt(columns, work.place),
    venueOf: (work) => venueAt(columns, work.place),
  };
  const works = columns.keys.map((_, place) => workAt(place));
  const byKey = new Map(works.map((work) => [work.key, work]));
  /** What compares names; made when it is first needed, for it is dear. @type {Intl.Collator | undefined} */
  let collator;
  const compare = (/** @type {string} */ a, /** @type {string} */ b) => {
    collator ??= new Intl.Collator("en", { numeric: true });
    return collator.compare(a, b);
  };
  /** @type {Record<string, (a: Work, b: Work) => number>} */
  const orders = {
    newest: (a, b) => a.place - b.place,
    oldest: (a, b) => a.year - b.year || a.place - b.place,
    name: (a, b) => compare(a.name, b.name) || a.place - b.place,
    venue: (a, b) => compare(a.venue, b.venue) || a.place - b.place,
  };
  /** @type {Record<string, Work[]>} */
  const sorted = { newest: works };
  const inOrder = (/** @type {string} */ order) => (sorted[order] ??= [...works].sort(orders[order]));
  let displayed = works; // the rows that are drawn, in order: what is shown up to the limit
  let limit = Math.min(FIRST, inPage.size);
  /* Draws what is shown once more, after the limit has changed. */
  let again = () => {};
  /** @type {{head: HTMLElement, label: string, count: number}[]} */
  let headings = [];
  /** @type {Work | null} */
  let current = null;

  /** @param {number} place */
  function workAt(place) {
    const year = facets.yearOf(place);
    const key = keyAt(columns, place, year);
    return new Work(key, year, place, inPage.get(key), source);
  }

  /**
   * The shown works in order. By "match" the best come first and equal ones stay newest first.
   * @param {import("./facets.js").Bits} set
   * @param {string} order
   * @param {Float64Array | null} scores
   */
  function sequence(set, order, scores) {
    const found = inOrder(order === "match" ? "newest" : order).filter((work) => has(set, work.place));
    if (order !== "match" || !scores) return found;
    return found.sort((a, b) => scores[b.place] - scores[a.place] || a.place - b.place);
  }

  /**
   * Put works into a body in this order; rows that are right already are left alone.
   * @param {HTMLTableSectionElement} body
   * @param {Work[]} list
   * @param {Element | null} first what stays before them
   */
  function fill(body, list, first = null) {
    let next = first ? first.nextElementSibling : body.firstElementChild;
    for (const work of list) {
      if (next === work.row) {
        next = next.nextElementSibling;
        continue;
      }
      body.insertBefore(work.row, next);
      work.wait(work.rank >= soon);
    }
  }

  /**
   * Rows that are not drawn are taken out: hidden ones between the others make every change slower.
   * @param {Work[]} drawn
   */
  function toggle(drawn) {
    for (const work of works) work.rank = -1;
    drawn.forEach((work, rank) => { work.rank = rank; });
    for (const work of works) {
      const shown = work.rank >= 0;
      work.wait(work.rank >= soon && (work.late || !work.shown));
      if (work.shown && !shown) work.row.remove();
      work.shown = shown;
    }
  }

  /* Lays out the late rows, some at a time. */
  let soon = SOON;
  /** @type {Work[]} */
  let waiting = [];
  let revealing = false;
  function reveal(most = SOON) {
    for (const work of waiting.splice(0, most)) work.wait(false);
    return waiting.length > 0;
  }
  function revealSome() {
    revealing = reveal();
    return revealing;
  }
  function revealSoon() {
    waiting = displayed.filter((work) => work.late);
    if (revealing || !waiting.length) return;
    revealing = true;
    requestAnimationFrame(() => whenIdle(revealSome, 0));
  }

  /** @type {Map<string, Group>} */
  const groups = new Map();

  /**
   * Each work is in the group of the first of its topics that was asked for, or of its first.
   * @param {Work} work
   * @param {string[] | undefined} wanted
   */
  function groupOf(work, wanted) {
    const own = topicsAt(columns, work.place);
    const isWanted = (/** @type {string} */ id) => wanted?.some((asked) => id === asked || id.startsWith(`${asked}/`));
    return own.find(isWanted) ?? own[0];
  }

  /** @param {string} id */
  function group(id) {
    const known = groups.get(id);
    if (known) return known;
    const made = makeGroup(id, topics(id));
    groups.set(id, made);
    return made;
  }

  /**
   * @param {string} id
   * @param {TopicLabel} topic
   * @returns {Group}
   */
  function makeGroup(id, topic) {
    const body = make("tbody");
    const head = body.insertRow();
    head.className = "rekb-group";
    const cell = make("th");
    cell.scope = "rowgroup";
    cell.colSpan = COLUMNS;
    const link = make("a", "rekb-group__title", topic.label);
    link.href = `../topics/${id}/`;
    const count = make("span", "rekb-count");
    const scope = make("span", "rekb-group__scope", topic.scope);
    cell.append(link, " ", count, scope, make("span", "rekb-group__trail", topic.trail));
    head.append(cell);
    return { body, head, count, label: topic.label, place: topic.place };
  }

  /**
   * Works in groups, the largest group first.
   * @param {Work[]} list
   * @param {string[] | undefined} wanted
   */
  function arrange(list, wanted) {
    /** @type {Map<string, Work[]>} */
    const members = new Map();
    for (const work of list) {
      const id = groupOf(work, wanted);
      const own = members.get(id);
      if (own) own.push(work);
      else members.set(id, [work]);
    }
    const arranged = [...members].map(([id, own]) => ({ group: group(id), works: own }));
    return arranged.sort((a, b) => b.works.length - a.works.length || a.group.place - b.group.place);
  }

  /** @param {{group: Group, works: Work[]}[]} arranged */
  function showGroups(arranged) {
    const ordered = arranged.filter((one) => one.works[0].shown);
    const bodies = new Set(ordered.map((one) => one.group.body));
    for (const { body } of groups.values()) if (!bodies.has(body)) body.remove();
    let next = main.nextElementSibling;
    for (const { group: { body, head, count }, works: own } of ordered) {
      if (body === next) next = next.nextElementSibling;
      else table.insertBefore(body, next);
      count.textContent = counted(own.length, "work", "works");
      fill(body, own.filter((work) => work.shown), head);
    }
    headings = ordered.map((one) => ({ head: one.group.head, label: one.group.label, count: one.works.length }));
  }

  /** @param {Work[]} list */
  function showFlat(list) {
    if (groups.size) {
      for (const { body } of groups.values()) body.remove();
      groups.clear();
    }
    fill(main, list);
    headings = [];
  }

  /**
   * Say in each row how it saves what was asked for.
   * @param {Work[]} list
   * @param {import("./facets.js").Words} wanted
   */
  function explain(list, { saves, phase }) {
    /** @type {Set<string>} */
    const resources = new Set();
    for (const work of list) {
      const effects = facets.effectsOf(work.place);
      const effect = effects.find(([resource, when]) => (!saves || saves.includes(resource)) && (!phase || phase.includes(when)));
      if (effect) resources.add(effect[0]);
      putReason(work.row, effect ? reasons.of(work.key, ...effect) : "");
    }
    return resources;
  }

  /** How often works were shown: reasons that come when others are shown are not for them. */
  let turn = 0;

  /**
   * Say it as far as it is there, and all of it once that is fetched.
   * @param {Work[]} list
   * @param {import("./facets.js").Words} wanted
   */
  async function explainAll(list, wanted) {
    const own = turn;
    const resources = explain(list, wanted);
    const isMore = await reasons.fetch(resources);
    if (isMore && own === turn) explain(list, wanted);
  }

  /** @param {number} step */
  function move(step) {
    const at = current ? displayed.indexOf(current) : -1;
    const next = displayed[at < 0 ? 0 : Math.max(0, Math.min(displayed.length - 1, at + step))];
    if (!next) return;
    current = next;
    next.wait(false);
    next.row.scrollIntoView({ block: "nearest" });
    next.link.focus();
  }

  table.addEventListener("focusin", (event) => {
    const row = targetOf(event)?.closest("tr");
    current = byKey.get(row?.dataset.key ?? "") ?? current;
  });

  /* Draws some more of what is shown, until as many are there as are drawn unasked; says whether there is more to do. */
  function grow() {
    if (limit >= FIRST) return false;
    limit = Math.min(FIRST, limit + GROWS);
    again();
    return limit < FIRST;
  }

  return {
    works,
    move,
    grow,
    drawn: () => displayed,
    /* How many of the shown works are drawn without being asked for. */
    unasked: (/** @type {number} */ number) => Math.min(number, Math.max(limit, FIRST)),
    drawAll: () => { limit = Infinity; },
    revealAll: () => reveal(Infinity),
    headings: () => headings,
    current: () => (current && displayed.includes(current) ? current : null),
    /**
     * Show some works; returns them in order, those that are not drawn included.
     * @param {import("./facets.js").Bits} set
     * @param {View} view
     */
    show(set, view) {
      again = () => { this.show(set, view); };
      const { order, scores, grouped, cards, wanted } = view;
      const found = sequence(set, order, scores);
      const arranged = grouped ? arrange(found, wanted.topic) : [];
      const list = grouped ? arranged.flatMap((one) => one.works) : found;
      displayed = list.slice(0, limit);
      soon = scrollY > innerHeight ? Infinity : SOON; // a reader further down must not lose the place
      toggle(displayed);
      if (grouped) showGroups(arranged);
      else showFlat(displayed);
      turn += 1;
      // Without the file of a resource its name stays.
      if (grouped || cards) explainAll(displayed, wanted).catch(() => undefined);
      table.classList.toggle("rekb-works--grouped", grouped);
      table.classList.toggle("rekb-works--cards", cards);
      revealSoon();
      return list;
    },
  };
}
