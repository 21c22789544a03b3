"""One value as YAML text: plain where that is safe for every reader, else double-quoted; prose folded."""

import re
from itertools import pairwise
from typing import Any

import yaml

from rekb.yamlio.events import is_text

WIDTH = 110
"""Columns within which prose is wrapped."""

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~.")
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_LIST_LINE = re.compile(r"^\s*(?:[-*+>]|\d+[.)])\s", re.MULTILINE)


def quoted(text: str) -> str:
    """Return text in double quotes, on one line."""
    return f'"{text.translate(_ESCAPES)}"'


def scalar(value: Any, *, flow: bool) -> str:
    """Return a value that is not a list or mapping.

    Args:
        value: text, number or true/false.
        flow: whether it stands inside brackets or braces.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    return value if _is_plain(value, flow=flow) else quoted(value)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text needs no quotes: no sign of YAML stands where it would be read as one."""
    if not text or text != text.strip():
        return False
    if text[0] in _INDICATORS or text.endswith(":"):
        return False
    # The first two end a line or a word, the third begins a value, the fourth a comment.
    if any(sign in text for sign in ("\n", "\t", ": ", " #")):
        return False
    if not is_text(text) or not _is_text_elsewhere(text):
        return False
    has_sign_of_flow = re.search(r"[,\[\]{}:?]", text) is not None
    if not flow:
        return True
    return not has_sign_of_flow


def _is_text_elsewhere(text: str) -> bool:
    """Whether readers of YAML 1.1 take it for text too; they read `no` and `1:30` as something else."""
    patterns = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return not any(pattern.match(text) for _, pattern in patterns)


def prose(text: str, indent: int, *, markdown: bool) -> list[str]:
    """Return what stands behind a field's colon for paragraphs: a style, and below it the indented lines.

    Args:
        text: the paragraphs.
        indent: how far they stand in.
        markdown: whether lists, and lines that were broken by hand, keep their lines; else all is folded.
    """
    lines = text.split("\n")
    loose = any(line != line.strip() for line in lines)
    if not text or not (lines[0] and lines[-1]) or (loose and not markdown):
        return [quoted(text)]
    pad = " " * indent
    if loose or (markdown and _keeps_lines(lines, WIDTH - indent)):
        return ["|-", *(f"{pad}{line}" if line else "" for line in lines)]
    return [">-", *(f"{pad}{part}" if part else "" for part in _folded(lines, WIDTH - indent))]


def _keeps_lines(lines: list[str], width: int) -> bool:
    """Whether the lines of a Markdown text were broken by hand, or must stay apart as those of a list do."""
    if len(lines) > 1 and max(map(len, lines)) <= width:
        return True
    # Folded, each of these breaks would need an empty line, and a reader of the file would see paragraphs.
    if any(line and following for line, following in pairwise(lines)):
        return True
    for line in lines:
        if _LIST_LINE.search(line):
            return True
    return False


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
    """Break a line at single spaces, as late as fits; a word longer than the width stands alone."""
    rows: list[str] = []
    for word in _BREAK.split(line):
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows
