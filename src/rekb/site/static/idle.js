/* Work that waits until the browser has nothing else to do. */

const SLICE = 6; // milliseconds that work in idle time takes before others have their turn

/**
 * Do what is left over when nothing else is to be done.
 * @param {() => boolean} step does a part and says whether there is more
 * @param {number} [slice] milliseconds
 */
export function whenIdle(step, slice = SLICE) {
  const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 1));
  later(() => {
    const end = performance.now() + slice;
    let more = step();
    while (more && performance.now() < end) more = step();
    if (more) whenIdle(step, slice);
  });
}
