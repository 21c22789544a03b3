"""What a knowledge base holds and what it lacks, as numbers; counted in one pass, nothing printed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.index import Groups, build_index
from rekb.model import Entry
from rekb.model.cited import is_formal
from rekb.model.parts import survey_rows_of, text_of
from rekb.readability import reading_grade

STATS_VERSION = 1
"""Version of the counts as JSON; raised when a reader of them would have to change."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over all entries."""

    entries: int
    """Works."""
    complete: int
    """Works with their reading levels and confirmed facts."""
    sourced: int
    """Works with a page that confirms them."""
    listed: int
    """Works that the survey lists; the others were added since."""
    formal: int
    """Works with a record at a conference, journal, workshop or in a book."""
    results: int
    """Reported results."""
    measured: dict[str, int]
    """Area of the tree to the works there that have a reported result."""
    relations: dict[str, int]
    """Relations by type."""
    model_cards: int
    """Works with the published shape of a model."""
    survey_rows: int
    """Rows of the survey's list that an entry answers for."""
    survey_total: int | None
    """Rows of the survey's list; `None` where none is configured."""
    mean_plain_grade: float | None
    """Mean school grade of the texts of the easiest level; `None` without any."""
    overviews: int
    """Topics with their reading levels."""
    topics: dict[str, int]
    """Topic id to the works of it and of all topics below."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is missing: citation keys, topic ids and row numbers."""

    without_sources: tuple[str, ...]
    """Entries without `checked.sources`."""
    unconfirmed: tuple[str, ...]
    """Entries with a line in `checked.unconfirmed`."""
    without_summary: tuple[str, ...]
    """Entries without reading levels."""
    without_effects: tuple[str, ...]
    """Entries without effects."""
    without_results: tuple[str, ...]
    """Entries without results."""
    without_hardware: tuple[str, ...]
    """Entries whose hardware is not known."""
    without_requirements: tuple[str, ...]
    """Entries of which it is not known what they need."""
    without_relations: tuple[str, ...]
    """Entries that no relation joins to another, neither their own nor another's."""
    empty_topics: tuple[str, ...]
    """Leaves of the tree without a work."""
    topics_without_overview: tuple[str, ...]
    """Topics without reading levels."""
    survey_rows: tuple[int, ...]
    """Rows of the survey's list that no entry answers for."""


def statistics(base: KnowledgeBase) -> Statistics:
    """Count what `base` holds."""
    entries = base.entries.values()
    under = build_index(base).under_topic
    relations = Counter(relation.type for entry in entries for relation in entry.relations)
    return Statistics(
        entries=len(entries),
        complete=_count(entries, lambda entry: entry.is_complete),
        sourced=_count(entries, lambda entry: bool(entry.checked and entry.checked.sources)),
        listed=_count(entries, lambda entry: entry.survey is not None),
        formal=_count(entries, lambda entry: is_formal(entry, base.venues)),
        results=sum(len(entry.results) for entry in entries),
        measured=_measured(base, under),
        relations={name: relations[name] for name in sorted(relations)},
        model_cards=_count(entries, lambda entry: entry.model is not None),
        survey_rows=len(_rows(base)),
        survey_total=_survey_total(base),
        mean_plain_grade=_mean_plain_grade(base),
        overviews=sum(topic.summary is not None for topic in base.topics.values()),
        topics={topic: len(under.get(topic, ())) for topic in base.topics},
    )


def coverage(base: KnowledgeBase) -> Coverage:
    """List what `base` lacks."""

    def keys(lacks: Callable[[Entry], bool]) -> tuple[str, ...]:
        return tuple(key for key, entry in base.entries.items() if lacks(entry))

    named = {topic for entry in base.entries.values() for topic in entry.topics}
    tied = _tied(base)
    rows = _rows(base)
    total = _survey_total(base) or 0
    return Coverage(
        without_sources=keys(lambda e: e.checked is None or not e.checked.sources),
        unconfirmed=keys(lambda e: bool(e.checked and e.checked.unconfirmed)),
        without_summary=keys(lambda e: e.summary is None),
        without_effects=keys(lambda e: not e.effects),
        without_results=keys(lambda e: not e.results),
        without_hardware=keys(lambda e: e.hardware is None),
        without_requirements=keys(lambda e: e.requires is None),
        without_relations=tuple(key for key in base.entries if key not in tied),
        empty_topics=tuple(t for t in base.topics if base.is_leaf(t) and t not in named),
        topics_without_overview=tuple(t for t, topic in base.topics.items() if topic.summary is None),
        survey_rows=tuple(row for row in range(1, total + 1) if row not in rows),
    )


def _tied(base: KnowledgeBase) -> set[str]:
    """Return the entries at either end of a relation between two that are here."""
    tied: set[str] = set()
    for key, entry in base.entries.items():
        for relation in entry.relations:
            if relation.entry in base.entries and relation.entry != key:
                tied |= {key, relation.entry}
    return tied


def _count(entries: Iterable[Entry], wanted: Callable[[Entry], bool]) -> int:
    total = 0
    for entry in entries:
        if wanted(entry):
            total += 1
    return total


def _measured(base: KnowledgeBase, under: Groups) -> dict[str, int]:
    """Count the works with a reported result by area of the tree."""
    measured = {}
    for area in base.children(None):
        keys = under.get(area, ())
        measured[area] = sum(bool(base.entries[key].results) for key in keys)
    return measured


def _mean_plain_grade(base: KnowledgeBase) -> float | None:
    easiest = base.config.reading.easiest
    grades = []
    for entry in base.entries.values():
        text = text_of(entry, easiest)
        if text:
            grades.append(reading_grade(text))
    if not grades:
        return None
    return round(sum(grades) / len(grades), 2)


def _survey_total(base: KnowledgeBase) -> int | None:
    if base.config.survey is None:
        return None
    return base.config.survey.rows


def _rows(base: KnowledgeBase) -> set[int]:
    rows: set[int] = set()
    for entry in base.entries.values():
        rows.update(survey_rows_of(entry))
    return rows
