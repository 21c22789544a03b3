"""`rekb search WORDS`: the entries that hold all words, best first."""

from pathlib import Path

import click

from rekb.kb.search import search as find
from rekb.loading.loader import load


def search(root: Path, words: str, limit: int) -> int:
    """Print the best hits, one a line; return 1 when there is none."""
    base, _ = load(root)
    hits = find(base, words)
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
