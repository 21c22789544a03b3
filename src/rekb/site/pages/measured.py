"""Numbers that may stand side by side: of several works under one set of conditions, and their charts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import has_reproductions
from rekb.kb.results import Told, told
from rekb.model.results import Result
from rekb.site.charts import Bar, bar_chart
from rekb.site.page import Page, SearchText
from rekb.site.parts.numbers import CONDITIONS, conditions, value_text
from rekb.site.parts.views import LinkView, Material, cite_label, place_label
from rekb.site.templating import render
from rekb.site.urls import MEASURED, entry_path, relative, topic_path

_WORKS = 2
"""Fewest works of a chart across works."""
_STATED = 2
"""Fewest conditions that its results state."""
_VALUES = 3
"""Fewest values of a chart of one work."""


@dataclass(frozen=True, slots=True)
class Named:
    """One result of a work, as its file has it and in words."""

    key: str
    result: Result
    words: Told


@dataclass(frozen=True, slots=True)
class ResultChart:
    """Numbers that were reported under the same conditions."""

    title: str
    conditions: tuple[tuple[str, str], ...]
    svg: Markup
    source: LinkView | None = None
    """The page that shows all of them, where one does; its label is who measured."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Charts of one topic."""

    topic: LinkView | None
    """Absent where the works have no topic in common."""
    charts: tuple[ResultChart, ...]


@dataclass(frozen=True, slots=True)
class MeasuredContext:
    """What measured.html is given."""

    benches: tuple[Bench, ...]
    charts: int
    works: int
    again: bool
    """Whether there is a page of numbers that others measured again."""


def alike(base: KnowledgeBase, keys: Iterable[str]) -> tuple[tuple[Named, ...], ...]:
    """Return the results of several works that were measured under one set of conditions.

    Two conditions at least are stated: what nobody states is not known to be the same.
    """
    groups: dict[tuple[str, ...], list[Named]] = {}
    for key in keys:
        for result in base.entries[key].results:
            words = told(base, key, result)
            stated = [_plain(getattr(words, condition)) for condition, _ in CONDITIONS]
            groups.setdefault((*_basis(result, words), *stated), []).append(Named(key, result, words))
    comparable = []
    for group in groups.values():
        if len(_keys(group)) >= _WORKS and len(conditions(group[0].words)) >= _STATED:
            comparable.append(tuple(group))
    return tuple(comparable)


def _keys(group: Iterable[Named]) -> set[str]:
    return {named.key for named in group}


def result_charts(
    material: Material, keys: Iterable[str], path: str, below: Iterable[Iterable[str]] = ()
) -> tuple[ResultChart, ...]:
    """Return charts of numbers whose conditions are the same, which is where bars may stand side by side.

    Either several works were measured alike; or one work reports three values that differ in one condition
    alone. A chart stands at the deepest topics that hold all its works: what one of the sets of works
    `below` holds whole is passed over.
    """
    inner = tuple(map(frozenset, below))
    keys = tuple(keys)
    charts = []
    for group in alike(material.base, keys):
        works = _keys(group)
        if not any(works <= inside for inside in inner):
            charts.append(_across(material.base, group, path))
    own = [key for key in keys if not any(key in inside for inside in inner)]
    return (*charts, *_series(material.base, own))


def measured_page(material: Material) -> Page:
    """Return the page of all charts across works, by topic."""

    def body() -> str:
        benches: dict[str, list[ResultChart]] = {}
        groups = alike(material.base, material.base.entries)
        works: set[str] = set()
        for group in groups:
            works |= _keys(group)
            benches.setdefault(_common_topic(material, group), []).append(
                _across(material.base, group, MEASURED)
            )
        order = [topic for topic in (*material.base.topics, "") if topic in benches]
        context = MeasuredContext(
            benches=tuple(Bench(_topic_link(material, topic), tuple(benches[topic])) for topic in order),
            charts=len(groups),
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


def _common_topic(material: Material, group: Sequence[Named]) -> str:
    """Return the deepest topic that holds all works of a group, or nothing."""
    works = _keys(group)
    holding = [topic for topic, keys in material.index.under_topic.items() if works <= set(keys)]
    return max(holding, key=lambda topic: (topic.count("/"), topic), default="")


def _basis(result: Result, words: Told) -> tuple[str, str, str]:
    """Return what two numbers must share to be of one kind; words that say more than a metric part them."""
    what = result.metric or "" if result.wording is None else words.metric
    return _plain(what), _plain(result.unit), result.comparator


def _plain(text: str) -> str:
    """Return what two spellings of one condition share."""
    return " ".join(text.casefold().split())


def _across(base: KnowledgeBase, group: Sequence[Named], path: str) -> ResultChart:
    first = group[0].words
    bars = []
    for named in sorted(group, key=lambda named: (-named.result.value, named.key)):
        link = relative(path, entry_path(named.key))
        value = value_text(named.result, named.words.metric)
        bars.append(Bar(cite_label(base.entries[named.key]), named.result.value, value, link))
    return ResultChart(first.metric, conditions(first), bar_chart(bars, first.metric), _common_source(group))


def _common_source(group: Sequence[Named]) -> LinkView | None:
    """Return the one page that shows all of these, called by who measured them."""
    pages = {named.words.address for named in group}
    others = {named.words.measured_by for named in group if named.words.measured_by}
    if len(pages) != 1 or len(others) != 1:
        return None
    return LinkView(others.pop(), pages.pop())


def _series(base: KnowledgeBase, keys: Iterable[str]) -> Iterator[ResultChart]:
    """Yield a chart for each row of values that one work measured along one condition."""
    for key in keys:
        rows: dict[tuple[str, ...], list[Named]] = {}
        for result in base.entries[key].results:
            words = told(base, key, result)
            # What others measured is another row: they did not share the authors' set-up.
            row = (*_basis(result, words), words.measured_by)
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
    return len({_plain(getattr(named.words, condition)) for named in series}) > 1


def _series_chart(base: KnowledgeBase, series: Sequence[Named], varied: str) -> ResultChart:
    first = series[0]
    title = f"{cite_label(base.entries[first.key])}: {first.words.metric}"
    bars = []
    for named in series:
        value = value_text(named.result, named.words.metric)
        bars.append(Bar(getattr(named.words, varied), named.result.value, value))
    word_of = dict(CONDITIONS)
    same = tuple((word, text) for word, text in conditions(first.words) if word != word_of[varied])
    return ResultChart(title, same, bar_chart(bars, title))
