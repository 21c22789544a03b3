/* The header's search: the index is fetched when the field is first used; names outrank titles, titles texts. */
(function () {
  "use strict";
  const box = document.querySelector("[data-rekb-search]");
  if (!box) return;
  const form = box.querySelector("form");
  const field = box.querySelector("input");
  const list = box.querySelector("ol");
  const status = box.querySelector("[role=status]");
  const toggle = document.getElementById("__search");
  const root = new URL(`${box.dataset.rekbBase}/`, location.href);
  const hint = status.textContent;
  const SHOWN = 12;
  const FIELDS = { names: 20, title: 10, people: 8, text: 1 };
  const KINDS = ["topics/", "papers/", "authors/"];
  let index = null;

  /* One spelling for each word: no accents, no capitals, and -ise as -ize. */
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/([iy])s/g, "$1z");
  }
  const squeeze = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "");
  const plainWords = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  /* The words of a name or title: NightLamp-2 is found by its parts and as one word. */
  function nameWords(text) {
    const parts = text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
    return [...plainWords(text), ...plainWords(parts), ...text.split(/\s+/).map(squeeze).filter(Boolean)];
  }

  /* The theme's own index holds HTML, ours plain text; a document that is never shown runs nothing. */
  const reader = new DOMParser();
  const plain = (html) => reader.parseFromString(html.replace(/</g, " <"), "text/html").body.textContent.replace(/\s+/g, " ").trim();

  function build(docs) {
    const words = new Map();
    docs.forEach((doc, number) => {
      doc.keys = [...new Set([...(doc.names ?? []), doc.title, doc.title.replace(/ \([^)]*\)$/, "")].map(squeeze))].filter(Boolean);
      const weights = new Map();
      const note = (found, weight) => {
        for (const word of found) if ((weights.get(word) ?? 0) < weight) weights.set(word, weight);
      };
      note((doc.names ?? []).flatMap(nameWords), FIELDS.names);
      note(nameWords(doc.title), FIELDS.title);
      note(plainWords(doc.people ?? ""), FIELDS.people);
      note(plainWords(doc.text), FIELDS.text);
      for (const [word, weight] of weights) {
        if (!words.has(word)) words.set(word, new Map());
        words.get(word).set(number, weight);
      }
    });
    return { docs, words };
  }

  /* How many slips two words are apart, Infinity above `most`: a letter more, less, other, or two swapped. */
  function slips(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return Infinity;
      [before, last] = [last, row];
    }
    return last[b.length] <= most ? last[b.length] : Infinity;
  }

  /* Each word of the index that a word of the question may mean, with how surely it does. */
  function meant(word) {
    const found = [];
    for (const known of index.words.keys()) {
      if (known.startsWith(word)) found.push([known, known === word ? 1 : 0.4 + 0.4 * word.length / known.length]);
    }
    const most = word.length >= 9 ? 2 : word.length >= 5 ? 1 : 0;
    if (found.length || !most) return found;
    for (const known of index.words.keys()) {
      const apart = slips(word, known, most);
      if (apart <= most) found.push([known, 0.3 / apart]);
    }
    return found;
  }

  function wordScores(words) {
    const total = new Map();
    const hits = new Map();
    for (const word of words) {
      const best = new Map();
      for (const [known, surety] of meant(word)) {
        const places = index.words.get(known);
        const rare = Math.log(1 + index.docs.length / places.size);
        for (const [number, weight] of places) best.set(number, Math.max(best.get(number) ?? 0, weight * surety * rare));
      }
      for (const [number, score] of best) {
        total.set(number, (total.get(number) ?? 0) + score);
        hits.set(number, (hits.get(number) ?? 0) + 1);
      }
    }
    return { total, hits };
  }

  /* What the whole question is worth as a name, or as half a title. */
  function phraseScore(doc, whole) {
    let best = 0;
    for (const key of doc.keys) {
      const share = whole.length / key.length;
      if (key === whole) best = Math.max(best, 3000);
      else if (whole.length > 1 && key.startsWith(whole)) best = Math.max(best, 1000 + 800 * share);
      else if (whole.length > 5 && key.includes(whole)) best = Math.max(best, 700 + 400 * share);
    }
    return best;
  }

  function search(question) {
    const words = [...new Set(plainWords(question))];
    const whole = squeeze(question);
    if (!whole) return [];
    const { total, hits } = wordScores(words);
    const scored = [];
    index.docs.forEach((doc, number) => {
      const phrase = phraseScore(doc, whole);
      const matched = hits.get(number) ?? 0;
      if (!phrase && !matched) return;
      const kind = KINDS.findIndex((start) => doc.location.startsWith(start));
      const liked = (kind < 0 ? 0 : 30 - 10 * kind) + 10 * Math.log1p(doc.links ?? 0);
      const full = phrase || matched === words.length;
      scored.push({ doc, full, matched, score: phrase + Math.min(total.get(number) ?? 0, 600) + liked });
    });
    const complete = scored.filter((hit) => hit.full);
    const most = Math.max(0, ...scored.map((hit) => hit.matched));
    const kept = complete.length ? complete : scored.filter((hit) => hit.matched === most);
    kept.sort((a, b) => b.score - a.score || (a.doc.location < b.doc.location ? -1 : 1));
    return kept.map((hit) => hit.doc);
  }

  function result(doc) {
    const item = document.createElement("li");
    item.className = "md-search-result__item";
    const link = document.createElement("a");
    link.className = "md-search-result__link rekb-hit";
    link.href = new URL(doc.location, root).href;
    for (const [name, text] of [["title", doc.title], ["note", doc.note ?? doc.text.slice(0, 120)]]) {
      const part = document.createElement("span");
      part.className = `rekb-hit__${name}`;
      part.textContent = text;
      if (text) link.append(part);
    }
    item.append(link);
    return item;
  }

  function show() {
    if (!index) return;
    const found = search(field.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(result));
    if (!squeeze(field.value)) status.textContent = hint;
    else status.textContent = found.length ? `${found.length} found` : "Nothing found; try fewer or other words";
  }

  let asked = null;
  function load() {
    asked ??= fetch(new URL("search/search_index.json", root))
      .then((answer) => answer.json())
      .then((content) => {
        if (!content.plain) for (const doc of content.docs) Object.assign(doc, { title: plain(doc.title), text: plain(doc.text) });
        index = build(content.docs);
        show();
      })
      .catch(() => { asked = null; status.textContent = "The search could not be loaded"; });
  }

  function open(yes) {
    if (toggle.checked !== yes) toggle.click();
    if (!yes) field.blur();
  }

  function step(by) {
    const links = [...list.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement) + by;
    if (place < 0) field.focus();
    else links[Math.min(place, links.length - 1)]?.focus();
  }

  field.addEventListener("focus", () => { load(); open(true); });
  field.addEventListener("input", show);
  form.addEventListener("reset", () => { setTimeout(() => { show(); field.focus(); }); });
  form.addEventListener("submit", (event) => {
    const first = list.querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  toggle.addEventListener("change", () => { if (toggle.checked) field.focus(); else field.blur(); });
  box.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") open(false);
    else if (by) { event.preventDefault(); step(by); }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) open(false);
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
    event.preventDefault();
    field.focus();
  });
})();
