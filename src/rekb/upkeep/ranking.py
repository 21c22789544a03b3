"""Which candidates deserve a look first.

Those that many lists name, that read like what was entered, and unlike what was declined, and the newer ones.
How well that serves is in docs/audits/2026-11-30-ranking.md; tools/ranking.py measures it.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rekb.intake.topics import TopicFinder, Vector, likeness, topic_finder
from rekb.kb import KnowledgeBase
from rekb.kb.decisions import year_of
from rekb.model.watch import Candidate

_NEAREST = 10
"""How many of the nearest works say how near a candidate is."""
_NEARNESS = 6.0
"""What full likeness counts, against 1 for each list that names the work."""
_FARNESS = 9.0
"""What full likeness to declined works counts against a work."""
_YEAR = 0.2
"""What each year of age counts against a work."""
_OLDEST = 4
"""Years of age that count, and the age of a work without a date: of 28 that were decided none was entered."""
_MOST_LISTS = 4
"""Lists that count: beyond that, fame says no more about fitness."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what speaks for it."""

    candidate: Candidate
    score: float
    topic: str | None
    """The leaf that it reads most like."""
    like: tuple[str, ...]
    """Keys of the entries there that it reads most like."""


def ranked(base: KnowledgeBase, candidates: Iterable[Candidate]) -> tuple[Ranked, ...]:
    """Return candidates, the most promising first; equal ones by newest first day, then by id."""
    candidates = tuple(candidates)
    newest = max((year_of(candidate) or 0 for candidate in candidates), default=0)
    finder = topic_finder(base)
    declined = [finder.vector(row.title) for row in base.declined.declined]
    entered = _titles(base, finder)
    found = []
    for candidate in candidates:
        title = finder.vector(candidate.title)
        score = (
            min(len(candidate.lists), _MOST_LISTS)
            + _NEARNESS * _nearness(title, entered)
            - _FARNESS * _nearness(title, declined)
            - _YEAR * _age(candidate, newest)
        )
        found.append(_ranked(finder, candidate, score))
    # Python's sort keeps equal rows in the order that they have, also when it is reversed.
    found.sort(key=lambda row: row.candidate.id)
    found.sort(key=lambda row: (row.score, row.candidate.first or ""), reverse=True)
    return tuple(found)


def _titles(base: KnowledgeBase, finder: TopicFinder) -> Sequence[Vector]:
    """Return the direction of each entry's title: of candidates, too, only the title is known."""
    found = []
    for entry in base.entries.values():
        found.append(finder.vector(entry.title))
    return found


def _age(candidate: Candidate, newest: int) -> int:
    """Return how many years a work is older than the newest one: no clock, so that a run can be repeated."""
    year = year_of(candidate)
    if year is None:
        return _OLDEST
    return min(newest - year, _OLDEST)


def _ranked(finder: TopicFinder, candidate: Candidate, score: float) -> Ranked:
    suggested = finder.suggest(candidate.title, "", most=1)
    if not suggested:
        return Ranked(candidate, score, None, ())
    return Ranked(candidate, score, suggested[0].topic, suggested[0].like)


def _nearness(title: Vector, others: Sequence[Mapping[str, float]]) -> float:
    """Return the mean likeness of a title to the few that are nearest; 0 where there are none."""
    found = [likeness(title, other) for other in others]
    nearest = heapq.nlargest(_NEAREST, found)
    if not nearest:
        return 0.0
    return sum(nearest) / len(nearest)
