/* The one ranking of all search boxes: which documents a question means, best first. No page needed: it runs in a browser
   and in node. It is the twin of rekb/kb/ranking.py, words.py and question.py; tests/search_rows.json holds both to one
   answer, which is why all arithmetic is in whole numbers. */
(function () {
  "use strict";
  const KINDS = ["work", "topic", "author", "model", "help"];
  const LIKED = { topic: 80, work: 20, author: 10, model: 5, help: 0 };
  const WEIGHT = { names: 20, title: 10, people: 8, place: 6, topics: 5, text: 1 };
  const IDENTIFIER = 5000;
  const NAME = 3000;
  const ALIAS = 2500;
  const NAME_START = 1000;
  const NAME_PART = 700;
  const CORRECTED = 500;
  const SLIP = 31;
  const MOST_WORDS = 900;
  const PLACE = 12;
  const LONGEST = 300;
  const NEVER = 99;
  const REPOSITORY_HOSTS = ["github.com", "gitlab.com", "huggingface.co", "bitbucket.org"];

  /* How many bits a whole number takes: a logarithm without fractions. */
  const bitLength = (number) => 32 - Math.clz32(number);

  /* Words, in one spelling: no accents, no capitals, -ise as -ize. `special` are letters that are no accented ones. */
  function reader(special) {
    function fold(text) {
      if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase().replace(/([iy])s/g, "$1z");
      const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
      return bare.replace(/[^\0-\x7f]/gu, (sign) => special[sign] ?? sign).replace(/([iy])s/g, "$1z");
    }
    const plainWords = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
    const squeeze = (text) => plainWords(text).join("");
    /* The words of a name or title: NightLamp-2 is found by its parts and as one word. */
    function nameWords(text) {
      const parts = text.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ");
      const pieces = text.split(/\s+/).map(squeeze);
      return [...plainWords(text), ...plainWords(parts), ...pieces, squeeze(text)].filter(Boolean);
    }
    return { fold, plainWords, squeeze, nameWords };
  }

  /* Which letters a word has, as bits: most words need no closer look then. */
  function letters(word) {
    let bits = 0;
    for (const letter of word) bits |= 1 << (letter.codePointAt(0) & 31);
    return bits;
  }
  function count(bits) {
    let found = 0;
    for (let left = bits; left; left &= left - 1) found += 1;
    return found;
  }

  /* How many slips a word may hold; none beside a digit, for GPT-4 is not a slip of GPT-3. */
  function allowedSlips(word) {
    if (word.length < 4 || /[0-9]/.test(word)) return 0;
    return word.length < 8 ? 1 : 2;
  }

  /* How many slips part `typed` from `word`, and from the nearest beginning of it; NEVER for more than `most`. */
  function slips(typed, word, most) {
    const length = Math.min(word.length, typed.length + most);
    let [before, row, next] = [new Uint8Array(length + 1), new Uint8Array(length + 1), new Uint8Array(length + 1)];
    for (let j = 0; j <= length; j += 1) row[j] = j;
    let beginning = 0;
    for (let i = 1; i <= typed.length; i += 1) {
      next[0] = i;
      beginning = i;
      for (let j = 1; j <= length; j += 1) {
        const other = typed[i - 1] === word[j - 1] ? 0 : 1;
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + other);
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next[j] = cost;
        if (cost < beginning) beginning = cost;
      }
      if (beginning > most) return [NEVER, NEVER];
      [before, row, next] = [row, next, before];
    }
    const whole = length === word.length ? row[length] : NEVER;
    return [whole <= most ? whole : NEVER, beginning <= most ? beginning : NEVER];
  }

  /* Addresses */
  function decoded(path) {
    try { return decodeURIComponent(path); } catch { return path; }
  }
  function partsOf(address) {
    try {
      const url = new URL(address);
      return { host: url.hostname.replace(/^(?:www|export|dx)\./, ""), path: decoded(url.pathname), query: url.searchParams };
    } catch { return { host: "", path: "", query: new URLSearchParams() }; }
  }
  function addressOf(text) {
    if (/^https?:\/\//i.test(text)) return text;
    return /^(?:[a-z0-9-]+\.)+[a-z]{2,}\//i.test(text) ? `https://${text}` : "";
  }
  function urlIdentifier(address) {
    const { host, path } = partsOf(address.trim().toLowerCase());
    let steps = path.split("/").filter(Boolean);
    if (REPOSITORY_HOSTS.includes(host)) steps = steps.slice(0, 2).map((step) => step.replace(/\.git$/, ""));
    return host && steps.length ? `url:${[host, ...steps].join("/")}` : "";
  }
  function wordsOfAddress(question) {
    const address = addressOf(question.trim());
    const { host, path } = partsOf(address);
    return host ? path.replace(/[/_-]+/g, " ").trim() : question;
  }

  /* Identifiers, by the rows of rekb/model/identifiers.py: the twin of the same methods of rekb/model/scheme.py. */
  function identifiers(schemes) {
    const rows = Object.entries(schemes);
    const written = (scheme, value) => (scheme.dropped ? value.replace(new RegExp(scheme.dropped), "") : value);
    function normal(scheme, value) {
      const short = written(scheme, value);
      return scheme.foldsCase ? short.toLowerCase() : short;
    }
    function alone(id, scheme, text) {
      const name = [...id].map((letter) => `[${letter}${letter.toUpperCase()}]`).join("");
      const named = `${name}\\s*:?\\s*`;
      const start = scheme.guess ? named : `(?:${named})?`;
      return new RegExp(`^${start}(${scheme.form})${scheme.after}$`).exec(text)?.[1] ?? null;
    }
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
    function inLooseAddress(scheme, address) {
      const found = inAddress(scheme, address);
      if (found) return found;
      for (const pattern of scheme.elsewhere) {
        const match = new RegExp(pattern).exec(address);
        if (match) return decoded(match[1]);
      }
      if (!scheme.isKnownWhenDamaged) return null;
      const { host, path } = partsOf(address);
      return scheme.hosts.includes(host) ? new RegExp(`^${scheme.before}(${scheme.form})(?![0-9])`).exec(path)?.[1] ?? null : null;
    }
    /* Those in one spelling, with those that a DOI implies. */
    function pairs(named) {
      const found = [];
      for (const [id, value] of named) {
        found.push(`${id}:${normal(schemes[id], value)}`);
        if (id !== "doi") continue;
        for (const [other, scheme] of rows) {
          const start = scheme.doiPrefix;
          if (!start || value.slice(0, start.length).toLowerCase() !== start.toLowerCase()) continue;
          const match = new RegExp(`^(${scheme.form})${scheme.after}$`, "i").exec(value.slice(start.length));
          if (match) found.push(`${other}:${normal(scheme, match[1])}`);
        }
      }
      return found;
    }
    function named(text) {
      const address = addressOf(text);
      return rows.flatMap(([id, scheme]) => {
        const value = alone(id, scheme, text) ?? (address ? inLooseAddress(scheme, address) : null);
        return value ? [[id, written(scheme, value)]] : [];
      });
    }
    const guessed = (text) => rows.flatMap(([id, scheme]) => (scheme.guess && new RegExp(`^(?:${scheme.guess})$`).test(text) ? [[id, text]] : []));

    /* The identifiers that a question may name, and whether it is surely one and nothing else. */
    return function (question) {
      const words = question.split(/\s+/).filter(Boolean);
      const found = new Set();
      let sure = false;
      for (const text of new Set([question.trim(), ...words])) {
        const bare = text.replace(/^[\s.,;()[\]<>"']+|[\s.,;()[\]<>"']+$/g, "");
        const certain = named(bare);
        for (const one of pairs(certain)) found.add(one);
        sure ||= certain.length > 0 && words.length === 1;
        for (const one of pairs(guessed(bare))) found.add(one);
        found.add(`key:${bare.toLowerCase()}`);
        const address = addressOf(bare);
        if (!address) continue;
        found.add(urlIdentifier(address));
        for (const step of wordsOfAddress(address).split(/\s+/)) found.add(`key:${step}`);
      }
      for (const [id, scheme] of rows) {
        for (const match of question.matchAll(new RegExp(scheme.text, "gi"))) {
          for (const one of pairs([[id, normal(scheme, match[1].replace(/\.+$/, ""))]])) found.add(one);
        }
      }
      return { found, sure };
    };
  }

  /* `content` is what rekb/site/outputs/search_index.py writes. */
  function ranking(content) {
    const { plainWords, squeeze, nameWords } = reader(content.letters);
    const documents = content.documents;
    for (const one of documents) {
      if (one.kind !== "author") continue;
      const comma = one.id.indexOf(", ");
      one.title = comma < 0 ? one.id : `${one.id.slice(comma + 2)} ${one.id.slice(0, comma)}`;
      one.note = `Author · ${one.links} works`;
    }
    /* Who signs a work: authors of several works by their places, each counted from the one before, and the others by name. */
    function peopleOf(one) {
      let at = 0;
      const several = (one.authors ?? []).map((distance) => documents[(at += distance)].title);
      return [...several, ...one.people ? one.people.split("; ") : []];
    }
    const stop = new Set(content.stop);
    const identifiersIn = identifiers(content.schemes);
    const words = new Map(); // word to the numbers of documents, each with the weight of the best place
    const places = new Map();
    const named = new Map();
    const keys = [];
    let steps = 0; // words compared and places read: a test of times would depend on the machine

    function note(number, found, weight) {
      for (const word of found) {
        let held = words.get(word);
        if (!held) words.set(word, (held = new Map()));
        if ((held.get(number) ?? 0) < weight) held.set(number, weight);
      }
    }
    function into(map, name, number) {
      if (!map.has(name)) map.set(name, new Set());
      map.get(name).add(number);
    }
    const spelled = new Map(); // venues and people stand in many documents: their words are worked out once
    function once(text) {
      if (!spelled.has(text)) spelled.set(text, plainWords(text));
      return spelled.get(text);
    }
    /* Words of texts are places in one list, each counted from the one before. */
    const terms = content.terms.split(" ");
    function textWords(distances) {
      let at = 0;
      return distances.map((distance) => terms[(at += distance)]);
    }
    const topicWords = documents.map((one) => (one.kind === "topic" ? new Set([one.title, ...one.names ?? []].flatMap(nameWords)) : null));
    function above(topics) {
      const found = new Set();
      for (const number of topics) for (let at = number; at !== undefined; at = documents[at].topics?.[0]) found.add(at);
      return found;
    }

    documents.forEach((one, number) => {
      const worth = new Map();
      const names = [...one.names ?? [], one.title, ...(one.kind === "author" ? [one.id] : [])];
      const called = [...names.map((name) => [name, NAME]), ...(one.aliases ?? []).map((name) => [name, ALIAS])];
      for (const [name, value] of called) {
        note(number, nameWords(name), name === one.title ? WEIGHT.title : WEIGHT.names);
        const key = squeeze(name);
        if (key && !worth.has(key)) worth.set(key, value);
      }
      keys.push([...worth]);
      for (const person of peopleOf(one)) note(number, once(person), WEIGHT.people);
      for (const [venue, year] of one.places ?? []) {
        for (const name of content.venues[venue] ?? [venue]) {
          note(number, [...once(name), String(year)], WEIGHT.place);
          for (const end of [String(year), String(year).slice(2)]) into(places, once(name).join("") + end, number);
        }
      }
      for (const topic of above(one.topics ?? [])) note(number, topicWords[topic], WEIGHT.topics);
      note(number, plainWords(one.line ?? ""), WEIGHT.text);
      note(number, textWords(one.words ?? []), WEIGHT.text);
      if (one.kind === "work") {
        note(number, [squeeze(one.id)], WEIGHT.people);
        into(named, `key:${one.id}`, number);
      }
      for (const name of one.identifiers ?? []) into(named, name, number);
    });
    const vocabulary = [...words.keys()].sort();
    const bits = vocabulary.map(letters);
    const rarity = (held) => bitLength(Math.floor(documents.length / held));

    function starting(word) {
      let low = 0;
      for (let high = vocabulary.length; low < high;) {
        const middle = (low + high) >> 1;
        if (vocabulary[middle] < word) low = middle + 1;
        else high = middle;
      }
      const found = [];
      for (; low < vocabulary.length; low += 1) {
        const known = vocabulary[low];
        steps += 1;
        if (!known.startsWith(word)) break;
        found.push([known, known === word ? 100 : 40 + Math.floor(40 * word.length / known.length)]);
      }
      return found;
    }
    /* The words that are a slip or two away; where none is, those that begin so. */
    function near(word) {
      const most = allowedSlips(word);
      const whole = [];
      const beginnings = [];
      if (!most) return whole;
      const own = letters(word);
      vocabulary.forEach((known, place) => {
        if (count(own & ~bits[place]) > most || known.length < word.length - most) return; // a letter that is not there is a slip
        steps += word.length;
        const [apart, start] = slips(word, known, most);
        if (apart < NEVER) whole.push([known, Math.floor(30 / Math.max(apart, 1))]);
        else if (start < NEVER) beginnings.push([known, 8]);
      });
      return whole.length ? whole : beginnings;
    }
    /* Each known word that a word may mean, with how surely it does, of 100. */
    function meant(word) {
      const found = starting(word);
      const single = word.slice(0, -1);
      if (word.length > 4 && word.endsWith("s") && words.has(single)) found.push([single, 80]);
      return found.length ? found : near(word);
    }

    function wordScores(meant) {
      const best = new Map();
      for (const [known, surety] of meant) {
        const held = words.get(known);
        const rare = rarity(held.size);
        steps += held.size;
        for (const [number, weight] of held) {
          const score = Math.floor(weight * surety * rare / 100);
          if (score > (best.get(number) ?? 0)) best.set(number, score);
        }
      }
      return best;
    }
    function placeScores(place) {
      const held = places.get(place);
      steps += held.size;
      return new Map([...held].map((number) => [number, PLACE * rarity(held.size)]));
    }

    /* The places that a question names (mlsys2024), longest first, and the words that are left. */
    function placesIn(asked) {
      const found = [];
      const left = [...asked];
      for (let length = 4; length > 0; length -= 1) {
        for (let start = 0; start + length <= left.length;) {
          const some = left.slice(start, start + length);
          const place = [some.join(""), [...some.slice(1), some[0]].join("")].find((name) => places.has(name));
          if (place) {
            found.push(place);
            left.splice(start, length);
          } else start += 1;
        }
      }
      return [found, left];
    }
    function telling(asked) {
      const once = [...new Set(asked)];
      const told = once.filter((word) => !stop.has(word));
      return told.length ? told : once;
    }

    /* What the whole question is worth as a name, or as a part of one. */
    function phrase(number, whole) {
      let best = 0;
      for (const [key, worth] of keys[number]) {
        if (key === whole) best = Math.max(best, worth);
        else if (whole.length > 1 && key.startsWith(whole)) best = Math.max(best, NAME_START + Math.floor(800 * whole.length / key.length));
        else if (whole.length > 5 && key.includes(whole)) best = Math.max(best, NAME_PART + Math.floor(400 * whole.length / key.length));
      }
      return best;
    }

    /* The word that a mistyped one means most likely; a word that is known as it begins stays. */
    function likeliest(word, may) {
      const [best, surety] = may.reduce((so, one) => (one[1] > so[1] ? one : so), [word, 0]);
      return surety < SLIP ? best : word;
    }

    function byWords(question, kinds) {
      const asked = plainWords(question);
      const whole = asked.join("");
      if (!whole) return [];
      const [named, left] = placesIn(asked);
      const may = new Map(telling(left).map((word) => [word, meant(word)]));
      const scores = [...named.map(placeScores), ...[...may.values()].map(wordScores)];
      const corrected = asked.map((word) => likeliest(word, may.get(word) ?? [])).join("");
      const found = [];
      documents.forEach((document, number) => {
        if (!kinds.includes(document.kind)) return;
        let worth = phrase(number, whole);
        if (corrected !== whole) worth = Math.max(worth, phrase(number, corrected) - CORRECTED);
        let held = 0;
        let sum = 0;
        for (const score of scores) {
          if (!score.has(number)) continue;
          held += 1;
          sum += score.get(number);
        }
        if (!worth && !held) return;
        const liked = LIKED[document.kind] + 7 * bitLength(document.links ?? 0);
        found.push({ document, number, held, score: worth + Math.min(sum, MOST_WORDS) + liked, isWhole: worth > 0 || held === scores.length, isSure: worth >= ALIAS });
      });
      const hasWhole = found.some((hit) => hit.isWhole);
      const most = found.reduce((so, hit) => Math.max(so, hit.held), 0);
      const kept = found.filter((hit) => (hasWhole ? hit.isWhole : hit.held === most));
      return kept.sort((a, b) => b.score - a.score || a.number - b.number);
    }

    /* What a question means, best first. Where something holds all words, what lacks one is left out; otherwise what holds
       most is returned. An identifier that nothing here has finds nothing, for its digits mean nothing else. */
    function find(asked, kinds = KINDS) {
      const question = [...asked].slice(0, LONGEST).join("");
      const { found, sure } = identifiersIn(question);
      const exact = new Set([...found].flatMap((name) => [...named.get(name) ?? []]));
      if (!exact.size && !sure) return byWords(wordsOfAddress(question), kinds);
      return [...exact].sort((a, b) => a - b)
        .map((number) => ({ document: documents[number], number, score: IDENTIFIER, isWhole: true, isSure: true }))
        .filter((hit) => kinds.includes(hit.document.kind));
    }

    /* What is said of a document in a line; of an author, which works. */
    function lineOf(document) {
      if (document.kind !== "author") return document.line ?? "";
      const works = documents.filter((one) => one.kind === "work" && peopleOf(one).includes(document.title));
      return works.map((one) => one.names?.[0] ?? one.title).join(", ");
    }

    return { find, lineOf, steps: () => steps, documents };
  }

  /* What was found by kind: the kind of the best first, and help behind all else. */
  function groups(found) {
    const made = KINDS.map((kind) => ({ kind, hits: found.filter((hit) => hit.document.kind === kind) })).filter(({ hits }) => hits.length);
    return made.sort((a, b) => (a.kind === "help") - (b.kind === "help") || b.hits[0].score - a.hits[0].score);
  }

  /* The address of a document below the site's root; see path_of in rekb/site/outputs/search_index.py. */
  function pathOf({ kind, id, path }) {
    if (path) return path;
    if (kind === "author") return `authors/${id[0].toLowerCase()}/#${id.replace(/[\s,]+/g, "-")}`;
    return kind === "work" ? `papers/${id}/` : `topics/${id}/`;
  }

  const made = { ranking, groups, pathOf, slips };
  if (typeof module === "object") module.exports = made;
  else (globalThis.rekb ??= {}).ranking = made;
})();
