/* The finder: counts what each answer would leave and writes the address of the explore page that means it. */
import { above, counted, every, need, showScripted, textOf, thousands } from "./dom.js";
import { count, facetIndex, writeState } from "./facets.js";

const form = need(document, "[data-rekb-finder]", HTMLFormElement);
const index = facetIndex(JSON.parse(textOf(form.querySelector("[data-rekb-data]"))));
const boxes = every(form, "input[type=checkbox][name]", HTMLInputElement);
const met = every(form, "[data-rekb-met]", HTMLInputElement);
const places = boxes.map((box) => above(box, "li"));
const counts = places.map((place) => need(place, "[data-rekb-count]", HTMLElement));
const go = need(form, "[data-rekb-go]", HTMLButtonElement);
const status = need(form, "[data-rekb-status]", HTMLElement);

/** @returns {import("./facets.js").State} */
function state() {
  /** @type {import("./facets.js").State} */
  const found = { wanted: {}, unwanted: {}, from: null, to: null };
  for (const box of boxes) if (box.checked) (found.wanted[box.name] ??= []).push(box.value);
  for (const { checked, dataset } of met) {
    const { rekbFacet: facet, rekbMet: word } = dataset;
    if (!checked && facet && word) (found.unwanted[facet] ??= []).push(word);
  }
  return found;
}

function update() {
  const current = state();
  const left = index.counter(current);
  boxes.forEach((box, place) => {
    const number = left(box.name, box.value);
    counts[place].textContent = thousands(number);
    places[place].classList.toggle("rekb-choice--none", number === 0);
  });
  const number = count(index.matching(current));
  status.textContent = counted(number, "work fits.", "works fit.");
  go.textContent = `Show ${counted(number, "work", "works")}`;
  go.disabled = number === 0;
}

/** @param {boolean} on */
function setAll(on) {
  for (const box of met) box.checked = on;
  update();
}

form.addEventListener("change", update);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = writeState(state());
  location.assign(`${form.action}?${query ? `${query}&` : ""}group=topic`);
});
form.addEventListener("reset", () => setTimeout(update));
form.querySelector("[data-rekb-all]")?.addEventListener("click", () => setAll(true));
form.querySelector("[data-rekb-none]")?.addEventListener("click", () => setAll(false));
showScripted(form);
update(); // a browser that goes back keeps what was ticked
