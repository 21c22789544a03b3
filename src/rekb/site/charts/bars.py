"""Horizontal bars: one value a row, or one value for each series."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.site.charts.svg import SERIES, WIDTH, box, drawing, fitted, legend, tag, text, text_width

_BAR, _STEP, _FOOT = 14, 21, 2
_LABELS, _VALUES = 150, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart."""

    label: str
    value: float
    shown: str = ""
    """The value in words; the bare number where empty."""
    link: str = ""
    """Where the label leads, as an address relative to the page."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One row or column of a stacked chart: a label and a value for each series."""

    label: str
    values: tuple[int, ...]


def bar_chart(rows: Sequence[Bar], title: str) -> Markup:
    """Return a horizontal bar chart; every bar carries its label and value as text."""
    most = max((row.value for row in rows), default=0) or 1
    left = _left([row.label for row in rows])
    values = max([_VALUES, *(text_width(_shown(row)) + 8 for row in rows)])
    parts: list[Markup] = []
    for index, row in enumerate(rows):
        y = index * _STEP
        length = (WIDTH - left - values) * row.value / most
        parts += [_label(row, left, y), box(left, y, (length, _BAR), "bar")]
        parts.append(text(left + length + 5, y + _BAR - 3, _shown(row), "value"))
    role = "group" if any(row.link for row in rows) else "img"
    return drawing(title, (WIDTH, len(rows) * _STEP + _FOOT), parts, role)


def stacked_bars(rows: Sequence[Stack], series: Sequence[str], title: str) -> Markup:
    """Return horizontal bars made of one part for each series, with their legend above."""
    parts, top = legend(series)
    most = max((sum(row.values) for row in rows), default=0) or 1
    left = _left([row.label for row in rows])
    scale = (WIDTH - left - _VALUES) / most
    for index, row in enumerate(rows):
        x, y = left, top + index * _STEP
        parts.append(_label(Bar(row.label, 0), left, y))
        for number, value in enumerate(row.values):
            if value:
                hint = f"{row.label}, {series[number]}: {value}"
                parts.append(box(x, y, (value * scale, _BAR), f"s{number % SERIES + 1}", hint))
            x += value * scale
        parts.append(text(x + 5, y + _BAR - 3, sum(row.values), "value"))
    return drawing(title, (WIDTH, top + len(rows) * _STEP + _FOOT), parts)


def _left(labels: Sequence[str]) -> float:
    return min(max((text_width(label) for label in labels), default=0.0), _LABELS) + 8


def _label(row: Bar, left: float, y: float) -> Markup:
    words = text(left - 8, y + _BAR - 3, fitted(row.label, _LABELS), anchor="end")
    return tag("a", words, href=row.link) if row.link else words


def _shown(row: Bar) -> str:
    return row.shown or f"{row.value:,g}"
