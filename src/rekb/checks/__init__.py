"""The rules that a knowledge base is held to; each is a function with its why, example and fix."""

from rekb.checks import (
    combines,
    configuration,
    content,
    dates,
    facets,
    files,
    identity,
    letters,
    levels,
    links,
    markup,
    measures,
    names,
    numbers,
    paths,
    references,
    relations,
    reproductions,
    results,
    style,
    survey,
    vocabulary,
    wordings,
)
from rekb.checks.reading import READING_RULES
from rekb.checks.registry import RULES, Rule, run

ALL_RULES: dict[str, Rule] = {**READING_RULES, **RULES}
"""Every rule whose name can ever be printed."""

__all__ = [
    "ALL_RULES",
    "RULES",
    "Rule",
    "combines",
    "configuration",
    "content",
    "dates",
    "facets",
    "files",
    "identity",
    "letters",
    "levels",
    "links",
    "markup",
    "measures",
    "names",
    "numbers",
    "paths",
    "references",
    "relations",
    "reproductions",
    "results",
    "run",
    "style",
    "survey",
    "vocabulary",
    "wordings",
]
