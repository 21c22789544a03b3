"""Who builds on whom among the works of a topic: what is drawn, and the same ties in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rekb.model.entry import Relation, RelationType
from rekb.site.charts.flow import Tie, Work, flow_chart
from rekb.site.charts.svg import standalone
from rekb.site.page import Asset
from rekb.site.parts.views import LinkView, Material, cite_label
from rekb.site.urls import entry_path, relative, topic_path

_BUILDING = frozenset({"builds-on", "extends", "supersedes"})
_MOST_WORKS, _MOST_RIVALS = 40, 30
_SHARED = 2
"""How many works of a topic must build on a work elsewhere for it to be drawn."""
_VERBS: dict[RelationType, str] = {
    "builds-on": "builds on",
    "extends": "extends",
    "supersedes": "supersedes",
    "uses": "uses",
    "competes-with": "competes with",
}


@dataclass(frozen=True, slots=True)
class TieView:
    """One tie in words."""

    one: LinkView
    verb: str
    other: LinkView


@dataclass(frozen=True, slots=True)
class RelationsView:
    """The graph of a topic with its words."""

    svg: Markup
    note: str
    ties: tuple[TieView, ...]
    download: LinkView


@dataclass(frozen=True, slots=True)
class Graph:
    """What is drawn of a topic's ties."""

    works: tuple[str, ...]
    outside: frozenset[str]
    ties: tuple[Tie, ...]
    left_out: int
    """Works with a tie that are not drawn."""
    rivals_left_out: int
    """Ties between rivals that are not drawn."""


def topic_ties(material: Material, keys: Sequence[str]) -> tuple[Tie, ...]:
    """Return the ties among the works of a topic, and to works elsewhere that several of them build on."""
    inside = set(keys)
    found: dict[tuple[frozenset[str] | str, ...], Tie] = {}
    shared = Counter(r.entry for tie in _stated(material, keys) for r in tie[1] if r.type in _BUILDING)
    for key, relations in _stated(material, keys):
        for relation in relations:
            common = relation.type in _BUILDING and shared[relation.entry] >= _SHARED
            if relation.entry in inside or common:
                tie = Tie(key, relation.type, relation.entry)
                found.setdefault(_identity(tie), tie)
    return tuple(sorted(found.values(), key=lambda t: (list(_VERBS).index(t.type), t.later, t.earlier)))


def _stated(material: Material, keys: Iterable[str]) -> list[tuple[str, list[Relation]]]:
    entries = material.base.entries
    return [
        (key, [r for r in entries[key].relations if r.entry in entries and r.entry != key]) for key in keys
    ]


def _identity(tie: Tie) -> tuple[frozenset[str] | str, ...]:
    """Return what makes a tie the same: rivalry has no direction."""
    if tie.type == "competes-with":
        return (tie.type, frozenset({tie.later, tie.earlier}))
    return (tie.type, tie.later, tie.earlier)


def drawn_graph(ties: Sequence[Tie], inside: set[str]) -> Graph:
    """Return the part of the ties that a reader can take in: rivals only where few, at most 40 works."""
    rivals = [tie for tie in ties if tie.type == "competes-with"]
    shown = [tie for tie in ties if tie.type in _BUILDING]
    if len(rivals) <= _MOST_RIVALS:
        shown += rivals
    degree = Counter(key for tie in shown for key in (tie.later, tie.earlier))
    kept = set(sorted(degree, key=lambda key: (-degree[key], key))[:_MOST_WORKS])
    shown = [tie for tie in shown if {tie.later, tie.earlier} <= kept]
    works = sorted({key for tie in shown for key in (tie.later, tie.earlier)})
    outside = frozenset(works) - inside
    left_out = len((set(degree) & inside) - set(works))
    drawn_rivals = sum(tie.type == "competes-with" for tie in shown)
    return Graph(tuple(works), outside, tuple(shown), left_out, len(rivals) - drawn_rivals)


def relations_view(material: Material, topic_id: str) -> RelationsView | None:
    """Return the graph of a topic, or None where its works have no ties that can be drawn."""
    keys = material.index.under_topic.get(topic_id, ())
    ties = topic_ties(material, keys)
    graph = drawn_graph(ties, set(keys))
    if not graph.ties:
        return None
    path = topic_path(topic_id)
    entries = material.base.entries
    works = [
        Work(key, cite_label(e), e.title, e.year, relative(path, entry_path(key)), key in graph.outside)
        for key in sorted(graph.works, key=lambda key: (entries[key].year, key))
        for e in (entries[key],)
    ]
    title = f"Who builds on whom: {material.base.topics[topic_id].title}"
    return RelationsView(
        svg=flow_chart(works, graph.ties, title),
        note=_note(graph),
        ties=tuple(
            TieView(_link(material, t.later), _VERBS[t.type], _link(material, t.earlier)) for t in ties
        ),
        download=LinkView("SVG", f"{path}relations.svg"),
    )


def _link(material: Material, key: str) -> LinkView:
    entry = material.base.entries[key]
    return LinkView(cite_label(entry), entry_path(key), f"{entry.title} ({entry.year})")


def _note(graph: Graph) -> str:
    inside = len(graph.works) - len(graph.outside)
    if graph.left_out:
        said = f"The {inside} best connected works, by first public year; the list below has all ties."
    else:
        said = f"The {inside} works with ties among each other, by first public year."
    if graph.rivals_left_out == 1:
        said += " One pair of competing works is listed below and not drawn."
    elif graph.rivals_left_out:
        said += f" {graph.rivals_left_out} pairs of competing works are listed below and not drawn."
    return said


def relations_views(material: Material) -> dict[str, RelationsView]:
    """Return the graph of every topic that has one, by topic id."""
    views = ((topic, relations_view(material, topic)) for topic in material.base.topics)
    return {topic: view for topic, view in views if view}


def relations_assets(material: Material, views: Mapping[str, RelationsView]) -> tuple[Asset, ...]:
    """Return the graphs as files."""
    titles = {topic: f"Who builds on whom: {material.base.topics[topic].title}" for topic in views}
    return tuple(
        Asset(view.download.path, standalone(view.svg, titles[topic], view.note))
        for topic, view in views.items()
    )
