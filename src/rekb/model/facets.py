"""The closed vocabularies: facets of a technique, and the venues where works appear."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from rekb.model.base import Line, Link, Model, Slug


class Facet(StrEnum):
    """An axis other than the topic tree."""

    RESOURCE = "resource"
    PHASE = "phase"
    REQUIREMENT = "requirement"
    HARDWARE = "hardware"
    MODALITY = "modality"


class FacetValue(Model):
    """One word of a closed vocabulary."""

    id: Slug
    """The word as entries write it."""
    label: Line
    """The word as readers see it."""
    description: Line
    """What it means, in a sentence; shown as help."""


class FacetFile(Model):
    """taxonomy/facets.yaml: every vocabulary in the order in which it is shown."""

    resource: tuple[FacetValue, ...] = Field(min_length=1)
    """What a technique can save or cost."""
    phase: tuple[FacetValue, ...] = Field(min_length=1)
    """When in a model's life the effect shows."""
    requirement: tuple[FacetValue, ...] = Field(min_length=1)
    """What must be at hand before a technique can be used."""
    hardware: tuple[FacetValue, ...] = Field(min_length=1)
    """Where the authors ran it or made it to run."""
    modality: tuple[FacetValue, ...] = Field(min_length=1)
    """What kind of data the model reads or makes."""

    def values(self, facet: Facet) -> tuple[FacetValue, ...]:
        """Return the words of one vocabulary."""
        words: tuple[FacetValue, ...] = getattr(self, facet.value)
        return words


VenueKind = Literal["conference", "journal", "workshop", "preprint", "report", "web", "book"]


class Venue(Model):
    """A place of publication."""

    id: Slug
    """The word as records write it."""
    name: Line
    """The full name, as a bibliography prints it."""
    short: Line
    """The name people say."""
    kind: VenueKind
    """What it is; decides the type of the exported reference."""
    publisher: Line | None = None
    """Who publishes it, where that is one body for all years."""
    url: Link | None = None
    """Its own home page."""
    accepts: tuple[Line, ...] = ()
    """Other spellings that mean this venue; `rekb fmt` and imports turn them into the id."""


class VenueFile(Model):
    """taxonomy/venues.yaml: every venue that a record may name."""

    venues: tuple[Venue, ...] = Field(min_length=1)
    """The venues, by id."""
