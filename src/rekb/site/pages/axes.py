"""Browse: the page of all ways to divide the works, and the page of each way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rekb.site.page import Page, SearchText
from rekb.site.pages.authors import AUTHORS, author_letters
from rekb.site.parts.views import CountedLink, LinkView, Material
from rekb.site.templating import render
from rekb.site.urls import BROWSE

ALL_AXES = LinkView("Browse", BROWSE)
"""The link to the page of all axes."""
_LEADING = 3
"""Works that are named beside a listing."""
_SHORT = 12
"""Listings of an axis on the page of all; the page of the axis has the rest."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One listing of an axis, before its page is made."""

    link: LinkView
    keys: frozenset[str]
    """The works in it."""


@dataclass(frozen=True, slots=True)
class AxisView:
    """One way to divide the works, as the page of all shows it."""

    link: LinkView
    listings: tuple[CountedLink, ...]
    """The largest, in the order of the axis."""
    others: int
    """How many listings there are besides."""


@dataclass(frozen=True, slots=True)
class BrowseContext:
    """What browse.html is given."""

    axes: tuple[AxisView, ...]


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing on the page of its axis."""

    link: LinkView
    count: int
    share: int
    """Of all works, in per cent."""
    width: float
    """Beside the largest listing of the axis, in per cent."""
    leading: tuple[LinkView, ...]
    """Its works that most others rest on."""


@dataclass(frozen=True, slots=True)
class AxisContext:
    """What axis.html is given."""

    title: str
    lead: str
    trail: tuple[LinkView, ...]
    rows: tuple[ListingRow, ...]


def browse_page(material: Material, axes: Iterable[tuple[LinkView, tuple[Listed, ...]]]) -> Page:
    """Return the page of all axes, authors last."""
    views = [_axis_view(link, listed) for link, listed in axes]
    letters = author_letters(material)
    if letters:
        views.append(AxisView(AUTHORS, letters, 0))
    return Page(
        path=BROWSE,
        title="Browse",
        made=lambda: render("browse.html", BROWSE, BrowseContext(tuple(views))),
        description="The same works along other axes than the topic tree.",
        search=SearchText("Browse", "Works by resource, phase, requirement, hardware, venue, year, author"),
        wide=True,
    )


def _axis_view(link: LinkView, listed: tuple[Listed, ...]) -> AxisView:
    """Return the largest listings of an axis, in the axis' own order."""
    listings = [CountedLink(one.link, len(one.keys)) for one in listed]
    # Sorting is stable: of listings of one size, those stay that are first on the axis.
    largest = sorted(listings, key=lambda one: -one.count)[:_SHORT]
    shown = tuple(filter(largest.__contains__, listings))
    return AxisView(link, shown, len(listings) - len(shown))


def axis_page(material: Material, link: LinkView, listed: tuple[Listed, ...]) -> Page:
    """Return the page of one axis: its listings by size, each with the works that most others rest on."""

    def body() -> str:
        largest = max((len(one.keys) for one in listed), default=1)
        rows = tuple(_row(material, one, largest) for one in listed)
        if _says_one_thing([one.link for one in listed]):
            rows = tuple(replace(row, link=replace(row.link, help="")) for row in rows)
        return render("axis.html", link.path, AxisContext(link.label, link.help, (ALL_AXES,), rows))

    return Page(
        path=link.path,
        title=link.label,
        made=body,
        description=link.help,
        search=SearchText(link.label, link.help, lists_works=True),
        wide=True,
    )


def _says_one_thing(links: Sequence[LinkView]) -> bool:
    """Whether the listings are explained by one sentence that only names each: years are."""
    sentences = {link.help.replace(link.label, "") for link in links}
    return len(links) > 1 and len(sentences) == 1


def _row(material: Material, listed: Listed, largest: int) -> ListingRow:
    count = len(listed.keys)
    cited = material.index.cited_by
    leading = sorted(listed.keys, key=lambda key: (-len(cited.get(key, ())), key))
    named = [material.rows[key] for key in leading[:_LEADING] if cited.get(key)]
    return ListingRow(
        link=listed.link,
        count=count,
        share=round(100 * count / max(len(material.rows), 1)),
        width=round(100 * count / largest, 1),
        leading=tuple(LinkView(row.name, row.path, row.title) for row in named),
    )
