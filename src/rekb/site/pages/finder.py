"""The finder: a few questions that end in a state of the explore page."""

from dataclasses import dataclass, replace

from rekb.model.facet_table import FACETS, NOTHING
from rekb.site.facets.columns import columns
from rekb.site.facets.names import words_of_facets
from rekb.site.page import Page, SearchText
from rekb.site.pages.explore import FacetView, asked_facets
from rekb.site.parts.views import Material
from rekb.site.templating import head_files, render
from rekb.site.urls import FINDER

_MET = frozenset(row.id for row in FACETS.values() if row.is_met)
"""Facets of which a reader says what can be met."""


@dataclass(frozen=True, slots=True)
class FinderContext:
    """What finder.html is given."""

    steps: tuple[FacetView, ...]
    """What is asked for, the resource first."""
    needs: FacetView | None
    """Requirements; those that a reader cannot meet are left out of the answer."""
    data: dict[str, object]
    """The facets of all works; see `facets.columns`."""
    total: int


def finder_page(material: Material) -> Page:
    """Return the finder; without scripts it is a plain form that opens the explore page."""

    def body() -> str:
        base = material.base
        views = asked_facets(base)
        steps = tuple(facet for facet in views if facet.name not in _MET)
        needs = [facet for facet in views if facet.name in _MET]
        context = FinderContext(
            steps=steps,
            needs=_met(needs[0]) if needs else None,
            data=columns(base, tuple(base.entries)),
            total=len(base.entries),
        )
        return render("finder.html", FINDER, context)

    return Page(
        path=FINDER,
        title="Finder",
        made=body,
        description="Say what you lack, when, on what, and what you may change: get the works that fit.",
        head=head_files(FINDER, "explore.css", "finder.js"),
        search=SearchText("Finder", f"Which work fits: {words_of_facets(material.base)}"),
        wide=True,
    )


def _met(needs: FacetView) -> FacetView:
    """Return the requirements as a reader meets them: nothing at all is no requirement."""
    met = []
    for choice in needs.choices:
        if choice.value != NOTHING:
            met.append(choice)
    return replace(needs, choices=tuple(met), open=True)
