"""Rules on the ties between works: what builds on what, and who competes with whom."""

from collections.abc import Iterator

from rekb.checks.registry import Claims, Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.entry import CAME_FIRST, RESTED_ON


@rule("relation-to-itself", local=True)
def relation_to_itself(base: KnowledgeBase) -> Iterator[Finding]:
    """A work has no relation to itself.

    Example: in dao2022flashattention.yaml, `entry: dao2022flashattention`
    Fix: name the other work.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            if relation.entry == key:
                file, path = base.entry_paths[key], ("relations", number, "entry")
                yield Finding(file, path, "this is the entry itself", "name the other work, or delete it")


def _competitors(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield each pair of works that compete, with the file that states it."""
    for key, entry in base.entries.items():
        for relation in entry.relations:
            if relation.type == "competes-with":
                yield base.entry_paths[key], " ".join(sorted((key, relation.entry)))


@rule("relation-stated-twice", claims=Claims(_competitors), fixable=True)
def relation_stated_twice(base: KnowledgeBase) -> Iterator[Finding]:
    """Competing goes both ways: stated from one side, the page of the other shows it already.

    Example: A competes-with B, and B competes-with A.
    Fix: delete one of the two.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            other = base.entries.get(relation.entry)
            # Of the two entries only the later key is reported: one of the two lines is to go.
            if relation.type != "competes-with" or other is None or relation.entry >= key:
                continue
            if any(back.type == relation.type and back.entry == key for back in other.relations):
                file, also = base.entry_paths[key], (base.entry_paths[relation.entry],)
                message = f"`{relation.entry}` states this relation already, which holds both ways"
                yield Finding(file, ("relations", number), message, "delete one of the two", also=also)


def _ties(entry: Entry) -> object:
    """Return when a work was public, and what it is tied to."""
    return _first_public(entry), [(relation.type, relation.entry) for relation in entry.relations]


@rule("relation-to-later-work", Severity.WARNING, facts=_ties)
def relation_to_later_work(base: KnowledgeBase) -> Iterator[Finding]:
    """A work builds on, extends or supersedes what was public before it.

    Example: `{type: builds-on, entry: x2024y}` in a work of 2022.
    Fix: turn the relation round, or correct the year that is wrong.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            other = base.entries.get(relation.entry)
            if relation.type in CAME_FIRST and other and other.year > entry.year:
                message = f"`{relation.entry}` is of {other.year}, this work of {entry.year}"
                hint = "turn the relation round, or correct the year that is wrong"
                beside = (base.entry_paths[relation.entry],)
                path = ("relations", number, "entry")
                yield Finding(base.entry_paths[key], path, message, hint, beside=beside)


@rule("later-than-itself", Severity.WARNING, facts=_ties)
def later_than_itself(base: KnowledgeBase) -> Iterator[Finding]:
    """A work rests on what was public before it, by the month as well; using something later is no base.

    Example: `{type: builds-on, entry: x2023y}`, public in November, in a work of October 2023
    Fix: turn the relation round, name the earlier work, or exempt it where a later version rests on it.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            other = base.entries.get(relation.entry)
            if relation.type not in RESTED_ON or other is None:
                continue
            if relation.type in CAME_FIRST and other.year > entry.year:
                # `relation-to-later-work` reports it.
                continue
            own, others = _first_public(entry), _first_public(other)
            if _is_later(others, own):
                message = f"`{relation.entry}` is of {_month(others)}, this work of {_month(own)}"
                hint = "turn the relation round, or name the earlier work"
                beside = (base.entry_paths[relation.entry],)
                path = ("relations", number, "entry")
                yield Finding(base.entry_paths[key], path, message, hint, beside=beside)


def _first_public(entry: Entry) -> tuple[int, int | None]:
    """Return year and month of the first record; no month where a record of that year has none."""
    months = []
    for record in entry.records:
        if record.year == entry.year:
            months.append(record.month)
    known = []
    for month in months:
        if month is not None:
            known.append(month)
    return entry.year, min(known) if len(known) == len(months) else None


def _is_later(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    """Whether a month is after another; of one year it is only known where both months are."""
    if one[0] != other[0]:
        return one[0] > other[0]
    if one[1] is None:
        return False
    if other[1] is None:
        return False
    return one[1] > other[1]


def _month(when: tuple[int, int | None]) -> str:
    year, month = when
    if month:
        return f"{year}-{month:02}"
    return str(year)


@rule("relation-cycle", facts=_ties)
def relation_cycle(base: KnowledgeBase) -> Iterator[Finding]:
    """What builds on something came after it: a cycle means that one arrow is wrong.

    Example: A builds-on B, and B builds-on A.
    Fix: drop or turn round the arrow that is wrong.
    """
    circles = _circles(base)
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            # Two works of one circle lead back to each other; a tie between two circles closes none.
            if relation.type in CAME_FIRST and key in circles and circles[key] == circles.get(relation.entry):
                message = f"`{relation.entry}` comes back to `{key}` by its own relations"
                hint = "one of them came later: drop the arrow that is wrong, or turn it round"
                beside = (base.entry_paths[relation.entry],)
                yield Finding(base.entry_paths[key], ("relations", number), message, hint, beside=beside)


def _circles(base: KnowledgeBase) -> dict[str, int]:
    """Return the works that can be reached from each other, each with the number of its circle.

    A walk in depth numbers the works; what leads back to a lower number on the way closes a circle (Tarjan).
    """
    circles: dict[str, int] = {}
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    for start in base.entries:
        # The way is a list: by calls, a chain of a thousand works would end at Python's limit.
        way = [(start, _forward(base, start))] if start not in numbers else []
        while way:
            key, others = way[-1]
            if key not in numbers:
                numbers[key] = lowest[key] = len(numbers)
                open_.append(key)
            other = next(others, None)
            if other is None:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[key])
                _close(key, numbers, lowest, open_, circles)
            elif other not in numbers:
                way.append((other, _forward(base, other)))
            elif other not in circles:
                lowest[key] = min(lowest[key], numbers[other])
    return circles


def _close(
    key: str, numbers: dict[str, int], lowest: dict[str, int], open_: list[str], circles: dict[str, int]
) -> None:
    """Take the works of a circle off the way, when its first one has been walked through."""
    while lowest[key] == numbers[key] and key not in circles:
        circles[open_.pop()] = numbers[key]


def _forward(base: KnowledgeBase, key: str) -> Iterator[str]:
    """Yield the works that a work names as earlier ones."""
    for relation in base.entries[key].relations:
        if relation.type in CAME_FIRST and relation.entry in base.entries:
            yield relation.entry
