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
    leaves = list(filter(base.is_leaf, base.topics))
    titles = [(base.topics[leaf].title, leaf) for leaf in leaves]
    slugs = [(leaf.rpartition("/")[2], leaf) for leaf in leaves]
    facets = {}
    for facet, words in base.facets.items():
        facets[facet] = _unique((word.label, word.id) for word in words.values())
    return Words(base, _unique(_venue_spellings(base)), facets, _unique(titles), _unique(slugs))


def _venue_spellings(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield everything that a venue may be called, with its id."""
    for venue in base.venues.values():
        for spelling in (venue.id, venue.name, venue.short, *venue.accepts):
            yield spelling, venue.id


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
    """Write a venue's id for one of its accepted spellings."""
    for path, text in _texts(value, "records", "venue"):
        if text in words.base.venues:
            continue
        meant = words.venues.get(_spelled(text))
        if meant:
            yield Change("unknown-venue", path, meant)


def facet_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write a word's id for its label."""
    for facet, path, text in _facet_words(value, words):
        known = words.base.facets.get(facet, {})
        spellings = words.facets.get(facet, {})
        if text in known:
            continue
        meant = spellings.get(_spelled(text))
        if meant:
            yield Change("unknown-facet-value", path, meant)


def _spelled(text: str) -> str:
    return text.strip().casefold()


def _facet_words(value: Any, words: Words) -> Iterator[tuple[str, Path_, str]]:
    """Yield the words of facets that an entry has: facet, place and word."""
    fields: list[tuple[tuple[str, ...], str]] = [*vocabulary_fields().items()]
    for facet in words.base.config.own_facets:
        fields.append((("tags", facet), facet))
    for field, vocabulary in fields:
        for path, text in _texts(value, *field):
            yield vocabulary, path, text


def topic_ids(value: Any, words: Words, _: str) -> Iterator[Change]:
    """Write a leaf's id for its title, or for the id that it had elsewhere in the tree."""
    unread = words.base.unread
    # A topic whose file could not be read may be the one that is meant.
    if unread.topics or unread.folders:
        return
    for path, text in _texts(value, "topics"):
        if text in words.base.topics:
            continue
        spelled = _spelled(text)
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
    if not isinstance(listed, list):
        return
    below = field[len(within) :]
    for number in range(len(listed)):
        path: Path_ = (*within, number, *below)
        text = inside(value, path)
        if isinstance(text, str):
            yield path, text
