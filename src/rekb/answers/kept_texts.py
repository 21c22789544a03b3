"""Works as `rekb show` prints them, kept from the last run that read all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rekb.loading.glance import Each, keep_each, read_each
from rekb.loading.verdicts import Seen

if TYPE_CHECKING:
    from rekb.answers.library import Library
    from rekb.answers.works import Section
    from rekb.api import Work

_KIND = "texts"


@dataclass(frozen=True, slots=True)
class WorkText:
    """What is printed of a work."""

    title: str
    authors: str
    path: str
    sections: "tuple[Section, ...]"


@dataclass(frozen=True, slots=True)
class Texts:
    """What is printed of each work, as it was kept."""

    names: Mapping[str, str]
    """Citation key to the name that people use, or the title."""
    levels: tuple[str, ...]
    """Ids of the reading levels, in the order in which they are printed."""
    each: Each

    def of(self, key: str, level: str | None) -> WorkText | None:
        """Return a work at one reading level, or at all; None where that is not kept."""
        if level is not None and level not in self.levels:
            return None
        kept = self.each.of(key)
        try:
            chosen = tuple(_chosen(kept["sections"], level))
            return WorkText(kept["title"], kept["authors"], kept["path"], chosen)
        except (KeyError, TypeError, ValueError):
            return None


def work_text(library: "Library", work: "Work", levels: tuple[str, ...]) -> WorkText:
    """Return what is printed of a work.

    Args:
        library: a library that knows the work and what its numbers name.
        work: the work.
        levels: ids of the reading levels that are wanted.
    """
    from rekb.answers.works import sections  # noqa: PLC0415 - only where nothing is kept

    return WorkText(work.title, _authors(work), work.path, tuple(sections(library, work, levels)))


def read_texts(root: Path, seen: Seen) -> Texts | None:
    """Return what is kept of a knowledge base whose files are as they were; None where that is not known."""
    kept = read_each(root, seen, _KIND)
    try:
        if kept is None:
            return None
        return Texts(kept.common["names"], tuple(kept.common["levels"]), kept)
    except (KeyError, TypeError):
        return None


def keep_texts(root: Path, seen: Seen, library: "Library") -> None:
    """Keep what is printed of each work."""
    from rekb.answers.works import marked_sections  # noqa: PLC0415 - only where all works were read

    levels = tuple(library.base.kb.config.reading.ids)
    names = {}
    each = {}
    for work in library.base:
        names[work.key] = work.name
        each[work.key] = {
            "title": work.title,
            "authors": _authors(work),
            "path": work.path,
            "sections": tuple(marked_sections(library, work, levels)),
        }
    keep_each(root, seen, _KIND, {"names": names, "levels": levels}, each)


def _authors(work: "Work") -> str:
    from rekb.kb.index import author_label  # noqa: PLC0415 - only where nothing is kept

    entry = work.entry
    return "; ".join(author_label(entry, number) for number in range(len(entry.authors)))


def _chosen(marked: Any, level: str | None) -> "Iterator[Section]":
    """Yield the sections that belong to no level, and those of the level that is wanted."""
    for own, label, texts in marked:
        if level is None or own in ("", level):
            yield label, tuple(texts)
