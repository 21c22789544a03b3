"""Counts, coverage and search over the made-up knowledge base."""

from dataclasses import replace

import pytest

from fixture_kb import KB
from rekb.kb.search import search
from rekb.kb.statistics import coverage, statistics
from rekb.loading.loader import load
from rekb.model import Config

BASE, _ = load(KB)


def test_statistics() -> None:
    found = statistics(BASE)
    assert (found.entries, found.complete, found.formal, found.results, found.model_cards) == (6, 1, 2, 2, 1)
    assert (found.sourced, found.listed, found.overviews) == (1, 2, 1)
    assert found.measured == {"architectures": 1, "systems": 1}
    assert found.relations == {"builds-on": 1, "competes-with": 1, "extends": 1, "uses": 1}
    assert (found.survey_rows, found.survey_total) == (3, None)
    assert found.topics == {
        "architectures": 4, "architectures/attention": 4,
        "systems": 3, "systems/serving": 3, "systems/serving/caching": 3,
    }  # fmt: skip
    assert found.mean_plain_grade is not None
    assert 0 < found.mean_plain_grade < 6


def test_coverage() -> None:
    found = coverage(BASE)
    assert found.unconfirmed == ("nobody2021guess",)
    assert found.without_sources == tuple(sorted(set(BASE.entries) - {"moth2022tile"}))
    assert found.without_summary == found.without_sources
    assert found.without_hardware == tuple(
        sorted(set(BASE.entries) - {"moth2022tile", "cachecrew2021larder"})
    )
    assert found.without_requirements == tuple(sorted(set(BASE.entries) - {"moth2022tile", "moth2020sparse"}))
    assert found.without_effects == tuple(sorted(set(BASE.entries) - {"moth2022tile", "cachecrew2021larder"}))
    assert found.without_results == tuple(sorted(set(BASE.entries) - {"moth2022tile"}))
    assert found.without_relations == ("cachecrew2021larder", "moth2020sparse", "solo2023giant")
    assert found.empty_topics == ()
    assert found.topics_without_overview == tuple(t for t in BASE.topics if t != "architectures/attention")
    assert found.survey_rows == ()


def test_rows_of_the_survey_are_counted_where_its_list_is_configured() -> None:
    listed = replace(BASE, config=Config.model_validate({"survey": {"title": "A Survey", "rows": 5}}))
    assert statistics(listed).survey_total == 5
    assert coverage(listed).survey_rows == (4, 5)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("tile", ["moth2022tile"]),
        ("TILE", ["moth2022tile"]),
        ("larder", ["cachecrew2021larder", "cachecrew2023larder"]),
        ("moth", ["moth2020sparse", "moth2022tile"]),
        ("moth sparse", ["moth2020sparse"]),
        ("emile", ["moth2022tile"]),
        ("Émile", ["moth2022tile"]),
        ("kernel", ["moth2022tile"]),
        ("cachi", ["cachecrew2021larder", "cachecrew2023larder", "moth2022tile"]),
        ("solo2023giant", ["solo2023giant"]),
        ("moth zebra", []),
    ],
)
def test_search(words: str, keys: list[str]) -> None:
    assert [hit.key for hit in search(BASE, words) if hit.is_whole] == keys
