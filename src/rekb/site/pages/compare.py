"""The compare page: two to six works side by side, and the small file of each that it reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rekb.model.entry import Result
from rekb.site.facets.names import facet_names
from rekb.site.page import Asset, Page, SearchText
from rekb.site.pages.measured import alike
from rekb.site.parts.numbers import value_text
from rekb.site.parts.views import BadgeView, LinkView, Material, effect_view
from rekb.site.templating import render
from rekb.site.urls import COMPARE, entry_path

_FACETS = ("saves", "costs", "needs", "hardware", "modality")
MOST = 6
"""How many works fit side by side."""


@dataclass(frozen=True, slots=True)
class CompareContext:
    """What compare.html is given."""

    works: tuple[tuple[str, str], ...]
    """Key and label of every work, by label."""
    most: int
    examples: tuple[tuple[str, str], ...]
    """Label and address of comparisons to start from."""
    labels: dict[str, str]
    """What the rows are called that are not called alike everywhere; a facet without a label is not shown."""
    own: tuple[tuple[str, str], ...]
    """Names and titles of the facets that the knowledge base adds."""


def compare_page(material: Material) -> Page:
    """Return the compare page; it names every work, and a script lays the chosen ones side by side."""
    entries = material.base.entries
    works = sorted(
        ((key, entry.display_name) for key, entry in entries.items()), key=lambda w: w[1].casefold()
    )
    examples = tuple(
        (comparison.title, f"{COMPARE}?papers={','.join(comparison.papers)}")
        for comparison in material.base.config.comparisons
    )
    return Page(
        path=COMPARE,
        title="Compare",
        body=render(
            "compare.html",
            COMPARE,
            CompareContext(tuple(works), MOST, examples, _labels(material), _own(material)),
        ),
        description="Two to six works side by side: what each saves, needs, runs on and reports.",
        search=SearchText("Compare works", "Two to six works side by side"),
        wide=True,
    )


def compare_assets(material: Material) -> tuple[Asset, ...]:
    """Return the file of each work that the compare page reads."""
    base = material.base
    tests = {
        (key, id(result)): number
        for number, group in enumerate(alike(base, base.entries))
        for key, _, result in group
    }
    columns = {key: _column(material, key, tests) for key in base.entries}
    return tuple(
        Asset(f"{entry_path(key)}compare.json", json.dumps(column, ensure_ascii=False).encode())
        for key, column in columns.items()
    )


def _column(material: Material, key: str, tests: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    """Return what the page shows of a work; `tests` numbers those results that other works have alike."""
    base = material.base
    entry = base.entries[key]
    row = material.rows[key]
    effects = [effect_view(base, effect) for effect in entry.effects]
    return {
        "key": key,
        "name": row.name,
        "title": row.title,
        "authors": row.authors,
        "year": row.year,
        "venue": row.venue,
        "saves": [[e.resource.signed, e.phase.label, e.how] for e in effects if e.change == "saves"],
        "costs": [[e.resource.signed, e.phase.label, e.how] for e in effects if e.change == "costs"],
        "needs": _words(row.requires),
        "hardware": _words(row.hardware),
        "modality": _words(row.modalities),
        **({"own": {name: _words(found) for name, found in row.own.items()}} if row.own else {}),
        "results": [
            {
                "value": value_text(r),
                "metric": r.metric,
                "conditions": _conditions(r),
                "where": r.source.where,
                "url": r.source.url,
                **({"test": tests[key, id(r)]} if (key, id(r)) in tests else {}),
            }
            for r in entry.results
        ],
        "code": row.code,
        "topics": [_topic(topic) for topic in row.topics],
        "summary": entry.summary.text(base.config.reading.default) or None if entry.summary else None,
    }


def _conditions(r: Result) -> list[str]:
    against = r.baseline and f"against {r.baseline}"
    others = r.measured_by and f"measured by {r.measured_by}"
    return [c for c in (against, r.model, r.hardware, r.setting, others) if c]


def _labels(material: Material) -> dict[str, str]:
    names = facet_names(material.base)
    config = material.base.config
    level = config.levels[config.reading.default]
    labels = {name: names[name].title for name in _FACETS if name in names}
    nothing = {f"no-{name}": names[name].nothing for name in ("needs", "hardware") if name in names}
    return {**labels, **nothing, "summary": level.row or level.label}


def _own(material: Material) -> tuple[tuple[str, str], ...]:
    names = facet_names(material.base)
    return tuple((name, names[name].title) for name in material.base.config.own_facets if name in names)


def _words(badges: tuple[BadgeView, ...] | None) -> list[str] | None:
    return None if badges is None else [badge.label for badge in badges]


def _topic(link: LinkView) -> list[str]:
    return [link.label, link.path]
