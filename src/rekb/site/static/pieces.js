/* The pieces of the search index: their names, and which of them are there. Written by rekb/site/outputs/search_pieces.py. */

/** @typedef {ReturnType<typeof import("./documents.js").gather>} Store */

/**
 * The piece that a folded word is in.
 * @param {string} word
 */
export function letterPiece(word) {
  if (/^[a-z]/.test(word)) return `words-${word[0]}`;
  return /^[0-9]/.test(word) ? "words-0" : "words-other";
}

/**
 * The piece that an identifier is in.
 * @param {string} name
 * @param {number} pieces how many there are
 */
export function identifierPiece(name, pieces) {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return `named-${sum % pieces}`;
}

/**
 * The pieces that are there.
 * @param {import("./documents.js").Content} content the first piece
 * @param {Store} store takes in the others
 */
export function piecesOf(content, store) {
  const { documents } = store;
  /** @type {Set<string>} */
  const taken = new Set();
  /** Lines by the number of their document. @type {Map<number, string>} */
  const lines = new Map();

  /**
   * @param {number} first
   * @param {string[]} texts
   */
  function addLines(first, texts) {
    texts.forEach((text, place) => lines.set(first + place, text));
  }

  return {
    has: (/** @type {string} */ name) => taken.has(name),
    /**
     * Those of some pieces that are not there, each once.
     * @param {string[]} names
     */
    lacking: (names) => [...new Set(names)].filter((name) => !taken.has(name)),
    /**
     * Take in a piece.
     * @param {string} name
     * @param {any} piece its form follows from the name
     */
    add(name, piece) {
      if (taken.has(name)) return;
      taken.add(name);
      const [part, place] = name.split("-");
      if (part === "words") store.addWords(piece);
      else if (part === "spellings") store.addSpellings(piece);
      else if (part === "named") store.addIdentifiers(piece);
      else if (part === "lines") addLines(Number(place) * content.linesOfAPiece, piece);
      else store.addBlock(piece);
    },
    /**
     * The piece that has the line of a document; "" where it is there, or stands with the document.
     * @param {number} number
     */
    linePiece(number) {
      const { kind, id } = documents[number];
      const isApart = kind === "work" || (kind === "topic" && !id.endsWith("/"));
      return isApart && !lines.has(number) ? `lines-${Math.floor(number / content.linesOfAPiece)}` : "";
    },
    /**
     * What is said of a document in a line; of an author, which works.
     * @param {number} number
     */
    lineOf(number) {
      const document = documents[number];
      if (document.kind !== "author") return document.line ?? lines.get(number) ?? "";
      return store.worksOf(document).map((one) => one.names?.[0] ?? one.title).join(", ");
    },
  };
}
