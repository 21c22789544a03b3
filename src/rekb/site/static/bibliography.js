/* A paper's own bibliography against the works that are here, by the rules of rekb/upkeep/bibliography.py. */
(function () {
  "use strict";
  const page = document.querySelector("[data-rekb-bibliography]");
  if (!page) return;
  const part = (name) => page.querySelector(`[data-rekb-${name}]`);

  const UNREAD = new Set(["abstract", "annote", "annotation", "file", "keywords", "title"]);
  const VENUES = ["booktitle", "journal", "journaltitle", "eventtitle"];
  const PREPRINT = /arxiv|\bcorr\b|preprint|openreview|techrxiv|\bssrn\b/i;

  /* The entries of a BibTeX text: key, fields, place. What is no entry (@string, @comment, remarks) is passed over. */
  function entriesOf(text) {
    const found = [];
    const start = /@(\w+)\s*\{/g;
    for (let match = start.exec(text); match; match = start.exec(text)) {
      const end = closing(text, start.lastIndex - 1);
      if (/^(?:string|comment|preamble)$/i.test(match[1])) {
        if (end > 0) start.lastIndex = end;
        continue;
      }
      const entry = end < 0 ? null : read(text.slice(start.lastIndex, end));
      found.push({ start: match.index, end: end + 1, ...(entry ?? { broken: true, key: "" }) });
      if (end > 0) start.lastIndex = end;
    }
    return found;
  }

  /* The place of the brace that closes the one at `open`; -1 where none does. */
  function closing(text, open) {
    let depth = 0;
    for (let i = open; i < text.length; i += 1) {
      if (text[i] === "\\") i += 1;
      else if (text[i] === "{") depth += 1;
      else if (text[i] === "}" && (depth -= 1) === 0) return i;
    }
    return -1;
  }

  function read(inside) {
    const comma = inside.indexOf(",");
    if (comma < 0) return null;
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

  function valueAt(text, at) {
    if (text[at] === "{") {
      const end = closing(text, at);
      return [text.slice(at + 1, end), end < 0 ? -1 : end + 1];
    }
    if (text[at] === '"') {
      let depth = 0;
      for (let i = at + 1; i < text.length; i += 1) {
        if (text[i] === "\\") i += 1;
        else if (text[i] === "{") depth += 1;
        else if (text[i] === "}") depth -= 1;
        else if (text[i] === '"' && depth === 0) return [text.slice(at + 1, i), i + 1];
      }
      return ["", -1];
    }
    const bare = /[^,}\n]*/y;
    bare.lastIndex = at;
    const value = bare.exec(text)[0];
    return [value.trim(), at + value.length];
  }

  /* Letters and digits of a title, without markup, case and accents. */
  function fingerprint(title) {
    const bare = title.replace(/\\(?:text\w*|emph|mathrm|mathbf|url)\b/g, "").replace(/\\[a-zA-Z]+\s*|\\[^a-zA-Z]|[{}$~^]/g, "");
    return bare.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  }

  /* The schemes of identifiers, as rekb/model/identifiers.py gives them to this page. */
  const schemes = Object.entries(JSON.parse(part("schemes").textContent)).map(([id, scheme]) => {
    const dropped = scheme.dropped && new RegExp(scheme.dropped);
    const written = (value) => (dropped ? value.replace(dropped, "") : value);
    return {
      id,
      fields: scheme.fields,
      bare: new RegExp(`^(?:${id}\\s*:?\\s*)?(${scheme.form})${scheme.after}$`, "i"),
      text: new RegExp(scheme.text, "gi"),
      normal: (value) => (scheme.foldsCase ? written(value).toLowerCase() : written(value)),
    };
  });

  function* identifiersOf(fields) {
    for (const { id, fields: names, bare, normal } of schemes) {
      for (const name of names) {
        const match = bare.exec((fields[name] ?? "").trim());
        if (match) yield `${id}:${normal(match[1])}`;
      }
    }
    const told = Object.entries(fields).filter(([name]) => !UNREAD.has(name)).map(([, value]) => value).join("\n").replaceAll("\\_", "_");
    for (const { id, text, normal } of schemes) {
      for (const match of told.matchAll(text)) yield `${id}:${normal(match[1].replace(/\.+$/, ""))}`;
    }
  }

  function isPreprint(fields) {
    const venue = VENUES.map((name) => (fields[name] ?? "").trim()).find(Boolean);
    return venue ? PREPRINT.test(venue) : !fields.doi || PREPRINT.test(fields.doi);
  }

  let known = null;
  async function knownWorks() {
    known ??= fetch(new URL("../downloads/identifiers.json", location.href)).then(async (answer) => {
      if (!answer.ok) throw new Error("the list of works was not found");
      const { works } = await answer.json();
      const byName = new Map();
      for (const work of works) for (const id of work.ids) if (!byName.has(id)) byName.set(id, work);
      const byTitle = new Map(works.toReversed().map((work) => [work.title, work]));
      return { byName, byTitle };
    });
    return known;
  }

  function workOf({ byName, byTitle }, fields) {
    for (const id of identifiersOf(fields)) if (byName.has(id)) return byName.get(id);
    const title = fingerprint(fields.title ?? "");
    return title ? byTitle.get(title) : undefined;
  }

  async function compared(text) {
    const works = await knownWorks();
    const called = new Map();
    return entriesOf(text).map((entry) => {
      const work = entry.broken ? undefined : workOf(works, entry.fields);
      if (!work) return entry;
      const twin = called.get(work.key);
      if (!called.has(work.key)) called.set(work.key, entry.key);
      return { ...entry, work, appeared: work.formal && isPreprint(entry.fields), twin: twin === entry.key ? undefined : twin };
    });
  }

  function said(entry) {
    if (entry.broken) return "cannot be read: brackets, quotes or commas do not match";
    if (entry.twin) return `the same work as ${entry.twin}`;
    if (entry.appeared) return `has appeared: ${entry.work.venue}`;
    return entry.work ? "nothing to change" : "not among the works here";
  }

  const node = (name, content) => { const made = document.createElement(name); made.append(content); return made; };
  function row(entry) {
    const made = document.createElement("tr");
    made.className = entry.broken ? "rekb-cited--broken" : entry.twin || entry.appeared ? "rekb-cited--open" : entry.work ? "" : "rekb-cited--absent";
    const link = entry.work ? Object.assign(node("a", entry.work.name), { href: `../papers/${entry.work.key}/` }) : "–";
    made.append(Object.assign(node("th", entry.key || "?"), { scope: "row" }), node("td", said(entry)), node("td", link));
    return made;
  }

  let latest = { text: "", entries: [] };
  const rank = (entry) => (entry.broken ? 0 : entry.appeared || entry.twin ? 1 : entry.work ? 2 : 3);
  async function show() {
    const text = part("text").value;
    const entries = await compared(text);
    if (text !== part("text").value) return; // something newer is on its way
    latest = { text, entries };
    const here = entries.filter((entry) => entry.work).length;
    const appeared = entries.filter((entry) => entry.appeared).length;
    part("status").textContent = entries.length
      ? `${entries.length} ${entries.length === 1 ? "entry" : "entries"}: ${here} ${here === 1 ? "is" : "are"} here, ${appeared} of them ${appeared === 1 ? "has" : "have"} appeared since.`
      : text.trim() ? "No BibTeX entry was found in this text." : "";
    part("found").querySelector("tbody").replaceChildren(...entries.toSorted((a, b) => rank(a) - rank(b)).map(row));
    part("found").hidden = entries.length === 0;
    part("take").hidden = appeared === 0;
  }
  const failed = () => { part("status").textContent = "The list of works could not be read; try again later."; known = null; };

  async function save() {
    const answer = await fetch(new URL("../downloads/all.bib", location.href));
    if (!answer.ok) throw new Error("all.bib was not found");
    const records = new Map((await answer.text()).split(/\n(?=@)/).map((text) => [(/^@\w+\{([^,]+),/.exec(text) ?? [])[1], text.trimEnd()]));
    let made = "";
    let position = 0;
    for (const entry of latest.entries) {
      if (!entry.appeared) continue;
      made += latest.text.slice(position, entry.start) + records.get(entry.work.key).replace(`{${entry.work.key},`, () => `{${entry.key},`);
      position = entry.end;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([made + latest.text.slice(position)], { type: "text/plain" }));
    link.download = "updated.bib";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const example = `@article{flash,
  title = {Flash{A}ttention},
  journal = {arXiv preprint arXiv:2205.14135},
  year = {2022}
}
@misc{mine, title = {A work of my own}, year = {2026}}
`;
  part("text").addEventListener("input", () => show().catch(failed));
  part("file").addEventListener("change", async () => {
    const [file] = part("file").files;
    if (!file) return;
    part("text").value = await file.text();
    show().catch(failed);
  });
  part("example").addEventListener("click", () => { part("text").value = example; show().catch(failed); });
  part("save").addEventListener("click", () => save().catch(failed));
  for (const element of page.querySelectorAll("[data-rekb-scripted]")) element.hidden = false;
  if (part("text").value) show().catch(failed); // a browser that goes back keeps what was typed
})();
