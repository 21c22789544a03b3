"""What others got who measured reported results again, joined to the results."""

from collections.abc import Iterator
from dataclasses import dataclass

from rekb.kb.base import KnowledgeBase
from rekb.model.reproductions import Reproduction
from rekb.model.results import Result


@dataclass(frozen=True, slots=True)
class Again:
    """One result of a work, and what others got."""

    key: str
    result: Result
    reproduction: Reproduction


def reproductions(base: KnowledgeBase) -> Iterator[Again]:
    """Yield what others got, in the order of works; those whose result is not there are left out."""
    for key in base.entries:
        yield from reproductions_of(base, key)


def reproductions_of(base: KnowledgeBase, key: str) -> Iterator[Again]:
    """Yield what others got of one work's results, in the order of its file."""
    entry = base.entries[key]
    results = {result.id: result for result in entry.results}
    for reproduction in entry.reproductions:
        result = results.get(reproduction.result)
        if result is not None:
            yield Again(key, result, reproduction)


def has_reproductions(base: KnowledgeBase) -> bool:
    """Whether anybody is known to have measured a number of these works again."""
    return any(True for _ in reproductions(base))


def unit_of(base: KnowledgeBase, key: str, reproduction: Reproduction) -> str:
    """Return the unit of what others got: its own, else that of the result; nothing where both are absent."""
    if reproduction.unit:
        return reproduction.unit
    for again in reproductions_of(base, key):
        if again.result.id == reproduction.result:
            return again.result.unit
    return ""
