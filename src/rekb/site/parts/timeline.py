"""What happened when: the works of a topic by first public year and month, each with what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekb.model import Entry
from rekb.site.parts.prose import shortened
from rekb.site.parts.views import LinkView, Material, resource_badge

_TOLD = 40
"""Up to so many works each says what it changed; beyond, names alone."""
_CLAUSE = 110
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class MomentView:
    """One work on the timeline."""

    month: str
    """The month of its first record, empty where it is not known."""
    work: LinkView
    venue: str
    what: str
    """The resource of its first effect."""
    how: str
    """By what means, in a clause."""


@dataclass(frozen=True, slots=True)
class YearView:
    """The works of one year."""

    year: int
    told: bool
    """Whether each work says what it changed."""
    works: tuple[MomentView, ...]


def timeline(material: Material, keys: Iterable[str]) -> tuple[YearView, ...]:
    """Return the years that have works, oldest first; within a year by month, unknown months last."""
    years: dict[int, list[tuple[int, str, str]]] = {}
    for key in keys:
        entry = material.base.entries[key]
        years.setdefault(entry.year, []).append((first_month(entry), entry.display_name.casefold(), key))
    told = sum(map(len, years.values())) <= _TOLD
    return tuple(
        YearView(year, told, tuple(_moment(material, key, month) for month, _, key in sorted(years[year])))
        for year in sorted(years)
    )


def first_month(entry: Entry) -> int:
    """Return the month of the first public record, 13 where it is not known."""
    return min(record.month or 13 for record in entry.records if record.year == entry.year)


def _moment(material: Material, key: str, month: int) -> MomentView:
    row = material.rows[key]
    effects = material.base.entries[key].effects
    first = next((e for e in effects if e.change == "saves"), None) or next(iter(effects), None)
    return MomentView(
        month=_MONTHS[month - 1] if month <= len(_MONTHS) else "",
        work=LinkView(row.name, row.path, row.title),
        venue=row.venue,
        what=resource_badge(material.base, first.resource, first.change).signed if first else "",
        how=shortened(first.how, _CLAUSE) if first else "",
    )
