"""Read the folders of a knowledge base: every readable file becomes a model, every fault a diagnostic."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.files import is_left_over, sweep
from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread, facet_values, tree_order
from rekb.kb.today import reading_day
from rekb.loading.cache import Cache
from rekb.loading.candidates import read_candidates
from rekb.loading.kept import Kept
from rekb.loading.layout import (
    CANDIDATES,
    COMBINES,
    CONFIG,
    DECLINED,
    DEVICES,
    FACETS,
    METRICS,
    MODELS,
    MOST_LEVELS,
    NUMBER_FILES,
    PAPERS,
    PATHS,
    TAXONOMY,
    TOPICS,
    VENUES,
    kind_of,
    topic_id_of,
)
from rekb.loading.places import refuse_other_folders
from rekb.loading.validation import fit
from rekb.model import (
    CombinesFile,
    Config,
    DeclinedFile,
    DeviceFile,
    Entry,
    FacetFile,
    Measures,
    MetricFile,
    ModelFile,
    PathsFile,
    Topic,
    VenueFile,
)
from rekb.model.base import Model
from rekb.model.watch import Candidate
from rekb.text import printable
from rekb.yamlio.document import Document, Reading
from rekb.yamlio.reader import read

M = TypeVar("M", bound=Model)


_SPOILED = frozenset({"yaml-alias", "yaml-merge-key", "key-not-text", "not-a-number", "comment-in-text"})
"""Faults that leave no value to validate: what the models report of it as well would be nonsense."""


@dataclass(slots=True)
class Loading:
    """A knowledge base being read: the files so far and the faults found."""

    root: Path
    report: Report = field(default_factory=Report)
    documents: dict[str, Document] = field(default_factory=dict)
    cache: Cache | None = None
    """What earlier runs read, where it may be used."""
    kept: Kept | None = None
    """What this process read before, where it reads again and again."""
    passed_over: bool = False
    """Whether a link or a folder was not read."""
    step: Callable[[], None] | None = None
    """What is called after each file."""

    def model(self, relpath: str, kind: type[M]) -> M | None:
        """Read one file as a model; faults go into the report."""
        model = self._known(relpath, kind) or self._new(relpath, kind)
        if self.step:
            self.step()
        return model

    def _known(self, relpath: str, kind: type[M]) -> M | None:
        """Return the model that the same bytes gave before."""
        if self.kept:
            found = self.kept.find(self.root / relpath, relpath, kind)
        else:
            found = None
        if found is None or not isinstance(found.model, kind):
            return None
        self.documents[found.document.path] = found.document
        return found.model

    def _new(self, relpath: str, kind: type[M]) -> M | None:
        if self.cache:
            reader = self.cache.read
        else:
            reader = read
        before = len(self.report.diagnostics)
        # A path is a text here: of all files, `Path` takes as long as reading a tenth of them.
        model = self.fitted(reader(os.path.join(self.root, relpath), printable(relpath)), relpath, kind)  # noqa: PTH118
        if self.kept and model is not None and len(self.report.diagnostics) == before:
            self.kept.add(relpath, self.documents[printable(relpath)], model)
        return model

    def fitted(self, reading: Reading, relpath: str, kind: type[M]) -> M | None:
        """Return the model of what was read; faults go into the report."""
        self.report.extend(reading.diagnostics)
        document = reading.document
        if document is None:
            return None
        self.documents[document.path] = document
        if not document.parsed:
            return None
        if document.value is None:
            self.fault("empty-file", relpath, "the file is empty", "write the entry, or delete the file")
            return None
        model, faults = fit(document, kind)
        reported = {d.field for d in reading.diagnostics if d.field and d.rule in _SPOILED}
        self.report.extend(fault for fault in faults if not _below(fault.field or "", reported))
        if reading.diagnostics and kind is not Entry:
            return None  # what was dropped of a vocabulary would be missing everywhere else
        return model

    def fault(self, rule: str, relpath: str, message: str, hint: str, other: str = "") -> None:
        """Record a fault of a whole file or folder, which may be about another file as well."""
        also = (printable(other),) if other else ()
        place = Place(printable(relpath))
        self.report.add(Diagnostic(rule, Severity.ERROR, place, message, hint, also=also))

    def files(self, folder: str) -> Iterator[str]:
        """Yield every file below a folder of the root, sorted; links are reported and not followed."""
        path = self.root / folder
        pending = [(folder, path.is_symlink(), path.is_dir())]
        while pending:
            relpath, is_link, is_folder = pending.pop()
            if is_link:
                self.passed_over = True
                hint = "put the file or folder itself here"
                self.fault("symbolic-link", relpath, "this is a symbolic link", hint)
            elif is_folder and not relpath.endswith(".yaml"):
                # The last one put on a stack comes off first: turned round, files come in sorted order.
                pending += reversed(self._inner(relpath))
            else:
                yield relpath  # a folder with the name of a data file as well: reading it reports what it is

    def _inner(self, relpath: str) -> list[tuple[str, bool, bool]]:
        """Return what is in a folder, sorted: path, whether it is a link, whether it is a folder.

        What a killed run left there is removed, and is no data.
        """
        try:
            with os.scandir(self.root / relpath) as found:
                inner = [(e.name, e.is_symlink(), e.is_dir(follow_symlinks=False)) for e in found]
        except OSError as error:
            self.passed_over = True
            message = f"the folder cannot be read: {error.strerror}"
            self.fault("unreadable-file", relpath, message, "change its permissions")
            return []
        if any(is_left_over(name) for name, _, _ in inner):
            sweep(self.root / relpath)
            inner = [one for one in inner if not is_left_over(one[0]) or one[1] or one[2]]
        kept: list[tuple[str, bool, bool]] = []
        for name, is_link, is_folder in sorted(inner):
            kept.append((f"{relpath}/{name}", is_link, is_folder))
        return kept


def _below(field_path: str, reported: set[str]) -> bool:
    """Whether a field is one of those already complained about, or inside one."""
    for above in reported:
        if field_path == above or field_path.startswith((f"{above}.", f"{above}[")):
            return True
    return False


@dataclass(slots=True)
class Found(Generic[M]):
    """The models of one kind: by id, with their paths, and the ids whose file could not be read."""

    models: dict[str, M] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def keep(self, name: str, relpath: str, model: M | None) -> None:
        """Record what reading a file gave."""
        if model is None:
            self.unread.add(name)
        else:
            self.models[name] = model
            self.paths[name] = relpath


def read_entries(loading: Loading) -> Found[Entry]:
    """Read all works below papers/, by key."""
    found: Found[Entry] = Found()
    seen: dict[str, str] = {}
    for relpath in loading.files(PAPERS):
        key = relpath.rpartition("/")[2].removesuffix(".yaml")
        if kind_of(relpath) is not Entry:
            key = PurePosixPath(relpath).stem
            hint = "entries are papers/<year>/<key>.yaml, such as papers/1984/knuth1984literate.yaml"
            loading.fault("stray-file", relpath, "this is not the path of an entry", hint)
            found.unread.add(key)
            continue
        # It is read before its key is compared, so that a second file's own faults are reported as well.
        entry = loading.model(relpath, Entry)
        if key in seen:
            hint = "one work has one file; keep the one in the folder of its first public year"
            message = f"the key `{key}` is in {seen[key]} too"
            loading.fault("duplicate-file", relpath, message, hint, seen[key])
            continue
        seen[key] = relpath
        found.keep(key, relpath, entry)
    # Files come year by year, and entries are ordered by key over all years.
    found.models = {key: found.models[key] for key in sorted(found.models)}
    return found


def read_topics(loading: Loading) -> Found[Topic]:
    """Read the topic tree, by id."""
    found: Found[Topic] = Found()
    seen: dict[str, str] = {}
    too_deep: dict[str, str] = {}
    for relpath in loading.files(TAXONOMY):
        if relpath in (FACETS, VENUES, CANDIDATES, DECLINED, COMBINES, PATHS, *NUMBER_FILES):
            continue
        if kind_of(relpath) is not Topic:
            hint = "a leaf is taxonomy/topics/<area>/<slug>.yaml, an inner node a folder with _topic.yaml"
            loading.fault("stray-file", relpath, "this is not the path of a taxonomy file", hint)
            continue
        topic_id = topic_id_of(relpath)
        if topic_id.count("/") >= MOST_LEVELS:
            too_deep.setdefault("/".join(topic_id.split("/")[: MOST_LEVELS + 1]), relpath)
            found.unread.add(topic_id)
            continue
        topic = loading.model(relpath, Topic)
        if topic_id in seen:
            hint = "keep the folder when topics stand below it, else the file"
            message = f"the topic is in {seen[topic_id]} too"
            loading.fault("duplicate-file", relpath, message, hint, seen[topic_id])
            continue
        seen[topic_id] = relpath
        found.keep(topic_id, relpath, topic)
    for relpath in too_deep.values():  # reported once for all that is below
        hint = "put its works higher up in the tree"
        loading.fault("topic-too-deep", relpath, f"the tree has at most {MOST_LEVELS} levels", hint)
    _drop_orphans(loading, found, seen)
    return found


def _drop_orphans(loading: Loading, found: Found[Topic], seen: dict[str, str]) -> None:
    """Take topics out of the tree that hang on nothing, and report it once for each missing node."""
    # A parent sorts before its children, so what hangs on a dropped topic is dropped in the same pass.
    for topic_id in sorted(seen):
        parent = topic_id.rpartition("/")[0]
        if not parent or (parent in found.models and parent not in found.unread):
            continue
        if parent not in seen:
            hint = f"write {TOPICS}/{parent}/_topic.yaml"
            message = f"the topic above, `{parent}`, has no file"
            loading.fault("topic-without-parent", seen[topic_id], message, hint)
        if topic_id in found.models:
            del found.models[topic_id], found.paths[topic_id]
            found.unread.add(topic_id)


def read_config(loading: Loading) -> Config | None:
    """Read rekb.yaml; without it everything in it is as by default. Return `None` where it has faults."""
    path = loading.root / CONFIG
    if path.is_symlink():
        hint = "put the file itself here"
        loading.fault("symbolic-link", CONFIG, "this is a symbolic link", hint)
        return None
    return loading.model(CONFIG, Config) if path.exists() else Config()


def read_if_there(loading: Loading, relpath: str, kind: type[M]) -> M | None:
    """Read a file that a knowledge base may do without."""
    path = loading.root / relpath
    if not path.exists() and not path.is_symlink():
        return None
    return loading.model(relpath, kind)


def measures_of(numbers: MetricFile | None, models: ModelFile | None, devices: DeviceFile | None) -> Measures:
    """Return the vocabularies of numbers by id, of the files that are there."""
    measures = Measures()
    if numbers:
        units = {unit.id: unit for unit in numbers.units}
        measures = replace(measures, units=units, metrics={one.id: one for one in numbers.metrics})
    if models:
        measures = replace(measures, models={model.id: model for model in models.models})
    if devices:
        measures = replace(measures, devices={device.id: device for device in devices.devices})
    return measures


def read_measures(loading: Loading) -> tuple[Measures, frozenset[str]]:
    """Read the vocabularies of numbers, and return the files among them that have faults."""
    numbers = read_if_there(loading, METRICS, MetricFile)
    models = read_if_there(loading, MODELS, ModelFile)
    devices = read_if_there(loading, DEVICES, DeviceFile)
    measures = measures_of(numbers, models, devices)
    read = {METRICS: numbers, MODELS: models, DEVICES: devices}
    there = {relpath for relpath in read if (loading.root / relpath).exists()}
    return measures, frozenset(relpath for relpath in there if read[relpath] is None)


def load(
    root: Path,
    cache: Cache | None = None,
    step: Callable[[], None] | None = None,
    kept: Kept | None = None,
) -> tuple[KnowledgeBase, Report]:
    """Read a knowledge base.

    Args:
        root: the folder that holds ``papers/`` and ``taxonomy/``.
        cache: what earlier runs read; files that did not change are then not parsed again.
        step: what is called after each file, to show how far the reading is.
        kept: what this process read before; a file whose bytes are the same is the same model again.

    Returns:
        What could be read, and a report of what could not.

    Raises:
        RekbError: when the folder is no knowledge base.
    """
    root = root.resolve()
    refuse_other_folders(root)
    if kept:
        kept.begin()
    loading = Loading(root, cache=cache, kept=kept, step=step)
    return assembled(loading), loading.report


def assembled(loading: Loading) -> KnowledgeBase:
    """Return the knowledge base of all files that a loading finds."""
    linked = (loading.root / TAXONOMY).is_symlink()  # reported below, like any other link
    facets = None if linked else loading.model(FACETS, FacetFile)
    venues = None if linked else loading.model(VENUES, VenueFile)
    measures, faulty = Measures(), frozenset[str]()
    if not linked:
        measures, faulty = read_measures(loading)
    candidates: tuple[Candidate, ...] = ()
    if not linked:
        candidates, faults = read_candidates(loading.root)
        loading.report.extend(faults)
    declined = None if linked else read_if_there(loading, DECLINED, DeclinedFile)
    combines = None if linked else read_if_there(loading, COMBINES, CombinesFile)
    paths = None if linked else read_if_there(loading, PATHS, PathsFile)
    config = read_config(loading)
    topics = read_topics(loading)
    entries = read_entries(loading)
    return KnowledgeBase(
        entries=entries.models,
        topics=tree_order(topics.models),
        facets=facet_values(facets) if facets else {},
        venues={venue.id: venue for venue in venues.venues} if venues else {},
        measures=measures,
        documents=loading.documents,
        entry_paths=entries.paths,
        topic_paths=topics.paths,
        today=reading_day(entries.models.values()),
        unread=Unread(
            entries=frozenset(entries.unread - set(entries.models)),
            topics=frozenset(topics.unread),
            facets=facets is None,
            venues=venues is None,
            measures=faulty,
            config=config is None,
            folders=loading.passed_over,
        ),
        config=config or Config(),
        candidates=candidates,
        declined=declined or DeclinedFile(),
        combines=combines or CombinesFile(),
        paths=paths.paths if paths else (),
    )
