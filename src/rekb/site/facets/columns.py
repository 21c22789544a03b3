"""The facets of works as `static/facets.js` reads them: columns of numbers, and the names of a query."""

from collections.abc import Iterable, Sequence
from typing import Any

from rekb.kb import KnowledgeBase
from rekb.kb.query import held_words
from rekb.model.facet_table import FACETS, aliases, effect_facets


def columns(base: KnowledgeBase, keys: Sequence[str]) -> dict[str, Any]:
    """Return the facets of these works, one line of numbers a work, and the language that asks for them."""
    words = held_words(base)
    held = [words[key] for key in keys]
    if held:
        names = tuple(held[0])
    else:
        names = ()
    made = {name: _column([words[name] for words in held]) for name in names}
    years = [base.entries[key].year for key in keys]
    return {"year": years, "facets": made, "language": language(base)}


def language(base: KnowledgeBase) -> dict[str, object]:
    """Return the names of the query language: facets in the order of an address, other names, and more."""
    return {
        "facets": [*FACETS, *base.config.own_facets],
        "aliases": aliases(),
        "together": effect_facets(),
        "silences": {row.id: row.silence for row in FACETS.values() if row.silence},
    }


def _column(rows: Iterable[tuple[str, ...]]) -> dict[str, object]:
    held = tuple(rows)
    words = tuple(sorted({word for row in held for word in row}))
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "rows": [[places[word] for word in row] for row in held]}
