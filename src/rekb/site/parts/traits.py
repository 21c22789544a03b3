"""What each work is compared by with others: worked out once, as every pair of works asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model import Entry

Saving = tuple[str, str]
"""A resource, and the phase in which it is saved."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a work is compared by."""

    entry: Entry
    year: int
    topics: set[str]
    parents: set[str]
    """The topics above its own."""
    savings: list[Saving]
    """What it saves, each once, in its order."""
    saved: set[Saving]
    """The same without an order."""
    resources: set[str]
    bases: set[str]
    """The works that it builds on."""
    tied: set[str]
    """The works to which it states a tie."""
    needs: set[str]
    data: set[str]

    @classmethod
    def of(cls, work: Entry) -> "Traits":
        """Return the traits of a work."""
        topics = set(work.topics)
        savings = savings_of(work)
        return cls(
            entry=work,
            year=work.year,
            topics=topics,
            parents=parents_of(topics),
            savings=savings,
            saved=set(savings),
            resources=resources_of(savings),
            bases=bases_of(work),
            tied={relation.entry for relation in work.relations},
            needs=set(work.requires or ()),
            data=set(work.modalities),
        )


def traits_of(base: KnowledgeBase) -> dict[str, Traits]:
    """Return the traits of every work, by citation key."""
    found: dict[str, Traits] = {}
    for key, entry in base.entries.items():
        found[key] = Traits.of(entry)
    return found


def parents_of(topics: set[str]) -> set[str]:
    """Return the topics one above."""
    found: set[str] = set()
    for topic in topics:
        found.add(topic.rpartition("/")[0])
    return found


def savings_of(work: Entry) -> list[Saving]:
    """Return what a work saves, each once, in its order."""
    savings = []
    for effect in work.effects:
        if effect.change == "saves":
            savings.append((effect.resource, effect.phase))
    return list(dict.fromkeys(savings))


def resources_of(savings: Iterable[Saving]) -> set[str]:
    """Return what is saved, in whatever phase."""
    found: set[str] = set()
    for resource, _ in savings:
        found.add(resource)
    return found


def bases_of(work: Entry) -> set[str]:
    """Return the works that a work builds on."""
    found: set[str] = set()
    for relation in work.relations:
        if relation.type in ("builds-on", "extends"):
            found.add(relation.entry)
    return found
