/* The search boxes: the header's, the large ones of the home page and of the page for wrong addresses, and what explore and
   compare share with them. The index and ranking.js, which says what a question means, are fetched when a box is first used. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  rekb.search = {};
  const TITLES = { work: "Works", topic: "Topics", author: "Authors", model: "Models", help: "Help" };
  const MOST = { work: 8, topic: 4, author: 3, model: 3, help: 3 };
  const made = new Map();

  function script(address) {
    return new Promise((done, failed) => {
      const node = document.createElement("script");
      node.onload = done;
      node.onerror = failed;
      node.src = address.href;
      document.head.append(node);
    });
  }

  /* The ranking of the site at `root`; the second box on a page is given the same. */
  rekb.search.load = function (root) {
    const address = new URL("assets/rekb/search.json", root).href;
    if (!made.has(address)) {
      const content = fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      });
      const asked = Promise.all([content, script(new URL("assets/rekb/ranking.js", root))]).then(([found]) => rekb.ranking.ranking(found));
      made.set(address, asked);
      asked.catch(() => made.delete(address));
    }
    return made.get(address);
  };

  function element(tag, name, text) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    return node;
  }

  function hit(found, root, lineOf, choose) {
    const link = element("a", "md-search-result__link rekb-hit");
    link.href = new URL(rekb.ranking.pathOf(found), root).href;
    const called = found.kind === "work" ? found.names?.[0] ?? "" : "";
    const title = called && !found.title.startsWith(called) ? `${called}: ${found.title}` : found.title;
    for (const [part, text] of [["title", title], ["note", found.note], ["line", lineOf(found)]]) {
      if (text) link.append(element("span", `rekb-hit__${part}`, text));
    }
    if (choose) link.addEventListener("click", (event) => { event.preventDefault(); choose(found); });
    const item = element("li", "md-search-result__item");
    item.append(link);
    return item;
  }

  function group({ kind, hits }, { root, lineOf, choose, question }) {
    const made = element("section", "rekb-hits");
    made.setAttribute("aria-label", TITLES[kind]);
    const head = element("p", "rekb-hits__kind", TITLES[kind]);
    head.append(" ", element("span", "rekb-count", String(hits.length)));
    const list = element("ol", "rekb-hits__list");
    list.append(...hits.slice(0, MOST[kind]).map(({ document: found }) => hit(found, root, lineOf, choose)));
    made.append(head, list);
    if (kind === "work" && hits.length > MOST.work && !choose) {
      const all = element("a", "rekb-hits__all", `All ${hits.length} works in Explore`);
      all.href = new URL(`explore/?find=${encodeURIComponent(question)}`, root).href;
      made.append(all);
    }
    return made;
  }

  function told(found, question) {
    if (!found.length) return `Nothing found for “${question}”; try fewer or other words`;
    const parts = rekb.ranking.groups(found).map(({ kind, hits }) => `${hits.length} ${(hits.length === 1 ? TITLES[kind].replace(/s$/, "") : TITLES[kind]).toLowerCase()}`);
    return found[0].isWhole ? parts.join(", ") : `Nothing has every word; ${parts.join(", ")} with most of them`;
  }

  /* A field with results below it. `choose` is given what a reader picks; without it a pick is a link.
     What it returns: the hits of now, and ways to show and empty the list. */
  rekb.search.box = function ({ box, field, panel, status, root, kinds, choose }) {
    const hint = status.textContent;
    let found = [];
    let index = null;
    function show() {
      const question = field.value.trim();
      found = index && question ? index.find(question, kinds) : [];
      status.textContent = question && index ? told(found, question) : hint;
      panel.replaceChildren(...(index ? rekb.ranking.groups(found) : []).map((one) => group(one, { root, lineOf: index.lineOf, choose, question })));
      panel.hidden = !found.length;
    }
    function load() {
      return rekb.search.load(root)
        .then((loaded) => { if (!index) { index = loaded; show(); } })
        .catch(() => { status.textContent = "The search could not be loaded"; });
    }
    function step(by) {
      const links = [...panel.querySelectorAll("a")];
      const place = links.indexOf(document.activeElement) + by;
      if (place < 0) field.focus();
      else links[Math.min(place, links.length - 1)]?.focus();
    }
    field.addEventListener("focus", load);
    field.addEventListener("input", () => { if (index) show(); else load(); });
    box.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || !panel.querySelector("a")) return;
      event.preventDefault();
      step(by);
    });
    return { show, load, hits: () => found, first: () => panel.querySelector("a") };
  };

  /* The large boxes: the list is open while one is used; Enter opens what is surely meant, and else all that was found. */
  for (const form of document.querySelectorAll("[data-rekb-ask]")) {
    const part = (name) => form.querySelector(name);
    const field = part("input");
    const panel = part("[data-rekb-hits]");
    const box = rekb.search.box({
      box: form, field, panel, status: part("[role=status]"), root: new URL(form.dataset.rekbAsk, location.href),
    });
    const close = () => { panel.hidden = true; };
    form.addEventListener("submit", (event) => {
      if (!box.hits()[0]?.isSure) return;
      event.preventDefault();
      box.first().click();
    });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { field.focus(); close(); } });
    form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
    document.addEventListener("pointerdown", (event) => { if (!form.contains(event.target)) close(); });
    field.addEventListener("focus", () => { panel.hidden = !box.hits().length; });
  }

  /* The header's */
  const header = document.querySelector("[data-rekb-search]");
  if (!header) return;
  const form = header.querySelector("form");
  const field = header.querySelector("input");
  const toggle = document.getElementById("__search");
  const box = rekb.search.box({
    box: header, field, panel: header.querySelector("[data-rekb-hits]"), status: header.querySelector("[role=status]"),
    root: new URL(`${header.dataset.rekbBase}/`, location.href),
  });

  function open(yes) {
    if (toggle.checked !== yes) toggle.click();
    if (!yes) field.blur();
  }

  field.addEventListener("focus", () => open(true));
  form.addEventListener("reset", () => { setTimeout(() => { box.show(); field.focus(); }); });
  form.addEventListener("submit", (event) => {
    const first = box.first();
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  toggle.addEventListener("change", () => { if (toggle.checked) field.focus(); else field.blur(); });
  header.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
  header.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !header.contains(event.relatedTarget)) open(false);
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
    event.preventDefault();
    field.focus();
  });
})();
