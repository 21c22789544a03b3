/* What every page shares: the reading-level switch, citation tabs, copying, sortable tables. */
(function () {
  "use strict";
  const root = document.documentElement;

  function showLevel(level) {
    root.setAttribute("data-rekb-level", level);
    for (const button of document.querySelectorAll("[data-rekb-set-level]")) {
      button.setAttribute("aria-pressed", String(button.dataset.rekbSetLevel === level));
    }
  }

  function levelSwitch() {
    for (const group of document.querySelectorAll("[data-rekb-switch]")) {
      group.hidden = false;
      group.addEventListener("click", (event) => {
        const button = event.target.closest("[data-rekb-set-level]");
        if (!button) return;
        try { localStorage.setItem("rekb.level", button.dataset.rekbSetLevel); } catch { /* not remembered then */ }
        showLevel(button.dataset.rekbSetLevel);
      });
    }
    showLevel(root.getAttribute("data-rekb-level"));
    addEventListener("storage", (event) => {
      if (event.key === "rekb.level" && event.newValue) showLevel(event.newValue);
    });
  }

  async function copy(button) {
    const target = document.getElementById(button.dataset.rekbCopy);
    const label = button.firstChild;
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(target.textContent);
      label.textContent = "Copied ";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(target);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      label.textContent = "Selected: press Ctrl+C ";
    }
    button.classList.add("rekb-copy--done");
    setTimeout(() => { label.textContent = before; button.classList.remove("rekb-copy--done"); }, 2000);
  }

  function copyButtons() {
    for (const button of document.querySelectorAll("[data-rekb-copy]")) {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    }
  }

  function tabs(box) {
    const panels = [...box.querySelectorAll("[data-rekb-tab]")];
    const list = document.createElement("div");
    list.className = "rekb-tabs";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Citation format");
    const buttons = panels.map((panel, number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-tabs__tab";
      button.id = `tab-${number}`;
      button.textContent = panel.dataset.rekbTab;
      button.setAttribute("role", "tab");
      panel.id = `panel-${number}`;
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.removeAttribute("aria-label");
      panel.setAttribute("aria-labelledby", button.id);
      list.append(button);
      return button;
    });
    const select = (chosen, focus) => {
      panels.forEach((panel, number) => {
        panel.hidden = number !== chosen;
        buttons[number].setAttribute("aria-selected", String(number === chosen));
        buttons[number].tabIndex = number === chosen ? 0 : -1;
      });
      if (focus) buttons[chosen].focus();
    };
    list.addEventListener("click", (event) => {
      const number = buttons.indexOf(event.target.closest("button"));
      if (number >= 0) select(number, false);
    });
    list.addEventListener("keydown", (event) => {
      const number = buttons.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (number < 0 || !step) return;
      event.preventDefault();
      select((number + step + buttons.length) % buttons.length, true);
    });
    box.prepend(list);
    box.classList.add("rekb-citations--tabbed");
    select(0, false);
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rekb-sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
        const rows = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), "en", { numeric: true }));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }

  function moreRows(button) {
    const table = document.getElementById(button.dataset.rekbRest);
    const first = Number(table.dataset.rekbFirst);
    const shorten = () => [...table.tBodies[0].rows].forEach((row, place) => row.classList.toggle("rekb-later", place >= first));
    shorten();
    button.hidden = false;
    table.addEventListener("click", (event) => { if (event.target.closest(".rekb-sort") && !button.hidden) shorten(); });
    button.addEventListener("click", () => {
      const next = table.querySelector(".rekb-later a");
      for (const row of table.querySelectorAll(".rekb-later")) row.classList.remove("rekb-later");
      button.setAttribute("aria-expanded", "true");
      button.parentElement.hidden = button.hidden = true;
      next?.focus({ preventScroll: true });
    });
  }

  /* What a link leads to is opened if it is folded. */
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest("section")?.querySelector("details.rekb-fold");
    if (fold) fold.open = true;
  }

  /* The kin of a work in a graph of ties: what it is joined to stays bright, all else fades. */
  function kin(box) {
    const works = new Map([...box.querySelectorAll("[data-work]")].map((work) => [work.dataset.work, work]));
    const ties = [...box.querySelectorAll("[data-one]")];
    function light(work) {
      for (const lit of box.querySelectorAll(".rekb-lit")) lit.classList.remove("rekb-lit");
      box.classList.toggle("rekb-flow-box--lit", Boolean(work));
      if (!work) return;
      work.classList.add("rekb-lit");
      const key = work.dataset.work;
      for (const tie of ties) {
        if (tie.dataset.one !== key && tie.dataset.other !== key) continue;
        tie.classList.add("rekb-lit");
        works.get(tie.dataset.one === key ? tie.dataset.other : tie.dataset.one)?.classList.add("rekb-lit");
      }
    }
    const under = (event) => event.target.closest?.("[data-work]") ?? null;
    box.addEventListener("pointerover", (event) => light(under(event)));
    box.addEventListener("pointerleave", () => light(null));
    box.addEventListener("focusin", (event) => light(under(event)));
    box.addEventListener("focusout", () => light(null));
  }
  /* The theme puts tables of prose into boxes that scroll; those that do are reached by keyboard, too. */
  function scrollBoxes() {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      const scrolls = box.scrollWidth > box.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Table"]]) {
        if (scrolls) box.setAttribute(name, value); else box.removeAttribute(name);
      }
    }
  }
  for (const moment of ["load", "resize"]) addEventListener(moment, scrollBoxes);

  addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll('link[rel="alternate "]')) link.rel = "alternate";
  });
  levelSwitch();
  copyButtons();
  document.querySelectorAll("[data-rekb-tabs]").forEach(tabs);
  document.querySelectorAll("table[data-rekb-sortable]").forEach(sortable);
  document.querySelectorAll("[data-rekb-rest]").forEach(moreRows);
  document.querySelectorAll("[data-rekb-flow]").forEach(kin);
  for (const link of document.querySelectorAll(".rekb-jump a")) link.addEventListener("click", () => setTimeout(unfold));
  addEventListener("hashchange", unfold);
  unfold();
})();
