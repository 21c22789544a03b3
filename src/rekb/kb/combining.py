"""What combines with what: the statements pair by pair, and what they say together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from rekb.kb.base import KnowledgeBase
from rekb.model.combines import Combination, CombinesSource, Verdict

Together = Verdict | Literal["disagree"]
"""What all statements of a pair say together; `disagree` where they do not say the same."""
Parts = tuple[str, str]
"""Two topic ids or citation keys, in order."""

OLD_AFTER = timedelta(days=60)
"""How much older than the newest page that was read a page is marked: runtimes change from month to month."""


# Without slots: `cached_property` keeps its value in `__dict__`.
@dataclass(frozen=True)
class Combinations:
    """All statements of a knowledge base."""

    pairs: Mapping[Parts, tuple[Combination, ...]]
    """Pair to its statements, in the order of the file; pairs in order."""
    sources: Mapping[str, CombinesSource]
    """Id to page."""
    meant: Mapping[str, str]
    """Topic id or citation key to what the matrices call it: ``Chunked prefill`` of its first work."""

    @cached_property
    def newest(self) -> date | None:
        """The newest day of a page that was read: age is counted from it, so that no clock is asked."""
        days: list[date] = []
        for source in self.sources.values():
            if source.on:
                days.append(source.on)
        return max(days, default=None)

    @cached_property
    def partners(self) -> Mapping[str, tuple[Parts, ...]]:
        """Topic id or citation key to the pairs that it is in."""
        found: dict[str, list[Parts]] = {}
        for pair in self.pairs:
            for part in pair:
                found.setdefault(part, []).append(pair)
        kept: dict[str, tuple[Parts, ...]] = {}
        for part, pairs in found.items():
            kept[part] = tuple(pairs)
        return kept

    def is_old(self, row: Combination) -> bool:
        """Whether a statement rests on a page that is much older than the newest, or whose day is not known.

        Papers do not grow old: what they say is about the method, not about a version of some program.
        """
        if row.source is None or self.newest is None:
            return False
        day = self.sources[row.source].on
        if day is None:
            return True
        return self.newest - day > OLD_AFTER

    def only_on(self, pair: Parts) -> str:
        """Return the hardware that all pages on a pair speak of alone; empty where one speaks of any."""
        found = set()
        for row in self.pairs[pair]:
            found.add(self.sources[row.source].only_on if row.source else None)
        if len(found) > 1:
            return ""
        return found.pop() or ""

    def together(self, pair: Parts) -> Together:
        """Return what the statements of a pair say together."""
        verdicts = {row.verdict for row in self.pairs[pair]}
        if len(verdicts) > 1:
            return "disagree"
        return next(iter(verdicts))


def combinations(base: KnowledgeBase) -> Combinations:
    """Return the statements of a knowledge base, without those that name what is not there."""
    sources = {source.id: source for source in base.combines.sources}
    pairs: dict[Parts, list[Combination]] = {}
    for row in base.combines.combines:
        if _is_whole(base, sources, row):
            pairs.setdefault(row.parts, []).append(row)
    ordered = {pair: tuple(pairs[pair]) for pair in sorted(pairs)}
    meant: dict[str, str] = {}
    for matrix in base.combines.matrices:
        for held in matrix.parts:
            meant[held.part] = held.short
    return Combinations(ordered, sources, meant)


def _is_whole(base: KnowledgeBase, sources: Mapping[str, CombinesSource], row: Combination) -> bool:
    """Whether all that a statement names is there; the rules report the others."""
    if row.source is not None and row.source not in sources:
        return False
    if row.paper is not None and row.paper not in base.entries:
        return False
    for part in row.pair:
        if part not in base.topics and part not in base.entries:
            return False
    return True
