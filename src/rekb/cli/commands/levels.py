"""`rekb levels`: which files have texts for other reading levels than rekb.yaml names; levels renamed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rekb.cli.shared.saving import save
from rekb.edit.levels import Names, rename_levels
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG
from rekb.loading.loader import load
from rekb.text import amount, printable


def levels(root: Path, renames: Sequence[str], *, dry_run: bool) -> int:
    """Rename reading levels in every file, or say which files do not fit those of rekb.yaml.

    Args:
        root: the knowledge base's folder.
        renames: ``OLD=NEW`` for each level that gets another name, ``OLD=`` for one whose texts go.
        dry_run: whether nothing is written.

    Returns:
        1 when no level is renamed and a file does not fit, else 0.

    Raises:
        RekbError: when a rename cannot be carried out; nothing is written then.
    """
    root = root.resolve()
    base, _ = load(root)
    if not renames:
        return _report(base)
    texts = rename_levels(base, _names(renames))
    for path, text in texts.items():
        if not dry_run:
            save(root, base.documents[path], text)
        click.echo(f"{'would change' if dry_run else 'changed'} {printable(path)}")
    click.echo(f"{amount(len(texts), 'file')} {'would change' if dry_run else 'changed'}")
    if CONFIG in texts and not dry_run:
        click.echo("next: `rekb generate` writes the schemas by which editors complete the levels", err=True)
    return 0


def _names(renames: Sequence[str]) -> Names:
    names: dict[str, str] = {}
    for rename in renames:
        old, equals, new = (part.strip() for part in rename.partition("="))
        if not (old and equals):
            raise RekbError(f"{rename!r} is no rename: write OLD=NEW, or OLD= to take its texts out")
        names[old] = new
    return names


def _report(base: KnowledgeBase) -> int:
    """Print the levels, and each file that has texts for others or lacks some."""
    if base.unread.config:
        raise RekbError(f"correct {CONFIG} first: it names the reading levels")
    known = base.config.reading.ids
    click.echo(f"reading levels, easiest first: {', '.join(known)}")
    faults = list(_misfits(base, known))
    for line in faults:
        click.echo(printable(line))
    if faults:
        click.echo(f"{amount(len(faults), 'file')}: rename a level in all of them with `rekb levels OLD=NEW`")
    return 1 if faults else 0


def _misfits(base: KnowledgeBase, known: Sequence[str]) -> Iterator[str]:
    """Yield a line for each file whose texts are not those of the levels."""
    texts: dict[str, tuple[str, ...]] = {}
    for key, entry in base.entries.items():
        if entry.summary:
            texts[base.entry_paths[key]] = tuple(entry.summary.root)
    for topic_id, topic in base.topics.items():
        if topic.summary:
            texts[base.topic_paths[topic_id]] = tuple(topic.summary.root)
    for path, written in texts.items():
        unknown = [level for level in written if level not in known]
        missing = [level for level in known if level not in written]
        faults = [f"{', '.join(unknown)} unknown"] if unknown else []
        faults += [f"{', '.join(missing)} missing"] if missing else []
        if faults:
            yield f"{path}: {'; '.join(faults)}"
