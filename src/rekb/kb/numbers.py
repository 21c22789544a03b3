"""Reported results chosen by model, device, metric, resource or phase, each as one row of a table."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rekb.errors import RekbError
from rekb.kb.base import KnowledgeBase
from rekb.kb.results import ResultWords, result_words
from rekb.meant import did_you_mean
from rekb.model import Entry, Facet
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
    words: ResultWords


def numbers(base: KnowledgeBase, asked: Asked) -> tuple[Number, ...]:
    """Return the results that fit, those of one metric together; never ranked by value.

    A result whose metric has no phase shows at any time, so it fits every phase.
    """
    entries = base.entries
    if asked.entry is not None:
        entries = {asked.entry: base.entries[asked.entry]}
    found = [one for one in _all(base, entries) if _fits(one, asked)]
    return tuple(sorted(found, key=lambda one: (one.words.metric.casefold(), one.key)))


def refuse_unknown(base: KnowledgeBase, asked: Asked) -> None:
    """Refuse ids that do not exist.

    Raises:
        RekbError: for a metric, model, device, resource, phase or entry that is not here, with the nearest
            that is.
    """
    measures = base.measures
    for what, word, known in (
        ("metric", asked.metric, measures.metrics or {}),
        ("model", asked.model, measures.models or {}),
        ("device", asked.device, measures.devices or {}),
        ("resource", asked.resource, base.facets.get(Facet.RESOURCE, {})),
        ("phase", asked.phase, base.facets.get(Facet.PHASE, {})),
        ("entry", asked.entry, base.entries),
    ):
        if word is not None and word not in known:
            raise RekbError(_unknown(what, word, known))


def _unknown(what: str, word: str, known: Collection[str]) -> str:
    advice = did_you_mean(word, known)
    if advice is None:
        return f"there is no {what} `{word}`"
    return f"there is no {what} `{word}`: {advice}"


def _all(base: KnowledgeBase, entries: Mapping[str, Entry]) -> Iterator[Number]:
    """Yield every number of some works, in their order."""
    for key, entry in entries.items():
        for result in entry.results:
            words = result_words(base, key, result)
            yield Number(key, result, words)


def _fits(one: Number, asked: Asked) -> bool:
    wanted = (
        (asked.metric, one.result.metric),
        (asked.model, one.result.model),
        (asked.device, one.result.device),
        (asked.resource, one.words.resource),
        (asked.phase, one.words.phase or asked.phase),
    )
    for word, has in wanted:
        if not (word is None or word == has):
            return False
    return True
