"""Changes of an entry that a source asks for: a field is set or a record put in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rekb.edit.format import format_text
from rekb.edit.rewrite import FormattingError, rewriting
from rekb.errors import SourceError
from rekb.kb import KnowledgeBase
from rekb.yamlio.document import Path_, dotted


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a file."""

    path: Path_
    """The field; with `insert`, the place in a list before which the value is put."""
    value: Any
    insert: bool = False

    def __str__(self) -> str:
        """Return it as a person would say it."""
        if self.insert:
            verb = "add to"
        else:
            verb = "set"
        field = dotted(self.path[:-1] if self.insert else self.path)
        return f"{verb} {field}: {_shown(self.value)}"

    def apply(self, value: Any) -> None:
        """Carry it out inside a file's value.

        Raises:
            SourceError: when the file has no such place.
        """
        *way, last = self.path
        try:
            for part in way:
                value = value.setdefault(part, {}) if isinstance(value, dict) else value[part]
            if self.insert:
                value.insert(last, self.value)
            else:
                value[last] = self.value
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise SourceError(f"there is no place {dotted(self.path)}") from error

    def mover(self) -> Callable[[Path_], Path_] | None:
        """Return what says where a part of the value is after the change."""
        if not self.insert:
            return None
        *way, last = self.path
        depth = len(way)

        def moved(path: Path_) -> Path_:
            here = path[depth] if len(path) > depth else None
            if path[:depth] != tuple(way) or not isinstance(here, int) or here < int(last):
                return path
            return (*way, here + 1, *path[depth + 1 :])

        return moved


def _shown(value: Any) -> str:
    """Return a value as a file has it, on one line."""
    if isinstance(value, dict):
        fields = [f"{name}: {_shown(child)}" for name, child in value.items()]
        return f"{{{', '.join(fields)}}}"
    if isinstance(value, bool):
        # YAML writes them small.
        return str(value).lower()
    return str(value)


def edited(base: KnowledgeBase, relpath: str, edits: Sequence[Edit]) -> str:
    """Return the text of a data file after some changes.

    Raises:
        LeftError: when the file could not be read whole.
        SourceError: when the changed file would not be read, or a change leads nowhere.
    """
    work = rewriting(base, relpath)
    try:
        for edit in edits:
            work.carry_out(edit)
        text = work.text()
    except (SourceError, FormattingError) as error:
        raise SourceError(f"{relpath}: the change would break the file: {error}") from error
    # The text holds what was asked for; whether that fits its model is seen here.
    formatted = format_text(text.encode(), relpath, base.config.reading)
    if formatted.text is None:
        why = "; ".join(fault.message for fault in formatted.faults)
        raise SourceError(f"{relpath}: the change would break the file: {why}")
    return formatted.text
