/* A comparison as it leaves the page: CSV for spreadsheets, Markdown, and LaTeX whose \cite commands go with the BibTeX.
   A table here is { keys, names, rows }, each row a label and one text for each work. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});

  /* The same guard as of the CSV exports: no spreadsheet runs what begins with an apostrophe. */
  function withoutFormula(cell) {
    const text = cell.replaceAll("\0", "");
    return /^\s*[=+\-@]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  }

  function csvCell(cell) {
    const text = withoutFormula(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function csv({ keys, names, rows }) {
    const lines = [["", ...names], ["Citation key", ...keys], ...rows.map(({ label, cells }) => [label, ...cells])];
    return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
  }

  const oneLine = (text) => text.replace(/\s+/g, " ").trim();

  /* Signs that some Markdown reads as markup even behind a backslash are written as entities. */
  function markdownCell(cell) {
    return oneLine(cell).replace(/[\\`*_{}[\]#]/g, "\\$&").replace(/[~|$@<>]|&(?=[#\w])/g, (sign) => `&#${sign.codePointAt(0)};`);
  }

  function markdown({ keys, names, rows }) {
    const line = (cells) => `| ${cells.join(" | ")} |`;
    const head = [line(["", ...names.map(markdownCell)]), line(["---", ...names.map(() => "---")])];
    const body = rows.map(({ label, cells }) => line([`**${markdownCell(label)}**`, ...cells.map(markdownCell)]));
    return `${[...head, ...body, line(["**Citation key**", ...keys.map((key) => `\`${key}\``)])].join("\n")}\n`;
  }

  const LATEX = {
    "\\": "{\\textbackslash}", "{": "\\{", "}": "\\}", $: "\\$", "&": "\\&", "#": "\\#", "%": "\\%", _: "\\_",
    "~": "{\\textasciitilde}", "^": "{\\textasciicircum}", "<": "{\\textless}", ">": "{\\textgreater}", "|": "{\\textbar}",
    "↓": "$\\downarrow$", "↑": "$\\uparrow$", "×": "$\\times$", "≤": "$\\le$", "≥": "$\\ge$", "≈": "$\\approx$", "→": "$\\to$",
    "±": "$\\pm$", "÷": "$\\div$", "–": "--", "—": "---", "“": "``", "”": "''", "’": "'", "…": "{\\ldots}", "\u00a0": "~", "∞": "$\\infty$",
  };

  function latexText(text) {
    return [...text.replace(/[ \t\r\n]+/g, " ").trim()].map((sign) => LATEX[sign] ?? sign).join("");
  }

  function latex({ keys, names, rows }) {
    const width = (0.84 / (names.length + 1)).toFixed(2);
    const line = (cells) => `  ${cells.join(" & ")} \\\\`;
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

  /* A line of a list: what is small beside it explains it. */
  function lineOf(line) {
    const copy = line.cloneNode(true);
    copy.querySelector(".rekb-small:not(:empty)")?.prepend(": ");
    return oneLine(copy.textContent).replace(/ : /, ": ");
  }

  /* What a reader sees in a cell; the lines of a list are parted. */
  function textOf(cell) {
    const lines = [...cell.querySelectorAll("li")];
    return lines.length ? lines.map(lineOf).join("; ") : oneLine(cell.textContent);
  }

  /* What a test was, without the link to its source. */
  function testOf(cell) {
    return oneLine([...cell.children].filter((part) => part.localName !== "a").map((part) => part.textContent).join(", "));
  }

  function tableOf(table, works) {
    const rows = [];
    let test = "";
    for (const row of table.tBodies[0].rows) {
      const [head, ...cells] = row.cells;
      if (row.classList.contains("rekb-test")) { test = testOf(cells[0]); continue; }
      rows.push({ label: row.classList.contains("rekb-test__values") ? `Same test: ${test}` : oneLine(head.firstChild?.textContent ?? ""), cells: cells.map(textOf) });
    }
    return { keys: works.map((work) => work.key), names: works.map((work) => work.name), rows };
  }

  function save(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function bibtex(keys, root) {
    const files = await Promise.all(keys.map((key) => fetch(new URL(`papers/${encodeURIComponent(key)}.bib`, root))));
    if (files.some((file) => !file.ok)) throw new Error("a citation was not found");
    return (await Promise.all(files.map((file) => file.text()))).join("\n");
  }

  const named = (keys, suffix) => `rekb-comparison-${keys.length}-works.${suffix}`;

  /* `bar` holds the buttons; `now` returns the table and the works that are shown. */
  rekb.leaving = function (bar, root, now) {
    const status = bar.querySelector("[role=status]");
    const ways = {
      link: () => [location.href, "The address"],
      markdown: ({ table, works }) => [markdown(tableOf(table, works)), "The Markdown"],
      latex: ({ table, works }) => [latex(tableOf(table, works)), "The LaTeX"],
    };
    async function copy(way) {
      const [text, what] = ways[way](now());
      await navigator.clipboard.writeText(text);
      status.textContent = `${what} is copied.`;
    }
    async function take(way) {
      const { table, works } = now();
      const keys = works.map((work) => work.key);
      if (way === "csv") save(named(keys, "csv"), csv(tableOf(table, works)), "text/csv");
      else if (way === "bibtex") save(named(keys, "bib"), await bibtex(keys, root), "application/x-bibtex");
      else await copy(way);
    }
    bar.addEventListener("click", (event) => {
      const way = event.target.closest("[data-rekb-way]")?.dataset.rekbWay;
      if (way) take(way).catch(() => { status.textContent = "That did not work: the browser or the network refused it."; });
    });
  };
  rekb.leave = { csv, markdown, latex };
})();
