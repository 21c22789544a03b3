"""Fixes of lists: words that stand twice, rows out of order, relations that hold both ways."""

from collections.abc import Iterator
from typing import Any

from rekb.edit.change import Change, inside, without
from rekb.fixes.words import Words
from rekb.yamlio.document import Path_


def repeated(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Keep one of several equal words or relations; effects differ in how, so they are left."""
    tags = inside(value, ("tags",))
    lists: list[Path_] = [("tags", facet) for facet in tags] if isinstance(tags, dict) else []
    for field in (("topics",), ("requires",), ("hardware",), ("modalities",), *lists, ("relations",)):
        listed = inside(value, field)
        if not isinstance(listed, list):
            continue
        marks = [_mark(word) for word in listed]
        first = {mark: n for n, mark in reversed(list(enumerate(marks)))}
        twice = []
        for n, mark in enumerate(marks):
            if first[mark] < n:
                twice.append(n)
        if twice:
            yield Change("repeated-word", field, order=without(twice, len(listed)))


def _mark(word: Any) -> str:
    """Return what equal elements of a list share, however their fields are ordered."""
    if isinstance(word, dict):
        return repr(sorted(word.items()))
    return repr(word)


def survey_rows(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Put the rows of the survey in order."""
    rows = inside(value, ("survey", "rows"))
    if isinstance(rows, list) and all(type(row) is int for row in rows) and rows != sorted(rows):
        yield Change("survey-rows-out-of-order", ("survey", "rows"), sorted(set(rows)))


def both_ways(value: Any, words: Words, key: str) -> Iterator[Change]:
    """Take out a competitor whose own entry says so already."""
    relations = inside(value, ("relations",))
    if not isinstance(relations, list):
        return
    twice = []
    for number, relation in enumerate(relations):
        competes = isinstance(relation, dict) and relation.get("type") == "competes-with"
        if competes and _states(words, relation.get("entry"), key):
            twice.append(number)
    if twice:
        yield Change("relation-stated-twice", ("relations",), order=without(twice, len(relations)))


def _states(words: Words, other: Any, key: str) -> bool:
    # Of two entries that name each other, the one whose key comes first keeps the relation.
    if not isinstance(other, str) or other >= key:
        return False
    entry = words.base.entries.get(other)
    if entry is None:
        return False
    for relation in entry.relations:
        if relation.type == "competes-with" and relation.entry == key:
            return True
    return False
