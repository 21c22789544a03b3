"""The field in one picture: how many works of each section save each resource."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from rekb.kb import KnowledgeBase
from rekb.model import Facet
from rekb.site.parts.views import BadgeView, LinkView, Material, place_link, resource_badge
from rekb.site.urls import EXPLORE

_SHADES = (5, 15, 30, 50)
"""Shares, of 100, from which a cell is a shade darker."""


@dataclass(frozen=True, slots=True)
class CellView:
    """The works of a section that save a resource."""

    resource: BadgeView
    count: int
    share: int
    """Of 100 works of the section."""
    shade: int
    """0 for an empty cell, then from 1 to 5."""
    path: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One row of the map."""

    link: LinkView
    area: int
    """Number of its area, from 1."""
    works: int
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Sections by resources."""

    resources: tuple[BadgeView, ...]
    sections: tuple[SectionView, ...]
    empty: int
    """How many cells no work fills."""


def field_map(material: Material) -> FieldMap | None:
    """Return the map; `None` where no facet of resources or no work with an effect is there."""
    base = material.base
    saved: dict[str, frozenset[str]] = {}
    for key in base.entries:
        saved[key] = _saved(material, key)
    used = frozenset().union(*saved.values())
    resources = []
    for word in base.facets.get(Facet.RESOURCE, {}):
        if word in used:
            resources.append(resource_badge(base, word, "saves"))
    sections = []
    for number, section in _sections(base):
        keys = material.index.under_topic.get(section, ())
        if keys:
            of_works = [saved[key] for key in keys]
            cells = tuple(_cell(section, badge, of_works) for badge in resources)
            sections.append(SectionView(place_link(base, section), number, len(keys), cells))
    if not sections or not resources:
        return None
    cells_of_all = chain.from_iterable(section.cells for section in sections)
    empty = sum(cell.count == 0 for cell in cells_of_all)
    return FieldMap(tuple(resources), tuple(sections), empty)


def _sections(base: KnowledgeBase) -> Iterator[tuple[int, str]]:
    """Yield the topics below each root with the root's number; a root without any is its own section."""
    for number, area in enumerate(base.children(None), start=1):
        for section in base.children(area) or (area,):
            yield number, section


def _saved(material: Material, key: str) -> frozenset[str]:
    effects = material.base.entries[key].effects
    found: set[str] = set()
    for effect in effects:
        if effect.change == "saves":
            found.add(effect.resource)
    return frozenset(found)


def _cell(section: str, resource: BadgeView, saved: Collection[frozenset[str]]) -> CellView:
    count = sum(resource.word in resources for resources in saved)
    share = round(100 * count / len(saved))
    shade = 0
    if count:
        shade = 1 + sum(share >= least for least in _SHADES)
    return CellView(resource, count, share, shade, f"{EXPLORE}?topic={section}&saves={resource.word}")
