"""Topics made of the headings of a list: a tree in the order of the list, with works at its leaves."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rekb.edit.format import format_text
from rekb.kb import KnowledgeBase
from rekb.loading.layout import MOST_LEVELS, TOPICS, schema_line
from rekb.model.keys import title_fingerprint
from rekb.sources.clean import cleaned
from rekb.sources.lists.headed import place_of_heading
from rekb.sources.lists.words import is_date
from rekb.spelling import slug_of

Headings = tuple[str, ...]
_MOST_ALIKE = 0.9
"""Share of the works under one heading from which on it is the list's own title."""
_LONGEST_ID = 60
_GENERIC = re.compile(
    r"(?:the |full |must[- ]read )?(?:paper|publication|work|reading|reference)s?(?: list)?s?|awesome\b.*"
    r"|lists?|main|(?:older|newer|earlier|previous|recent)(?: papers| works| ones)?|(?:show |read )?more"
    r"|(?:click|expand|open|unfold)\b.*|details?",
    re.IGNORECASE,
)
"""Headings that say nothing of the works below them."""
_GENERAL = "General"
_OTHER = "Other works"


@dataclass(frozen=True, slots=True)
class PlannedTopics:
    """New topics, and where the works below each run of headings belong."""

    files: dict[str, str]
    """Path below the root to the text of a new file."""
    places: dict[Headings, str]
    """The headings of works to the leaf for them."""
    count: int = 0


@dataclass(slots=True)
class _Node:
    title: str
    id: str
    order: int = 1
    is_new: bool = True
    has_works: bool = False
    children: dict[str, "_Node"] = field(default_factory=dict)


def plan_topics(base: KnowledgeBase, headings: Sequence[Headings]) -> PlannedTopics:
    """Return the topics that the headings of works ask for.

    Args:
        base: the knowledge base; its topics with the same titles are used again.
        headings: the headings of each work, outermost first.
    """
    ways = _ways(headings)
    root = _known(base)
    # Sorting is stable: all others keep the order of the list.
    # Works under no heading come last.
    in_order = sorted(ways.items(), key=lambda pair: pair[1] == (_OTHER,))
    nodes = {titled: _put(root, way) for titled, way in in_order}
    places = {titled: _leaf(node).id for titled, node in nodes.items()}
    files: dict[str, str] = {}
    _write(base, root, files, ())
    return PlannedTopics(files, places, len(files))


def _ways(headings: Sequence[Headings]) -> dict[Headings, Headings]:
    """Return for each run of headings the titles of its topics, without what says nothing of a work."""
    titled = _without_shared({way: _titles(way) for way in headings}, headings)
    found: dict[Headings, Headings] = {}
    for way, titles in titled.items():
        specific = tuple(title for title in titles if not _GENERIC.fullmatch(title))
        found[way] = _short(specific) or titles[-1:] or (_OTHER,)
    return found


def _without_shared(
    titled: dict[Headings, Headings], headings: Sequence[Headings]
) -> dict[Headings, Headings]:
    """Return titles without those at the beginning that nearly all works share."""
    is_first = True
    while name := _shared(titled, headings):
        # The first is the list's own title, even where a few works stand right under it.
        if not is_first and _is_whole(titled, name):
            break
        is_first = False
        for way, titles in titled.items():
            if titles[:1] == (name,):
                titled[way] = titles[1:]
    return titled


def _shared(titled: dict[Headings, Headings], headings: Sequence[Headings]) -> str:
    """Return the heading that nearly all works stand under, which so sets none of them apart."""
    firsts = []
    for way in headings:
        if titled[way]:
            firsts.append(titled[way][0])
    if not firsts or max(map(len, titled.values())) == 1:
        return ""
    # A dict keeps the order of the list: of equally frequent headings the first counts, in every run.
    most = max(dict.fromkeys(firsts), key=firsts.count)
    if firsts.count(most) >= _MOST_ALIKE * len(headings):
        return most
    return ""


def _is_whole(titled: dict[Headings, Headings], name: str) -> bool:
    """Whether some works stand right under a heading: it is a topic then, and not only the list's title."""
    return (name,) in titled.values()


def _titles(way: Headings) -> Headings:
    """Return the headings of a work as titles of topics; a year or a month is none."""
    titles = map(_title, way)
    found: list[str] = []
    for title in titles:
        if title and not is_date(title) and not (found and _is_year_of(title, found[-1])):
            found.append(title)
    # A venue and a year are a topic only in a list that parts its works by nothing else.
    topics = [title for title in found if place_of_heading(title) is None]
    return tuple(topics or found)


def _is_year_of(title: str, above: str) -> bool:
    """Whether a heading only parts the works of the one above by years: ``Lamps``, ``Lamps papers 2023``."""
    undated = re.sub(
        r"\b(?:19|20)\d\d\b|\b(?:papers?|publications?|works?|in|of)\b", " ", title, flags=re.IGNORECASE
    )
    is_dated = re.search(r"\b(?:19|20)\d\d\b", title) is not None
    return is_dated and title_fingerprint(undated) in ("", title_fingerprint(above))


def _title(heading: str) -> str:
    """Return a heading as the title of a topic."""
    # Lists write the number of works, or a link back to the top, behind a heading.
    titled = re.sub(r"\((?:[^()]*\bback\b[^()]*|\d+)\)\s*\Z", "", cleaned(heading))
    titled = re.sub(r"[`*_]{1,2}(?=\S)|(?<=\S)[`*_]{1,2}", "", titled)
    return titled.strip(" .:-#")


def _short(titles: Headings) -> Headings:
    """Return titles without repeats one below the other, no deeper than a tree may be."""
    kept: list[str] = []
    for title in titles:
        if not kept or title_fingerprint(kept[-1]) != title_fingerprint(title):
            kept.append(title)
    # One level stays free: works right under a topic that has others below get a leaf of their own.
    return tuple(kept[: MOST_LEVELS - 1])


def _known(base: KnowledgeBase) -> _Node:
    """Return the tree that is there."""
    root = _Node("", "", is_new=False)
    used = {topic for entry in base.entries.values() for topic in entry.topics}

    def below(node: _Node, topic_id: str | None) -> None:
        for child_id in base.children(topic_id):
            topic = base.topics[child_id]
            is_leaf = base.is_leaf(child_id)
            child = _Node(
                topic.title, child_id, topic.order, is_new=False, has_works=is_leaf or child_id in used
            )
            node.children[title_fingerprint(topic.title) or child_id] = child
            below(child, child_id)

    below(root, None)
    return root


def _put(root: _Node, way: Headings) -> _Node:
    """Return the node of some titles, made where it is not there; a leaf that is there stays one."""
    node = root
    for title in way:
        mark = title_fingerprint(title) or title
        if mark not in node.children:
            if node is not root and not node.is_new and not node.children:
                # Works stand at this leaf already, and works stand at leaves only: nothing is put below it.
                return node
            node.children[mark] = _new(node, title)
        node = node.children[mark]
    node.has_works = True
    return node


def _new(node: _Node, title: str) -> _Node:
    order = 1 + max((child.order for child in node.children.values()), default=0)
    taken = {child.id for child in node.children.values()}
    stem = _slug(title) or f"topic-{order}"
    name = stem
    number = 2
    while _below(node.id, name) in taken:
        name = f"{stem}-{number}"
        number += 1
    return _Node(title, _below(node.id, name), order)


def _below(topic_id: str, name: str) -> str:
    if topic_id:
        return f"{topic_id}/{name}"
    return name


def _slug(title: str) -> str:
    slug = slug_of(title.replace("&", " and "), _LONGEST_ID)
    # Lists number their headings; the number changes with the list, and an id stays. `3d-models` is a word.
    return re.sub(r"^(?:\d+(?:-|\Z))+", "", slug)


def _leaf(node: _Node) -> _Node:
    """Return where the works of a node stand: itself, or the leaf for what has no heading below it."""
    if not node.children:
        return node
    mark = title_fingerprint(_GENERAL)
    if mark not in node.children:
        made = _new(node, _GENERAL)
        made.order = 1 + max(child.order for child in node.children.values())
        node.children[mark] = made
    return node.children[mark]


def _write(base: KnowledgeBase, node: _Node, files: dict[str, str], above: Headings) -> None:
    """Add the file of each new topic below a node."""
    for child in node.children.values():
        way = (*above, child.title)
        if child.is_new:
            if child.children:
                name = "/_topic.yaml"
            else:
                name = ".yaml"
            path = f"{TOPICS}/{child.id}{name}"
            files[path] = _text(base, child, way, path)
        _write(base, child, files, way)


def _text(base: KnowledgeBase, node: _Node, way: Iterable[str], path: str) -> str:
    titled = cleaned(" \u203a ".join(way), 300)
    scope = f"What the list has under \u201c{titled}\u201d."
    fields = {"title": node.title, "order": node.order, "scope": scope}
    # A string of JSON is a quoted scalar of YAML as well, so a heading may hold any sign.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    text = "\n".join([schema_line(path) or "", *lines]) + "\n"
    made = format_text(text.encode(), path, base.config.reading)
    if made.text is None:
        raise AssertionError(f"{path}: {made.faults}")
    return made.text
