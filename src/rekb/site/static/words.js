/* Words as the search compares them: in one spelling, with slips forgiven. The twin of rekb/kb/words.py;
   tests/search_rows.json holds both to one answer. */

/** More slips than are ever forgiven. */
export const NEVER = 99;

/**
 * What reads words in one spelling: no accents, no capitals, -ise as -ize.
 * @param {Record<string, string>} special letters that are no accented ones, and what they become
 */
export function reader(special) {
  /** @param {string} text */
  function fold(text) {
    if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase().replace(/([iy])s/g, "$1z");
    const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    return bare.replace(/[^\0-\x7f]/gu, (sign) => special[sign] ?? sign).replace(/([iy])s/g, "$1z");
  }

  /** @param {string} text */
  const plainWords = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  /** @param {string} text */
  const squeeze = (text) => plainWords(text).join("");

  /**
   * The words of a name or title: NightLamp-2 is found by its parts and as one word.
   * @param {string} text
   */
  function nameWords(text) {
    const parts = text.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ");
    const pieces = text.split(/\s+/).map(squeeze);
    return [...plainWords(text), ...plainWords(parts), ...pieces, squeeze(text)].filter(Boolean);
  }

  return { plainWords, squeeze, nameWords };
}

/**
 * Which letters a word has, as bits: most words need no closer look then.
 * @param {string} word
 */
export function letters(word) {
  let bits = 0;
  for (const letter of word) bits |= 1 << ((letter.codePointAt(0) ?? 0) & 31);
  return bits;
}

/**
 * How many letters those bits mean.
 * @param {number} bits
 */
export function letterCount(bits) {
  let found = 0;
  for (let left = bits; left; left &= left - 1) found += 1;
  return found;
}

/**
 * How many slips a word may hold; none beside a digit, for GPT-4 is not a slip of GPT-3.
 * @param {string} word
 */
export function allowedSlips(word) {
  if (word.length < 4 || /[0-9]/.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * Whether two letters before these places are the same, in the other order.
 * @param {string} typed
 * @param {string} word
 * @param {number} i
 * @param {number} j
 */
function isSwap(typed, word, i, j) {
  return i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
}

/**
 * How many slips part `typed` from `word`, and from the nearest beginning of it; NEVER for more than `most`.
 * @param {string} typed
 * @param {string} word
 * @param {number} most
 * @returns {[whole: number, beginning: number]}
 */
export function slips(typed, word, most) {
  const length = Math.min(word.length, typed.length + most);
  let before = new Uint8Array(length + 1);
  let row = new Uint8Array(length + 1);
  let next = new Uint8Array(length + 1);
  for (let j = 0; j <= length; j += 1) row[j] = j;
  let beginning = 0;
  for (let i = 1; i <= typed.length; i += 1) {
    next[0] = i;
    beginning = i;
    for (let j = 1; j <= length; j += 1) {
      const other = typed[i - 1] === word[j - 1] ? 0 : 1;
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + other);
      if (isSwap(typed, word, i, j)) cost = Math.min(cost, before[j - 2] + 1);
      next[j] = cost;
      if (cost < beginning) beginning = cost;
    }
    if (beginning > most) return [NEVER, NEVER];
    [before, row, next] = [row, next, before];
  }
  const whole = length === word.length ? row[length] : NEVER;
  return [whole <= most ? whole : NEVER, beginning <= most ? beginning : NEVER];
}
