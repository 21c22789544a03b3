"""Points on a logarithmic scale: values over years, and several values of one row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from markupsafe import Markup, escape

from rekb.site.charts.svg import SERIES, SIZE, WIDTH, drawing, fitted, legend, line, tag, text, text_width

_HEIGHT = 300
_AXIS = 40
"""Width kept for the scale of values over columns."""
_LABELS = 124
"""Width kept for the labels of rows."""
_STEP = 21
"""From one row to the next."""
_RADIUS = 4.5
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One value in a column of the chart."""

    name: str
    column: str
    value: float
    words: str
    """The value as people read it."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A point with its place on the drawing."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class _Name:
    """A name beside a dot, from `start` to `end` at the height `y`."""

    words: str
    start: float
    end: float
    y: float

    def covers(self, dot: _Placed) -> bool:
        """Whether it would be written over a dot."""
        is_level = abs(dot.y - self.y) < _RADIUS + 5
        if not is_level:
            return False
        if self.start - 2 >= dot.x + _RADIUS:
            return False
        return dot.x - _RADIUS < self.end

    def touches(self, other: Self) -> bool:
        """Whether two names would run into each other."""
        is_level = abs(other.y - self.y) < SIZE
        if not is_level:
            return False
        if self.start >= other.end:
            return False
        return other.start < self.end


@dataclass(frozen=True, slots=True)
class DotRow:
    """One row with a value for each series; 0 is not known."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is along a logarithmic scale, by value."""

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
    parts: list[Markup] = []
    for value, name in _inside(ticks, low, high):
        y = _at(value, scale)
        parts.append(line(_AXIS, y, WIDTH, y))
        parts.append(text(_AXIS - 6, y + 4, name, "value", "end"))
    # Dots stand left of the middle of their column: their names follow on the right.
    centres: dict[str, float] = {}
    for index, column in enumerate(columns):
        parts.append(text(_AXIS + (index + 0.5) * step, _HEIGHT + 26, column, anchor="middle"))
        centres[column] = _AXIS + (index + 0.3) * step
    placed = [_Placed(centres[point.column], _at(point.value, scale), point) for point in points]
    for dot in placed:
        point = dot.point
        parts.append(_dot(dot.x, dot.y, "bar", f"{point.name}: {point.words}, {point.column}"))
    return drawing(title, (WIDTH, _HEIGHT + 34), [*parts, *_names(placed, step)])


def _inside(ticks: dict[float, str], low: float, high: float) -> list[tuple[float, str]]:
    """Return the ticks between two powers of ten."""
    found: list[tuple[float, str]] = []
    for value, name in ticks.items():
        if low <= math.log10(value) <= high:
            found.append((value, name))
    return found


def _names(placed: Sequence[_Placed], step: float) -> list[Markup]:
    """Return the names that fit beside their points, largest value first, without touching each other."""
    written: list[_Name] = []
    for dot in sorted(placed, key=lambda dot: (dot.y, dot.x, dot.point.name)):
        start = dot.x + _RADIUS + 3
        name = _Name(dot.point.name, start, start + text_width(dot.point.name), dot.y)
        if name.end > min(dot.x + step * 1.6, WIDTH):
            continue
        hides_a_dot = any(name.covers(other) for other in placed if other is not dot)
        touches_a_name = any(name.touches(other) for other in written)
        if not hides_a_dot and not touches_a_name:
            written.append(name)
    return [text(name.start, name.y + 3.5, name.words, "small") for name in written]


def dot_plot(rows: Sequence[DotRow], series: Sequence[str], axis: Axis, title: str) -> Markup:
    """Return a row of dots for each label on a logarithmic scale, crossed by named marks."""
    parts, top = legend(series)
    known = [value for row in rows for value in row.values if value]
    low, high = _powers([*known, *axis.marks])
    scale = (low, high, _LABELS + _EDGE, WIDTH - 14.0)
    foot = top + 18 + len(rows) * _STEP
    for value, name in _inside(axis.ticks, low, high):
        x = _at(value, scale)
        parts.append(line(x, top + 18, x, foot))
        parts.append(text(x, foot + 13, name, "value", "middle"))
    for number, (value, name) in enumerate(axis.marks.items()):
        x = _at(value, scale)
        parts.append(line(x, top + 4, x, foot, "mark"))
        # The names of two marks point away from each other, so that they never touch.
        if number == 0:
            parts.append(text(x - 4, top + 11, name, "value", "end"))
        else:
            parts.append(text(x + 4, top + 11, name, "value", "start"))
    for index, row in enumerate(rows):
        parts += _dots(row, series, scale, top + 18 + (index + 0.5) * _STEP)
    return drawing(title, (WIDTH, foot + 20), parts)


def _dots(row: DotRow, series: Sequence[str], scale: Scale, y: float) -> list[Markup]:
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
    # One value alone spans nothing; without some room, `_at` would divide by zero.
    room = max(high - low, 0.5) * 0.04
    return low - room, high + room


def _at(value: float, scale: Scale) -> float:
    low, high, start, end = scale
    return start + (math.log10(value) - low) / (high - low) * (end - start)


def _dot(x: float, y: float, kind: str, hint: str) -> Markup:
    return tag("circle", tag("title", escape(hint)), class_=f"rekb-chart__{kind}", cx=x, cy=y, r=_RADIUS)
