"""The comments of a data file: what they say, and which field they stand at."""

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
    """A comment: its text with the `#`, where it stands, and whether something stands before it."""

    text: str
    line: int
    column: int
    trailing: bool


def comments(text: str) -> list[Comment]:
    """Return the comments of a text that is known to be YAML, in order."""
    spans, flows = _spans(text)
    found = []
    for start in _starts(text, spans):
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        words = text[start : end if end >= 0 else None].rstrip()
        inside = any(first < start < last for first, last in flows)
        trailing = inside or bool(text[begin:start].strip())
        found.append(Comment(words, text.count("\n", 0, start) + 1, start - begin + 1, trailing))
    return found


def _spans(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where scalars stand, in order, and where lists and mappings in brackets do."""
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
                flows.append((first, end))
    return scalars, flows


def _content_start(style: str | None, start: int, end: int, text: str) -> int:
    """Return where a scalar begins, without the line of a block scalar's style, which can hold a comment."""
    if style not in ("|", ">"):
        return start
    line_end = text.find("\n", start)
    return line_end if 0 <= line_end < end else end


def _starts(text: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Yield where comments begin in the gaps between scalars."""
    edges = [(0, 0), *spans, (len(text), len(text))]
    for (_, start), (end, _) in pairwise(edges):
        position = start
        while (position := text.find("#", position, end)) >= 0:
            if position == 0 or text[position - 1] in " \t\n":
                yield position
                line_end = text.find("\n", position)
                position = line_end if line_end >= 0 else end
            else:
                position += 1


@dataclass(frozen=True, slots=True)
class Placed:
    """Comments by the field or list element that they stand above, and those below everything."""

    above: dict[Path_, list[str]]
    below: list[str]

    def everything(self) -> list[str]:
        """Return the texts of all comments, sorted."""
        return sorted([*self.below, *(text for texts in self.above.values() for text in texts)])


def place(document: Document, own_lines: set[Path_]) -> Placed:
    """Find the field that each comment stands at; the line that names the schema is no comment.

    Args:
        document: the file.
        own_lines: the fields and list elements that begin a line of their own when written.
    """
    starts = sorted((_position(document, path), len(path), path) for path in own_lines)
    inner = [(_position(document, path), path) for path in document.source_map.values if path]
    above: dict[Path_, list[str]] = {}
    below: list[str] = []
    for comment in comments(document.text):
        if comment.text.startswith(SCHEMA_MARK):
            continue
        here = (comment.line, comment.column)
        before = [path for position, _, path in starts if position <= here][-1:]
        after = [path for position, _, path in starts if position > here][:1]
        inside = any(_holds(before, path) and position > here for position, path in inner)
        collapsed = inside and not (after and _holds(before, after[0]))
        chosen = before if before and (comment.trailing or collapsed) else after
        if chosen:
            above.setdefault(chosen[0], []).append(comment.text)
        else:
            below.append(comment.text)
    return Placed(above, below)


def _holds(above: list[Path_], path: Path_) -> bool:
    return any(path[: len(outer)] == outer for outer in above)


def _position(document: Document, path: Path_) -> tuple[int, int]:
    return document.source_map.locate(path, key=isinstance(path[-1], str))
