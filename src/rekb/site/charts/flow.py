"""The drawing of who builds on whom: works in columns of years, ties as curves, every work a link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from rekb.model.entry import RelationType
from rekb.site.charts.layered import Edge, Layout, arrange
from rekb.site.charts.svg import SIZE, drawing, fitted, line, number, tag, text, text_width

_NAME = 146
"""Most width of a name."""
_PAD = 9
"""Between a name and the sides of its box."""
_HIGH = 24
"""Height of a box."""
_BETWEEN = 50
"""Between two columns, where the curves run."""
_TOP = 64
"""Height of the legend and the years."""
_AFTER = 34
"""Right of the last column, for the bows between its works."""
_DEEPEST = 3
"""So many further columns one year may have."""
_WIDEST = 920.0
"""Most width of a drawing, about the frame of a page; years that would need more become one column."""
_ARROWS = {"builds-on": "tie", "extends": "tie-strong", "supersedes": "tie-strong"}
_LEGEND = {
    "builds-on": "A → B: B builds on A",
    "extends": "B extends or replaces A",
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
    """Whether it is in another topic and is drawn pale."""


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
        """Return the height of a work's centre."""
        return self.layout.heights[key] + _TOP

    def left(self, key: str) -> float:
        """Return the left end of a work's box."""
        return self.lefts[self.column[key]]

    def right(self, key: str) -> float:
        """Return the right end of a work's box."""
        return self.left(key) + self.widths[key]


def flow_chart(works: Sequence[Work], ties: Sequence[Tie], title: str) -> Markup:
    """Return the graph; arrows run from a work to the one that builds on it, rivals are dashed."""
    arrows = []
    rivals = []
    for tie in ties:
        if tie.type == "competes-with":
            rivals.append(tie)
        else:
            arrows.append(tie)
    since = _first_year_alone(works, ties)
    frame = _frame(works, year_columns(works, ties, since), arrows)
    has_outside = any(work.outside for work in works)
    marks, width = _legend({_look(tie) for tie in ties}, outside=has_outside)
    # On a page the words above the drawing say the same; where the frame is narrow, this is left out.
    parts = [tag("g", *marks, class_="rekb-chart__legend")]
    # What comes later is drawn above: boxes hide the ends of curves, arrows run over dashed lines.
    parts += _years(works, frame, since)
    for tie in rivals:
        parts.append(_between(tie, _rival(tie, frame)))
    for tie in arrows:
        parts += _arrow(tie, frame)
    for work in works:
        parts.append(_node(work, frame))
    size = (max(frame.rights[-1] + _AFTER, width), frame.layout.height + _TOP + 4)
    return drawing(title, size, parts, role="group", kind="flow")


def drawn_columns(works: Sequence[Work], ties: Sequence[Tie]) -> list[list[str]]:
    """Return the keys of the works as `flow_chart` places them below each other, one list a column."""
    return year_columns(works, ties, _first_year_alone(works, ties))


def _look(tie: Tie) -> str:
    """Return the kind of tie in the legend: to supersede is drawn as to extend."""
    if tie.type == "supersedes":
        return "extends"
    return tie.type


def _first_year_alone(works: Sequence[Work], ties: Sequence[Tie]) -> int:
    """Return the first year with columns of its own, so that the newest are shown whole in the frame."""
    years = sorted({work.year for work in works})
    for since in years[:-1]:
        columns = year_columns(works, ties, since)
        _, _, rights = _places(works, columns)
        if rights[-1] + _AFTER <= _WIDEST:
            return since
    return years[-1]


def year_columns(works: Sequence[Work], ties: Sequence[Tie], since: int = 0) -> list[list[str]]:
    """Return the works by year; a work is right of one of the same year that it builds on.

    Years before `since` stand together in one column.
    """
    year = {work.key: max(work.year, since - 1) for work in works}
    depth = _depths(year, ties, since)
    columns: dict[tuple[int, int], list[str]] = {}
    for key in _neighbourhood(works, ties):
        columns.setdefault((year[key], depth[key]), []).append(key)
    return [columns[place] for place in sorted(columns)]


def _depths(year: Mapping[str, int], ties: Sequence[Tie], since: int) -> dict[str, int]:
    """Return how many columns right of the first of its year each work is."""
    depth = dict.fromkeys(year, 0)
    within = [tie for tie in ties if tie.type in _ARROWS and year[tie.later] == year[tie.earlier]]
    for _ in year:  # as many rounds as the longest chain could have; a circle ends with them
        before = dict(depth)
        for tie in within:
            right_of_earlier = max(depth[tie.later], depth[tie.earlier] + 1)
            if year[tie.later] >= since:
                most = _DEEPEST
            else:
                most = 1
            depth[tie.later] = min(right_of_earlier, most)
        if depth == before:
            break
    return depth


def _neighbourhood(works: Sequence[Work], ties: Sequence[Tie]) -> list[str]:
    """Return all keys so that works with ties follow each other, best connected first."""
    near: dict[str, list[str]] = {work.key: [] for work in works}
    for tie in ties:
        near[tie.later].append(tie.earlier)
        near[tie.earlier].append(tie.later)
    order: list[str] = []
    # Of works with as many ties the key decides, so every run draws the same.
    for start in sorted(near, key=lambda key: (-len(near[key]), key)):
        queue = [start]
        while queue:
            key = queue.pop(0)
            if key not in order:
                order.append(key)
                queue += sorted(near[key])
    return order


def _places(
    works: Sequence[Work], columns: Sequence[Sequence[str]]
) -> tuple[dict[str, float], list[float], list[float]]:
    """Return the widths of the boxes, and the left and right end of each column."""
    widths = {work.key: text_width(fitted(work.name, _NAME)) + 2 * _PAD for work in works}
    lefts: list[float] = []
    rights: list[float] = []
    x = 2.0
    for keys in columns:
        lefts.append(x)
        rights.append(x + max(widths[key] for key in keys))
        x = rights[-1] + _BETWEEN
    return widths, lefts, rights


def _frame(works: Sequence[Work], columns: Sequence[Sequence[str]], arrows: Sequence[Tie]) -> _Frame:
    widths, lefts, rights = _places(works, columns)
    column: dict[str, int] = {}
    for index, keys in enumerate(columns):
        for key in keys:
            column[key] = index
    edges: list[Edge] = []
    for tie in arrows:
        edge = _ends(tie, column)
        if edge and edge not in edges:
            edges.append(edge)
    return _Frame(columns, column, lefts, rights, widths, arrange(columns, edges))


def _ends(tie: Tie, column: Mapping[str, int]) -> Edge | None:
    """Return the left and right end of a tie; None within one column."""
    if column[tie.earlier] == column[tie.later]:
        return None
    if column[tie.earlier] < column[tie.later]:
        return tie.earlier, tie.later
    return tie.later, tie.earlier


def _years(works: Sequence[Work], frame: _Frame, since: int) -> list[Markup]:
    """Return each year above a line over all of its columns."""
    year = {}
    for work in works:
        year[work.key] = str(work.year) if work.year >= since else f"until {since - 1}"
    spans: dict[str, list[int]] = {}
    for index, keys in enumerate(frame.columns):
        spans.setdefault(year[keys[0]], []).append(index)
    parts = []
    for name, columns in spans.items():
        left = frame.lefts[columns[0]]
        right = frame.rights[columns[-1]]
        parts.append(text(left, _TOP - 14, name, "strong"))
        parts.append(line(left, _TOP - 6, right, _TOP - 6))
    return parts


def _node(work: Work, frame: _Frame) -> Markup:
    x = frame.left(work.key)
    y = frame.y(work.key)
    hint = f"{work.title} ({work.year})"
    shape_kind = "node"
    name_kind = "label"
    if work.outside:
        hint += ", of another topic"
        shape_kind = "outside"
        name_kind = "value"
    place = {"x": x, "y": y - _HIGH / 2, "width": frame.widths[work.key], "height": float(_HIGH), "rx": 4.0}
    shape = tag("rect", class_=f"rekb-chart__{shape_kind}", **place)
    name = text(x + _PAD, y + SIZE / 2 - 1.5, fitted(work.name, _NAME), name_kind)
    return tag("a", tag("title", escape(hint)), shape, name, href=work.link, data_work=work.key)


def _arrow(tie: Tie, frame: _Frame) -> list[Markup]:
    kind = _ARROWS[tie.type]
    edge = _ends(tie, frame.column)
    if edge is None:
        return [_between(tie, _arc(tie, frame, kind))]
    left, right = edge
    if tie.later == left:  # stated of a work that is newer: the head is at the left end
        head = f"M{number(frame.right(left))} {number(frame.y(left))}l8 -4v8z"
    else:
        head = f"M{number(frame.left(right))} {number(frame.y(right))}l-8 -4v8z"
    curve = tag("path", class_=f"rekb-chart__{kind}", d=_curve(left, right, frame))
    return [_between(tie, curve, tag("path", class_=f"rekb-chart__{kind.replace('tie', 'head')}", d=head))]


def _between(tie: Tie, *parts: Markup) -> Markup:
    """Return the drawing of a tie with its two works, which a script lights up."""
    return tag("g", *parts, data_one=tie.later, data_other=tie.earlier)


def _curve(left: str, right: str, frame: _Frame) -> str:
    """Return a path from the right edge of one work to the left edge of another, level at both."""
    first = frame.column[left]
    last = frame.column[right]
    y = frame.y(left)
    path = f"M{number(frame.right(left))} {number(y)}H{number(frame.rights[first])}"
    heights = [height + _TOP for height in frame.layout.routes[left, right]]
    heights.append(frame.y(right))
    for column, height in zip(range(first + 1, last + 1), heights, strict=True):
        start = frame.rights[column - 1]
        end = frame.lefts[column]
        half = (start + end) / 2
        path += f"C{number(half)} {number(y)} {number(half)} {number(height)} {number(end)} {number(height)}"
        if column < last:
            path += f"H{number(frame.rights[column])}"
        y = height
    return path


def _arc(tie: Tie, frame: _Frame, kind: str) -> Markup:
    """Return a bow at the right side of a column between two of its works."""
    start = (frame.right(tie.earlier), frame.y(tie.earlier))
    end = (frame.right(tie.later), frame.y(tie.later))
    # Longer bows run further out, so that they do not lie on one another, but never into the next column.
    out = min(8 + abs(end[1] - start[1]) / 9, _BETWEEN / 2 - 2)
    path = _bow(start, end, frame.rights[frame.column[tie.later]] + out)
    return tag("path", class_=f"rekb-chart__{kind}", d=path)


def _rival(tie: Tie, frame: _Frame) -> Markup:
    one, two = sorted((tie.later, tie.earlier), key=lambda key: (frame.column[key], key))
    if frame.column[one] == frame.column[two]:
        return _arc(Tie(two, tie.type, one), frame, "tie-rival")
    start = (frame.right(one), frame.y(one))
    end = (frame.left(two), frame.y(two))
    path = _bow(start, end, (start[0] + end[0]) / 2)
    return tag("path", class_="rekb-chart__tie-rival", d=path)


def _bow(start: tuple[float, float], end: tuple[float, float], through: float) -> str:
    x0, y0 = map(number, start)
    x1, y1 = map(number, end)
    by = number(through)
    return f"M{x0} {y0}C{by} {y0} {by} {y1} {x1} {y1}"


def _legend(kinds: Collection[str], *, outside: bool) -> tuple[list[Markup], float]:
    """Return the marks of the kinds of ties that are drawn, and where they end."""
    parts: list[Markup] = []
    x = 2.0
    for kind, words in _LEGEND.items():
        if kind not in kinds:
            continue
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
