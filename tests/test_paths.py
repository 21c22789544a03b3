"""Reading paths: from the file to the pages; questions follow from the planner's formulas."""

from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from fixture_kb import copy
from rekb.edit.format import format_text
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.model.paths import NumberFormat, PathQuestion, PathStep, Quantity
from rekb.site import SiteSettings, build_site
from rekb.site.calculator.precisions import BYTES, CACHE
from rekb.site.calculator.quiz import FORMULAS, asked
from rule_rows import PATHS, PATHS_TEXT, led

SETTINGS = SiteSettings("Lamps", "What it is.", "https://example.org/kb/", "")


@pytest.fixture
def lamps(tmp_path: Path) -> KnowledgeBase:
    """Return the made-up knowledge base with reading paths."""
    return load(copy(tmp_path, *led()))[0]


def bodies(base: KnowledgeBase) -> dict[str, str]:
    """Return the pages of a site by address."""
    return {page.path: str(page.body) for page in build_site(base, SETTINGS).pages}


def question(asks: str, of: dict[str, Any], against: dict[str, Any] | None = None) -> PathQuestion:
    """Return a question about the made-up model of seven billion weights."""
    case = {"model": "giant-7b", "context": 4096, "device": "imaginary-card"}
    other = None if against is None else case | against
    return PathQuestion.model_validate({"asks": asks, "of": case | of, "against": other, "so": "So."})


@pytest.mark.parametrize(
    ("asks", "of", "answer", "working"),
    [
        ("weights", {}, "14\xa0GB", "7B weights × 2 bytes"),
        ("weights", {"weights": "int8"}, "7\xa0GB", "7B weights × 1 byte"),
        ("training-state", {}, "112\xa0GB", "7B weights × 16 bytes (2 for the weight"),
        (
            "cache",
            {},
            "536.9\xa0MB",
            "32 layers × 2 (key and value) × 8 key-value heads × 128 numbers × 2 bytes",
        ),
        ("cache", {"batch": 3}, "1.611\xa0GB", "× 3 sequences of 4k tokens"),
        ("memory", {}, "14.54\xa0GB", "weights 14\xa0GB + KV cache 536.9\xa0MB"),
        ("cards", {}, "one card", "÷ 38.65\xa0GB of each card (10% stays free"),
        ("cards", {"batch": 64}, "two cards", "weights and KV cache 48.36\xa0GB"),
        ("context", {}, "188,100 tokens", "what is left ÷ 1 ÷ 131.1\xa0kB for a token"),
        ("speed", {}, "68.79 tokens a second", "batch 1 × one card × 1,000 GB/s ÷ 14.54\xa0GB"),
        ("token-flops", {}, "1.40 × 10<sup>10</sup> FLOPs", "2 × 7B weights that a token meets"),
    ],
)
def test_answers_follow_from_the_formulas(
    lamps: KnowledgeBase, asks: str, of: dict[str, Any], answer: str, working: str
) -> None:
    found = asked(lamps, question(asks, of))
    assert found is not None
    assert str(found.answer) == answer
    assert working in str(found.working[0])


@pytest.mark.parametrize(
    ("of", "against", "answer"),
    [
        ({}, {"weights": "int4"}, "The first, 4 times."),
        ({"weights": "int8"}, {}, "The second, 2 times."),
        ({}, {}, "Neither: they are equal."),
    ],
)
def test_two_cases_are_compared(
    lamps: KnowledgeBase, of: dict[str, Any], against: dict[str, Any], answer: str
) -> None:
    found = asked(lamps, question("weights", of, against))
    assert found is not None
    assert str(found.answer) == answer
    assert [str(line).partition(":")[0] for line in found.working] == ["The first", "The second"]


def test_what_has_no_published_shape_has_no_answer(lamps: KnowledgeBase) -> None:
    assert asked(lamps, question("weights", {"model": "imaginary-1b"})) is None
    assert asked(lamps, question("training-flops", {})) is None  # its training tokens are not published


def test_questions_know_what_the_planner_knows() -> None:
    formats = set(get_args(NumberFormat))
    assert formats <= set(BYTES)
    assert {"bf16", "fp8", "int8", "int4"} <= {precision.id for precision in CACHE}
    assert set(FORMULAS) == set(get_args(Quantity))


@pytest.mark.parametrize(
    "step",
    [
        {"why": "No goal."},
        {"entry": "moth2022tile", "topic": "systems", "why": "Two."},
        {"entry": "moth2022tile"},
    ],
    ids=str,
)
def test_a_step_has_one_goal_and_a_reason(step: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        PathStep.model_validate(step)


def test_pages_name_steps_in_order_with_reasons_and_questions(lamps: KnowledgeBase) -> None:
    pages = bodies(lamps)
    hub = pages["learn/"]
    assert hub.index("From sparse lamps to tiles") < hub.index("Larders")
    page = pages["learn/lamps/"]
    places = [
        page.index(text) for text in ("It comes first.", "It builds on the first.", "Where both are used.")
    ]
    assert places == sorted(places)
    assert 'href="../../papers/moth2022tile/"' in page
    assert 'href="../../topics/systems/serving/"' in page
    assert "<strong>14\xa0GB</strong>" in page
    assert "The second, 2 times." in page
    assert 'href="../lamps/"' in pages["learn/larders/"]


def test_works_and_topics_name_the_paths(lamps: KnowledgeBase) -> None:
    pages = bodies(lamps)
    assert 'href="../../learn/lamps/#step-2"' in pages["papers/moth2022tile/"]
    assert "step 2 of 3" in pages["papers/moth2022tile/"]
    assert 'href="../../../learn/lamps/"' in pages["topics/architectures/attention/"]
    assert 'href="../../learn/larders/"' in pages["topics/systems/"]


def test_without_the_file_nothing_shows(tmp_path: Path) -> None:
    base = load(copy(tmp_path))[0]
    site = build_site(base, SETTINGS)
    assert not any(page.path.startswith("learn/") for page in site.pages)
    assert not any("learn" in asset.path for asset in site.assets)
    assert "Reading path" not in bodies(base)["papers/moth2022tile/"]


def test_the_file_has_one_form() -> None:
    assert format_text(PATHS_TEXT.encode(), PATHS).text == PATHS_TEXT


def test_paths_here_reach_every_area_at_rising_levels(base: KnowledgeBase) -> None:
    areas = {path.topic.partition("/")[0] for path in base.paths}
    assert areas == set(base.children(None))
    levels = ["beginner", "intermediate", "advanced"]
    order = [levels.index(path.level) for path in base.paths]
    assert order == sorted(order)
    for path in base.paths:
        assert 5 <= len(path.steps) <= 9, path.id
        assert path.questions, path.id
        assert all(asked(base, one) for one in path.questions), path.id
