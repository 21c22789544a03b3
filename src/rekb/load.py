"""Read the folders of a knowledge base: every readable file becomes a model, every fault a diagnostic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase, facet_values, tree_order
from rekb.model import Entry, FacetFile, Topic, VenueFile
from rekb.model.base import KEY, SLUG, Model
from rekb.shape import shape_faults
from rekb.yamlio import Document, read

M = TypeVar("M", bound=Model)

PAPERS = "papers"
TOPICS = "taxonomy/topics"
FACETS = "taxonomy/facets.yaml"
VENUES = "taxonomy/venues.yaml"
_ENTRY_FILE = re.compile(rf"{PAPERS}/[0-9]{{4}}/{KEY}\.yaml\Z")
_TOPIC_FILE = re.compile(rf"{TOPICS}/(?:{SLUG}/)*(?:_topic|{SLUG})\.yaml\Z")


@dataclass(slots=True)
class Loading:
    """A knowledge base being read: the models so far, the files behind them, the faults found."""

    root: Path
    report: Report = field(default_factory=Report)
    documents: dict[str, Document] = field(default_factory=dict)

    def model(self, shown: str, kind: type[M]) -> M | None:
        """Read one file as a model; faults go into the report."""
        reading = read(self.root / shown, shown)
        self.report.extend(reading.diagnostics)
        document = reading.document
        if document is None:
            return None
        self.documents[shown] = document
        if document.value is None:
            self._fault("empty-file", shown, "the file is empty", "write the entry, or delete the file")
            return None
        try:
            return kind.model_validate(document.value)
        except ValidationError as error:
            self.report.extend(shape_faults(error, document, kind))
            return None

    def files(self, folder: str) -> Iterator[str]:
        """Yield every file below a folder of the root, sorted, as shown paths; links are not followed."""
        top = self.root / folder
        for path in sorted(top.rglob("*"), key=lambda p: p.relative_to(self.root).parts):
            if path.is_symlink() or not path.is_dir():
                yield path.relative_to(self.root).as_posix()

    def _fault(self, rule: str, shown: str, message: str, hint: str) -> None:
        self.report.add(Diagnostic(rule, Severity.ERROR, Place(shown), message, hint))

    def entries(self) -> tuple[dict[str, Entry], dict[str, str]]:
        """Read all works; return them and their paths by key."""
        found: dict[str, Entry] = {}
        paths: dict[str, str] = {}
        for shown in self.files(PAPERS):
            if not _ENTRY_FILE.match(shown):
                self._fault(
                    "stray-file",
                    shown,
                    "this is not the path of an entry",
                    "entries are papers/<year>/<key>.yaml, such as papers/2022/dao2022flashattention.yaml",
                )
                continue
            entry = self.model(shown, Entry)
            key = Path(shown).stem
            if key in paths:
                hint = "one work has one file; keep the one in the folder of its first public year"
                self._fault("duplicate-key-file", shown, f"the key `{key}` stands in {paths[key]} too", hint)
            elif entry is not None:
                found[key] = entry
                paths[key] = shown
        order = sorted(found)
        return {key: found[key] for key in order}, {key: paths[key] for key in order}

    def topics(self) -> tuple[dict[str, Topic], dict[str, str]]:
        """Read the topic tree; return topics and their paths by id."""
        found: dict[str, Topic] = {}
        paths: dict[str, str] = {}
        for shown in self.files(TOPICS):
            if not _TOPIC_FILE.match(shown):
                hint = "a leaf is <slug>.yaml, an inner node a folder with _topic.yaml"
                self._fault("stray-file", shown, "this is not the path of a topic", hint)
                continue
            topic_id = shown.removeprefix(f"{TOPICS}/").removesuffix(".yaml").removesuffix("/_topic")
            topic = self.model(shown, Topic)
            if topic_id in paths:
                self._fault(
                    "duplicate-topic", shown, f"the topic stands in {paths[topic_id]} too", "keep one"
                )
            elif topic is not None:
                found[topic_id] = topic
                paths[topic_id] = shown
        for topic_id in list(found):
            self._check_parent(topic_id, found, paths)
        return tree_order(found), paths

    def _check_parent(self, topic_id: str, found: dict[str, Topic], paths: dict[str, str]) -> None:
        parent = topic_id.rpartition("/")[0]
        if parent and not (self.root / TOPICS / parent / "_topic.yaml").exists():
            hint = f"write {TOPICS}/{parent}/_topic.yaml"
            self._fault(
                "topic-without-parent", paths[topic_id], f"the topic above, `{parent}`, has no file", hint
            )
            del found[topic_id]


def load(root: Path) -> tuple[KnowledgeBase, Report]:
    """Read a knowledge base.

    Args:
        root: the folder that holds ``papers/`` and ``taxonomy/``.

    Returns:
        What could be read, and a report of what could not.

    Raises:
        RekbError: when the folder is no knowledge base.
    """
    root = root.resolve()
    for needed in (PAPERS, "taxonomy"):
        if not (root / needed).is_dir():
            raise RekbError(f"no knowledge base in {root}: the folder {needed}/ is missing; use --root DIR")
    loading = Loading(root)
    facets = loading.model(FACETS, FacetFile)
    venues = loading.model(VENUES, VenueFile)
    topics, topic_paths = loading.topics()
    entries, entry_paths = loading.entries()
    base = KnowledgeBase(
        entries=entries,
        topics=topics,
        facets=facet_values(facets) if facets else {},
        venues={venue.id: venue for venue in venues.venues} if venues else {},
        documents=loading.documents,
        entry_paths=entry_paths,
        topic_paths=topic_paths,
    )
    return base, loading.report
