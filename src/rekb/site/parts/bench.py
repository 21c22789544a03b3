"""Charts of numbers that one source measured alike: bars of one measure, points of two."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.kb.bench import Named, Test, Tradeoff, is_own_model, parts_of, tradeoffs_of
from rekb.kb.results import result_words
from rekb.model.results import Result
from rekb.site.charts import Bar, Dimension, Mark, Spot, bar_chart, tradeoff_chart
from rekb.site.parts.numbers import conditions, value_text
from rekb.site.parts.views import LinkView, Material, cite_label
from rekb.site.urls import entry_path, relative

_WHOLE = 100
"""What a baseline is in per cent of itself."""
_SIGNS = {"x": "×"}


@dataclass(frozen=True, slots=True)
class ResultChart:
    """Numbers that were reported under the same conditions."""

    title: str
    conditions: tuple[tuple[str, str], ...]
    svg: Markup
    source: LinkView | None = None
    """The page that shows them, where one is known; its label is who measured, or the part of the page."""
    works: frozenset[str] = frozenset()
    """Keys of the works that are drawn."""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The same as a table, where the drawing does not write all values."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What works of a test are compared with, and what it reached."""

    name: str
    value: float
    amount: str
    """The value with its unit: ``73.53 GiB``."""

    @property
    def words(self) -> str:
        """Name and value: ``full fine-tuning, 73.53 GiB``."""
        return f"{self.name}, {self.amount}"


def bench_charts(base: KnowledgeBase, tests: Iterable[Test], path: str) -> tuple[ResultChart, ...]:
    """Return the charts of tests, trade-offs first.

    Args:
        base: the knowledge base.
        tests: what works were put to.
        path: address of the page; links lead from there.
    """
    tests = tuple(tests)
    charts = []
    for pair in tradeoffs_of(tests):
        charts.append(tradeoff(base, pair, path))
    for test in tests:
        charts.append(across(base, test, path))
    return tuple(charts)


def charts_among(
    material: Material, keys: Collection[str], path: str, below: Sequence[Collection[str]] = ()
) -> tuple[ResultChart, ...]:
    """Return the charts of what several of these works were put to.

    Args:
        material: the knowledge base.
        keys: the works.
        path: address of the page.
        below: sets of works that have pages of their own; what one of them holds whole is left to it.
    """
    tests = parts_of(material.tests, keys)
    here = [test for test in tests if not any(test.works <= set(inside) for inside in below)]
    return bench_charts(material.base, here, path)


def charts_with(material: Material, key: str, path: str) -> tuple[ResultChart, ...]:
    """Return the charts in which a work is shown."""
    return bench_charts(material.base, _tests_by_work(material).get(key, []), path)


def _tests_by_work(material: Material) -> Mapping[str, list[Test]]:
    """Return the tests of each work, found in one way through all of them."""
    place = "tests by work"
    if place not in material.base.views:
        found: dict[str, list[Test]] = {}
        for test in material.tests:
            for key in test.works:
                found.setdefault(key, []).append(test)
        material.base.views[place] = found
    by_work: Mapping[str, list[Test]] = material.base.views[place]
    return by_work


def across(base: KnowledgeBase, test: Test, path: str) -> ResultChart:
    """Return the bars of one test, the best first; without a known direction the largest first."""
    first = test.numbers[0].words
    is_up = first.better == "less"
    best_first = sorted(
        test.numbers, key=lambda named: (named.result.value if is_up else -named.result.value, named.key)
    )
    bars = []
    for named in best_first:
        value = value_text(named.result, named.words.metric)
        label = _label(base, test, named)
        bars.append(Bar(label, named.result.value, value, relative(path, entry_path(named.key))))
    found = baseline_of(base, test)
    mark = Mark(better=first.better)
    if found:
        mark = Mark(found.value, found.words, first.better)
    svg = bar_chart(bars, first.metric, mark)
    return ResultChart(first.metric, _conditions(test), svg, source_of(test.numbers), test.works)


def tradeoff(base: KnowledgeBase, pair: Tradeoff, path: str) -> ResultChart:
    """Return the points of two tests: what is spent across, what is gained for it upright."""
    one, other = sorted((pair.one, pair.other), key=_is_gain)
    x_title, y_title = _axis(base, one), _axis(base, other)
    spots = []
    rows = []
    for left, right in product(one.numbers, other.numbers):
        if left.key != right.key or not _is_one_row(left.result, right.result):
            continue
        values = tuple(value_text(named.result, named.words.metric) for named in (left, right))
        name = _label(base, one, left)
        link = relative(path, entry_path(left.key))
        spots.append(Spot(name, left.result.value, right.result.value, ", ".join(values), link))
        rows.append((name, *values))
    x_base, y_base = baseline_of(base, one), baseline_of(base, other)
    if x_base and y_base and x_base.name == y_base.name:
        words = f"{x_base.words}; {y_base.words}"
        spots.append(Spot(x_base.name, x_base.value, y_base.value, words, is_baseline=True))
        rows.append((x_base.name, x_base.amount, y_base.amount))
    first, second = one.numbers[0].words, other.numbers[0].words
    title = f"{first.metric} and {second.metric}"
    svg = tradeoff_chart(spots, Dimension(x_title, first.better), Dimension(y_title, second.better), title)
    shown = tuple((word, text) for word, text in _conditions(one) if word != "against")
    return ResultChart(
        title, shown, svg, source_of(one.numbers), pair.works, ("Work", x_title, y_title), tuple(rows)
    )


def baseline_of(base: KnowledgeBase, test: Test) -> Baseline | None:
    """Return what all numbers of a test are compared with, where it has one value."""
    values: set[float] = set()
    names: set[str] = set()
    for named in test.numbers:
        value = _baseline_value(named)
        if value is not None:
            values.add(value)
        if name := _baseline_name(base, named):
            names.add(name)
    if len(values) != 1 or len(names) != 1:
        return None
    value = values.pop()
    name = names.pop()
    return Baseline(name, value, _with_unit(test.numbers[0].result, value))


def source_of(numbers: Sequence[Named]) -> LinkView | None:
    """Return the page of numbers, called by who measured them, else by where on it they stand."""
    first = max(numbers, key=lambda named: bool(named.words.measured_by))
    if not first.words.address:
        return None
    return LinkView(first.words.measured_by or first.words.where, first.words.address)


def _is_gain(test: Test) -> tuple[bool, bool]:
    """Return what puts the quality of answers, and else what should be large, on the upright axis."""
    words = test.numbers[0].words
    return words.kind == "quality", words.better == "more"


def _is_one_row(one: Result, other: Result) -> bool:
    """Whether two numbers are of one variant of a work, as far as their rows say."""
    if one.source.row is None or other.source.row is None:
        return True
    return one.source.row == other.source.row


def _label(base: KnowledgeBase, test: Test, named: Named) -> str:
    """Return a work's name, with the model where each work has its own, or with the row of a variant."""
    label = cite_label(base.entries[named.key])
    model = named.words.model
    if model and model != label and is_own_model(test):
        return model
    keys = [other.key for other in test.numbers]
    has_variants = keys.count(named.key) > 1
    row = named.result.source.row
    if row and has_variants:
        return f"{label}, {row}"
    return label


def _conditions(test: Test) -> tuple[tuple[str, str], ...]:
    found = conditions(test.numbers[0].words)
    if not is_own_model(test):
        return found
    kept: list[tuple[str, str]] = []
    for word, text in found:
        if word != "model":
            kept.append((word, text))
    return tuple(kept)


def _axis(base: KnowledgeBase, test: Test) -> str:
    result = test.numbers[0].result
    metric = test.numbers[0].words.metric
    known = base.measures.unit(result.unit)
    unit = _SIGNS.get(result.unit, known.label if known else result.unit)
    if unit.casefold() in metric.casefold():
        return metric
    return f"{metric} ({unit})"


def _baseline_value(named: Named) -> float | None:
    """Return what the baseline reached; of a ratio to it this follows."""
    result = named.result
    metric = result.metric or ""
    if result.baseline_value is not None:
        return result.baseline_value
    if named.words.kind != "ratio":
        return None
    # A ratio is the work's number divided by the baseline's: the baseline itself is one, or all of it.
    if result.unit == "x" and named.words.better == "more":
        return 1
    if result.unit == "%" and metric.startswith("relative-"):
        return _WHOLE
    return None


def _baseline_name(base: KnowledgeBase, named: Named) -> str:
    """Return what the baseline is called, without its value; of several, the first, whose value is stated."""
    bare = named.result.model_copy(update={"baseline_value": None})
    return result_words(base, named.key, bare).baseline.partition(";")[0]


def _with_unit(result: Result, value: float) -> str:
    """Return another value as a result would report it."""
    other = result.model_copy(update={"value": value, "upper": None, "comparator": "exact"})
    return value_text(other, "")
