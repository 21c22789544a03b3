"""A change that is certain: a value put in place, or a list put in order; comments go along."""

from collections.abc import Callable, Iterable, Mapping
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

    def described(self, before: Any) -> str:
        """Return it as a person would say it; `before` is the file's value so far."""
        where = dotted(self.path)
        if self.order is not None:
            return self._reordered(where, len(inside(before, self.path)))
        old = inside(before, self.path)
        if old is None:
            return f"{where}: {self.value} added"
        return f"{where}: {old} -> {self.value}"

    def _reordered(self, where: str, length: int) -> str:
        """Return what becomes of a list of this length."""
        dropped = without(self.order or (), length)
        if dropped:
            shown = ", ".join(f"{where}[{n}]" for n in dropped)
            return f"{shown} taken out"
        return f"{where}: put in order"

    def apply(self, value: Any) -> None:
        """Carry it out inside a file's value."""
        *way, last = self.path
        target = inside(value, tuple(way))
        if self.order is None:
            target[last] = self.value
        # An empty list would be a fault, or say that nothing is needed: the field goes with its last.
        elif self.order:
            target[last] = [target[last][n] for n in self.order]
        else:
            del target[last]

    def mover(self) -> Callable[[Path_], Path_] | None:
        """Return what says where a part of the value is afterwards; what was dropped is at its list."""
        if self.order is None:
            return None
        depth = len(self.path)
        places = {old: new for new, old in enumerate(self.order)}

        def moved(path: Path_) -> Path_:
            if path[:depth] != self.path or len(path) == depth:
                return path
            here = path[depth]
            if not isinstance(here, int) or here not in places:
                return self.path
            return (*self.path, places[here], *path[depth + 1 :])

        return moved


def inside(value: Any, path: Path_) -> Any:
    """Return the part of a value at a path, or None where there is none."""
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list):
            value = _element(value, part)
        else:
            return None
    return value


def _element(values: list[Any], number: str | int) -> Any:
    if isinstance(number, int) and number < len(values):
        return values[number]
    return None


def without(places: Iterable[int], length: int) -> tuple[int, ...]:
    """Return the order of a list from which some places are dropped."""
    dropped = set(places)
    found: list[int] = []
    for n in range(length):
        if n not in dropped:
            found.append(n)
    return tuple(found)
