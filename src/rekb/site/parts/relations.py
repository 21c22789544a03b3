"""Who builds on whom among the works of a topic: what is drawn, and the same ties in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from rekb.model.entry import RelationType
from rekb.site.charts.flow import Tie, Work, drawn_columns, flow_chart
from rekb.site.charts.svg import standalone
from rekb.site.page import Asset
from rekb.site.parts.views import LinkView, Material, cite_label
from rekb.site.urls import entry_path, relative, topic_path

_BUILDING = frozenset({"builds-on", "extends", "supersedes"})
_MOST_WORKS = 40
"""So many works can be seen apart in one drawing."""
_TALLEST = 18
"""So many works below each other can be seen on one screen."""
_MOST_LISTED = 120
"""Ties in the list below a drawing; the page of each work has its own."""
_MOST_RIVALS = 30
"""With more pairs of rivals, their lines would hide who builds on whom."""
_SHARED = 2
"""How many works of a topic must build on a work elsewhere for it to be drawn."""
VERBS: dict[RelationType, str] = {
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
    more: int
    """How many more ties there are than those listed."""
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
    stated = list(_stated(material, keys))
    builders = Counter(tie.earlier for tie in stated if tie.type in _BUILDING)
    ties: dict[tuple[frozenset[str] | str, ...], Tie] = {}
    for tie in stated:
        is_common = tie.type in _BUILDING and builders[tie.earlier] >= _SHARED
        if tie.earlier in inside or is_common:
            ties.setdefault(_identity(tie), tie)
    return tuple(sorted(ties.values(), key=_strongest_first))


def _strongest_first(tie: Tie) -> tuple[int, str, str]:
    return list(VERBS).index(tie.type), tie.later, tie.earlier


def _stated(material: Material, keys: Iterable[str]) -> Iterator[Tie]:
    """Yield the ties that works state to others that are here."""
    entries = material.base.entries
    for key in keys:
        for relation in entries[key].relations:
            other = relation.entry
            if other != key and other in entries:
                yield Tie(key, relation.type, other)


def _identity(tie: Tie) -> tuple[frozenset[str] | str, ...]:
    """Return what makes a tie the same: rivalry has no direction."""
    if tie.type == "competes-with":
        return (tie.type, frozenset({tie.later, tie.earlier}))
    return (tie.type, tie.later, tie.earlier)


def drawn_graph(ties: Sequence[Tie], inside: set[str]) -> Graph:
    """Return the part of the ties that a reader can take in: rivals only where few, at most 40 works."""
    rivals = []
    for tie in ties:
        if tie.type == "competes-with":
            rivals.append(tie)
    wanted = []
    for tie in ties:
        if tie.type in _BUILDING:
            wanted.append(tie)
    if len(rivals) <= _MOST_RIVALS:
        wanted += rivals
    degree = Counter(_ends(wanted))
    best_connected = sorted(degree, key=lambda key: (-degree[key], key))
    kept = set(best_connected[:_MOST_WORKS])
    drawn = []
    for tie in wanted:
        if tie.later in kept and tie.earlier in kept:
            drawn.append(tie)
    works = set(_ends(drawn))
    drawn_rivals = [tie for tie in drawn if tie.type == "competes-with"]
    return Graph(
        works=tuple(sorted(works)),
        outside=frozenset(works - inside),
        ties=tuple(drawn),
        left_out=len((degree.keys() & inside) - works),
        rivals_left_out=len(rivals) - len(drawn_rivals),
    )


def _ends(ties: Iterable[Tie]) -> Iterator[str]:
    for tie in ties:
        yield tie.later
        yield tie.earlier


def _graph(material: Material, topic_id: str) -> tuple[tuple[Tie, ...], Graph]:
    keys = material.index.under_topic.get(topic_id, ())
    ties = topic_ties(material, keys)
    return ties, drawn_graph(ties, set(keys))


def relations_view(material: Material, topic_id: str) -> RelationsView | None:
    """Return the graph of a topic, or None where its works have no ties that can be drawn."""
    ties, graph = _graph(material, topic_id)
    if not graph.ties:
        return None
    path = topic_path(topic_id)
    graph = _on_one_screen(material, graph, path)
    return RelationsView(
        svg=flow_chart(_drawn_works(material, graph, path), graph.ties, _title(material, topic_id)),
        note=_note(graph),
        ties=tuple(_tie_view(material, tie) for tie in ties[:_MOST_LISTED]),
        more=max(len(ties) - _MOST_LISTED, 0),
        download=LinkView("Drawing as SVG", f"{path}relations.svg"),
    )


def _on_one_screen(material: Material, graph: Graph, path: str) -> Graph:
    """Return a graph of which no column is higher than a screen: the least connected works of it go."""
    while len(graph.works) > _TALLEST:
        degree = Counter(_ends(graph.ties))
        dropped: set[str] = set()
        for column in drawn_columns(_drawn_works(material, graph, path), graph.ties):
            column.sort(key=lambda key: (-degree[key], key))
            dropped.update(column[_TALLEST:])
        if not dropped:
            break
        graph = _without(graph, dropped)
    return graph


def _without(graph: Graph, dropped: set[str]) -> Graph:
    """Return a graph without some works, and without those that have no tie then."""
    ties = tuple(tie for tie in graph.ties if dropped.isdisjoint((tie.later, tie.earlier)))
    works = frozenset(_ends(ties))
    gone = set(graph.works) - works
    rivals = [tie for tie in graph.ties if tie.type == "competes-with" and tie not in ties]
    return replace(
        graph,
        works=tuple(sorted(works)),
        outside=graph.outside & works,
        ties=ties,
        left_out=graph.left_out + len(gone - graph.outside),
        rivals_left_out=graph.rivals_left_out + len(rivals),
    )


def _drawn_works(material: Material, graph: Graph, path: str) -> list[Work]:
    """Return the works of a drawing, oldest first, with links that lead from the page at `path`."""
    works = []
    for key in graph.works:
        entry = material.base.entries[key]
        link = relative(path, entry_path(key))
        is_outside = key in graph.outside
        works.append(Work(key, cite_label(entry), entry.title, entry.year, link, is_outside))
    return sorted(works, key=lambda work: (work.year, work.key))


def _tie_view(material: Material, tie: Tie) -> TieView:
    return TieView(_link(material, tie.later), VERBS[tie.type], _link(material, tie.earlier))


def _title(material: Material, topic_id: str) -> str:
    return f"Who builds on whom: {material.base.topics[topic_id].title}"


def _link(material: Material, key: str) -> LinkView:
    entry = material.base.entries[key]
    return LinkView(cite_label(entry), entry_path(key), f"{entry.title} ({entry.year})")


def _note(graph: Graph) -> str:
    inside = len(graph.works) - len(graph.outside)
    if graph.left_out:
        note = (
            f"{inside} of the best connected works, by first public year; the list below has more relations."
        )
    else:
        note = f"The {inside} works that are related to each other, by first public year."
    if graph.rivals_left_out == 1:
        note += " One pair of competing works is in the list below, but not drawn."
    elif graph.rivals_left_out:
        note += f" {graph.rivals_left_out} pairs of competing works are in the list below, but not drawn."
    return note


def topics_with_ties(material: Material) -> tuple[str, ...]:
    """Return the topics that have a graph."""
    found: list[str] = []
    for topic in material.base.topics:
        if _graph(material, topic)[1].ties:
            found.append(topic)
    return tuple(found)


def relations_asset(material: Material, topic: str, view: Callable[[], RelationsView | None]) -> Asset:
    """Return the graph of a topic as a file."""

    def drawn() -> bytes:
        made = view()
        if made is None:
            return b""
        return standalone(made.svg, _title(material, topic), made.note)

    return Asset(f"{topic_path(topic)}relations.svg", drawn, page=topic_path(topic))
