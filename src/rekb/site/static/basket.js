/* The basket, kept in the browser, and the downloads of exactly the shown or the selected works. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});

  /* Each format is cut from the file of the whole, so that what is downloaded is what the export wrote. */
  const formats = {
    bibtex: ["bib", (text, keys) => text.split(/\n(?=@)/)
      .filter((part) => keys.has((/^@\w+\{([^,]+),/.exec(part) ?? [])[1])).join("\n")],
    ris: ["ris", (text, keys) => text.split(/(?<=ER {2}- ?\r?\n(?:\r?\n)?)/)
      .filter((part) => keys.has((/^ID {2}- (.+?)\r?$/m.exec(part) ?? [])[1])).join("")],
    "csl-json": ["csl.json", (text, keys) =>
      `${JSON.stringify(JSON.parse(text).filter((record) => keys.has(record.id)), null, 2)}\n`],
    csv: ["csv", (text, keys) => csvRows(text)
      .filter((row, number) => number === 0 || keys.has(row.slice(0, row.indexOf(",")).replaceAll('"', ""))).join("")],
  };

  /* Rows of a CSV file as they stand, quoted line ends kept inside their row. */
  function csvRows(text) {
    const rows = [];
    let start = 0;
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      if (text[i] === '"') quoted = !quoted;
      else if (text[i] === "\n" && !quoted) { rows.push(text.slice(start, i + 1)); start = i + 1; }
    }
    return rows;
  }

  rekb.download = async function (name, keys) {
    const [suffix, cut] = formats[name];
    const answer = await fetch(new URL(`../downloads/all.${suffix}`, location.href));
    if (!answer.ok) throw new Error(`all.${suffix} was not found`);
    const link = document.createElement("a");
    const mark = name === "csv" ? "\ufeff" : ""; // which reading takes away and spreadsheets need
    link.href = URL.createObjectURL(new Blob([mark, cut(await answer.text(), keys)], { type: "text/plain" }));
    link.download = `rekb-${keys.size}-${keys.size === 1 ? "work" : "works"}.${suffix}`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /* `changed` is called after the basket has changed and when "only these" is switched. */
  rekb.basket = function (bar, table, works, changed) {
    const only = bar.querySelector("[data-rekb-basket-only]");
    const byKey = new Map(works.map((work) => [work.key, work]));
    const pattern = document.createElement("input");
    pattern.type = "checkbox";
    pattern.className = "rekb-pick";
    pattern.autocomplete = "off"; // else the browser writes down every box on each change of the address
    let picked = new Set();
    function makePick(work) {
      if (work.pick) return;
      work.pick = pattern.cloneNode();
      work.pick.dataset.rekbPick = work.key;
      work.pick.setAttribute("aria-label", `Select ${work.name}`);
      work.pick.checked = picked.has(work.key);
      work.row.cells[0].prepend(work.pick);
    }
    let bare = [];
    function makePicks(drawn) {
      const idle = bare.length === 0;
      bare = drawn.filter((work) => !work.pick).reverse();
      if (idle && bare.length) rekb.whenIdle(() => { if (bare.length) makePick(bare.pop()); return bare.length > 0; });
    }
    table.addEventListener("change", (event) => {
      const work = byKey.get(event.target.dataset.rekbPick);
      if (work) put(work, work.pick.checked);
    });
    function read() {
      try { picked = new Set(JSON.parse(localStorage.getItem("rekb.basket") ?? "[]")); } catch { picked = new Set(); }
      picked = new Set([...picked].filter((key) => byKey.has(key)));
      for (const work of works) if (work.pick) work.pick.checked = picked.has(work.key);
    }
    function draw() {
      bar.hidden = picked.size === 0;
      if (!picked.size) only.setAttribute("aria-pressed", "false");
      bar.querySelector("[data-rekb-basket-count]").textContent = `${picked.size} selected`;
      bar.querySelector("[data-rekb-basket-compare]").href = `../compare/?papers=${[...picked].slice(0, 6).join(",")}`;
    }
    function write() {
      try { localStorage.setItem("rekb.basket", JSON.stringify([...picked])); } catch { /* not remembered then */ }
      draw();
      changed();
    }
    function put(work, on) {
      makePick(work);
      work.pick.checked = on;
      if (on) picked.add(work.key); else picked.delete(work.key);
      write();
    }
    only.addEventListener("click", () => {
      only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
      changed();
    });
    bar.querySelector("[data-rekb-basket-clear]").addEventListener("click", () => {
      for (const key of picked) if (byKey.get(key).pick) byKey.get(key).pick.checked = false;
      picked.clear();
      write();
    });
    addEventListener("storage", (event) => { if (event.key === "rekb.basket") { read(); draw(); changed(); } });
    read();
    draw();
    return {
      keys: () => picked,
      makePicks,
      only: () => only.getAttribute("aria-pressed") === "true",
      toggle: (work) => put(work, !picked.has(work.key)),
    };
  };
})();
