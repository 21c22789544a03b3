"""Reading levels renamed or taken out in every file that has texts for them, rekb.yaml included."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rekb.edit.change import inside
from rekb.edit.rewrite import FormattingError, LeftError, opened
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG
from rekb.model import Config
from rekb.model.levels import ReadingLevels
from rekb.yamlio.document import Path_

Names = Mapping[str, str]
"""A level's name to its new name; an empty one takes its texts out."""


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Fields of one mapping that get other names, in their order, or go."""

    at: Path_
    names: Names

    def apply(self, value: Any) -> None:
        """Carry it out inside a file's value."""
        *way, last = self.at
        holder = inside(value, tuple(way))
        # A new mapping: a name added to the old one would come last, and `levels` goes from easy to hard.
        new = {}
        for name, text in holder[last].items():
            if new_name := self.names.get(name, name):
                new[new_name] = text
        if new:
            holder[last] = new
        else:
            del holder[last]

    def mover(self) -> Callable[[Path_], Path_]:
        """Return what says where a part of the value is afterwards."""
        depth = len(self.at)

        def moved(path: Path_) -> Path_:
            if path[:depth] != self.at or len(path) == depth:
                return path
            name = self.names.get(str(path[depth]), path[depth])
            return (*self.at, name, *path[depth + 1 :]) if name else self.at

        return moved


@dataclass(frozen=True, slots=True)
class _DefaultLevel:
    """The level that is shown first, by its new name."""

    name: str

    def apply(self, value: Any) -> None:
        """Carry it out inside rekb.yaml's value."""
        value["default_level"] = self.name

    def mover(self) -> None:
        """Nothing moves."""


def rename_levels(base: KnowledgeBase, names: Names) -> dict[str, str]:
    """Return the files that change, by their paths below the root, with their new text.

    A level that rekb.yaml names gets its new name there, too, or is taken out of it.

    Raises:
        RekbError: when rekb.yaml or a file that would change has faults, when a new name is no level, or when
            a file has texts under the old and the new name.
    """
    if base.unread.config:
        raise RekbError(f"correct {CONFIG} first: it names the reading levels")
    config = _config(base, names)
    levels = base.config.reading
    texts = {}
    if config is not None:
        texts[CONFIG], levels = config
    if unknown := [new for new in names.values() if new and new not in levels.ids]:
        raise RekbError(
            f"there is no reading level `{unknown[0]}`: known here: {', '.join(levels.ids)}; "
            f"add it under `levels` in {CONFIG} first"
        )
    for relpath in _with_texts(base, names):
        texts[relpath] = _text(base, relpath, ("summary",), names, levels)
    return texts


def _config(base: KnowledgeBase, names: Names) -> tuple[str, ReadingLevels] | None:
    """Return the new text of rekb.yaml and its levels; None where it names none of the old levels."""
    own = _of_the_base(base, names)
    taken_out = list(own.values()).count("")
    if not own or taken_out == len(base.config.levels):
        return None
    document = base.documents.get(CONFIG)
    if document is None or inside(document.value, ("levels",)) is None:
        # Its levels are those that every knowledge base begins with.
        return None
    work = opened(document, base.config.reading)
    work.carry_out(_Renamed(("levels",), own))
    default = own.get(base.config.default_level or "")
    if default:
        work.carry_out(_DefaultLevel(default))
    return work.text(), Config.model_validate(work.value).reading


def _of_the_base(base: KnowledgeBase, names: Names) -> dict[str, str]:
    """Return the names that rekb.yaml knows, each with a new one that it does not know yet."""
    known = base.config.levels
    own = {}
    for old, new in names.items():
        if old in known and new not in known:
            own[old] = new
    return own


def _with_texts(base: KnowledgeBase, names: Names) -> Iterator[str]:
    """Yield the files of entries and topics that have a text under an old name."""
    for relpath, document in base.documents.items():
        if not document.parsed:
            continue
        summary = inside(document.value, ("summary",))
        if isinstance(summary, dict) and not names.keys().isdisjoint(summary):
            yield relpath


def _text(base: KnowledgeBase, relpath: str, at: Path_, names: Names, levels: ReadingLevels) -> str:
    document = base.documents[relpath]
    written = inside(document.value, at)
    for old, new in names.items():
        # Two levels may change names: then both are there, and each has the other's new name.
        are_both_there = old in written and new in written
        if are_both_there and new not in names:
            raise RekbError(
                f"{relpath} has texts for `{old}` and for `{new}`: take one out first, with {old}="
            )
    try:
        work = opened(document, levels)
        work.carry_out(_Renamed(at, names))
        return work.text()
    except (LeftError, FormattingError) as error:
        raise RekbError(str(error)) from error
