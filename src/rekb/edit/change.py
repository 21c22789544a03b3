"""A change that is certain: a value put in place, or a list put in order; comments go along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rekb.yamlio.document import Path_, dotted


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file, and the rule that asks for it."""

    rule: str
    path: Path_
    value: Any = None
    """What is put there; unused where a list is put in order."""
    order: tuple[int, ...] | None = None
    """For a list: the old places of its new elements; places left out are dropped."""

    def told(self, before: Any) -> str:
        """Return it as a person would say it; `before` is the file's value so far."""
        where = dotted(self.path)
        if self.order is None:
            old = inside(before, self.path)
            return f"{where}: {old} -> {self.value}" if old is not None else f"{where}: {self.value} added"
        dropped = [n for n in range(len(inside(before, self.path))) if n not in self.order]
        shown = ", ".join(f"{where}[{n}]" for n in dropped)
        return f"{shown} taken out" if dropped else f"{where}: put in order"

    def apply(self, value: Any) -> None:
        """Carry it out inside a file's value."""
        *way, last = self.path
        target = inside(value, tuple(way))
        if self.order is None:
            target[last] = self.value
        elif self.order:
            target[last] = [target[last][n] for n in self.order]
        else:
            del target[last]

    def moved(self, path: Path_) -> Path_:
        """Return where a part of the value stands afterwards; what was dropped is where its list is."""
        depth = len(self.path)
        if self.order is None or path[:depth] != self.path or len(path) == depth:
            return path
        here = path[depth]
        if not isinstance(here, int) or here not in self.order:
            return self.path
        return (*self.path, self.order.index(here), *path[depth + 1 :])


def inside(value: Any, path: Path_) -> Any:
    """Return the part of a value at a path, or None where there is none."""
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def without(places: list[int], length: int) -> tuple[int, ...]:
    """Return the order of a list from which some places are dropped."""
    return tuple(n for n in range(length) if n not in places)
