"""Horizontal bars: one value a row, or one value for each series."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.site.charts.svg import SERIES, WIDTH, box, drawing, fitted, legend, line, tag, text, text_width

_BAR = 14
"""Height of a bar."""
_STEP = 21
"""From one row to the next."""
_FOOT = 2
_LINE = 16
"""Height of the line below the bars."""
_LABELS = 150
"""Most width of the labels."""
_VALUES = 44
"""Least width kept for the values behind the bars."""
_GAP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart."""

    label: str
    value: float
    words: str = ""
    """The value in words; the bare number where empty."""
    link: str = ""
    """Where the label leads, as an address relative to the page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What bars are compared with, and which direction is the gain."""

    value: float | None = None
    """Where the baseline is; absent where it has no value."""
    words: str = ""
    """The baseline with its value: ``full fine-tuning, 73.53 GiB``."""
    better: str = ""
    """`more`, `less`, or nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One row or column of a stacked chart: a label and a value for each series."""

    label: str
    values: tuple[int, ...]
    is_partial: bool = False
    """Whether it is not complete yet, as a year that is not over; drawn pale."""
    link: str = ""
    """Where the label leads, as an address relative to the page."""


NO_MARK = Mark()
_DIRECTIONS = {"more": "more is better →", "less": "← less is better"}


def bar_chart(rows: Sequence[Bar], title: str, mark: Mark = NO_MARK) -> Markup:
    """Return a horizontal bar chart; every bar carries its label and value as text.

    A baseline is a dashed line over all bars, named below them beside the direction of the gain.
    """
    values = [row.value for row in rows]
    if mark.value is not None:
        values.append(mark.value)
    # The scale divides by it, and all values may be zero.
    largest = max(values, default=0) or 1
    left = _left([row.label for row in rows])
    room = WIDTH - left - _width_of_values(rows)
    end = len(rows) * _STEP
    # The line of the baseline is drawn first: it passes behind bars and numbers.
    below = _below(mark, left, room / largest, end)
    parts: list[Markup] = list(below)
    baseline = None
    if mark.value is not None:
        baseline = left + mark.value * room / largest
    for index, row in enumerate(rows):
        y = index * _STEP
        length = room * row.value / largest
        parts.append(_label(row, left, y))
        parts.append(box(left, y, (length, _BAR), "bar"))
        x = _beside(left + length, _value_in_words(row), baseline)
        parts.append(text(x, y + _BAR - 3, _value_in_words(row), "value"))
    size = (WIDTH, end + _FOOT + (_LINE if below else 0))
    # An image is read out by its title alone, which would hide the links in it.
    if any(row.link for row in rows):
        return drawing(title, size, parts, role="group")
    return drawing(title, size, parts)


def _beside(end: float, words: str, baseline: float | None) -> float:
    """Return where the value of a bar begins: behind the bar, or behind the baseline that would cross it."""
    start = end + 5
    if baseline is not None and end <= baseline <= start + text_width(words):
        return baseline + 5
    return start


def _below(mark: Mark, left: float, scale: float, end: float) -> list[Markup]:
    """Return the line of the baseline, and below the bars what it is and which direction is the gain."""
    parts: list[Markup] = []
    direction = _DIRECTIONS.get(mark.better, "")
    if mark.value is not None:
        x = left + mark.value * scale
        room = WIDTH - 26 - text_width(direction)
        parts.append(line(x, 0, x, end, "mark"))
        parts.append(line(0, end + 9, 18, end + 9, "mark"))
        parts.append(text(22, end + 13, fitted(mark.words, room), "value"))
    if direction:
        parts.append(text(WIDTH, end + 13, direction, "value", "end"))
    return parts


def _width_of_values(rows: Sequence[Bar]) -> float:
    widest = float(_VALUES)
    for row in rows:
        widest = max(widest, text_width(_value_in_words(row)) + _GAP)
    return widest


def stacked_bars(rows: Sequence[Stack], series: Sequence[str], title: str) -> Markup:
    """Return horizontal bars made of one part for each series, with their legend above."""
    parts, top = legend(series)
    largest = max((sum(row.values) for row in rows), default=0) or 1
    left = _left([row.label for row in rows])
    scale = (WIDTH - left - _VALUES) / largest
    for index, row in enumerate(rows):
        x = left
        y = top + index * _STEP
        parts.append(_label(Bar(row.label, 0, link=row.link), left, y))
        for number, value in enumerate(row.values):
            if value:
                hint = f"{row.label}, {series[number]}: {value:,}"
                parts.append(box(x, y, (value * scale, _BAR), f"s{number % SERIES + 1}", hint))
            x += value * scale
        parts.append(text(x + 5, y + _BAR - 3, f"{sum(row.values):,}", "value"))
    if any(row.link for row in rows):
        role = "group"
    else:
        role = "img"
    return drawing(title, (WIDTH, top + len(rows) * _STEP + _FOOT), parts, role=role)


def _left(labels: Sequence[str]) -> float:
    """Return where the bars begin: right of the widest label, as far as labels are shown."""
    widest = max(map(text_width, labels), default=0.0)
    return min(widest, _LABELS) + _GAP


def _label(row: Bar, left: float, y: float) -> Markup:
    words = text(left - _GAP, y + _BAR - 3, fitted(row.label, _LABELS), anchor="end")
    if not row.link:
        return words
    return tag("a", words, href=row.link)


def _value_in_words(row: Bar) -> str:
    if row.words:
        return row.words
    return f"{row.value:,g}"
