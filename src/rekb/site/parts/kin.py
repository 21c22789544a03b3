"""The own small graph of a work: who builds on it, what it builds on, its rivals."""

from collections.abc import Collection, Mapping

from markupsafe import Markup

from rekb.model.entry import RelationType
from rekb.site.charts.kin import Kin, KinGroups, kin_chart
from rekb.site.parts.relations import VERBS
from rekb.site.parts.views import Material, cite_label
from rekb.site.urls import entry_path, relative
from rekb.text import amount

_PLURALS: dict[RelationType, str] = {
    "builds-on": "build on",
    "extends": "extend",
    "supersedes": "supersede",
    "uses": "use",
}
"""What several works do; `VERBS` is what one does."""
_FEWEST = 2
"""One tie needs no drawing."""
_LOOKS: dict[RelationType, str] = {
    "builds-on": "node",
    "extends": "strong-node",
    "supersedes": "strong-node",
    "uses": "outside",
    "competes-with": "outside",
}
"""A line around those that extend or replace, a dashed one around those that only use."""


def kin_view(material: Material, key: str) -> Markup | None:
    """Return the graph of a work's ties; `None` where a line of text says as much."""
    entries = material.base.entries
    entry = entries[key]
    later: dict[str, Kin] = {}
    earlier: dict[str, Kin] = {}
    rivals: dict[str, Kin] = {}
    ties: dict[RelationType, set[str]] = {}
    back: dict[RelationType, set[str]] = {}
    for relation in entry.relations:
        if relation.entry in entries and relation.entry != key:
            if relation.type == "competes-with":
                group = rivals
            else:
                group = earlier
                ties.setdefault(relation.type, set()).add(relation.entry)
            group.setdefault(relation.entry, _kin(material, key, relation.entry, relation.type, key))
    for other, relation in material.index.cited_by.get(key, ()):
        if other != key:
            if relation.type == "competes-with":
                group = rivals
            else:
                group = later
                back.setdefault(relation.type, set()).add(other)
            group.setdefault(other, _kin(material, other, other, relation.type, key))
    if len(later) + len(earlier) + len(rivals) < _FEWEST:
        return None
    groups = KinGroups(
        _ordered(later),
        _ordered(earlier),
        _ordered(rivals),
        later_words=_later_words(back),
        earlier_words=_earlier_words(ties),
    )
    return kin_chart(cite_label(entry), entry.year, groups, f"Works related to {cite_label(entry)}")


def _later_words(back: Mapping[RelationType, Collection[str]]) -> str:
    """Return how many later works do what to this one, by the ties of the list beside the drawing."""
    parts: list[str] = []
    for kind, verb in VERBS.items():
        works = back.get(kind, ())
        if not works:
            continue
        said = verb if len(works) == 1 else _PLURALS[kind]
        named = f"{len(works):,}" if parts else amount(len(works), "later work")
        parts.append(f"{named} {said} it")
    return ", ".join(parts)


def _earlier_words(ties: Mapping[RelationType, Collection[str]]) -> str:
    """Return to how many earlier works this one does what."""
    parts: list[str] = []
    for kind, verb in VERBS.items():
        works = ties.get(kind, ())
        if works:
            named = f"{len(works):,}" if parts else amount(len(works), "earlier work")
            parts.append(f"{verb} {named}")
    return f"It {', '.join(parts)}"


def _ordered(kin: dict[str, Kin]) -> tuple[Kin, ...]:
    return tuple(sorted(kin.values(), key=lambda one: (-one.year, one.name.casefold())))


def _kin(material: Material, subject: str, other: str, kind: RelationType, key: str) -> Kin:
    """Return one kin of the work `key`.

    Args:
        material: the knowledge base.
        subject: the work that states the tie.
        other: the kin.
        kind: the tie.
        key: the work that is drawn.
    """
    entries = material.base.entries
    kin = entries[other]
    named = key if subject == other else other
    tie = f"{cite_label(entries[subject])} {VERBS[kind]} {cite_label(entries[named])}"
    link = relative(entry_path(key), entry_path(other))
    return Kin(cite_label(kin), tie, kin.year, link, _LOOKS[kind])
