"""The index: the topic tree and every work as Markdown files that a code host shows without a build."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rekb.kb import KnowledgeBase
from rekb.kb.index import build_index
from rekb.markdowntext import plain_in_markdown
from rekb.model import Entry
from rekb.model.cited import cited_record
from rekb.model.keys import family_name
from rekb.model.pages import entry_path
from rekb.text import amount

FRONT = "README.md"
MARK = "<!-- Written by `rekb export markdown --layout index`; made anew with every change. -->"
"""The first line of every file, by which a folder is known to be ours."""
LARGEST = 480_000
"""Bytes of a file; GitHub shows Markdown as text only from 512 kB on."""
_DEEPEST = 6
"""Markdown has six levels of headings; deeper topics share the last."""
_MOST_AUTHORS = 2
"""So many authors are written out; of more, the first."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the index is called, and where its links lead; an empty address gives no link."""

    title: str
    description: str
    site: str
    """Address of the site, ending in ``/``."""
    files: str
    """Address before which a data file's path is its page at the code host, ending in ``/``."""


@dataclass(slots=True)
class _Area:
    """The files of one root of the tree, filled one after the other."""

    name: str
    title: str
    largest: int
    texts: list[list[str]] = field(default_factory=list)
    size: int = 0
    found: dict[str, str] = field(default_factory=dict)
    """Topic id to the file where it begins."""

    @property
    def file(self) -> str:
        """The name of the file that is being filled."""
        return _file_name(self.name, len(self.texts))

    def begin(self) -> None:
        """Begin the next file."""
        back = f"{MARK}\n\n[All topics]({FRONT})\n"
        self.texts.append([back, f"# {self.title}\n"])
        self.size = len(back.encode()) + len(self.texts[-1][1].encode())

    def add(self, block: str, repeated: str = "") -> None:
        """Add lines; where they do not fit, in the next file, below what is repeated there."""
        size = len(block.encode()) + 1
        is_full = self.size + size > self.largest
        if not self.texts or is_full:
            self.begin()
            if repeated:
                block = f"{repeated}\n{block}"
                size = len(block.encode()) + 1
        self.texts[-1].append(block)
        self.size += size


def index_files(
    base: KnowledgeBase, keys: tuple[str, ...], to: Addresses, largest: int = LARGEST
) -> dict[str, str]:
    """Return the files of the index by name: the tree with counts, and one file or more for each root.

    Args:
        base: the knowledge base.
        keys: the works to list.
        to: what the index is called and where its links lead.
        largest: bytes that a file may have.
    """
    chosen = set(keys)
    under = _chosen_under_topic(base, chosen)
    files: dict[str, str] = {}
    file_of: dict[str, str] = {}
    for root in base.children(None):
        area = _filled_area(base, root, under, to, largest)
        file_of |= area.found
        for number, blocks in enumerate(area.texts, start=1):
            files[_file_name(root, number)] = "\n".join(blocks) + "\n"
    return {FRONT: _front(base, len(chosen), under, file_of, to), **files}


def _file_name(root: str, number: int) -> str:
    """Return the name of an area's file; the first has no number, so that its address never changes."""
    if number == 1:
        return f"{root}.md"
    return f"{root}-{number}.md"


def _chosen_under_topic(base: KnowledgeBase, chosen: set[str]) -> dict[str, list[str]]:
    """Return the works at each topic and below that are to be listed."""
    under: dict[str, list[str]] = {}
    index = build_index(base)
    for topic, keys in index.under_topic.items():
        under[topic] = list(filter(chosen.__contains__, keys))
    return under


def _filled_area(
    base: KnowledgeBase, root: str, under: dict[str, list[str]], to: Addresses, largest: int
) -> _Area:
    title = plain_in_markdown(base.topics[root].title)
    area = _Area(root, title, largest)
    for topic in base.topics:
        works = under.get(topic)
        # A topic's id is its path, so its root is the first part.
        if works and topic.partition("/")[0] == root:
            _fill(area, base, topic, works, to)
    return area


def _fill(area: _Area, base: KnowledgeBase, topic: str, under: list[str], to: Addresses) -> None:
    """Write a topic's heading and the works that stand at it."""
    title = plain_in_markdown(base.topics[topic].title)
    heading = f"\n{'#' * min(topic.count('/') + 1, _DEEPEST)} {title}\n"
    scope = f"{plain_in_markdown(base.topics[topic].scope)} ({len(under)})\n"
    # Code hosts make anchors of headings by rules of their own, and two topics may have one title.
    anchor = f'\n<a id="{_anchor(topic)}"></a>'
    # The area's own title is the heading of each of its files already.
    if topic == area.name:
        area.add(f"{anchor}\n\n{scope}")
    else:
        area.add(f"{anchor}\n{heading}\n{scope}")
    area.found[topic] = area.file

    def newest_first(key: str) -> tuple[int, str]:
        entry = base.entries[key]
        return -entry.year, entry.display_name.casefold()

    own = [key for key in under if topic in base.entries[key].topics]
    for key in sorted(own, key=newest_first):
        area.add(_work(base, key, to), repeated=f"{heading.rstrip()} (continued)\n")


def _anchor(topic: str) -> str:
    return f"topic-{topic.replace('/', '--')}"


def _front(
    base: KnowledgeBase, works: int, under: dict[str, list[str]], file_of: dict[str, str], to: Addresses
) -> str:
    """Return the first file: what this is, and the tree with a link to each topic that has works."""
    lines = [MARK, f"\n# {plain_in_markdown(to.title)}\n"]
    if to.description:
        lines.append(f"{plain_in_markdown(to.description)}\n")
    lines.append(f"{' · '.join(_count_and_links(works, to))}\n")
    lines.extend(_tree(base, under, file_of))
    return "\n".join(lines) + "\n"


def _count_and_links(works: int, to: Addresses) -> Iterator[str]:
    if works == 1:
        yield "1 work"
    else:
        yield amount(works, "work")
    # Inside angle brackets, an address may hold brackets of its own.
    if to.site:
        yield f"[Site](<{to.site}>)"
    if to.files:
        yield f"[Data files](<{to.files}papers>)"


def _tree(base: KnowledgeBase, under: dict[str, list[str]], file_of: dict[str, str]) -> Iterator[str]:
    for topic, node in base.topics.items():
        name = plain_in_markdown(node.title)
        if topic in file_of:
            name = f"[{name}]({file_of[topic]}#{_anchor(topic)})"
        count = len(under.get(topic, ()))
        yield f"{'  ' * topic.count('/')}- {name} ({count})"


def _work(base: KnowledgeBase, key: str, to: Addresses) -> str:
    entry = base.entries[key]
    name = plain_in_markdown(entry.display_name)
    if to.site:
        name = f"[{name}](<{to.site}{entry_path(key)}>)"
    parts = [f"**{name}**: {_reference(base, entry)}"]
    if to.files:
        parts.append(f"[file](<{to.files}{base.entry_paths[key]}>)")
    if entry.links.code:
        parts.append(f"[code](<{entry.links.code.url}>)")
    return f"- {' · '.join(parts)}"


def _reference(base: KnowledgeBase, entry: Entry) -> str:
    """Return title, authors, venue and year; the title only where it does not serve as the name."""
    record = cited_record(entry, base.venues)
    venue = record.venue
    if venue in base.venues:
        venue = base.venues[venue].short
    source = plain_in_markdown(f"{_authors(entry)}, {venue} {record.year}")
    if not entry.name:
        return source
    title = plain_in_markdown(entry.title)
    if entry.title.endswith(("?", "!", ".")):
        return f"{title} {source}"
    return f"{title}. {source}"


def _authors(entry: Entry) -> str:
    names = [family_name(author) for author in entry.authors]
    if len(names) > _MOST_AUTHORS:
        return f"{names[0]} et al."
    return " and ".join(names)
