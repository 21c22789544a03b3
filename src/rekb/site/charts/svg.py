"""What all charts are drawn with: tags, estimated text widths, legends, and the file for download."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from markupsafe import Markup, escape

from rekb.site.themetext import printed

WIDTH = 360
"""Width of a chart in its own units: about a phone's, where a unit is a pixel."""
SIZE = 12
"""Height of the letters of a chart: smaller ones are hard to read."""
SERIES = 6
"""How many series have a colour of their own."""

_PAINT = {
    "text": 'fill="#16222c"',
    "label": 'fill="#16222c"',
    "value": 'fill="#51606d"',
    "strong": 'fill="#16222c" font-weight="650"',
    "small": 'fill="#51606d"',
    "bar": 'fill="#2f7f9f"',
    "s1": 'fill="#2f6fab"',
    "s2": 'fill="#0a7a6c"',
    "s3": 'fill="#6a4fb3"',
    "s4": 'fill="#ad5a16"',
    "s5": 'fill="#51606d"',
    "s6": 'fill="#a13a6d"',
    "grid": 'stroke="#d5dce2" stroke-width="1"',
    "part": 'fill-opacity=".4" stroke="#51606d" stroke-dasharray="2 2"',
    "baseline": 'fill="#ffffff" stroke="#51606d" stroke-width="1.8"',
    "mark": 'stroke="#51606d" stroke-width="1" stroke-dasharray="3 3"',
    "node": 'fill="#f5f7f9" stroke="#51606d"',
    "strong-node": 'fill="#f5f7f9" stroke="#0a7a6c" stroke-width="1.8"',
    "self": 'fill="#e9eef2" stroke="#2f6fab" stroke-width="1.8"',
    "stem": 'stroke="#2f6fab" stroke-width="1.4"',
    "outside": 'fill="#ffffff" stroke="#51606d" stroke-dasharray="3 2"',
    "tie": 'fill="none" stroke="#2f6fab" stroke-width="1.4"',
    "tie-strong": 'fill="none" stroke="#0a7a6c" stroke-width="2.2"',
    "tie-rival": 'fill="none" stroke="#51606d" stroke-width="1" stroke-dasharray="4 4" opacity=".55"',
    "head": 'fill="#2f6fab"',
    "head-strong": 'fill="#0a7a6c"',
    "head-rival": 'fill="#51606d"',
}
"""The look of each class in a downloaded file, which has no style sheet: the colours of the light scheme."""
_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_NARROW = frozenset("ijl.,:;'|!ftr()[] -")
_BROAD = frozenset("mwMW@%")


def tag(name: str, *content: str, **attributes: object) -> Markup:
    """Return an element; ``class_`` is written ``class``, ``text_anchor`` is written ``text-anchor``."""
    written = ""
    for key, value in attributes.items():
        if type(value) is float:
            written += f'{_opening(key)}{_coordinate(value)}"'
        elif value != "":
            written += f'{_opening(key)}{printed(value)}"'
    if not content:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - names are ours, values are escaped
    inside = "".join(map(printed, content))
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704 - the same


@cache
def _opening(name: str) -> str:
    """Return what is before the value of an attribute; a drawing has thousands and few names."""
    return f' {name.rstrip("_").replace("_", "-")}="'


def number(value: object) -> str:
    """Write a coordinate with one decimal at most."""
    # More decimals would make the files larger and, on some machines, different.
    if isinstance(value, float):
        return _coordinate(value)
    return str(value)


@lru_cache(maxsize=65_536)  # most drawings stand on the same few heights and edges
def _coordinate(value: float) -> str:
    # Adding zero makes `-0` a `0`: to the cache both are the same number.
    return f"{round(value, 1) + 0.0:g}"


def text(x: float, y: float, words: object, kind: str = "label", anchor: str = "start") -> Markup:
    """Return a line of text of the class `kind`."""
    place: dict[str, object] = {"x": float(x), "y": float(y)}
    # SVG begins a text at its point unless it is set otherwise, and most texts of a chart do.
    if anchor != "start":
        place["text_anchor"] = anchor
    return tag("text", escape(words), class_=f"rekb-chart__{kind}", **place)


def linked(drawn: Markup, link: str) -> Markup:
    """Return a part of a drawing as a link, or as it is where there is none."""
    if not link:
        return drawn
    return tag("a", drawn, href=link)


def box(x: float, y: float, size: tuple[float, float], kind: str, hint: str = "") -> Markup:
    """Return a filled rectangle; the hint is what a pointer over it shows."""
    place = {"x": float(x), "y": float(y), "width": float(size[0]), "height": float(size[1])}
    if not hint:
        return tag("rect", class_=f"rekb-chart__{kind}", **place)
    return tag("rect", tag("title", escape(hint)), class_=f"rekb-chart__{kind}", **place)


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> Markup:
    """Return a straight line."""
    return tag("line", class_=f"rekb-chart__{kind}", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2))


def drawing(
    title: str, size: tuple[float, float], parts: Sequence[str], role: str = "img", kind: str = ""
) -> Markup:
    """Return a whole chart; its title is what is read out for it.

    A drawing of a `kind` of its own keeps its size in pixels; the others grow and shrink with the page.
    """
    width = number(float(size[0]))
    height = number(float(size[1]))
    classes = "rekb-chart"
    pixels: dict[str, object] = {}
    if kind:
        classes = f"rekb-chart rekb-{kind}"
        pixels = {"width": width, "height": height}
    return tag(
        "svg",
        *parts,
        class_=classes,
        viewBox=f"0 0 {width} {height}",
        role=role,
        aria_label=title,
        xmlns="http://www.w3.org/2000/svg",
        **pixels,
    )


@cache
def text_width(words: str, size: float = SIZE) -> float:
    """Return about how wide a line of text is, rather too wide than too narrow."""
    return sum(map(_letter, words)) * size


@cache
def _letter(sign: str) -> float:
    # A combining mark is drawn over the letter before it.
    if unicodedata.combining(sign):
        return 0.0
    # Unicode calls signs wide or full-width that are about as wide as high, such as Chinese ones.
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if sign in _NARROW:
        return 0.39
    if sign in _BROAD:
        return 0.95
    if sign.isupper():
        return 0.72
    return 0.62


@cache  # a work's name stands in the drawings of many pages
def fitted(words: str, width: float, size: float = SIZE) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width`."""
    if text_width(words, size) <= width:
        return words
    kept = len(words)
    while kept and text_width(_cut(words, kept), size) > width:
        kept -= 1
    return _cut(words, kept)


def _cut(words: str, kept: int) -> str:
    return words[:kept].rstrip(" -:,") + "…"


def legend(names: Sequence[str], width: float = WIDTH) -> tuple[list[Markup], float]:
    """Return the marks and names of the series, and the height that they take."""
    parts: list[Markup] = []
    if not names:
        return parts, 0.0
    x = 0.0
    y = 0.0
    for index, name in enumerate(names):
        room = 14 + text_width(name) + 14
        if x and x + room > width:
            x = 0.0
            y += 16
        parts.append(box(x, y + 1, (10, 10), f"s{index % SERIES + 1}"))
        parts.append(text(x + 14, y + 10, name))
        x += room
    return parts, y + 24


def standalone(svg: str, title: str, note: str = "") -> bytes:
    """Return a chart as a file of its own: title and note in it, colours fixed, no links, no style sheet."""
    width, height = _size(svg)
    # Links are relative to the page, and from a file elsewhere they would lead nowhere.
    plain = re.sub(r"</?a\b[^>]*>", "", svg)
    painted = re.sub(r'class="([^"]*)"', _painted, plain)
    inner = re.sub(
        r"<svg [^>]*>", f'<svg x="16" y="34" width="{width:g}" height="{height:g}">', painted, count=1
    )
    foot = _paragraph(note, width, height + 52)
    # HTML knows SVG without its namespace; a file of its own is XML and has to name it.
    outer = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"'
        ' font-family="{2}" font-size="{3}"><rect width="100%" height="100%" fill="#ffffff"/>'
        '<text x="16" y="22" font-size="14" font-weight="650" fill="#16222c">{4}</text>{5}{6}</svg>\n'
    ).format(
        f"{width + 32:g}",
        f"{height + 50 + 14 * len(foot):g}",
        _FONT,
        SIZE,
        fitted(title, width, 14),
        Markup(inner),  # noqa: S704 - a chart of ours, its texts escaped when it was drawn
        Markup("").join(foot),
    )
    return outer.encode()


def _size(svg: str) -> tuple[float, float]:
    """Return width and height of a chart."""
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if view is None:
        return WIDTH, WIDTH
    return float(view[1]), float(view[2])


def _paragraph(words: str, width: float, y: float) -> list[Markup]:
    """Return a small text broken into lines, the first at height `y`."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    parts = []
    for index, words_of_line in enumerate(lines):
        y_of_line = y + 14 * index
        parts.append(tag("text", escape(words_of_line), x=16, y=y_of_line, fill="#51606d"))
    return parts


def _painted(match: re.Match[str]) -> str:
    names = (name.removeprefix("rekb-chart__") for name in match[1].split())
    parts = []
    for name in names:
        if name in _PAINT:
            parts.append(_PAINT[name])
    return " ".join(parts)
