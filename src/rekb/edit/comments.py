"""The comments of a data file: what they say, and which field they belong to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from rekb.yamlio.document import Document, Path_
from rekb.yamlio.events import LOADER

SCHEMA_MARK = "# yaml-language-server:"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text with the `#`, where it is, and whether something is before it."""

    text: str
    line: int
    column: int
    trailing: bool


def comments(text: str) -> list[Comment]:
    """Return the comments of a text that is known to be YAML, in order."""
    # PyYAML throws comments away while it reads, so they are looked for between the values.
    spans, flows = _spans(text)
    found = []
    line, counted = 1, 0
    for start in _starts(text, spans):
        line += text.count("\n", counted, start)
        counted = start
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        words = text[start : end if end >= 0 else None].rstrip()
        trailing = _is_inside(flows, start) or bool(text[begin:start].strip())
        found.append(Comment(words, line, start - begin + 1, trailing))
    return found


def _is_inside(flows: list[tuple[int, int]], place: int) -> bool:
    number = bisect_left(flows, (place, 0))
    if number <= 0:
        return False
    return place < flows[number - 1][1]


def _spans(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where scalars stand, and where the outermost lists and mappings in brackets do; in order."""
    scalars: list[tuple[int, int]] = []
    flows: list[tuple[int, int]] = []
    opened: list[int] = []
    events: Iterable[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        start, end = event.start_mark.index, event.end_mark.index
        match event:
            case yaml.ScalarEvent():
                scalars.append((_content_start(event.style, start, end, text), end))
            case yaml.CollectionStartEvent():
                opened.append(start if event.flow_style else -1)
            case yaml.CollectionEndEvent() if (first := opened.pop()) >= 0:
                while flows and flows[-1][0] > first:
                    # It is inside this one, and only the outermost count.
                    flows.pop()
                flows.append((first, end))
    return scalars, flows


def _content_start(style: str | None, start: int, end: int, text: str) -> int:
    """Return where a scalar begins, without the line of a block scalar's style, which can hold a comment."""
    if style not in ("|", ">"):
        return start
    line_end = text.find("\n", start)
    if 0 <= line_end < end:
        return line_end
    return end


def _starts(text: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Yield where comments begin in the gaps between scalars."""
    edges = [(0, 0), *spans, (len(text), len(text))]
    for (_, start), (end, _) in pairwise(edges):
        position = start
        while (position := text.find("#", position, end)) >= 0:
            # In YAML `#` begins a comment only at the start of a line or behind white space.
            if position == 0 or text[position - 1] in " \t\n":
                yield position
                line_end = text.find("\n", position)
                if line_end >= 0:
                    position = line_end
                else:
                    position = end
            else:
                position += 1


@dataclass(frozen=True, slots=True)
class Placed:
    """Comments by the field or list element that they are above, and those below everything."""

    above: dict[Path_, list[str]]
    below: list[str]

    def everything(self) -> list[str]:
        """Return the texts of all comments, sorted."""
        found = list(self.below)
        for texts in self.above.values():
            found.extend(texts)
        return sorted(found)


def place(document: Document, own_lines: set[Path_]) -> Placed:
    """Find the field that each comment belongs to; the line that names the schema is no comment.

    Args:
        document: the file.
        own_lines: the fields and list elements that begin a line of their own when written.
    """
    found = []
    for comment in comments(document.text):
        if not comment.text.startswith(SCHEMA_MARK):
            found.append(comment)
    if not found:
        return Placed({}, [])  # as nearly always
    starts = [(_position(document, path), len(path), path) for path in own_lines]
    # Paths hold names and numbers, which Python cannot compare, so they are no part of the key.
    starts.sort(key=lambda start: start[:2])
    positions = [position for position, _, _ in starts]
    ends = _last_positions(document, own_lines)
    above: dict[Path_, list[str]] = {}
    below: list[str] = []
    for comment in found:
        here = (comment.line, comment.column)
        number = bisect_right(positions, here)
        if number:
            before = starts[number - 1][2]
        else:
            before = None
        if number < len(starts):
            after = starts[number][2]
        else:
            after = None
        # A comment inside what will be written on one line goes above that line.
        is_collapsed = before in ends and ends[before] > here and not _is_below(after, before)
        chosen = before if before and (comment.trailing or is_collapsed) else after
        if chosen:
            above.setdefault(chosen, []).append(comment.text)
        else:
            below.append(comment.text)
    return Placed(above, below)


def _last_positions(document: Document, own_lines: set[Path_]) -> dict[Path_ | None, tuple[int, int]]:
    """Return where the last part of each of these fields and elements is."""
    last: dict[Path_ | None, tuple[int, int]] = {}
    for path in document.source_map.values:
        if path:
            position = _position(document, path)
        else:
            position = (1, 1)
        for depth in range(1, len(path) + 1):
            outer = path[:depth]
            if outer in own_lines:
                last[outer] = max(last.get(outer, position), position)
    return last


def _is_below(path: Path_ | None, outer: Path_ | None) -> bool:
    """Whether a part of the data is another one, or inside it."""
    if path is None:
        return False
    if outer is None:
        return False
    return path[: len(outer)] == outer


def _position(document: Document, path: Path_) -> tuple[int, int]:
    return document.source_map.locate(path, key=isinstance(path[-1], str))
