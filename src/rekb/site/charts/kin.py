"""The ties of one work: what builds on it above, itself, what it builds on below, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from rekb.site.charts.svg import SIZE, WIDTH, drawing, fitted, line, number, tag, text, text_width
from rekb.text import amount

_STEM = 44
"""Where the line is that joins the years with the work."""
_LEFT = 58
"""Where the names begin."""
_HIGH = 20
"""Height of a box."""
_STEP = 24
"""From one line of boxes to the next."""
_PAD = 7
_GAP = 5
"""Between two boxes."""
_NAME = 164
"""Most width of a name."""
_CAPTION = 20
"""Height of the words over a group."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A work with a tie to the one that is drawn."""

    name: str
    hint: str
    """The tie in words: ``QLoRA (2023) builds on LoRA``."""
    year: int
    link: str
    look: str
    """Class of its box: `node`, `strong-node` for a close tie, `outside` for a loose one."""


@dataclass(frozen=True, slots=True)
class KinGroups:
    """The kin of a work by how they stand to it."""

    later: tuple[Kin, ...]
    earlier: tuple[Kin, ...]
    rivals: tuple[Kin, ...]
    later_words: str = ""
    """How many of the later works do what: ``2 later works build on it, 5 use it``."""
    earlier_words: str = ""
    """The same of the earlier ones: ``It builds on 3 earlier works, uses 1``."""


def kin_chart(name: str, year: int, groups: KinGroups, title: str) -> Markup:
    """Return the drawing; every kin is a link, so it is a group and no image."""
    parts: list[Markup] = []
    y = 0.0
    top = None
    if groups.later:
        parts.append(text(0, y + 12, groups.later_words, "value"))
        y += _CAPTION
        top = y + _HIGH / 2
        rows, y = _rows(groups.later, y)
        parts += rows
    own = y + _HIGH / 2
    if top is not None:
        parts.append(line(_STEM, top, _STEM, y, "stem"))
    parts += _self(name, year, y)
    y += _STEP
    if groups.earlier:
        rows, end = _rows(groups.earlier, y + _CAPTION)
        lowest = end - _STEP + _HIGH / 2
        parts.append(line(_STEM, own + _HIGH / 2, _STEM, lowest, "stem"))
        parts.append(tag("path", class_="rekb-chart__head", d=_head_up(own + _HIGH / 2 + 1)))
        parts.append(text(_LEFT, y + 14, groups.earlier_words, "value"))
        parts += rows
        y = end
    if groups.rivals:
        parts.append(text(0, y + 14, f"It competes with {amount(len(groups.rivals), 'work')}", "value"))
        rows, y = _rows(groups.rivals, y + _CAPTION, joined=False)
        parts += rows
    return drawing(title, (WIDTH, y), parts, role="group", kind="kin")


def _self(name: str, year: int, y: float) -> list[Markup]:
    """Return the box of the work itself."""
    words = fitted(name, WIDTH - _LEFT - 3 * _PAD)
    # This name is bold, and bold letters are wider.
    width = text_width(words) * 1.08 + 2 * _PAD
    place = {"x": float(_STEM - 8), "y": y, "width": width + _LEFT - _STEM + 8, "height": float(_HIGH)}
    return [
        text(0, y + 14, year, "strong"),
        tag("rect", class_="rekb-chart__self", rx=4.0, **place),
        text(_LEFT, y + 14, words, "strong"),
    ]


def _rows(kin: Sequence[Kin], y: float, *, joined: bool = True) -> tuple[list[Markup], float]:
    """Return the works of a group by year, newest first, and the height where they end."""
    parts: list[Markup] = []
    for year in sorted({one.year for one in kin}, reverse=True):
        parts.append(text(0, y + 14, year, "value"))
        if joined:
            centre = y + _HIGH / 2
            parts.append(line(_STEM, centre, _LEFT - 3, centre, "stem"))
        boxes, y = _line_of_boxes([one for one in kin if one.year == year], y)
        parts += boxes
    return parts, y


def _line_of_boxes(kin: Iterable[Kin], y: float) -> tuple[list[Markup], float]:
    parts: list[Markup] = []
    x = float(_LEFT)
    for one in kin:
        words = fitted(one.name, _NAME)
        width = text_width(words) + 2 * _PAD
        if x > _LEFT and x + width > WIDTH:
            x = float(_LEFT)
            y += _STEP
        parts.append(_box(one, words, (x, y, width)))
        x += width + _GAP
    return parts, y + _STEP


def _box(kin: Kin, words: str, place: tuple[float, float, float]) -> Markup:
    x, y, width = place
    shape = tag("rect", class_=f"rekb-chart__{kin.look}", x=x, y=y, width=width, height=float(_HIGH), rx=4.0)
    name = text(x + _PAD, y + SIZE / 2 + 8.5, words)
    return tag("a", tag("title", escape(kin.hint)), shape, name, href=kin.link)


def _head_up(y: float) -> str:
    return f"M{_STEM} {number(y)}l-4 8h8z"
