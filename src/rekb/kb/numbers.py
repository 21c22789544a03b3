"""Reported results chosen by model, device, metric, resource or phase, each as one row of a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from rekb.kb.base import KnowledgeBase
from rekb.kb.results import Told, told
from rekb.model.results import Result


@dataclass(frozen=True, slots=True)
class Asked:
    """Which results are wanted; `None` asks for nothing."""

    metric: str | None = None
    model: str | None = None
    device: str | None = None
    resource: str | None = None
    phase: str | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One result: the work, the fields of its file, and its words."""

    key: str
    result: Result
    words: Told


def numbers(base: KnowledgeBase, asked: Asked) -> tuple[Number, ...]:
    """Return the results that fit, those of one metric together; never ranked by value.

    A result whose metric has no phase shows at any time, so it fits every phase.
    """
    found = [one for one in _all(base) if _fits(one, asked)]
    return tuple(sorted(found, key=lambda one: (one.words.metric.casefold(), one.key)))


def _all(base: KnowledgeBase) -> Iterator[Number]:
    for key, entry in base.entries.items():
        for result in entry.results:
            yield Number(key, result, told(base, key, result))


def _fits(one: Number, asked: Asked) -> bool:
    wanted = (
        (asked.entry, one.key),
        (asked.metric, one.result.metric),
        (asked.model, one.result.model),
        (asked.device, one.result.device),
        (asked.resource, one.words.resource),
        (asked.phase, one.words.phase or asked.phase),
    )
    return all(word is None or word == has for word, has in wanted)
