"""Numbers that may stand side by side: of several works under one set of conditions, and their charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.entry import Result
from rekb.site.charts import Bar, bar_chart
from rekb.site.page import Page, SearchText
from rekb.site.parts.numbers import CONDITIONS, conditions, value_text
from rekb.site.parts.views import LinkView, Material, cite_label, place_label
from rekb.site.templating import render
from rekb.site.urls import MEASURED, entry_path, relative, topic_path

Named = tuple[str, Entry, Result]
"""A work's key, the work, and one of its results."""
_WORKS, _VALUES, _STATED = 2, 3, 2


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


def alike(base: KnowledgeBase, keys: Iterable[str]) -> tuple[tuple[Named, ...], ...]:
    """Return the results of several works that were measured under one set of conditions.

    Two conditions at least are stated: what nobody states is not known to be the same.
    """
    groups: dict[tuple[str, ...], list[Named]] = {}
    for key in keys:
        for result in base.entries[key].results:
            same = (*_basis(result), *(_plain(getattr(result, c)) for c, _ in CONDITIONS))
            groups.setdefault(same, []).append((key, base.entries[key], result))
    return tuple(
        tuple(group)
        for group in groups.values()
        if len({key for key, _, _ in group}) >= _WORKS and len(conditions(group[0][2])) >= _STATED
    )


def result_charts(
    material: Material, keys: Iterable[str], path: str, below: Iterable[Iterable[str]] = ()
) -> tuple[ResultChart, ...]:
    """Return charts of numbers whose conditions are the same, which is where bars may stand side by side.

    Either several works were measured alike; or one work reports three values that differ in one condition
    alone. A chart stands at the deepest topics that hold all its works: what one of the sets of works
    `below` holds whole is passed over.
    """
    inner = tuple(map(frozenset, below))
    mine = tuple(keys)
    across = [
        _across(group, path)
        for group in alike(material.base, mine)
        if not any({key for key, _, _ in group} <= shown for shown in inner)
    ]
    own = [key for key in mine if not any(key in shown for shown in inner)]
    return (*across, *_series(material.base, own))


def measured_page(material: Material) -> Page:
    """Return the page of all charts across works, by topic."""
    benches: dict[str, list[ResultChart]] = {}
    groups = alike(material.base, material.base.entries)
    for group in groups:
        benches.setdefault(_common_topic(material, group), []).append(_across(group, MEASURED))
    order = [topic for topic in (*material.base.topics, "") if topic in benches]
    context = MeasuredContext(
        benches=tuple(Bench(_topic_link(material, topic), tuple(benches[topic])) for topic in order),
        charts=len(groups),
        works=len({key for group in groups for key, _, _ in group}),
    )
    return Page(
        path=MEASURED,
        title="Measured",
        body=render("measured.html", MEASURED, context),
        description="Works that were measured under the same conditions, in charts with their sources.",
        search=SearchText("Measured side by side", "Benchmarks: works under the same conditions"),
        wide=True,
    )


def _topic_link(material: Material, topic: str) -> LinkView | None:
    return LinkView(place_label(material.base, topic), topic_path(topic)) if topic else None


def _common_topic(material: Material, group: Sequence[Named]) -> str:
    """Return the deepest topic that holds all works of a group, or nothing."""
    works = {key for key, _, _ in group}
    holding = [topic for topic, keys in material.index.under_topic.items() if works <= set(keys)]
    return max(holding, key=lambda topic: (topic.count("/"), topic), default="")


def _basis(result: Result) -> tuple[str, str, str]:
    return _plain(result.metric), _plain(result.unit), result.comparator


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _across(group: Sequence[Named], path: str) -> ResultChart:
    first = group[0][2]
    ordered = sorted(group, key=lambda named: (-named[2].value, named[0]))
    bars = [
        Bar(cite_label(e), r.value, value_text(r), relative(path, entry_path(key))) for key, e, r in ordered
    ]
    return ResultChart(first.metric, conditions(first), bar_chart(bars, first.metric), _common_source(group))


def _common_source(group: Sequence[Named]) -> LinkView | None:
    """Return the one page that shows all of these, called by who measured them."""
    pages = {result.source.url for _, _, result in group}
    others = {result.measured_by for _, _, result in group if result.measured_by}
    return LinkView(others.pop(), pages.pop()) if len(pages) == len(others) == 1 else None


def _series(base: KnowledgeBase, keys: Iterable[str]) -> list[ResultChart]:
    works: dict[tuple[str, ...], list[Named]] = {}
    for key in keys:
        for result in base.entries[key].results:
            works.setdefault((key, *_basis(result), result.measured_by or ""), []).append(
                (key, base.entries[key], result)
            )
    charts = []
    for group in works.values():
        results = [result for _, _, result in group]
        varied = [c for c, _ in CONDITIONS if len({_plain(getattr(r, c)) for r in results}) > 1]
        if len(results) >= _VALUES and len(varied) == 1 and all(getattr(r, varied[0]) for r in results):
            title = f"{cite_label(group[0][1])}: {results[0].metric}"
            bars = [Bar(getattr(r, varied[0]), r.value, value_text(r)) for r in results]
            same = tuple(pair for pair in conditions(results[0]) if pair[0] != dict(CONDITIONS)[varied[0]])
            charts.append(ResultChart(title, same, bar_chart(bars, title)))
    return charts
