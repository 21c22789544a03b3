/* The basket, kept in the browser, and the downloads of exactly the shown or the selected works. */
import { fetched, make, need, remember, remembered, save, targetOf } from "./dom.js";
import { whenIdle } from "./idle.js";

const KEPT = "rekb.basket";
const MOST_COMPARED = 6;

/**
 * Cut some works out of the file of all, so that what is downloaded is what the export wrote.
 * @typedef {(text: string, keys: Set<string>) => string} Cut
 */

/** @type {Record<string, [suffix: string, cut: Cut]>} */
const formats = {
  bibtex: ["bib", (text, keys) => recordsOf(text, /\n(?=@)/, /^@\w+\{([^,]+),/, keys).join("\n")],
  ris: ["ris", (text, keys) => recordsOf(text, /(?<=ER {2}- ?\r?\n(?:\r?\n)?)/, /^ID {2}- (.+?)\r?$/m, keys).join("")],
  "csl-json": ["csl.json", cslRecords],
  csv: ["csv", csvRecords],
};

/**
 * @param {string} text
 * @param {RegExp} between where one record ends
 * @param {RegExp} name where a record has its key
 * @param {Set<string>} keys
 */
function recordsOf(text, between, name, keys) {
  return text.split(between).filter((record) => keys.has(name.exec(record)?.[1] ?? ""));
}

/** @type {Cut} */
function cslRecords(text, keys) {
  /** @type {{id: string}[]} */
  const records = JSON.parse(text);
  const kept = records.filter((record) => keys.has(record.id)).map((record) => `  ${JSON.stringify(record)}`);
  return kept.length ? `[\n${kept.join(",\n")}\n]\n` : "[]\n";
}

/** @type {Cut} */
function csvRecords(text, keys) {
  const [head, ...rows] = csvRows(text);
  const keyOf = (/** @type {string} */ row) => row.slice(0, row.indexOf(",")).replaceAll('"', "");
  return [head, ...rows.filter((row) => keys.has(keyOf(row)))].join("");
}

/**
 * Rows of a CSV file as they are, quoted line ends kept inside their row.
 * @param {string} text
 */
function csvRows(text) {
  const rows = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    if (text[i] !== "\n" || quoted) continue;
    rows.push(text.slice(start, i + 1));
    start = i + 1;
  }
  return rows;
}

/**
 * Hand some works to the reader as a file.
 * @param {string} name a format
 * @param {Set<string>} keys
 */
export async function download(name, keys) {
  const [suffix, cut] = formats[name];
  const answer = await fetched(new URL(`../downloads/all.${suffix}`, location.href));
  const mark = name === "csv" ? "\ufeff" : ""; // which reading takes away and spreadsheets need
  const works = keys.size === 1 ? "work" : "works";
  save(`rekb-${keys.size}-${works}.${suffix}`, [mark, cut(await answer.text(), keys)]);
}

/**
 * The basket of a page.
 * @param {HTMLElement} bar what shows how many works are selected
 * @param {HTMLTableElement} table
 * @param {import("./works.js").Work[]} works
 * @param {() => void} changed called after the basket has changed and when "only these" is switched
 */
export function makeBasket(bar, table, works, changed) {
  const only = need(bar, "[data-rekb-basket-only]", HTMLElement);
  const count = need(bar, "[data-rekb-basket-count]", HTMLElement);
  const compare = need(bar, "[data-rekb-basket-compare]", HTMLAnchorElement);
  const byKey = new Map(works.map((work) => [work.key, work]));
  const pattern = make("input", "rekb-pick");
  pattern.type = "checkbox";
  pattern.autocomplete = "off"; // else the browser writes down every box on each change of the address
  /** @type {Set<string>} */
  let picked = new Set();
  /** @type {import("./works.js").Work[]} */
  let bare = [];

  /** @param {import("./works.js").Work} work */
  function makePick(work) {
    if (work.pick) return work.pick;
    const pick = /** @type {HTMLInputElement} */ (pattern.cloneNode());
    pick.dataset.rekbPick = work.key;
    pick.setAttribute("aria-label", `Select ${work.name}`);
    pick.checked = picked.has(work.key);
    work.row.cells[0].prepend(pick);
    work.pick = pick;
    return pick;
  }

  function makeNextPick() {
    const work = bare.pop();
    if (work) makePick(work);
    return bare.length > 0;
  }

  /** @param {import("./works.js").Work[]} drawn */
  function makePicks(drawn) {
    const idle = bare.length === 0;
    bare = drawn.filter((work) => !work.pick).reverse();
    if (idle && bare.length) whenIdle(makeNextPick);
  }

  /** @returns {string[]} */
  function keptKeys() {
    try {
      return JSON.parse(remembered(KEPT) ?? "[]");
    } catch {
      return []; // somebody else wrote there
    }
  }

  function read() {
    picked = new Set(keptKeys().filter((key) => byKey.has(key)));
    for (const work of works) if (work.pick) work.pick.checked = picked.has(work.key);
  }

  function draw() {
    bar.hidden = picked.size === 0;
    if (!picked.size) only.setAttribute("aria-pressed", "false");
    count.textContent = `${picked.size} selected`;
    compare.href = `../compare/?papers=${[...picked].slice(0, MOST_COMPARED).join(",")}`;
  }

  function write() {
    remember(KEPT, JSON.stringify([...picked]));
    draw();
    changed();
  }

  /**
   * @param {import("./works.js").Work} work
   * @param {boolean} on
   */
  function put(work, on) {
    makePick(work).checked = on;
    if (on) picked.add(work.key);
    else picked.delete(work.key);
    write();
  }

  function clear() {
    for (const work of works) if (work.pick) work.pick.checked = false;
    picked.clear();
    write();
  }

  table.addEventListener("change", (event) => {
    const box = targetOf(event);
    if (!(box instanceof HTMLInputElement)) return;
    const work = byKey.get(box.dataset.rekbPick ?? "");
    if (work) put(work, box.checked);
  });
  only.addEventListener("click", () => {
    only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
    changed();
  });
  need(bar, "[data-rekb-basket-clear]", HTMLElement).addEventListener("click", clear);
  addEventListener("storage", (event) => {
    if (event.key !== KEPT) return;
    read();
    draw();
    changed();
  });
  read();
  draw();
  return {
    keys: () => picked,
    makePicks,
    only: () => only.getAttribute("aria-pressed") === "true",
    toggle: (/** @type {import("./works.js").Work} */ work) => put(work, !picked.has(work.key)),
  };
}
