/* How a comparison leaves the page: what is shown is read as text, and handed over in the form that a reader asks for. */
import { fetched, need, save, targetOf, textOf } from "./dom.js";
import { csv, latex, markdown, oneLine } from "./forms.js";

/** @typedef {import("./forms.js").Comparison} Comparison */
/** What is shown. @typedef {{table: HTMLTableElement, works: {key: string, name: string}[]}} Shown */

/* Reading the page */

/**
 * A line of a list: what is small beside it explains it.
 * @param {Element} line
 */
function lineOf(line) {
  const copy = line.cloneNode(true);
  if (copy instanceof Element) copy.querySelector(".rekb-small:not(:empty)")?.prepend(": ");
  return oneLine(textOf(copy)).replace(/ : /, ": ");
}

/**
 * What a reader sees in a cell; the lines of a list are parted.
 * @param {Element} cell
 */
function cellText(cell) {
  const lines = [...cell.querySelectorAll("li")];
  return lines.length ? lines.map(lineOf).join("; ") : oneLine(textOf(cell));
}

/**
 * What a test was, without the link to its source.
 * @param {Element} cell
 */
function testOf(cell) {
  return oneLine([...cell.children].filter((part) => part.localName !== "a").map(textOf).join(", "));
}

/**
 * @param {Shown} shown
 * @returns {Comparison}
 */
function comparisonOf({ table, works }) {
  const rows = [];
  let test = "";
  for (const row of table.tBodies[0].rows) {
    const [head, ...cells] = row.cells;
    if (row.classList.contains("rekb-test")) {
      test = testOf(cells[0]);
      continue;
    }
    const isTested = row.classList.contains("rekb-test__values");
    rows.push({ label: isTested ? `Same test: ${test}` : oneLine(textOf(head.firstChild)), cells: cells.map(cellText) });
  }
  return { keys: works.map((work) => work.key), names: works.map((work) => work.name), rows };
}

/* Leaving */

/**
 * @param {string[]} keys
 * @param {URL} root
 */
async function bibtex(keys, root) {
  const files = await Promise.all(keys.map((key) => fetched(new URL(`papers/${encodeURIComponent(key)}.bib`, root))));
  return (await Promise.all(files.map((file) => file.text()))).join("\n");
}

/**
 * Work the buttons by which a comparison leaves the page.
 * @param {HTMLElement} bar what holds the buttons
 * @param {URL} root the address of the site
 * @param {() => Shown | null} now what is shown
 */
export function leaving(bar, root, now) {
  const status = need(bar, "[role=status]", HTMLElement);

  /**
   * @param {string} text
   * @param {string} what
   */
  async function copy(text, what) {
    await navigator.clipboard.writeText(text);
    status.textContent = `${what} is copied.`;
  }

  /**
   * @param {string} way
   * @param {Shown} shown
   */
  async function take(way, shown) {
    const keys = shown.works.map((work) => work.key);
    const name = `rekb-comparison-${keys.length}-works`;
    if (way === "csv") save(`${name}.csv`, [csv(comparisonOf(shown))]);
    else if (way === "bibtex") save(`${name}.bib`, [await bibtex(keys, root)]);
    else if (way === "markdown") await copy(markdown(comparisonOf(shown)), "The Markdown");
    else if (way === "latex") await copy(latex(comparisonOf(shown)), "The LaTeX");
    else await copy(location.href, "The address");
  }

  bar.addEventListener("click", async (event) => {
    const button = targetOf(event)?.closest("[data-rekb-way]");
    const shown = now();
    if (!button || !shown) return;
    try {
      await take(button.getAttribute("data-rekb-way") ?? "", shown);
    } catch {
      status.textContent = "That did not work: the browser or the network refused it.";
    }
  });
}
