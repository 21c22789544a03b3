/* The explore page as it opens. The page has the newest works; all of them, and exploring.js that filters them, are fetched
   behind the first paint: at once where the address or the reader asks for some, or where they are few; else when the reader
   does something. What is pressed before they are there is pressed again then. */
import { every, fetched, need, remembered, showScripted, targetOf, textOf } from "./dom.js";
import { whenIdle } from "./idle.js";
import { fetchScript } from "./search.js";

const page = need(document, "[data-rekb-explore]", HTMLElement);
const form = need(page, "[data-rekb-facets]", HTMLFormElement);
const status = need(page, "[data-rekb-status]", HTMLElement);
const root = new URL(page.dataset.rekbRoot ?? "", location.href);
const cards = remembered("rekb.view") === "cards";
const asksForSome = location.search !== "" || cards;
const signs = ["pointerdown", "pointermove", "keydown", "focusin", "touchstart", "scroll"];

/** What was pressed too early. @type {HTMLElement[]} */
const pressed = [];
let isTouched = false;
let isAsked = false;

/** @param {Event} event */
function press(event) {
  const button = targetOf(event)?.closest("button");
  if (!button || !page.contains(button)) return;
  event.preventDefault();
  pressed.push(button);
}

function touch() {
  isTouched = true;
}

async function begin() {
  const answer = await fetched(new URL("assets/rekb/works.json", root));
  const works = await answer.json();
  page.removeEventListener("click", press);
  rekb.begun = { works, isTouched };
  while (nameNext()); // exploring.js finds the buttons by what is written
  await fetchScript(new URL("assets/rekb/exploring.js", root));
  for (const button of pressed) button.click();
}

function ask() {
  if (isAsked) return;
  isAsked = true;
  for (const sign of signs) removeEventListener(sign, ask);
  begin().catch(() => {
    page.dataset.rekbDrawn = "";
    page.dataset.rekbReady = ""; // what the address asks for is hidden no longer
    status.textContent = "The works could not be loaded; open the page again.";
    showScripted(page);
  });
}

/* The page has hundreds of buttons that leave a word out, so what each says is written here. */
const unnamed = every(form, ".rekb-choice", HTMLElement);

function nameNext() {
  const choice = unnamed.shift();
  if (!choice) return false;
  const button = need(choice, ".rekb-not", HTMLButtonElement);
  const label = textOf(choice.querySelector("label")).trim();
  button.dataset.rekbNot = need(choice, "input", HTMLInputElement).value;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", `not ${label}`);
  button.title = `Leave out ${label}`;
  return unnamed.length > 0;
}

if (asksForSome) {
  ask();
} else {
  showScripted(page);
  page.addEventListener("click", press);
  for (const field of [form, ...every(page, "[data-rekb-find], [data-rekb-sort], [data-rekb-group]", HTMLElement)]) {
    for (const change of ["input", "change"]) field.addEventListener(change, touch);
  }
  whenIdle(nameNext);
  if (page.dataset.rekbWaits === undefined) whenIdle(() => { ask(); return false; });
  else for (const sign of signs) addEventListener(sign, ask, { passive: true });
}
