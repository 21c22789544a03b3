/* The explore page on a narrow screen, where the filters replace the works until a reader asks for these again. */
import { need } from "./dom.js";

/**
 * Start the buttons that show the filters and the works again.
 * @param {HTMLElement} page
 * @param {HTMLElement} form the filters
 * @param {HTMLElement} toggle shows them
 * @param {HTMLElement} done shows the works again
 */
export function foldsFilters(page, form, toggle, done) {
  /** @param {boolean} open */
  function showFilters(open) {
    page.classList.toggle("rekb-explore--filters", open);
    toggle.setAttribute("aria-expanded", String(open));
    (open ? need(form, "summary", HTMLElement) : toggle).focus();
    (open ? form : toggle).scrollIntoView({ block: open ? "start" : "center" });
  }
  toggle.addEventListener("click", () => showFilters(true));
  done.addEventListener("click", () => showFilters(false));
}
