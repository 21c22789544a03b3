/* Names that scripts find without an import. */

/* Where joined modules keep what they export; only a module that is fetched later is looked up here by hand. */
declare var rekb: {
  ranking?: typeof import("../../src/rekb/site/static/ranking.js");
  /* What explore.js has fetched for exploring.js, and whether the reader has changed a field meanwhile. */
  begun?: { works: import("../../src/rekb/site/static/exploring.js").Data; isTouched: boolean };
  /* Fetched once somebody is about to paste a configuration. */
  config?: typeof import("../../src/rekb/site/static/config.js");
  /* What planner.js has fetched for models.js, and what was typed meanwhile. */
  planned?: { data: import("../../src/rekb/site/static/models.js").Data; typed: Map<string, string> };
};

/* Colours that a reader chose, as the theme keeps them: which of its palettes, and the values of its attributes. */
interface Palette {
  index: number;
  color: Record<string, string>;
}

/* What rekb-early.js or the theme's own script in a page sets: a value of the browser's storage, by the site it belongs to. */
declare function __md_get(name: "__palette"): Palette | null;
declare function __md_set(name: "__palette", value: Palette): void;

/* What the build writes into rekb-early.js: the reading levels, and the one that is shown first. */
declare const REKB_LEVELS: string[];
declare const REKB_DEFAULT: string;

/* What the data scripts of the offline copy call. */
declare var rekbOffline: (name: string, text: string) => void;
