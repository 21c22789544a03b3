/* The switch between light and dark colours, in place of the theme's own: that one adds a `meta` for the colour scheme and
   marks the page while it switches, and a browser gives every element its style anew for each of these. */
import { every } from "./dom.js";

/* The theme's name; rekb-early.js shows what is kept before anything is painted. */
const KEPT = "__palette";
const BY_SYSTEM = "(prefers-color-scheme)";
const NAMES = ["media", "scheme", "primary", "accent"];

/** @returns {Palette | null} */
function kept() {
  try {
    return __md_get(KEPT);
  } catch {
    return null; // storage may be closed
  }
}

/**
 * Return the colours that can be chosen, as the script that runs first is given them; each has a button of the form.
 * @returns {Record<string, string>[]}
 */
function choices() {
  const given = document.querySelector("script[data-rekb-colours]")?.getAttribute("data-rekb-colours") ?? "";
  return given.split(";").filter(Boolean).map((text) => {
    const values = text.split("|");
    return Object.fromEntries(NAMES.map((name, number) => [name, values[number] ?? ""]));
  });
}

/**
 * Whether a button's label is the one that is shown.
 * @param {HTMLInputElement} input
 */
const isShown = (input) => input.matches(":not(:has(+ [hidden]))");

/**
 * Have keys switch as the name of the shown button says. A radio button that is ticked already would not answer to them.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement[]} inputs
 * @param {string[]} keys
 */
function switchBy(form, inputs, keys) {
  form.addEventListener("keydown", (event) => {
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    const next = inputs[(inputs.findIndex(isShown) + 1) % inputs.length];
    next.click();
    next.focus();
  });
}

/** Start the switch, where the page has one. That of the theme, on the page for wrong addresses, ticks nothing and knows Enter alone. */
export function startPalette() {
  for (const other of every(document, "form[data-md-component=palette]", HTMLFormElement)) {
    const buttons = every(other, "input", HTMLInputElement);
    for (const input of buttons) input.checked = isShown(input);
    switchBy(other, buttons, [" "]);
  }
  const [form] = every(document, "form[data-rekb-colours]", HTMLFormElement);
  const inputs = form ? every(form, "input", HTMLInputElement) : [];
  const all = choices();
  if (!inputs.length || all.length !== inputs.length) return;

  /** @param {number} index */
  function show(index) {
    const color = { ...all[index] };
    if (color.media === BY_SYSTEM) {
      const asked = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const like = all.find(({ media }) => media === `(prefers-color-scheme: ${asked})`);
      if (like) Object.assign(color, like, { media: BY_SYSTEM });
    }
    /* Scroll bars are of the root; asked for what it has already, it would be styled anew. */
    const scheme = color.scheme === "slate" ? "dark" : "light";
    if (document.documentElement.style.colorScheme !== scheme) document.documentElement.style.colorScheme = scheme;
    for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value);
    inputs.forEach((input, number) => {
      const label = input.nextElementSibling;
      if (label instanceof HTMLElement) label.hidden = number !== index;
      /* Focus lands on the ticked one. */
      input.checked = number === index;
    });
    return { index, color };
  }

  /** @param {number} index */
  function choose(index) {
    const shown = show(index);
    try {
      __md_set(KEPT, shown);
    } catch { /* storage may be closed */ }
  }

  const before = kept()?.index ?? all.findIndex(({ media }) => matchMedia(media).matches);
  let index = Math.max(0, Math.min(before, inputs.length - 1));
  show(index);
  inputs.forEach((input, number) => input.addEventListener("change", () => {
    index = number;
    choose(index);
  }));
  switchBy(form, inputs, ["Enter", " "]);
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
    if (all[index].media === BY_SYSTEM) choose(index);
  });
}
