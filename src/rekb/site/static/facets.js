/* Facets without a page: which works fit a state, and what each box would leave. The rules are those of
   kb/query.py, which says what an address means; tests/query_rows.json holds the two to the same works, and
   tests/test_browser_facets.py to the same counts.

   A set of works is a row of bits, so a filter is a handful of AND and OR over a few hundred numbers. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  /* The names of the query language, from the page's data once facetIndex has read them: facets in the order of an
     address, other names of them, and the facets that one effect must answer together (resource, then phase). */
  let language = { facets: [], aliases: {}, together: [] };

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
    for (const [name, word] of query) {
      const bare = name.startsWith("not-") ? name.slice(4) : name;
      const facet = language.aliases[bare] ?? bare;
      if (!word || !language.facets.includes(facet)) continue;
      const words = ((name === bare ? state.wanted : state.unwanted)[facet] ??= []);
      if (!words.includes(word)) words.push(word);
    }
    const isYear = (word) => /^[0-9]{4}$/.test(word);
    const bound = (...names) => {
      const [, first] = [...query].find(([name]) => names.includes(name)) ?? [];
      return isYear(first) ? Number(first) : null;
    };
    const years = query.getAll("year").filter(isYear).map(Number);
    state.from = bound("from", "since") ?? (years.length ? Math.min(...years) : null);
    state.to = bound("to", "until") ?? (years.length ? Math.max(...years) : null);
    return state;
  };

  rekb.writeState = function (state) {
    const query = new URLSearchParams();
    for (const facet of language.facets) for (const word of [...state.wanted[facet] ?? []].sort()) query.append(facet, word);
    for (const facet of language.facets) for (const word of [...state.unwanted[facet] ?? []].sort()) query.append(`not-${facet}`, word);
    if (state.from !== null) query.set("from", state.from);
    if (state.to !== null) query.set("to", state.to);
    return query.toString().replaceAll("%2F", "/");
  };

  /* The works of a page: `data` is what facets.columns wrote. */
  rekb.facetIndex = function (data) {
    const size = data.year.length;
    const sets = {};
    language = data.language;
    const [byResource, byPhase] = language.together;
    for (const facet in data.facets) {
      const { words, rows } = data.facets[facet];
      const bits = words.map(() => none(size));
      rows.forEach((places, work) => { for (const place of places) add(bits[place], work); });
      sets[facet] = new Map(words.map((word, place) => [word, bits[place]]));
    }
    const effects = [...sets.effect ?? []].map(([pair, bits]) => [...pair.split("@"), bits]);

    /* Works with one effect whose resource and phase are among these; no list stands for any. */
    function effectSet(wanted) {
      const found = none(size);
      const isAmong = (facet, word) => !wanted[facet] || wanted[facet].includes(word);
      for (const [resource, when, bits] of effects) {
        if (isAmong(byResource, resource) && isAmong(byPhase, when)) join(found, bits);
      }
      return found;
    }
    function either(facet, words) {
      if (language.together.includes(facet)) return effectSet({ [facet]: words });
      const found = none(size);
      for (const word of words) if (sets[facet]?.has(word)) join(found, sets[facet].get(word));
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
      if (language.together.some((facet) => wanted[facet])) made.effect = effectSet(wanted);
      for (const facet in wanted) if (!language.together.includes(facet)) made[facet] = either(facet, wanted[facet]);
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
          const part = language.together.includes(facet) ? "effect" : facet;
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
