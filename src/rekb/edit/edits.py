"""Changes of a data file: a field is set or a record put in, comments stay, the form is canonical."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from rekb.edit.comments import place
from rekb.edit.format import composed, format_text
from rekb.edit.writer import Writer
from rekb.errors import SourceError
from rekb.loading.layout import kind_of, schema_line
from rekb.model.levels import DEFAULT_LEVELS, ReadingLevels
from rekb.yamlio.document import Document, Path_, dotted
from rekb.yamlio.reader import parse


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a file."""

    path: Path_
    """The field; with `insert`, the place in a list before which the value is put."""
    value: Any
    insert: bool = False

    def __str__(self) -> str:
        """Return it as a person would say it."""
        verb = "add to" if self.insert else "set"
        shown = dotted(self.path[:-1] if self.insert else self.path)
        return f"{verb} {shown}: {_shown(self.value)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_shown(child)}' for name, child in value.items())}}}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def edited(document: Document, edits: Sequence[Edit], levels: ReadingLevels = DEFAULT_LEVELS) -> str:
    """Return the text of a file after some changes; `levels` are those of its knowledge base.

    Raises:
        SourceError: when the changed file would not be read, or a change leads nowhere.
    """
    text = document.text
    for edit in edits:
        text = _after(parse(text.encode(), document.path).document or document, edit, levels)
    formatted = format_text(text.encode(), document.path, levels)
    if formatted.text is None:
        told = "; ".join(fault.message for fault in formatted.faults)
        raise SourceError(f"{document.path}: the change would break the file: {told}")
    return formatted.text


def _after(document: Document, edit: Edit, levels: ReadingLevels) -> str:
    kind = kind_of(document.path)
    if kind is None:
        raise SourceError(f"{document.path} is no data file")
    before = composed(document.value, ())
    placed = place(document, set(Writer(kind).own_lines(before)))
    value = deepcopy(before)
    _apply(value, edit, document.path)
    above = {_moved(path, edit): texts for path, texts in placed.above.items()}
    lines = [schema_line(document.path) or "", *Writer(kind, above, levels).lines(value), *placed.below]
    return "\n".join(lines) + "\n"


def _apply(value: Any, edit: Edit, shown: str) -> None:
    *way, last = edit.path
    try:
        for part in way:
            value = value.setdefault(part, {}) if isinstance(value, dict) else value[part]
        if edit.insert:
            value.insert(last, edit.value)
        else:
            value[last] = edit.value
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise SourceError(f"{shown} has no place {dotted(edit.path)}") from error


def _moved(path: Path_, edit: Edit) -> Path_:
    """Return where a comment's field stands after the change."""
    *way, last = edit.path
    depth = len(way)
    if not edit.insert or path[:depth] != tuple(way) or len(path) <= depth or not isinstance(last, int):
        return path
    here = path[depth]
    return (*way, here + 1, *path[depth + 1 :]) if isinstance(here, int) and here >= last else path
