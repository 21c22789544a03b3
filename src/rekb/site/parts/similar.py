"""Which works are like a given one, and what they share: ties, topics, saved resources, needs, data."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rekb.kb import KnowledgeBase
from rekb.kb.index import Index
from rekb.model import Facet
from rekb.model.entry import RelationType
from rekb.site.parts.traits import Saving, Traits, parents_of, resources_of, traits_of
from rekb.site.parts.views import effect_verb

_SHOWN = 6
_TIE: dict[RelationType, float] = {
    "extends": 5.0, "supersedes": 5.0, "builds-on": 4.0, "competes-with": 4.0, "uses": 1.0,
}  # fmt: skip
"""How much each tie weighs: who builds on a work or replaces it is nearer than who only uses it."""
_SAME_LEAF = 4.0
_NEAR_LEAF = 1.5
_SAME_BASIS = 1.0
_SAME_EFFECT = 2.0
_SAME_RESOURCE = 0.5
_SAME_NEED = 1.0
_SAME_DATA = 1.5
_YEAR_APART = 0.3
_MOST_BASES = 2
"""Works that both build on beyond these add nothing."""
_MOST_YEARS = 6
"""Years between two works beyond these take nothing away."""
_MOST_CITED = 10
"""What more works build on, such as the Transformer, says nothing of any two of them."""
_LEAST = 3.0
"""Weight below which two works are not called similar."""
_ENOUGH = 12
"""With so many candidates, works of topics beside are not looked at: the page has room for six."""
_KNOWN = 0.5
"""What a work weighs more each time that twice as many works here name it: of equals, readers know it."""
_MOST_LOOKED_AT = 200
"""Works of one topic that one work is compared with, so that time grows with the works, not their pairs."""
_WORDS: dict[RelationType, tuple[str, str]] = {
    "builds-on": ("this work builds on it", "builds on this work"),
    "extends": ("this work extends it", "extends this work"),
    "supersedes": ("this work supersedes it", "supersedes this work"),
    "competes-with": ("competes with this work", "competes with this work"),
    "uses": ("this work uses it", "uses this work"),
}
"""The words for a tie: stated by the work of the page, and by the other."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar work."""

    key: str
    why: str
    """What both share, in words."""


class _Pair(NamedTuple):
    """Two works side by side; a tuple, which is made quickest: a build looks at a hundred thousand."""

    base: KnowledgeBase
    indices: Index
    key: str
    other: str
    works: tuple[Traits, Traits]

    def tie(self) -> tuple[float, str]:
        """Return the weight of the strongest tie between both, in either direction, and its words."""
        one, two = self.works
        if self.other not in one.tied and self.key not in two.tied:
            return 0.0, ""
        ties: list[tuple[float, str]] = []
        for relation in one.entry.relations:
            if relation.entry == self.other:
                by_this_work, _ = _WORDS[relation.type]
                ties.append((_TIE[relation.type], by_this_work))
        for relation in two.entry.relations:
            if relation.entry == self.key:
                _, by_the_other = _WORDS[relation.type]
                ties.append((_TIE[relation.type], by_the_other))
        return max(ties, default=(0.0, ""))

    def topic(self) -> tuple[float, str]:
        """Return the weight of the topics: a shared leaf, or leaves with one parent."""
        one, two = self.works
        shared = one.topics & two.topics
        if shared:
            most = max(len(one.topics), len(two.topics))
            return _SAME_LEAF * len(shared) / most**0.5, "same topic"
        if one.parents & two.parents:
            return _NEAR_LEAF, "neighbouring topic"
        return 0.0, ""

    def effects(self) -> float:
        """Return the weight of what both save, the same resource in another phase counting less."""
        one, two = self.works
        resources = one.resources & two.resources
        if not resources:
            return 0.0
        both = one.saved & two.saved
        in_other_phases = len(resources) - len(resources_of(both))
        weight = _SAME_EFFECT * len(both) + _SAME_RESOURCE * in_other_phases
        # A work that claims much shares something with everyone; so the more there is, the less it weighs.
        much: float = len(one.saved | two.saved) ** 0.5
        return weight / much

    def _both_save(self) -> list[Saving]:
        one, two = self.works
        return [saving for saving in one.savings if saving in two.saved]

    def _saved(self) -> str:
        """Return what both save, in words: up to two resources of the first phase."""
        both = self._both_save()
        if not both:
            return ""
        first_resource, first_phase = both[0]
        verb = effect_verb(self.base, first_resource, "saves")
        labels = []
        for resource, phase in both:
            if phase == first_phase and effect_verb(self.base, resource, "saves") == verb:
                labels.append(self._label(Facet.RESOURCE, resource))
        return f"{verb} {' and '.join(labels[:2])} at {self._label(Facet.PHASE, first_phase)}"

    def _label(self, facet: Facet, word: str) -> str:
        value = self.base.facets.get(facet, {}).get(word)
        if value is None:
            return word
        return value.label.lower()

    def basis(self) -> tuple[float, str]:
        """Return the weight of works that both build on; what many build on says nothing."""
        one, two = self.works
        shared: list[str] = []
        if one.bases.isdisjoint(two.bases):
            return 0.0, ""
        # The first is named to the reader, and the order of a set differs from run to run.
        for key in sorted(one.bases & two.bases):
            if key in self.base.entries and len(self.indices.cited_by[key]) <= _MOST_CITED:
                shared.append(key)
        if not shared:
            return 0.0, ""
        name = self.base.entries[shared[0]].display_name
        return _SAME_BASIS * min(len(shared), _MOST_BASES), f"builds on {name} as well"

    def circumstances(self) -> float:
        """Return the weight of needs, data and fame that both have, less the years between."""
        one, two = self.works
        needs = _overlap(one.needs, two.needs)
        data = _overlap(one.data, two.data)
        years = min(abs(one.year - two.year), _MOST_YEARS)
        known = math.log2(1 + len(self.indices.cited_by.get(self.other, ())))
        return _SAME_NEED * needs + _SAME_DATA * data - _YEAR_APART * years + _KNOWN * known

    def score(self) -> float:
        """Return how much both share."""
        reasons = (self.tie()[0], self.topic()[0], self.basis()[0], self.effects())
        return sum(reasons) + self.circumstances()

    def why(self) -> str:
        """Return what both share, in words; of most pairs nobody asks."""
        reasons = (self.tie()[1], self.topic()[1], self.basis()[1], self._saved())
        return ", ".join(filter(None, reasons))


def _overlap(one: set[str], two: set[str]) -> float:
    """Return how much of what either holds both hold, 0 to 1."""
    both = one & two
    if not both:
        return 0.0
    return len(both) / len(one | two)


def similar_works(
    base: KnowledgeBase, index: Index, key: str, traits: Mapping[str, Traits] | None = None
) -> tuple[Similar, ...]:
    """Return the most similar works, best first; works that share too little are left out.

    `traits` spares working them out again for each work; see `traits_of`.
    """
    known = traits or traits_of(base)
    own = known[key]
    scored = []
    for other in _candidates(base, index, key):
        pair = _Pair(base, index, key, other, (own, known[other]))
        score = pair.score()
        if score >= _LEAST:
            # Rounded, the order does not hang on the last bits, which differ from machine to machine.
            scored.append((-round(score, 6), other, pair))
    found: list[Similar] = []
    for _, other, pair in sorted(scored, key=lambda one: one[:2])[:_SHOWN]:
        found.append(Similar(other, pair.why()))
    return tuple(found)


def _candidates(base: KnowledgeBase, index: Index, key: str) -> set[str]:
    """Return the works with a tie or a topic in common; where these are few, those of topics beside too."""
    entry = base.entries[key]
    found = {relation.entry for relation in entry.relations if relation.entry in base.entries}
    found.update(other for other, _ in index.cited_by.get(key, ()))
    for topic in entry.topics:
        found.update(_near_in_time(index.by_topic[topic], key))
    if len(found) <= _ENOUGH:
        for parent in parents_of(set(entry.topics)):
            found.update(_near_in_time(index.under_topic.get(parent, ()), key))
    found.discard(key)
    return found


def _near_in_time(members: Sequence[str], key: str) -> Sequence[str]:
    """Return those works of a topic that stand nearest to one of them; members are in the order of years."""
    if len(members) <= _MOST_LOOKED_AT or key not in members:
        return members[:_MOST_LOOKED_AT]
    begin = max(0, members.index(key) - _MOST_LOOKED_AT // 2)
    return members[begin : begin + _MOST_LOOKED_AT]
