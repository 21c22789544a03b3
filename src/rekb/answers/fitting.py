"""Answers that stay small: JSON of at most 1,500 bytes, and how to get what did not fit."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rekb.errors import RekbError
from rekb.text import visible

LIMIT = 1500
"""Bytes of an answer, in UTF-8."""
LINE = 500
"""Bytes of one line of an answer at most: with the longest head it still fits."""
_TITLE = 200
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a head, and of the lines as many as fit."""

    head: Mapping[str, Any]
    lines: Sequence[Any]
    shape: Callable[[Sequence[Any]], Mapping[str, Any]]
    """Returns lines as fields of the answer."""
    offset: int = 0
    """How many lines came before."""

    def text(self) -> str:
        """Return the answer as JSON.

        Raises:
            RekbError: for an offset behind the last line.
        """
        total = len(self.lines)
        # From the beginning, no lines at all are a right answer.
        if self.offset and self.offset >= total:
            raise RekbError(f"offset {self.offset} is behind the end: there are {total} lines")
        end = self.offset
        fitting = self._json(end)
        while end < total:
            longer = self._json(end + 1)
            if len(longer.encode()) > LIMIT:
                break
            fitting = longer
            end += 1
        return fitting

    def _json(self, end: int) -> str:
        fields = {**self.head, **self.shape(self.lines[self.offset : end])}
        left = len(self.lines) - end
        if left:
            fields["rest"] = f"{left} more: the same call with offset {end}"
        # As an escape, `é` would take six bytes in place of two.
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def listed(name: str) -> Callable[[Sequence[Any]], Mapping[str, Any]]:
    """Return the shape of a list under one name."""
    return lambda lines: {name: list(lines)}


def grouped(lines: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """Return lines under their headings."""
    found: dict[str, list[str]] = {}
    for heading, text in lines:
        found.setdefault(heading, []).append(text)
    return found


def size(text: str) -> int:
    """Return how many bytes a text takes inside an answer."""
    # JSON writes a quotation mark or a backslash as two signs.
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def shortened(text: str, most: int = _TITLE) -> str:
    """Return a text on one line of at most so many bytes; an ellipsis says that it was cut."""
    whole = visible(text)
    if size(whole) <= most:
        return whole
    first = next(pieces(whole, most - size(_CUT)))
    return f"{first.rstrip()}{_CUT}"


def pieces(text: str, most: int = LINE) -> Iterator[str]:
    """Yield a text in pieces of at most so many bytes, cut behind a space where there is one."""
    rest = text
    while size(rest) > most:
        end = _end(rest, most)
        space = rest.rfind(" ", 0, end) + 1
        end = space or end
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


def _end(text: str, most: int) -> int:
    """Return how many characters of a text take at most so many bytes."""
    bytes_taken = 0
    for place, character in enumerate(text):
        bytes_taken += size(character)
        if bytes_taken > most:
            return place
    return len(text)
