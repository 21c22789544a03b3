/* Why works are in a list: how each saves what was asked for. The reasons of a resource are a file, fetched when they are
   to be seen; until it is there, the resource and the phase stand for it. */
import { fetched } from "./dom.js";

/** Phase to citation key to the reason; see rekb/site/pages/explore_data.py. @typedef {Record<string, Record<string, string>>} Reasons */

/**
 * @param {URL} root of the site
 * @param {(facet: string, word: string) => string} labelOf what a word of a facet is called
 */
export function reasonsOf(root, labelOf) {
  /** @type {Map<string, Reasons>} */
  const known = new Map();
  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();

  /** @param {string} resource */
  async function fetchReasons(resource) {
    const answer = await fetched(new URL(`assets/rekb/reasons/${resource}.json`, root));
    known.set(resource, await answer.json());
  }

  /** @param {string} resource */
  function load(resource) {
    const before = asked.get(resource);
    if (before) return before;
    const made = fetchReasons(resource);
    asked.set(resource, made);
    made.catch(() => asked.delete(resource));
    return made;
  }

  return {
    /**
     * How a work saves a resource in a phase, as far as that is there.
     * @param {string} key
     * @param {string} resource
     * @param {string} phase
     */
    of(key, resource, phase) {
      const reasons = known.get(resource);
      return reasons ? reasons[phase]?.[key] ?? "" : `${labelOf("saves", resource)}, ${labelOf("phase", phase)}`;
    },
    /**
     * Fetch the reasons of resources; true where some were not there.
     * @param {Iterable<string>} resources
     */
    async fetch(resources) {
      const lacking = [...resources].filter((resource) => !known.has(resource));
      await Promise.all(lacking.map(load));
      return lacking.length > 0;
    },
  };
}

/** @typedef {ReturnType<typeof reasonsOf>} ReasonFiles */
