"""The home page: what this is, the tree at a glance, questions to start from, what came last."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from rekb.model import Facet
from rekb.site.charts import skyline
from rekb.site.facets.questions import QuestionView, question_views
from rekb.site.outputs.dataset import dataset_head
from rekb.site.page import Page, SearchText, SiteSettings
from rekb.site.pages.statistics import works_by_year
from rekb.site.pages.topic import ChildView, child_view
from rekb.site.parts.views import Material, RowView, resource_badge
from rekb.site.templating import render
from rekb.site.urls import EXPLORE, HOME

_NEWEST = 6


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource with the number of works that save it."""

    label: str
    help: str
    count: int
    share: int
    """Of 100, against the resource that most works save."""
    path: str


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What home.html is given."""

    name: str
    description: str
    works: int
    topics: int
    results: int
    relations: int
    roots: tuple[ChildView, ...]
    questions: tuple[QuestionView, ...]
    resources: tuple[ResourceView, ...]
    newest: tuple[RowView, ...]
    years: Markup
    """The works by first public year, drawn in the colours of the areas."""


def home_page(material: Material, settings: SiteSettings) -> Page:
    """Return the home page."""

    def body() -> str:
        base = material.base
        entries = base.entries
        newest = sorted(entries, key=lambda key: (entries[key].added, entries[key].year, key), reverse=True)
        areas, stacks = works_by_year(base)
        context = HomeContext(
            name=settings.name,
            description=base.config.lead or settings.description,
            works=len(entries),
            topics=len(base.topics),
            results=sum(len(entry.results) for entry in entries.values()),
            relations=sum(len(entry.relations) for entry in entries.values()),
            roots=tuple(child_view(material, root) for root in base.children(None)),
            questions=question_views(base),
            resources=_resources(material),
            newest=tuple(material.rows[key] for key in newest[:_NEWEST]),
            years=skyline(stacks, areas, "Works by first public year and area"),
        )
        return render("home.html", HOME, context)

    return Page(
        path=HOME,
        title=settings.name,
        made=body,
        description=settings.description,
        head=dataset_head(material, settings),
        search=SearchText(settings.name, settings.description),
        wide=True,
    )


def _resources(material: Material) -> tuple[ResourceView, ...]:
    entries = material.base.entries.values()
    counts: Counter[str] = Counter()
    for entry in entries:
        # A work that saves a resource in two phases is one work that saves it.
        counts.update({effect.resource for effect in entry.effects if effect.change == "saves"})
    words = material.base.facets.get(Facet.RESOURCE, {})
    saved = sorted((word for word in words if counts[word]), key=lambda word: -counts[word])
    views = []
    for word in saved:
        label = resource_badge(material.base, word, "saves").signed
        share = round(100 * counts[word] / counts[saved[0]])
        explore = f"{EXPLORE}?saves={word}"
        views.append(ResourceView(label, words[word].description, counts[word], share, explore))
    return tuple(views)
