"""`rekb search WORDS`: the entries that hold all words, best first."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekb.errors import RekbError
from rekb.exports import Selection, select
from rekb.kb.search import search as find
from rekb.loading.loader import load


def search(root: Path, words: str, limit: int, facets: Sequence[str] = (), query: str = "") -> int:
    """Print the best hits, one a line; return 1 when there is none.

    Args:
        root: the knowledge base's folder.
        words: what must be found; without words every work that fits is a hit.
        limit: how many hits are printed at most.
        facets: ``name=word`` each.
        query: the same as an address has it.

    Raises:
        RekbError: for neither words nor facets, and for facets and words that do not exist.
    """
    if not (words.strip() or facets or query):
        raise RekbError("nothing to search for: give WORDS, --facet NAME=WORD or --query")
    base, _ = load(root)
    keys = frozenset(select(base, Selection(facets=tuple(facets), query=query)))
    hits = [hit for hit in find(base, words) if hit.key in keys]
    for hit in hits[:limit]:
        name = (
            f"{hit.entry.name}: " if hit.entry.name and not hit.entry.title.startswith(hit.entry.name) else ""
        )
        click.echo(f"{hit.key:<32} {hit.entry.year}  {name}{hit.entry.title}")
    if len(hits) > limit:
        click.echo(f"and {len(hits) - limit} more; see --limit", err=True)
    if not hits:
        click.echo("nothing found", err=True)
    return 0 if hits else 1
