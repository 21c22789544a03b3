"""The JSON that `rekb search`, `rekb show` and `rekb numbers` print; docs/schema/ has their schemas."""

from typing import Annotated, Literal

from pydantic import Field

from rekb.exports.data import ExportedEntry
from rekb.model.base import Key, Model, TopicId
from rekb.model.entry import RelationType

SCHEMA_VERSION = 1
"""Raised when a reader of one of these would have to change."""


class FoundWork(Model):
    """One work that a search found."""

    key: Key
    """Its citation key."""
    name: str
    """The short name people use, or the title where there is none."""
    title: str
    """The title with the authors' capitals."""
    authors: tuple[str, ...]
    """All authors in order, each as it is read aloud."""
    year: int
    """First public year."""
    venue: str
    """Short name of the venue of the record that is cited."""
    venue_year: int
    """Year of that record."""
    topics: tuple[TopicId, ...]
    """Ids of its topics; the first is primary."""
    holds_every_word: bool
    """False where no work holds every word and this one holds most of them."""
    page: str | None
    """Its page on the site; null where mkdocs.yml names no site."""
    path: str
    """Its file below the knowledge base's folder."""
    url: str | None
    """The address that a reader follows to the work itself."""


class FoundWorks(Model):
    """What `rekb search --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    total: int
    """How many works were found; `--limit` says how many are listed."""
    works: tuple[FoundWork, ...]
    """The works, best first."""


class NamingWork(Model):
    """A work that names another one."""

    key: Key
    """Its citation key."""
    relation: RelationType
    """Read as 'that work <relation> this one'."""
    page: str | None
    """Its page on the site."""


class ShownWork(Model):
    """What `rekb show --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    page: str | None
    """Its page on the site; null where mkdocs.yml names no site."""
    path: str
    """Its file below the knowledge base's folder."""
    url: str | None
    """The address that a reader follows to the work itself."""
    work: ExportedEntry
    """The key and the fields of its file; a field that the file leaves out is not known."""
    named_by: tuple[NamingWork, ...]
    """Works whose relations name this one."""


class NumberRow(Model):
    """One reported result: its ids, its words, and what its metric says of it."""

    entry: Key
    """The citation key of the work."""
    id: str
    """The result's id, unique in its entry."""
    metric: str | None
    """An id of taxonomy/metrics.yaml."""
    metric_words: str
    """What was measured, in words."""
    resource: str
    """What the metric is about; empty where the metric is not known."""
    phase: str
    """When it shows; empty where it shows at any time or the metric is not known."""
    better: Annotated[str, Field(pattern=r"^(more|less|)$")]
    """Which direction is the gain; empty where the metric is not known."""
    kind: str
    """What kind of number it is: ratio, absolute or quality."""
    comparator: str
    """How exact the value is: exact, about, up-to, at-least, more-than or less-than."""
    value: float | int
    """The number."""
    upper: float | int | None
    """The upper end where a range is given."""
    unit: str
    """The unit of both."""
    baseline: str
    """What it was compared with, in words."""
    baseline_entry: Key | None
    """The work that it was compared with."""
    baseline_value: float | int | None
    """The baseline's own number."""
    model: str | None
    """An id of taxonomy/models.yaml."""
    model_words: str
    """The model in words."""
    device: str | None
    """An id of taxonomy/devices.yaml."""
    device_count: int | None
    """How many devices."""
    hardware_words: str
    """The hardware in words."""
    setting: str
    """Other conditions."""
    measured_by: str
    """Who measured, where it was not the authors."""
    source: str
    """Where the number is: the table, figure or section."""
    source_url: str
    """The page of the source; empty where none is known."""
    read_in: str
    """The copy that was read, where that was another one."""
    page: str | None
    """The work's page on the site."""


class Numbers(Model):
    """What `rekb numbers --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    numbers: tuple[NumberRow, ...]
    """The results that fit, those of one metric together; never ranked by value."""


ANSWERS: dict[type[Model], str] = {
    FoundWorks: "docs/schema/search.json",
    ShownWork: "docs/schema/show.json",
    Numbers: "docs/schema/numbers.json",
}
"""The schema of each."""
