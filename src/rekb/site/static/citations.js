/* Which works a bibliography cites, and which of them have appeared since. The twin of rekb/upkeep/bibliography.py;
   tests/bibliography_rows.json holds both to one answer. */
import { entriesOf, recordsByKey } from "./bibtex.js";

/** @typedef {import("./bibtex.js").Entry} Entry */
/** @typedef {import("./question.js").Scheme} Scheme */

/**
 * Patterns of the archives of preprints; see rekb/model/archives.py.
 * @typedef {object} Archives
 * @property {string} names
 * @property {string} dois
 */

/**
 * A work that is here, as pages/bibliography.py writes it.
 * @typedef {object} KnownWork
 * @property {string} key
 * @property {string} name
 * @property {string} title without markup, case and accents
 * @property {string[]} ids scheme and value
 * @property {string} venue
 * @property {boolean} formal whether it has appeared formally
 */

/**
 * An entry with what is known of it.
 * @typedef {Entry & {work?: KnownWork, appeared: boolean, twin?: string}} Citation
 */

const UNREAD = new Set(["abstract", "annote", "annotation", "file", "keywords", "title"]);
const VENUES = ["booktitle", "journal", "journaltitle", "eventtitle"];

/**
 * Letters and digits of a title, without markup, case and accents.
 * @param {string} title
 */
function fingerprint(title) {
  const plain = title.replace(/\\(?:text\w*|emph|mathrm|mathbf|url)\b/g, "");
  const bare = plain.replace(/\\[a-zA-Z]+\s*|\\[^a-zA-Z]|[{}$~^]/g, "");
  return bare.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * @param {string} id
 * @param {Scheme} scheme
 */
function patternsOf(id, scheme) {
  const dropped = scheme.dropped && new RegExp(scheme.dropped);
  return {
    id,
    fields: scheme.fields,
    bare: new RegExp(`^(?:${id}\\s*:?\\s*)?(${scheme.form})${scheme.after}$`, "i"),
    text: new RegExp(scheme.text, "gi"),
    /** @param {string} value */
    normal(value) {
      const written = dropped ? value.replace(dropped, "") : value;
      return scheme.foldsCase ? written.toLowerCase() : written;
    },
  };
}

/**
 * The identifiers of an entry: those in fields of their own first.
 * @param {Record<string, string>} fields
 * @param {ReturnType<typeof patternsOf>[]} schemes
 */
function identifiersIn(fields, schemes) {
  const found = [];
  for (const { id, fields: names, bare, normal } of schemes) {
    for (const name of names) {
      const match = bare.exec((fields[name] ?? "").trim());
      if (match) found.push(`${id}:${normal(match[1])}`);
    }
  }
  const read = Object.entries(fields).filter(([name]) => !UNREAD.has(name)).map(([, value]) => value);
  const text = read.join("\n").replaceAll("\\_", "_");
  for (const { id, text: pattern, normal } of schemes) {
    for (const match of text.matchAll(pattern)) found.push(`${id}:${normal(match[1].replace(/\.+$/, ""))}`);
  }
  return found;
}

/**
 * Whether an entry is cited as a preprint.
 * @param {Archives} archives
 * @returns {(fields: Record<string, string>) => boolean}
 */
function preprintTest(archives) {
  const names = new RegExp(archives.names, "i");
  const dois = new RegExp(archives.dois, "i");
  return (fields) => {
    const venue = VENUES.map((name) => (fields[name] ?? "").trim()).find(Boolean);
    if (venue) return names.test(venue);
    return !fields.doi || dois.test(fields.doi);
  };
}

/**
 * What reads bibliographies.
 * @param {KnownWork[]} works
 * @param {Record<string, Scheme>} schemes
 * @param {Archives} archives
 * @returns {(text: string) => Citation[]}
 */
export function citationsOf(works, schemes, archives) {
  const isPreprint = preprintTest(archives);
  const patterns = Object.entries(schemes).map(([id, scheme]) => patternsOf(id, scheme));
  /** @type {Map<string, KnownWork>} */
  const byName = new Map();
  /** @type {Map<string, KnownWork>} */
  const byTitle = new Map();
  for (const work of works) {
    for (const id of work.ids) if (!byName.has(id)) byName.set(id, work);
    if (!byTitle.has(work.title)) byTitle.set(work.title, work);
  }

  /** @param {Record<string, string>} fields */
  function workOf(fields) {
    for (const id of identifiersIn(fields, patterns)) {
      const work = byName.get(id);
      if (work) return work;
    }
    const title = fingerprint(fields.title ?? "");
    return title ? byTitle.get(title) : undefined;
  }

  return (text) => {
    /** How the first entry of each work is called. @type {Map<string, string>} */
    const called = new Map();
    return entriesOf(text).map((entry) => {
      const work = entry.isReadable ? workOf(entry.fields) : undefined;
      if (!work) return { ...entry, appeared: false };
      const first = called.get(work.key);
      if (first === undefined) called.set(work.key, entry.key);
      const twin = first === entry.key ? undefined : first;
      return { ...entry, work, appeared: work.formal && isPreprint(entry.fields), twin };
    });
  };
}

/**
 * What is said of an entry.
 * @param {Citation} entry
 */
export function verdict(entry) {
  if (!entry.isReadable) return "cannot be read: brackets, quotes or commas do not match";
  if (entry.twin) return `the same work as ${entry.twin}`;
  if (!entry.work) return "not among the works here";
  return entry.appeared ? `has appeared: ${entry.work.venue}` : "nothing to change";
}

/**
 * The text with the entries of works that have appeared as the site cites them, under the names that the paper uses.
 * @param {string} text
 * @param {Citation[]} entries
 * @param {string} file the BibTeX of all works
 */
export function updated(text, entries, file) {
  const records = recordsByKey(file);
  let made = "";
  let position = 0;
  for (const { appeared, work, key, start, end } of entries) {
    const record = work && records.get(work.key);
    if (!appeared || !record) continue;
    made += text.slice(position, start) + record.replace(`{${work.key},`, () => `{${key},`);
    position = end;
  }
  return made + text.slice(position);
}
