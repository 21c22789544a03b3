"""As of when the data are: the last day on which anything in them was entered, checked or corrected."""

from dataclasses import dataclass
from datetime import date

from rekb.kb import KnowledgeBase
from rekb.text import amount


@dataclass(frozen=True, slots=True)
class AsOf:
    """The state of the data."""

    day: date
    works: int
    newest: date
    """The day on which a work was added last."""

    @property
    def words(self) -> str:
        """The same in a line: ``As of 2026-11-30, 946 works, newest 2026-11-28``."""
        works = amount(self.works, "work")
        return f"As of {self.day.isoformat()}, {works}, newest added {self.newest.isoformat()}"


def as_of(base: KnowledgeBase) -> AsOf | None:
    """Return the state of the data, from the data alone; `None` where there is no work."""
    entries = base.entries.values()
    if not entries:
        return None
    added: list[date] = []
    days: list[date] = []
    for entry in entries:
        added.append(entry.added)
        days.extend(correction.on for correction in entry.corrections)
        if entry.checked:
            days.append(entry.checked.on)
    days += added
    return AsOf(max(days), len(added), max(added))
