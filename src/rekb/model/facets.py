"""The closed vocabularies: facets of a technique, and the venues where works appear."""

from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field

from rekb.model.base import Line, Link, Model, Slug
from rekb.model.identifiers import SCHEMES
from rekb.model.scheme import Scheme, bare_host


class Facet(StrEnum):
    """An axis other than the topic tree."""

    RESOURCE = "resource"
    PHASE = "phase"
    REQUIREMENT = "requirement"
    HARDWARE = "hardware"
    MODALITY = "modality"


RESERVED = frozenset({
    "find", "sort", "view", "group", "from", "to", "year", "papers", "q", "h",
    "since", "until", "query", "effect", "effects", "resource", "requirement", "requires", "modalities",
    "own", "tags",
    "key", "title", "name", "aliases", "kind", "authors", "venues", "volume", "issue", "pages", "doi",
    "arxiv", "url", "topics", "summary", "results", "reproductions", "added", "checked", "article",
    "publisher", "edited",
})  # fmt: skip
"""Names that an own facet may not have: they mean something in addresses, in questions or in tables."""


class FacetValue(Model):
    """One word of a closed vocabulary."""

    id: Slug
    """The word as entries write it."""
    label: Line
    """The word as readers see it."""
    description: Line
    """What it means, in a sentence; shown as help."""
    better: Literal["less", "more"] = "less"
    """Of a resource: which direction is the gain. Memory is saved, throughput is raised."""


class FacetText(Model):
    """How pages speak of a facet; what is left out is as it would be without."""

    title: Line | None = None
    """What it is called: ``Ran on``."""
    help: Line | None = None
    """What it says, in a clause: ``Where the authors ran it``."""
    nothing: Line | None = None
    """What is said of a work with an empty list, of `needs` and `hardware`: ``any hardware``."""
    question: Line | None = None
    """What the finder asks: ``On what hardware?``; the title, where only that is given."""


class FacetFile(Model):
    """taxonomy/facets.yaml: the vocabularies in the order in which words are shown; one may be left out.

    Those of a knowledge base's own facets stand beside the built-in ones, by the names that rekb.yaml gives.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[FacetValue, ...]]

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

    def vocabularies(self) -> dict[str, tuple[FacetValue, ...]]:
        """Return the words of every vocabulary, the built-in ones first."""
        found: dict[str, tuple[FacetValue, ...]] = {}
        for facet in Facet:
            found[facet.value] = getattr(self, facet.value)
        return found | self.__pydantic_extra__


VenueKind = Literal["conference", "journal", "workshop", "preprint", "report", "web", "book", "thesis"]
FORMAL_KINDS: frozenset[VenueKind] = frozenset({"conference", "journal", "workshop", "book"})
"""Kinds of venues whose records count as published; `model.cited` says which of them is cited."""


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
    address: Line | None = None
    """The city of its publisher, as bibliographies print it: ``New York, NY, USA``."""
    accepts: tuple[Line, ...] = ()
    """Other spellings that mean this venue; `rekb fmt` and imports turn them into the id."""

    @property
    def is_formal(self) -> bool:
        """Whether what appears here counts as published: reviewed, or printed by a publisher."""
        return self.kind in FORMAL_KINDS

    @property
    def scheme(self) -> Scheme | None:
        """The scheme whose identifiers this preprint server gives out, known by its address or its id."""
        if self.kind != "preprint":
            return None
        for scheme in SCHEMES.values():
            if scheme.home == self.host:
                return scheme
        return SCHEMES.get(self.id)

    @property
    def host(self) -> str:
        """The host of its own home page; empty where none is known."""
        if self.url is None:
            return ""
        return bare_host(urlsplit(self.url).hostname or "")


class VenueFile(Model):
    """taxonomy/venues.yaml: every venue that a record may name."""

    venues: tuple[Venue, ...] = Field(min_length=1)
    """The venues, by id."""
