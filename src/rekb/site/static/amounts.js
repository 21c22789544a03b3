/* Amounts as pages write them, and what tables sort them by. */
const AMOUNT = /^(\d[\d,]*(?:\.\d+)?) ?(kB|MB|GB|TB|K|M|B|T)?$/;
const TIMES = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/**
 * What a cell is sorted by: an amount as a plain number, nothing where a dash says that it is not known.
 * @param {string} text such as `1,024`, `110M` or `50.3 MB`
 */
export function sortedAs(text) {
  if (text === "–") return "";
  const [, digits, unit] = AMOUNT.exec(text) ?? [];
  if (!digits) return text;
  const times = TIMES[/** @type {keyof typeof TIMES} */ (unit)] ?? 1;
  return String(Math.round(Number(digits.replaceAll(",", "")) * times * 1000) / 1000);
}
