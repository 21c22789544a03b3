"""`rekb search WORDS`: the works that a question means, best first, as the site's boxes rank them."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekb.answers.glanced import FoundKey, Glanced, glance_at
from rekb.cli.shared.table import table
from rekb.errors import RekbError

_KEY = 31
"""Letters of the column of citation keys, so that one search is below another."""


def search(
    root: Path, words: str, limit: int, facets: Sequence[str] = (), query: str = "", form: str = "text"
) -> int:
    """Print the best hits, one a line or as JSON; return 1 when there is none.

    Args:
        root: the knowledge base's folder.
        words: names, words, authors, a venue with its year, an identifier or an address; without words every
            work that fits is a hit.
        limit: how many hits are printed at most.
        facets: ``name=word`` each.
        query: the same as an address has it.
        form: text or json.

    Raises:
        RekbError: for neither words nor facets, and for facets and words that do not exist.
    """
    if not (words.strip() or facets or query):
        raise RekbError("nothing to search for: give WORDS, --facet NAME=WORD or --query")
    known = glance_at(root)
    hits = known.find(words)
    if facets or query:
        hits = _fitting(known, hits, facets, query)
    if hits and not hits[0].is_whole:
        click.echo("no work holds every word; these hold most of them", err=True)
    if form == "json":
        click.echo(_json(known, hits, limit))
    else:
        rows = []
        for key, (year, title, where) in known.rows(hit.key for hit in hits[:limit]):
            rows.append((key.ljust(_KEY), year, title, f"[{where}]"))
        for line in table(rows, whole=(0, 1)):
            click.echo(line)
    if len(hits) > limit:
        click.echo(f"and {len(hits) - limit} more; see --limit", err=True)
    if not hits:
        click.echo("nothing found", err=True)
    return 0 if hits else 1


def _fitting(known: Glanced, hits: Sequence[FoundKey], facets: Sequence[str], query: str) -> list[FoundKey]:
    """Return the hits that have what is asked for besides words."""
    from rekb.exports.selection import Selection, select  # noqa: PLC0415 - only where facets are asked for

    fitting = frozenset(select(known.whole.base.kb, Selection(facets=tuple(facets), query=query)))
    return [hit for hit in hits if hit.key in fitting]


def _json(known: Glanced, hits: Sequence[FoundKey], limit: int) -> str:
    from rekb.answers.json_of_works import SCHEMA_VERSION, FoundWorks  # noqa: PLC0415 - only where JSON is wanted
    from rekb.answers.works import found_work  # noqa: PLC0415 - the same

    library = known.library((hit.key for hit in hits[:limit]), is_listed=True)
    works = [found_work(library, library.base[hit.key], is_whole=hit.is_whole) for hit in hits[:limit]]
    found = FoundWorks(schema_version=SCHEMA_VERSION, total=len(hits), works=tuple(works))
    return found.model_dump_json(indent=2)
