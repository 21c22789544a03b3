"""Write a value in the canonical style, comments above the fields they belong to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from rekb.edit.scalars import prose, quoted, scalar
from rekb.edit.style import field_order, is_day, is_markdown, is_prose, is_quoted, on_one_line
from rekb.model.levels import DEFAULT_LEVELS, ReadingLevels
from rekb.yamlio.document import Path_


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the value of one file; knows its model and its comments."""

    kind: type[BaseModel]
    comments: dict[Path_, list[str]] = field(default_factory=dict)
    levels: ReadingLevels = DEFAULT_LEVELS
    """The levels of the knowledge base, whose order the texts of a summary have."""

    def lines(self, value: Any, path: Path_ = (), indent: int = 0) -> Iterator[str]:
        """Yield the lines of a list or mapping, indented."""
        if isinstance(value, dict):
            for name in field_order(path, self.kind, value, self.levels):
                yield from self._above((*path, name), indent)
                yield from self._field(value[name], (*path, name), indent)
        else:
            for number, child in enumerate(value):
                yield from self._above((*path, number), indent)
                yield from self._element(child, (*path, number), indent)

    def _above(self, path: Path_, indent: int) -> Iterator[str]:
        """Yield the lines of the comments above a value."""
        pad = " " * indent
        for text in self.comments.get(path, ()):
            yield f"{pad}{text}"

    def _field(self, value: Any, path: Path_, indent: int) -> Iterator[str]:
        head = f"{' ' * indent}{path[-1]}:"
        if self.is_block(value, path):
            yield head
            yield from self.lines(value, path, indent + 2)
        else:
            first, *rest = self._inline(value, path, indent + 2)
            yield f"{head} {first}"
            yield from rest

    def _element(self, value: Any, path: Path_, indent: int) -> Iterator[str]:
        pad = " " * indent
        if not self.is_block(value, path):
            head, *rest = self._inline(value, path, indent + 2)
            yield f"{pad}- {head}"
            yield from rest
            return
        lines = list(self.lines(value, path, indent + 2))
        # A comment on the first field is above the hyphen, behind which that field follows.
        first = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (f"{pad}{comment.lstrip()}" for comment in lines[:first])
        yield f"{pad}- {lines[first].lstrip()}"
        yield from lines[first + 1 :]

    def is_block(self, value: Any, path: Path_) -> bool:
        """Whether a value is a list or mapping that takes several lines."""
        if not isinstance(value, dict | list):
            return False
        if not value:
            return False
        return not on_one_line(path, self.kind)

    def _inline(self, value: Any, path: Path_, indent: int) -> list[str]:
        if isinstance(value, str) and is_prose(path):
            return prose(value, indent, markdown=is_markdown(path, self.kind, self.levels))
        return [self._flow(value, path, flow=False)]

    def _flow(self, value: Any, path: Path_, *, flow: bool = True) -> str:
        """Return a value on one line."""
        if isinstance(value, dict):
            names = field_order(path, self.kind, value, self.levels)
            fields = (f"{name}: {self._flow(value[name], (*path, name))}" for name in names)
            return f"{{{', '.join(fields)}}}"
        if isinstance(value, list):
            return f"[{', '.join(self._flow(v, (*path, n)) for n, v in enumerate(value))}]"
        if isinstance(value, str) and is_quoted(path, self.kind):
            return quoted(value)
        if is_day(path):
            day: str = value
            return day
        return scalar(value, flow=flow)

    def own_lines(self, value: Any, path: Path_ = ()) -> Iterator[Path_]:
        """Yield the paths that begin a line of their own."""
        for part, child in _parts(value):
            yield (*path, part)
            if self.is_block(child, (*path, part)):
                yield from self.own_lines(child, (*path, part))


def _parts(value: Any) -> Iterable[tuple[Any, Any]]:
    """Return what a mapping or list holds, each part behind its name or number."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value)
