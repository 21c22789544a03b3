/* The finder: counts what each answer would leave and writes the address of the explore page that means it. */
(function () {
  "use strict";
  const rekb = globalThis.rekb;
  const form = document.querySelector("[data-rekb-finder]");
  if (!form) return;
  const index = rekb.facetIndex(JSON.parse(form.querySelector("[data-rekb-data]").textContent));
  const boxes = [...form.querySelectorAll("input[type=checkbox][name]")];
  const met = [...form.querySelectorAll("[data-rekb-met]")];
  const counts = boxes.map((box) => box.closest("li").querySelector("[data-rekb-count]"));
  const go = form.querySelector("[data-rekb-go]");
  const status = form.querySelector("[data-rekb-status]");

  function state() {
    const found = { wanted: {}, unwanted: {}, from: null, to: null };
    for (const box of boxes) if (box.checked) (found.wanted[box.name] ??= []).push(box.value);
    for (const box of met) if (!box.checked) (found.unwanted[box.dataset.rekbFacet] ??= []).push(box.dataset.rekbMet);
    return found;
  }

  function update() {
    const current = state();
    const left = index.counter(current);
    boxes.forEach((box, place) => {
      const number = left(box.name, box.value);
      counts[place].textContent = String(number);
      box.closest("li").classList.toggle("rekb-choice--none", number === 0);
    });
    const number = rekb.sets.count(index.matching(current));
    status.textContent = number === 1 ? "1 work fits." : `${number} works fit.`;
    go.textContent = number === 1 ? "Show 1 work" : `Show ${number} works`;
    go.disabled = number === 0;
  }

  function setAll(on) {
    for (const box of met) box.checked = on;
    update();
  }

  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = rekb.writeState(state());
    location.assign(`${form.action}?${query ? `${query}&` : ""}group=topic`);
  });
  form.addEventListener("reset", () => setTimeout(update));
  form.querySelector("[data-rekb-all]")?.addEventListener("click", () => setAll(true));
  form.querySelector("[data-rekb-none]")?.addEventListener("click", () => setAll(false));
  for (const element of form.querySelectorAll("[data-rekb-scripted]")) element.hidden = false;
  update(); // a browser that goes back keeps what was ticked
})();
