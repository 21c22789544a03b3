/* What can be found, and which documents hold which words. The twin of rekb/kb/documents.py and of the index in
   rekb/kb/ranking.py; tests/search_rows.json holds both to one answer. */

/** @typedef {"work" | "topic" | "page" | "author" | "model" | "help"} Kind */

/**
 * What can be found; see rekb/site/outputs/search_pieces.py.
 * @typedef {object} Document
 * @property {Kind} kind
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {string} [line] of works and topics it is in a piece of lines
 * @property {string} [path]
 * @property {string[]} [names]
 * @property {string[]} [aliases]
 * @property {number[]} [topics] numbers of documents
 * @property {[venue: string, year: number][]} [places]
 * @property {number[]} [works] of an author: numbers of documents, each counted from the one before
 * @property {string} [words] of hand-written help
 * @property {number} [links]
 */

/**
 * Words or identifiers with the numbers of the documents that hold them, each counted from the one before.
 * @typedef {Record<string, number[]>} Holders
 */

/**
 * Documents that follow each other, behind the number of the first.
 * @typedef {Record<string, Document[]>} Block
 */

/**
 * A piece of the index; which fields it has depends on its name.
 * @typedef {{documents: Block, sections?: Document[]}} BlockPiece
 * @typedef {{people: Holders, texts: Holders, signed: Holders}} WordPiece
 */

/**
 * The first piece.
 * @typedef {object} Content
 * @property {Block} documents
 * @property {number} total of documents, without hand-written help
 * @property {string[]} blocks names of the further blocks
 * @property {number} linesOfAPiece
 * @property {number} identifierPieces
 * @property {Record<string, string>} letters
 * @property {string[]} stop
 * @property {Record<string, string[]>} venues
 * @property {Record<string, import("./question.js").Scheme>} schemes
 */

/** What a word counts by where it is. */
export const WEIGHT = { names: 20, title: 10, people: 8, place: 6, topics: 5, text: 1 };
const NAME = 3000;
/** What an alias is worth as a question. */
export const ALIAS = 2500;

/**
 * Numbers that are each counted from the one before, as they are.
 * @param {number[]} distances
 */
function numbersOf(distances) {
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
  const numbers = map.get(key);
  if (numbers) numbers.add(number);
  else map.set(key, new Set([number]));
}

/**
 * Authors say only who they are; their titles and notes follow from that.
 * @param {Document} author
 */
function completeAuthor(author) {
  const comma = author.id.indexOf(", ");
  author.title = comma < 0 ? author.id : `${author.id.slice(comma + 2)} ${author.id.slice(0, comma)}`;
  author.note = `Author · ${author.links} ${author.links === 1 ? "work" : "works"}`;
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
 * Which documents hold which words, venues and identifiers, as far as they are there.
 * @param {Content} content
 * @param {ReturnType<typeof import("./words.js").reader>} reading
 */
export function gather(content, { plainWords, squeeze, nameWords }) {
  /** Documents by number; those of blocks that are not there are missing. @type {Document[]} */
  const documents = new Array(content.total);
  /** Words to documents, each with the weight of the best place. @type {Map<string, Map<number, number>>} */
  const words = new Map();
  /** Venues with a year. @type {Map<string, Set<number>>} */
  const places = new Map();
  /** Identifiers. @type {Map<string, Set<number>>} */
  const named = new Map();
  /** Names of people, each as one word. @type {Map<string, Set<number>>} */
  const signed = new Map();
  /** Of each document its names, squeezed, with what each is worth. @type {[name: string, worth: number][][]} */
  const keys = [];
  /** Words that were not there before. @type {string[]} */
  let fresh = [];
  /** Venues are in many documents: their words are worked out once. @type {Map<string, string[]>} */
  const spelled = new Map();
  /** What leads to the works of a topic. @type {Map<number, Set<string>>} */
  const topicWords = new Map();

  /** @param {string} text */
  function once(text) {
    const known = spelled.get(text);
    if (known) return known;
    const found = [...plainWords(text)];
    spelled.set(text, found);
    return found;
  }

  /**
   * @param {string} word
   * @returns {Map<number, number>}
   */
  function holdersOf(word) {
    const known = words.get(word);
    if (known) return known;
    const weights = new Map();
    words.set(word, weights);
    fresh.push(word);
    return weights;
  }

  /**
   * @param {number} number
   * @param {Iterable<string>} found
   * @param {number} weight
   */
  function note(number, found, weight) {
    for (const word of found) {
      const weights = holdersOf(word);
      if ((weights.get(number) ?? 0) < weight) weights.set(number, weight);
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
    keys[number] = [...worth];
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

  /** @param {number} topic */
  function wordsOfTopic(topic) {
    const known = topicWords.get(topic);
    if (known) return known;
    const { title, names = [] } = documents[topic];
    const found = new Set([title, ...names].flatMap(nameWords));
    topicWords.set(topic, found);
    return found;
  }

  /**
   * @param {Document} one
   * @param {number} number
   */
  function noteDocument(one, number) {
    noteNames(one, number);
    notePlaces(one, number);
    for (const topic of withAbove(one.topics ?? [], documents)) note(number, wordsOfTopic(topic), WEIGHT.topics);
    note(number, plainWords(one.line ?? ""), WEIGHT.text);
    note(number, one.words ? one.words.split(" ") : [], WEIGHT.text);
    if (one.kind !== "work") return;
    note(number, [squeeze(one.id)], WEIGHT.people);
    into(named, `key:${one.id}`, number);
  }

  /**
   * Take in documents.
   * @param {Block} block
   */
  function addDocuments(block) {
    const added = Object.entries(block).map(([start, list]) => ({ start: Number(start), list }));
    for (const { start, list } of added) list.forEach((one, place) => { documents[start + place] = one; });
    for (const { start, list } of added) {
      list.forEach((one, place) => {
        if (one.kind === "author") completeAuthor(one);
        noteDocument(one, start + place);
      });
    }
  }

  /**
   * @param {Holders} holders
   * @param {number} weight
   */
  function addWords(holders, weight) {
    for (const [word, distances] of Object.entries(holders)) {
      const weights = holdersOf(word);
      for (const number of numbersOf(distances)) if ((weights.get(number) ?? 0) < weight) weights.set(number, weight);
    }
  }

  addDocuments(content.documents);
  return {
    documents,
    words,
    places,
    named,
    keys,
    signed,
    /**
     * Take in a block of documents, hand-written help behind all else.
     * @param {BlockPiece} piece
     */
    addBlock({ documents: block, sections = [] }) {
      addDocuments(block);
      if (sections.length) addDocuments({ [content.total]: sections });
    },
    /**
     * Take in the words of texts and people that begin alike, and the names of people.
     * @param {WordPiece} piece
     */
    addWords({ people, texts, signed: names }) {
      addWords(people, WEIGHT.people);
      addWords(texts, WEIGHT.text);
      for (const [name, distances] of Object.entries(names)) {
        for (const number of numbersOf(distances)) into(signed, name, number);
      }
    },
    /**
     * Take in words that may be meant; the documents that hold them are in other pieces.
     * @param {string} spellings
     */
    addSpellings(spellings) {
      for (const word of spellings ? spellings.split(" ") : []) holdersOf(word);
    },
    /**
     * Take in identifiers.
     * @param {Holders} holders
     */
    addIdentifiers(holders) {
      for (const [name, numbers] of Object.entries(holders)) {
        for (const number of numbers) into(named, name, number);
      }
    },
    /** The words that came since this was asked last. */
    takeFresh() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    /**
     * Of an author, the works.
     * @param {Document} author
     */
    worksOf: (author) => numbersOf(author.works ?? []).map((number) => documents[number]),
  };
}
