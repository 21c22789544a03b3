/* Answers questions by the browser's ranking: reads {content, rows} from standard input, writes what each row found.
   and where each document is. tests/test_search.py compares that with what Python says. */
"use strict";
const { readFileSync } = require("node:fs");
const { ranking, groups, pathOf } = require("../src/rekb/site/static/ranking.js");

const { content, questions } = JSON.parse(readFileSync(0, "utf8"));
const index = ranking(content);
const answers = questions.map((question) => {
  const before = index.steps();
  const found = index.find(question);
  return {
    groups: groups(found).map(({ kind, hits }) => [kind, hits.map((hit) => hit.document.id)]),
    scores: found.map((hit) => hit.score),
    whole: found.map((hit) => hit.isWhole),
    sure: found.map((hit) => hit.isSure),
    steps: index.steps() - before,
  };
});
process.stdout.write(JSON.stringify({ answers, paths: content.documents.map(pathOf) }));
