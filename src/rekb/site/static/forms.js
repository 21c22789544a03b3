/* A comparison as text: CSV for spreadsheets, Markdown, and LaTeX whose \cite commands go with the BibTeX. */

/**
 * A comparison as text: of each row a label, and one text for each work.
 * @typedef {object} Comparison
 * @property {string[]} keys
 * @property {string[]} names
 * @property {{label: string, cells: string[]}[]} rows
 */

/**
 * The same guard as of the CSV exports: no spreadsheet runs what begins with an apostrophe.
 * @param {string} cell
 */
function withoutFormula(cell) {
  const text = cell.replaceAll("\0", "");
  return /^\s*[=+\-@]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/** @param {string} cell */
function csvCell(cell) {
  const text = withoutFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A comparison in this form.
 * @param {Comparison} comparison
 */
export function csv({ keys, names, rows }) {
  const lines = [["", ...names], ["Citation key", ...keys], ...rows.map(({ label, cells }) => [label, ...cells])];
  return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/**
 * A text without line ends and doubled spaces.
 * @param {string} text
 */
export const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/**
 * Signs that some Markdown reads as markup even behind a backslash are written as entities.
 * @param {string} cell
 */
function markdownCell(cell) {
  const escaped = oneLine(cell).replace(/[\\`*_{}[\]#]/g, "\\$&");
  return escaped.replace(/[~|$@<>]|&(?=[#\w])/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/**
 * A comparison in this form.
 * @param {Comparison} comparison
 */
export function markdown({ keys, names, rows }) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const head = [line(["", ...names.map(markdownCell)]), line(["---", ...names.map(() => "---")])];
  const body = rows.map(({ label, cells }) => line([`**${markdownCell(label)}**`, ...cells.map(markdownCell)]));
  const last = line(["**Citation key**", ...keys.map((key) => `\`${key}\``)]);
  return `${[...head, ...body, last].join("\n")}\n`;
}

/** @type {Record<string, string>} */
const LATEX = {
  "\\": "{\\textbackslash}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "{\\textasciitilde}",
  "^": "{\\textasciicircum}",
  "<": "{\\textless}",
  ">": "{\\textgreater}",
  "|": "{\\textbar}",
  "↓": "$\\downarrow$",
  "↑": "$\\uparrow$",
  "×": "$\\times$",
  "≤": "$\\le$",
  "≥": "$\\ge$",
  "≈": "$\\approx$",
  "→": "$\\to$",
  "±": "$\\pm$",
  "÷": "$\\div$",
  "–": "--",
  "—": "---",
  "“": "``",
  "”": "''",
  "’": "'",
  "…": "{\\ldots}",
  "\u00a0": "~",
  "∞": "$\\infty$",
};

/** @param {string} text */
function latexText(text) {
  return [...text.replace(/[ \t\r\n]+/g, " ").trim()].map((sign) => LATEX[sign] ?? sign).join("");
}

/**
 * A comparison in this form.
 * @param {Comparison} comparison
 */
export function latex({ keys, names, rows }) {
  const width = (0.84 / (names.length + 1)).toFixed(2);
  const line = (/** @type {string[]} */ cells) => `  ${cells.join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{*{${names.length + 1}}{p{${width}\\linewidth}}}`,
    "  \\hline",
    line(["", ...names.map((name, place) => `${latexText(name)}~\\cite{${keys[place]}}`)]),
    "  \\hline",
    ...rows.map(({ label, cells }) => line([label, ...cells].map(latexText))),
    "  \\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}
