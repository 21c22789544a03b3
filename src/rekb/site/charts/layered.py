"""Places for the works of a graph read from left to right: few crossings, nothing on top of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

_SWEEPS = 12
"""How often the columns are gone through, to and fro."""
_NODE_GAP = 34.0
"""Distance of the centre of a work to the next."""
_BEND_GAP = 13.0
"""Distance of the bend of a line that passes to the next."""

Edge = tuple[str, str]
"""The ids at the left and right end."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in rows counted from 0 at the top."""

    heights: Mapping[str, float]
    """Id of a work to the height of its centre."""
    routes: Mapping[Edge, tuple[float, ...]]
    """Edge to the heights at which it passes the columns between its ends."""
    height: float
    """Height of it all."""


@dataclass(slots=True)
class _Grid:
    """The columns while they are being put in order."""

    columns: list[list[str]]
    left: dict[str, list[str]]
    right: dict[str, list[str]]
    bends: dict[Edge, list[str]]

    def copied_columns(self) -> list[list[str]]:
        """Return the columns in their present order."""
        found: list[list[str]] = []
        for column in self.columns:
            found.append(list(column))
        return found


def arrange(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> Layout:
    """Place works that stand in given columns; every edge leads to a column further right.

    Lines over several columns get a place of their own in each column between. The order in a column is that
    of the neighbours' middles, swept to and fro; of all orders seen the one with the fewest crossings stays.
    """
    grid = _grid(columns, edges)
    best = grid.copied_columns()
    fewest = _crossings(grid)
    for sweep in range(_SWEEPS):
        if sweep % 2 == 0:
            _sweep_right(grid)
        else:
            _sweep_left(grid)
        crossings = _crossings(grid)
        if crossings < fewest:
            fewest = crossings
            best = grid.copied_columns()
    grid.columns = best
    return _layout(grid)


def _layout(grid: _Grid) -> Layout:
    middles = _heights(grid)
    margin = _NODE_GAP / 2
    lowest = min(middles.values(), default=0.0)
    heights = {}
    for name, middle in middles.items():
        heights[name] = middle - lowest + margin
    routes = {}
    for edge, bends in grid.bends.items():
        routes[edge] = tuple(map(heights.__getitem__, bends))
    return Layout(heights, routes, max(heights.values(), default=0.0) + margin)


def _grid(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> _Grid:
    grid = _Grid([list(column) for column in columns], {}, {}, {})
    place: dict[str, int] = {}
    for index, column in enumerate(columns):
        for name in column:
            place[name] = index
    for number, edge in enumerate(edges):
        left, right = edge
        bends = []
        for index in range(place[left] + 1, place[right]):
            bend = f"{number}/{index}"  # ids of works hold no slash
            bends.append(bend)
            grid.columns[index].append(bend)
        grid.bends[edge] = bends
        for one, next_ in pairwise([left, *bends, right]):
            grid.right.setdefault(one, []).append(next_)
            grid.left.setdefault(next_, []).append(one)
    return grid


def _sweep_right(grid: _Grid) -> None:
    for index in range(1, len(grid.columns)):
        grid.columns[index] = _ordered(grid.columns[index], grid.columns[index - 1], grid.left)


def _sweep_left(grid: _Grid) -> None:
    for index in range(len(grid.columns) - 2, -1, -1):
        grid.columns[index] = _ordered(grid.columns[index], grid.columns[index + 1], grid.right)


def _ordered(column: Sequence[str], beside: Sequence[str], near: Mapping[str, list[str]]) -> list[str]:
    """Return a column by the middle of each one's neighbours in the column beside it."""
    share_beside = _shares(beside)
    share = _shares(column)
    middle: dict[str, float] = {}
    for name in column:
        # What has no neighbours keeps its share of the height.
        middle[name] = _mean([share_beside[other] for other in near.get(name, [])], share[name])
    return sorted(column, key=lambda name: (middle[name], share[name]))


def _shares(column: Sequence[str]) -> dict[str, float]:
    """Return at what share of the height each of a column is, as columns are of different lengths."""
    found: dict[str, float] = {}
    for number, name in enumerate(column):
        found[name] = (number + 0.5) / len(column)
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    if not values:
        return otherwise
    return sum(values) / len(values)


def _crossings(grid: _Grid) -> int:
    total = 0
    for left_column, right_column in pairwise(grid.columns):
        place = {name: number for number, name in enumerate(right_column)}
        lines: list[tuple[int, int]] = []
        for number, name in enumerate(left_column):
            ends = [place[other] for other in grid.right.get(name, [])]
            for end in sorted(ends):
                lines.append((number, end))
        total += _crossings_of(lines)
    return total


def _crossings_of(lines: Sequence[tuple[int, int]]) -> int:
    """Count the pairs of lines that cross; lines are given by their two ends, sorted."""
    total = 0
    for (start, end), (other_start, other_end) in combinations(lines, 2):
        # Two lines cross where their ends are the other way round than their starts.
        if start < other_start and end > other_end:
            total += 1
    return total


def _heights(grid: _Grid) -> dict[str, float]:
    """Return heights that draw neighbours level, keep each column's order and keep everything apart."""
    heights: dict[str, float] = {}
    for column in grid.columns:
        rooms = _rooms(column)
        for name, room in zip(column, rooms, strict=True):
            heights[name] = room - rooms[-1] / 2
    columns = grid.columns
    for _ in range(_SWEEPS):
        for column in columns:
            wanted = [_level_with_neighbours(grid, name, heights) for name in column]
            heights |= dict(zip(column, _apart(wanted, _rooms(column)), strict=True))
        columns = columns[::-1]
    return heights


def _level_with_neighbours(grid: _Grid, name: str, heights: Mapping[str, float]) -> float:
    neighbours = (*grid.left.get(name, ()), *grid.right.get(name, ()))
    return _mean([heights[other] for other in neighbours], heights[name])


def _rooms(column: Sequence[str]) -> list[float]:
    """Return the least height of each in a column, the first at 0."""
    rooms: list[float] = []
    at = 0.0
    before = 0.0
    for name in column:
        half = _gap(name) / 2
        if rooms:
            at += half + before
        rooms.append(at)
        before = half
    return rooms


def _gap(name: str) -> float:
    if "/" in name:  # a bend
        return _BEND_GAP
    return _NODE_GAP


def _apart(wanted: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """Return the heights nearest to the wanted ones that keep the rooms' distances (isotonic regression)."""
    blocks: list[tuple[float, int]] = []
    for want, room in zip(wanted, rooms, strict=True):
        mean = want - room
        size = 1
        # A block that wants to stand above the one before it would overtake it: the two become one.
        while blocks and blocks[-1][0] > mean:
            mean_before, size_before = blocks.pop()
            mean = (mean_before * size_before + mean * size) / (size_before + size)
            size += size_before
        blocks.append((mean, size))
    free: list[float] = []
    for mean, size in blocks:
        free.extend([mean] * size)
    return [value + room for value, room in zip(free, rooms, strict=True)]
