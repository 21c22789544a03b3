"""`rekb show KEY`: an entry as plain text or as JSON."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from rekb.answers.glanced import glance_at
from rekb.answers.library import Library
from rekb.answers.works import sections, shown_work
from rekb.api import Work
from rekb.cli.shared.table import room
from rekb.errors import RekbError
from rekb.exports.selection import unknown_words
from rekb.kb import KnowledgeBase
from rekb.kb.index import author_label

_WIDTH = 88
"""Letters of a line that reads well; a narrower terminal has less."""


def show(root: Path, key: str, level: str | None, form: str = "text") -> int:
    """Print an entry.

    Args:
        root: the knowledge base's folder.
        key: its citation key, or the name of the work.
        level: the reading level to print; all when `None`.
        form: text or json.

    Raises:
        RekbError: when there is no such entry or level.
    """
    known = glance_at(root)
    key = _key_of(known.glance.names if known.glance else _names(known.whole.base.kb), key)
    library = known.library([key])
    base = library.base.kb
    work = library.base[key]
    if level and (fault := unknown_words("reading level", [level], base.config.levels)):
        raise RekbError(f"{fault}\nknown here: {', '.join(base.config.levels)}")
    if form == "json":
        click.echo(json.dumps(shown_work(library, work, level), ensure_ascii=False, indent=2))
        return 0
    levels = (level,) if level else base.config.reading.ids
    click.echo("\n".join(_lines(library, work, levels)))
    return 0


def _names(base: KnowledgeBase) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for key, entry in base.entries.items():
        found[key] = entry.display_name
    return found


def _key_of(names: Mapping[str, str], text: str) -> str:
    """Return the key of the work that has a name; a key, and what is neither, as it is.

    Raises:
        RekbError: when several works have the name.
    """
    if text in names:
        return text
    named = []
    for key, name in names.items():
        if name.casefold() == text.casefold():
            named.append(key)
    if len(named) > 1:
        raise RekbError(f"several works are called {text!r}; give the key of one: {', '.join(named)}")
    if named:
        return named[0]
    return text


def _lines(library: Library, work: Work, levels: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of an entry as plain text."""
    entry = work.entry
    yield from _wrapped(entry.title)
    authors = "; ".join(author_label(entry, n) for n in range(len(entry.authors)))
    yield from _wrapped(authors, "  ")
    yield f"  {work.key}  ({work.path})"
    for label, texts in sections(library, work, levels):
        yield ""
        yield label
        for text in texts:
            yield from _wrapped(text, "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    width = min(_WIDTH, room() or _WIDTH)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
