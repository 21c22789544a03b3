/* The planner's messages: what is wrong with a field stands below the answer, tied to its field, and is spoken once the
   reader pauses or leaves the field. */
import { sentence } from "./answers.js";
import { make, need, textOf } from "./dom.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const PAUSE = 900; // milliseconds without a key, after which an answer is spoken
const place = need(document, "[data-rekb-wrong]", HTMLElement);
const spoken = need(document, "[data-rekb-spoken]", HTMLElement);

/** @param {Field} field */
export const labelOf = (field) => textOf(field.parentElement?.firstChild).trim();

/**
 * Mark a field as right, or as wrong with the element that says why.
 * @param {Field} field
 * @param {HTMLElement | null} message
 */
function tie(field, message) {
  field.setAttribute("aria-invalid", String(message !== null));
  for (const name of ["aria-errormessage", "aria-describedby"]) {
    if (message) field.setAttribute(name, message.id);
    else field.removeAttribute(name);
  }
}

/**
 * Show what is wrong with fields, and what else is to be said.
 * @param {Field[]} fields all that can be wrong
 * @param {Map<Field, string>} faults
 * @param {string[]} others messages that belong to no field
 */
export function showFaults(fields, faults, others) {
  /** @type {HTMLElement[]} */
  const shown = [];
  for (const field of fields) {
    const fault = faults.get(field);
    const message = fault ? make("span", "", sentence(`${labelOf(field)}: ${fault}`)) : null;
    if (message) {
      message.id = `rekb-wrong-${field.name}`;
      shown.push(message);
    }
    tie(field, message);
  }
  for (const text of others) shown.push(make("span", "", sentence(text)));
  place.replaceChildren(...shown.flatMap((message, number) => (number ? [" ", message] : [message])));
}

/** @type {number | undefined} */
let waiting;
let next = "";

/* Speak at once what would be spoken after a pause. */
export function speakNow() {
  clearTimeout(waiting);
  if (textOf(spoken) !== next) spoken.textContent = next;
}

/**
 * Let a text be spoken after a pause.
 * @param {string} text
 */
export function speakLater(text) {
  next = text;
  clearTimeout(waiting);
  waiting = setTimeout(speakNow, PAUSE);
}

/* What the messages say together. */
export const faultsSaid = () => textOf(place);
