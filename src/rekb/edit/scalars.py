"""One value as YAML text: plain where that is safe for every reader, else double-quoted; prose folded."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml

from rekb.yamlio.events import is_text, plain

WIDTH = 110
"""Columns within which prose is wrapped."""

# The signs to which YAML gives a meaning at the beginning of a text, and `=` `<` `~` `.` of YAML 1.1.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~.")
_ENDS_TEXT = re.compile(r"[\n\t]|: | #")
"""What ends a line or a word, begins a value, or begins a comment."""
_SIGN_OF_FLOW = re.compile(r"[,\[\]{}:?]")
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
# Markdown: a line that begins a list or a quotation must stay a line.
_LIST_LINE = re.compile(r"^\s*(?:[-*+>]|\d+[.)])\s", re.MULTILINE)


def quoted(text: str) -> str:
    """Return text in double quotes, on one line."""
    return f'"{text.translate(_ESCAPES)}"'


def scalar(value: Any, *, flow: bool) -> str:
    """Return a value that is not a list or mapping.

    Args:
        value: text, number or true/false.
        flow: whether it is inside brackets or braces.
    """
    if not isinstance(value, str):
        return plain(value)
    if _is_plain(value, flow=flow):
        return value
    return quoted(value)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text needs no quotes: it has no sign of YAML where it would be read as one."""
    # YAML drops white space around a text without quotes.
    if not text or text != text.strip():
        return False
    # A colon behind a text makes it the name of a field.
    if text[0] in _INDICATORS or text.endswith(":"):
        return False
    if _ENDS_TEXT.search(text):
        return False
    # Inside brackets and braces, YAML gives more signs a meaning.
    if flow and _SIGN_OF_FLOW.search(text):
        return False
    return is_text(text) and _is_text_elsewhere(text)


def _is_text_elsewhere(text: str) -> bool:
    """Whether readers of YAML 1.1 take it for text too; they read `no` and `1:30` as something else."""
    patterns = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return not any(pattern.match(text) for _, pattern in patterns)


def prose(text: str, indent: int, *, markdown: bool) -> list[str]:
    """Return what comes behind a field's colon for paragraphs: a style, and below it the indented lines.

    Args:
        text: the paragraphs.
        indent: how far they are indented.
        markdown: whether lists, and lines that were broken by hand, keep their lines; else all is folded.
    """
    lines = text.split("\n")
    width = WIDTH - indent
    begins_or_ends_empty = not lines[0] or not lines[-1]
    has_loose_spaces = any(line != line.strip() for line in lines)
    # YAML's block styles drop empty lines at the end, and `>-` changes lines that begin with a space.
    if begins_or_ends_empty or (has_loose_spaces and not markdown):
        return [quoted(text)]
    if has_loose_spaces or (markdown and _keeps_lines(lines, width)):
        return ["|-", *_indented(lines, indent)]
    return [">-", *_indented(_folded(lines, width), indent)]


def _indented(lines: list[str], indent: int) -> Iterator[str]:
    """Yield lines further right; an empty one stays empty, as editors leave no space at the end of lines."""
    for line in lines:
        if line:
            yield " " * indent + line
        else:
            yield ""


def _keeps_lines(lines: list[str], width: int) -> bool:
    """Whether the lines of a Markdown text were broken by hand, or must stay apart as those of a list do."""
    fits_as_it_is = max(map(len, lines)) <= width
    if len(lines) > 1 and fits_as_it_is:
        return True
    # Folded, each of these breaks would need an empty line, and a reader of the file would see paragraphs.
    for line, following in pairwise(lines):
        if line and following:
            return True
    return any(_LIST_LINE.search(line) for line in lines)


def _folded(lines: list[str], width: int) -> list[str]:
    """Wrap each line; a line break of the text becomes one empty line more."""
    folded: list[str] = []
    for number, line in enumerate(lines):
        if number:
            folded.append("")
        if line:
            folded += _wrapped(line, width)
    return folded


def _wrapped(line: str, width: int) -> list[str]:
    """Break a line at single spaces, as late as fits; a word longer than the width is a line of its own."""
    rows: list[str] = []
    # YAML folds one line end into one space: more spaces than one would be lost, so no line ends there.
    for word in _BREAK.split(line):
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows
