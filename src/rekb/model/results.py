"""A reported result: a number with its conditions in words of the vocabularies, and where it is written."""

from typing import Annotated, Literal, Self

from pydantic import StrictFloat, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Key, Line, Link, Model, Slug

# Strict, or pydantic would take `true` for 1 and the text "3" for 3.
Number = StrictInt | StrictFloat
Comparator = Literal["exact", "about", "up-to", "at-least", "more-than", "less-than"]
SourceKind = Literal[
    "abstract", "table", "figure", "section", "appendix", "text", "supplement", "readme", "model-card",
    "documentation", "page", "blog", "leaderboard", "data", "slides", "issue", "news",
]  # fmt: skip
"""Parts of a paper, then pages of other kinds."""
ArxivVersion = Annotated[str, StringConstraints(strict=True, pattern=r"^v[1-9][0-9]*\Z")]
Label = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=20)]


class Source(Model):
    """Where a number is written: in a record of this work, in one of another work, or on a page."""

    record: Slug | None = None
    """Venue of the record that holds the number, one of the work's own: ``arxiv``."""
    entry: Key | None = None
    """The other work whose record it is."""
    version: ArxivVersion | None = None
    """Version of a preprint, where the number does not stand in all: ``v3``."""
    url: Link | None = None
    """The page that holds it, where that is no record of a work here."""
    kind: SourceKind
    """Part of the paper, or kind of page."""
    number: Label | None = None
    """Number of the table, figure or section: ``"2"``, ``"4.1"``."""
    row: Line | None = None
    """Words of the row of a table."""
    where: Line | None = None
    """Words that say more than kind, number and row."""
    read_in: Link | None = None
    """The copy that was really read, where it is at another place."""

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        is_record = self.record is not None
        is_page = self.url is not None
        if is_record == is_page:
            raise PydanticCustomError("place", "a source names a `record` or a `url`, one of the two")
        if is_page and (self.entry or self.version):
            raise PydanticCustomError("place", "`entry` and `version` go with a `record`")
        return self


class Result(Model):
    """A number that the authors, or others who measured their work, report with its conditions."""

    id: Slug
    """Its name within the entry, which stays: ``decoding-speed-up-llama-2-7b``."""
    metric: Slug | None = None
    """What was measured, an id of taxonomy/metrics.yaml; absent only where `wording` says more."""
    wording: Line | None = None
    """What was measured, in the authors' words, where they say more than the metric's label."""
    value: Number
    """The number."""
    upper: Number | None = None
    """The upper end, where the authors give a range from `value`."""
    unit: Line
    """Unit, an id of taxonomy/metrics.yaml: ``x`` for a ratio, ``%``, ``GB``, ``ms``, ``points`` ..."""
    comparator: Comparator = "exact"
    """How the number is meant."""
    baseline: Line | None = None
    """Compared with what, in words."""
    baseline_entry: Key | None = None
    """The work compared with."""
    baseline_value: Number | None = None
    """What the baseline reached, in the same unit."""
    model: Slug | None = None
    """On which model, an id of taxonomy/models.yaml."""
    model_wording: Line | None = None
    """The model in the authors' words, where they say more or no id fits: ``models of 400M parameters``."""
    device: Slug | None = None
    """On which device, an id of taxonomy/devices.yaml."""
    device_count: Count | None = None
    """On how many of them."""
    hardware: Line | None = None
    """On which machine, in words, where they say more than device and number."""
    setting: Line | None = None
    """Data set, batch, sequence length, precision and the like."""
    measured_by: Line | None = None
    """Who measured it, where it was not the work's own authors: ``Spec-Bench``, ``the authors of Wanda``."""
    source: Source
    """Where it is written."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.metric is None and self.wording is None:
            raise PydanticCustomError("metric", "a result names its `metric`")
        is_empty_range = self.upper is not None and self.upper <= self.value
        if is_empty_range:
            raise PydanticCustomError("range", "`upper` must be greater than `value`")
        counts_nothing = self.device_count is not None and self.device is None
        if counts_nothing:
            raise PydanticCustomError("place", "`device_count` goes with a `device`")
        return self
