/* The explore page: reads the state from the address and the form, shows the works that fit, writes the state back.
   What fits is decided in facets.js, what a search finds in ranking.js, how works are shown in works.js. */
(function () {
  "use strict";
  const rekb = globalThis.rekb;
  const page = document.querySelector("[data-rekb-explore]");
  if (!page) return;

  const parts = {};
  const part = (name) => (parts[name] ??= page.querySelector(`[data-rekb-${name}]`));
  const form = part("facets");
  const find = part("find");
  const sort = part("sort");
  const group = part("group");
  const from = part("from");
  const to = part("to");
  const views = [...page.querySelectorAll("[data-rekb-view]")];
  const toggle = part("toggle-filters");
  const data = JSON.parse(part("data").textContent);
  const index = rekb.facetIndex(data);

  const choices = [...form.querySelectorAll(".rekb-choice")].map((element) => {
    const box = element.querySelector("input");
    const label = element.querySelector("label");
    const count = element.querySelector("[data-rekb-count]");
    return {
      element, box, facet: box.name, value: box.value,
      not: element.querySelector("[data-rekb-not]"),
      count, number: Number(count.textContent),
      label: label.textContent.trim(), help: label.title,
      title: element.closest("details").querySelector("summary span").textContent,
    };
  });
  const byBox = new Map(choices.flatMap((choice) => [[choice.box, choice], [choice.not, choice]]));
  const UNKNOWN = "unknown";
  const silences = Object.entries(data.language.silences)
    .map(([facet, text]) => [facet, choices.find((choice) => choice.facet === facet && choice.value === UNKNOWN), text])
    .filter(([, choice]) => choice);
  const topicChoices = new Map(choices.filter((choice) => choice.facet === "topic").map((choice, place) => [choice.value, { ...choice, place }]));

  function topic(id) {
    const parts = id.split("/");
    const label = (path) => topicChoices.get(path)?.label ?? path;
    const trail = parts.slice(0, -1).map((_, depth) => label(parts.slice(0, depth + 1).join("/"))).join(" › ");
    const own = topicChoices.get(id);
    return { label: label(id), scope: own?.help ?? "", trail, place: own?.place ?? topicChoices.size };
  }

  const list = rekb.workList(part("rows"), index, data.texts, topic);
  const placeOf = new Map(list.works.map((work) => [work.key, work.place]));
  const offerSaving = rekb.saving(part("save"), list.works.length);
  const questions = [...page.querySelectorAll("[data-rekb-question]")]
    .map((element) => ({ element, query: rekb.writeState(rekb.readState(element.dataset.rekbQuestion)) }));

  let asked = null; // the order that a reader chose; else the best match of a search, or the newest
  let shown = [];
  let unboxed = []; // words of the address without a box: no work here has them, so nothing fits while they stand
  let ranks = null; // the ranking of all boxes, once it has been fetched
  let failed = false;
  const isNot = (choice) => choice.not.getAttribute("aria-pressed") === "true";
  const usual = () => (find.value.trim() ? "match" : "newest");

  function press(choice, on) {
    choice.not.setAttribute("aria-pressed", String(on));
    if (on) choice.box.checked = false;
  }

  function state() {
    const found = { wanted: {}, unwanted: {}, from: Number(from.value) || null, to: Number(to.value) || null };
    for (const choice of choices) {
      if (choice.box.checked) (found.wanted[choice.facet] ??= []).push(choice.value);
      if (isNot(choice)) (found.unwanted[choice.facet] ??= []).push(choice.value);
    }
    for (const { part: side, facet, word } of unboxed) (found[side][facet] ??= []).push(word);
    return found;
  }

  /* The index is fetched when the field is used first, or by an address that has words. */
  function fetchRanks() {
    if (ranks || failed) return;
    rekb.search.load(new URL(page.dataset.rekbRoot, location.href))
      .then((loaded) => { ranks = loaded; }, () => { failed = true; })
      .then(() => { if (find.value.trim()) update(); });
  }

  function search(text) {
    const hits = ranks.find(text, ["work"]);
    const scores = new Float64Array(list.works.length);
    for (const { document: work, score } of hits) scores[placeOf.get(work.id)] = score;
    return { scores, partly: hits.length > 0 && !hits[0].isWhole };
  }

  function found(text) {
    let said = shown.length === list.works.length ? `${shown.length} works` : `${shown.length} of ${list.works.length} works`;
    if (text && failed) said += "; the search could not be loaded";
    return said;
  }

  /* Showing */
  function update() {
    const current = state();
    const text = find.value.trim();
    if (text && !ranks && !failed) { fetchRanks(); return; }
    const { scores, partly } = text && ranks ? search(text) : { scores: null, partly: false };
    const also = scores ? setOf((work) => scores[work.place]) : null;
    const set = basket.only() ? setOf((work) => basket.keys().has(work.key)) : index.matching(current, also);
    const cards = views.some((view) => view.dataset.rekbView === "cards" && view.getAttribute("aria-pressed") === "true");
    sort.value = asked ?? usual();
    sort.querySelector('[value="match"]').disabled = !text;
    shown = list.show(set, { order: sort.value, scores, grouped: group.value === "topic", cards, wanted: current.wanted });
    count(current, also);
    chips(current, text);
    jumps();
    const filters = rekb.writeState(stated(current));
    for (const question of questions) question.element.hidden = basket.only() || Boolean(text) || question.query !== filters;
    part("status").textContent = `${found(text)}${partly && shown.length ? "; none has every word" : ""}`;
    part("done").textContent = shown.length === 1 ? "Show 1 work" : `Show ${shown.length} works`;
    part("empty").hidden = shown.length > 0;
    const others = shown.length - list.drawn().length;
    part("more").hidden = others === 0;
    part("more").textContent = `Show the other ${others}`;
    basket.makePicks(list.drawn());
    offerSaving(shown.map((work) => work.key));
    page.dataset.rekbReady = "";
  }

  /* The state without those works that were let in although they do not say: it still answers the same question. */
  function stated(current) {
    const wanted = { ...current.wanted };
    for (const [facet] of silences) wanted[facet] &&= wanted[facet].filter((word, _, words) => word !== UNKNOWN || words.length === 1);
    return { ...current, wanted: Object.fromEntries(Object.entries(wanted).filter(([, words]) => words)) };
  }

  /* Works that fit but for a facet of which their authors, as far as is known, say nothing. */
  function offerSilent(left, current) {
    const offers = silences.flatMap(([facet, choice, text]) => {
      const asked = current.wanted[facet];
      const number = asked && !choice.box.checked && !isNot(choice) ? left(facet, UNKNOWN) : 0;
      if (!number) return [];
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-link";
      button.textContent = number === 1 ? "Show it too" : "Show them too";
      button.addEventListener("click", () => { choice.box.checked = true; changed(); part("status").focus(); });
      const offer = document.createElement("span");
      offer.append(`${number === 1 ? "1 more fits" : `${number} more fit`} otherwise, but ${text}. `, button);
      return [offer];
    });
    part("silent").replaceChildren(...offers);
    part("silent").hidden = basket.only() || offers.length === 0;
  }

  function setOf(test) {
    const set = rekb.sets.none(index.size);
    for (const work of list.works) if (test(work)) rekb.sets.add(set, work.place);
    return set;
  }

  function count(current, also) {
    const left = index.counter(current, also);
    for (const choice of choices) {
      const number = left(choice.facet, choice.value);
      if (choice.number === number) continue;
      choice.number = number;
      choice.count.textContent = String(number);
      choice.element.classList.toggle("rekb-choice--none", number === 0);
    }
    offerSilent(left, current);
    const years = index.yearCounts(current, also);
    for (const select of [from, to]) {
      for (const option of select.options) {
        const text = `${option.value} (${years.get(Number(option.value)) ?? 0})`;
        if (option.value && option.textContent !== text) option.textContent = text;
      }
    }
  }

  /* One button for each filter that is on, behind the name of its facet. */
  function chips(current, text) {
    const made = [];
    let named = "";
    const chip = (facet, label, remove) => {
      const item = document.createElement("li");
      if (facet !== named) item.append(Object.assign(document.createElement("span"), { textContent: facet }), " ");
      named = facet;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-remove";
      button.textContent = label;
      button.setAttribute("aria-label", facet ? `Remove filter ${facet} ${label}` : label);
      button.addEventListener("click", () => { remove(); changed(); });
      item.append(button);
      made.push(item);
    };
    for (const choice of choices) if (choice.box.checked) chip(choice.title, choice.label, () => { choice.box.checked = false; });
    for (const choice of choices) if (isNot(choice)) chip(`${choice.title}: not`, choice.label, () => press(choice, false));
    for (const other of unboxed) {
      const facet = other.part === "wanted" ? other.facet : `${other.facet}: not`;
      chip(facet, other.word, () => { unboxed = unboxed.filter((one) => one !== other); });
    }
    if (current.from !== null) chip("Year from", String(current.from), () => { from.value = ""; });
    if (current.to !== null) chip("Year to", String(current.to), () => { to.value = ""; });
    if (text) chip("Found by", `“${text}”`, () => { find.value = ""; });
    const number = made.length;
    toggle.textContent = number ? `Filters (${number})` : "Filters";
    if (number > 1) chip("", "Clear all", clear);
    part("active").replaceChildren(...made);
  }

  /* The groups at a glance, each a way down to it. */
  function jumps() {
    const made = list.headings().map(({ head, label, count: number }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-link";
      button.textContent = label;
      button.addEventListener("click", () => { head.scrollIntoView(); head.querySelector("a").focus({ preventScroll: true }); });
      item.append(button, ` ${number}`);
      return item;
    });
    part("jumps").replaceChildren(...made);
    part("jumps").hidden = made.length < 2;
  }

  function clear() {
    for (const choice of choices) { choice.box.checked = false; press(choice, false); }
    for (const field of [find, from, to]) field.value = "";
    unboxed = [];
  }

  /* The address */
  function address() {
    const rest = new URLSearchParams();
    if (find.value.trim()) rest.set("find", find.value.trim());
    if (asked && asked !== usual()) rest.set("sort", asked);
    if (group.value) rest.set("group", group.value);
    const view = new URLSearchParams(location.search).get("view");
    if (view) rest.set("view", view);
    const text = [rekb.writeState(state()), rest.toString()].filter(Boolean).join("&");
    return text ? `?${text}` : location.pathname;
  }

  function restore() {
    const query = new URLSearchParams(location.search);
    const current = rekb.readState(location.search);
    for (const choice of choices) {
      choice.box.checked = current.wanted[choice.facet]?.includes(choice.value) ?? false;
      press(choice, (!choice.box.checked && current.unwanted[choice.facet]?.includes(choice.value)) ?? false);
      if (choice.box.checked || isNot(choice)) choice.element.closest("details").open = true;
    }
    const boxed = new Set(choices.map((choice) => `${choice.facet}=${choice.value}`));
    unboxed = ["wanted", "unwanted"].flatMap((side) => Object.entries(current[side])
      .flatMap(([facet, words]) => words.map((word) => ({ part: side, facet, word }))))
      .filter(({ facet, word }) => !boxed.has(`${facet}=${word}`));
    for (const [select, year] of [[from, current.from], [to, current.to]]) {
      select.value = year ?? "";
      if (select.selectedIndex < 0) select.value = "";
      if (select.value) select.closest("details").open = true;
    }
    find.value = query.get("find") ?? "";
    asked = [...sort.options].some((option) => option.value === query.get("sort")) ? query.get("sort") : null;
    group.value = query.get("group") === "topic" ? "topic" : "";
    showView(query.get("view") ?? remembered());
    update();
  }

  /* The address first: writing it makes the browser lay out the page, which is cheap as long as nothing has changed. */
  function changed(replace) {
    const target = address();
    const same = target === location.search || (target === location.pathname && !location.search);
    if (!same && replace) history.replaceState(null, "", target);
    else if (!same) history.pushState(null, "", target);
    update();
  }

  /* Table or cards: in the address where a reader chose one here, and remembered. */
  function remembered() {
    try { return localStorage.getItem("rekb.view"); } catch { return null; }
  }
  function showView(name) {
    for (const view of views) view.setAttribute("aria-pressed", String(view.dataset.rekbView === (name === "cards" ? "cards" : "table")));
  }
  function chooseView(name) {
    try { localStorage.setItem("rekb.view", name); } catch { /* not remembered then */ }
    const query = new URLSearchParams(location.search);
    query.set("view", name);
    history.replaceState(null, "", `?${query.toString().replaceAll("%2F", "/")}`);
    showView(name);
    update();
  }

  function download(button) {
    const keys = button.dataset.rekbScope === "selected" ? basket.keys() : new Set(shown.map((work) => work.key));
    rekb.download(button.dataset.rekbDownload, keys)
      .catch(() => { part("status").textContent = "The file could not be read; the downloads page has it whole."; });
  }

  /* Keys; the header's own search listens to "/" as well, so ours are taken before it hears them. */
  const keys = {
    "/": () => { find.focus(); find.select(); },
    j: () => list.move(1),
    k: () => list.move(-1),
    x: () => { if (list.current()) basket.toggle(list.current()); },
  };
  const arrows = { ArrowDown: 1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    const typing = event.target.matches("select, textarea, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inRow = event.target.closest("[data-rekb-rows] tr");
    const act = keys[event.key] ?? (inRow && arrows[event.key] ? () => list.move(arrows[event.key]) : null);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, { capture: true });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const choice = byBox.get(event.target);
    if (choice?.box.checked) press(choice, false);
    changed();
  });
  form.addEventListener("click", (event) => {
    const choice = byBox.get(event.target);
    if (choice?.not !== event.target) return;
    press(choice, !isNot(choice));
    changed();
  });
  let searching = false;
  find.addEventListener("input", () => { changed(searching); searching = find.value !== ""; });
  find.addEventListener("focus", fetchRanks);
  find.addEventListener("blur", () => { searching = false; });
  sort.addEventListener("change", () => { asked = sort.value === usual() ? null : sort.value; changed(); });
  group.addEventListener("change", () => changed());
  for (const view of views) view.addEventListener("click", () => chooseView(view.dataset.rekbView));
  for (const button of page.querySelectorAll("[data-rekb-download]")) button.addEventListener("click", () => download(button));
  /* On a narrow screen the filters stand in for the works until a reader asks for these again. */
  function showFilters(open) {
    page.classList.toggle("rekb-explore--filters", open);
    toggle.setAttribute("aria-expanded", String(open));
    (open ? form.querySelector("summary") : toggle).focus();
    (open ? form : toggle).scrollIntoView({ block: open ? "start" : "center" });
  }
  toggle.addEventListener("click", () => showFilters(true));
  part("done").addEventListener("click", () => showFilters(false));
  const drawAll = () => { list.drawAll(); update(); list.revealAll(); };
  part("more").addEventListener("click", drawAll);
  addEventListener("beforeprint", drawAll);
  addEventListener("popstate", () => { restore(); list.revealAll(); }); // the browser scrolls back to where the reader was

  const basket = rekb.basket(part("basket"), part("rows"), list.works, () => update());
  for (const element of page.querySelectorAll("[data-rekb-scripted]")) element.hidden = false;
  restore();
})();
