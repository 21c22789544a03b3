/* Finding and making elements, so that what is missing from a page is named and what is found has a type. */

/**
 * Return the first element that a selector names.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind what it must be
 * @returns {T}
 */
export function need(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`no ${kind.name} is at ${selector}`);
}

/**
 * Return all elements that a selector names, each of one kind.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind what each must be; others are left out
 * @returns {T[]}
 */
export function every(root, selector, kind) {
  /** @type {T[]} */
  const kept = [];
  for (const found of root.querySelectorAll(selector)) if (found instanceof kind) kept.push(found);
  return kept;
}

/**
 * Return the nearest element above `inner`, itself included, that a selector names.
 * @param {Element} inner
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function above(inner, selector) {
  const found = inner.closest(selector);
  if (found instanceof HTMLElement) return found;
  throw new TypeError(`nothing above is at ${selector}`);
}

/**
 * Return the element that an event happened on.
 * @param {Event} event
 * @returns {Element | null}
 */
export function targetOf(event) {
  return event.target instanceof Element ? event.target : null;
}

/**
 * Return the text of an element, "" for none.
 * @param {Node | null | undefined} node
 */
export const textOf = (node) => node?.textContent ?? "";

/**
 * Make an element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string | null} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * Make a button that does something when it is pressed.
 * @param {string} className
 * @param {string} text
 * @param {() => void} [act]
 */
export function makeButton(className, text, act) {
  const made = make("button", className, text);
  made.type = "button";
  if (act) made.addEventListener("click", act);
  return made;
}

/**
 * Show what only scripts work.
 * @param {ParentNode} root
 */
export function showScripted(root) {
  for (const element of every(root, "[data-rekb-scripted]", HTMLElement)) element.hidden = false;
}

/**
 * Read what the browser remembers; null where it keeps nothing.
 * @param {string} name
 */
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be closed
  }
}

/**
 * Let the browser remember a text, where it may.
 * @param {string} name
 * @param {string} text
 */
export function remember(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // not remembered then
  }
}

/**
 * Fetch a file that must be there.
 * @param {string | URL} address
 */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} was not found`);
  return answer;
}

/**
 * Hand a text to the reader as a file.
 * @param {string} name
 * @param {BlobPart[]} parts
 */
export function save(name, parts) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * A number as the pages write it: 1,385. The first number that a browser formats in a language costs it more than all of a
 * page's, so whole ones are written here.
 * @param {number} count
 */
export const thousands = (count) =>
  Number.isSafeInteger(count) ? String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",") : count.toLocaleString("en");

/**
 * One or several, in words.
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export const counted = (count, one, many) => `${thousands(count)} ${count === 1 ? one : many}`;
