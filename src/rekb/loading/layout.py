"""Where the files of a knowledge base are, and which file a path is of."""

import re

from rekb.loading.places import CONFIG, PAPERS, TAXONOMY
from rekb.model import (
    CombinesFile,
    Config,
    DeclinedFile,
    DeviceFile,
    Entry,
    FacetFile,
    MetricFile,
    ModelFile,
    PathsFile,
    Topic,
    VenueFile,
)
from rekb.model.base import KEY, SLUG, Model

__all__ = [
    "CANDIDATES", "CONFIG", "DECLINED", "DEVICES", "FACETS", "METRICS", "MODELS", "MOST_LEVELS", "PAPERS",
    "PATHS", "SCHEMAS", "TAXONOMY", "TOPICS", "VENUES", "kind_of", "schema_line", "topic_id_of",
]  # fmt: skip

TOPICS = "taxonomy/topics"
FACETS = "taxonomy/facets.yaml"
VENUES = "taxonomy/venues.yaml"
METRICS = "taxonomy/metrics.yaml"
MODELS = "taxonomy/models.yaml"
DEVICES = "taxonomy/devices.yaml"
CANDIDATES = "taxonomy/candidates.json"
DECLINED = "taxonomy/declined.yaml"
COMBINES = "taxonomy/combines.yaml"
PATHS = "taxonomy/paths.yaml"
MOST_LEVELS = 8
"""Levels of the topic tree; a reader gets lost in a deeper one, and pages of hundreds end in a crash."""
SCHEMAS: dict[type[Model], str] = {
    Entry: "docs/schema/entry.json",
    Topic: "docs/schema/topic.json",
    FacetFile: "docs/schema/facets.json",
    VenueFile: "docs/schema/venues.json",
    MetricFile: "docs/schema/metrics.json",
    ModelFile: "docs/schema/models.json",
    DeviceFile: "docs/schema/devices.json",
    DeclinedFile: "docs/schema/declined.json",
    CombinesFile: "docs/schema/combines.json",
    PathsFile: "docs/schema/paths.json",
    Config: "docs/schema/config.json",
}
"""The schema that editors use for the files of each model."""

NUMBER_FILES: dict[str, type[Model]] = {METRICS: MetricFile, MODELS: ModelFile, DEVICES: DeviceFile}
"""The vocabularies of numbers, which a knowledge base may leave out."""
_NAMED: dict[str, type[Model]] = {
    FACETS: FacetFile,
    VENUES: VenueFile,
    **NUMBER_FILES,
    DECLINED: DeclinedFile,
    COMBINES: CombinesFile,
    PATHS: PathsFile,
    CONFIG: Config,
}
# `$` would match before an end of line, too, and a name of a file may end with one.
_ENTRY_FILE = re.compile(rf"{PAPERS}/[0-9]{{4}}/{KEY}\.yaml\Z")
_TOPIC_FILE = re.compile(rf"{TOPICS}/(?:{SLUG}/)*{SLUG}(?:/_topic)?\.yaml\Z")


def kind_of(path: str) -> type[Model] | None:
    """Return the model that a file of this path holds; `None` for a path that no data file has."""
    if path in _NAMED:
        return _NAMED[path]
    if _ENTRY_FILE.match(path):
        return Entry
    if _TOPIC_FILE.match(path):
        return Topic
    return None


def topic_id_of(path: str) -> str:
    """Return the id of the topic in a file: its path below taxonomy/topics."""
    return path.removeprefix(f"{TOPICS}/").removesuffix(".yaml").removesuffix("/_topic")


def schema_line(path: str) -> str | None:
    """Return the first line of a data file of this path, by which editors complete and check it."""
    kind = kind_of(path)
    if kind is None:
        return None
    # The language servers of editors read this line, and take the path from the folder of the file.
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{SCHEMAS[kind]}"
