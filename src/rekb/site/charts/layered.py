"""Places for the works of a graph read from left to right: few crossings, nothing on top of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 12
_NODE_GAP, _BEND_GAP = 34.0, 13.0
"""Distance of the centre of a work, or of the bend of a line that passes, to the next."""

Edge = tuple[str, str]
"""The ids at the left and right end."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in rows counted from 0 at the top."""

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

    def near(self, towards_right: bool) -> dict[str, list[str]]:  # noqa: FBT001 - one of two sides
        return self.left if towards_right else self.right


def arrange(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> Layout:
    """Place works that stand in given columns; every edge leads to a column further right.

    Lines over several columns get a place of their own in each column between. The order in a column is that
    of the neighbours' middles, swept to and fro; of all orders seen the one with the fewest crossings stays.
    """
    grid = _grid(columns, edges)
    best = [list(column) for column in grid.columns]
    fewest = _crossings(grid)
    for sweep in range(_SWEEPS):
        _sweep(grid, towards_right=sweep % 2 == 0)
        found = _crossings(grid)
        if found < fewest:
            fewest, best = found, [list(column) for column in grid.columns]
    grid.columns = best
    heights = _heights(grid)
    lowest = min(heights.values(), default=0.0)
    heights = {name: y - lowest + _NODE_GAP / 2 for name, y in heights.items()}
    routes = {edge: tuple(heights[bend] for bend in bends) for edge, bends in grid.bends.items()}
    return Layout(heights, routes, max(heights.values(), default=0.0) + _NODE_GAP / 2)


def _grid(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> _Grid:
    place = {name: index for index, column in enumerate(columns) for name in column}
    grid = _Grid([list(column) for column in columns], {}, {}, {})
    for number, edge in enumerate(edges):
        between = range(place[edge[0]] + 1, place[edge[1]])
        grid.bends[edge] = [f"{number}/{column}" for column in between]
        for column, bend in zip(between, grid.bends[edge], strict=True):
            grid.columns[column].append(bend)
        chain = [edge[0], *grid.bends[edge], edge[1]]
        for one, next_ in pairwise(chain):
            grid.right.setdefault(one, []).append(next_)
            grid.left.setdefault(next_, []).append(one)
    return grid


def _sweep(grid: _Grid, *, towards_right: bool) -> None:
    order = range(1, len(grid.columns)) if towards_right else range(len(grid.columns) - 2, -1, -1)
    near = grid.near(towards_right)
    for index in order:
        beside = grid.columns[index - 1 if towards_right else index + 1]
        share = {name: (n + 0.5) / len(beside) for n, name in enumerate(beside)}
        column = grid.columns[index]
        own = {name: (n + 0.5) / len(column) for n, name in enumerate(column)}
        middle = {name: _mean([share[o] for o in near.get(name, [])], own[name]) for name in column}
        grid.columns[index] = sorted(column, key=lambda name: (middle[name], own[name]))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(grid: _Grid) -> int:
    total = 0
    for one, next_ in pairwise(grid.columns):
        place = {name: n for n, name in enumerate(next_)}
        ends = [sorted(place[other] for other in grid.right.get(name, [])) for name in one]
        flat = [(n, end) for n, found in enumerate(ends) for end in found]
        total += sum(a < b and y > z for i, (a, y) in enumerate(flat) for b, z in flat[i + 1 :])
    return total


def _heights(grid: _Grid) -> dict[str, float]:
    """Return heights that draw neighbours level, keep each column's order and keep everything apart."""
    heights: dict[str, float] = {}
    for column in grid.columns:
        rooms = _rooms(column)
        shift = -rooms[-1] / 2 if rooms else 0.0
        heights |= {name: room + shift for name, room in zip(column, rooms, strict=True)}
    for sweep in range(_SWEEPS):
        columns = grid.columns if sweep % 2 == 0 else grid.columns[::-1]
        for column in columns:
            wanted = []
            for name in column:
                near = [heights[o] for side in (grid.left, grid.right) for o in side.get(name, [])]
                wanted.append(_mean(near, heights[name]))
            heights |= dict(zip(column, _apart(wanted, _rooms(column)), strict=True))
    return heights


def _rooms(column: Sequence[str]) -> list[float]:
    """Return the least height of each in a column, the first at 0."""
    halves = [(_BEND_GAP if "/" in name else _NODE_GAP) / 2 for name in column]
    rooms, at = [], 0.0
    for index, half in enumerate(halves):
        at += half + halves[index - 1] if index else 0.0
        rooms.append(at)
    return rooms


def _apart(wanted: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """Return the heights nearest to the wanted ones that keep the rooms' distances (isotonic regression)."""
    blocks: list[tuple[float, int]] = []
    for want, room in zip(wanted, rooms, strict=True):
        mean, size = want - room, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    free = [mean for mean, size in blocks for _ in range(size)]
    return [value + room for value, room in zip(free, rooms, strict=True)]
