"""Points on a logarithmic scale: values over years, and several values of one row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from rekb.site.charts.svg import SERIES, SIZE, WIDTH, drawing, fitted, legend, line, tag, text, text_width

_HEIGHT, _AXIS, _LABELS, _STEP = 300, 40, 124, 21
_RADIUS = 4.5
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One value in a column of the chart."""

    name: str
    column: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """One row with a value for each series; 0 is not known."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What stands along a logarithmic scale, by value."""

    ticks: dict[float, str]
    """Round values with their names."""
    marks: dict[float, str]
    """One or two values that are compared with."""


Scale = tuple[float, float, float, float]
"""Lowest and highest power of ten, and the two ends on the drawing."""


def scatter(points: Sequence[Point], columns: Sequence[str], ticks: dict[float, str], title: str) -> Markup:
    """Return values over columns on a logarithmic scale; names stand where there is room."""
    low, high = _powers([point.value for point in points])
    scale = (low, high, _HEIGHT + 8.0, 8.0)
    step = (WIDTH - _AXIS) / max(len(columns), 1)
    parts = [
        part
        for value, shown in ticks.items()
        if low <= math.log10(value) <= high
        for part in (
            line(_AXIS, _at(value, scale), WIDTH, _at(value, scale)),
            text(_AXIS - 6, _at(value, scale) + 4, shown, "value", "end"),
        )
    ]
    for index, column in enumerate(columns):
        parts.append(text(_AXIS + (index + 0.5) * step, _HEIGHT + 26, column, anchor="middle"))
    centres = {column: _AXIS + (index + 0.3) * step for index, column in enumerate(columns)}
    placed = [(centres[p.column], _at(p.value, scale), p) for p in points]
    parts += [_dot(x, y, "bar", f"{p.name}: {p.shown}, {p.column}") for x, y, p in placed]
    return drawing(title, (WIDTH, _HEIGHT + 34), [*parts, *_names(placed, step)])


def _names(placed: Sequence[tuple[float, float, Point]], step: float) -> list[Markup]:
    """Return the names that fit beside their points, largest value first, without touching each other."""
    taken: list[tuple[float, float, float]] = []
    parts = []
    for x, y, point in sorted(placed, key=lambda p: (p[1], p[0], p[2].name)):
        start = x + _RADIUS + 3
        end = start + text_width(point.name, SIZE - 1)
        others = (p for p in placed if p[2] is not point)
        covers = any(
            abs(oy - y) < _RADIUS + 5 and start - 2 < ox + _RADIUS and ox - _RADIUS < end
            for ox, oy, _ in others
        )
        crowded = any(abs(ty - y) < SIZE and start < tend and tstart < end for tstart, tend, ty in taken)
        if covers or crowded or end > min(x + step * 1.6, WIDTH):
            continue
        taken.append((start, end, y))
        parts.append(text(start, y + 3.5, point.name, "small"))
    return parts


def dot_plot(rows: Sequence[DotRow], series: Sequence[str], axis: Axis, title: str) -> Markup:
    """Return a row of dots for each label on a logarithmic scale, crossed by named marks."""
    parts, top = legend(series)
    known = [value for row in rows for value in row.values if value]
    low, high = _powers([*known, *axis.marks])
    scale = (low, high, _LABELS + _EDGE, WIDTH - 14.0)
    foot = top + 18 + len(rows) * _STEP
    for value, shown in axis.ticks.items():
        if low <= math.log10(value) <= high:
            x = _at(value, scale)
            parts += [line(x, top + 18, x, foot), text(x, foot + 13, shown, "value", "middle")]
    for number, (value, shown) in enumerate(axis.marks.items()):
        x, side = _at(value, scale), "start" if number else "end"
        parts += [
            line(x, top + 4, x, foot, "mark"),
            text(x + (4 if number else -4), top + 11, shown, "value", side),
        ]
    for index, row in enumerate(rows):
        parts += _dots(row, series, (scale, top + 18 + (index + 0.5) * _STEP))
    return drawing(title, (WIDTH, foot + 20), parts)


def _dots(row: DotRow, series: Sequence[str], place: tuple[Scale, float]) -> list[Markup]:
    scale, y = place
    parts = [
        text(_LABELS - 4, y + 4, fitted(row.label, _LABELS - 4), anchor="end"),
        line(_LABELS + _EDGE, y, WIDTH - 14, y),
    ]
    for number, value in enumerate(row.values):
        if value:
            hint = f"{row.label}, {series[number]}"
            parts.append(_dot(_at(value, scale), y, f"s{number % SERIES + 1}", hint))
    return parts


def _powers(values: Sequence[float]) -> tuple[float, float]:
    """Return the powers of ten of the smallest and largest value, with a little room at both ends."""
    if not values:
        return 0.0, 1.0
    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(high - low, 0.5) * 0.04
    return low - room, high + room


def _at(value: float, scale: Scale) -> float:
    low, high, start, end = scale
    return start + (math.log10(value) - low) / (high - low) * (end - start)


def _dot(x: float, y: float, kind: str, hint: str) -> Markup:
    return tag("circle", tag("title", escape(hint)), class_=f"rekb-chart__{kind}", cx=x, cy=y, r=_RADIUS)
