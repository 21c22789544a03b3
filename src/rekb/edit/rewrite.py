"""Rewriting a data file that is there: the one way by which anything changes one.

It begins with the text as it was read, and only where nothing of it was left out: what the reader drops (a
second document, a repeated key) would be deleted by writing the rest. It ends by reading the new text back: a
text that says anything else, or lost a comment, is never written.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from rekb.diagnostics import Diagnostic
from rekb.edit.comments import place
from rekb.edit.style import is_prose
from rekb.edit.writer import Writer
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG, kind_of, schema_line
from rekb.loading.validation import fit
from rekb.model.levels import ReadingLevels
from rekb.yamlio.document import Document, Path_, dotted
from rekb.yamlio.reader import MAX_BYTES, parse


class FormattingError(Exception):
    """The canonical form would not say the same; nothing was written."""


class LeftError(RekbError):
    """A file stays as it is; the message says why, and what to do first."""


class TooLargeError(LeftError):
    """The canonical form would be larger than what is read."""


class Change(Protocol):
    """One change of a file's value."""

    def apply(self, value: Any) -> None:
        """Carry it out inside the value."""

    def mover(self) -> Callable[[Path_], Path_] | None:
        """Return what says where a part of the value is afterwards; `None` where nothing moves."""


@dataclass(slots=True)
class Rewriting:
    """A data file on its way to its new text: its value, and its comments with the fields they belong to."""

    path: str
    kind: type[BaseModel]
    levels: ReadingLevels
    value: Any
    comments: list[tuple[Path_, str]]
    below: list[str]
    """Comments behind everything."""
    line_end: str = "\n"
    """How lines end in the file: as they did, where all end alike."""

    def carry_out(self, change: Change) -> None:
        """Change the value; comments go along with what they belong to."""
        change.apply(self.value)
        moved = change.mover()
        if moved:
            self.comments = [(moved(path), text) for path, text in self.comments]

    def text(self) -> str:
        """Return the canonical text of the value with its comments.

        Raises:
            FormattingError: when it would be read as something else, or lose a comment.
            TooLargeError: when it would be larger than what is read.
        """
        lines = set(Writer(self.kind).own_lines(self.value))
        above: dict[Path_, list[str]] = {}
        below: list[str] = []
        for path, comment in self.comments:
            if path in lines:
                above.setdefault(path, []).append(comment)
            else:
                # What it belonged to was taken out; the words of a person stay.
                below.append(comment)
        below += self.below
        body = list(Writer(self.kind, above, self.levels).lines(self.value))
        text = "\n".join([schema_line(self.path) or "", *body, *below]) + "\n"
        text = text.replace("\n", self.line_end)
        self._check(text, lines)
        return text

    def _check(self, text: str, lines: set[Path_]) -> None:
        data = text.encode()
        if len(data) > MAX_BYTES:
            raise TooLargeError(
                f"in canonical form the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read"
            )
        again = parse(data, self.path)
        if again.diagnostics or again.document is None or again.document.value != self.value:
            raise FormattingError(
                f"{self.path}: the canonical form would change a value; nothing was written"
            )
        # Sorted, because comments move along when their list is put in order.
        before = sorted([*self.below, *(comment for _, comment in self.comments)])
        if place(again.document, lines).everything() != before:
            raise FormattingError(
                f"{self.path}: the canonical form would lose a comment; nothing was written"
            )


def rewriting(base: KnowledgeBase, relpath: str) -> Rewriting:
    """Return a data file of a knowledge base, ready to be changed.

    Raises:
        LeftError: when the file, or the configuration that says how it is written, could not be read whole.
    """
    if base.unread.config:
        raise LeftError(
            f"{relpath}: correct {CONFIG} first: it says in which order reading levels are written"
        )
    return opened(base.documents[relpath], base.config.reading)


def opened(document: Document, levels: ReadingLevels) -> Rewriting:
    """Return a data file ready to be changed; see `rewriting`.

    Raises:
        LeftError: when something of it would be lost.
    """
    kind = kind_of(document.path)
    if kind is None:
        raise LeftError(f"{document.path} is no data file")
    if not document.parsed:
        raise LeftError(f"{document.path}: it could not be read; correct that first")
    reading = parse(document.text.encode(), document.path)
    if reading.document is None or reading.diagnostics:
        raise LeftError(f"{document.path}: correct what is not read first: {_named(reading.diagnostics)}")
    _refuse_losses(reading.document, kind)
    return started(reading.document, kind, levels)


def started(document: Document, kind: type[BaseModel], levels: ReadingLevels) -> Rewriting:
    """Return a file that was read without faults, ready to be written in canonical form."""
    value = composed(document.value, ())
    placed = place(document, set(Writer(kind).own_lines(value)))
    comments = []
    for path, texts in placed.above.items():
        for text in texts:
            comments.append((path, text))
    # On Windows git may check files out with CRLF; a file keeps the line ends that it has.
    line_end = "\r\n" if 0 < document.text.count("\n") == document.text.count("\r\n") else "\n"
    return Rewriting(document.path, kind, levels, value, comments, placed.below, line_end)


def composed(value: Any, path: Path_) -> Any:
    """Return a value with all text composed (NFC), and prose without space around it, as models read it."""
    if isinstance(value, dict):
        found = {}
        for name, child in value.items():
            found[name] = composed(child, (*path, name))
        return found
    if isinstance(value, list):
        kept = []
        for number, child in enumerate(value):
            kept.append(composed(child, (*path, number)))
        return kept
    if not isinstance(value, str):
        return value
    # `é` is one sign or two, which look the same; left as they are, one name has two forms.
    text = unicodedata.normalize("NFC", value)
    if path and is_prose(path):
        return text.strip()
    return text


def _refuse_losses(document: Document, kind: type[BaseModel]) -> None:
    """Refuse a number that is no number to the models: written anew, it would lose its zeros."""
    written = document.source_map.written
    if not written:
        return
    _, faults = fit(document, kind)
    at_fault = {fault.field for fault in faults}
    for path, text in written.items():
        field = dotted(path)
        if field in at_fault:
            raise LeftError(f"{document.path}: correct `{field}` first: it says `{text}` without quotes")


def _named(faults: tuple[Diagnostic, ...]) -> str:
    first = faults[0]
    if faults[1:]:
        more = f", and {len(faults) - 1} more"
    else:
        more = ""
    return f"{first.rule} in line {first.place.line}{more}"
