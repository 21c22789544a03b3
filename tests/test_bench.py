"""Numbers of one source side by side: what is joined, what is drawn, where the baseline stands."""

from dataclasses import replace
from typing import Any

import pytest

from rekb.kb import KnowledgeBase
from rekb.kb.bench import common_tests, tradeoffs_of
from rekb.model.vocabulary import KnownModel, Measures, Metric
from rekb.site.charts import Bar, Dimension, Mark, Spot, bar_chart, tradeoff_chart
from rekb.site.parts.bench import baseline_of, bench_charts
from rekb.site.parts.views import LinkView
from samples import fields, knowledge_base

PAGE = {"url": "https://example.org/bench", "kind": "table", "number": "2"}
SAME = {"model": "llama-2-7b", "device": "a100", "setting": "batch 1", "source": PAGE}


def number(metric: str, value: float, **changes: Any) -> dict[str, Any]:
    made = {"id": metric, "metric": metric, "value": value, "unit": "GB", **SAME, **changes}
    return {name: content for name, content in made.items() if content is not None}


def base_of(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> KnowledgeBase:
    return knowledge_base({
        "a2022one": fields(name="One", results=one),
        "b2022two": fields(name="Two", results=other),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "tests"),
    [
        ({}, 1),
        ({"setting": "Batch  1"}, 1),
        ({"model": "opt-13b"}, 0),
        ({"device": "h100"}, 0),
        ({"device_count": 8}, 0),
        ({"setting": "batch 8"}, 0),
        ({"source": {**PAGE, "number": "3"}}, 0),
        ({"source": {**PAGE, "kind": "figure"}}, 0),
        ({"source": {**PAGE, "url": "https://example.org/other"}}, 0),
        ({"source": {**PAGE, "row": "another row"}}, 1),
    ],
)
def test_numbers_join_by_ids_where_one_source_measured_them(changes: dict[str, Any], tests: int) -> None:
    base = base_of([number("memory", 2)], [number("memory", 3, **changes)])
    assert len(common_tests(base)) == tests


@pytest.mark.parametrize(
    ("one", "other", "tests"),
    [
        ("repo/blob/1111/bench/one.json", "repo/blob/2222/bench/two.json", 1),
        ("repo/blob/1111/bench/one.json", "repo/blob/1111/other/two.json", 0),
        ("repo/blob/1111/bench/one.json", "fork/blob/1111/bench/one.json", 0),
    ],
)
def test_a_benchmark_of_one_file_a_work_is_one_source(one: str, other: str, tests: int) -> None:
    def measured(value: int, page: str) -> dict[str, Any]:
        source = {"url": f"https://github.com/bench/{page}", "kind": "data"}
        return number("memory", value, source=source, measured_by="Bench")

    assert len(common_tests(base_of([measured(2, one)], [measured(3, other)]))) == tests


@pytest.mark.parametrize(
    ("second", "pairs"),
    [
        (number("accuracy", 70, unit="%"), 1),
        (number("accuracy", 70, unit="%", setting="batch 8"), 0),
        (number("accuracy", 70, unit="%", model="opt-13b"), 0),
        (number("accuracy", 70, unit="%", source={**PAGE, "number": "3"}), 0),
    ],
)
def test_two_measures_of_the_same_works_make_a_tradeoff(second: dict[str, Any], pairs: int) -> None:
    base = base_of([number("memory", 2), second], [number("memory", 3), {**second, "value": 60}])
    assert len(tradeoffs_of(common_tests(base))) == pairs


def test_a_tradeoff_names_its_works_its_axes_and_its_baseline() -> None:
    against = {"baseline": "FP16", "baseline_value": 9}
    base = base_of(
        [number("memory", 2, **against), number("speed", 7, unit="tokens/s", **against)],
        [number("memory", 3, **against), number("speed", 8, unit="tokens/s", **against)],
    )
    chart = bench_charts(base, common_tests(base), "measured/")[0]
    assert chart.rows == (
        ("One", "2 GB", "7 tokens/s"),
        ("Two", "3 GB", "8 tokens/s"),
        ("FP16", "9 GB", "9 tokens/s"),
    )
    assert 'href="../papers/a2022one/"' in chart.svg
    assert "memory (GB)" in chart.svg
    assert "speed (tokens/s)" in chart.svg
    assert chart.svg.count("rekb-chart__baseline") == 1


METRICS = {
    "relative-memory": ("less", "ratio"),
    "memory-reduction": ("less", "ratio"),
    "speedup": ("more", "ratio"),
    "slowdown": ("less", "ratio"),
}


@pytest.mark.parametrize(
    ("metric", "unit", "baseline"),
    [
        ("relative-memory", "%", "FP16, 100 %"),
        ("memory-reduction", "%", ""),  # what it leaves is in nobody's number
        ("speedup", "x", "FP16, 1×"),
        ("slowdown", "x", ""),
        ("relative-memory", "x", ""),
    ],
)
def test_the_baseline_of_a_ratio_follows(metric: str, unit: str, baseline: str) -> None:
    known = {
        name: Metric(id=name, label=name, resource="memory", better=better, kind=kind)
        for name, (better, kind) in METRICS.items()
    }
    both = [[number(metric, value, unit=unit, baseline="FP16")] for value in (40, 60)]
    base = replace(base_of(*both), measures=Measures(metrics=known))
    (test,) = common_tests(base)
    found = baseline_of(base, test)
    assert (found.words if found else "") == baseline


@pytest.mark.parametrize(("measured_by", "label"), [(None, "Table 2"), ("Bench", "Bench")])
def test_a_chart_names_its_source_by_who_measured(measured_by: str | None, label: str) -> None:
    base = base_of([number("memory", 2, measured_by=measured_by)], [number("memory", 3)])
    (chart,) = bench_charts(base, common_tests(base), "measured/")
    assert chart.source == LinkView(label, PAGE["url"])


@pytest.mark.parametrize(
    ("model", "joined_by"),
    [
        ({}, {"llama-2-7b"}),
        ({"family": "Other"}, {"llama-2-7b"}),
        # One work is on a model of its own then, the other on a stranger's: they were not put to one test.
        ({"family": "One"}, set()),
        ({"card": {"entry": "b2022two", "variant": "7B"}}, set()),
    ],
)
def test_a_model_is_a_works_own_by_its_family_or_card(model: dict[str, Any], joined_by: set[str]) -> None:
    models = {"llama-2-7b": KnownModel(id="llama-2-7b", label="Llama 2 7B", **model)}
    both = base_of([number("memory", 2)], [number("memory", 3)])
    tests = common_tests(replace(both, measures=Measures(models=models)))
    assert {test.conditions.model for test in tests} == joined_by


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark(), []),
        (Mark(better="more"), ["more is better"]),
        (Mark(4, "FP16, 4 GB", "less"), ["FP16, 4 GB", "less is better", "rekb-chart__mark"]),
    ],
)
def test_bars_carry_baseline_and_direction(mark: Mark, words: list[str]) -> None:
    svg = bar_chart([Bar("One", 2), Bar("Two", 3)], "Memory", mark)
    found = [
        word for word in ("FP16, 4 GB", "more is better", "less is better", "rekb-chart__mark") if word in svg
    ]
    assert found == words


@pytest.mark.parametrize(
    ("values", "is_log"),
    [((1, 9), False), ((1, 10), True), ((0, 100), False), ((5, 5), False), ((-1, 100), False)],
)
def test_an_axis_is_logarithmic_where_values_lie_far_apart(
    values: tuple[float, float], *, is_log: bool
) -> None:
    spots = [Spot(str(value), value, 1, "") for value in values]
    svg = tradeoff_chart(spots, Dimension("memory", "less"), Dimension("accuracy", "more"), "Both")
    assert ("logarithmic" in svg) == is_log
    assert svg.count("<circle") == len(set(values))
