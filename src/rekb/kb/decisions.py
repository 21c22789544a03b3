"""What became of the works that watched lists name: entered, declined, or not decided yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rekb.identity.titles import TitleLikeness, title_likeness, title_mark
from rekb.kb.base import KnowledgeBase
from rekb.model.keys import identifiers, title_fingerprint
from rekb.model.watch import TITLE_SCHEME, Candidate

_MIDDLE_OF_MONTH = 15
_MIDDLE_OF_YEAR = 7
"""An identifier states the month, or the year alone: the middle of it stands for the day."""
_SHORTEST_NAME = 6
"""Letters and digits from which on a name is hardly given to two works with titles that are alike."""


class Decision(StrEnum):
    """What became of a work."""

    ENTERED = "entered"
    DECLINED = "declined"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and when it was made."""

    decision: Decision
    key: str | None = None
    """The entry, of a work that was entered."""
    on: date | None = None
    """The day of the decision."""


_OPEN = Decided(Decision.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a knowledge base, by identifier and by title."""

    by_id: Mapping[str, Decided]
    by_title: Mapping[str, Decided]
    by_name: Mapping[str, tuple[tuple[str, Decided], ...]]
    """Titles of entered works and the decisions, by what stands before the colon of a title."""

    def of(self, ids: Iterable[str], title: str) -> Decided:
        """Return what was decided about a work.

        Args:
            ids: its identifiers as candidates have them: ``arxiv:2405.05254``.
            title: its title; it decides only where no identifier does.
        """
        identified = False
        for identity in ids:
            if identity in self.by_id:
                return self.by_id[identity]
            if not identity.startswith(f"{TITLE_SCHEME}:"):
                identified = True
        decided = self.by_title.get(title_fingerprint(title), _OPEN)
        if decided is _OPEN and not identified:
            return self._renamed(title)
        return decided

    def _renamed(self, title: str) -> Decided:
        """Return what was decided about a work of the same name with most of the same words.

        Lists copy titles of early versions, or by hand, and words change: `X: A Recipe without Loss` was once
        `X: Recipe for Experts without Loss`.
        """
        for other, decided in self.by_name.get(_name_in(title), ()):
            if title_likeness(title, other) is not TitleLikeness.UNLIKE:
                return decided
        return _OPEN


def decisions(base: KnowledgeBase) -> Decisions:
    """Return all decisions of a knowledge base; an entry outweighs a line in declined.yaml."""
    by_id: dict[str, Decided] = {}
    by_title: dict[str, Decided] = {}
    by_name: defaultdict[str, list[tuple[str, Decided]]] = defaultdict(list)
    for key, entry in base.entries.items():
        entered = Decided(Decision.ENTERED, key, entry.added)
        # A list may name a work by the title of its preprint.
        for title in entry.titles:
            by_title.setdefault(title_fingerprint(title), entered)
            if name := _name_in(title):
                by_name[name].append((title, entered))
        for record in entry.records:
            for scheme, value in identifiers(record):
                by_id.setdefault(f"{scheme}:{value}", entered)
    for row in base.declined.declined:
        refused = Decided(Decision.DECLINED, None, row.on)
        by_title.setdefault(title_fingerprint(row.title), refused)
        by_id.setdefault(row.id, refused)
        if row.id.startswith(f"{TITLE_SCHEME}:"):
            by_title.setdefault(row.id.removeprefix(f"{TITLE_SCHEME}:"), refused)
    return Decisions(by_id, by_title, {name: tuple(rows) for name, rows in by_name.items()})


def _name_in(title: str) -> str:
    """Return what comes before the colon of a title, as names are compared; nothing where that is short."""
    name, colon, _ = title.partition(":")
    mark = title_mark(name)
    if not colon or len(mark) < _SHORTEST_NAME:
        return ""
    return mark


@dataclass(frozen=True, slots=True)
class Recall:
    """How many works of a list, of one year or of all years, were decided."""

    named: int
    entered: int
    declined: int
    undecided: int
    days: int | None
    """Median days from the first day of a work to the decision; `None` where no work has both days."""


@dataclass(frozen=True, slots=True)
class ListRecall:
    """The recall of one list, whole and by year."""

    id: str
    whole: Recall
    years: Mapping[int, Recall]
    """First public year to the works of that year; works whose year is not known are in `whole` only."""


def recall(base: KnowledgeBase) -> tuple[ListRecall, ...]:
    """Return for each watched list what became of the works that it names, in the order of rekb.yaml."""
    found = decisions(base)
    decided_ones: list[tuple[Candidate, Decided]] = []
    for candidate in base.candidates:
        decided_ones.append((candidate, found.of((candidate.id,), candidate.title)))
    lists = []
    for watched in base.config.watch.lists:
        named = []
        for pair in decided_ones:
            if watched.id in pair[0].lists:
                named.append(pair)
        lists.append(ListRecall(watched.id, _recall(named), _recall_by_year(named)))
    return tuple(lists)


def _recall_by_year(named: list[tuple[Candidate, Decided]]) -> dict[int, Recall]:
    """Return the same for each year that a list names, newest first; a work without a year counts in none."""
    years: dict[int, list[tuple[Candidate, Decided]]] = {}
    for pair in named:
        year = year_of(pair[0])
        if year:
            years.setdefault(year, []).append(pair)
    found: dict[int, Recall] = {}
    for year in sorted(years, reverse=True):
        found[year] = _recall(years[year])
    return found


def recall_of_all(base: KnowledgeBase, least: int = 1) -> Recall:
    """Return what became of the works that at least so many watched lists name."""
    found = decisions(base)
    return _recall(
        [
            (candidate, found.of((candidate.id,), candidate.title))
            for candidate in base.candidates
            if len(candidate.lists) >= least
        ]
    )


def year_of(candidate: Candidate) -> int | None:
    """Return the first public year of a candidate, where it is known."""
    if candidate.first is None:
        return None
    return int(candidate.first[:4])


def _recall(named: list[tuple[Candidate, Decided]]) -> Recall:
    counts = Counter(decided.decision for _, decided in named)
    from statistics import median  # noqa: PLC0415 - it brings fractions and decimals, for one page

    days = list(_days(named))
    return Recall(
        len(named),
        counts[Decision.ENTERED],
        counts[Decision.DECLINED],
        counts[Decision.UNDECIDED],
        round(median(days)) if days else None,
    )


def _days(named: list[tuple[Candidate, Decided]]) -> Iterator[int]:
    for candidate, decided in named:
        if candidate.first is None or decided.on is None:
            continue
        year, _, month = candidate.first.partition("-")
        first = date(int(year), int(month or _MIDDLE_OF_YEAR), _MIDDLE_OF_MONTH)
        # A work can be decided in its first days, before the middle of its month.
        yield max(0, (decided.on - first).days)
