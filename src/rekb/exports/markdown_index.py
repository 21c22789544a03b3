"""The index: the topic tree and every work as Markdown files that a code host shows without a build."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rekb.exports.markdown import plain_in_markdown
from rekb.kb import KnowledgeBase
from rekb.kb.index import build_index
from rekb.model import Entry
from rekb.model.keys import family_name

FRONT = "README.md"
MARK = "<!-- Written by `rekb export markdown --layout index`; made anew with every change. -->"
"""The first line of every file, by which a folder is known to be ours."""
LARGEST = 480_000
"""Bytes of a file; GitHub shows Markdown as text only from 512 kB on."""
_DEEPEST = 6


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
        number = len(self.texts)
        return f"{self.name}.md" if number == 1 else f"{self.name}-{number}.md"

    def begin(self) -> None:
        """Begin the next file."""
        back = f"{MARK}\n\n[All topics]({FRONT})\n"
        self.texts.append([back, f"# {self.title}\n"])
        self.size = len(back.encode()) + len(self.texts[-1][1].encode())

    def add(self, block: str, repeated: str = "") -> None:
        """Add lines; where they do not fit, in the next file, below what is repeated there."""
        if not self.texts or self.size + len(block.encode()) + 1 > self.largest:
            self.begin()
            block = f"{repeated}\n{block}" if repeated else block
        self.texts[-1].append(block)
        self.size += len(block.encode()) + 1


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
    under = {t: [k for k in ks if k in chosen] for t, ks in build_index(base).under_topic.items()}
    files, places = {}, dict[str, str]()
    for root in base.children(None):
        area = _Area(root, plain_in_markdown(base.topics[root].title), largest)
        for topic in (t for t in base.topics if t == root or t.startswith(f"{root}/")):
            if under.get(topic):
                _fill(area, base, topic, under[topic], to)
        places |= area.found
        for number, blocks in enumerate(area.texts, 1):
            name = f"{root}.md" if number == 1 else f"{root}-{number}.md"
            files[name] = "\n".join(blocks) + "\n"
    return {FRONT: _front(base, len(chosen), under, places, to), **files}


def _fill(area: _Area, base: KnowledgeBase, topic: str, under: list[str], to: Addresses) -> None:
    """Write a topic's heading and the works that stand at it."""
    title = plain_in_markdown(base.topics[topic].title)
    heading = f"\n{'#' * min(topic.count('/') + 1, _DEEPEST)} {title}\n"
    scope = f"{plain_in_markdown(base.topics[topic].scope)} ({len(under)})\n"
    anchor = f'\n<a id="{_anchor(topic)}"></a>'
    area.add(f"{anchor}\n\n{scope}" if topic == area.name else f"{anchor}\n{heading}\n{scope}")
    area.found[topic] = area.file
    own = (key for key in under if topic in base.entries[key].topics)
    for key in sorted(own, key=lambda k: (-base.entries[k].year, base.entries[k].display_name.casefold())):
        area.add(_work(base, key, to), repeated=f"{heading.rstrip()} (continued)\n")


def _anchor(topic: str) -> str:
    return f"topic-{topic.replace('/', '--')}"


def _front(
    base: KnowledgeBase, works: int, under: dict[str, list[str]], places: dict[str, str], to: Addresses
) -> str:
    links = [f"[Site](<{to.site}>)"] if to.site else []
    links += [f"[Data files](<{to.files}papers>)"] if to.files else []
    head = [MARK, f"\n# {plain_in_markdown(to.title)}\n"]
    head += [f"{plain_in_markdown(to.description)}\n"] if to.description else []
    many = f"{works:,} {'work' if works == 1 else 'works'}"
    return "\n".join([*head, f"{' · '.join([many, *links])}\n", *_tree(base, under, places)]) + "\n"


def _tree(base: KnowledgeBase, under: dict[str, list[str]], places: dict[str, str]) -> Iterator[str]:
    for topic, node in base.topics.items():
        title, count = plain_in_markdown(node.title), len(under.get(topic, ()))
        link = f"[{title}]({places[topic]}#{_anchor(topic)})" if topic in places else title
        yield f"{'  ' * topic.count('/')}- {link} ({count})"


def _work(base: KnowledgeBase, key: str, to: Addresses) -> str:
    entry = base.entries[key]
    name, title = (plain_in_markdown(text) for text in (entry.display_name, entry.title))
    shown = f"**[{name}](<{to.site}papers/{key}/>)**" if to.site else f"**{name}**"
    record = base.citations.record(key)
    venue = base.venues.get(record.venue)
    where = plain_in_markdown(f"{_authors(entry)}, {venue.short if venue else record.venue} {record.year}")
    links = [f"[file](<{to.files}{base.entry_paths[key]}>)"] if to.files else []
    links += [f"[code](<{entry.links.code.url}>)"] if entry.links.code else []
    end = "" if entry.title.endswith(("?", "!", ".")) else "."
    told = f"{title}{end} {where}" if entry.name else where
    return f"- {' · '.join([f'{shown}: {told}', *links])}"


def _authors(entry: Entry) -> str:
    names = [family_name(author) for author in entry.authors]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."  # noqa: PLR2004 - two are written out
