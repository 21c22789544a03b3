"""A work of a list as a found work: what is looked up, and what is written when nobody can be asked."""

from typing import Any

from rekb.sources.identifiers import known_in
from rekb.sources.lists.items import Item
from rekb.sources.work import Appearance, FoundWork, preprint


def listed_work(item: Item) -> FoundWork:
    """Return an item as a work to be looked up; the authors that a list names are kept with the item."""
    if item.paper:
        named = known_in(item.paper)
    else:
        named = {}
    arxiv = named.pop("arxiv", None)
    appearances: tuple[Appearance, ...] = ()
    if arxiv:
        appearances = (preprint(arxiv),)
    if named or not arxiv:
        identifiers: dict[str, Any] = dict(named)
        appearances += (Appearance(item.venue, item.year, url=None if named else item.paper, **identifiers),)
    return FoundWork(
        item.title,
        (),
        appearances,
        code=item.code,
        project=item.project,
        headings=item.headings,
        line=item.line,
    )
