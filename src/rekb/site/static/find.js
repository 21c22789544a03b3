/* Free-text search that forgives typing errors; no page needed.

   Every word must be found. A word is looked for as a whole word, as the beginning of one, and inside one; only where
   none of these is found do words count that are a slip away: one for 4 to 7 letters, two from 8 letters on. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  const WHOLE = 8;
  const START = 4;
  const INSIDE = 2;
  const NEAR = 1;

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("isation", "ization");
  }
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  const slips = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  /* Whether `typed` is `word` or its beginning with at most so many letters wrong, missing, added or swapped. */
  function near(typed, word, most = slips(typed)) {
    if (!most || word.length < typed.length - most) return false;
    const length = Math.min(word.length, typed.length + most);
    let before = null;
    let row = Array.from({ length: length + 1 }, (_, place) => place);
    for (let i = 1; i <= typed.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= length; j += 1) {
        const same = typed[i - 1] === word[j - 1];
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
      }
      if (Math.min(...next) > most) return false;
      before = row;
      row = next;
    }
    return Math.min(...row) <= most;
  }

  /* Which letters a word has, as bits: each that is typed and not there is a slip, so most words need no comparison. */
  function letters(word) {
    let bits = 0;
    for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }
  function lacks(typed, bits, most) {
    let missing = typed & ~bits;
    for (let n = 0; missing; n += 1) {
      if (n === most) return true;
      missing &= missing - 1;
    }
    return false;
  }

  /* `textsOf` gives one work's texts: [text, weight] pairs; a word counts more in a short text. The answer scores every
     work, 0 for those that do not fit. Works are read one at a time by `prepare`, or at the latest by the first search. */
  function index(size, textsOf) {
    const postings = new Map();
    const vocabulary = [];
    const bits = [];
    let read = 0;
    function open(word) {
      const works = new Map();
      postings.set(word, works);
      vocabulary.push(word);
      bits.push(letters(word));
      return works;
    }
    function prepare() {
      if (read === size) return false;
      for (const [text, weight] of textsOf(read)) {
        for (const word of words(text)) {
          const works = postings.get(word) ?? open(word);
          works.set(read, Math.max(works.get(read) ?? 0, weight * (1 + 1 / text.length)));
        }
      }
      read += 1;
      return read < size;
    }
    function nearTo(typed) {
      const most = slips(typed);
      const own = letters(typed);
      return vocabulary.filter((word, place) => !lacks(own, bits[place], most) && near(typed, word, most));
    }

    function quality(typed) {
      const found = new Map();
      for (const word of vocabulary) {
        const at = word.indexOf(typed);
        if (at === 0) found.set(word, word.length === typed.length ? WHOLE : START);
        else if (at > 0 && typed.length > 2) found.set(word, INSIDE);
      }
      if (!found.size) for (const word of nearTo(typed)) found.set(word, NEAR);
      return found;
    }

    /* Several words may be one name, written apart: "night lamp" is NightLamp. */
    function addJoined(scores, typed) {
      const joined = typed.length > 1 ? typed.join("") : "";
      if (joined.length < 6) return;
      const close = new Set(nearTo(joined));
      for (const word of vocabulary) {
        const grade = word === joined ? WHOLE : word.startsWith(joined) ? START : close.has(word) ? INSIDE : 0;
        if (!grade) continue;
        for (const [work, weight] of postings.get(word)) if (scores[work]) scores[work] += grade * weight;
      }
    }

    function search(text) {
      while (prepare());
      const scores = new Float64Array(size).fill(1);
      for (const typed of words(text)) {
        const best = new Float64Array(size);
        for (const [word, grade] of quality(typed)) {
          for (const [work, weight] of postings.get(word)) best[work] = Math.max(best[work], grade * weight);
        }
        for (let work = 0; work < scores.length; work += 1) scores[work] = best[work] && scores[work] ? scores[work] + best[work] : 0;
      }
      addJoined(scores, words(text));
      return scores;
    }
    return Object.assign(search, { prepare });
  }

  rekb.find = { fold, words, near, index };
})();
