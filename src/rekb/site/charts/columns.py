"""Columns over a row of labels, such as years: stacked by series, or as small charts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.site.charts.bars import Stack
from rekb.site.charts.svg import SERIES, SIZE, WIDTH, box, drawing, fitted, legend, line, text, text_width

_HEIGHT, _AXIS = 190, 34
_SKYLINE = 110
_BOLD = 1.08
"""How much wider bold letters are."""
_ACROSS, _PANEL, _PANEL_GAP, _LINE = 2, 44, 42, 13


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts: a title and a value for each label."""

    title: str
    values: tuple[int, ...]


def column_chart(columns: Sequence[Stack], series: Sequence[str], title: str, unit: str = "") -> Markup:
    """Return stacked columns with a scale at their left and the legend above."""
    parts, top = legend(series)
    top += 12
    most = max((sum(column.values) for column in columns), default=0) or 1
    ticks = scale_ticks(most)
    scale = _HEIGHT / max(most, ticks[-1])
    for tick in ticks:
        y = top + _HEIGHT - tick * scale
        parts += [line(_AXIS, y, WIDTH, y), text(_AXIS - 6, y + 4, f"{tick}{unit}", "value", "end")]
    step = (WIDTH - _AXIS) / max(len(columns), 1)
    every = label_step([column.label for column in columns], step)
    shown = (len(columns) - 1) % every
    for index, column in enumerate(columns):
        x = _AXIS + index * step
        parts += _stack(column, series, (x + step * 0.14, top + _HEIGHT, step * 0.72), scale)
        if sum(column.values):
            y = top + _HEIGHT - sum(column.values) * scale - 4
            parts.append(text(x + step / 2, y, f"{sum(column.values)}{unit}", "value", "middle"))
        if index % every == shown:
            parts.append(text(x + step / 2, top + _HEIGHT + 16, column.label, anchor="middle"))
    return drawing(title, (WIDTH, top + _HEIGHT + 22), parts)


def skyline(columns: Sequence[Stack], series: Sequence[str], title: str) -> Markup:
    """Return low stacked columns without scale and legend, each with its sum above."""
    most = max((sum(column.values) for column in columns), default=0) or 1
    step = WIDTH / max(len(columns), 1)
    every = label_step([column.label for column in columns], step)
    foot, scale = float(_SKYLINE + 16), _SKYLINE / most
    parts: list[Markup] = [line(0, foot, WIDTH, foot)]
    for index, column in enumerate(columns):
        x, total = index * step, sum(column.values)
        parts += _stack(column, series, (x + step * 0.12, foot, step * 0.76), scale)
        if total:
            parts.append(text(x + step / 2, foot - total * scale - 4, total, "value", "middle"))
        if index % every == (len(columns) - 1) % every:
            parts.append(text(x + step / 2, foot + 14, column.label, anchor="middle"))
    return drawing(title, (WIDTH, foot + 18), parts)


def _stack(
    column: Stack, series: Sequence[str], foot: tuple[float, float, float], scale: float
) -> list[Markup]:
    x, y, width = foot
    parts = []
    for number, value in enumerate(column.values):
        y -= value * scale
        if value:
            name = series[number] if series else ""
            hint = ": ".join(part for part in (column.label, name, str(value)) if part)
            parts.append(
                box(x, y, (width, value * scale), f"s{number % SERIES + 1}" if series else "bar", hint)
            )
    return parts


def label_step(labels: Sequence[str], step: float) -> int:
    """Return how many columns apart labels stand so that they do not touch; the last is always shown."""
    widest = max(map(text_width, labels), default=0.0) + 3
    return max(1, -(-int(widest) // max(int(step), 1)))


def scale_ticks(most: int, wanted: int = 4) -> tuple[int, ...]:
    """Return round numbers from 0 that reach over `most`, about `wanted` steps apart."""
    steps = (base * 10**power for power in range(7) for base in (1, 2, 5))
    step = next((s for s in steps if s * wanted >= most), most)
    return tuple(range(0, most + step, step))


def multiples(panels: Sequence[Panel], labels: Sequence[str], title: str) -> Markup:
    """Return small column charts on one common scale, two abreast, each with its title and sum."""
    most = max((value for panel in panels for value in panel.values), default=0) or 1
    gap = 18.0
    width = (WIDTH - gap * (_ACROSS - 1)) / _ACROSS
    lines = max((len(title_lines(panel.title, width)) for panel in panels), default=1)
    step = _PANEL + _PANEL_GAP + _LINE * (lines - 1)
    parts: list[Markup] = []
    for index, panel in enumerate(panels):
        x, y = index % _ACROSS * (width + gap), index // _ACROSS * step
        parts += _panel(panel, labels, (x, y + 16 + _LINE * (lines - 1), width), _PANEL / most)
    rows = -(-len(panels) // _ACROSS)
    return drawing(title, (WIDTH, rows * step), parts)


def title_lines(title: str, width: float) -> tuple[str, ...]:
    """Return the title of a small chart on one line, or on two where it is too wide."""
    first, rest = title, ""
    while text_width(first, SIZE * _BOLD) > width and " " in first:
        first, _, word = first.rpartition(" ")
        rest = f"{word} {rest}".strip()
    return tuple(fitted(line_, width, SIZE * _BOLD) for line_ in (first, rest) if line_)


def _panel(
    panel: Panel, labels: Sequence[str], place: tuple[float, float, float], scale: float
) -> list[Markup]:
    x, y, width = place
    step = width / max(len(labels), 1)
    foot = y + _PANEL
    parts = [line(x, foot, x + width, foot)]
    for above, words in enumerate(reversed(title_lines(panel.title, width))):
        parts.append(text(x, y - 5 - _LINE * above, words, "strong"))
    for number, value in enumerate(panel.values):
        if value:
            place_ = (x + number * step + step * 0.1, foot - value * scale)
            hint = f"{panel.title}, {labels[number]}: {value}"
            parts.append(box(*place_, (step * 0.8, value * scale), "bar", hint))
    if labels:
        parts += [
            text(x, foot + 13, labels[0], "value"),
            text(x + width / 2, foot + 13, f"{sum(panel.values)} in all", "value", "middle"),
            text(x + width, foot + 13, labels[-1], "value", "end"),
        ]
    return parts
