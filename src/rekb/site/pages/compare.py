"""The compare page: two to six works side by side, and the small file of each that it reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from rekb.kb import KnowledgeBase
from rekb.kb.results import ResultWords, result_words
from rekb.model import Entry
from rekb.model.parts import text_of
from rekb.model.results import Result
from rekb.site.facets.names import facet_names
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.bench import ResultChart, bench_charts
from rekb.site.parts.numbers import value_text
from rekb.site.parts.views import BadgeView, LinkView, Material, effect_view
from rekb.site.templating import head_files, render
from rekb.site.urls import COMPARE, entry_path

_FACETS = ("saves", "costs", "needs", "hardware", "modality")
MOST = 6
"""How many works fit side by side."""


@dataclass(frozen=True, slots=True)
class CompareContext:
    """What compare.html is given."""

    keys: str
    """The keys of all works, with spaces between them: an address may name others."""
    most: int
    examples: tuple[tuple[str, str], ...]
    """Label and address of comparisons to start from."""
    labels: dict[str, str]
    """What the rows are called that are not called alike everywhere; a facet without a label is not shown."""
    own: tuple[tuple[str, str], ...]
    """Names and titles of the facets that the knowledge base adds."""


def compare_page(material: Material) -> Page:
    """Return the compare page; a script lays the chosen works side by side."""

    def body() -> str:
        examples = []
        for comparison in material.base.config.comparisons:
            examples.append((comparison.title, f"{COMPARE}?papers={','.join(comparison.papers)}"))
        keys = " ".join(material.base.entries)
        context = CompareContext(keys, MOST, tuple(examples), _labels(material), _own(material))
        return render("compare.html", COMPARE, context)

    return Page(
        path=COMPARE,
        title="Compare",
        made=body,
        description="Two to six works side by side: what each saves, needs, runs on and reports.",
        head=head_files(COMPARE, "compare.js"),
        search=SearchText("Compare works", "Two to six works side by side"),
        wide=True,
    )


def compare_assets(material: Material) -> tuple[Asset, ...]:
    """Return the file of each work that the compare page reads."""
    base = material.base
    tests: dict[tuple[str, str], int] = {}
    for number, test in enumerate(material.tests):
        for named in test.numbers:
            tests[named.key, named.result.id] = number
    assets = [Asset(f"{COMPARE}charts.json", partial(_charts_file, material))]
    for key in base.entries:
        assets.append(
            Asset(f"{entry_path(key)}compare.json", partial(_column_file, material, key, tests), key)
        )
    return tuple(assets)


def _chart(chart: ResultChart) -> dict[str, Any]:
    """Return a chart as the page shows it where at least two of its works are compared."""
    return {
        # The order of a set differs from run to run.
        "works": sorted(chart.works),
        "title": chart.title,
        "conditions": [f"{word} {text}" for word, text in chart.conditions],
        "source": [chart.source.label, chart.source.path] if chart.source else None,
        "svg": str(chart.svg),
    }


def _charts_file(material: Material) -> bytes:
    charts = [_chart(chart) for chart in bench_charts(material.base, material.tests, COMPARE)]
    return json.dumps(charts, ensure_ascii=False, separators=(",", ":")).encode()


def _column_file(material: Material, key: str, tests: Mapping[tuple[str, str], int]) -> bytes:
    return json.dumps(_column(material, key, tests), ensure_ascii=False, separators=(",", ":")).encode()


def _column(material: Material, key: str, tests: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """Return what the page shows of a work; `tests` numbers those results that other works have alike."""
    base = material.base
    entry = base.entries[key]
    row = material.rows[key]
    own = {}
    if row.own:
        own["own"] = {name: _words(words) for name, words in row.own.items()}
    return {
        "key": key,
        "name": row.name,
        "title": row.title,
        "authors": row.authors,
        "year": row.year,
        "venue": row.venue,
        "saves": _effects(base, entry, "saves"),
        "costs": _effects(base, entry, "costs"),
        "needs": _words(row.requires),
        "hardware": _words(row.hardware),
        "modality": _words(row.modalities),
        **own,
        "results": [_result(base, key, result, tests.get((key, result.id))) for result in entry.results],
        "code": row.code,
        "topics": [_topic(topic) for topic in row.topics],
        "summary": text_of(entry, base.config.reading.default) or None,
    }


def _effects(base: KnowledgeBase, entry: Entry, change: str) -> list[list[str]]:
    """Return the effects of one kind as the script reads them: resource, phase and how."""
    found = []
    for effect in entry.effects:
        if effect.change == change:
            view = effect_view(base, effect)
            found.append([view.resource.signed, view.phase.label, view.how])
    return found


def _result(base: KnowledgeBase, key: str, result: Result, test: int | None) -> dict[str, Any]:
    words = result_words(base, key, result)
    view: dict[str, Any] = {
        "value": value_text(result, words.metric),
        "metric": words.metric,
        "conditions": _conditions(words),
        "where": words.where,
        "url": words.address,
    }
    if words.read_in:
        view["read"] = words.read_in
    if test is not None:
        view["test"] = test
    return view


def _conditions(words: ResultWords) -> list[str]:
    against = words.baseline and f"against {words.baseline}"
    others = words.measured_by and f"measured by {words.measured_by}"
    conditions = (against, words.model, words.hardware, words.setting, others)
    found: list[str] = []
    for condition in conditions:
        if condition:
            found.append(condition)
    return found


def _labels(material: Material) -> dict[str, str]:
    names = facet_names(material.base)
    config = material.base.config
    level = config.levels[config.reading.default]
    labels = {}
    for facet in _FACETS:
        if facet in names:
            labels[facet] = names[facet].title
    for facet in ("needs", "hardware"):
        if facet in names:
            labels[f"no-{facet}"] = names[facet].nothing
    labels["summary"] = level.row or level.label
    return labels


def _own(material: Material) -> tuple[tuple[str, str], ...]:
    names = facet_names(material.base)
    own = material.base.config.own_facets
    found: list[tuple[str, str]] = []
    for facet in own:
        if facet in names:
            found.append((facet, names[facet].title))
    return tuple(found)


def _words(badges: tuple[BadgeView, ...] | None) -> list[str] | None:
    """Return labels; `None` stays: not known is no empty list."""
    if badges is None:
        return None
    found = []
    for badge in badges:
        found.append(badge.label)
    return found


def _topic(link: LinkView) -> list[str]:
    return [link.label, link.path]
