/* Works ticked in a table go into the basket that the explore page has, too; from two on they can be compared. */
(function () {
  "use strict";
  const KEY = "rekb.basket";
  const MOST = 6;
  const table = document.querySelector("[data-rekb-pick-from]");
  if (!table) return;

  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return new Set(Array.isArray(found) ? found : []);
    } catch { return new Set(); }
  }
  function keep(picked) {
    try { localStorage.setItem(KEY, JSON.stringify([...picked])); } catch { /* not remembered then */ }
  }

  const boxes = new Map();
  for (const row of table.querySelectorAll("tr[data-key]")) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "rekb-pick";
    box.autocomplete = "off";
    box.setAttribute("aria-label", `Select ${row.querySelector(".rekb-work").textContent} to compare`);
    row.cells[0].prepend(box, " ");
    boxes.set(row.dataset.key, box);
  }

  const bar = document.createElement("div");
  bar.className = "rekb-basket";
  const count = document.createElement("span");
  const compare = document.createElement("a");
  compare.className = "rekb-button rekb-button--main";
  compare.textContent = "Compare";
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "rekb-button";
  clear.textContent = "Clear";
  bar.append(count, compare, clear);
  table.closest(".rekb-scroll").before(bar);

  function draw() {
    const picked = kept();
    for (const [key, box] of boxes) box.checked = picked.has(key);
    bar.hidden = picked.size === 0;
    count.textContent = picked.size > MOST ? `${picked.size} selected, the first ${MOST} are compared` : `${picked.size} selected`;
    compare.href = `${table.dataset.rekbPickFrom}?papers=${[...picked].slice(0, MOST).join(",")}`;
  }

  table.addEventListener("change", (event) => {
    const key = event.target.closest("tr[data-key]")?.dataset.key;
    if (!key || event.target !== boxes.get(key)) return;
    const picked = kept();
    if (event.target.checked) picked.add(key); else picked.delete(key);
    keep(picked);
    draw();
  });
  clear.addEventListener("click", () => { keep(new Set()); draw(); });
  addEventListener("storage", (event) => { if (event.key === KEY) draw(); });
  draw();
})();
