"""`rekb bibliography FILE`: which works of a paper's bibliography have appeared since, and in their place."""

from pathlib import Path

import click

from rekb.cli.shared.inputs import text_of_file
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.text import amount, printable
from rekb.upkeep.bibliography import Citation, citations, place_of, updated

_LARGEST = 64 * 1024 * 1024


def bibliography(root: Path, file: Path, *, write: bool) -> int:
    """Say what is known here of a bibliography's entries.

    Args:
        root: the knowledge base's folder.
        file: the BibTeX file.
        write: whether to put the formal records in place of preprints, under the paper's own keys.

    Returns:
        1 when there is something to change, else 0.

    Raises:
        RekbError: when the file cannot be read or written.
    """
    base, _ = load(root)
    text = text_of_file(str(file), _LARGEST)  # what is not changed stays, line ends included
    found = citations(base, text)
    for citation in found:
        if said := _said(base, citation):
            click.echo(f"{file}:{citation.line}: {printable(citation.key)}{said}")
    appeared = []
    for citation in found:
        if citation.has_appeared:
            appeared.append(citation)
    here = sum(1 for citation in found if citation.work)
    number = amount(len(found), "entry", "entries")
    click.echo(f"{number}: {here} are here, {len(appeared)} of them have appeared since")
    if write and appeared:
        write_file(file, updated(base, text, found).encode())
        click.echo(f"wrote {file}")
    elif appeared:
        click.echo(f"Next: `rekb bibliography {file} --write` puts the published records in their place.")
    others = any(citation.twin or not citation.is_readable for citation in found)
    if others or (appeared and not write):
        return 1
    return 0


def _said(base: KnowledgeBase, citation: Citation) -> str:
    if not citation.is_readable:
        return "this entry cannot be read: brackets, quotes or commas do not match"
    if citation.twin:
        return f": the same work as {printable(citation.twin)}"
    if citation.has_appeared and citation.work:
        return f": has appeared: {place_of(base, citation.work)}"
    return ""
