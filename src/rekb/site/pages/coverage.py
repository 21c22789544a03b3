"""The coverage page: what is missing or unconfirmed, each gap by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from rekb.kb.decisions import Recall, recall, recall_of_all
from rekb.kb.statistics import Coverage, Statistics, coverage, statistics
from rekb.model.facet_table import UNKNOWN
from rekb.site.facets.names import FacetName, facet_names
from rekb.site.page import Page, SearchText
from rekb.site.parts.views import LinkView, Material, place_link
from rekb.site.templating import render
from rekb.site.urls import COVERAGE, EXPLORE, entry_path

_MOST_NAMED = 250
"""Works of one gap that are named."""
_FEW = 6
"""Up to so many works of a gap are shown at once; more are folded."""


@dataclass(frozen=True, slots=True)
class OpenView:
    """A work of which something could not be confirmed."""

    link: LinkView
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """One kind of gap with the works or topics that have it."""

    id: str
    title: str
    note: str
    links: tuple[LinkView, ...]
    explore: str = ""
    """Where the works can be filtered; empty where no filter asks for this gap."""


@dataclass(frozen=True, slots=True)
class ListView:
    """A watched list: its name and page, and what became of the works that it names."""

    title: str
    page: str | None
    whole: Recall
    years: tuple[tuple[int, Recall], ...]


@dataclass(frozen=True, slots=True)
class CoverageContext:
    """What coverage.html is given."""

    figures: tuple[tuple[str, str], ...]
    unconfirmed: tuple[OpenView, ...]
    gaps: tuple[GapView, ...]
    open_rows: str
    lists: tuple[ListView, ...]
    """The watched lists; none where nothing of them is recorded."""
    together: tuple[tuple[str, Recall], ...]
    most: int = _MOST_NAMED
    few: int = _FEW


def coverage_page(material: Material) -> Page:
    """Return the coverage page."""

    def body() -> str:
        base = material.base
        gaps = coverage(base)
        context = CoverageContext(
            figures=_figures(material, statistics(base)),
            unconfirmed=tuple(_open(material, key) for key in gaps.unconfirmed),
            gaps=_gaps(material, gaps),
            open_rows=row_ranges(gaps.survey_rows),
            lists=_lists(material),
            together=_together(material),
        )
        return render("coverage.html", COVERAGE, context)

    return Page(
        path=COVERAGE,
        title="Coverage",
        made=body,
        description="What is missing or unconfirmed in the knowledge base, each gap by name.",
        search=SearchText("Coverage", "What is missing or unconfirmed"),
    )


def _lists(material: Material) -> tuple[ListView, ...]:
    base = material.base
    if not base.candidates:
        return ()
    found = {row.id: row for row in recall(base)}
    views = []
    for watched in base.config.watch.lists:
        row = found[watched.id]
        address = watched.page or watched.url
        views.append(ListView(watched.title, address, row.whole, tuple(row.years.items())))
    return tuple(views)


_LEAST = {1: "Any of them", 2: "At least two of them", 3: "At least three of them"}


def _together(material: Material) -> tuple[tuple[str, Recall], ...]:
    if not material.base.candidates:
        return ()
    found: list[tuple[str, Recall]] = []
    for least, title in _LEAST.items():
        found.append((title, recall_of_all(material.base, least)))
    return tuple(found)


def row_ranges(rows: tuple[int, ...]) -> str:
    """Write numbers as ranges: ``1-3, 7``, with en dashes."""
    spans: list[tuple[int, int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    parts = []
    for first, last in spans:
        parts.append(_span(first, last))
    return ", ".join(parts)


def _span(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}–{last}"


def _figures(material: Material, counts: Statistics) -> tuple[tuple[str, str], ...]:
    easiest = material.base.config.reading.easiest
    return (
        ("Works", f"{counts.entries:,}"),
        ("of them with every fact confirmed", f"{counts.complete:,}"),
        ("of them with a source", f"{counts.sourced:,}"),
        ("of them with a formal venue", f"{counts.formal:,}"),
        *_row_figures(counts),
        ("Reported results", f"{counts.results:,}"),
        *_measured(material, counts),
        ("Relations", f"{sum(counts.relations.values()):,}"),
        *_model_cards(counts),
        ("Topics with an overview", f"{counts.overviews} of {len(counts.topics)}"),
        (f"Mean school grade of the {easiest} texts", _grade(counts.mean_plain_grade)),
    )


def _model_cards(counts: Statistics) -> tuple[tuple[str, str], ...]:
    """Return the number of model cards, where a knowledge base has any."""
    if not counts.model_cards:
        return ()
    return (("Model cards", f"{counts.model_cards:,}"),)


def _grade(grade: float | None) -> str:
    if grade is None:
        return "–"
    return f"{grade:.1f}"


def _row_figures(counts: Statistics) -> tuple[tuple[str, str], ...]:
    if counts.survey_total is None:
        return ()
    return (
        ("Rows of the survey's list resolved", f"{counts.survey_rows} of {counts.survey_total}"),
        ("Works that the survey lists", f"{counts.listed:,}"),
        ("Works added since", f"{counts.entries - counts.listed:,}"),
    )


def _measured(material: Material, counts: Statistics) -> tuple[tuple[str, str], ...]:
    """Return for each area how many of its works have a reported result."""
    figures = []
    for area, part in counts.measured.items():
        title = material.base.topics[area].title
        figures.append((f"Works with a result: {title}", f"{part:,} of {counts.topics[area]:,}"))
    return tuple(figures)


def _work(material: Material, key: str) -> LinkView:
    entry = material.base.entries[key]
    return LinkView(entry.display_name, entry_path(key), entry.title)


def _open(material: Material, key: str) -> OpenView:
    checked = material.base.entries[key].checked
    if checked:
        lines = checked.unconfirmed
    else:
        lines = ()
    return OpenView(_work(material, key), lines)


def _unstated(names: Mapping[str, FacetName], name: str, ours: str) -> str:
    """Return what a gap of a facet is called: ``Hardware not stated``."""
    if name in names and names[name].renamed:
        return f"{names[name].title} not stated"
    return f"{ours} not stated"


_OF_FACETS = {"effects": "saves", "needs": "needs", "hardware": "hardware"}
"""Gaps that are about a facet, which may not be there."""
_EXPLORED = {"needs": f"{EXPLORE}?needs={UNKNOWN}", "hardware": f"{EXPLORE}?hardware={UNKNOWN}"}
"""Gaps that a filter asks for."""


def _gaps(material: Material, gaps: Coverage) -> tuple[GapView, ...]:
    names = facet_names(material.base)
    named = (
        (
            "sources",
            "Not checked against a source",
            "Marked incomplete on their pages.",
            gaps.without_sources,
        ),
        ("texts", f"Without the {material.base.config.reading.counted()}", "", gaps.without_summary),
        (
            "effects",
            "Without effects",
            "Works that claim no saving have none.",
            gaps.without_effects,
        ),
        (
            "results",
            "Without a reported result",
            "The sources at hand state no number.",
            gaps.without_results,
        ),
        ("needs", _unstated(names, "needs", "Needs"), "", gaps.without_requirements),
        ("hardware", _unstated(names, "hardware", "Hardware"), "", gaps.without_hardware),
        ("relations", "Without a relation to or from another entry", "", gaps.without_relations),
    )
    views = []
    for identity, title, note, keys in named:
        # Of a facet that has no words, nobody can be missing one.
        # The facet of topics is always there, so gaps about no facet are shown.
        if _OF_FACETS.get(identity, "topic") in names:
            links = tuple(_work(material, key) for key in keys)
            views.append(GapView(identity, title, note, links, _EXPLORED.get(identity, "")))
    for identity, title, topics in (
        ("empty", "Topics without a work", gaps.empty_topics),
        ("overviews", "Topics without an overview", gaps.topics_without_overview),
    ):
        links = tuple(place_link(material.base, topic) for topic in topics)
        views.append(GapView(identity, title, "", links))
    return tuple(view for view in views if view.links)
