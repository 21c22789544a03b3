"""What happened when: the works of a topic by first public year and month, each with what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekb.model import Entry
from rekb.model.entry import Effect
from rekb.site.parts.prose import shortened
from rekb.site.parts.views import LinkView, Material, resource_badge

_EXPLAINED = 40
"""Up to so many works each says what it changed; beyond, names alone."""
_TITLED = 200
"""Up to so many works each name carries the full title."""
_NAMED = 600
"""Up to so many works are named; beyond, each year leads on to the explore page."""
_CLAUSE = 110
"""Most letters of what a work changed."""
_UNKNOWN = 13
"""A month after all others."""
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
    explained: bool
    """Whether each work says what it changed."""
    works: tuple[MomentView, ...]
    """None where there are too many to be named."""
    count: int


def timeline(material: Material, keys: Iterable[str]) -> tuple[YearView, ...]:
    """Return the years that have works, oldest first; within a year by month, unknown months last."""
    years: dict[int, list[tuple[int, str, str]]] = {}
    for key in keys:
        entry = material.base.entries[key]
        years.setdefault(entry.year, []).append((first_month(entry), entry.display_name.casefold(), key))
    total = sum(map(len, years.values()))
    views = []
    for year in sorted(years):
        named = sorted(years[year])
        if total > _NAMED:
            named = []
        works = tuple(_moment(material, key, month, titled=total <= _TITLED) for month, _, key in named)
        views.append(YearView(year, total <= _EXPLAINED, works, len(years[year])))
    return tuple(views)


def first_month(entry: Entry) -> int:
    """Return the month of the first public record, 13 where it is not known."""
    months = []
    for record in entry.records:
        if record.year == entry.year:
            months.append(record.month or _UNKNOWN)
    return min(months)


def _moment(material: Material, key: str, month: int, *, titled: bool) -> MomentView:
    row = material.rows[key]
    what = ""
    how = ""
    effect = _telling_effect(material.base.entries[key])
    if effect:
        what = resource_badge(material.base, effect.resource, effect.change).signed
        how = shortened(effect.how, _CLAUSE)
    name = _MONTHS[month - 1] if month < _UNKNOWN else ""
    work = LinkView(row.name, row.path, row.title)
    if not titled:
        work = LinkView(row.name, row.path)
    return MomentView(name, work, row.venue, what, how)


def _telling_effect(entry: Entry) -> Effect | None:
    """Return what a work is known for: its first gain, or its first effect where it claims none."""
    for effect in entry.effects:
        if effect.change == "saves":
            return effect
    if entry.effects:
        return entry.effects[0]
    return None
