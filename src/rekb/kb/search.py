"""A simple ranked search over names, titles, authors, topics and summaries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.index import author_label
from rekb.model import Entry
from rekb.model.keys import ascii_fold, compact
from rekb.model.parts import texts_of

_WEIGHTS = {
    "name": 12,
    "title": 8,
    "key": 8,
    "authors": 6,
    "topics": 4,
    "effects": 2,
    "tags": 2,
    "summary": 1,
}
"""How much a word counts in each part of an entry."""
_WHOLE_NAME = 1000
"""What it counts when the whole question is the name: `flash attention` is FlashAttention."""
_WHOLE_WORD = 2
"""A whole word counts so many times as much as the beginning of one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found."""

    key: str
    entry: Entry
    score: int


def search(base: KnowledgeBase, words: str) -> tuple[Hit, ...]:
    """Return the entries that hold every word, best first; case and accents do not count.

    A word matches the beginning of a word. Equal scores are ordered by key. Without words,
    every entry is found.
    """
    wanted = list(dict.fromkeys(_words(words)))
    if not wanted and not words.strip():
        return tuple(Hit(key, entry, 0) for key, entry in base.entries.items())
    asked = compact(words)
    hits = []
    for key, entry in base.entries.items():
        score = _score(_parts(base, key, entry), wanted)
        if score and asked in (compact(entry.name or ""), key):
            score += _WHOLE_NAME
        if score:
            hits.append(Hit(key, entry, score))
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.key)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", ascii_fold(text).casefold())


def _parts(base: KnowledgeBase, key: str, entry: Entry) -> dict[str, str]:
    return {
        "name": entry.name or "",
        "title": " ".join(entry.titles),
        "key": key,
        "authors": " ".join(author_label(entry, number) for number in range(len(entry.authors))),
        "topics": " ".join((*_topic_titles(base, entry), *entry.topics)),
        "effects": " ".join(f"{effect.resource} {effect.how}" for effect in entry.effects),
        "tags": " ".join(_tags(base, entry)),
        "summary": " ".join(text for _, text in texts_of(entry)),
    }


def _topic_titles(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield the titles of an entry's topics and of those above: `serving` finds what stands below it."""
    for topic in entry.topics:
        for name in (*base.ancestors(topic), topic):
            if name in base.topics:
                yield base.topics[name].title


def _tags(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield the words of own facets, as files and as readers have them."""
    for facet in base.config.own_facets:
        for word in entry.tags.get(facet, ()):
            yield word
            value = base.facets.get(facet, {}).get(word)
            if value:
                yield value.label


def _score(parts: dict[str, str], wanted: list[str]) -> int:
    found = {part: _words(text) for part, text in parts.items()}
    total = 0
    for word in wanted:
        score = sum(_WEIGHTS[part] * _match(word, words) for part, words in found.items())
        # Each further word narrows: who asks for two wants a work with both.
        if not score:
            return 0
        total += score
    return total


def _match(word: str, words: list[str]) -> int:
    if word in words:
        return _WHOLE_WORD
    return int(any(other.startswith(word) for other in words))
