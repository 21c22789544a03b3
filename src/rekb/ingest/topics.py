"""Which topics a work may belong to: those of the works whose words are most like its own.

TF-IDF and cosine over titles, summaries and effects; nothing is learned or downloaded.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.keys import ascii_fold

_NEIGHBOURS = 12
_TITLE_WEIGHT = 3
_SECONDARY = 0.6
"""What a neighbour's second topic counts against its first."""
_OWN_TEXT = 1.5
"""What a topic's own title and scope count."""
_COMMON = (
    "the and for with that from are was can its into than not but all one two via per our their has have"
    " which when where while more most less such each only also then them they use used uses using based new"
)
_STOP = frozenset(_COMMON.split())

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that a work may belong to."""

    topic: str
    score: float
    like: tuple[str, ...]
    """Keys of the works that speak for it, most alike first."""


def words(text: str) -> list[str]:
    """Return the words of a text that can tell works apart, in one form each."""
    found = re.findall(r"[a-z][a-z0-9]+", ascii_fold(text).lower())
    return [_stem(word) for word in found if len(word) > 2 and word not in _STOP]  # noqa: PLR2004 - no letters


def _stem(word: str) -> str:
    for ending in ("isation", "ization", "ising", "izing", "ised", "ized", "ise", "ize"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)] + "iz"
    for ending in ("ings", "ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class TopicFinder:
    """The words of all works and leaves, weighed once."""

    weights: Mapping[str, float]
    works: Mapping[str, Vector]
    leaves: Mapping[str, Vector]
    topics: Mapping[str, tuple[str, ...]]
    """Citation key to the topics of the work."""

    def suggest(
        self, title: str, text: str, most: int = 5, below: str | None = None
    ) -> tuple[Suggestion, ...]:
        """Return the leaves that fit best, best first; none when no word of the work is known.

        Args:
            title: the work's title.
            text: its abstract, or nothing.
            most: how many to return.
            below: a topic at or below which they stand.
        """
        wanted = _vector(_counts(title, text), self.weights)
        scores = {
            topic: _OWN_TEXT * _cosine(wanted, vector)
            for topic, vector in self.leaves.items()
            if below is None or topic == below or topic.startswith(f"{below}/")
        }
        near = sorted(((_cosine(wanted, vector), key) for key, vector in self.works.items()), reverse=True)
        like: dict[str, list[str]] = {}
        for score, key in near[:_NEIGHBOURS]:
            for number, topic in enumerate(self.topics[key]):
                if topic in scores and score:
                    scores[topic] += score * (_SECONDARY if number else 1)
                    like.setdefault(topic, []).append(key)
        best = sorted((topic for topic in scores if scores[topic] > 0), key=lambda t: (-scores[t], t))
        return tuple(Suggestion(t, scores[t], tuple(like.get(t, ())[:3])) for t in best[:most])


def topic_finder(base: KnowledgeBase) -> TopicFinder:
    """Return what finds topics by the works of a knowledge base."""
    works = {key: _counts(entry.title, _text(entry)) for key, entry in base.entries.items()}
    leaves = {t: _counts(topic.title, topic.scope) for t, topic in base.topics.items() if base.is_leaf(t)}
    weights = _rarity([*works.values(), *leaves.values()])
    return TopicFinder(
        weights,
        {key: _vector(counts, weights) for key, counts in works.items()},
        {topic: _vector(counts, weights) for topic, counts in leaves.items()},
        {key: entry.topics for key, entry in base.entries.items()},
    )


def _text(entry: Entry) -> str:
    summary = entry.summary
    levels = f"{summary.expert} {summary.practitioner} {summary.plain}" if summary else ""
    return f"{levels} {' '.join(effect.how for effect in entry.effects)}"


def _counts(title: str, text: str) -> Counter[str]:
    return Counter([*words(title) * _TITLE_WEIGHT, *words(text)])


def _rarity(documents: Iterable[Counter[str]]) -> dict[str, float]:
    documents = list(documents)
    seen = Counter(word for document in documents for word in document)
    return {word: math.log((1 + len(documents)) / (1 + count)) for word, count in seen.items()}


def _vector(counts: Counter[str], weights: Mapping[str, float]) -> Vector:
    raw = {word: (1 + math.log(n)) * weights[word] for word, n in counts.items() if weights.get(word)}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()} if length else {}


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)
