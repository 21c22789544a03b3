"""Which works are like a given one: shared topics, saved resources, requirements and ties."""

from rekb.kb import KnowledgeBase
from rekb.model import Entry

_SHOWN = 6
_SAME_LEAF, _SAME_EFFECT, _SAME_NEED, _RELATED, _SAME_MODALITY = 4.0, 1.5, 0.5, 3.0, 0.25


def similar_works(base: KnowledgeBase, key: str) -> tuple[str, ...]:
    """Return the keys of the most similar works, best first; ties go to the nearer year, then the key."""
    entry = base.entries[key]
    scored = [
        (-_likeness(key, entry, other, work), abs(work.year - entry.year), other)
        for other, work in base.entries.items()
        if other != key and set(work.topics) & set(entry.topics)
    ]
    return tuple(other for _, _, other in sorted(scored)[:_SHOWN])


def _likeness(key: str, entry: Entry, other: str, work: Entry) -> float:
    tied = any(r.entry == other for r in entry.relations) or any(r.entry == key for r in work.relations)
    return (
        _SAME_LEAF * len(set(entry.topics) & set(work.topics))
        + _SAME_EFFECT * len(_effects(entry) & _effects(work))
        + _SAME_NEED * len(set(entry.requires or ()) & set(work.requires or ()))
        + _SAME_MODALITY * len(set(entry.modalities) & set(work.modalities))
        + _RELATED * tied
    )


def _effects(entry: Entry) -> set[tuple[str, str, str]]:
    return {(e.resource, e.phase, e.change) for e in entry.effects}
