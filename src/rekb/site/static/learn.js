/* Reading paths: what was read is kept in this browser. Without scripts the pages are plain lists. */
(function () {
  "use strict";
  const KEY = "rekb.learn";
  const page = document.querySelector("[data-rekb-learn]");
  if (!page) return;

  /* From the id of a path to the steps that were read; anything else that stands there is taken for nothing. */
  function kept() {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(KEY) ?? "{}"); } catch { /* as if nothing was read */ }
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  }

  function keep(all) {
    try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* not remembered then */ }
  }

  const paths = page.dataset.rekbPath ? [page] : [...page.querySelectorAll("[data-rekb-path]")];
  const note = page.querySelector("[data-rekb-progress-note]");
  const forget = page.querySelector("[data-rekb-forget]");
  const boxes = [...page.querySelectorAll("[data-rekb-done]")];

  function readOf(all, path) {
    const read = Array.isArray(all[path.dataset.rekbPath]) ? all[path.dataset.rekbPath] : [];
    return path.dataset.goals.split(" ").filter((goal) => read.includes(goal));
  }

  function draw() {
    const all = kept();
    let total = 0;
    for (const path of paths) {
      const read = readOf(all, path);
      const bar = path.querySelector("progress");
      total += read.length;
      bar.value = read.length;
      bar.hidden = path !== page && read.length === 0;
      path.querySelector("[data-rekb-read]").textContent = read.length || path === page ? `${read.length} of ${bar.max} read` : "";
      path.classList.toggle("rekb-course--done", read.length === bar.max);
      for (const box of boxes) box.checked = read.includes(box.dataset.rekbDone);
    }
    for (const box of boxes) box.closest("[data-goal]").classList.toggle("rekb-steps__step--read", box.checked);
    forget.hidden = total === 0;
  }

  page.addEventListener("change", (event) => {
    const goal = event.target.dataset.rekbDone;
    if (!goal) return;
    const all = kept();
    const read = new Set(readOf(all, page));
    if (event.target.checked) read.add(goal); else read.delete(goal);
    all[page.dataset.rekbPath] = [...read];
    keep(all);
    draw();
  });
  forget.addEventListener("click", () => {
    const all = kept();
    for (const path of paths) delete all[path.dataset.rekbPath];
    keep(all);
    draw();
  });
  addEventListener("storage", (event) => { if (event.key === KEY) draw(); });
  for (const box of boxes) box.closest("label").hidden = false;
  note.hidden = false;
  draw();
})();
