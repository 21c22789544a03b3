"""Listings: the same works along other axes, by resource, phase, need, hardware, data, venue and year."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model import Entry, Facet, FacetValue
from rekb.site.facets.names import FacetName, facet_names
from rekb.site.page import Page, SearchText
from rekb.site.pages.authors import author_pages
from rekb.site.pages.axes import ALL_AXES, Listed, axis_page, browse_page
from rekb.site.parts.groups import GroupView, divided
from rekb.site.parts.views import LinkView, Material, RowView, badge, effect_verb, first_saved
from rekb.site.templating import render, render_list
from rekb.site.urls import EXPLORE, axis_path, further, listing_path

MOST_ROWS = 150
"""Rows on one page of a listing; a row is a kilobyte and a half."""
ByEffect = Mapping[tuple[str, str, str], Iterable[str]]
"""Citation keys by resource, phase and change."""
GroupsOf = Callable[[Material, FacetValue, ByEffect], Iterable[GroupView]]
"""From a word of a vocabulary of effects to the groups of its listing."""
WordsOf = Callable[[Entry], tuple[str, ...] | None]
"""From an entry to its words of a vocabulary, or `None` where they are not known."""


@dataclass(frozen=True, slots=True)
class ListingContext:
    """What listing.html is given."""

    title: str
    lead: str
    trail: tuple[LinkView, ...]
    count: int
    groups: tuple[GroupView, ...]
    explore: str
    number: int
    """Which of its pages this is, from 1."""
    pages: tuple[LinkView, ...]
    """All its pages."""
    before: LinkView | None
    """The listing before it on its axis: of a year, the year before."""
    after: LinkView | None
    listed: Callable[[RowView], Markup]
    """Draws a work as a row."""
    saved: tuple[str, ...]
    """What Zotero reads of the first works."""


@dataclass(frozen=True, slots=True)
class ListedContext:
    """What _listed.html is given."""

    row: RowView


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing before it becomes a page."""

    axis: "Axis"
    word: str
    title: str
    lead: str
    groups: tuple[GroupView, ...]
    explore: str = ""

    @property
    def link(self) -> LinkView:
        """The link to its page."""
        return LinkView(self.title, listing_path(self.axis.name, self.word), self.lead)

    @property
    def count(self) -> int:
        """The works in it, each once: a work may stand in several groups."""
        return len(self.keys)

    @property
    def keys(self) -> frozenset[str]:
        """The works in it."""
        found: set[str] = set()
        for group in self.groups:
            for row in group.rows:
                found.add(row.key)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to divide the works: its name in addresses, its title, what it asks."""

    name: str
    title: str
    lead: str
    facet: str | None = None
    """The facet that it is of; none for venues and years."""

    @property
    def link(self) -> LinkView:
        """The link to the page of all its listings."""
        return LinkView(self.title, axis_path(self.name), self.lead)


RESOURCES = Axis("resources", "Resources", "What a work gains, and what it spends in exchange.", "saves")
PHASES = Axis("phases", "Phases", "When the saving shows.", "phase")
NEEDS = Axis("needs", "Requirements", "What must be at hand.", "needs")
HARDWARE = Axis("hardware", "Hardware", "Where the authors ran it.", "hardware")
DATA = Axis("data", "Modality", "What the works read or make.", "modality")
VENUES = Axis("venues", "Venues", "Where the works appeared.")
YEARS = Axis("years", "Years", "When the works became public first.")


def listing_pages(material: Material) -> tuple[Page, ...]:
    """Return every listing, the page of each axis, and the page of all axes."""
    axes = {
        RESOURCES: _resources(material),
        PHASES: _phases(material),
        NEEDS: _words(material, NEEDS, Facet.REQUIREMENT, lambda entry: entry.requires),
        HARDWARE: _words(material, HARDWARE, Facet.HARDWARE, lambda entry: entry.hardware),
        DATA: _words(material, DATA, Facet.MODALITY, lambda entry: entry.modalities),
        VENUES: _venues(material),
        YEARS: _years(material),
    }
    named = _named_axes(material, axes)
    listed = {axis: tuple(Listed(one.link, one.keys) for one in listings) for axis, listings in named.items()}
    pages = [browse_page(material, [(axis.link, found) for axis, found in listed.items()])]
    for axis, listings in named.items():
        pages.append(axis_page(material, axis.link, listed[axis]))
        for listing, before, after in _with_neighbours(axis, listings):
            pages += _listing_pages(material, listing, before, after)
    return (*pages, *author_pages(material))


def _named_axes(
    material: Material, axes: Mapping[Axis, tuple[Listing, ...]]
) -> Mapping[Axis, tuple[Listing, ...]]:
    """Return the axes as they are called, without those of which no work says anything."""
    names = facet_names(material.base)
    named = {}
    for axis, listings in axes.items():
        if listings and (axis.facet is None or axis.facet in names):
            renamed = _called(names, axis)
            named[renamed] = tuple(replace(listing, axis=renamed) for listing in listings)
    return named


def _called(names: Mapping[str, FacetName], axis: Axis) -> Axis:
    """Return an axis as rekb.yaml calls its facet; our own titles of axes are not those of facets."""
    name = names.get(axis.facet or "")
    if name is None or not name.renamed:
        return axis
    return replace(axis, title=name.title, lead=name.help)


def _with_neighbours(
    axis: Axis, listings: tuple[Listing, ...]
) -> Iterator[tuple[Listing, LinkView | None, LinkView | None]]:
    """Yield each listing of an axis with those before and after it; years run from the first on."""
    if axis.name == YEARS.name:
        ordered = listings[::-1]
    else:
        ordered = listings
    links: list[LinkView | None] = [None, *(listing.link for listing in ordered), None]
    for place, listing in enumerate(ordered):
        yield listing, links[place], links[place + 2]


def _listing_pages(
    material: Material, listing: Listing, before: LinkView | None, after: LinkView | None
) -> Iterator[Page]:
    """Yield the pages of a listing: one, or several where it is long; the search knows the first."""
    pieces = divided(listing.groups, MOST_ROWS)
    paths = [further(listing.link.path, number) for number in range(1, len(pieces) + 1)]
    links = tuple(LinkView(str(number), path) for number, path in enumerate(paths, 1))
    shown = f"{listing.title} ({listing.axis.title.lower()})"
    found_by = SearchText(shown, listing.lead, listing.title, lists_works=True)
    for number, groups in enumerate(pieces, 1):
        path = paths[number - 1]
        title = listing.title
        search = None
        if number == 1:
            search = found_by
        else:
            title += f", page {number}"
        context = ListingContext(
            title=title,
            lead=listing.lead,
            trail=(ALL_AXES, listing.axis.link),
            count=listing.count,
            groups=groups,
            explore=listing.explore,
            number=number,
            pages=links,
            before=before,
            after=after,
            listed=partial(_listed, material, path),
            saved=first_saved(row for group in groups for row in group.rows),
        )
        yield Page(
            path=path,
            title=title,
            made=partial(render_list, "listing.html", path, context),
            description=f"{title}: {listing.lead}",
            search=search,
            wide=True,
        )


def _listed(material: Material, path: str, row: RowView) -> Markup:
    """Return a work as a row; all listings that are as deep share it, for none is in a work's folder."""
    place = (path.count("/"), row.key)
    if place not in material.drawn:
        material.drawn[place] = render("_listed.html", path, ListedContext(row))
    return material.drawn[place]


def _resources(material: Material) -> tuple[Listing, ...]:
    return tuple(_by_word(material, Facet.RESOURCE, RESOURCES, _groups_of_resource))


def _by_word(material: Material, facet: Facet, axis: Axis, groups_of: GroupsOf) -> Iterator[Listing]:
    """Yield a listing for each word of a vocabulary of effects that any work has.

    Args:
        material: what pages are made of.
        facet: the vocabulary.
        axis: the axis that the listings are on.
        groups_of: what makes the groups of one listing.
    """
    having = _by_effect(material)
    for word, value in material.base.facets.get(facet, {}).items():
        groups = tuple(groups_of(material, value, having))
        if groups:
            explore = f"{EXPLORE}?{axis.facet}={word}"
            yield Listing(axis, word, value.label, value.description, groups, explore)


def _groups_of_resource(material: Material, resource: FacetValue, having: ByEffect) -> Iterator[GroupView]:
    """Yield the works that gain in a resource by phase, then those that spend it."""
    gained = "Saved"
    spent = "Spent in exchange"
    # Of what there should be more of, such as throughput, the words turn round.
    if resource.better == "more":
        gained = "Raised"
        spent = "Lowered in exchange"
    for phase in material.base.facets.get(Facet.PHASE, {}).values():
        keys = having.get((resource.id, phase.id, "saves"))
        if keys:
            yield GroupView(f"{gained}: {phase.label.lower()}", phase.description, material.listed(keys))
    keys = having.get((resource.id, "", "costs"))
    if keys:
        yield GroupView(spent, "", material.listed(keys))


def _phases(material: Material) -> tuple[Listing, ...]:
    return tuple(_by_word(material, Facet.PHASE, PHASES, _groups_of_phase))


def _groups_of_phase(material: Material, phase: FacetValue, having: ByEffect) -> Iterator[GroupView]:
    base = material.base
    saves = facet_names(base).get("saves")
    for resource in base.facets.get(Facet.RESOURCE, {}).values():
        keys = having.get((resource.id, phase.id, "saves"))
        if keys:
            yield GroupView(_gain(base, saves, resource), resource.description, material.listed(keys))


def _gain(base: KnowledgeBase, saves: FacetName | None, resource: FacetValue) -> str:
    """Return what a group of works that gain in a resource is called: ``Raises throughput``."""
    if saves and saves.renamed:
        verb = saves.title
    else:
        verb = effect_verb(base, resource.id, "saves").capitalize()
    return f"{verb} {resource.label.lower()}"


def _by_effect(material: Material) -> ByEffect:
    """Return the works by resource, phase and change of an effect; an empty phase means any."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for key, entry in material.base.entries.items():
        for effect in entry.effects:
            for phase in ("", effect.phase):
                found.setdefault((effect.resource, phase, effect.change), {})[key] = None
    return found


def _words(material: Material, axis: Axis, facet: Facet, words_of: WordsOf) -> tuple[Listing, ...]:
    entries = material.base.entries
    listings = []
    for word in material.base.facets.get(facet, {}):
        keys = []
        for key, entry in entries.items():
            if word in (words_of(entry) or ()):
                keys.append(key)
        if keys:
            view = badge(material.base, facet, word)
            explore = f"{EXPLORE}?{axis.facet}={word}"
            listings.append(Listing(axis, word, view.label, view.help, _by_area(material, keys), explore))
    # An empty list says that nothing is needed; that is known, and no word of the vocabulary says it.
    keys = []
    for key, entry in entries.items():
        if words_of(entry) == ():
            keys.append(key)
    name = facet_names(material.base).get(axis.facet or "")
    if keys and name and name.nothing:
        lead = "The authors name nothing of this kind as needed."
        listings.append(Listing(axis, "nothing", name.nothing_label, lead, _by_area(material, keys)))
    return tuple(listings)


def _by_area(material: Material, keys: Iterable[str]) -> tuple[GroupView, ...]:
    """Return works grouped by the section of the tree of their primary topic, in the tree's order."""
    base = material.base
    sections: dict[str, list[str]] = {}
    for key in keys:
        primary = base.entries[key].topics[0]
        section = "/".join(primary.split("/")[:2])
        sections.setdefault(section, []).append(key)
    groups = []
    for topic_id, topic in base.topics.items():
        if topic_id in sections:
            groups.append(GroupView(topic.title, topic.scope, material.listed(sections[topic_id])))
    return tuple(groups)


def _venues(material: Material) -> tuple[Listing, ...]:
    base = material.base
    listings = []
    for word, keys in material.index.by_venue.items():
        if word not in base.venues:
            continue
        venue = base.venues[word]
        groups = _by_year_at_venue(material, word, keys)
        listings.append(Listing(VENUES, word, venue.short, venue.name, groups, f"{EXPLORE}?venue={word}"))
    return tuple(sorted(listings, key=lambda listing: (-listing.count, listing.title)))


def _by_year_at_venue(material: Material, venue: str, keys: Iterable[str]) -> tuple[GroupView, ...]:
    """Return works by the years of their records at a venue, which may differ from the first public year."""
    years: dict[int, list[str]] = {}
    for key in keys:
        records = material.base.entries[key].records
        for year in {record.year for record in records if record.venue == venue}:
            years.setdefault(year, []).append(key)
    newest_first = sorted(years, reverse=True)
    found: list[GroupView] = []
    for year in newest_first:
        found.append(GroupView(str(year), "", material.listed(years[year])))
    return tuple(found)


def _years(material: Material) -> tuple[Listing, ...]:
    listings = []
    for year, keys in sorted(material.index.by_year.items(), reverse=True):
        lead = f"Works first public in {year}."
        explore = f"{EXPLORE}?year={year}"
        listings.append(Listing(YEARS, year, year, lead, _by_area(material, keys), explore))
    return tuple(listings)
