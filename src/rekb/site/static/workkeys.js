/* Keys of works, most of which the other columns of the explore page say; rekb/site/pages/explore_data.py leaves those out. */

/** The letters and digits of a text as keys have them. @param {string} text */
const letters = (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * The key of a work: family name, year and word of the title, where it is not written out.
 * @param {Pick<import("./rows.js").Works, "keys" | "titles" | "authors">} works
 * @param {number} place
 * @param {number} year
 */
export function keyAt({ keys, titles, authors }, place, year) {
  const key = keys[place];
  if (typeof key === "string") return key;
  const [family] = authors[place].split(/ et al\.| and /);
  return `${letters(family)}${year}${letters(titles[place].split(" ")[key])}`;
}
