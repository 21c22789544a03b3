/* Facets without a page: which works fit a state, and what each box would leave. The rules are those of
   site/facets/choice.py, which says what an address means; tests/test_browser_facets.py holds the two to the same
   counts.

   A set of works is a row of bits, so a filter is a handful of AND and OR over a few hundred numbers. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  const EFFECT = ["saves", "phase"];
  const BUILT_IN = [...EFFECT, "needs", "topic", "hardware", "modality", "costs", "venue", "code", "state"];
  let FACETS = BUILT_IN; // and those that a knowledge base adds, once facetIndex has read of them

  /* Sets of works */
  const none = (size) => new Uint32Array((size + 31) >>> 5);
  function all(size) {
    const bits = none(size).fill(0xffffffff);
    if (size & 31) bits[bits.length - 1] = 2 ** (size & 31) - 1;
    return bits;
  }
  const add = (bits, place) => { bits[place >>> 5] |= 1 << (place & 31); };
  const has = (bits, place) => (bits[place >>> 5] >>> (place & 31)) & 1;
  const join = (bits, more) => { for (let i = 0; i < bits.length; i += 1) bits[i] |= more[i]; return bits; };
  const meet = (bits, other) => { for (let i = 0; i < bits.length; i += 1) bits[i] &= other[i]; return bits; };
  const drop = (bits, other) => { for (let i = 0; i < bits.length; i += 1) bits[i] &= ~other[i]; return bits; };
  function ones(word) {
    let n = word - ((word >>> 1) & 0x55555555);
    n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
    return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  function common(bits, other) {
    let count = 0;
    for (let i = 0; i < bits.length; i += 1) count += ones(bits[i] & other[i]);
    return count;
  }
  rekb.sets = { none, all, add, has, meet, count: (bits) => common(bits, bits) };

  /* An address as a state, and back. */
  rekb.readState = function (text) {
    const query = new URLSearchParams(text);
    const state = { wanted: {}, unwanted: {}, from: null, to: null };
    const year = (name) => (/^\d{4}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null);
    for (const facet of FACETS) {
      const words = (name) => [...new Set(query.getAll(name).filter(Boolean))];
      if (query.has(facet)) state.wanted[facet] = words(facet);
      if (query.has(`not-${facet}`)) state.unwanted[facet] = words(`not-${facet}`);
      if (!state.wanted[facet]?.length) delete state.wanted[facet];
      if (!state.unwanted[facet]?.length) delete state.unwanted[facet];
    }
    state.from = year("from") ?? year("year");
    state.to = year("to") ?? year("year");
    return state;
  };

  rekb.writeState = function (state) {
    const query = new URLSearchParams();
    for (const facet of FACETS) for (const word of [...state.wanted[facet] ?? []].sort()) query.append(facet, word);
    for (const facet of FACETS) for (const word of [...state.unwanted[facet] ?? []].sort()) query.append(`not-${facet}`, word);
    if (state.from !== null) query.set("from", state.from);
    if (state.to !== null) query.set("to", state.to);
    return query.toString().replaceAll("%2F", "/");
  };

  /* The works of a page: `data` is what facets.columns wrote. */
  rekb.facetIndex = function (data) {
    const size = data.year.length;
    const sets = {};
    FACETS = [...BUILT_IN, ...data.own ?? []];
    for (const facet in data.facets) {
      const { words, rows } = data.facets[facet];
      const bits = words.map(() => none(size));
      rows.forEach((places, work) => { for (const place of places) add(bits[place], work); });
      sets[facet] = new Map(words.map((word, place) => [word, bits[place]]));
    }
    const effects = [...sets.effect ?? []].map(([pair, bits]) => [...pair.split("@"), bits]);

    /* Works with one effect whose resource and phase are among these; no list stands for any. */
    function effectSet({ saves, phase }) {
      const found = none(size);
      for (const [resource, when, bits] of effects) {
        if ((!saves || saves.includes(resource)) && (!phase || phase.includes(when))) join(found, bits);
      }
      return found;
    }
    function either(facet, words) {
      if (EFFECT.includes(facet)) return effectSet({ [facet]: words });
      const found = none(size);
      for (const word of words) if (sets[facet].has(word)) join(found, sets[facet].get(word));
      return found;
    }
    function years(from, to) {
      const found = none(size);
      data.year.forEach((year, work) => { if ((from === null || year >= from) && (to === null || year <= to)) add(found, work); });
      return found;
    }

    /* The parts that a state is made of, by name; a work fits when it is in all of them. */
    function parts(state, also) {
      const { wanted, unwanted } = state;
      const made = {};
      if (wanted.saves || wanted.phase) made.effect = effectSet(wanted);
      for (const facet in wanted) if (!EFFECT.includes(facet)) made[facet] = either(facet, wanted[facet]);
      if (state.from !== null || state.to !== null) made.year = years(state.from, state.to);
      const open = also ? also.slice() : all(size);
      for (const facet in unwanted) drop(open, either(facet, unwanted[facet]));
      made.open = open;
      return made;
    }
    function within(made, but) {
      const found = all(size);
      for (const name in made) if (name !== but) meet(found, made[name]);
      return found;
    }

    /* `also` is a set that the page adds: works that a search found. */
    return {
      size,
      yearOf: (work) => data.year[work],
      effectsOf: (work) => data.facets.effect.rows[work].map((place) => data.facets.effect.words[place].split("@")),
      matching: (state, also) => within(parts(state, also)),
      /* What each box would leave: with only it ticked in its facet, all else as it is. */
      counter(state, also) {
        const made = parts(state, also);
        const rest = {};
        return (facet, word) => {
          const part = EFFECT.includes(facet) ? "effect" : facet;
          rest[part] ??= within(made, part);
          const own = part === "effect" ? effectSet({ ...state.wanted, [facet]: [word] }) : sets[facet]?.get(word);
          return own ? common(rest[part], own) : 0;
        };
      },
      /* Works of each year, whatever the bounds. */
      yearCounts(state, also) {
        const rest = within(parts(state, also), "year");
        const counts = new Map();
        data.year.forEach((year, work) => { if (has(rest, work)) counts.set(year, (counts.get(year) ?? 0) + 1); });
        return counts;
      },
    };
  };
})();
