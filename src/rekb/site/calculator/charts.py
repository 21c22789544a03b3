"""Charts of the models page: parameters over years, weights by precision, the cache that a token takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from rekb.model.variant import Variant
from rekb.site.calculator.formulas import CacheShape, kv_cache_bytes, weight_bytes
from rekb.site.charts import Axis, Bar, DotRow, Point, bar_chart, dot_plot, scatter
from rekb.site.charts.captioned import ChartView
from rekb.site.parts.views import human_count
from rekb.site.urls import MODELS

_CARDS = (24, 80)
"""Memory of common cards that charts mark, in GiB."""
_PRECISIONS = ("fp32", "bf16", "int8", "int4")
_TICKS = {10.0**power: human_count(10**power) for power in range(5, 15)}
_GIGABYTES = {0.1: "100 MB", 1.0: "1 GB", 10.0: "10 GB", 100.0: "100 GB", 1000.0: "1 TB"}
_ROWS = 18
"""Most models in a chart."""
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Sized:
    """One published size of a model."""

    key: str
    year: int
    variant: Variant
    shape: CacheShape | None
    """What its cache depends on, where that is published."""
    has_cache: bool = True
    """False of encoders, models of images and recurrent models."""


def model_charts(sizes: Sequence[Sized]) -> tuple[ChartView, ...]:
    """Return the charts that there is data for."""
    charts = (_weights(sizes), _parameters(sizes), _cache(sizes))
    found: list[ChartView] = []
    for chart in charts:
        if chart.rows:
            found.append(chart)
    return tuple(found)


def _parameters(sizes: Sequence[Sized]) -> ChartView:
    points: list[Point] = []
    rows: list[tuple[str, ...]] = []
    years: list[int] = []
    for size in sizes:
        count = size.variant.parameters
        if count:
            years.append(size.year)
            points.append(Point(size.variant.name, str(size.year), count, human_count(count)))
            rows.append((size.variant.name, str(size.year), str(count)))
    title = "Parameters by year"
    note = "Every published size, on a logarithmic scale; names where there is room."
    chart = scatter(points, _years_through(years), _TICKS, title)
    return ChartView("parameters", title, note, chart, ("Size", "Year", "Parameters"), tuple(rows), MODELS)


def _years_through(years: Sequence[int]) -> tuple[str, ...]:
    """Return every year from the first to the last, those without a model too: the chart is to scale."""
    if not years:
        return ()
    return tuple(map(str, range(min(years), max(years) + 1)))


def _weights(sizes: Sequence[Sized]) -> ChartView:
    dots = []
    for count, name in _largest_of_each_work(sizes)[:_ROWS]:
        gigabytes = tuple(weight_bytes(count, precision) / 1e9 for precision in _PRECISIONS)
        dots.append(DotRow(name, gigabytes))
    # The memory of cards is counted in powers of two, the axis in powers of ten.
    axis = Axis(_GIGABYTES, {card * 2**30 / 1e9: f"{card} GiB" for card in _CARDS})
    title = "Weights by precision"
    note = f"The {len(dots)} largest models, on a logarithmic scale; dashed is the memory of common cards."
    header = ("Size", *(f"{precision}, GB" for precision in _PRECISIONS))
    rows = tuple((dot.label, *(f"{value:.4g}" for value in dot.values)) for dot in dots)
    chart = dot_plot(dots, _PRECISIONS, axis, title)
    return ChartView("weights", title, note, chart, header, rows, MODELS)


def _largest_of_each_work(sizes: Sequence[Sized]) -> list[tuple[int, str]]:
    """Return parameters and name of the largest published size of each work, largest first."""
    largest: dict[str, tuple[int, str]] = {}
    for size in sizes:
        if size.variant.parameters:
            candidate = (size.variant.parameters, size.variant.name)
            largest[size.key] = max(largest.get(size.key, candidate), candidate)
    return sorted(largest.values(), reverse=True)


def _cache(sizes: Sequence[Sized]) -> ChartView:
    found = []
    for size in sizes:
        if size.shape:
            kib = kv_cache_bytes(size.shape, 1, 1, "bf16") / _KIB
            found.append((size.variant.name, kib))
    largest = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_ROWS]
    title = "KV cache of one token"
    note = (
        "In KiB at 16 bits, for sizes whose layers, key-value heads and width are published; "
        "layers with a sliding window keep a token only while it is in the window."
    )
    chart = bar_chart([Bar(name, kib, f"{kib:,.4g} KiB") for name, kib in largest], title)
    rows = tuple((name, f"{kib:.6g}") for name, kib in largest)
    return ChartView("cache", title, note, chart, ("Size", "KiB a token, bf16"), rows, MODELS)
