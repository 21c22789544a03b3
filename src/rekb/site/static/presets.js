/* Explore: filters that people mean by one word, and what would help where nothing fits. Both write an address, as a reader
   would have it, and let explore.js read it. */
(function () {
  "use strict";
  const rekb = globalThis.rekb;
  const page = document.querySelector("[data-rekb-explore]");
  if (!page) return;
  const MOST = 4;
  const bar = page.querySelector("[data-rekb-presets]");
  const help = page.querySelector("[data-rekb-help]");
  const empty = page.querySelector("[data-rekb-empty]");
  const find = page.querySelector("[data-rekb-find]");
  const SIDES = ["wanted", "unwanted"];

  const now = () => rekb.readState(location.search);
  const wordsOf = (state) => SIDES.flatMap((side) => Object.entries(state[side]).flatMap(([facet, words]) => words.map((word) => ({ side, facet, word }))));

  function go(state, found = find.value.trim()) {
    const rest = new URLSearchParams(location.search);
    const kept = new URLSearchParams();
    for (const name of ["sort", "group", "view"]) if (rest.get(name)) kept.set(name, rest.get(name));
    if (found) kept.set("find", found);
    const text = [rekb.writeState(state), kept.toString()].filter(Boolean).join("&");
    history.pushState(null, "", text ? `?${text}` : location.pathname);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  /* Presets */
  const presets = [...bar.querySelectorAll("[data-rekb-preset]")].map((button) => ({ button, words: wordsOf(rekb.readState(button.dataset.rekbPreset)) }));
  const holds = (state, { side, facet, word }) => state[side][facet]?.includes(word) ?? false;

  function without(state, { side, facet, word }) {
    const copy = { ...state, [side]: { ...state[side] } };
    const left = copy[side][facet].filter((other) => other !== word);
    if (left.length) copy[side][facet] = left; else delete copy[side][facet];
    return copy;
  }
  function withWord(state, { side, facet, word }) {
    if (holds(state, { side, facet, word })) return state;
    return { ...state, [side]: { ...state[side], [facet]: [...state[side][facet] ?? [], word] } };
  }
  for (const { button, words } of presets) {
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") === "true";
      // What another preset that is on stands for stays.
      const others = presets.filter((one) => one.button !== button && one.button.getAttribute("aria-pressed") === "true").flatMap((one) => one.words);
      const isFree = (word) => !others.some((other) => other.side === word.side && other.facet === word.facet && other.word === word.word);
      go(isOn ? words.filter(isFree).reduce(without, now()) : words.reduce(withWord, now()));
    });
  }

  /* What each filter, left out alone, would leave; the words of a search are left out as one. */
  let index = null;
  function offers() {
    index ??= rekb.facetIndex(JSON.parse(page.querySelector("[data-rekb-data]").textContent));
    const state = now();
    const count = (other) => rekb.sets.count(index.matching(other));
    const text = find.value.trim();
    const found = text ? [{ label: `the words “${text}”`, count: count(state), act: () => go(state, "") }] : [];
    if (!text) {
      for (const one of wordsOf(state)) {
        const rest = without(state, one);
        found.push({ label: labelOf(one), count: count(rest), act: () => go(rest) });
      }
      if (state.from !== null || state.to !== null) {
        const rest = { ...state, from: null, to: null };
        found.push({ label: "the bounds of years", count: count(rest), act: () => go(rest) });
      }
    }
    const useful = found.filter((one) => one.count > 0);
    return (useful.length ? useful : alone(state, count)).sort((a, b) => b.count - a.count).slice(0, MOST);
  }

  /* Where leaving out one filter does not help: each of them alone. */
  function alone(state, count) {
    const bare = { wanted: {}, unwanted: {}, from: null, to: null };
    const each = wordsOf(state).filter(({ side }) => side === "wanted").map((one) => ({ one, rest: withWord(bare, one) }));
    return each.map(({ one, rest }) => ({ said: `Only ${labelOf(one)}`, count: count(rest), act: () => go(rest) }));
  }

  function labelOf({ side, facet, word }) {
    const box = page.querySelector(`input[name="${CSS.escape(facet)}"][value="${CSS.escape(word)}"]`);
    const label = box?.closest("label").textContent.trim() ?? word;
    return side === "wanted" ? `“${label}”` : `“not ${label}”`;
  }

  function draw() {
    const state = now();
    for (const { button, words } of presets) button.setAttribute("aria-pressed", String(words.every((word) => holds(state, word))));
    if (empty.hidden) { help.replaceChildren(); return; }
    help.replaceChildren(...offers().map(({ label, said = `Without ${label}`, count, act }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-link";
      button.textContent = `${said}: ${count} ${count === 1 ? "work" : "works"}`;
      button.addEventListener("click", act);
      item.append(button);
      return item;
    }));
  }

  // Said by explore.js each time it has shown something.
  new MutationObserver(draw).observe(page, { attributes: true, attributeFilter: ["data-rekb-ready"] });
  bar.hidden = false;
  draw();
})();
