"""`rekb fmt`: one canonical form for every data file, so that two people write one fact as the same line.

Formatting changes no value: the result is read back, and where it says anything else, nothing is written.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from rekb.diagnostics import Diagnostic
from rekb.edit.comments import place
from rekb.edit.style import is_prose
from rekb.edit.writer import Writer
from rekb.loading.layout import kind_of, schema_line
from rekb.loading.validation import fit
from rekb.model.levels import DEFAULT_LEVELS, ReadingLevels
from rekb.yamlio.document import Document, Path_
from rekb.yamlio.reader import Reading, parse

__all__ = ["Formatted", "FormattingError", "format_reading", "format_text"]


class FormattingError(Exception):
    """The canonical form would not say the same; a fault of the formatter, never of the file."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """What formatting one file gave."""

    text: str | None
    """The canonical text; `None` for a file with faults, which is left as it is."""
    faults: tuple[Diagnostic, ...] = ()


def format_text(data: bytes, shown: str, levels: ReadingLevels = DEFAULT_LEVELS) -> Formatted:
    """Return the canonical form of a data file's bytes; see `format_reading`."""
    return format_reading(parse(data, shown), shown, levels)


def format_reading(reading: Reading, shown: str, levels: ReadingLevels = DEFAULT_LEVELS) -> Formatted:
    """Return the canonical form of a data file that was read.

    Args:
        reading: what the file holds.
        shown: its path below the root.
        levels: the reading levels of the knowledge base.

    Raises:
        ValueError: for a path that no data file has.
        FormattingError: when the form would say something else than the file.
    """
    kind = kind_of(shown)
    if kind is None:
        raise ValueError(f"{shown} is no data file")
    document = reading.document
    if document is None or reading.diagnostics:
        return Formatted(None, reading.diagnostics)
    _, faults = fit(document, kind)
    return Formatted(None, faults) if faults else Formatted(_canonical(document, kind, levels))


def _canonical(document: Document, kind: type[BaseModel], levels: ReadingLevels) -> str:
    value = composed(document.value, ())
    writer = Writer(kind)
    placed = place(document, set(writer.own_lines(value)))
    lines = Writer(kind, placed.above, levels).lines(value)
    text = "\n".join([schema_line(document.path) or "", *lines, *placed.below]) + "\n"
    again = parse(text.encode(), document.path)
    if again.diagnostics or again.document is None or again.document.value != value:
        raise FormattingError(
            f"{document.path}: the canonical form would change a value; nothing was written"
        )
    kept = place(again.document, set(writer.own_lines(value)))
    if kept.everything() != placed.everything():
        raise FormattingError(
            f"{document.path}: the canonical form would lose a comment; nothing was written"
        )
    return text


def composed(value: Any, path: Path_) -> Any:
    """Return a value with all text composed (NFC), and prose without space around it, as models read it."""
    if isinstance(value, dict):
        return {name: composed(child, (*path, name)) for name, child in value.items()}
    if isinstance(value, list):
        return [composed(child, (*path, number)) for number, child in enumerate(value)]
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value)
    return text.strip() if path and is_prose(path) else text
