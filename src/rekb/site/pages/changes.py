"""What changed: works added, facts corrected, keys renamed; and the pages that old keys lead to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup

from rekb.site.outputs.feeds import feed_paths
from rekb.site.page import Page, SearchText, SiteSettings
from rekb.site.parts.views import LinkView, Material, RowView
from rekb.site.templating import render
from rekb.site.urls import CHANGES, HOME, entry_path, relative

_MOST = 1000
"""Works that are named on the page of changes, and corrections there."""
_FEW = 80
"""So many works of the last day are shown unfolded."""


@dataclass(frozen=True, slots=True)
class DayView:
    """The works that were added on one day."""

    day: str
    rows: tuple[RowView, ...]
    """The first of them, where there are too many for one page."""
    count: int


@dataclass(frozen=True, slots=True)
class MonthView:
    """What happened in one month."""

    month: str
    """As addresses call it: ``2026-11``."""
    title: str
    added: int
    days: tuple[DayView, ...]
    corrections: tuple["CorrectionView", ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A fact that was corrected."""

    day: str
    work: LinkView
    what: str


@dataclass(frozen=True, slots=True)
class RenamedView:
    """A citation key that became another."""

    former: str
    work: LinkView
    key: str


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """What changes.html is given."""

    months: tuple[MonthView, ...]
    """The last first."""
    renamed: tuple[RenamedView, ...]
    feeds: tuple[LinkView, ...]
    few: int = _FEW


@dataclass(frozen=True, slots=True)
class MovedContext:
    """What moved.html is given."""

    former: str
    key: str
    work: LinkView


def changes_page(material: Material, settings: SiteSettings) -> Page:
    """Return the page of what was added, corrected and renamed, the last first."""

    def body() -> str:
        entries = material.base.entries
        added = _grouped(entries, lambda key: entries[key].added.isoformat())
        corrections = []
        renamed = []
        for key, entry in entries.items():
            for correction in entry.corrections:
                day = correction.on.isoformat()
                corrections.append(CorrectionView(day, _link(material, key), correction.what))
            for former in entry.formerly:
                renamed.append(RenamedView(former, _link(material, key), key))
        corrections.sort(key=lambda correction: correction.day, reverse=True)
        context = ChangesContext(
            months=_months(_days(material, added), corrections[:_MOST]),
            renamed=tuple(renamed),
            feeds=_feeds(settings),
        )
        return render("changes.html", CHANGES, context)

    return Page(
        path=CHANGES,
        title="Changes",
        made=body,
        description="What was added, corrected and renamed in this knowledge base.",
        search=SearchText("Changes", "Works added, facts corrected, keys renamed, feeds"),
        wide=True,
    )


def _days(material: Material, added: Mapping[str, list[str]]) -> tuple[DayView, ...]:
    """Return the days on which works were added, the last first, with as many names as one page can hold."""
    room = _MOST
    days = []
    for day in sorted(added, reverse=True):
        rows = material.listed(added[day])
        days.append(DayView(day, rows[:room], len(rows)))
        room = max(room - len(rows), 0)
    return tuple(days)


def _months(days: Iterable[DayView], corrections: Iterable[CorrectionView]) -> tuple[MonthView, ...]:
    """Return days and corrections by month, the last month first."""
    added: dict[str, list[DayView]] = {}
    for day in days:
        added.setdefault(_month(day.day), []).append(day)
    corrected: dict[str, list[CorrectionView]] = {}
    for correction in corrections:
        corrected.setdefault(_month(correction.day), []).append(correction)
    months = []
    for month in sorted({*added, *corrected}, reverse=True):
        of_month = tuple(added.get(month, ()))
        count = sum(day.count for day in of_month)
        title = date.fromisoformat(f"{month}-01").strftime("%B %Y")
        months.append(MonthView(month, title, count, of_month, tuple(corrected.get(month, ()))))
    return tuple(months)


def _month(day: str) -> str:
    return day.rpartition("-")[0]


def _feeds(settings: SiteSettings) -> tuple[LinkView, ...]:
    # Readers of feeds need whole addresses, so a site that does not know its own has no feeds.
    if not settings.url:
        return ()
    atom, json_feed = feed_paths(HOME)
    return LinkView("Atom feed", atom), LinkView("JSON Feed", json_feed)


def redirect_pages(material: Material) -> tuple[Page, ...]:
    """Return a page for each key that an entry had before; it leads to the entry."""
    # A host of static pages sends no redirect: browsers follow this, search engines the canonical link.
    head = Markup('<meta http-equiv="refresh" content="0; url={0}"><link rel="canonical" href="{0}">')
    pages = []
    for key, entry in material.base.entries.items():
        for former in entry.formerly:
            path = entry_path(former)
            context = MovedContext(former, key, _link(material, key))
            target = relative(path, entry_path(key))
            pages.append(
                Page(
                    path=path,
                    title=f"{former} is now {key}",
                    made=partial(render, "moved.html", path, context),
                    description=f"{former} is now {key}.",
                    head=head.format(target),
                    moved=True,
                )
            )
    return tuple(pages)


def _grouped(keys: Iterable[str], word: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(word(key), []).append(key)
    return groups


def _link(material: Material, key: str) -> LinkView:
    row = material.rows[key]
    return LinkView(row.name, row.path, row.title)
