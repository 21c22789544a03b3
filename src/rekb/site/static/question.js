/* What a typed question names for certain: identifiers and addresses. The twin of rekb/kb/question.py and of the
   methods of rekb/model/scheme.py; tests/search_rows.json holds both to one answer. */

/**
 * A scheme of identifiers, as rekb/model/identifiers.py writes it; the texts are patterns.
 * @typedef {object} Scheme
 * @property {string} form
 * @property {string} after
 * @property {string} before
 * @property {string} text
 * @property {string} guess
 * @property {string} dropped
 * @property {boolean} foldsCase
 * @property {string[]} hosts
 * @property {string} parameter
 * @property {string[]} elsewhere
 * @property {boolean} isKnownWhenDamaged
 * @property {string} doiPrefix
 * @property {string[]} fields of BibTeX that hold one
 */

/** @typedef {[scheme: string, value: string]} Named */

// Those of rekb/model/hosts.py where anybody keeps repositories; tests/test_hosts.py holds both to one list.
const REPOSITORY_HOSTS = [
  "bitbucket.org", "codeberg.org", "gitee.com", "github.com", "gitlab.com", "huggingface.co", "modelscope.cn",
];

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** @param {string} address */
function partsOf(address) {
  try {
    const url = new URL(address);
    const host = url.hostname.replace(/^(?:www|export|dx)\./, "");
    return { host, path: decoded(url.pathname), query: url.searchParams };
  } catch {
    return { host: "", path: "", query: new URLSearchParams() };
  }
}

/**
 * A text as a web address; empty where it is none.
 * @param {string} text
 */
function addressOf(text) {
  if (/^https?:\/\//i.test(text)) return text;
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}\//i.test(text) ? `https://${text}` : "";
}

/** @param {string} address */
function urlIdentifier(address) {
  const { host, path } = partsOf(address.trim().toLowerCase());
  let steps = path.split("/").filter(Boolean);
  if (REPOSITORY_HOSTS.includes(host)) steps = steps.slice(0, 2).map((step) => step.replace(/\.git$/, ""));
  return host && steps.length ? `url:${[host, ...steps].join("/")}` : "";
}

/**
 * What an address says in words: its path without the host; other questions as they are.
 * @param {string} question
 */
export function wordsOfAddress(question) {
  const { host, path } = partsOf(addressOf(question.trim()));
  return host ? path.replace(/[/_-]+/g, " ").trim() : question;
}

/**
 * @param {Scheme} scheme
 * @param {string} value
 */
const written = (scheme, value) => (scheme.dropped ? value.replace(new RegExp(scheme.dropped), "") : value);

/**
 * @param {Scheme} scheme
 * @param {string} value
 */
function normal(scheme, value) {
  const short = written(scheme, value);
  return scheme.foldsCase ? short.toLowerCase() : short;
}

/**
 * The value of a text that is an identifier and nothing else.
 * @param {string} id
 * @param {Scheme} scheme
 * @param {string} text
 */
function alone(id, scheme, text) {
  const name = [...id].map((letter) => `[${letter}${letter.toUpperCase()}]`).join("");
  const named = `${name}\\s*:?\\s*`;
  const start = scheme.guess ? named : `(?:${named})?`;
  return new RegExp(`^${start}(${scheme.form})${scheme.after}$`).exec(text)?.[1] ?? null;
}

/**
 * @param {Scheme} scheme
 * @param {string} address
 */
function inAddress(scheme, address) {
  const { host, path, query } = partsOf(address);
  if (!scheme.hosts.includes(host)) return null;
  if (scheme.parameter) {
    const value = query.get(scheme.parameter) ?? "";
    return new RegExp(`^(?:${scheme.form})$`).test(value) ? value : null;
  }
  const found = new RegExp(`${scheme.before}(${scheme.form})${scheme.after}/?$`).exec(path);
  return found ? found[1].replace(/\/+$/, "") : null;
}

/**
 * The same of an address that is damaged, or of a mirror.
 * @param {Scheme} scheme
 * @param {string} address
 */
function inLooseAddress(scheme, address) {
  const found = inAddress(scheme, address);
  if (found) return found;
  for (const pattern of scheme.elsewhere) {
    const match = new RegExp(pattern).exec(address);
    if (match) return decoded(match[1]);
  }
  if (!scheme.isKnownWhenDamaged) return null;
  const { host, path } = partsOf(address);
  if (!scheme.hosts.includes(host)) return null;
  return new RegExp(`^${scheme.before}(${scheme.form})(?![0-9])`).exec(path)?.[1] ?? null;
}

/**
 * What reads questions.
 * @param {Record<string, Scheme>} schemes
 */
export function identifiersOf(schemes) {
  const rows = Object.entries(schemes);

  /**
   * The identifier of another scheme that a DOI implies.
   * @param {string} doi
   */
  function implied(doi) {
    const found = [];
    for (const [id, scheme] of rows) {
      const start = scheme.doiPrefix;
      if (!start || doi.slice(0, start.length).toLowerCase() !== start.toLowerCase()) continue;
      const match = new RegExp(`^(${scheme.form})${scheme.after}$`, "i").exec(doi.slice(start.length));
      if (match) found.push(`${id}:${normal(scheme, match[1])}`);
    }
    return found;
  }

  /**
   * Those in one spelling, with those that a DOI implies.
   * @param {Named[]} read
   */
  function pairs(read) {
    return read.flatMap(([id, value]) => {
      const own = `${id}:${normal(schemes[id], value)}`;
      return id === "doi" ? [own, ...implied(value)] : [own];
    });
  }

  /**
   * @param {string} text
   * @returns {Named[]}
   */
  function named(text) {
    const address = addressOf(text);
    /** @type {Named[]} */
    const found = [];
    for (const [id, scheme] of rows) {
      const value = alone(id, scheme, text) ?? (address ? inLooseAddress(scheme, address) : null);
      if (value) found.push([id, written(scheme, value)]);
    }
    return found;
  }

  /**
   * What only looks like an identifier.
   * @param {string} text
   * @returns {Named[]}
   */
  function guessed(text) {
    const fitting = rows.filter(([, scheme]) => scheme.guess && new RegExp(`^(?:${scheme.guess})$`).test(text));
    return fitting.map(([id]) => [id, text]);
  }

  /**
   * What an address names.
   * @param {string} address
   */
  function ofAddress(address) {
    return [urlIdentifier(address), ...wordsOfAddress(address).split(/\s+/).map((step) => `key:${step}`)];
  }

  /**
   * What stands somewhere in a question.
   * @param {string} question
   */
  function within(question) {
    const found = [];
    for (const [id, scheme] of rows) {
      for (const match of question.matchAll(new RegExp(scheme.text, "gi"))) {
        found.push(...pairs([[id, normal(scheme, match[1].replace(/\.+$/, ""))]]));
      }
    }
    return found;
  }

  /**
   * The identifiers that a question may name, and whether it is surely one and nothing else.
   * @param {string} question
   */
  return function (question) {
    const words = question.split(/\s+/).filter(Boolean);
    /** @type {Set<string>} */
    const found = new Set();
    let sure = false;
    for (const text of new Set([question.trim(), ...words])) {
      const bare = text.replace(/^[\s.,;()[\]<>"']+|[\s.,;()[\]<>"']+$/g, "");
      const certain = named(bare);
      sure ||= certain.length > 0 && words.length === 1;
      const address = addressOf(bare);
      const names = [...pairs(certain), ...pairs(guessed(bare)), `key:${bare.toLowerCase()}`];
      if (address) names.push(...ofAddress(address));
      for (const one of names) found.add(one);
    }
    for (const one of within(question)) found.add(one);
    return { found, sure };
  };
}

const MOST_PLACE_WORDS = 4;

/**
 * The places that a question names (mlsys2024), longest first, and the words that are left.
 * @param {string[]} asked
 * @param {Map<string, Set<number>>} places
 */
export function placesIn(asked, places) {
  const found = [];
  const left = [...asked];
  for (let length = MOST_PLACE_WORDS; length > 0; length -= 1) {
    let start = 0;
    while (start + length <= left.length) {
      const some = left.slice(start, start + length);
      const place = [some.join(""), [...some.slice(1), some[0]].join("")].find((name) => places.has(name));
      if (place) {
        found.push(place);
        left.splice(start, length);
      } else {
        start += 1;
      }
    }
  }
  return { found, left };
}

/**
 * The works of the person that a question names; family names may stand first.
 * @param {string[]} asked
 * @param {Map<string, Set<number>>} signed
 * @returns {Set<number>}
 */
export function signedBy(asked, signed) {
  const turned = asked.map((_, start) => [...asked.slice(start), ...asked.slice(0, start)].join(""));
  const name = asked.length > 1 ? turned.find((one) => signed.has(one)) : undefined;
  return signed.get(name ?? "") ?? new Set();
}
