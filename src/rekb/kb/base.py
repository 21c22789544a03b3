"""The knowledge base in memory: entries, topics, facets, venues, and look-ups by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rekb.kb.today import today
from rekb.model import (
    CombinesFile,
    Config,
    DeclinedFile,
    Entry,
    FacetFile,
    FacetValue,
    Measures,
    Topic,
    Venue,
)
from rekb.model.paths import ReadingPath
from rekb.model.watch import Candidate
from rekb.text import amount
from rekb.yamlio.document import Document

if TYPE_CHECKING:
    from rekb.citation.citations import Citations


@dataclass(frozen=True, slots=True)
class Unread:
    """What files name but could not be read: references to it are not complained about as well."""

    entries: frozenset[str] = frozenset()
    """Keys of entries whose file has faults."""
    topics: frozenset[str] = frozenset()
    """Ids of topics whose file, or a file above it, has faults."""
    facets: bool = False
    """Whether the vocabularies could not be read."""
    venues: bool = False
    """Whether the venues could not be read."""
    measures: frozenset[str] = frozenset()
    """Files of units, metrics, models or devices that have faults."""
    config: bool = False
    """Whether rekb.yaml could not be read: its levels, facets and rows of a survey are then not known."""
    folders: bool = False
    """Whether a link or folder was passed over, behind which anything may stand."""

    def has_entry(self, key: str) -> bool:
        """Whether an entry of this key may exist."""
        if self.folders:
            return True
        return key in self.entries

    def has_topic(self, topic_id: str) -> bool:
        """Whether a topic of this id may exist."""
        if self.folders:
            return True
        return topic_id in self.topics


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """What the data files hold. Entries are ordered by key, topics by their place in the tree."""

    entries: Mapping[str, Entry]
    """Citation key to entry."""
    topics: Mapping[str, Topic]
    """Topic id to topic, parents before children, siblings by their order."""
    facets: Mapping[str, Mapping[str, FacetValue]]
    """Vocabulary to its words, in the order in which they are shown."""
    venues: Mapping[str, Venue]
    """Venue id to venue."""
    documents: Mapping[str, Document] = field(repr=False)
    """Shown path to the file as read, for positions and source lines."""
    entry_paths: Mapping[str, str] = field(repr=False)
    """Citation key to the shown path of its file."""
    topic_paths: Mapping[str, str] = field(repr=False)
    """Topic id to the shown path of its file."""
    measures: Measures = field(default_factory=Measures, repr=False)
    """Units, metrics, models and devices that results name."""
    today: date = field(default_factory=today, repr=False)
    """The day on which it was read; what is dated later is wrong."""
    unread: Unread = field(default_factory=Unread, repr=False)
    """What exists but could not be read."""
    config: Config = field(default_factory=Config, repr=False)
    """What makes it the knowledge base of its own survey: rekb.yaml."""
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)
    """Works that the watched lists name, entered or not."""
    declined: DeclinedFile = field(default_factory=DeclinedFile, repr=False)
    """Works that do not belong here, and why."""
    combines: CombinesFile = field(default_factory=CombinesFile, repr=False)
    """What combines with what, each statement with its source."""
    paths: tuple[ReadingPath, ...] = field(default=(), repr=False)
    """Reading paths for learners, easiest first."""
    texts: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False)
    """What was written already of a file, venue or topic, by kind and id; see `exports.data`."""
    words: dict[str, Mapping[str, tuple[str, ...]]] = field(init=False, repr=False, compare=False)
    """The words of each work's facets, once a query asked; see `kb.query`."""
    _below: dict[str | None, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """Each topic's children, and the roots."""
    views: dict[str, Any] = field(init=False, repr=False, compare=False)
    """What was worked out of all of it, by name, when it was asked for first: the search's ranking."""

    def __post_init__(self) -> None:
        # The class is frozen for its data; these hold only what follows from the data.
        object.__setattr__(self, "texts", {})
        object.__setattr__(self, "views", {})
        object.__setattr__(self, "words", {})
        below: dict[str | None, list[str]] = {}
        for topic in self.topics:
            below.setdefault(topic.rpartition("/")[0] or None, []).append(topic)
        object.__setattr__(self, "_below", {above: tuple(ids) for above, ids in below.items()})

    def __repr__(self) -> str:
        entries = amount(len(self.entries), "entry", "entries")
        return f"<KnowledgeBase of {entries} and {amount(len(self.topics), 'topic')}>"

    @property
    def citations(self) -> "Citations":
        """Each work's citation, worked out when it is asked for first."""
        if "citations" not in self.views:
            from rekb.citation.citations import Citations  # noqa: PLC0415 - a check cites nothing

            self.views["citations"] = Citations(self.entries, self.venues)
        made: Citations = self.views["citations"]
        return made

    def children(self, topic_id: str | None) -> tuple[str, ...]:
        """Return the ids right below a topic, in order; below `None` are the roots."""
        return self._below.get(topic_id or None, ())

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """Return the ids above a topic, root first, without itself."""
        parts = topic_id.split("/")
        found: list[str] = []
        for n in range(1, len(parts)):
            found.append("/".join(parts[:n]))
        return tuple(found)

    def is_leaf(self, topic_id: str) -> bool:
        """Whether no topic is below this one."""
        return not self.children(topic_id)

    def entry_document(self, key: str) -> Document:
        """Return the file of an entry."""
        return self.documents[self.entry_paths[key]]

    def entries_under(self, topic_id: str) -> Iterator[tuple[str, Entry]]:
        """Yield the entries of a topic and of all topics below it, by key."""
        # The slash keeps `kv-cache-storage` out of `kv-cache`.
        below = f"{topic_id}/"
        for key, entry in self.entries.items():
            is_below = any(topic.startswith(below) for topic in entry.topics)
            if is_below or topic_id in entry.topics:
                yield key, entry


def facet_values(file: FacetFile) -> dict[str, dict[str, FacetValue]]:
    """Return the vocabularies of a facets file, by facet and word."""
    found: dict[str, dict[str, FacetValue]] = {}
    for facet, words in file.vocabularies().items():
        found[facet] = {value.id: value for value in words}
    return found


def tree_order(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Return the topics with parents before children and siblings by order, then id."""

    # A tuple sorts before the longer ones that it begins, so a parent comes before its children.
    def place(topic_id: str) -> tuple[tuple[int, str], ...]:
        parts = topic_id.split("/")
        ids = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        return tuple((topics[i].order if i in topics else 0, i) for i in ids)

    return {topic_id: topics[topic_id] for topic_id in sorted(topics, key=place)}
