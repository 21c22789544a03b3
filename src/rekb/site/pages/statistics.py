"""The statistics page: the field in charts, each with its data as a table and as files."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rekb.kb import KnowledgeBase
from rekb.model import Entry, Facet
from rekb.model.entry import Change, Effect
from rekb.site.charts import Bar, Panel, Stack, bar_chart, column_chart, multiples, stacked_bars
from rekb.site.charts.captioned import ChartView, chart_assets
from rekb.site.facets.names import facet_names
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.asof import as_of
from rekb.site.parts.numbers import bit_widths
from rekb.site.parts.views import Material, cite_label, formal_record, resource_badge
from rekb.site.templating import render
from rekb.site.urls import EXPLORE, STATISTICS, entry_path, listing_path, relative, topic_path
from rekb.text import amount

_MOST_BARS = 15
"""A longer list is read no further."""
_RECENT = 8
"""Years of the small charts, which have no room for more."""
_BUILDING = frozenset({"builds-on", "extends", "supersedes"})
_BIT_CLASSES = {"1–2 bits": range(1, 3), "3–4 bits": range(3, 5), "5–8 bits": range(5, 9)}
"""Widths that are reached by like means."""


@dataclass(frozen=True, slots=True)
class StatisticsContext:
    """What statistics.html is given."""

    works: int
    charts: tuple[ChartView, ...]


def statistics_page(material: Material) -> Page:
    """Return the statistics page."""

    def body() -> str:
        context = StatisticsContext(len(material.base.entries), statistics_charts(material))
        return render("statistics.html", STATISTICS, context)

    return Page(
        path=STATISTICS,
        title="Statistics",
        made=body,
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
    found: list[ChartView] = []
    for chart in charts:
        if chart.rows:
            found.append(chart)
    return tuple(found)


def _entries(material: Material) -> list[Entry]:
    return list(material.base.entries.values())


def _years(entries: Iterable[Entry]) -> list[int]:
    """Return every year from the first to the last, those without a work too: charts are to scale."""
    years = {entry.year for entry in entries}
    if not years:
        return []
    return list(range(min(years), max(years) + 1))


def _stacked(stacks: Sequence[Stack]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for stack in stacks:
        found.append(_table_row(stack.label, stack.values))
    return tuple(found)


def _table_row(label: str, values: Sequence[int]) -> tuple[str, ...]:
    return (label, *map(str, values), str(sum(values)))


def works_by_year(base: KnowledgeBase) -> tuple[tuple[str, ...], list[Stack]]:
    """Return the titles of the areas, and for each year the number of works of each."""
    areas = base.children(None)
    counts = Counter((entry.year, entry.topics[0].partition("/")[0]) for entry in base.entries.values())
    years = _years(base.entries.values())
    state = as_of(base)
    stacks = []
    for year in years:
        # Works of the year in which the data were collected go on to appear.
        is_partial = state is not None and year >= state.day.year
        values = tuple(counts[year, area] for area in areas)
        stacks.append(Stack(str(year), values, is_partial))
    return tuple(base.topics[area].title for area in areas), stacks


def _by_year(material: Material) -> ChartView:
    titles, stacks = works_by_year(material.base)
    title = "Works by first public year and area"
    note = "A work counts once, at its primary topic."
    for number, stack in enumerate(stacks):
        if any(stack.values):
            stacks[number] = replace(stack, link=_to(listing_path("years", stack.label)))
    partial = []
    for stack in stacks:
        if stack.is_partial:
            partial.append(stack.label)
    if partial:
        note += f" Pale: {', '.join(partial)} is not collected whole yet."
    chart = column_chart(stacks, titles, title)
    return ChartView("years", title, note, chart, ("Year", *titles, "All"), _stacked(stacks), STATISTICS)


def _by_section(material: Material) -> ChartView:
    base = material.base
    counts: Counter[tuple[str, int]] = Counter()
    filled: set[str] = set()
    for entry in base.entries.values():
        section = "/".join(entry.topics[0].split("/")[:2])
        counts[section, entry.year] += 1
        filled.add(section)
    years = _years(base.entries.values())[-_RECENT:]
    panels = []
    for topic_id, topic in base.topics.items():
        if topic_id in filled:
            values = tuple(counts[topic_id, year] for year in years)
            panels.append(Panel(topic.title, values, _to(topic_path(topic_id))))
    title = "Works by year in each section"
    note = "Each on a scale of its own, its highest year named; a work counts once, at its primary topic."
    return _panels_chart("sections", (title, note), panels, ("Section", years))


def _panels_chart(
    identity: str, words: tuple[str, str], panels: Sequence[Panel], head: tuple[str, Sequence[int]]
) -> ChartView:
    """Return small charts of one year after the other, their numbers as one table."""
    title, note = words
    first, years = head
    labels = tuple(map(str, years))
    rows = tuple(_table_row(panel.title, panel.values) for panel in panels)
    chart = multiples(panels, labels, title)
    return ChartView(identity, title, note, chart, (first, *labels, "All"), rows, STATISTICS)


def _effects_chart(material: Material, change: Change, identity: str, words: tuple[str, str]) -> ChartView:
    base = material.base
    phases = list(base.facets.get(Facet.PHASE, {}).values())
    resources = base.facets.get(Facet.RESOURCE, {}).values()
    counts: Counter[tuple[str, str]] = Counter()
    for entry in base.entries.values():
        counts.update(_pairs(entry.effects, change))
    stacks = []
    for resource in resources:
        values = tuple(counts[resource.id, phase.id] for phase in phases)
        if any(values):
            link = _to(f"{EXPLORE}?{change}={resource.id}")
            stacks.append(Stack(resource_badge(base, resource.id, change).signed, values, link=link))
    stacks.sort(key=lambda stack: -sum(stack.values))
    labels = tuple(phase.label for phase in phases)
    title, note = words
    chart = stacked_bars(stacks, labels, title)
    return ChartView(identity, title, note, chart, ("Resource", *labels, "All"), _stacked(stacks), STATISTICS)


def _pairs(effects: Iterable[Effect], change: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for effect in effects:
        if effect.change == change:
            found.add((effect.resource, effect.phase))
    return found


def _by_resource(material: Material) -> ChartView:
    note = "A work counts once for each pair of resource and phase in which it gains."
    return _effects_chart(material, "saves", "resources", ("What works gain, by phase", note))


def _costs(material: Material) -> ChartView:
    note = "What gets worse in exchange; a work counts once for each pair of resource and phase."
    return _effects_chart(material, "costs", "costs", ("What works cost, by phase", note))


def _to(path: str) -> str:
    """Return the link from this page to another."""
    return relative(STATISTICS, path)


def _bars(identity: str, words: tuple[str, str], rows: Sequence[Bar], head: tuple[str, str]) -> ChartView:
    title, note = words
    chart = bar_chart(rows, title)
    numbers = tuple((row.label, f"{row.value:g}") for row in rows)
    return ChartView(identity, title, note, chart, head, numbers, STATISTICS)


def _most_built_on(material: Material) -> ChartView:
    entries = material.base.entries
    counts: Counter[str] = Counter()
    for key, relations in material.index.cited_by.items():
        for _, relation in relations:
            if key in entries and relation.type in _BUILDING:
                counts[key] += 1
    most_first = sorted(counts, key=lambda key: (-counts[key], key))
    bars = []
    rows = []
    for key in most_first[:_MOST_BARS]:
        label = cite_label(entries[key])
        bars.append(Bar(label, counts[key], link=relative(STATISTICS, entry_path(key))))
        rows.append((label, str(counts[key])))
    title = "Works that most others build on"
    note = "How many works here build on, extend or supersede it."
    chart = bar_chart(bars, title)
    return ChartView("built-on", title, note, chart, ("Work", "Built on by"), tuple(rows), STATISTICS)


def _words(
    material: Material, facet: Facet, name: str, words_of: Callable[[Entry], tuple[str, ...] | None]
) -> list[Bar]:
    """Return how many works name each word, most first, with the way to them; `name` is explore's."""
    counts: Counter[str] = Counter()
    for entry in _entries(material):
        counts.update(set(words_of(entry) or ()))
    values = material.base.facets.get(facet, {}).values()
    rows = []
    for value in values:
        if counts[value.id]:
            rows.append(Bar(value.label, counts[value.id], link=_to(f"{EXPLORE}?{name}={value.id}")))
    return sorted(rows, key=lambda row: -row.value)


def _by_requirement(material: Material) -> ChartView:
    entries = _entries(material)
    name = facet_names(material.base).get("needs")
    rows: list[Bar] = []
    if entries and name:
        rows = _words(material, Facet.REQUIREMENT, "needs", lambda entry: entry.requires)
        rows.append(Bar(name.nothing_label, sum(entry.requires == () for entry in entries)))
        rows.append(Bar("Not known", sum(entry.requires is None for entry in entries)))
    words = ("What works need", "A work may need several things.")
    return _bars("needs", words, rows, ("Requirement", "Works"))


def _by_hardware(material: Material) -> ChartView:
    rows = _words(material, Facet.HARDWARE, "hardware", lambda entry: entry.hardware)
    unknown = sum(entry.hardware is None for entry in _entries(material))
    lacking = amount(unknown, "work")
    note = f"Where the authors ran it, a work on several kinds counts at each; not known of {lacking}."
    return _bars("hardware", ("Hardware used", note), rows, ("Hardware", "Works"))


def _by_modality(material: Material) -> ChartView:
    base = material.base
    years = _years(base.entries.values())[-_RECENT:]
    counts: Counter[tuple[str, int]] = Counter()
    for entry in base.entries.values():
        counts.update((word, entry.year) for word in set(entry.modalities))
    panels = []
    for modality in base.facets.get(Facet.MODALITY, {}).values():
        values = tuple(counts[modality.id, year] for year in years)
        if any(values):
            panels.append(Panel(modality.label, values, _to(f"{EXPLORE}?modality={modality.id}")))
    title = "Kinds of data by year"
    note = "Each on a scale of its own, its highest year named; a work shown on several kinds counts at each."
    return _panels_chart("modalities", (title, note), panels, ("Modality", years))


def _bits(material: Material) -> ChartView:
    """Return the widths that works name at topics whose comparison shows bits; no field holds them."""
    works = _works_compared_by_bits(material)
    with_widths = []
    counts: Counter[tuple[int, str]] = Counter()
    for entry in works:
        widths = bit_widths(entry)
        if widths:
            with_widths.append(entry)
        for name, of_class in _BIT_CLASSES.items():
            if any(width in of_class for width in widths):
                counts[entry.year, name] += 1
    stacks = []
    for year in _years(with_widths):
        stacks.append(Stack(str(year), tuple(counts[year, name] for name in _BIT_CLASSES)))
    title = "Bits of a number, by year"
    note = (
        f"Widths named in the conditions of results and the means of savings of {len(with_widths)} of "
        f"{amount(len(works), 'work')} at topics that compare bits; a work counts once for each class."
    )
    header = ("Year", *_BIT_CLASSES, "All")
    chart = column_chart(stacks, tuple(_BIT_CLASSES), title)
    return ChartView("bits", title, note, chart, header, _stacked(stacks), STATISTICS)


def _works_compared_by_bits(material: Material) -> list[Entry]:
    keys: set[str] = set()
    for name, topic in material.base.topics.items():
        if "bits" in topic.columns:
            keys.update(material.index.under_topic.get(name, ()))
    return [material.base.entries[key] for key in sorted(keys)]


def _by_venue(material: Material) -> ChartView:
    base = material.base
    counts = Counter(formal_record(base, key).venue for key in base.entries)
    label = {venue: base.venues[venue].short if venue in base.venues else venue for venue in counts}
    frequent = sorted(counts, key=lambda venue: (-counts[venue], label[venue]))[:_MOST_BARS]
    rows = [Bar(label[venue], counts[venue], link=_to(f"{EXPLORE}?venue={venue}")) for venue in frequent]
    note = f"The venue a work is cited from; the {len(rows)} most frequent."
    return _bars("venues", ("Venues", note), rows, ("Venue", "Works"))


def _code(material: Material) -> ChartView:
    entries = _entries(material)
    series = ("Authors' code", "Other code", "None known")

    def state(entry: Entry) -> int:
        """Return which of the series a work belongs to."""
        code = entry.links.code
        if code is None:
            return 2
        if code.official:
            return 0
        return 1

    counts = Counter((entry.year, state(entry)) for entry in entries)
    stacks = []
    for year in _years(entries):
        values = tuple(counts[year, number] for number in range(len(series)))
        stacks.append(Stack(str(year), values))
    title = "Code, by first public year"
    note = "Whether a repository is recorded; none known does not mean that none exists."
    header = ("Year", *series, "All")
    return ChartView(
        "code", title, note, column_chart(stacks, series, title), header, _stacked(stacks), STATISTICS
    )


def _to_publication(material: Material) -> ChartView:
    labels = ("The same year", "One year later", "Two years later", "Later still", "No formal record")
    counts = Counter(_delay(material, entry) for entry in _entries(material))
    rows: list[Bar] = []
    if counts:
        rows = [Bar(label, counts[number]) for number, label in enumerate(labels)]
    note = "Calendar years from the first public record to the first formal one."
    return _bars("publication", ("From first public to formally published", note), rows, ("When", "Works"))


def _delay(material: Material, entry: Entry) -> int:
    """Return which of the labels a work belongs to, by the years until its first formal record."""
    venues = material.base.venues
    formal = []
    for record in entry.records:
        if record.venue in venues and venues[record.venue].is_formal:
            formal.append(record.year)
    if not formal:
        return 4
    return min(min(formal) - entry.year, 3)


def _by_state(material: Material) -> ChartView:
    entries = _entries(material)
    states: dict[str, Callable[[Entry], bool]] = {"All works": lambda _: True}
    if material.base.config.survey:
        states["In the survey's list"] = lambda entry: entry.survey is not None
    states["All facts confirmed"] = lambda entry: entry.is_complete
    states["With relations of their own"] = lambda entry: bool(entry.relations)
    states["With reported results"] = lambda entry: bool(entry.results)
    states["Official code known"] = _has_official_code
    if material.base.facets.get(Facet.HARDWARE):
        states["Hardware known"] = lambda entry: entry.hardware is not None
    rows = []
    if entries:
        for label, holds in states.items():
            rows.append(Bar(label, sum(map(holds, entries))))
    words = ("Completeness", "How much is known of the works entered so far.")
    return _bars("completeness", words, rows, ("What", "Works"))


def _has_official_code(entry: Entry) -> bool:
    code = entry.links.code
    if code is None:
        return False
    return code.official
