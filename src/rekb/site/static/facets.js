/* Facets without a page: which works fit a state, and what each box would leave. The rules are those of
   kb/query.py, which says what an address means; tests/query_rows.json holds the two to the same works, and
   tests/test_browser_facets.py to the same counts.

   A set of works is a row of bits, so a filter is a handful of AND and OR over a few hundred numbers. */

/**
 * A set of works; the bit at the place of a work says whether it is in.
 * @typedef {Uint32Array<ArrayBuffer>} Bits
 */

/**
 * The words that are asked for, by facet.
 * @typedef {Record<string, string[]>} Words
 */

/**
 * What an address asks for.
 * @typedef {{wanted: Words, unwanted: Words, from: number | null, to: number | null}} State
 */

/**
 * The names of the query language.
 * @typedef {object} Language
 * @property {string[]} facets in the order of an address
 * @property {Record<string, string>} aliases other names of facets
 * @property {string[]} together the facets that one effect must answer together (resource, then phase)
 */

/**
 * The facets of the works of a page, as facets/columns.py writes them.
 * @typedef {object} Columns
 * @property {number[]} year of each work
 * @property {Record<string, {words: string[], rows: number[][]}>} facets words, and of each work the places of its own
 * @property {Language} language
 */

/**
 * The names, from the page's data once facetIndex has read them.
 * @type {Language}
 */
let language = { facets: [], aliases: {}, together: [] };

/**
 * The set of no works.
 * @param {number} size
 * @returns {Bits}
 */
export const none = (size) => new Uint32Array((size + 31) >>> 5);

/**
 * The set of all works.
 * @param {number} size
 */
function all(size) {
  const bits = none(size).fill(0xffffffff);
  if (size & 31) bits[bits.length - 1] = 2 ** (size & 31) - 1;
  return bits;
}

/**
 * Put a work into a set.
 * @param {Bits} bits
 * @param {number} place
 */
export function add(bits, place) {
  bits[place >>> 5] |= 1 << (place & 31);
}

/**
 * Whether a work is in a set.
 * @param {Bits} bits
 * @param {number} place
 */
export const has = (bits, place) => ((bits[place >>> 5] >>> (place & 31)) & 1) === 1;

/**
 * @param {Bits} bits what the others are put into
 * @param {Bits} more
 */
function join(bits, more) {
  for (let i = 0; i < bits.length; i += 1) bits[i] |= more[i];
}

/**
 * @param {Bits} bits what keeps only what the other has
 * @param {Bits} other
 */
function meet(bits, other) {
  for (let i = 0; i < bits.length; i += 1) bits[i] &= other[i];
}

/**
 * @param {Bits} bits what loses all that the other has
 * @param {Bits} other
 */
function drop(bits, other) {
  for (let i = 0; i < bits.length; i += 1) bits[i] &= ~other[i];
}

/**
 * How many bits of a word are set.
 * @param {number} word
 */
function ones(word) {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * How many works are in both sets.
 * @param {Bits} bits
 * @param {Bits} other
 */
function common(bits, other) {
  let found = 0;
  for (let i = 0; i < bits.length; i += 1) found += ones(bits[i] & other[i]);
  return found;
}

/**
 * How many works are in a set.
 * @param {Bits} bits
 */
export const count = (bits) => common(bits, bits);

/** @param {string | null | undefined} word */
const yearOf = (word) => (word && /^[0-9]{4}$/.test(word) ? Number(word) : null);

/**
 * @param {Words} words
 * @param {string} facet
 * @param {string} word
 */
function addWord(words, facet, word) {
  words[facet] ??= [];
  if (!words[facet].includes(word)) words[facet].push(word);
}

/**
 * Read an address as a state.
 * @param {string} text the part behind the question mark
 * @returns {State}
 */
export function readState(text) {
  const query = new URLSearchParams(text);
  /** @type {State} */
  const state = { wanted: {}, unwanted: {}, from: null, to: null };
  for (const [name, word] of query) {
    const bare = name.startsWith("not-") ? name.slice(4) : name;
    const facet = language.aliases[bare] ?? bare;
    if (!word || !language.facets.includes(facet)) continue;
    addWord(name === bare ? state.wanted : state.unwanted, facet, word);
  }
  const years = query.getAll("year").map(yearOf).filter((year) => year !== null);
  const first = (/** @type {string[]} */ ...names) => yearOf([...query].find(([name]) => names.includes(name))?.[1]);
  state.from = first("from", "since") ?? (years.length ? Math.min(...years) : null);
  state.to = first("to", "until") ?? (years.length ? Math.max(...years) : null);
  return state;
}

/**
 * Write a state as an address, always in one order.
 * @param {State} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const facet of language.facets) {
    for (const word of [...state.wanted[facet] ?? []].sort()) query.append(facet, word);
  }
  for (const facet of language.facets) {
    for (const word of [...state.unwanted[facet] ?? []].sort()) query.append(`not-${facet}`, word);
  }
  if (state.from !== null) query.set("from", String(state.from));
  if (state.to !== null) query.set("to", String(state.to));
  return query.toString().replaceAll("%2F", "/");
}

/**
 * The works that have each word of a facet.
 * @param {{words: string[], rows: number[][]}} facet
 * @param {number} size
 */
function setsOf({ words, rows }, size) {
  const bits = words.map(() => none(size));
  rows.forEach((places, work) => {
    for (const place of places) add(bits[place], work);
  });
  return new Map(words.map((word, place) => [word, bits[place]]));
}

/**
 * The facets of fetched works, works that stand below a topic counted to it.
 * @param {import("./rows.js").Works & Columns} data whose facet `topic` has no rows
 */
export function withTopics({ facets, topics }) {
  if (!facets.topic) return facets;
  const { words } = facets.topic;
  const places = new Map(words.map((word, place) => [word, place]));
  const above = topics.words.map((topic) => {
    const steps = topic.split("/");
    return steps.map((_, depth) => places.get(steps.slice(0, depth + 1).join("/")) ?? 0);
  });
  const rowsOf = () => topics.rows.map((own) => [...new Set(own.flatMap((topic) => above[topic]))]);
  /** @type {number[][] | undefined} */
  let rows;
  return { ...facets, topic: { words, get rows() { return (rows ??= rowsOf()); } } };
}

/**
 * The works of a page.
 * @param {Columns} data
 */
export function facetIndex(data) {
  const size = data.year.length;
  language = data.language;
  const [byResource, byPhase] = language.together;
  /** @type {Record<string, Map<string, Bits>>} */
  const sets = {};
  const unread = Object.keys(data.facets);

  /**
   * The works that have each word of a facet; read when it is first asked for.
   * @param {string} facet
   */
  function wordsOf(facet) {
    if (data.facets[facet]) sets[facet] ??= setsOf(data.facets[facet], size);
    return sets[facet];
  }

  /** @type {{pair: [resource: string, phase: string], bits: Bits}[] | undefined} */
  let known;
  const effects = () => (known ??= [...wordsOf("effect") ?? []].map(([pair, bits]) => ({ pair: pairOf(pair), bits })));

  /**
   * Works with one effect whose resource and phase are among these; no list means any.
   * @param {Words} wanted
   */
  function effectSet(wanted) {
    const found = none(size);
    const isAmong = (/** @type {string} */ facet, /** @type {string} */ word) => !wanted[facet] || wanted[facet].includes(word);
    for (const { pair: [resource, when], bits } of effects()) {
      if (isAmong(byResource, resource) && isAmong(byPhase, when)) join(found, bits);
    }
    return found;
  }

  /**
   * Works with one of these words.
   * @param {string} facet
   * @param {string[]} words
   */
  function either(facet, words) {
    if (language.together.includes(facet)) return effectSet({ [facet]: words });
    const found = none(size);
    for (const word of words) {
      const bits = wordsOf(facet)?.get(word);
      if (bits) join(found, bits);
    }
    return found;
  }

  /**
   * @param {number | null} from
   * @param {number | null} to
   */
  function years(from, to) {
    const found = none(size);
    data.year.forEach((year, work) => {
      if ((from === null || year >= from) && (to === null || year <= to)) add(found, work);
    });
    return found;
  }

  /**
   * The parts that a state is made of, by name; a work fits when it is in all of them.
   * @param {State} state
   * @param {Bits | null} [also]
   */
  function parts(state, also) {
    const { wanted, unwanted } = state;
    /** @type {Record<string, Bits>} */
    const made = {};
    if (language.together.some((facet) => wanted[facet])) made.effect = effectSet(wanted);
    for (const facet in wanted) {
      if (!language.together.includes(facet)) made[facet] = either(facet, wanted[facet]);
    }
    if (state.from !== null || state.to !== null) made.year = years(state.from, state.to);
    const open = also ? also.slice() : all(size);
    for (const facet in unwanted) drop(open, either(facet, unwanted[facet]));
    made.open = open;
    return made;
  }

  /**
   * Works that are in all parts, one left out.
   * @param {Record<string, Bits>} made
   * @param {string} [but]
   */
  function within(made, but) {
    const found = all(size);
    for (const name in made) if (name !== but) meet(found, made[name]);
    return found;
  }

  return {
    size,
    /* Reads one more facet, as work in idle time does; says whether there are others. */
    readNext() {
      const facet = unread.pop();
      if (facet) wordsOf(facet);
      return unread.length > 0;
    },
    yearOf: (/** @type {number} */ work) => data.year[work],
    effectsOf: (/** @type {number} */ work) => data.facets.effect.rows[work].map((place) => pairOf(data.facets.effect.words[place])),
    /**
     * The works that fit.
     * @param {State} state
     * @param {Bits | null} [also] a set that the page adds: works that a search found
     */
    matching: (state, also) => within(parts(state, also)),
    /**
     * What each box would leave: with only it ticked in its facet, all else as it is.
     * @param {State} state
     * @param {Bits | null} [also]
     * @returns {(facet: string, word: string) => number}
     */
    counter(state, also) {
      const made = parts(state, also);
      /** @type {Record<string, Bits>} */
      const rest = {};
      return (facet, word) => {
        const together = language.together.includes(facet);
        const part = together ? "effect" : facet;
        rest[part] ??= within(made, part);
        const own = together ? effectSet({ ...state.wanted, [facet]: [word] }) : wordsOf(facet)?.get(word);
        return own ? common(rest[part], own) : 0;
      };
    },
    /**
     * How many works each year has, whatever the bounds.
     * @param {State} state
     * @param {Bits | null} [also]
     */
    yearCounts(state, also) {
      const rest = within(parts(state, also), "year");
      /** @type {Map<number, number>} */
      const counts = new Map();
      data.year.forEach((year, work) => {
        if (has(rest, work)) counts.set(year, (counts.get(year) ?? 0) + 1);
      });
      return counts;
    },
  };
}

/**
 * An effect is written resource@phase.
 * @param {string} text
 * @returns {[resource: string, phase: string]}
 */
function pairOf(text) {
  const [resource, phase] = text.split("@");
  return [resource, phase];
}

/** @typedef {ReturnType<typeof facetIndex>} FacetIndex */
