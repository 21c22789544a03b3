"""A simple ranked search over names, titles, authors, topics and summaries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.keys import ascii_fold, compact, family_name

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
    wanted = _words(words)
    if not wanted and not words.strip():
        return tuple(Hit(key, entry, 0) for key, entry in base.entries.items())
    asked = compact(words)
    hits = (Hit(key, entry, _scored(base, key, entry, wanted, asked)) for key, entry in base.entries.items())
    return tuple(sorted((hit for hit in hits if hit.score), key=lambda hit: (-hit.score, hit.key)))


def _scored(base: KnowledgeBase, key: str, entry: Entry, wanted: list[str], asked: str) -> int:
    """Return the score of an entry; the whole question as its name beats all else."""
    score = _score(_parts(base, key, entry), wanted)
    return score + _WHOLE_NAME if score and asked in (compact(entry.name or ""), key) else score


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", ascii_fold(text).casefold())


def _parts(base: KnowledgeBase, key: str, entry: Entry) -> dict[str, str]:
    titles = [base.topics[part].title for topic in entry.topics for part in (*base.ancestors(topic), topic)
              if part in base.topics]  # fmt: skip
    return {
        "name": entry.name or "",
        "title": entry.title,
        "key": key,
        "authors": " ".join(a if isinstance(a, str) else family_name(a) for a in entry.authors),
        "topics": " ".join((*titles, *entry.topics)),
        "effects": " ".join(f"{e.resource} {e.how}" for e in entry.effects),
        "tags": " ".join(_tags(base, entry)),
        "summary": " ".join(entry.summary.texts()) if entry.summary else "",
    }


def _tags(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield the words of own facets, as files and as readers have them."""
    for facet in base.config.own_facets:
        for word in entry.tags.get(facet, ()):
            value = base.facets.get(facet, {}).get(word)
            yield f"{word} {value.label}" if value else word


def _score(parts: dict[str, str], wanted: list[str]) -> int:
    found = {part: _words(text) for part, text in parts.items()}
    total = 0
    for word in wanted:
        score = sum(_WEIGHTS[part] * _match(word, words) for part, words in found.items())
        if not score:
            return 0
        total += score
    return total


def _match(word: str, words: list[str]) -> int:
    if word in words:
        return _WHOLE_WORD
    return int(any(other.startswith(word) for other in words))
