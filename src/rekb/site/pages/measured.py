"""Numbers that may stand side by side: of several works under one set of conditions, and their charts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.bench import Named, Test, plain, tradeoffs_of
from rekb.kb.reproductions import has_reproductions
from rekb.kb.results import result_words
from rekb.site.charts import Bar, Mark, bar_chart
from rekb.site.page import Page, SearchText
from rekb.site.parts.bench import ResultChart, bench_charts, charts_among, source_of
from rekb.site.parts.numbers import CONDITIONS, conditions, value_text
from rekb.site.parts.views import LinkView, Material, cite_label, place_label
from rekb.site.templating import render
from rekb.site.urls import MEASURED, topic_path

_VALUES = 3
"""Fewest values of a chart of one work."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Charts of one topic."""

    topic: LinkView | None
    """Absent where the works have no topic in common."""
    charts: tuple[ResultChart, ...]
    titles: tuple[str, ...]
    """What the charts are about, each once."""


@dataclass(frozen=True, slots=True)
class MeasuredContext:
    """What measured.html is given."""

    benches: tuple[Bench, ...]
    charts: int
    pairs: int
    """How many trade-offs are drawn."""
    works: int
    again: bool
    """Whether there is a page of numbers that others measured again."""


def result_charts(
    material: Material, keys: Iterable[str], path: str, below: Iterable[Iterable[str]] = ()
) -> tuple[ResultChart, ...]:
    """Return charts of numbers whose conditions are the same, which is where bars may stand side by side.

    Either several works were measured alike; or one work reports three values that differ in one condition
    alone. A chart is at the deepest topics that hold all its works: what one of the sets of works
    `below` holds whole is passed over.
    """
    inner = tuple(map(frozenset, below))
    keys = tuple(keys)
    charts = charts_among(material, frozenset(keys), path, inner)
    own = [key for key in keys if not any(key in inside for inside in inner)]
    return (*charts, *_series(material.base, own))


def measured_page(material: Material) -> Page:
    """Return the page of all charts across works, by topic."""

    def body() -> str:
        benches: dict[str, list[Test]] = {}
        works: set[str] = set()
        for test in material.tests:
            works |= test.works
            benches.setdefault(_common_topic(material, test), []).append(test)
        order = [topic for topic in (*material.base.topics, "") if topic in benches]
        context = MeasuredContext(
            benches=tuple(_bench(material, topic, benches[topic]) for topic in order),
            charts=len(material.tests),
            pairs=len(tradeoffs_of(material.tests)),
            works=len(works),
            again=has_reproductions(material.base),
        )
        return render("measured.html", MEASURED, context)

    return Page(
        path=MEASURED,
        title="Measured",
        made=body,
        description="Works that were measured under the same conditions, in charts with their sources.",
        search=SearchText("Measured side by side", "Benchmarks: works under the same conditions"),
        wide=True,
    )


def _topic_link(material: Material, topic: str) -> LinkView | None:
    if not topic:
        return None
    return LinkView(place_label(material.base, topic), topic_path(topic))


def _bench(material: Material, topic: str, tests: Sequence[Test]) -> Bench:
    charts = bench_charts(material.base, tests, MEASURED)
    titles: dict[str, None] = {}
    for chart in charts:
        titles[chart.title] = None
    return Bench(_topic_link(material, topic), charts, tuple(titles))


def _common_topic(material: Material, test: Test) -> str:
    """Return the deepest topic that holds all works of a test, or nothing."""
    works = test.works
    holding = [topic for topic, keys in material.index.under_topic.items() if works <= set(keys)]
    # A test may lie in two topics as deep as each other; the id decides, so every build agrees.
    return max(holding, key=lambda topic: (topic.count("/"), topic), default="")


def _series(base: KnowledgeBase, keys: Iterable[str]) -> Iterator[ResultChart]:
    """Yield a chart for each row of values that one work measured along one condition."""
    for key in keys:
        rows: dict[tuple[str, ...], list[Named]] = {}
        for result in base.entries[key].results:
            words = result_words(base, key, result)
            # What others measured is another row: they did not share the authors' set-up.
            if result.wording is None:
                what = result.metric or ""
            else:
                what = words.metric
            row = (plain(what), plain(result.unit), result.comparator, words.measured_by)
            rows.setdefault(row, []).append(Named(key, result, words))
        for series in rows.values():
            varied = _only_varied_condition(series)
            if varied and len(series) >= _VALUES:
                yield _series_chart(base, series, varied)


def _only_varied_condition(series: Sequence[Named]) -> str | None:
    """Return the one condition in which results differ, where each of them states it."""
    varied = [condition for condition, _ in CONDITIONS if _differ(series, condition)]
    if len(varied) != 1:
        return None
    condition = varied[0]
    if not all(getattr(named.words, condition) for named in series):
        return None
    return condition


def _differ(series: Sequence[Named], condition: str) -> bool:
    """Whether results state a condition in several ways, but for how it is written."""
    stated = {plain(getattr(named.words, condition)) for named in series}
    return len(stated) > 1


def _series_chart(base: KnowledgeBase, series: Sequence[Named], varied: str) -> ResultChart:
    first = series[0]
    title = f"{cite_label(base.entries[first.key])}: {first.words.metric}"
    bars = []
    for named in series:
        value = value_text(named.result, named.words.metric)
        bars.append(Bar(getattr(named.words, varied), named.result.value, value))
    word_of = dict(CONDITIONS)
    same = tuple((word, text) for word, text in conditions(first.words) if word != word_of[varied])
    svg = bar_chart(bars, title, Mark(better=first.words.better))
    return ResultChart(title, same, svg, source_of(series))
