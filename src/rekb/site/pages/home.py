"""The home page: what this is, the tree at a glance, questions to start from, what came last."""

from dataclasses import dataclass

from markupsafe import Markup

from rekb.kb.documents import venue_label
from rekb.model.keys import identifiers
from rekb.site.calculator.rows import has_models
from rekb.site.charts import skyline
from rekb.site.facets.questions import QuestionView, question_views
from rekb.site.outputs.dataset import dataset_head
from rekb.site.page import Page, SearchText, SiteSettings
from rekb.site.pages.explore import asked_facets
from rekb.site.pages.statistics import works_by_year
from rekb.site.pages.topic import ChildView, child_view
from rekb.site.parts.asof import as_of
from rekb.site.parts.fieldmap import FieldMap, field_map
from rekb.site.parts.suggest import suggest_address
from rekb.site.parts.views import Material, RowView
from rekb.site.templating import render
from rekb.site.urls import HOME

_NEWEST = 6


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
    field: FieldMap | None
    """Sections by resources."""
    example: str
    """What can be searched for, shown in the empty box: a work here, its identifier, its venue and year."""
    state: str
    """As of when the data are; empty where there is no work."""
    suggest: str
    """Address of the form for a work that is missing; empty without one."""
    paths: int
    """How many reading paths there are."""
    planner: bool
    """Whether there are models to plan for."""
    finder: bool
    """Whether the finder has anything to ask."""
    measured: bool
    """Whether works were measured side by side."""
    partial: str
    """Years that are not collected whole yet."""
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
            field=field_map(material),
            example=_example(material),
            state=_state(material, settings),
            suggest=suggest_address(settings),
            paths=len(base.paths),
            planner=has_models(base),
            finder=bool(asked_facets(base)),
            measured=bool(material.tests),
            partial=", ".join(stack.label for stack in stacks if stack.is_partial),
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


def _example(material: Material) -> str:
    """Return what readers may search for, from the work that most others here name."""
    base = material.base
    if not base.entries:
        return ""
    # Of equals `max` takes the first, which is to be the same work in every build.
    key = max(sorted(base.entries), key=lambda other: len(material.index.cited_by.get(other, ())))
    record = base.citations.record(key)
    parts = [base.entries[key].display_name]
    parts += [value for other in base.entries[key].records for _, value in identifiers(other)][:1]
    parts.append(f"{venue_label(base, record)} {record.year}")
    return f"{', '.join(parts)} …"


def _state(material: Material, settings: SiteSettings) -> str:
    state = as_of(material.base)
    if state is None:
        return ""
    if settings.commit:
        return f"{state.words}, commit {settings.commit}"
    return state.words
