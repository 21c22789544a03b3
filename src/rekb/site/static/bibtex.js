/* A BibTeX text as entries with their places. The twin of what rekb/upkeep/bibliography.py reads;
   tests/bibliography_rows.json holds both to one answer. */

/**
 * An entry of the text.
 * @typedef {object} Entry
 * @property {string} key
 * @property {Record<string, string>} fields
 * @property {number} start
 * @property {number} end
 * @property {boolean} isReadable
 */

/**
 * The entries. What is no entry (@string, @comment, remarks) is passed over.
 * @param {string} text
 */
export function entriesOf(text) {
  /** @type {Entry[]} */
  const found = [];
  const start = /@(\w+)\s*\{/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const inside = start.lastIndex;
    const end = closing(text, inside - 1);
    if (end > 0) start.lastIndex = end;
    if (/^(?:string|comment|preamble)$/i.test(match[1])) continue;
    const entry = end < 0 ? null : read(text.slice(inside, end));
    found.push({ key: "", fields: {}, ...entry, isReadable: entry !== null, start: match.index, end: end + 1 });
  }
  return found;
}

/**
 * The place of the brace that closes the one at `open`; -1 where none does.
 * @param {string} text
 * @param {number} open
 */
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === "{") depth += 1;
    else if (text[i] === "}") depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}

/**
 * The key and the fields; null where they cannot be read.
 * @param {string} inside the braces of an entry
 */
function read(inside) {
  const comma = inside.indexOf(",");
  if (comma < 0) return null;
  /** @type {Record<string, string>} */
  const fields = {};
  const name = /\s*([\w-]+)\s*=\s*/y;
  name.lastIndex = comma + 1;
  for (let match = name.exec(inside); match; match = name.exec(inside)) {
    const [value, after] = valueAt(inside, name.lastIndex);
    if (after < 0) return null;
    fields[match[1].toLowerCase()] ??= value;
    const next = /\s*,?/y;
    next.lastIndex = after;
    next.exec(inside);
    name.lastIndex = next.lastIndex;
  }
  return { key: inside.slice(0, comma).trim(), fields };
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {[value: string, after: number]} and where it ends, -1 where it does not
 */
function valueAt(text, at) {
  if (text[at] === "{") {
    const end = closing(text, at);
    return [text.slice(at + 1, end), end < 0 ? -1 : end + 1];
  }
  if (text[at] === '"') return quotedAt(text, at);
  const bare = /[^,}\n]*/y;
  bare.lastIndex = at;
  const value = bare.exec(text)?.[0] ?? "";
  return [value.trim(), at + value.length];
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {[value: string, after: number]}
 */
function quotedAt(text, at) {
  let depth = 0;
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === "{") depth += 1;
    else if (text[i] === "}") depth -= 1;
    else if (text[i] === '"' && depth === 0) return [text.slice(at + 1, i), i + 1];
  }
  return ["", -1];
}

/**
 * The records of a BibTeX file that we wrote, by their keys.
 * @param {string} text
 */
export function recordsByKey(text) {
  const records = new Map();
  for (const record of text.split(/\n(?=@)/)) records.set(/^@\w+\{([^,]+),/.exec(record)?.[1] ?? "", record.trimEnd());
  return /** @type {Map<string, string>} */ (records);
}
