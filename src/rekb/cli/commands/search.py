"""`rekb search WORDS`: the works that a question means, best first, as the site's boxes rank them."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekb.api import load
from rekb.cli.shared.table import table
from rekb.errors import RekbError
from rekb.exports import Selection, select
from rekb.kb.documents import venue_label
from rekb.kb.search import search as ranked

_KEY = 31
"""Letters of the column of citation keys, so that one search stands below another."""


def search(root: Path, words: str, limit: int, facets: Sequence[str] = (), query: str = "") -> int:
    """Print the best hits, one a line; return 1 when there is none.

    Args:
        root: the knowledge base's folder.
        words: names, words, authors, a venue with its year, an identifier or an address; without words every
            work that fits is a hit.
        limit: how many hits are printed at most.
        facets: ``name=word`` each.
        query: the same as an address has it.

    Raises:
        RekbError: for neither words nor facets, and for facets and words that do not exist.
    """
    if not (words.strip() or facets or query):
        raise RekbError("nothing to search for: give WORDS, --facet NAME=WORD or --query")
    base = load(root)
    asked = Selection(facets=tuple(facets), query=query)
    fitting = frozenset(select(base.kb, asked))
    hits = [hit for hit in ranked(base.kb, words) if hit.key in fitting]
    if hits and not hits[0].is_whole:
        click.echo("no work holds every word; these hold most of them", err=True)
    rows = []
    for hit in hits[:limit]:
        work = base[hit.key]
        has_name = work.name != work.title and not work.title.startswith(work.name)
        name = f"{work.name}: " if has_name else ""
        where = f"{venue_label(base.kb, work.cited)} {work.cited.year}"
        rows.append((work.key.ljust(_KEY), str(work.year), f"{name}{work.title}", f"[{where}]"))
    for line in table(rows, whole=(0, 1)):
        click.echo(line)
    if len(hits) > limit:
        click.echo(f"and {len(hits) - limit} more; see --limit", err=True)
    if not hits:
        click.echo("nothing found", err=True)
    return 0 if hits else 1
