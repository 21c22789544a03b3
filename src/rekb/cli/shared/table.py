"""Lines that fit the terminal: columns are cut, sentences go on in the next line; files get all of it."""

import os
import shutil
import sys
import textwrap
from collections.abc import Collection, Iterator, Sequence

from rekb.text import beginning, display_width, printable

_NARROWEST = 8
"""Letters below which no column is cut."""
_BETWEEN = 2
"""Spaces between two columns."""


def room() -> int | None:
    """Return the letters that a line may have; `None` for what goes into a file or another program."""
    # `shutil` asks COLUMNS before the terminal: by it a width is given where there is no terminal.
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size().columns
    return None


def table(rows: Sequence[Sequence[str]], whole: Collection[int] = ()) -> Iterator[str]:
    """Yield rows as lines that fit the terminal: the widest columns are cut first.

    Args:
        rows: cells, in every row as many.
        whole: columns that are cut last, since people copy what is in them: citation keys.
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    space = room()
    if space is not None:
        _narrow(widths, space - _BETWEEN * (len(widths) - 1), whole)
    for row in cells:
        shown = [_filled(cut(cell, width), width) for cell, width in zip(row, widths, strict=True)]
        yield (" " * _BETWEEN).join(shown).rstrip()


def _filled(cell: str, width: int) -> str:
    """Return a cell with spaces behind it, as wide as its column."""
    return cell + " " * (width - display_width(cell))


def _narrow(widths: list[int], space: int, last: Collection[int]) -> None:
    """Make the widest columns narrower, letter by letter, until they fit; those of `last` at the end."""
    while sum(widths) > space:
        widest = _widest(widths, last)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _widest(widths: list[int], last: Collection[int]) -> int:
    """Return the column to cut next: the widest that may still be cut, of `last` only where none is left."""

    def urgency(number: int) -> tuple[bool, bool, int]:
        can_be_cut = widths[number] > _NARROWEST
        is_first = number not in last
        return can_be_cut, is_first, widths[number]

    return max(range(len(widths)), key=urgency)


def cut(cell: str, width: int) -> str:
    """Return a text that takes at most `width` columns; a sign shows that it was cut."""
    if display_width(cell) <= width:
        return cell
    return f"{beginning(cell, width - 1)}…"


def fitted(line: str) -> str:
    """Return a line cut to the terminal."""
    space = room()
    if space is None:
        return line
    return cut(line, space)


def wrapped(line: str, indent: int) -> str:
    """Return a line that goes on below, `indent` spaces from the left, where the terminal is too narrow."""
    space = room()
    if space is None or display_width(line) <= space:
        return line
    before = len(line) - len(line.lstrip())
    return "\n".join(wrap(line.strip(), space, " " * before, " " * indent))


def wrap(text: str, width: int, first: str, further: str) -> list[str]:
    """Return a text as lines of at most `width` columns.

    Args:
        text: words, parted by spaces.
        width: the columns of the terminal.
        first: what is put before the first line.
        further: what is put before the lines below it.
    """
    if text.isascii():
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=further)
    # `textwrap` counts letters, and those of Chinese take two columns each.
    lines: list[str] = []
    line = first
    is_empty = True
    for word in text.split():
        longer = line + word if is_empty else f"{line} {word}"
        if not is_empty and display_width(longer) > width:
            lines.append(line)
            longer = further + word
        while display_width(longer) > width:
            part = beginning(longer, width)
            # A terminal narrower than the indent shows a letter a line.
            if len(part) <= len(further):
                break
            lines.append(part)
            longer = further + longer[len(part) :]
        line = longer
        is_empty = False
    if not is_empty:
        lines.append(line)
    return lines
