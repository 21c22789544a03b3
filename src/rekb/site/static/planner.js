/* The models page as it opens. The page has a whole answer and the fields; what computes another one (models.js) and the figures
   of published sizes are fetched behind the first paint, at once where the address holds a plan. What is typed before they
   are there is kept. */
import { every, fetched, need, targetOf } from "./dom.js";
import { whenIdle } from "./idle.js";
import { fetchScript } from "./search.js";

const page = need(document, "[data-rekb-models]", HTMLElement);
const form = need(page, "[data-rekb-calculator]", HTMLFormElement);
const root = new URL(page.dataset.rekbModels ?? "", location.href);

/** What was typed too early, by the name of its field. @type {Map<string, string>} */
const typed = new Map();

/** @param {Event} event */
function keep(event) {
  const field = targetOf(event);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) typed.set(field.name, field.value);
}

/** @param {Event} event */
const stay = (event) => event.preventDefault();

async function begin() {
  const answer = await fetched(new URL("assets/rekb/planner.json", root));
  rekb.planned = { data: await answer.json(), typed };
  await fetchScript(new URL("assets/rekb/models.js", root));
  form.removeEventListener("input", keep);
}

function ask() {
  begin().catch(() => {
    need(page, "[data-rekb-calculator-say]", HTMLElement).textContent = "The planner could not be loaded; open the page again.";
  });
}

form.addEventListener("input", keep);
form.addEventListener("submit", stay);
for (const hidden of [form, ...every(page, "[data-rekb-config]", HTMLElement)]) hidden.hidden = false;
if (location.search) ask();
else whenIdle(() => { ask(); return false; });
