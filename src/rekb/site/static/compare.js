/* The compare page: reads ?papers=a,b,c, fetches each work's small file and lays them side by side. */
(function () {
  "use strict";
  const page = document.querySelector("[data-rekb-compare]");
  if (!page) return;
  const most = Number(page.dataset.most);
  const NEARLY = 300; // a name beats an alias by more than this
  const labels = JSON.parse(page.dataset.labels);
  const own = JSON.parse(page.dataset.own ?? "[]");
  const form = page.querySelector("[data-rekb-compare-form]");
  const input = form.querySelector("input");
  const status = form.querySelector("[data-rekb-compare-status]");
  const target = page.querySelector("[data-rekb-compare-table]");
  const drawn = page.querySelector("[data-rekb-compare-charts]");
  const leave = page.querySelector("[data-rekb-leave]");
  const only = page.querySelector("[data-rekb-only-different]");
  const hint = page.querySelector("[data-rekb-compare-hint]");
  const known = new Set(page.dataset.keys.split(" "));

  function node(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    return made;
  }

  function list(values, draw, nothing = "none stated") {
    if (values === null || values === undefined) return node("span", "not stated", { class: "rekb-unknown" });
    if (!values.length) return node("span", nothing, { class: "rekb-none" });
    const made = node("ul");
    for (const value of values) {
      const item = node("li");
      item.append(draw(value));
      made.append(item);
    }
    return made;
  }

  function effect([resource, phase, how]) {
    const made = document.createDocumentFragment();
    made.append(node("strong", resource), ` (${phase.toLowerCase()}) `, node("span", how, { class: "rekb-small" }));
    return made;
  }

  function result(one) {
    const made = document.createDocumentFragment();
    made.append(node("strong", one.value), ` ${one.metric} `, node("span", one.conditions.join("; "), { class: "rekb-small" }), " ");
    made.append(one.url ? node("a", one.where, { href: one.url }) : one.where);
    if (one.read) made.append(" (", node("a", "read in a copy", { href: one.read }), ")");
    return made;
  }

  function reported(work) {
    return list(work.results.filter((one) => !work.tested.has(one.test)), result, work.tested.size ? "nothing else" : undefined);
  }

  /* One test that several works were put to: what it was across the table, and below it each work's number. */
  function drawTest(body, works, number, one) {
    const told = body.insertRow();
    told.className = "rekb-test";
    told.append(node("th", "Same test", { scope: "row" }));
    const what = told.insertCell();
    what.colSpan = works.length;
    what.append(node("strong", one.metric), " ", node("span", `${one.conditions.join("; ")} `, { class: "rekb-small" }));
    if (one.url) what.append(node("a", "source", { href: one.url }));
    const row = body.insertRow();
    row.className = "rekb-test__values";
    const name = node("th", null, { scope: "row" });
    name.append(node("span", one.metric, { class: "rekb-hidden" }));
    row.append(name);
    for (const work of works) {
      const value = work.results.find((found) => found.test === number)?.value;
      row.insertCell().append(value ? node("strong", value) : node("span", "not measured", { class: "rekb-unknown" }));
    }
  }

  /* Charts of the tests in which at least two of the works stand; they are fetched when there are such tests. */
  let charts = null;

  async function drawCharts(works, tests) {
    if (!tests.size) { drawn.replaceChildren(); return; }
    charts ??= fetch("charts.json").then((answer) => answer.ok ? answer.json() : []);
    const asked = new Set(works.map((work) => work.key));
    const fitting = (await charts).filter((chart) => chart.works.filter((key) => asked.has(key)).length > 1);
    if (works.some((work) => !keys().includes(work.key))) return; // another choice was made meanwhile
    const title = node("h2", "Measured side by side", { id: "same" });
    drawn.replaceChildren(...fitting.length ? [title] : [], ...fitting.map((chart) => figure(chart, asked)));
  }

  function figure(chart, asked) {
    const made = node("figure", null, { class: "rekb-figure" });
    const caption = node("figcaption");
    caption.append(node("b", chart.title), " ", node("span", chart.conditions.join(", "), { class: "rekb-small" }));
    if (chart.source) caption.append(" ", node("a", chart.source[0], { href: chart.source[1] }));
    const svg = new DOMParser().parseFromString(chart.svg, "image/svg+xml").documentElement;
    for (const link of svg.querySelectorAll("a")) {
      if (asked.has(/papers\/([^/]+)/.exec(link.getAttribute("href"))?.[1])) link.classList.add("rekb-chart--asked");
    }
    made.append(caption, document.importNode(svg, true));
    return made;
  }

  const chip = (kind) => (text) => node("span", text, { class: `rekb-chip rekb-chip--${kind}` });
  const rows = [
    [labels.saves, (work) => list(work.saves, effect)],
    [labels.costs, (work) => list(work.costs, effect)],
    [labels.needs, (work) => list(work.needs, chip("needs"), labels["no-needs"])],
    [labels.hardware, (work) => list(work.hardware, chip("plain"), labels["no-hardware"])],
    [labels.modality, (work) => list(work.modality, chip("plain"))],
    ...own.map(([name, title]) => [title, (work) => list(work.own?.[name], chip("plain"))]),
    ["Reported", reported],
    ["First public", (work) => node("span", String(work.year))],
    ["Cited from", (work) => node("span", work.venue)],
    ["Code", (work) => work.code ? node("a", "official code", { href: work.code }) : node("span", "none known", { class: "rekb-unknown" })],
    ["Topics", (work) => list(work.topics, ([label, path]) => node("a", label, { href: `../${path}` }))],
    [labels.summary, (work) => work.summary ? node("span", work.summary) : node("span", "not written", { class: "rekb-unknown" })],
  ].filter(([label]) => label); // a facet without words has no label

  /* What at least two of the works were measured in alike, by the number of the test. */
  function testsOf(works) {
    const seen = new Map();
    for (const work of works) for (const one of work.results) if (one.test !== undefined) seen.set(one.test, [...seen.get(one.test) ?? [], one]);
    return new Map([...seen].filter(([, found]) => found.length > 1).map(([number, [first]]) => [number, first]));
  }

  function keys() {
    const asked = (new URLSearchParams(location.search).get("papers") ?? "").split(",").filter(Boolean);
    return [...new Set(asked)].slice(0, most);
  }

  async function fetchWork(key) {
    if (!known.has(key)) return null;
    const answer = await fetch(`../papers/${encodeURIComponent(key)}/compare.json`);
    return answer.ok ? answer.json() : null;
  }

  /* What not all works have is marked; a row in which all agree steps back, and can be left out. */
  function mark(table) {
    for (const row of table.tBodies[0].rows) {
      const cells = [...row.cells].slice(1);
      if (row.classList.contains("rekb-test") || cells.length < 2) continue;
      const lists = cells.map((cell) => [...cell.querySelectorAll("li")]);
      const said = lists.map((lines) => lines.map((line) => (line.querySelector("strong, .rekb-chip") ?? line).textContent));
      const inAll = (text) => said.every((texts) => texts.includes(text));
      lists.forEach((lines, place) => lines.forEach((line, number) => line.classList.toggle("rekb-own", !inAll(said[place][number]))));
      row.classList.toggle("rekb-same", new Set(cells.map((cell) => cell.textContent)).size === 1);
    }
  }

  let shown = null; // what leaves the page: the table with its works
  only.addEventListener("change", () => target.classList.toggle("rekb-only-different", only.checked));

  function draw(works) {
    hint.hidden = works.length > 1;
    leave.hidden = works.length < 2;
    if (!works.length) { target.replaceChildren(); drawn.replaceChildren(); return; }
    const table = node("table", null, { class: "rekb-table rekb-table--compare" });
    const head = table.createTHead().insertRow();
    head.append(node("td"));
    for (const work of works) {
      const cell = node("th", null, { scope: "col" });
      cell.append(node("a", work.name, { href: `../papers/${work.key}/`, class: "rekb-work" }));
      cell.append(node("span", `${work.authors}`, { class: "rekb-work__authors" }));
      const remove = node("button", "remove", { type: "button", class: "rekb-not", "aria-label": `Remove ${work.name}` });
      remove.addEventListener("click", () => go(keys().filter((key) => key !== work.key)));
      cell.append(remove);
      head.append(cell);
    }
    const body = table.createTBody();
    const tests = testsOf(works);
    for (const work of works) work.tested = new Set(tests.keys());
    for (const [label, make] of rows) {
      if (make === reported) for (const [number, one] of tests) drawTest(body, works, number, one);
      const row = body.insertRow();
      row.append(node("th", label, { scope: "row" }));
      for (const work of works) row.insertCell().append(make(work));
    }
    mark(table);
    shown = { table, works };
    target.replaceChildren(table);
    drawCharts(works, tests);
  }

  async function update() {
    const asked = keys();
    const works = await Promise.all(asked.map(fetchWork));
    const missing = asked.filter((_, number) => !works[number]);
    status.textContent = missing.length ? `Not in the knowledge base: ${missing.join(", ")}` : "";
    draw(works.filter(Boolean));
  }

  function go(wanted) {
    history.pushState(null, "", wanted.length ? `?papers=${wanted.join(",")}` : location.pathname);
    update();
  }

  function add({ id }) {
    const now = keys();
    if (now.length >= most) { status.textContent = `${most} works fit side by side; remove one first.`; return; }
    input.value = "";
    box.show();
    input.focus();
    go([...new Set([...now, id])]);
  }

  /* Enter adds what is surely meant; of several works a reader chooses. */
  const box = globalThis.rekb.search.box({
    box: form, field: input, panel: form.querySelector("[data-rekb-hits]"), status,
    root: new URL(page.dataset.rekbRoot, location.href), kinds: ["work"], choose: add,
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await box.load();
    const hits = box.hits();
    const isCalled = (hit) => [hit.document.names?.[0], hit.document.title].some((name) => name?.toLowerCase() === input.value.trim().toLowerCase());
    const sure = hits.filter((hit) => hit.isSure && hit.score >= hits[0].score - NEARLY);
    if (sure.length === 1 || hits.length === 1 || (hits.length && isCalled(hits[0]))) add(hits[0].document);
    else if (hits.length) { status.textContent = `Which of these is meant by “${input.value.trim()}”?`; box.first().focus(); }
  });
  // leave.js is deferred, and there when the document has been read.
  addEventListener("DOMContentLoaded", () => globalThis.rekb.leaving(leave, new URL(page.dataset.rekbRoot, location.href), () => shown));
  addEventListener("popstate", update);
  form.hidden = false;
  update();
})();
