"""The drawing of who builds on whom: works in columns of years, ties as curves, every work a link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from rekb.model.entry import RelationType
from rekb.site.charts.layered import Edge, Layout, arrange
from rekb.site.charts.svg import SIZE, drawing, fitted, line, number, tag, text, text_width

_NAME, _PAD, _HIGH = 132, 9, 24
_BETWEEN, _TOP = 50, 64
_ARROWS = {"builds-on": "tie", "extends": "tie-strong", "supersedes": "tie-strong"}
_LEGEND = {
    "builds-on": "A → B: B builds on A",
    "extends": "B extends or supersedes A",
    "competes-with": "compete",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One node of the graph."""

    key: str
    name: str
    title: str
    year: int
    link: str
    outside: bool = False
    """Whether it stands in another topic and is drawn pale."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One edge: the work that states the tie, its kind, and the work it names."""

    later: str
    type: RelationType
    earlier: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns with their places on the drawing."""

    columns: Sequence[Sequence[str]]
    column: Mapping[str, int]
    lefts: Sequence[float]
    rights: Sequence[float]
    widths: Mapping[str, float]
    layout: Layout

    def y(self, key: str) -> float:
        return self.layout.heights[key] + _TOP


def flow_chart(works: Sequence[Work], ties: Sequence[Tie], title: str) -> Markup:
    """Return the graph; arrows run from a work to the one that builds on it, rivals are dashed."""
    arrows = [tie for tie in ties if tie.type != "competes-with"]
    columns = year_columns(works, ties)
    frame = _frame(works, columns, arrows)
    rivals = [tie for tie in ties if tie.type == "competes-with"]
    parts = [*_years(works, frame), *(_rival(tie, frame) for tie in rivals)]
    parts += [part for tie in arrows for part in _arrow(tie, frame)]
    parts += [_node(work, frame) for work in works]
    kinds = {"extends" if tie.type == "supersedes" else tie.type for tie in ties}
    key, width = _legend(kinds, any(work.outside for work in works))
    size = (max(frame.rights[-1] + 34, width), frame.layout.height + _TOP + 4)
    return drawing(title, size, [*key, *parts], role="group", kind="flow")


def year_columns(works: Sequence[Work], ties: Sequence[Tie]) -> list[list[str]]:
    """Return the works by year; a work stands right of one of the same year that it builds on."""
    year = {work.key: work.year for work in works}
    depth = dict.fromkeys(year, 0)
    for _ in year:  # as many rounds as the longest chain could have; a circle ends with them
        for tie in ties:
            if tie.type in _ARROWS and year[tie.later] == year[tie.earlier]:
                depth[tie.later] = min(max(depth[tie.later], depth[tie.earlier] + 1), 3)
    places = sorted({(year[key], depth[key]) for key in year})
    groups = {place: [key for key in year if (year[key], depth[key]) == place] for place in places}
    near = _neighbourhood(works, ties)
    return [sorted(groups[place], key=near.index) for place in places]


def _neighbourhood(works: Sequence[Work], ties: Sequence[Tie]) -> list[str]:
    """Return all keys so that works with ties follow each other, best connected first."""
    near: dict[str, list[str]] = {work.key: [] for work in works}
    for tie in ties:
        near[tie.later].append(tie.earlier)
        near[tie.earlier].append(tie.later)
    order: list[str] = []
    for start in sorted(near, key=lambda key: (-len(near[key]), key)):
        queue = [start]
        while queue:
            key = queue.pop(0)
            if key not in order:
                order.append(key)
                queue += sorted(near[key])
    return order


def _frame(works: Sequence[Work], columns: Sequence[Sequence[str]], arrows: Sequence[Tie]) -> _Frame:
    widths = {w.key: text_width(fitted(w.name, _NAME)) + 2 * _PAD for w in works}
    column = {key: index for index, keys in enumerate(columns) for key in keys}
    lefts, rights, x = [], [], 2.0
    for keys in columns:
        lefts.append(x)
        rights.append(x + max(widths[key] for key in keys))
        x = rights[-1] + _BETWEEN
    edges = dict.fromkeys(edge for tie in arrows if (edge := _ends(tie, column)))
    return _Frame(columns, column, lefts, rights, widths, arrange(columns, list(edges)))


def _ends(tie: Tie, column: Mapping[str, int]) -> Edge | None:
    """Return the left and right end of a tie; None within one column."""
    one, two = tie.earlier, tie.later
    if column[one] == column[two]:
        return None
    return (one, two) if column[one] < column[two] else (two, one)


def _years(works: Sequence[Work], frame: _Frame) -> list[Markup]:
    """Return each year above a line over all of its columns."""
    year = {work.key: str(work.year) for work in works}
    spans: dict[str, list[int]] = {}
    for index, keys in enumerate(frame.columns):
        spans.setdefault(year[keys[0]], []).append(index)
    return [
        part
        for shown, found in spans.items()
        for part in (
            text(frame.lefts[found[0]], _TOP - 14, shown, "strong"),
            line(frame.lefts[found[0]], _TOP - 6, frame.rights[found[-1]], _TOP - 6),
        )
    ]


def _node(work: Work, frame: _Frame) -> Markup:
    x, y = frame.lefts[frame.column[work.key]], frame.y(work.key)
    kind = "outside" if work.outside else "node"
    place = {"x": x, "y": y - _HIGH / 2, "width": frame.widths[work.key], "height": float(_HIGH), "rx": 4.0}
    shape = tag("rect", class_=f"rekb-chart__{kind}", **place)
    name = text(x + _PAD, y + SIZE / 2 - 1.5, fitted(work.name, _NAME), "value" if work.outside else "label")
    hint = f"{work.title} ({work.year})" + (", of another topic" if work.outside else "")
    return tag("a", tag("title", escape(hint)), shape, name, href=work.link)


def _arrow(tie: Tie, frame: _Frame) -> list[Markup]:
    kind = _ARROWS[tie.type]
    edge = _ends(tie, frame.column)
    if edge is None:
        return [_arc(tie, frame, kind)]
    left, right = edge
    path = _curve(left, right, frame)
    x, y = frame.lefts[frame.column[right]], frame.y(right)
    if tie.later == left:  # stated of a work that is newer: the head stands at the left end
        x, y = frame.lefts[frame.column[left]] + frame.widths[left], frame.y(left)
        head = f"M{number(x)} {number(y)}l8 -4v8z"
    else:
        head = f"M{number(x)} {number(y)}l-8 -4v8z"
    return [
        tag("path", class_=f"rekb-chart__{kind}", d=path),
        tag("path", class_=f"rekb-chart__{kind.replace('tie', 'head')}", d=head),
    ]


def _curve(left: str, right: str, frame: _Frame) -> str:
    """Return a path from the right edge of one work to the left edge of another, level at both."""
    first, last = frame.column[left], frame.column[right]
    y = frame.y(left)
    path = f"M{number(frame.lefts[first] + frame.widths[left])} {number(y)}H{number(frame.rights[first])}"
    heights = [h + _TOP for h in frame.layout.routes[left, right]] + [frame.y(right)]
    for column, height in zip(range(first + 1, last + 1), heights, strict=True):
        x0, x1 = frame.rights[column - 1], frame.lefts[column]
        half = (x0 + x1) / 2
        path += f"C{number(half)} {number(y)} {number(half)} {number(height)} {number(x1)} {number(height)}"
        path += f"H{number(frame.rights[column])}" if column < last else ""
        y = height
    return path


def _arc(tie: Tie, frame: _Frame, kind: str) -> Markup:
    """Return a bow at the right side of a column between two of its works."""
    keys = (tie.earlier, tie.later)
    (x0, y0), (x1, y1) = ((frame.lefts[frame.column[key]] + frame.widths[key], frame.y(key)) for key in keys)
    out = frame.rights[frame.column[tie.later]] + min(8 + abs(y1 - y0) / 9, _BETWEEN / 2 - 2)
    path = _bow((x0, y0), (x1, y1), out)
    return tag("path", class_=f"rekb-chart__{kind}", d=path)


def _rival(tie: Tie, frame: _Frame) -> Markup:
    one, two = sorted((tie.later, tie.earlier), key=lambda key: (frame.column[key], key))
    if frame.column[one] == frame.column[two]:
        return _arc(Tie(two, tie.type, one), frame, "tie-rival")
    x0 = frame.lefts[frame.column[one]] + frame.widths[one]
    x1, y0, y1 = frame.lefts[frame.column[two]], frame.y(one), frame.y(two)
    half = (x0 + x1) / 2
    path = _bow((x0, y0), (x1, y1), half)
    return tag("path", class_="rekb-chart__tie-rival", d=path)


def _bow(start: tuple[float, float], end: tuple[float, float], through: float) -> str:
    (x0, y0), (x1, y1), by = start, end, number(through)
    return f"M{number(x0)} {number(y0)}C{by} {number(y0)} {by} {number(y1)} {number(x1)} {number(y1)}"


def _legend(kinds: Collection[str], outside: bool) -> tuple[list[Markup], float]:  # noqa: FBT001 - shown or not
    parts: list[Markup] = []
    x = 2.0
    for kind, words in _LEGEND.items():
        if kind in kinds:
            shape = _ARROWS.get(kind, "tie-rival")
            parts.append(tag("path", class_=f"rekb-chart__{shape}", d=f"M{number(x)} 12h26"))
            if kind in _ARROWS:
                head = shape.replace("tie", "head")
                parts.append(tag("path", class_=f"rekb-chart__{head}", d=f"M{number(x + 30)} 12l-8 -4v8z"))
            parts.append(text(x + 36, 16, words))
            x += 36 + text_width(words) + 20
    if outside:
        parts.append(tag("rect", class_="rekb-chart__outside", x=x, y=5.0, width=22.0, height=14.0, rx=3.0))
        parts.append(text(x + 28, 16, "of another topic"))
        x += 28 + text_width("of another topic") + 10
    return parts, x
