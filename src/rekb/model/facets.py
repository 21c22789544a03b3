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


class FacetText(Model):
    """How pages speak of a facet; what is left out is as it would be without."""

    title: Line | None = None
    """What it is called: ``Ran on``."""
    help: Line | None = None
    """What it tells, in a clause: ``Where the authors ran it``."""
    nothing: Line | None = None
    """What is said of a work with an empty list, of `needs` and `hardware`: ``any hardware``."""
    question: Line | None = None
    """What the finder asks: ``On what hardware?``; the title, where only that is given."""


class FacetFile(Model):
    """taxonomy/facets.yaml: the vocabularies in the order in which words are shown; one may be left out."""

    resource: tuple[FacetValue, ...] = ()
    """What a technique can save or cost."""
    phase: tuple[FacetValue, ...] = ()
    """When in a model's life the effect shows."""
    requirement: tuple[FacetValue, ...] = ()
    """What must be at hand before a technique can be used."""
    hardware: tuple[FacetValue, ...] = ()
    """Where the authors ran it or made it to run."""
    modality: tuple[FacetValue, ...] = ()
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
