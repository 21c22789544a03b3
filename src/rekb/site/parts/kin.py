"""The own small graph of a work: who builds on it, what it builds on, its rivals."""

from markupsafe import Markup

from rekb.model.entry import RelationType
from rekb.site.charts.kin import Kin, KinGroups, kin_chart
from rekb.site.parts.relations import VERBS
from rekb.site.parts.views import Material, cite_label
from rekb.site.urls import entry_path, relative

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
    for relation in entry.relations:
        if relation.entry in entries and relation.entry != key:
            if relation.type == "competes-with":
                group = rivals
            else:
                group = earlier
            group.setdefault(relation.entry, _kin(material, key, relation.entry, relation.type, key))
    for other, relation in material.index.cited_by.get(key, ()):
        if other != key:
            group = rivals if relation.type == "competes-with" else later
            group.setdefault(other, _kin(material, other, other, relation.type, key))
    if len(later) + len(earlier) + len(rivals) < _FEWEST:
        return None
    groups = KinGroups(_ordered(later), _ordered(earlier), _ordered(rivals))
    return kin_chart(cite_label(entry), entry.year, groups, f"Works related to {cite_label(entry)}")


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
