"""Which works are like a given one, and what they share: ties, topics, saved resources, needs, data."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.index import Index
from rekb.model import Entry, Facet
from rekb.model.entry import RelationType
from rekb.site.parts.views import effect_verb

_SHOWN = 6
_TIE: dict[RelationType, float] = {
    "extends": 5.0, "supersedes": 5.0, "builds-on": 4.0, "competes-with": 4.0, "uses": 1.0,
}  # fmt: skip
_SAME_LEAF, _NEAR_LEAF, _SAME_BASIS = 4.0, 1.5, 1.0
_SAME_EFFECT, _SAME_RESOURCE, _SAME_NEED, _SAME_DATA, _YEAR_APART = 2.0, 0.5, 1.0, 1.5, 0.3
_MOST_BASES, _MOST_YEARS, _MOST_CITED = 2, 6, 10
_LEAST = 3.0
_ENOUGH = 12
"""With so many candidates, works of topics beside are not looked at: the page has room for six."""
_WORDS: dict[RelationType, tuple[str, str]] = {
    "builds-on": ("this work builds on it", "builds on this work"),
    "extends": ("this work extends it", "extends this work"),
    "supersedes": ("this work supersedes it", "supersedes this work"),
    "competes-with": ("competes with this work", "competes with this work"),
    "uses": ("this work uses it", "uses this work"),
}
"""How a tie is told: stated by the work of the page, and by the other."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar work."""

    key: str
    why: str
    """What both share, in words."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two works side by side."""

    base: KnowledgeBase
    index: Index
    key: str
    other: str

    @property
    def works(self) -> tuple[Entry, Entry]:
        return self.base.entries[self.key], self.base.entries[self.other]

    def tie(self) -> tuple[float, str]:
        """Return the weight of the strongest tie between both, in either direction, and its words."""
        one, two = self.works
        found = [(_TIE[r.type], _WORDS[r.type][0]) for r in one.relations if r.entry == self.other]
        found += [(_TIE[r.type], _WORDS[r.type][1]) for r in two.relations if r.entry == self.key]
        return max(found, default=(0.0, ""))

    def topic(self) -> tuple[float, str]:
        """Return the weight of the topics: a shared leaf, or leaves with one parent."""
        one, two = (set(work.topics) for work in self.works)
        if one & two:
            return _SAME_LEAF * len(one & two) / max(len(one), len(two)) ** 0.5, "same topic"
        near = {t.rpartition("/")[0] for t in one} & {t.rpartition("/")[0] for t in two}
        return (_NEAR_LEAF, "neighbouring topic") if near else (0.0, "")

    def effects(self) -> tuple[float, str]:
        """Return the weight of what both save, the same resource in another phase counting less."""
        one, two = ([(e.resource, e.phase) for e in w.effects if e.change == "saves"] for w in self.works)
        both = [pair for pair in dict.fromkeys(one) if pair in two]
        resources = {resource for resource, _ in one} & {resource for resource, _ in two}
        weight = _SAME_EFFECT * len(both) + _SAME_RESOURCE * len(resources - {r for r, _ in both})
        return weight / max(len(set(one) | set(two)), 1) ** 0.5, self._saved(both)

    def _saved(self, both: list[tuple[str, str]]) -> str:
        gains: dict[tuple[str, str], list[str]] = {}
        for resource, phase in both:
            verb = effect_verb(self.base, resource, "saves")
            gains.setdefault((verb, self._label(Facet.PHASE, phase)), []).append(
                self._label(Facet.RESOURCE, resource)
            )
        for (verb, phase), resources in gains.items():
            return f"{verb} {' and '.join(resources[:2])} at {phase}"
        return ""

    def _label(self, facet: Facet, word: str) -> str:
        value = self.base.facets.get(facet, {}).get(word)
        return value.label.lower() if value else word

    def basis(self) -> tuple[float, str]:
        """Return the weight of works that both build on; what many build on says nothing."""
        one, two = ({r.entry for r in w.relations if r.type in ("builds-on", "extends")} for w in self.works)
        cited = self.index.cited_by
        shared = sorted(k for k in one & two if k in self.base.entries and len(cited[k]) <= _MOST_CITED)
        named = f"builds on {self.base.entries[shared[0]].display_name} as well" if shared else ""
        return _SAME_BASIS * min(len(shared), _MOST_BASES), named

    def circumstances(self) -> float:
        """Return the weight of needs and kinds of data in common, less the years between."""
        one, two = self.works
        needs = _overlap(set(one.requires or ()), set(two.requires or ()))
        data = _overlap(set(one.modalities), set(two.modalities))
        years = min(abs(one.year - two.year), _MOST_YEARS)
        return _SAME_NEED * needs + _SAME_DATA * data - _YEAR_APART * years


def _overlap(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two) if one | two else 0.0


def similar_works(base: KnowledgeBase, index: Index, key: str) -> tuple[Similar, ...]:
    """Return the most similar works, best first; works that share too little are left out."""
    scored = []
    for other in _candidates(base, index, key):
        pair = _Pair(base, index, key, other)
        told = (pair.tie(), pair.topic(), pair.basis(), pair.effects())
        score = sum(weight for weight, _ in told) + pair.circumstances()
        if score >= _LEAST:
            scored.append((-round(score, 6), other, ", ".join(why for _, why in told if why)))
    return tuple(Similar(other, why) for _, other, why in sorted(scored)[:_SHOWN])


def _candidates(base: KnowledgeBase, index: Index, key: str) -> set[str]:
    """Return the works with a tie or a topic in common; where these are few, those of topics beside too."""
    entry = base.entries[key]
    found = {relation.entry for relation in entry.relations} & base.entries.keys()
    found |= {other for other, _ in index.cited_by.get(key, ())}
    found |= {other for topic in entry.topics for other in index.by_topic[topic]}
    if len(found) <= _ENOUGH:
        parents = {topic.rpartition("/")[0] for topic in entry.topics}
        found |= {other for topic in parents for other in index.under_topic.get(topic, ())}
    return found - {key}
