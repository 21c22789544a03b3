/* The one ranking of all search boxes: which documents a question means, best first. No page needed: it runs in a browser
   and in node. It is the twin of rekb/kb/ranking.py; tests/search_rows.json holds both to one answer, which is why all
   arithmetic is in whole numbers. */
import { ALIAS, gather, WEIGHT } from "./documents.js";
import { identifierPiece, letterPiece, piecesOf } from "./pieces.js";
import { identifiersOf, placesIn, signedBy, wordsOfAddress } from "./question.js";
import { allowedSlips, letterCount, letters, NEVER, reader, slips } from "./words.js";

/** @typedef {import("./documents.js").Kind} Kind */
/** @typedef {import("./documents.js").Document} Document */
/** @typedef {import("./documents.js").Content} Content */

/**
 * @typedef {object} Hit
 * @property {Document} document
 * @property {number} number its place
 * @property {number} score
 * @property {boolean} isWhole whether all of the question was found in it
 * @property {boolean} isSure whether it is what the question names
 */

/** @typedef {[word: string, surety: number]} Meant */

/** @type {Kind[]} */
const KINDS = ["work", "topic", "page", "author", "model", "help"];
/** @type {Record<Kind, number>} */
const LIKED = { topic: 80, page: 80, work: 20, author: 10, model: 5, help: 0 };
const IDENTIFIER = 5000;
const NAME_START = 1000;
const NAME_PART = 700;
const SIGNED = 2000;
const CORRECTED = 500;
const SLIP = 31;
const MOST_WORDS = 900;
const PLACE = 12;
const LONGEST = 300;

/**
 * How many bits a whole number takes: a logarithm without fractions.
 * @param {number} number
 */
const bitLength = (number) => 32 - Math.clz32(number);

/**
 * What a word counts at most that only begins as somebody's name: less than that name.
 * @param {number} weight
 */
const mostOfPart = (weight) => (weight === WEIGHT.people ? WEIGHT.text : WEIGHT.people - 1);

/**
 * The index of a site; it begins with the first piece and takes in others.
 * @param {Content} content what rekb/site/outputs/search_index.py writes
 */
export function makeIndex(content) {
  const reading = reader(content.letters);
  const { plainWords } = reading;
  const store = gather(content, reading);
  const { documents, words, places, named, keys, signed } = store;
  const pieces = piecesOf(content, store);
  const stop = new Set(content.stop);
  const identifiersIn = identifiersOf(content.schemes);
  /** What slips may mean, with the steps that it took to say so, until other words come. @type {Map<string, {may: Meant[], cost: number}>} */
  const corrections = new Map();
  /** All known words in order. @type {string[]} */
  let vocabulary = [];
  /** @type {number[]} */
  let bits = [];
  let steps = 0; // words compared and places read: a test of times would depend on the machine

  /** Put the words that a piece brought into their order. */
  function sortWords() {
    const fresh = store.takeFresh().sort();
    if (!fresh.length) return;
    corrections.clear();
    const before = vocabulary;
    vocabulary = [];
    let place = 0;
    for (const word of fresh) {
      while (place < before.length && before[place] < word) vocabulary.push(before[place++]);
      vocabulary.push(word);
    }
    while (place < before.length) vocabulary.push(before[place++]);
  }

  /** Which letters each known word has; worked out when a word may be a slip. */
  function bitsOfWords() {
    if (bits.length !== vocabulary.length) bits = vocabulary.map(letters);
    return bits;
  }

  /** @param {number} holders */
  const rarity = (holders) => (holders ? bitLength(Math.floor(documents.length / holders)) : 0);

  /**
   * The place of the first known word that is not before this one.
   * @param {string} word
   */
  function firstFrom(word) {
    let low = 0;
    let high = vocabulary.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (vocabulary[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {string} word */
  function starting(word) {
    /** @type {Meant[]} */
    const found = [];
    for (let place = firstFrom(word); place < vocabulary.length; place += 1) {
      const known = vocabulary[place];
      steps += 1;
      if (!known.startsWith(word)) break;
      found.push([known, known === word ? 100 : 40 + Math.floor(40 * word.length / known.length)]);
    }
    return found;
  }

  /**
   * What a slip may mean: at the next letter it is asked for again, and counts as much.
   * @param {string} word
   */
  function near(word) {
    const before = steps;
    const remembered = corrections.get(word);
    const may = remembered?.may ?? compared(word);
    const cost = remembered?.cost ?? steps - before;
    steps = before + cost;
    corrections.set(word, { may, cost });
    return may;
  }

  /**
   * The words that are a slip or two away; where none is, those that begin so.
   * @param {string} word
   */
  function compared(word) {
    const most = allowedSlips(word);
    /** @type {Meant[]} */
    const whole = [];
    /** @type {Meant[]} */
    const beginnings = [];
    if (!most) return whole;
    const own = letters(word);
    const lettersOf = bitsOfWords();
    vocabulary.forEach((known, place) => {
      if (letterCount(own & ~lettersOf[place]) > most || known.length < word.length - most) return; // a letter that is not there is a slip
      steps += word.length;
      const [apart, start] = slips(word, known, most);
      if (apart < NEVER) whole.push([known, Math.floor(30 / Math.max(apart, 1))]);
      else if (start < NEVER) beginnings.push([known, 8]);
    });
    return whole.length ? whole : beginnings;
  }

  /**
   * The words that begin so, and the singular.
   * @param {string} word
   */
  function beginning(word) {
    const found = starting(word);
    const single = word.slice(0, -1);
    if (word.length > 4 && word.endsWith("s") && words.has(single)) found.push([single, 80]);
    return found;
  }

  /**
   * Each known word that a word may mean, with how surely it does, of 100.
   * @param {string} word
   */
  function meant(word) {
    const found = beginning(word);
    return found.length ? found : near(word);
  }

  /**
   * How rare a word is that is one of a person's name; 0 for any other.
   * @param {string} word
   */
  function rarityOfName(word) {
    const weights = words.get(word) ?? new Map();
    for (const weight of weights.values()) if (weight === WEIGHT.people) return rarity(weights.size);
    return 0;
  }

  /**
   * @param {string} word
   * @param {Meant[]} may
   */
  function wordScores(word, may) {
    /** @type {Map<number, number>} */
    const best = new Map();
    const rareName = rarityOfName(word);
    for (const [known, surety] of may) {
      const weights = words.get(known) ?? new Map();
      const rare = rarity(weights.size);
      steps += weights.size;
      for (const [number, weight] of weights) {
        let score = Math.floor(weight * surety * rare / 100);
        if (rareName && known !== word) score = Math.min(score, mostOfPart(weight) * rareName);
        if (score > (best.get(number) ?? 0)) best.set(number, score);
      }
    }
    return best;
  }

  /** @param {string} place */
  function placeScores(place) {
    const numbers = places.get(place) ?? new Set();
    steps += numbers.size;
    const score = PLACE * rarity(numbers.size);
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const number of numbers) scores.set(number, score);
    return scores;
  }

  /**
   * The words that say what is wanted; all of them where none does.
   * @param {string[]} asked
   */
  function contentWords(asked) {
    const once = [...new Set(asked)];
    const kept = once.filter((word) => !stop.has(word));
    return kept.length ? kept : once;
  }

  /**
   * What the whole question is worth as a name, or as a part of one.
   * @param {number} number
   * @param {string} whole
   */
  function phrase(number, whole) {
    let best = 0;
    for (const [key, worth] of keys[number]) {
      let found = 0;
      if (key === whole) found = worth;
      else if (whole.length > 1 && key.startsWith(whole)) found = NAME_START + Math.floor(800 * whole.length / key.length);
      else if (whole.length > 5 && key.includes(whole)) found = NAME_PART + Math.floor(400 * whole.length / key.length);
      best = Math.max(best, found);
    }
    return best;
  }

  /**
   * The word that a mistyped one means most likely; a word that is known as it begins stays.
   * @param {string} word
   * @param {Meant[]} may
   */
  function likeliest(word, may) {
    /** @type {Meant} */
    let best = [word, 0];
    for (const one of may) if (one[1] > best[1]) best = one;
    return best[1] < SLIP ? best[0] : word;
  }

  /**
   * How many scores a document has, and their sum.
   * @param {number} number
   * @param {Map<number, number>[]} scores
   */
  function sumOf(number, scores) {
    let matched = 0;
    let sum = 0;
    for (const score of scores) {
      const own = score.get(number);
      if (own === undefined) continue;
      matched += 1;
      sum += own;
    }
    return { matched, sum };
  }

  /**
   * @param {string} question
   * @param {Kind[]} kinds
   * @returns {Hit[]}
   */
  function byWords(question, kinds) {
    const asked = [...plainWords(question)];
    const whole = asked.join("");
    if (!whole) return [];
    const { found: venues, left } = placesIn(asked, places);
    const may = new Map(contentWords(left).map((word) => [word, meant(word)]));
    const scores = [...venues.map(placeScores), ...[...may].map(([word, some]) => wordScores(word, some))];
    const own = signedBy(asked, signed);
    const corrected = asked.map((word) => likeliest(word, may.get(word) ?? [])).join("");
    /** @type {(Hit & {matched: number})[]} */
    const found = [];
    documents.forEach((document, number) => {
      if (!kinds.includes(document.kind)) return;
      let worth = phrase(number, whole);
      if (corrected !== whole) worth = Math.max(worth, phrase(number, corrected) - CORRECTED);
      if (own.has(number)) worth = Math.max(worth, SIGNED);
      const { matched, sum } = sumOf(number, scores);
      if (!worth && !matched) return;
      const liked = LIKED[document.kind] + 7 * bitLength(document.links ?? 0);
      const score = worth + Math.min(sum, MOST_WORDS) + liked;
      found.push({ document, number, matched, score, isWhole: worth > 0 || matched === scores.length, isSure: worth >= ALIAS });
    });
    const hasWhole = found.some((hit) => hit.isWhole);
    const most = found.reduce((so, hit) => Math.max(so, hit.matched), 0);
    const kept = found.filter((hit) => (hasWhole ? hit.isWhole : hit.matched === most));
    return kept.sort((a, b) => b.score - a.score || a.number - b.number);
  }

  /** @param {string} question */
  const shortened = (question) => [...question].slice(0, LONGEST).join("");

  /**
   * What a question means, best first. Where something holds all words, what lacks one is left out; otherwise what holds
   * most is returned. An identifier that nothing here has finds nothing, for its digits mean nothing else.
   * @param {string} asked
   * @param {Kind[]} [kinds]
   * @returns {Hit[]}
   */
  function find(asked, kinds = KINDS) {
    const question = shortened(asked);
    const { found, sure } = identifiersIn(question);
    const exact = new Set([...found].flatMap((name) => [...named.get(name) ?? []]));
    if (!exact.size && !sure) return byWords(wordsOfAddress(question), kinds);
    const hits = [...exact].sort((a, b) => a - b)
      .map((number) => ({ document: documents[number], number, score: IDENTIFIER, isWhole: true, isSure: true }));
    return hits.filter((hit) => kinds.includes(hit.document.kind));
  }

  /**
   * The pieces that a word needs: those of its letter; where it is a slip, those of what it may mean.
   * @param {string} word
   */
  function piecesOfWord(word) {
    const own = letterPiece(word);
    if (!pieces.has(own)) return [own];
    if (!allowedSlips(word) || beginning(word).length) return [];
    if (!pieces.has("spellings")) return ["spellings"];
    return near(word).map(([other]) => letterPiece(other));
  }

  /**
   * The pieces that are still needed to answer a question; more may be needed once they are there.
   * @param {string} text
   * @returns {string[]}
   */
  function missing(text) {
    const question = shortened(text);
    const { found, sure } = identifiersIn(question);
    const inPieces = [...found].filter((name) => !name.startsWith("key:")); // keys are those of the works
    const asked = inPieces.map((name) => identifierPiece(name, content.identifierPieces));
    const lacks = pieces.lacking([...content.blocks, ...asked]);
    if (sure || lacks.length) return lacks;
    const asking = contentWords(placesIn([...plainWords(wordsOfAddress(question))], places).left);
    return pieces.lacking(asking.flatMap(piecesOfWord));
  }

  /**
   * Take in a piece.
   * @param {string} name
   * @param {any} piece what rekb/site/outputs/search_pieces.py writes under that name
   */
  function add(name, piece) {
    pieces.add(name, piece);
    sortWords();
  }

  sortWords();
  return { find, missing, add, linePiece: pieces.linePiece, lineOf: pieces.lineOf, documents, steps: () => steps };
}

/** @typedef {ReturnType<typeof makeIndex>} Index */

/**
 * What was found by kind: the kind of the best first, and help behind all else.
 * @param {Hit[]} found
 */
export function groups(found) {
  const made = KINDS.map((kind) => ({ kind, hits: found.filter((hit) => hit.document.kind === kind) }));
  const isHelp = (/** @type {{kind: Kind}} */ group) => Number(group.kind === "help");
  return made.filter(({ hits }) => hits.length)
    .sort((a, b) => isHelp(a) - isHelp(b) || b.hits[0].score - a.hits[0].score);
}

/**
 * The address of a document below the site's root; see path_of in rekb/site/outputs/search_pieces.py.
 * @param {Document} document
 */
export function pathOf({ kind, id, path }) {
  if (path) return path;
  if (kind === "author") return `authors/${id[0].toLowerCase()}/#${id.replace(/[\s,]+/g, "-")}`;
  return kind === "work" ? `papers/${id}/` : `topics/${id}/`;
}
