"""`rekb bibliography FILE`: which works of a paper's bibliography have appeared since, and in their place."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rekb.cli.shared.inputs import text_of_file
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.loading.addresses import site_address
from rekb.loading.loader import load
from rekb.model.pages import entry_path
from rekb.text import amount, printable
from rekb.upkeep.bibliography import Citation, citations, place_of, updated

if TYPE_CHECKING:
    from rekb.answers.json_of_reports import CitedWork

_LARGEST = 64 * 1024 * 1024


def bibliography(root: Path, file: Path, form: str = "text", *, write: bool) -> int:
    """Say what is known here of a bibliography's entries.

    Args:
        root: the knowledge base's folder.
        file: the BibTeX file.
        form: text or json.
        write: whether to put the formal records in place of preprints, under the paper's own keys.

    Returns:
        1 when there is something to change, else 0.

    Raises:
        RekbError: when the file cannot be read or written.
    """
    base, _ = load(root)
    # All of it, a mark at the beginning and its line ends too: what is not changed stays.
    text = text_of_file(str(file), _LARGEST)
    found = citations(base, text)
    appeared = []
    for citation in found:
        if citation.has_appeared:
            appeared.append(citation)
    writes = write and bool(appeared)
    if writes:
        write_file(file, updated(base, text, found).encode())
    if form == "json":
        click.echo(_json(base, site_address(root), found, written=writes))
    else:
        _print_text(base, file, found, len(appeared), written=writes)
    others = any(citation.twin or not citation.is_readable for citation in found)
    if others or (appeared and not write):
        return 1
    return 0


def _print_text(
    base: KnowledgeBase, file: Path, found: Sequence[Citation], appeared: int, *, written: bool
) -> None:
    for citation in found:
        if message := _message(base, citation):
            click.echo(f"{file}:{citation.line}: {printable(citation.key)}{message}")
    here = sum(1 for citation in found if citation.work)
    number = amount(len(found), "entry", "entries")
    click.echo(f"{number}: {here} are here, {appeared} of them have appeared since")
    if written:
        click.echo(f"wrote {file}")
    elif appeared:
        click.echo(f"Next: `rekb bibliography {file} --write` puts the published records in their place.")


def _json(base: KnowledgeBase, site: str, found: Sequence[Citation], *, written: bool) -> str:
    """Return what is known of each entry; docs/schema/bibliography.json describes it."""
    from rekb.answers.json_of_reports import Bibliography  # noqa: PLC0415 - only where JSON is wanted

    entries = tuple(_cited_work(base, site, citation) for citation in found)
    return Bibliography(schema_version=1, entries=entries, written=written).model_dump_json(indent=2)


def _cited_work(base: KnowledgeBase, site: str, citation: Citation) -> "CitedWork":
    from rekb.answers.json_of_reports import CitedWork  # noqa: PLC0415 - only where JSON is wanted

    page = None
    if citation.work and site:
        page = f"{site}{entry_path(citation.work)}"
    appeared_in = None
    if citation.work and citation.has_appeared:
        appeared_in = place_of(base, citation.work)
    return CitedWork(
        key=citation.key,
        line=citation.line,
        is_readable=citation.is_readable,
        work=citation.work,
        page=page,
        appeared_in=appeared_in,
        same_as=citation.twin,
    )


def _message(base: KnowledgeBase, citation: Citation) -> str:
    if not citation.is_readable:
        return "this entry cannot be read: brackets, quotes or commas do not match"
    if citation.twin:
        return f": the same work as {printable(citation.twin)}"
    if citation.has_appeared and citation.work:
        return f": has appeared: {place_of(base, citation.work)}"
    return ""
