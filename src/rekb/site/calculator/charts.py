"""Charts of the models page: parameters over years, weights by precision, the cache that a token takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from rekb.model.entry import Variant
from rekb.site.calculator.formulas import CacheShape, kv_cache_bytes, weight_bytes
from rekb.site.calculator.rows import CARDS
from rekb.site.charts import Axis, Bar, DotRow, Point, bar_chart, dot_plot, scatter
from rekb.site.charts.captioned import ChartView
from rekb.site.parts.views import human_count
from rekb.site.urls import MODELS

_PRECISIONS = ("fp32", "bf16", "int8", "int4")
_TICKS = {10.0**power: human_count(10**power) for power in range(5, 15)}
_GIGABYTES = {0.1: "100 MB", 1.0: "1 GB", 10.0: "10 GB", 100.0: "100 GB", 1000.0: "1 TB"}
_ROWS, _KIB = 18, 1024


@dataclass(frozen=True, slots=True)
class Sized:
    """One published size of a model."""

    key: str
    year: int
    variant: Variant
    shape: CacheShape | None
    """What its cache depends on, where that is published."""


def model_charts(sizes: Sequence[Sized]) -> tuple[ChartView, ...]:
    """Return the charts that there is data for."""
    charts = (_weights(sizes), _parameters(sizes), _cache(sizes))
    return tuple(chart for chart in charts if chart.rows)


def _parameters(sizes: Sequence[Sized]) -> ChartView:
    found = [(s, s.variant.parameters) for s in sizes if s.variant.parameters]
    years = sorted({s.year for s, _ in found})
    columns = tuple(map(str, range(years[0], years[-1] + 1))) if years else ()
    points = [Point(s.variant.name, str(s.year), n, human_count(n)) for s, n in found]
    title = "Parameters by year"
    rows = tuple((s.variant.name, str(s.year), str(n)) for s, n in found)
    note = "Every published size, on a logarithmic scale; names where there is room."
    chart = scatter(points, columns, _TICKS, title)
    return ChartView("parameters", title, note, chart, ("Size", "Year", "Parameters"), rows, MODELS)


def _weights(sizes: Sequence[Sized]) -> ChartView:
    largest: dict[str, tuple[int, str]] = {}
    for s in sizes:
        count = s.variant.parameters or 0
        largest[s.key] = max(largest.get(s.key, (0, "")), (count, s.variant.name))
    best = sorted((pair for pair in largest.values() if pair[0]), reverse=True)[:_ROWS]
    named = [(name, tuple(weight_bytes(count, p) / 1e9 for p in _PRECISIONS)) for count, name in best]
    axis = Axis(_GIGABYTES, {card * 2**30 / 1e9: f"{card} GiB" for card in (CARDS[1], CARDS[-1])})
    title = "Weights by precision"
    note = f"The {len(named)} largest models, on a logarithmic scale; dashed is the memory of common cards."
    rows = tuple((name, *(f"{value:.4g}" for value in values)) for name, values in named)
    header = ("Size", *(f"{precision}, GB" for precision in _PRECISIONS))
    chart = dot_plot([DotRow(name, values) for name, values in named], _PRECISIONS, axis, title)
    return ChartView("weights", title, note, chart, header, rows, MODELS)


def _cache(sizes: Sequence[Sized]) -> ChartView:
    found = [(s.variant.name, kv_cache_bytes(s.shape, 1, 1, "bf16") / _KIB) for s in sizes if s.shape]
    best = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_ROWS]
    title = "KV cache of one token"
    note = "In KiB at 16 bits, for sizes whose layers, heads and width are published."
    chart = bar_chart([Bar(name, value, f"{value:,.4g} KiB") for name, value in best], title)
    rows = tuple((name, f"{value:.6g}") for name, value in best)
    return ChartView("cache", title, note, chart, ("Size", "KiB a token, bf16"), rows, MODELS)
