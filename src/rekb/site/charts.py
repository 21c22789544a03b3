"""Charts as SVG made at build time: the theme's colours through CSS classes, no script, no network."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

_BAR, _GAP, _LABEL, _WIDTH = 16, 6, 150, 640
_COLUMN_HEIGHT, _COLUMN_FOOT = 170, 20
_SERIES = 6
_COLUMN = Markup('<rect class="rekb-chart__s{}" x="{}" y="{}" width="{}" height="{}"/>')
_CENTRED = Markup('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>')


@dataclass(frozen=True, slots=True)
class Bars:
    """One row of a horizontal bar chart."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Stack:
    """One column of a stacked chart: a label and a value per series."""

    label: str
    values: tuple[int, ...]


def bar_chart(rows: Sequence[Bars], title: str) -> Markup:
    """Return a horizontal bar chart; every bar carries its label and value as text."""
    most = max((row.value for row in rows), default=0) or 1
    height = len(rows) * (_BAR + _GAP)
    parts = [_open(title, _WIDTH, height)]
    for number, row in enumerate(rows):
        y = number * (_BAR + _GAP)
        length = round((_WIDTH - _LABEL - 40) * row.value / most, 1)
        parts += [
            Markup('<text class="rekb-chart__label" x="{}" y="{}" text-anchor="end">{}</text>').format(
                _LABEL - 8, y + _BAR - 4, row.label
            ),
            Markup('<rect class="rekb-chart__bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
                _LABEL, y, length, _BAR
            ),
            Markup('<text class="rekb-chart__value" x="{}" y="{}">{}</text>').format(
                _LABEL + length + 5, y + _BAR - 4, row.value
            ),
        ]
    return Markup("").join([*parts, Markup("</svg>")])


def stacked_chart(columns: Sequence[Stack], title: str) -> Markup:
    """Return a chart of stacked columns; at most six series, coloured in order."""
    most = max((sum(column.values) for column in columns), default=0) or 1
    step = _WIDTH / max(len(columns), 1)
    parts = [_open(title, _WIDTH, _COLUMN_HEIGHT + 2 * _COLUMN_FOOT)]
    for number, column in enumerate(columns):
        x = round(number * step + step * 0.15, 1)
        width = round(step * 0.7, 1)
        top = float(_COLUMN_HEIGHT + _COLUMN_FOOT)
        for series, value in enumerate(column.values):
            size = round(_COLUMN_HEIGHT * value / most, 1)
            top = round(top - size, 1)
            if value:
                parts.append(_COLUMN.format(series % _SERIES + 1, x, top, width, size))
        middle = round(x + width / 2, 1)
        parts += [
            _CENTRED.format("rekb-chart__value", middle, round(top - 4, 1), sum(column.values) or ""),
            _CENTRED.format("rekb-chart__label", middle, _COLUMN_HEIGHT + 2 * _COLUMN_FOOT - 5, column.label),
        ]
    return Markup("").join([*parts, Markup("</svg>")])


def _open(title: str, width: int, height: int) -> Markup:
    return Markup(
        '<svg class="rekb-chart" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'
    ).format(width, height, title)
