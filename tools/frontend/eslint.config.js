/* How the site's scripts are written. What eslint cannot see, types, is checked by tsc (tsconfig.json). */
import js from "@eslint/js";

const rules = {
  ...js.configs.recommended.rules,
  "array-callback-return": "error",
  "arrow-body-style": "error",
  complexity: ["error", 12],
  "consistent-return": "error",
  curly: ["error", "multi-line"],
  "default-case-last": "error",
  eqeqeq: "error",
  "max-depth": ["error", 4],
  "max-lines": ["error", { max: 400 }],
  "max-params": ["error", 5],
  "no-await-in-loop": "error",
  "no-constructor-return": "error",
  "no-else-return": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-multi-assign": "error",
  "no-nested-ternary": "error",
  "no-new-func": "error",
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Text of data is put into the page with textContent." },
    { property: "outerHTML", message: "Text of data is put into the page with textContent." },
    { property: "insertAdjacentHTML", message: "Text of data is put into the page with textContent." },
  ],
  "no-restricted-syntax": [
    "error",
    { selector: "ImportExpression", message: "Modules are joined when the site is built: import at the top." },
  ],
  "no-self-compare": "error",
  "no-sequences": "error",
  "no-shadow": "error",
  "no-undef": "off", // tsc knows which names there are
  "no-template-curly-in-string": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable-loop": "error",
  "no-unused-expressions": "error",
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  radix: "error",
  "require-atomic-updates": "error",
};

const STATIC = "src/rekb/site/static";

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: [`${STATIC}/*.js`], languageOptions: { ecmaVersion: 2023, sourceType: "module" }, rules },
  { files: [`${STATIC}/rekb-early.js`, `${STATIC}/offline.js`], languageOptions: { sourceType: "script" } },
];
