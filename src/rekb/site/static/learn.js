/* Reading paths: what was read is kept in this browser. Without scripts the pages are plain lists. */
import { above, every, need, remember, remembered, targetOf } from "./dom.js";

const KEPT = "rekb.learn";

const page = need(document, "[data-rekb-learn]", HTMLElement);
const paths = page.dataset.rekbPath ? [page] : every(page, "[data-rekb-path]", HTMLElement);
const note = need(page, "[data-rekb-progress-note]", HTMLElement);
const forget = need(page, "[data-rekb-forget]", HTMLElement);
const boxes = every(page, "[data-rekb-done]", HTMLInputElement);

/**
 * From the id of a path to the steps that were read; anything else that is there is taken for nothing.
 * @returns {Record<string, unknown>}
 */
function kept() {
  try {
    const found = JSON.parse(remembered(KEPT) ?? "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return {}; // somebody else wrote there
  }
}

/** @param {HTMLElement} path */
const nameOf = (path) => path.dataset.rekbPath ?? "";

/**
 * @param {Record<string, unknown>} all
 * @param {HTMLElement} path
 */
function readOf(all, path) {
  const found = all[nameOf(path)];
  const read = Array.isArray(found) ? found : [];
  return (path.dataset.goals ?? "").split(" ").filter((goal) => read.includes(goal));
}

/**
 * @param {HTMLElement} path
 * @param {string[]} read
 */
function drawPath(path, read) {
  const bar = need(path, "progress", HTMLProgressElement);
  const isShown = path === page || read.length > 0;
  bar.value = read.length;
  bar.hidden = !isShown;
  need(path, "[data-rekb-read]", HTMLElement).textContent = isShown ? `${read.length} of ${bar.max} read` : "";
  path.classList.toggle("rekb-course--done", read.length === bar.max);
  for (const box of boxes) box.checked = read.includes(box.dataset.rekbDone ?? "");
}

function draw() {
  const all = kept();
  let total = 0;
  for (const path of paths) {
    const read = readOf(all, path);
    total += read.length;
    drawPath(path, read);
  }
  for (const box of boxes) above(box, "[data-goal]").classList.toggle("rekb-steps__step--read", box.checked);
  forget.hidden = total === 0;
}

/** @param {Record<string, unknown>} all */
function keep(all) {
  remember(KEPT, JSON.stringify(all));
  draw();
}

page.addEventListener("change", (event) => {
  const box = targetOf(event);
  if (!(box instanceof HTMLInputElement) || !box.dataset.rekbDone) return;
  const all = kept();
  const read = new Set(readOf(all, page));
  if (box.checked) read.add(box.dataset.rekbDone);
  else read.delete(box.dataset.rekbDone);
  all[nameOf(page)] = [...read];
  keep(all);
});
forget.addEventListener("click", () => {
  const all = kept();
  for (const path of paths) delete all[nameOf(path)];
  keep(all);
});
addEventListener("storage", (event) => {
  if (event.key === KEPT) draw();
});
for (const box of boxes) above(box, "label").hidden = false;
note.hidden = false;
draw();
