"""Fixes of lists: words that are there twice, rows out of order, relations that hold both ways."""

from collections.abc import Iterator
from typing import Any

from rekb.edit.change import Change, inside, without
from rekb.fixes.words import Words
from rekb.yamlio.document import Path_


def repeated(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Keep one of several equal words or relations; effects differ in how, so they are left."""
    fields: list[Path_] = [("topics",), ("requires",), ("hardware",), ("modalities",)]
    tags = inside(value, ("tags",))
    if isinstance(tags, dict):
        fields.extend(("tags", facet) for facet in tags)
    fields.append(("relations",))
    for field in fields:
        listed = inside(value, field)
        if not isinstance(listed, list):
            continue
        twice = _later_ones(listed)
        if twice:
            yield Change("repeated-word", field, order=without(twice, len(listed)))


def _later_ones(listed: list[Any]) -> list[int]:
    """Return the places of what a list names once more."""
    seen = set()
    twice: list[int] = []
    for number, word in enumerate(listed):
        mark = _mark(word)
        if mark in seen:
            twice.append(number)
        seen.add(mark)
    return twice


def _mark(word: Any) -> str:
    """Return what equal elements of a list share, however their fields are ordered."""
    if isinstance(word, dict):
        return repr(sorted(word.items()))
    return repr(word)


def survey_rows(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Put the rows of the survey in order."""
    rows = inside(value, ("survey", "rows"))
    if not isinstance(rows, list):
        return
    # `True` is an int to isinstance; what is no whole number is reported, not sorted.
    are_numbers = all(type(row) is int for row in rows)
    if are_numbers and rows != sorted(rows):
        yield Change("survey-rows-out-of-order", ("survey", "rows"), sorted(set(rows)))


def both_ways(value: Any, words: Words, key: str) -> Iterator[Change]:
    """Take out a competitor whose own entry says so already."""
    relations = inside(value, ("relations",))
    if not isinstance(relations, list):
        return
    twice: list[int] = []
    for number, relation in enumerate(relations):
        if not isinstance(relation, dict):
            continue
        if relation.get("type") != "competes-with":
            continue
        if _states(words, relation.get("entry"), key):
            twice.append(number)
    if twice:
        kept = without(twice, len(relations))
        yield Change("relation-stated-twice", ("relations",), order=kept)


def _states(words: Words, other: Any, key: str) -> bool:
    """Whether another entry names this one as a competitor, and is the one that may."""
    if not isinstance(other, str):
        return False
    # Of two entries that name each other, the one whose key comes first keeps the relation.
    if other >= key:
        return False
    entry = words.base.entries.get(other)
    if entry is None:
        return False
    named = [(relation.type, relation.entry) for relation in entry.relations]
    return ("competes-with", key) in named
