"""The statistics page: the field in charts, each with its data as a table."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from rekb.model import Facet
from rekb.site.charts import Bars, Stack, bar_chart, stacked_chart
from rekb.site.page import Page, SearchText
from rekb.site.templating import render
from rekb.site.urls import STATISTICS
from rekb.site.views import Material, formal_record, venue_label

_VENUES = 15


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart with its numbers."""

    id: str
    title: str
    note: str
    svg: Markup
    legend: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StatisticsContext:
    """What statistics.html is given."""

    works: int
    charts: tuple[ChartView, ...]


def statistics_page(material: Material) -> Page:
    """Return the statistics page."""
    charts = (
        _by_year(material),
        _by_resource(material),
        _by_requirement(material),
        _by_venue(material),
        _by_state(material),
    )
    context = StatisticsContext(len(material.base.entries), charts)
    return Page(
        path=STATISTICS,
        title="Statistics",
        body=render("statistics.html", STATISTICS, context),
        description="The field in charts: works by year and area, resources by phase, venues, requirements.",
        search=SearchText("Statistics", "Charts: works by year, resources by phase, venues, requirements"),
        wide=True,
    )


def _by_year(material: Material) -> ChartView:
    base = material.base
    areas = base.children(None)
    years = sorted({entry.year for entry in base.entries.values()})
    counts = Counter(
        (entry.year, area)
        for entry in base.entries.values()
        for area in {topic.partition("/")[0] for topic in entry.topics[:1]}
    )
    span = range(years[0], years[-1] + 1) if years else range(0)
    stacks = [Stack(str(year), tuple(counts[year, area] for area in areas)) for year in span]
    titles = tuple(base.topics[area].title for area in areas)
    title = "Works by first public year and area"
    return ChartView(
        "years",
        title,
        "A work counts once, at its primary topic.",
        stacked_chart(stacks, title),
        titles,
        ("Year", *titles, "All"),
        tuple((s.label, *map(str, s.values), str(sum(s.values))) for s in stacks),
    )


def _by_resource(material: Material) -> ChartView:
    base = material.base
    phases = list(base.facets.get(Facet.PHASE, {}).values())
    resources = base.facets.get(Facet.RESOURCE, {}).values()
    counts = Counter(
        pair
        for entry in base.entries.values()
        for pair in {(e.resource, e.phase) for e in entry.effects if e.change == "saves"}
    )
    stacks = [Stack(r.label, tuple(counts[r.id, p.id] for p in phases)) for r in resources]
    stacks = [stack for stack in stacks if any(stack.values)]
    title = "Resources saved, by phase"
    labels = tuple(p.label for p in phases)
    return ChartView(
        "resources",
        title,
        "A work counts once for each pair of resource and phase that it saves.",
        stacked_chart(stacks, title),
        labels,
        ("Resource", *labels, "All"),
        tuple((s.label, *map(str, s.values), str(sum(s.values))) for s in stacks),
    )


def _bars(identity: str, title: str, note: str, rows: list[tuple[str, int]], head: str) -> ChartView:
    chart = bar_chart([Bars(label, value) for label, value in rows], title)
    numbers = tuple((label, str(value)) for label, value in rows)
    return ChartView(identity, title, note, chart, (), (head, "Works"), numbers)


def _by_requirement(material: Material) -> ChartView:
    base = material.base
    counts = Counter(word for entry in base.entries.values() for word in entry.requires or ())
    rows = [(v.label, counts[v.id]) for v in base.facets.get(Facet.REQUIREMENT, {}).values() if counts[v.id]]
    rows.append(("Nothing of these", sum(entry.requires == () for entry in base.entries.values())))
    rows.append(("Not stated", sum(entry.requires is None for entry in base.entries.values())))
    rows.sort(key=lambda row: -row[1])
    return _bars("needs", "What techniques need", "A work may need several things.", rows, "Requirement")


def _by_venue(material: Material) -> ChartView:
    base = material.base
    counts = Counter(venue_label(base, formal_record(base, entry)) for entry in base.entries.values())
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VENUES]
    note = f"The venue a work is cited from; the {_VENUES} most frequent."
    return _bars("venues", "Venues", note, rows, "Venue")


def _by_state(material: Material) -> ChartView:
    entries = list(material.base.entries.values())
    rows = [
        ("All works", len(entries)),
        ("All facts confirmed", sum(entry.is_complete for entry in entries)),
        ("Official code known", sum(bool(e.links.code and e.links.code.official) for e in entries)),
        ("With reported results", sum(bool(e.results) for e in entries)),
        ("With relations", sum(bool(e.relations) for e in entries)),
    ]
    if material.base.config.survey:
        rows.append(("In the survey's list", sum(e.survey is not None for e in entries)))
    return _bars("coverage", "Coverage", "How much is known of the works entered so far.", rows, "What")
