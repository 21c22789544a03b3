"""Fixes of words that were written as people say them: venues, vocabularies, topics."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rekb.edit.change import Change, inside
from rekb.kb import KnowledgeBase
from rekb.model.facet_table import vocabulary_fields
from rekb.yamlio.document import Path_

Spellings = Mapping[str, str]
"""A spelling, case folded, to the one word that it means."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the taxonomy calls things, in every spelling that has one meaning."""

    base: KnowledgeBase
    venues: Spellings
    facets: Mapping[str, Spellings]
    titles: Spellings
    """Titles of leaves to their topic ids."""
    slugs: Spellings
    """Last parts of the ids of leaves to the ids."""


def known_words(base: KnowledgeBase) -> Words:
    """Return the spellings of a knowledge base's taxonomy."""
    leaves = []
    for topic in base.topics:
        if base.is_leaf(topic):
            leaves.append(topic)
    return Words(
        base,
        _unique((s, v.id) for v in base.venues.values() for s in (v.id, v.name, v.short, *v.accepts)),
        {facet: _unique((v.label, v.id) for v in words.values()) for facet, words in base.facets.items()},
        _unique((base.topics[leaf].title, leaf) for leaf in leaves),
        _unique((leaf.rpartition("/")[2], leaf) for leaf in leaves),
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> Spellings:
    """Return each spelling that leads to one word only."""
    found: dict[str, set[str]] = defaultdict(set)
    for spelling, word in pairs:
        found[spelling.casefold()].add(word)
    kept = {}
    for spelling, words in found.items():
        if len(words) == 1:
            kept[spelling] = next(iter(words))
    return kept


def venue_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write a venue's id where one of its accepted spellings stands."""
    for path, text in _texts(value, "records", "venue"):
        if text in words.base.venues:
            continue
        meant = words.venues.get(text.strip().casefold())
        if meant:
            yield Change("unknown-venue", path, meant)


def facet_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write a word's id where its label stands."""
    for facet, path, text in _facet_words(value, words):
        if text in words.base.facets.get(facet, {}):
            continue
        meant = words.facets.get(facet, {}).get(text.strip().casefold())
        if meant:
            yield Change("unknown-facet-value", path, meant)


def _facet_words(value: Any, words: Words) -> Iterator[tuple[str, Path_, str]]:
    """Yield the words of facets that an entry holds: facet, place and word."""
    for field, vocabulary in vocabulary_fields().items():
        for path, text in _texts(value, *field):
            yield vocabulary, path, text
    for facet in words.base.config.own_facets:
        for path, text in _texts(value, "tags", facet):
            yield facet, path, text


def topic_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write a leaf's id where its title stands, or the id that it had elsewhere in the tree."""
    unread = words.base.unread
    # A topic whose file could not be read may be the one that is meant.
    if unread.topics or unread.folders:
        return
    for path, text in _texts(value, "topics"):
        if text in words.base.topics:
            continue
        spelled = text.strip().casefold()
        slug = spelled.rpartition("/")[2]
        meant = words.titles.get(spelled) or words.slugs.get(slug)
        if meant:
            yield Change("unknown-topic", path, meant)


def _texts(value: Any, *field: str) -> Iterator[tuple[Path_, str]]:
    """Yield the texts of a list of words, or of one field of a list of mappings."""
    if isinstance(inside(value, field), list):
        within = field
    else:
        within = field[:1]
    listed = inside(value, within)
    for number in range(len(listed) if isinstance(listed, list) else 0):
        path: Path_ = (*within, number, *field[len(within) :])
        text = inside(value, path)
        if isinstance(text, str):
            yield path, text
