"""Two measures of several works as points: the baseline drawn, the better corner marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from markupsafe import Markup, escape

from rekb.site.charts.svg import SIZE, WIDTH, drawing, fitted, line, number, tag, text, text_width

_HEIGHT = 230.0
"""Height of the field of points."""
_LEFT = 46.0
"""Width kept for the scale of the upright axis."""
_TOP = 34.0
_RIGHT = 6.0
_RADIUS = 4.5
_DECADE = 10.0
"""A logarithmic axis serves where the largest value is so many times the smallest."""
_ROOM = 0.12
"""Share of an axis kept free at both ends."""
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A point: a work, or the baseline that works are compared with."""

    name: str
    x: float
    y: float
    words: str
    """Both values as people read them."""
    link: str = ""
    is_baseline: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """What an axis shows."""

    title: str
    """The measure with its unit: ``peak training memory (GB)``."""
    better: str
    """`more`, `less`, or nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """From values to places on the drawing."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool

    @classmethod
    def of(cls, values: Sequence[float], start: float, end: float) -> Self:
        """Return an axis on which all values have their place."""
        least = min(values)
        most = max(values)
        is_log = least > 0 and most / least >= _DECADE
        low = _scaled(least, is_log=is_log)
        high = _scaled(most, is_log=is_log)
        # An axis of one value alone has no length of its own: the value's size gives it one.
        length = (high - low) or abs(high) or 1.0
        room = length * _ROOM
        return cls(low - room, high + room, start, end, is_log)

    def at(self, value: float) -> float:
        """Return the place of a value."""
        share = (_scaled(value, is_log=self.is_log) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return round values within the axis."""
        if self.is_log:
            powers = range(math.floor(self.low), math.ceil(self.high) + 1)
            values = []
            for power in powers:
                for base in (1, 2, 5):
                    values.append(base * 10.0**power)
        else:
            step = _step((self.high - self.low) / _TICKS)
            first = math.ceil(self.low / step)
            values = [step * count for count in range(first, first + 2 * _TICKS + 2)]
        found: list[float] = []
        for value in values:
            if self.low <= _scaled(value, is_log=self.is_log) <= self.high:
                found.append(value)
        return found


@dataclass(frozen=True, slots=True)
class _Name:
    """A name at its place."""

    words: str
    left: float
    y: float

    @property
    def right(self) -> float:
        return self.left + text_width(self.words)

    def touches(self, other: Self) -> bool:
        """Whether two names would run into each other."""
        if abs(self.y - other.y) >= SIZE:
            return False
        if self.left >= other.right + 2:
            return False
        return other.left < self.right + 2

    def covers(self, x: float, y: float) -> bool:
        """Whether it would be written over a point."""
        # SVG places a text by its base line, which is 3.5 below the middle of these letters.
        is_level = abs(self.y - 3.5 - y) < _RADIUS + SIZE / 2
        if not is_level:
            return False
        if self.left >= x + _RADIUS + 1:
            return False
        return x - _RADIUS - 1 < self.right


def tradeoff_chart(spots: Sequence[Spot], across: Dimension, upright: Dimension, title: str) -> Markup:
    """Return the points over two axes; a group and no image, as the works are links."""
    xs = _Axis.of([spot.x for spot in spots], _LEFT, WIDTH - _RIGHT)
    ys = _Axis.of([spot.y for spot in spots], _TOP + _HEIGHT, _TOP)
    parts = [text(0, 12, _axis_title(upright.title, upright.better, "↑", "↓", is_log=ys.is_log), "value")]
    parts += _scale_across(xs)
    parts += _scale_upright(ys)
    foot = _axis_title(across.title, across.better, "→", "←", is_log=xs.is_log)
    parts.append(text(WIDTH - _RIGHT, _TOP + _HEIGHT + 34, foot, "value", "end"))
    parts += _corner(across.better, upright.better)
    placed = _merged(spots, xs, ys)
    names: list[_Name] = []
    for (x, y), together in placed.items():
        parts += _guides(x, y, together[0])
        name = _name(" · ".join(spot.name for spot in together), (x, y), list(placed), names)
        if name:
            names.append(name)
        parts.append(_drawn(together, (x, y), name))
    return drawing(title, (WIDTH, _TOP + _HEIGHT + 40), parts, role="group")


def _scaled(value: float, *, is_log: bool) -> float:
    if is_log:
        return math.log10(value)
    return value


def _step(least: float) -> float:
    """Return the round distance that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    for base in (1, 2, 5):
        if base * power >= least * 0.999:
            return base * power
    return 10 * power


def _axis_title(title: str, better: str, more: str, less: str, *, is_log: bool) -> str:
    words = title
    if is_log:
        words += ", logarithmic"
    if better == "more":
        words += f", more is better {more}"
    elif better == "less":
        words += f", less is better {less}"
    return fitted(words, WIDTH - _RIGHT)


def _scale_across(axis: _Axis) -> list[Markup]:
    parts = []
    end = 0.0
    for tick in axis.ticks():
        x = axis.at(tick)
        parts.append(line(x, _TOP, x, _TOP + _HEIGHT))
        words = f"{tick:,.6g}"
        half = text_width(words) / 2
        if x - half > end and x + half < WIDTH:
            parts.append(text(x, _TOP + _HEIGHT + 16, words, "value", "middle"))
            end = x + half + 4
    return parts


def _scale_upright(axis: _Axis) -> list[Markup]:
    parts = []
    for tick in axis.ticks():
        y = axis.at(tick)
        parts.append(line(_LEFT, y, WIDTH - _RIGHT, y))
        parts.append(text(_LEFT - 6, y + 4, f"{tick:,.6g}", "value", "end"))
    return parts


def _corner(across: str, upright: str) -> list[Markup]:
    """Return an arrow towards the corner where both measures are better; above the field, over no point."""
    if not across or not upright:
        return []
    if across == "more":
        step_x = 12
    else:
        step_x = -12
    step_y = -12 if upright == "more" else 12
    tip_x = WIDTH - _RIGHT - 2
    if step_x < 0:
        tip_x -= 12
    tip_y = 18 if step_y < 0 else 30
    shaft = f"M{number(tip_x - step_x)} {number(tip_y - step_y)}L{number(tip_x)} {number(tip_y)}"
    head = f"M{number(tip_x)} {number(tip_y)}l{-step_x / 2:g} 0l{step_x / 2:g} {-step_y / 2:g}z"
    return [
        tag("path", class_="rekb-chart__tie-strong", d=shaft),
        tag("path", class_="rekb-chart__head-strong", d=head),
        text(WIDTH - _RIGHT - 20, 28, "better", "small", "end"),
    ]


def _merged(spots: Sequence[Spot], xs: _Axis, ys: _Axis) -> dict[tuple[float, float], list[Spot]]:
    """Return the points by their place, the baseline first; those that lie on one another share a name."""
    placed: dict[tuple[float, float], list[Spot]] = {}
    for spot in sorted(spots, key=lambda spot: not spot.is_baseline):
        own = (xs.at(spot.x), ys.at(spot.y))
        near = [place for place in placed if math.dist(place, own) < _RADIUS / 2]
        place = next(iter(near), own)
        placed.setdefault(place, []).append(spot)
    return placed


def _guides(x: float, y: float, spot: Spot) -> list[Markup]:
    """Return lines through the baseline, so that each work's side of it is seen."""
    if not spot.is_baseline:
        return []
    return [
        line(x, _TOP, x, _TOP + _HEIGHT, "mark"),
        line(_LEFT, y, WIDTH - _RIGHT, y, "mark"),
    ]


def _name(
    words: str, place: tuple[float, float], dots: Sequence[tuple[float, float]], written: Sequence[_Name]
) -> _Name | None:
    """Return the name beside its point where there is room: right, left, above or below of it."""
    x, y = place
    words = fitted(words, WIDTH / 2)
    width = text_width(words)
    middle = min(max(x - width / 2, _LEFT), WIDTH - width)
    tries = (
        (x + _RADIUS + 3, y + 3.5),
        (x - _RADIUS - 3 - width, y + 3.5),
        (middle, y - _RADIUS - 4),
        (middle, y + _RADIUS + 11),
        (middle, y - _RADIUS - 15),
        (middle, y + _RADIUS + 22),
    )
    for left, base in tries:
        name = _Name(words, left, base)
        is_inside = left >= _LEFT and name.right <= WIDTH and _TOP + 8 <= base <= _TOP + _HEIGHT
        is_free = not any(name.touches(other) for other in written)
        if is_inside and is_free and not any(name.covers(*dot) for dot in dots if dot != place):
            return name
    return None


def _drawn(together: Sequence[Spot], place: tuple[float, float], name: _Name | None) -> Markup:
    """Return a point with its name; that of one work is a link."""
    x, y = place
    hint = "; ".join(f"{spot.name}: {spot.words}" for spot in together)
    first = together[0]
    if first.is_baseline:
        kind = "baseline"
    else:
        kind = "bar"
    parts = [tag("circle", tag("title", escape(hint)), class_=f"rekb-chart__{kind}", cx=x, cy=y, r=_RADIUS)]
    if name:
        if first.link:
            look = "label"
        else:
            look = "value"
        parts.append(text(name.left, name.y, name.words, look))
    if first.link and len(together) == 1:
        return tag("a", *parts, href=first.link)
    return tag("g", *parts)
