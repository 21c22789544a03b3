"""A data file as read: its value, its text, and where each part of the value is in the text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rekb.diagnostics import Diagnostic, Place

Path_ = tuple[str | int, ...]
"""The way to a part of the value: field names and list positions."""


Locate = Callable[[Path_, bool], tuple[int, int]]
"""What returns the position of the value (or key) at a path, else of its nearest existing ancestor."""


class SourceMap:
    """Path inside the data to (line, column), both from 1; keys and values apart.

    Most files have no finding, so positions may be found only once somebody asks for the first of them.
    """

    __slots__ = ("_find", "_keys", "_one", "_values", "written")

    def __init__(self, find: "Callable[[], SourceMap] | None" = None, one: "Locate | None" = None) -> None:
        """Begin an empty map, or one that `find` fills when it is asked; `one` finds one place alone."""
        self._find = find
        self._one = one
        self._keys: dict[Path_, tuple[int, int]] = {}
        self._values: dict[Path_, tuple[int, int]] = {}
        self.written: dict[Path_, str] = {}
        """The text of unquoted values that would be written otherwise: ``2205.14130``, ``0x1F``, ``TRUE``."""

    @property
    def values(self) -> dict[Path_, tuple[int, int]]:
        """The places of values."""
        self._fill()
        return self._values

    @property
    def keys(self) -> dict[Path_, tuple[int, int]]:
        """The places of the names of fields."""
        self._fill()
        return self._keys

    def _fill(self) -> None:
        if self._find is not None:
            found = self._find()
            self._find = None
            self._keys, self._values = found.keys, found.values

    def locate(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Return the position of the value (or key) at `path`, else of its nearest existing ancestor."""
        if self._find is not None and self._one is not None:
            # To find all places takes longer, so it is left until all are asked for.
            return self._one(path, key)
        preferred = [self.values, self.keys]
        if key:
            preferred.reverse()
        while path:
            for places in preferred:
                if path in places:
                    return places[path]
            path = path[:-1]
        return self.values.get((), (1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """One data file as read: its value, where each part is, and its text."""

    path: str
    """Path as shown to people: relative to the root, with ``/``."""
    value: Any
    source_map: SourceMap
    text: str
    parsed: bool = True
    """False when the text could not be read as a value; it is kept to show lines of it."""

    def place(self, path: Path_ = (), *, key: bool = False) -> Place:
        """Return where `path` is in the file."""
        return Place(self.path, *self.source_map.locate(path, key=key))

    def line(self, number: int) -> str:
        """Return a line of the text, counted from 1; empty where there is none."""
        # YAML and editors end a line at a line feed alone; `splitlines` would count other signs, too.
        lines = self.text.split("\n")
        return lines[number - 1] if number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: a document, or none, and the faults met on the way."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]


def dotted(path: Path_) -> str:
    """Write a path as people do: ``("records", 0, "arxiv")`` is ``records[0].arxiv``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif text:
            text += f".{part}"
        else:
            text = part
    return text
