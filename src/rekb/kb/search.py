"""A search over the works of a knowledge base, by the one ranking that the site's boxes use."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.document import Kind
from rekb.kb.documents import documents, venue_names
from rekb.kb.ranking import Ranking
from rekb.model import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found."""

    key: str
    entry: Entry
    score: int
    is_whole: bool = True
    """Whether it holds every word that was asked for."""


def search(base: KnowledgeBase, words: str) -> tuple[Hit, ...]:
    """Return the works that a question means, best first; without words, every work.

    A question is names, words, identifiers, addresses, a venue with its year; case and accents do not
    count, a word matches the beginning of a word, and a word that is found nowhere may hold a slip. Where
    no work holds every word, those that hold most are returned, and none `is_whole`.
    """
    if not words.strip():
        return tuple(Hit(key, entry, 0) for key, entry in base.entries.items())
    kinds: tuple[Kind, ...] = ("work",)
    found = ranking(base).find(words, kinds)
    return tuple(
        Hit(hit.document.id, base.entries[hit.document.id], hit.score, hit.is_whole) for hit in found
    )


def ranking(base: KnowledgeBase) -> Ranking:
    """Return the ranking of everything that can be found in a knowledge base."""
    made: Ranking | None = base.views.get("ranking")
    if made is None:
        names = {venue.short: venue_names(venue) for venue in base.venues.values()}
        made = Ranking(documents(base), names)
        base.views["ranking"] = made
    return made
