"""The facets of works as `static/facets.js` reads them: columns of numbers, and the names of a query."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from rekb.kb import KnowledgeBase
from rekb.kb.query import held_words
from rekb.model.facet_table import FACETS, aliases, effect_facets


def columns(base: KnowledgeBase, keys: Sequence[str]) -> dict[str, Any]:
    """Return the facets of these works, one line of numbers a work, and the language that asks for them."""
    words = held_words(base)
    rows = [words[key] for key in keys]
    facets = {}
    # All works have the same facets; without a work there is no column.
    for name in next(iter(rows), {}):
        facets[name] = _column([row[name] for row in rows])
    years = [base.entries[key].year for key in keys]
    return {"year": years, "facets": facets, "language": language(base)}


def language(base: KnowledgeBase) -> dict[str, object]:
    """Return the names of the query language: facets in the order of an address, other names, and more."""
    silences = {}
    for row in FACETS.values():
        if row.silence:
            silences[row.id] = row.silence
    return {
        "facets": [*FACETS, *base.config.own_facets],
        "aliases": aliases(),
        "together": effect_facets(),
        "silences": silences,
    }


def _column(rows: Sequence[tuple[str, ...]]) -> dict[str, object]:
    """Return the words of a facet, and for each work their numbers, so that each word is written once."""
    # Sorted, as the order of a set differs from run to run and the numbers are written to files.
    words = sorted(set(chain.from_iterable(rows)))
    numbers = {word: number for number, word in enumerate(words)}
    return {"words": tuple(words), "rows": [list(map(numbers.__getitem__, row)) for row in rows]}
