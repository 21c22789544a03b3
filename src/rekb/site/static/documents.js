/* What can be found, and which documents hold which words. The twin of rekb/kb/documents.py and of the index in
   rekb/kb/ranking.py; tests/search_rows.json holds both to one answer. */

/** @typedef {"work" | "topic" | "author" | "model" | "help"} Kind */

/**
 * What can be found; see rekb/site/outputs/search_index.py.
 * @typedef {object} Document
 * @property {Kind} kind
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {string} [line]
 * @property {string} [path]
 * @property {string[]} [names]
 * @property {string[]} [aliases]
 * @property {string[]} [identifiers]
 * @property {number[]} [topics] places of documents
 * @property {[venue: string, year: number][]} [places]
 * @property {number[]} [authors] places of documents, each counted from the one before
 * @property {string} [people]
 * @property {number[]} [words] places in the list of terms, each counted from the one before
 * @property {number} [links]
 */

/**
 * @typedef {object} Content
 * @property {Document[]} documents
 * @property {Record<string, string>} letters
 * @property {string[]} stop
 * @property {string} terms
 * @property {Record<string, string[]>} venues
 * @property {Record<string, import("./question.js").Scheme>} schemes
 */

const WEIGHT = { names: 20, title: 10, people: 8, place: 6, topics: 5, text: 1 };
const NAME = 3000;
/** What an alias is worth as a question. */
export const ALIAS = 2500;

/**
 * Places that are each counted from the one before, as places.
 * @param {number[]} distances
 */
function placesOf(distances) {
  let at = 0;
  return distances.map((distance) => (at += distance));
}

/**
 * @template Key
 * @param {Map<Key, Set<number>>} map
 * @param {Key} key
 * @param {number} number
 */
function into(map, key, number) {
  const held = map.get(key);
  if (held) held.add(number);
  else map.set(key, new Set([number]));
}

/**
 * Authors say only who they are; their titles and notes follow from that.
 * @param {Document} author
 */
export function completeAuthor(author) {
  const comma = author.id.indexOf(", ");
  author.title = comma < 0 ? author.id : `${author.id.slice(comma + 2)} ${author.id.slice(0, comma)}`;
  author.note = `Author · ${author.links} works`;
}

/**
 * Who signs a work: authors of several works by their places, and the others by name.
 * @param {Document} work
 * @param {Document[]} documents
 */
export function peopleOf(work, documents) {
  const several = placesOf(work.authors ?? []).map((place) => documents[place].title);
  return [...several, ...work.people ? work.people.split("; ") : []];
}

/**
 * Topics and all that are above them.
 * @param {number[]} topics
 * @param {Document[]} documents
 */
function withAbove(topics, documents) {
  /** @type {Set<number>} */
  const found = new Set();
  for (const topic of topics) {
    /** @type {number | undefined} */
    let at = topic;
    while (at !== undefined) {
      found.add(at);
      at = documents[at].topics?.[0];
    }
  }
  return found;
}

/**
 * Which documents hold which words, venues and identifiers.
 * @param {Content} content
 * @param {ReturnType<typeof import("./words.js").reader>} reading
 */
export function gather(content, { plainWords, squeeze, nameWords }) {
  const { documents } = content;
  /** Words to documents, each with the weight of the best place. @type {Map<string, Map<number, number>>} */
  const words = new Map();
  /** Venues with a year. @type {Map<string, Set<number>>} */
  const places = new Map();
  /** Identifiers. @type {Map<string, Set<number>>} */
  const named = new Map();
  /** Of each document its names, squeezed, with what each is worth. @type {[name: string, worth: number][][]} */
  const keys = [];
  const terms = content.terms.split(" ");
  /** Venues and people are in many documents: their words are worked out once. @type {Map<string, string[]>} */
  const spelled = new Map();
  const topicWords = documents.map((one) => new Set(one.kind === "topic" ? [one.title, ...one.names ?? []].flatMap(nameWords) : []));

  /** @param {string} text */
  function once(text) {
    const known = spelled.get(text);
    if (known) return known;
    const found = [...plainWords(text)];
    spelled.set(text, found);
    return found;
  }

  /**
   * @param {number} number
   * @param {Iterable<string>} found
   * @param {number} weight
   */
  function note(number, found, weight) {
    for (const word of found) {
      let held = words.get(word);
      if (!held) {
        held = new Map();
        words.set(word, held);
      }
      if ((held.get(number) ?? 0) < weight) held.set(number, weight);
    }
  }

  /**
   * @param {Document} one
   * @param {number} number
   */
  function noteNames(one, number) {
    /** @type {Map<string, number>} */
    const worth = new Map();
    const names = [...one.names ?? [], one.title, ...(one.kind === "author" ? [one.id] : [])];
    /** @type {[name: string, value: number][]} */
    const called = names.map((name) => [name, NAME]);
    for (const name of one.aliases ?? []) called.push([name, ALIAS]);
    for (const [name, value] of called) {
      note(number, nameWords(name), name === one.title ? WEIGHT.title : WEIGHT.names);
      const key = squeeze(name);
      if (key && !worth.has(key)) worth.set(key, value);
    }
    keys.push([...worth]);
  }

  /**
   * @param {Document} one
   * @param {number} number
   */
  function notePlaces(one, number) {
    for (const [venue, when] of one.places ?? []) {
      const year = String(when);
      for (const name of content.venues[venue] ?? [venue]) {
        note(number, [...once(name), year], WEIGHT.place);
        for (const end of [year, year.slice(2)]) into(places, once(name).join("") + end, number);
      }
    }
  }

  documents.forEach((one, number) => {
    noteNames(one, number);
    for (const person of peopleOf(one, documents)) note(number, once(person), WEIGHT.people);
    notePlaces(one, number);
    for (const topic of withAbove(one.topics ?? [], documents)) note(number, topicWords[topic], WEIGHT.topics);
    note(number, plainWords(one.line ?? ""), WEIGHT.text);
    note(number, placesOf(one.words ?? []).map((place) => terms[place]), WEIGHT.text);
    if (one.kind === "work") {
      note(number, [squeeze(one.id)], WEIGHT.people);
      into(named, `key:${one.id}`, number);
    }
    for (const name of one.identifiers ?? []) into(named, name, number);
  });
  return { words, places, named, keys };
}
