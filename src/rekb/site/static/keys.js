/* The keyboard of the explore page. */
import { targetOf } from "./dom.js";

/**
 * Move through the works, select them and search by single keys.
 * @param {HTMLInputElement} find
 * @param {{move: (step: number) => void, current: () => import("./works.js").Work | null}} list
 * @param {(work: import("./works.js").Work) => void} select
 */
export function listenToKeys(find, list, select) {
  /** @type {Record<string, () => void>} */
  const keys = {
    "/": () => {
      find.focus();
      find.select();
    },
    j: () => list.move(1),
    k: () => list.move(-1),
    x: () => {
      const work = list.current();
      if (work) select(work);
    },
  };
  /** @type {Record<string, () => void>} */
  const arrows = { ArrowDown: keys.j, ArrowUp: keys.k };

  /** @param {KeyboardEvent} event */
  function act(event) {
    const target = targetOf(event);
    const typing = target?.matches("select, textarea, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inRow = target?.closest("[data-rekb-rows] tr");
    const step = keys[event.key] ?? (inRow ? arrows[event.key] : undefined);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }
  // the header's search listens to "/" as well, so ours are taken before it hears them
  addEventListener("keydown", act, { capture: true });
}
