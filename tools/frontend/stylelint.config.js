/* How the site's style sheets are written. */
export default {
  extends: "stylelint-config-standard",
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  rules: {
    "color-named": "never",
    "custom-property-pattern": "^(rekb|md)-[a-z0-9]+(-[a-z0-9]+)*(--[a-z]+)?$",
    "declaration-no-important": true,
    "declaration-empty-line-before": "never",
    "declaration-property-value-no-unknown": [true, { ignoreProperties: { content: /REKB_/ } }], // titles of facets
    "media-feature-range-notation": "prefix", // as the theme's own sheets, for browsers that know no ranges
    "no-descending-specificity": null, // much stands against rules of the theme, which say what must be outdone
    "selector-class-pattern": "^(rekb|md)(-[a-z0-9]+)*(__[a-z0-9]+(-[a-z0-9]+)*)?(--[a-z0-9]+(-[a-z0-9]+)*)?$|^(headerlink|highlight)$",
    "selector-max-id": 0,
    "value-keyword-case": ["lower", { ignoreKeywords: ["Roboto", "Arial", "/^REKB_/"] }],
  },
};
