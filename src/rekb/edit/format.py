"""`rekb fmt`: one canonical form for every data file, so that two people write one fact as the same line.

Formatting changes no value: the result is read back, and where it says anything else, nothing is written.
"""

from dataclasses import dataclass

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.edit.rewrite import FormattingError, TooLargeError, composed, started
from rekb.loading.layout import kind_of
from rekb.loading.validation import fit
from rekb.model.levels import DEFAULT_LEVELS, ReadingLevels
from rekb.yamlio.reader import Reading, parse

__all__ = ["Formatted", "FormattingError", "composed", "format_reading", "format_text"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """What formatting one file gave."""

    text: str | None
    """The canonical text; `None` for a file with faults, which is left as it is."""
    faults: tuple[Diagnostic, ...] = ()


def format_text(data: bytes, path: str, levels: ReadingLevels = DEFAULT_LEVELS) -> Formatted:
    """Return the canonical form of a data file's bytes; see `format_reading`."""
    return format_reading(parse(data, path), path, levels)


def format_reading(reading: Reading, path: str, levels: ReadingLevels = DEFAULT_LEVELS) -> Formatted:
    """Return the canonical form of a data file that was read.

    Args:
        reading: what the file holds.
        path: its path below the root.
        levels: the reading levels of the knowledge base.

    Raises:
        ValueError: for a path that no data file has.
        FormattingError: when the form would say something else than the file.
    """
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"{path} is no data file")
    document = reading.document
    if document is None or reading.diagnostics:
        return Formatted(None, reading.diagnostics)
    if document.value is None:
        hint = "write what belongs there, or delete the file"
        fault = Diagnostic("empty-file", Severity.ERROR, Place(path), "the file is empty", hint)
        return Formatted(None, (fault,))
    _, faults = fit(document, kind)
    if faults:
        return Formatted(None, faults)
    try:
        return Formatted(started(document, kind, levels).text())
    except TooLargeError as error:
        place = Place(document.path)
        fault = Diagnostic("file-too-large", Severity.ERROR, place, str(error), "shorten the texts")
        return Formatted(None, (fault,))
