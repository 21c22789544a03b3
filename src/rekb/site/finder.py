"""The finder: a few questions that end in a state of the explore page."""

from dataclasses import dataclass

from rekb.site.explore import FacetView, facet_views
from rekb.site.facets import NOTHING, columns
from rekb.site.page import Page, SearchText
from rekb.site.templating import head_files, render
from rekb.site.urls import FINDER
from rekb.site.views import Material


@dataclass(frozen=True, slots=True)
class FinderContext:
    """What finder.html is given."""

    lack: FacetView
    steps: tuple[FacetView, ...]
    needs: FacetView
    """Requirements; those that a reader cannot meet are left out of the answer."""
    data: dict[str, object]
    """The facets of all works; see `facets.columns`."""
    total: int


_STEPS = {
    "phase": ("When do you lack it?", "Nothing ticked means at any time."),
    "hardware": (
        "On what hardware?",
        "Where the authors ran it. Many do not say; tick “Not stated” to keep those.",
    ),
    "modality": ("With which data?", "What the model reads or makes."),
}
_LACK = {"saves": ("What do you lack?", "One is enough; with several, saving any of them counts.")}
_NEEDS = {
    "needs": (
        "What may you change, or have at hand?",
        "Untick what you cannot do or do not have: works that need it drop out.",
    )
}


def finder_page(material: Material) -> Page:
    """Return the finder; without scripts it is a plain form that opens the explore page."""
    base = material.base
    (lack,) = facet_views(base, _LACK)
    (needs,) = facet_views(base, _NEEDS)
    met = tuple(choice for choice in needs.choices if choice.value != NOTHING)
    context = FinderContext(
        lack=lack,
        steps=facet_views(base, _STEPS),
        needs=FacetView(needs.name, needs.title, needs.help, met, open=True),
        data=columns(base, tuple(base.entries)),
        total=len(base.entries),
    )
    return Page(
        path=FINDER,
        title="Finder",
        body=render("finder.html", FINDER, context),
        description="Say what you lack, when, on what, and what you may change: get the works that fit.",
        head=head_files(FINDER, "explore.css", "facets.js", "finder.js"),
        search=SearchText(
            "Finder", "Which technique fits: what you lack, when, on what hardware, what you may change"
        ),
        wide=True,
    )
