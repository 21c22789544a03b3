/* Works ticked in a table go into the basket that the explore page has, too; from two on they can be compared. */
import { above, every, make, makeButton, need, remember, remembered, targetOf, textOf } from "./dom.js";

const KEPT = "rekb.basket";
const MOST = 6;

/** @returns {Set<string>} */
function kept() {
  try {
    const found = JSON.parse(remembered(KEPT) ?? "[]");
    return new Set(Array.isArray(found) ? found : []);
  } catch {
    return new Set(); // somebody else wrote there
  }
}

/**
 * @param {HTMLTableRowElement} row
 * @returns {HTMLInputElement}
 */
function pickOf(row) {
  const box = make("input", "rekb-pick");
  box.type = "checkbox";
  box.autocomplete = "off"; // else the browser ticks what was ticked before a reload
  box.setAttribute("aria-label", `Select ${textOf(need(row, ".rekb-work", HTMLElement))} to compare`);
  row.cells[0].prepend(box, " ");
  return box;
}

/** @param {HTMLElement} table */
function picking(table) {
  const rows = every(table, "tr[data-key]", HTMLTableRowElement);
  const boxes = new Map(rows.map((row) => [row.dataset.key ?? "", pickOf(row)]));
  const bar = make("div", "rekb-basket");
  const count = make("span");
  const compare = make("a", "rekb-button rekb-button--main", "Compare");

  function draw() {
    const picked = kept();
    for (const [key, box] of boxes) box.checked = picked.has(key);
    bar.hidden = picked.size === 0;
    const more = picked.size > MOST ? `, the first ${MOST} are compared` : "";
    count.textContent = `${picked.size} selected${more}`;
    compare.href = `${table.dataset.rekbPickFrom}?papers=${[...picked].slice(0, MOST).join(",")}`;
  }

  /** @param {Set<string>} picked */
  function keep(picked) {
    remember(KEPT, JSON.stringify([...picked]));
    draw();
  }

  bar.append(count, compare, makeButton("rekb-button", "Clear", () => keep(new Set())));
  above(table, ".rekb-scroll").before(bar);
  table.addEventListener("change", (event) => {
    const box = targetOf(event);
    const row = box?.closest("tr[data-key]");
    const key = row?.getAttribute("data-key");
    if (!key || !(box instanceof HTMLInputElement) || box !== boxes.get(key)) return;
    const picked = kept();
    if (box.checked) picked.add(key);
    else picked.delete(key);
    keep(picked);
  });
  addEventListener("storage", (event) => {
    if (event.key === KEPT) draw();
  });
  draw();
}

every(document, "[data-rekb-pick-from]", HTMLElement).slice(0, 1).forEach(picking);
