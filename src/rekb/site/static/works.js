/* The list of works on the explore page: which rows are shown, in which order, in groups, as table or cards, and how the
   keyboard moves through them. Rows whose state does not change are not touched. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  const FIRST = 500; // so many are drawn at once, the rest when a reader asks
  const SOON = 60; // so many of them are laid out before the next paint, the rest in slices behind it
  const SLICE = 6; // milliseconds that work in idle time takes before others have their turn

  /* Does what is left over when nothing else is to be done; `step` says whether there is more. */
  rekb.whenIdle = function (step, slice = SLICE) {
    const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 1));
    later(() => {
      const end = performance.now() + slice;
      let more = step();
      while (more && performance.now() < end) more = step();
      if (more) rekb.whenIdle(step, slice);
    });
  };

  /* A work and its row. What the row says is read when it is asked for: reading all would hold up the start. */
  class Work {
    #link; #name; #venue;
    shown = true;
    late = false;
    rank = 0;
    why = null;
    pick = null;
    constructor(row, place, year) { Object.assign(this, { row, place, year, key: row.dataset.key }); }
    get link() { return (this.#link ??= this.row.querySelector(".rekb-work")); }
    get name() { return (this.#name ??= this.link.textContent); }
    get title() { return this.row.querySelector(".rekb-work__title")?.textContent ?? ""; }
    get venue() { return (this.#venue ??= this.row.cells[2].textContent); }
    /* A late row is in its place, but laid out only after the next paint. */
    wait(late) {
      if (late === this.late) return;
      this.late = late;
      this.row.classList.toggle("rekb-late", late);
    }
  }

  /* `facets` is the index of facets.js, `texts` what explore.py adds, `topics` maps a topic's id to how it is shown. */
  rekb.workList = function (table, facets, texts, topics) {
    const main = table.tBodies[0];
    const rows = [...main.rows];
    const works = rows.map((row, place) => new Work(row, place, facets.yearOf(place)));
    const placeOf = new Map(works.map((work) => [work.row, work.place]));
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    const orders = {
      newest: (a, b) => a.place - b.place,
      oldest: (a, b) => a.year - b.year || a.place - b.place,
      name: (a, b) => compare(a.name, b.name) || a.place - b.place,
      venue: (a, b) => compare(a.venue, b.venue) || a.place - b.place,
    };
    const sorted = { newest: works };
    const inOrder = (order) => (sorted[order] ??= [...works].sort(orders[order]));
    let displayed = works; // the rows that are drawn, in order: what is shown up to the limit
    let limit = FIRST;
    let headings = [];
    let current = null;

    /* The shown works in order. By "match" the best come first and equal ones stay newest first. */
    function sequence(set, order, scores) {
      const found = inOrder(order === "match" ? "newest" : order).filter((work) => rekb.sets.has(set, work.place));
      return order === "match" && scores ? found.sort((a, b) => scores[b.place] - scores[a.place] || a.place - b.place) : found;
    }

    /* Puts works into a body in this order; rows that stand right already are left alone. */
    function fill(body, list, first = null) {
      let next = first ? first.nextElementSibling : body.firstElementChild;
      for (const work of list) {
        if (next === work.row) next = next.nextElementSibling;
        else {
          body.insertBefore(work.row, next);
          work.wait(work.rank >= soon);
        }
      }
    }

    /* Rows that are not drawn are taken out: hidden ones between the others make every change slower. */
    function toggle(drawn) {
      for (const work of works) work.rank = -1;
      drawn.forEach((work, rank) => { work.rank = rank; });
      for (const work of works) {
        const shown = work.rank >= 0;
        work.wait(work.rank >= soon && (work.late || !work.shown));
        if (work.shown && !shown) work.row.remove();
        work.shown = shown;
      }
    }

    /* Lays out the late rows, some at a time. */
    let soon = SOON;
    let waiting = [];
    let revealing = false;
    function reveal(most = SOON) {
      for (const work of waiting.splice(0, most)) work.wait(false);
      return waiting.length > 0;
    }
    function revealSoon() {
      waiting = displayed.filter((work) => work.late);
      if (revealing || !waiting.length) return;
      revealing = true;
      requestAnimationFrame(() => rekb.whenIdle(() => (revealing = reveal()), 0));
    }

    /* Groups: each work stands at the first of its topics that was asked for, or at its first. */
    const groups = new Map();
    function groupOf(work, wanted) {
      const own = texts.topics[work.place];
      return (wanted && own.find((id) => wanted.some((asked) => id === asked || id.startsWith(`${asked}/`)))) ?? own[0];
    }
    function group(id) {
      if (!groups.has(id)) groups.set(id, makeGroup(id, topics(id)));
      return groups.get(id);
    }
    function makeGroup(id, topic) {
      const body = document.createElement("tbody");
      const head = body.insertRow();
      head.className = "rekb-group";
      const cell = document.createElement("th");
      cell.scope = "rowgroup";
      cell.colSpan = 6;
      const part = (tag, name, text) => {
        const made = document.createElement(tag);
        made.className = name;
        made.textContent = text;
        return made;
      };
      const link = part("a", "rekb-group__title", topic.label);
      link.href = `../topics/${id}/`;
      const count = part("span", "rekb-count", "");
      cell.append(link, " ", count, part("span", "rekb-group__scope", topic.scope), part("span", "rekb-group__trail", topic.trail));
      head.append(cell);
      return { body, head, count, label: topic.label, place: topic.place };
    }
    function arrange(list, wanted) {
      const members = new Map();
      for (const work of list) {
        const id = groupOf(work, wanted);
        if (members.has(id)) members.get(id).push(work); else members.set(id, [work]);
      }
      return [...members].map(([id, own]) => [group(id), own])
        .sort(([a, own], [b, others]) => others.length - own.length || a.place - b.place);
    }
    function showGroups(arranged) {
      const ordered = arranged.filter(([, own]) => own[0].shown);
      const bodies = new Set(ordered.map(([{ body }]) => body));
      for (const { body } of groups.values()) if (!bodies.has(body)) body.remove();
      let next = main.nextElementSibling;
      for (const [{ body, head, count }, own] of ordered) {
        if (body === next) next = next.nextElementSibling; else table.insertBefore(body, next);
        count.textContent = own.length === 1 ? "1 work" : `${own.length} works`;
        fill(body, own.filter((work) => work.shown), head);
      }
      headings = ordered.map(([{ head, label }, own]) => ({ head, label, count: own.length }));
    }
    function showFlat(list) {
      if (groups.size) {
        for (const { body } of groups.values()) body.remove();
        groups.clear();
      }
      fill(main, list);
      headings = [];
    }

    /* Says in a row how it saves what was asked for. */
    function explain(list, { saves, phase }) {
      for (const work of list) {
        const effects = facets.effectsOf(work.place);
        const place = effects.findIndex(([resource, when]) => (!saves || saves.includes(resource)) && (!phase || phase.includes(when)));
        const text = texts.reasons[work.place][place] ?? "";
        if (work.why?.textContent === text) continue;
        if (!work.why) {
          work.why = document.createElement("span");
          work.why.className = "rekb-why";
          work.row.cells[0].append(work.why);
        }
        work.why.textContent = text;
      }
    }

    function move(step) {
      const at = displayed.indexOf(current);
      const next = displayed[at < 0 ? 0 : Math.max(0, Math.min(displayed.length - 1, at + step))];
      if (!next) return;
      current = next;
      next.wait(false);
      next.row.scrollIntoView({ block: "nearest" });
      next.link.focus();
    }
    table.addEventListener("focusin", (event) => { current = works[placeOf.get(event.target.closest("tr"))] ?? current; });

    return {
      works,
      move,
      drawn: () => displayed,
      drawAll: () => { limit = Infinity; },
      revealAll: () => reveal(Infinity),
      headings: () => headings,
      current: () => (current && displayed.includes(current) ? current : null),
      show(set, { order, scores, grouped, cards, wanted }) {
        const found = sequence(set, order, scores);
        const arranged = grouped ? arrange(found, wanted.topic) : [];
        const list = grouped ? arranged.flatMap(([, own]) => own) : found;
        displayed = list.slice(0, limit);
        soon = scrollY > innerHeight ? Infinity : SOON; // a reader further down must not lose the place
        toggle(displayed);
        if (grouped) showGroups(arranged); else showFlat(displayed);
        if (grouped || cards) explain(displayed, wanted);
        table.classList.toggle("rekb-works--grouped", grouped);
        table.classList.toggle("rekb-works--cards", cards);
        revealSoon();
        return list;
      },
    };
  };
})();
