"""Fixes of results: ids for words that mean them, and a name for a result that has none."""

from collections.abc import Iterator
from typing import Any

from rekb.edit.change import Change, inside
from rekb.fixes.words import Words
from rekb.kb.results import result_id, spellings


def _results(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the results of an entry that can be read, each with its place."""
    listed = inside(value, ("results",))
    if not isinstance(listed, list):
        return
    for number, result in enumerate(listed):
        if isinstance(result, dict):
            yield number, result


def word_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write the id of a metric, model, device or unit for its label or another spelling."""
    measures = words.base.measures
    for rule, field, known in (
        ("unknown-metric", "metric", measures.metrics),
        ("unknown-model", "model", measures.models),
        ("unknown-device", "device", measures.devices),
        ("unknown-unit", "unit", measures.units),
    ):
        meant = spellings(known)
        for number, result in _results(value):
            text = result.get(field)
            word = meant.get(_spelled(text))
            if word and text != word:
                yield Change(rule, ("results", number, field), word)


def _spelled(text: Any) -> str:
    """Return a text as spellings are compared; nothing for what is no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(text.casefold().split())


def names(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Give a result without a name one, of its metric and model."""
    # Given names first: a made one must differ from those further down, too.
    taken: set[str] = set()
    for _number, result in _results(value):
        if "id" in result:
            taken.add(str(result["id"]))
    for number, result in _results(value):
        if "id" in result:
            continue
        name = result_id(result, taken)
        taken.add(name)
        yield Change("missing-field", ("results", number, "id"), name)
