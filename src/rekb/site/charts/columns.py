"""Columns over a row of labels, such as years: stacked by series, or as small charts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.site.charts.bars import Stack
from rekb.site.charts.svg import (
    SERIES,
    SIZE,
    WIDTH,
    box,
    drawing,
    fitted,
    legend,
    line,
    linked,
    text,
    text_width,
)

_HEIGHT = 190
"""Height of the columns of a chart with a scale."""
_AXIS = 34
"""Width kept for the scale."""
_SKYLINE = 110
"""Height of the columns of a chart without one."""
_BOLD = 1.08
"""How much wider bold letters are."""
_ABREAST = 2
"""How many small charts stand side by side."""
_PANEL = 44
"""Height of the columns of a small chart."""
_PANEL_GAP = 42
"""What is below and above them: labels, and one line of title."""
_LINE = 13
"""Height of a further line of title."""
_GAP = 18.0
"""Between small charts side by side."""
_STEPS = tuple(base * 10**power for power in range(7) for base in (1, 2, 5))
"""Round distances between the ticks of a scale, smallest first."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts: a title and a value for each label."""

    title: str
    values: tuple[int, ...]
    link: str = ""
    """Where the title leads, as an address relative to the page."""


def column_chart(columns: Sequence[Stack], series: Sequence[str], title: str, unit: str = "") -> Markup:
    """Return stacked columns with a scale at their left and the legend above."""
    parts, top = legend(series)
    top += 12
    foot = top + _HEIGHT
    highest = _highest(columns)
    ticks = scale_ticks(highest)
    scale = _HEIGHT / max(highest, ticks[-1])
    for tick in ticks:
        y = foot - tick * scale
        parts.append(line(_AXIS, y, WIDTH, y))
        parts.append(text(_AXIS - 6, y + 4, f"{tick:,}{unit}", "value", "end"))
    step = (WIDTH - _AXIS) / max(len(columns), 1)
    labelled = _labelled(columns, step)
    for index, column in enumerate(columns):
        x = _AXIS + index * step
        total = sum(column.values)
        parts += _stack(column, series, (x + step * 0.14, foot, step * 0.72), scale)
        if total:
            y = foot - total * scale - 4
            parts.append(text(x + step / 2, y, f"{total:,}{unit}", "value", "middle"))
        if index in labelled:
            label = text(x + step / 2, foot + 16, column.label, anchor="middle")
            parts.append(linked(label, column.link))
    role = "group" if any(column.link for column in columns) else "img"
    return drawing(title, (WIDTH, foot + 22), parts, role=role)


def skyline(columns: Sequence[Stack], series: Sequence[str], title: str) -> Markup:
    """Return low stacked columns without scale and legend, each with its sum above."""
    step = WIDTH / max(len(columns), 1)
    labelled = _labelled(columns, step)
    foot = float(_SKYLINE + 16)
    scale = _SKYLINE / _highest(columns)
    parts: list[Markup] = [line(0, foot, WIDTH, foot)]
    for index, column in enumerate(columns):
        x = index * step
        total = sum(column.values)
        parts += _stack(column, series, (x + step * 0.12, foot, step * 0.76), scale)
        if total:
            parts.append(text(x + step / 2, foot - total * scale - 4, f"{total:,}", "value", "middle"))
        if index in labelled:
            parts.append(text(x + step / 2, foot + 14, column.label, anchor="middle"))
    return drawing(title, (WIDTH, foot + 18), parts)


def _highest(columns: Sequence[Stack]) -> int:
    """Return the sum of the highest column, 1 where none has a value: scales divide by it."""
    sums = [sum(column.values) for column in columns]
    return max([1, *sums])


def _labelled(columns: Sequence[Stack], step: float) -> range:
    """Return the numbers of the columns whose label is shown, counted from the last, which is the newest."""
    every = label_step([column.label for column in columns], step)
    first = (len(columns) - 1) % every
    return range(first, len(columns), every)


def _stack(
    column: Stack, series: Sequence[str], foot: tuple[float, float, float], scale: float
) -> list[Markup]:
    x, y, width = foot
    parts = []
    for number, value in enumerate(column.values):
        y -= value * scale
        if not value:
            continue
        hint = [column.label, f"{value:,}"]
        kind = "bar"
        if series:
            hint.insert(1, series[number])
            kind = f"s{number % SERIES + 1}"
        if column.is_partial:
            hint.append("not complete yet")
            kind = f"{kind} rekb-chart__part"
        words = ": ".join(filter(None, hint))
        parts.append(box(x, y, (width, value * scale), kind, words))
    return parts


def label_step(labels: Sequence[str], step: float) -> int:
    """Return how many columns apart labels are so that they do not touch; the last is always shown."""
    widest = max(map(text_width, labels), default=0.0) + 3
    return max(1, -(-int(widest) // max(int(step), 1)))


def scale_ticks(most: int, wanted: int = 4) -> tuple[int, ...]:
    """Return round numbers from 0 that reach over `most`, about `wanted` steps apart."""
    for step in _STEPS:
        if step * wanted >= most:
            return tuple(range(0, most + step, step))
    return (0, most)


def multiples(panels: Sequence[Panel], labels: Sequence[str], title: str) -> Markup:
    """Return small column charts, two abreast, each with its title, its sum and its highest column named.

    Each has a scale of its own: on a common one most would be flat where one is large.
    """
    width = (WIDTH - _GAP * (_ABREAST - 1)) / _ABREAST
    lines = max((len(title_lines(panel.title, width)) for panel in panels), default=1)
    further = _LINE * (lines - 1)
    step = _PANEL + _PANEL_GAP + further
    parts: list[Markup] = []
    for index, panel in enumerate(panels):
        row, place_in_row = divmod(index, _ABREAST)
        place = (place_in_row * (width + _GAP), row * step + 16 + further, width)
        parts += _panel(panel, labels, place)
    rows = -(-len(panels) // _ABREAST)
    if any(panel.link for panel in panels):
        role = "group"
    else:
        role = "img"
    return drawing(title, (WIDTH, rows * step), parts, role=role)


def title_lines(title: str, width: float) -> tuple[str, ...]:
    """Return the title of a small chart on one line, or on two where it is too wide."""
    first = title
    second = ""
    while text_width(first, SIZE * _BOLD) > width and " " in first:
        first, _, word = first.rpartition(" ")
        second = f"{word} {second}".strip()
    found: list[str] = []
    for words in (first, second):
        if words:
            found.append(fitted(words, width, SIZE * _BOLD))
    return tuple(found)


def _panel(panel: Panel, labels: Sequence[str], place: tuple[float, float, float]) -> list[Markup]:
    x, y, width = place
    highest = max(panel.values, default=0)
    scale = (_PANEL - SIZE) / max(highest, 1)
    step = width / max(len(labels), 1)
    foot = y + _PANEL
    parts = [line(x, foot, x + width, foot)]
    lines = []
    for above, words in enumerate(reversed(title_lines(panel.title, width))):
        lines.append(text(x, y - 5 - _LINE * above, words, "strong"))
    parts.append(linked(Markup().join(lines), panel.link))
    for number, value in enumerate(panel.values):
        if value:
            left = x + number * step + step * 0.1
            hint = f"{panel.title}, {labels[number]}: {value:,}"
            parts.append(box(left, foot - value * scale, (step * 0.8, value * scale), "bar", hint))
    if highest:
        middle = x + (panel.values.index(highest) + 0.5) * step
        parts.append(text(middle, foot - highest * scale - 3, f"{highest:,}", "value", "middle"))
    if labels:
        parts += [
            text(x, foot + 13, labels[0], "value"),
            text(x + width / 2, foot + 13, f"{sum(panel.values):,} in all", "value", "middle"),
            text(x + width, foot + 13, labels[-1], "value", "end"),
        ]
    return parts
