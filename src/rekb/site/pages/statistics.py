"""The statistics page: the field in charts, each with its data as a table and as files."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model import Entry, Facet
from rekb.model.entry import Change, Effect
from rekb.site.charts import Bar, Panel, Stack, bar_chart, column_chart, multiples, stacked_bars
from rekb.site.charts.captioned import ChartView, chart_assets
from rekb.site.facets.names import facet_names
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.numbers import bit_widths
from rekb.site.parts.views import Material, cite_label, formal_record, resource_badge, venue_label
from rekb.site.templating import render
from rekb.site.urls import STATISTICS, entry_path, relative

_VENUES, _WORKS, _SECTIONS = 15, 15, 15
_BUILDING = frozenset({"builds-on", "extends", "supersedes"})
_FORMAL = frozenset({"conference", "journal", "workshop", "book"})
_FEW, _SOME = 2, 4


@dataclass(frozen=True, slots=True)
class StatisticsContext:
    """What statistics.html is given."""

    works: int
    charts: tuple[ChartView, ...]


def statistics_page(material: Material) -> Page:
    """Return the statistics page."""
    context = StatisticsContext(len(material.base.entries), statistics_charts(material))
    return Page(
        path=STATISTICS,
        title="Statistics",
        body=render("statistics.html", STATISTICS, context),
        description="The field in charts: works by year and area, resources by phase, venues, requirements.",
        search=SearchText(
            "Statistics", "Charts: works by year, resources by phase, venues, code, hardware, requirements"
        ),
        wide=True,
    )


def statistics_assets(material: Material) -> tuple[Asset, ...]:
    """Return the charts of the page as files."""
    return chart_assets(statistics_charts(material))


def statistics_charts(material: Material) -> tuple[ChartView, ...]:
    """Return the charts in the order of the page; a chart without data is left out."""
    makers: tuple[Callable[[Material], ChartView], ...] = (
        _by_year, _by_section, _by_resource, _costs, _most_built_on, _by_requirement, _by_hardware,
        _by_modality, _bits, _by_venue, _code, _to_publication, _by_state,
    )  # fmt: skip
    charts = (make(material) for make in makers)
    return tuple(chart for chart in charts if chart.rows)


def _entries(material: Material) -> list[Entry]:
    return list(material.base.entries.values())


def _years(entries: Iterable[Entry]) -> list[int]:
    years = sorted({entry.year for entry in entries})
    return list(range(years[0], years[-1] + 1)) if years else []


def _stacked(stacks: Sequence[Stack]) -> tuple[tuple[str, ...], ...]:
    return tuple((s.label, *map(str, s.values), str(sum(s.values))) for s in stacks)


def works_by_year(base: KnowledgeBase) -> tuple[tuple[str, ...], list[Stack]]:
    """Return the titles of the areas, and for each year the number of works of each."""
    areas = base.children(None)
    counts = Counter((entry.year, entry.topics[0].partition("/")[0]) for entry in base.entries.values())
    years = _years(base.entries.values())
    stacks = [Stack(str(year), tuple(counts[year, area] for area in areas)) for year in years]
    return tuple(base.topics[area].title for area in areas), stacks


def _by_year(material: Material) -> ChartView:
    titles, stacks = works_by_year(material.base)
    title = "Works by first public year and area"
    note = "A work counts once, at its primary topic."
    chart = column_chart(stacks, titles, title)
    return ChartView("years", title, note, chart, ("Year", *titles, "All"), _stacked(stacks), STATISTICS)


def _by_section(material: Material) -> ChartView:
    base = material.base
    counts = Counter(
        ("/".join(entry.topics[0].split("/")[:2]), entry.year) for entry in base.entries.values()
    )
    totals = Counter[str]()
    for (section, _), count in counts.items():
        totals[section] += count
    years = _years(base.entries.values())[-8:]
    sections = [t for t in base.topics if totals[t]]
    panels = [Panel(base.topics[t].title, tuple(counts[t, year] for year in years)) for t in sections]
    labels = tuple(map(str, years))
    title = "Works by year in each section"
    note = "All on one scale; a work counts once, at its primary topic."
    rows = tuple((p.title, *map(str, p.values), str(sum(p.values))) for p in panels)
    chart = multiples(panels, labels, title)
    return ChartView("sections", title, note, chart, ("Section", *labels, "All"), rows, STATISTICS)


def _effects_chart(material: Material, change: Change, identity: str, words: tuple[str, str]) -> ChartView:
    base = material.base
    phases = list(base.facets.get(Facet.PHASE, {}).values())
    resources = base.facets.get(Facet.RESOURCE, {}).values()
    counts = Counter(pair for entry in base.entries.values() for pair in _pairs(entry.effects, change))
    stacks = []
    for resource in resources:
        shown = resource_badge(base, resource.id, change)
        stacks.append(Stack(shown.signed, tuple(counts[resource.id, phase.id] for phase in phases)))
    stacks = sorted((s for s in stacks if any(s.values)), key=lambda s: -sum(s.values))
    labels = tuple(p.label for p in phases)
    title, note = words
    chart = stacked_bars(stacks, labels, title)
    return ChartView(identity, title, note, chart, ("Resource", *labels, "All"), _stacked(stacks), STATISTICS)


def _pairs(effects: Iterable[Effect], change: str) -> set[tuple[str, str]]:
    return {(e.resource, e.phase) for e in effects if e.change == change}


def _by_resource(material: Material) -> ChartView:
    note = "A work counts once for each pair of resource and phase in which it gains."
    return _effects_chart(material, "saves", "resources", ("What techniques gain, by phase", note))


def _costs(material: Material) -> ChartView:
    note = "What gets worse in exchange; a work counts once for each pair of resource and phase."
    return _effects_chart(material, "costs", "costs", ("What techniques cost, by phase", note))


def _bars(
    identity: str, words: tuple[str, str], rows: Sequence[tuple[str, int]], head: tuple[str, str]
) -> ChartView:
    title, note = words
    chart = bar_chart([Bar(label, value) for label, value in rows], title)
    numbers = tuple((label, str(value)) for label, value in rows)
    return ChartView(identity, title, note, chart, head, numbers, STATISTICS)


def _most_built_on(material: Material) -> ChartView:
    entries = material.base.entries
    counts = {
        key: sum(relation.type in _BUILDING for _, relation in found)
        for key, found in material.index.cited_by.items()
        if key in entries
    }
    best = sorted((key for key in counts if counts[key]), key=lambda key: (-counts[key], key))[:_WORKS]
    title = "Works that most others build on"
    note = "How many works here build on, extend or supersede it."
    bars = [Bar(cite_label(entries[k]), counts[k], link=relative(STATISTICS, entry_path(k))) for k in best]
    rows = tuple((bar.label, str(counts[key])) for bar, key in zip(bars, best, strict=True))
    return ChartView(
        "built-on", title, note, bar_chart(bars, title), ("Work", "Built on by"), rows, STATISTICS
    )


def _words(
    material: Material, facet: Facet, found: Callable[[Entry], tuple[str, ...] | None]
) -> list[tuple[str, int]]:
    """Return how many works name each word, most first, and how many say none or nothing at the end."""
    entries = _entries(material)
    counts = Counter(word for entry in entries for word in set(found(entry) or ()))
    values = material.base.facets.get(facet, {}).values()
    rows = [(v.label, counts[v.id]) for v in values if counts[v.id]]
    return sorted(rows, key=lambda row: -row[1])


def _by_requirement(material: Material) -> ChartView:
    entries = _entries(material)
    rows = _words(material, Facet.REQUIREMENT, lambda entry: entry.requires)
    named = facet_names(material.base).get("needs")
    rows.append((named.nothing_label if named else "", sum(entry.requires == () for entry in entries)))
    rows.append(("Not known", sum(entry.requires is None for entry in entries)))
    words = ("What techniques need", "A work may need several things.")
    return _bars("needs", words, rows if entries and named else [], ("Requirement", "Works"))


def _by_hardware(material: Material) -> ChartView:
    rows = _words(material, Facet.HARDWARE, lambda entry: entry.hardware)
    unknown = sum(entry.hardware is None for entry in _entries(material))
    note = f"Where the authors ran it, a work on several kinds counts at each; not known of {unknown} works."
    return _bars("hardware", ("Hardware used", note), rows, ("Hardware", "Works"))


def _by_modality(material: Material) -> ChartView:
    base = material.base
    years = _years(base.entries.values())[-8:]
    counts = Counter((word, entry.year) for entry in base.entries.values() for word in set(entry.modalities))
    values = base.facets.get(Facet.MODALITY, {}).values()
    panels = [Panel(v.label, tuple(counts[v.id, year] for year in years)) for v in values]
    panels = [panel for panel in panels if any(panel.values)]
    labels = tuple(map(str, years))
    title = "Kinds of data by year"
    note = "All on one scale; a work shown on several kinds counts at each."
    rows = tuple((p.title, *map(str, p.values), str(sum(p.values))) for p in panels)
    chart = multiples(panels, labels, title)
    return ChartView("modalities", title, note, chart, ("Data", *labels, "All"), rows, STATISTICS)


def _bits(material: Material) -> ChartView:
    """Return the widths that works on quantization name; a field of its own for them does not exist."""
    leaves = [t for t in material.base.topics if t.rpartition("/")[2] == "quantization"]
    keys = {key for topic in leaves for key in material.index.under_topic.get(topic, ())}
    named = {key: bit_widths(material.base.entries[key]) for key in sorted(keys)}
    classes: dict[str, Callable[[int], bool]] = {
        "1–2 bits": lambda n: n <= _FEW,
        "3–4 bits": lambda n: _FEW < n <= _SOME,
        "5–8 bits": lambda n: n > _SOME,
    }
    told = {key: material.base.entries[key].year for key in named if named[key]}
    counts = Counter(
        (year, name)
        for key, year in told.items()
        for name, fits in classes.items()
        if any(map(fits, named[key]))
    )
    years = _years(material.base.entries[key] for key in told)
    stacks = [Stack(str(year), tuple(counts[year, name] for name in classes)) for year in years]
    title = "Bits of quantized numbers, by year"
    note = (
        f"Widths named in the conditions of results and the means of savings of {len(told)} of {len(named)} "
        "works on quantization; a work counts once for each class."
    )
    header = ("Year", *classes, "All")
    chart = column_chart(stacks, tuple(classes), title)
    return ChartView("bits", title, note, chart, header, _stacked(stacks), STATISTICS)


def _by_venue(material: Material) -> ChartView:
    base = material.base
    counts = Counter(venue_label(base, formal_record(base, entry)) for entry in base.entries.values())
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VENUES]
    note = f"The venue a work is cited from; the {len(rows)} most frequent."
    return _bars("venues", ("Venues", note), rows, ("Venue", "Works"))


def _code(material: Material) -> ChartView:
    entries = _entries(material)
    series = ("Authors' code", "Other code", "None known")

    def state(entry: Entry) -> int:
        code = entry.links.code
        return 2 if code is None else int(not code.official)

    counts = Counter((entry.year, state(entry)) for entry in entries)
    stacks = [Stack(str(y), tuple(counts[y, n] for n in range(len(series)))) for y in _years(entries)]
    title = "Code, by first public year"
    note = "Whether a repository is recorded; none known does not mean that none exists."
    header = ("Year", *series, "All")
    return ChartView(
        "code", title, note, column_chart(stacks, series, title), header, _stacked(stacks), STATISTICS
    )


def _to_publication(material: Material) -> ChartView:
    labels = ("The same year", "One year later", "Two years later", "Later still", "No formal record")
    counts = Counter(_delay(material, entry) for entry in _entries(material))
    rows = [(label, counts[n]) for n, label in enumerate(labels)] if counts else []
    note = "Calendar years from the first public record to the first formal one."
    return _bars("publication", ("From first public to formally published", note), rows, ("When", "Works"))


def _delay(material: Material, entry: Entry) -> int:
    venues = material.base.venues
    formal = [r.year for r in entry.records if r.venue in venues and venues[r.venue].kind in _FORMAL]
    return min(min(formal) - entry.year, 3) if formal else 4


def _by_state(material: Material) -> ChartView:
    entries = _entries(material)
    rows = [
        ("All works", len(entries)),
        ("All facts confirmed", sum(e.is_complete for e in entries)),
        ("With relations", sum(bool(e.relations) for e in entries)),
        ("With reported results", sum(bool(e.results) for e in entries)),
        ("Official code known", sum(bool(e.links.code and e.links.code.official) for e in entries)),
    ]
    if material.base.facets.get(Facet.HARDWARE):
        rows.append(("Hardware known", sum(e.hardware is not None for e in entries)))
    if material.base.config.survey:
        rows.insert(1, ("In the survey's list", sum(e.survey is not None for e in entries)))
    words = ("Completeness", "How much is known of the works entered so far.")
    return _bars("completeness", words, rows if entries else [], ("What", "Works"))
