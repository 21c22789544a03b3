/* The explore page: facets that add up, counts, search, sort, state in the address, downloads of the shown set.

   Boxes of one facet widen the choice (either word will do), facets narrow it (all must hold), "not" leaves out.
   `saves` and `phase` are held by the same effect of a work: memory saved at inference, not memory and inference. */
(function () {
  "use strict";
  const page = document.querySelector("[data-rekb-explore]");
  if (!page) return;

  const form = page.querySelector("[data-rekb-facets]");
  const body = page.querySelector("[data-rekb-rows]");
  const find = form.elements.find;
  const sort = page.querySelector("[data-rekb-sort]");
  const status = page.querySelector("[data-rekb-status]");
  const active = page.querySelector("[data-rekb-active]");
  const empty = page.querySelector("[data-rekb-empty]");

  const works = [...body.rows].map((row, place) => {
    const facets = {};
    for (const token of row.dataset.tokens.split(" ")) {
      const cut = token.indexOf(":");
      const name = token.slice(0, cut);
      (facets[name] ??= []).push(token.slice(cut + 1));
    }
    const effects = (facets.saves ?? []).map((pair) => pair.split("@"));
    return {
      row, place, facets, effects,
      key: row.dataset.key, words: fold(row.dataset.words),
      year: Number(facets.year[0]), venue: facets.venue[0],
    };
  });

  const choices = [...form.querySelectorAll(".rekb-choice")].map((element) => ({
    element,
    box: element.querySelector("input"),
    not: element.querySelector("[data-rekb-not]"),
    count: element.querySelector("[data-rekb-count]"),
    facet: element.querySelector("input").name,
    value: element.querySelector("input").value,
    label: element.querySelector("label span").textContent,
  }));
  const facets = [...new Set(choices.map((choice) => choice.facet))];

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function state() {
    const wanted = {};
    const unwanted = {};
    for (const choice of choices) {
      if (choice.box.checked) (wanted[choice.facet] ??= []).push(choice.value);
      if (choice.not.getAttribute("aria-pressed") === "true") (unwanted[choice.facet] ??= []).push(choice.value);
    }
    return { wanted, unwanted, words: fold(find.value).split(/\s+/).filter(Boolean), sort: sort.value };
  }

  function holds(work, facet, value) {
    if (facet === "saves") return work.effects.some(([resource]) => resource === value);
    if (facet === "phase") return work.effects.some(([, phase]) => phase === value);
    return (work.facets[facet] ?? []).includes(value);
  }

  function effectFits(work, wanted) {
    const { saves, phase } = wanted;
    if (!saves && !phase) return true;
    return work.effects.some(([resource, when]) =>
      (!saves || saves.includes(resource)) && (!phase || phase.includes(when)));
  }

  function fits(work, { wanted, unwanted, words }) {
    if (!effectFits(work, wanted)) return false;
    for (const facet in wanted) {
      if (facet === "saves" || facet === "phase") continue;
      if (!wanted[facet].some((value) => holds(work, facet, value))) return false;
    }
    for (const facet in unwanted) {
      if (unwanted[facet].some((value) => holds(work, facet, value))) return false;
    }
    return words.every((word) => work.words.includes(word));
  }

  /* Each box says how many works there would be with only it ticked in its facet, all else as it is. */
  function countChoices(current) {
    for (const facet of facets) {
      const others = { ...current, wanted: { ...current.wanted } };
      delete others.wanted[facet];
      const left = works.filter((work) => fits(work, others));
      for (const choice of choices) {
        if (choice.facet !== facet) continue;
        let count = 0;
        if (facet === "saves" || facet === "phase") {
          const wanted = { ...others.wanted, [facet]: [choice.value] };
          for (const work of left) if (effectFits(work, wanted)) count += 1;
        } else {
          for (const work of left) if (holds(work, facet, choice.value)) count += 1;
        }
        choice.count.textContent = String(count);
        choice.element.classList.toggle("rekb-choice--none", count === 0);
      }
    }
  }

  const orders = {
    newest: (a, b) => b.year - a.year || a.place - b.place,
    oldest: (a, b) => a.year - b.year || a.place - b.place,
    name: (a, b) => name(a).localeCompare(name(b), "en", { numeric: true }),
    venue: (a, b) => a.venue.localeCompare(b.venue) || b.year - a.year || a.place - b.place,
  };
  function name(work) {
    return work.row.querySelector(".rekb-work").textContent;
  }

  let shown = works;
  let order = "newest";

  function chips(current) {
    const made = [];
    const chip = (text, remove) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-remove";
      button.textContent = text;
      button.setAttribute("aria-label", `Remove filter ${text}`);
      button.addEventListener("click", remove);
      item.append(button);
      made.push(item);
    };
    for (const choice of choices) {
      if (choice.box.checked) chip(choice.label, () => { choice.box.checked = false; changed(); });
      if (choice.not.getAttribute("aria-pressed") === "true") {
        chip(`not ${choice.label}`, () => { press(choice, false); changed(); });
      }
    }
    if (current.words.length) chip(`“${find.value.trim()}”`, () => { find.value = ""; changed(); });
    if (made.length > 1) chip("Clear all", () => { clear(); changed(); });
    active.replaceChildren(...made);
  }

  function press(choice, on) {
    choice.not.setAttribute("aria-pressed", String(on));
    if (on) choice.box.checked = false;
  }

  function clear() {
    for (const choice of choices) { choice.box.checked = false; press(choice, false); }
    find.value = "";
  }

  function update() {
    const current = state();
    const fixed = only.getAttribute("aria-pressed") === "true";
    shown = works.filter((work) => (fixed ? picked.has(work.key) : fits(work, current)));
    const visible = new Set(shown);
    for (const work of works) work.row.hidden = !visible.has(work);
    if (current.sort !== order) {
      order = current.sort;
      body.append(...[...works].sort(orders[order]).map((work) => work.row));
    }
    countChoices(current);
    chips(current);
    status.textContent = shown.length === works.length
      ? `${works.length} works` : `${shown.length} of ${works.length} works`;
    empty.hidden = shown.length > 0;
  }

  function address() {
    const query = new URLSearchParams();
    const current = state();
    for (const facet of facets) {
      for (const value of current.wanted[facet] ?? []) query.append(facet, value);
      for (const value of current.unwanted[facet] ?? []) query.append(`not-${facet}`, value);
    }
    if (find.value.trim()) query.set("find", find.value.trim());
    if (current.sort !== "newest") query.set("sort", current.sort);
    const text = query.toString().replaceAll("%2F", "/");
    return text ? `?${text}` : location.pathname;
  }

  function restore() {
    const query = new URLSearchParams(location.search);
    for (const choice of choices) {
      choice.box.checked = query.getAll(choice.facet).includes(choice.value);
      press(choice, query.getAll(`not-${choice.facet}`).includes(choice.value));
      if (choice.box.checked || choice.not.getAttribute("aria-pressed") === "true") {
        choice.element.closest("details").open = true;
      }
    }
    find.value = query.get("find") ?? "";
    sort.value = query.get("sort") in orders ? query.get("sort") : "newest";
    update();
  }

  function changed(replace) {
    update();
    const target = address();
    if (target === location.search || (target === location.pathname && !location.search)) return;
    if (replace) history.replaceState(null, "", target);
    else history.pushState(null, "", target);
  }

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

  async function download(name) {
    const [suffix, cut] = formats[name];
    const text = await (await fetch(new URL(`../downloads/all.${suffix}`, location.href))).text();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([cut(text, new Set(shown.map((work) => work.key)))], { type: "text/plain" }));
    link.download = `rekb-${shown.length}-works.${suffix}`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

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

  /* The basket: works ticked by hand, kept in the browser. */
  const basket = page.querySelector("[data-rekb-basket]");
  const only = basket.querySelector("[data-rekb-basket-only]");
  let picked = new Set();
  try { picked = new Set(JSON.parse(localStorage.getItem("rekb.basket") ?? "[]")); } catch { /* starts empty */ }
  const byKey = new Map(works.map((work) => [work.key, work]));
  picked = new Set([...picked].filter((key) => byKey.has(key)));

  function showBasket() {
    for (const work of works) work.row.querySelector("[data-rekb-pick]").checked = picked.has(work.key);
    basket.hidden = picked.size === 0;
    if (!picked.size) only.setAttribute("aria-pressed", "false");
    basket.querySelector("[data-rekb-basket-count]").textContent = `${picked.size} selected`;
    const compare = basket.querySelector("[data-rekb-basket-compare]");
    compare.href = `../compare/?papers=${[...picked].slice(0, 6).join(",")}`;
    try { localStorage.setItem("rekb.basket", JSON.stringify([...picked])); } catch { /* not remembered then */ }
  }

  body.addEventListener("change", (event) => {
    const key = event.target.dataset.rekbPick;
    if (!key) return;
    if (event.target.checked) picked.add(key); else picked.delete(key);
    showBasket();
    if (only.getAttribute("aria-pressed") === "true") update();
  });
  only.addEventListener("click", () => {
    only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
    update();
  });
  basket.querySelector("[data-rekb-basket-clear]").addEventListener("click", () => {
    picked.clear();
    showBasket();
    update();
  });
  for (const work of works) work.row.querySelector("[data-rekb-pick]").hidden = false;

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const choice = choices.find((one) => one.box === event.target);
    if (!choice) return;
    if (choice.box.checked) press(choice, false);
    changed();
  });
  form.addEventListener("click", (event) => {
    const choice = choices.find((one) => one.not === event.target);
    if (!choice) return;
    press(choice, choice.not.getAttribute("aria-pressed") !== "true");
    changed();
  });
  find.addEventListener("input", () => changed(true));
  sort.addEventListener("change", () => changed());
  addEventListener("popstate", restore);
  for (const button of page.querySelectorAll("[data-rekb-download]")) {
    button.addEventListener("click", () => download(button.dataset.rekbDownload));
  }
  const toggle = page.querySelector("[data-rekb-toggle-filters]");
  toggle.addEventListener("click", () => {
    const open = page.classList.toggle("rekb-explore--filters");
    toggle.setAttribute("aria-expanded", String(open));
  });
  form.hidden = false;
  page.querySelector("[data-rekb-status-bar]").hidden = false;
  showBasket();
  restore();
})();
