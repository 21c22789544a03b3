"""Derived views of a knowledge base, built once per run: who cites whom, what is where."""

from collections.abc import Mapping
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model.entry import UNKNOWN_AUTHORS, Entry, Relation
from rekb.model.keys import compact, family_name

Groups = Mapping[str, tuple[str, ...]]
"""A word to the citation keys that it holds, both sorted."""
Pairs = list[tuple[str, str]]
"""A word and a citation key that it holds; a pair may come twice."""


def _group(pairs: Pairs) -> Groups:
    groups: dict[str, set[str]] = {}
    for word, key in pairs:
        # A set: a work with two records at one venue is one work there.
        groups.setdefault(word, set()).add(key)
    found = {}
    for word in sorted(groups):
        found[word] = tuple(sorted(groups[word]))
    return found


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups that no file states by itself."""

    by_topic: Groups
    """Topic id to the entries that name exactly this topic."""
    under_topic: Groups
    """Topic id to the entries of it and of all topics below."""
    by_venue: Groups
    """Venue id to the entries with a record there."""
    by_year: Groups
    """First public year to its entries."""
    by_author: Groups
    """Name as written to the entries."""
    cited_by: Mapping[str, tuple[tuple[str, Relation], ...]]
    """Citation key to (other key, its relation to this one)."""


def build_index(base: KnowledgeBase) -> Index:
    """Return the derived views of `base`; takes one pass over its entries."""
    topics: Pairs = []
    under: Pairs = []
    venues: Pairs = []
    years: Pairs = []
    authors: Pairs = []
    cited: dict[str, list[tuple[str, Relation]]] = {}
    for key, entry in base.entries.items():
        years.append((str(entry.year), key))
        for topic in entry.topics:
            topics.append((topic, key))
            under.append((topic, key))
            under.extend((above, key) for above in base.ancestors(topic))
        for record in entry.records:
            venues.append((record.venue, key))
        # The placeholder of drafts is nobody: works under it have nothing in common.
        if entry.authors != (UNKNOWN_AUTHORS,):
            authors += [(author_label(entry, number), key) for number in range(len(entry.authors))]
        for relation in entry.relations:
            cited.setdefault(relation.entry, []).append((key, relation))
    return Index(
        by_topic=_group(topics),
        under_topic=_group(under),
        by_venue=_group(venues),
        by_year=_group(years),
        by_author=_group(authors),
        cited_by={key: tuple(pairs) for key, pairs in sorted(cited.items())},
    )


def author_label(entry: Entry, number: int) -> str:
    """Return an author's name as it is sorted: ``Dao, Tri`` or the group's name."""
    author = entry.authors[number]
    if isinstance(author, str):
        return author
    return family_name(author)


def sort_name(label: str) -> str:
    """Return what a list of names is sorted by."""
    return compact(label)
