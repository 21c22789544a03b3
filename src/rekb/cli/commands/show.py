"""`rekb show KEY`: an entry as plain text or as JSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from rekb.answers.glanced import Glanced, glance_at
from rekb.answers.kept_texts import WorkText, work_text
from rekb.answers.named import key_named
from rekb.cli.shared.table import room, wrap
from rekb.errors import RekbError

_WIDTH = 88
"""Letters of a line that reads well; a narrower terminal has less."""


def show(root: Path, key: str, level: str | None, form: str = "text") -> int:
    """Print an entry.

    Args:
        root: the knowledge base's folder.
        key: its citation key, the name of the work, or one of its identifiers.
        level: the reading level to print; all when `None`.
        form: text or json.

    Raises:
        RekbError: when there is no such entry or level.
    """
    known = glance_at(root)
    # An identifier is looked for last: it needs all works, and most people give a name.
    key = key_named(_names(known), key) or known.whole.key_identified(key) or key
    if form == "text" and known.texts and (kept := known.texts.of(key, level)):
        click.echo("\n".join(_lines(key, kept)))
        return 0
    from rekb.answers.works import shown_work  # noqa: PLC0415 - only where models are needed
    from rekb.exports.selection import unknown_words  # noqa: PLC0415 - the same

    library = known.library([key])
    base = library.base.kb
    work = library.base[key]
    if level and (fault := unknown_words("reading level", [level], base.config.levels)):
        raise RekbError(f"{fault} (known here: {', '.join(base.config.levels)})")
    if form == "json":
        click.echo(json.dumps(shown_work(library, work, level), ensure_ascii=False, indent=2))
        return 0
    levels = (level,) if level else base.config.reading.ids
    click.echo("\n".join(_lines(key, work_text(library, work, levels))))
    return 0


def _names(known: Glanced) -> Mapping[str, str]:
    """Return the names of all works, by key."""
    if known.texts:
        return known.texts.names
    if known.glance:
        return known.glance.names
    return known.whole.names


def _lines(key: str, work: WorkText) -> Iterator[str]:
    """Yield the lines of an entry as plain text."""
    yield from _wrapped(work.title)
    yield from _wrapped(work.authors, "  ")
    yield f"  {key}  ({work.path})"
    for label, texts in work.sections:
        yield ""
        yield label
        for text in texts:
            yield from _wrapped(text, "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    width = min(_WIDTH, room() or _WIDTH)
    return wrap(text, width, indent, indent)
