"""The record of one work: what papers/<year>/<key>.yaml holds."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    Field,
    StrictBool,
    StringConstraints,
    field_validator,
)
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Date, Key, Line, Link, Model, Slug, TopicId
from rekb.model.identifiers import SCHEMES
from rekb.model.levels import Summary
from rekb.model.record import Record
from rekb.model.reproductions import Reproduction
from rekb.model.results import Result
from rekb.model.variant import ModelCard

Kind = Literal["paper", "book", "chapter", "thesis", "software", "report", "post"]
Change = Literal["saves", "costs"]
_OTHERS = ("et al", "others", "and others")
RelationType = Literal["builds-on", "extends", "competes-with", "supersedes", "uses"]
CAME_FIRST: tuple[RelationType, ...] = ("builds-on", "extends", "supersedes")
RESTED_ON: tuple[RelationType, ...] = ("builds-on", "extends", "uses")
READ_FIRST: tuple[RelationType, ...] = (*CAME_FIRST, "uses")
"""Types of relation whose goal came first; is what a work rests on; is read first."""


class Group(Model):
    """An author that is an organisation, not a person."""

    group: Line
    """Its name as it signs: ``OpenAI``."""


UNKNOWN_AUTHORS = Group(group="Unknown authors")
"""Who is named in a draft whose source names nobody; it says nothing about who wrote the work."""


class Mononym(Model):
    """A person who signs with one name."""

    mononym: Line
    """The name."""


PersonName = Annotated[
    str,
    StringConstraints(
        strict=True, strip_whitespace=True, pattern=r"^[^,\n]+, [^,\n]+(, [^,\n]+)?\Z", max_length=120
    ),
]
Author = PersonName | Group | Mononym


class CodeLink(Model):
    """The source code of the work."""

    url: Link
    """The repository, or the folder inside it."""
    official: StrictBool
    """True only for the authors' own repository, seen to name this work."""


class Links(Model):
    """Addresses beside the publications."""

    code: CodeLink | None = None
    """Source code."""
    project: Link | None = None
    """The work's own page."""
    models: Link | None = None
    """Released weights."""
    docs: Link | None = None
    """Documentation."""
    blog: Link | None = None
    """The authors' own article about it."""


class Survey(Model):
    """Where the survey's public list names this work."""

    rows: Annotated[tuple[Count, ...], Field(min_length=1)]
    """Row numbers of the list, ascending."""
    note: Line | None = None
    """Where title and link of a row name different works: which was meant, and why."""


class Effect(Model):
    """A resource that the technique saves, or costs in exchange."""

    resource: Slug
    """Which, a word of the facet `resource`."""
    phase: Slug
    """When it shows, a word of the facet `phase`."""
    change: Change
    """Whether it is saved or spent."""
    how: Line
    """By what means, in a clause of its own."""


class Relation(Model):
    """A directed tie to another entry."""

    type: RelationType
    """Kind of tie; read as 'this work <type> that entry'."""
    entry: Key
    """The other work's citation key."""


CHECKED_FIELDS = (
    "title", "authors", "year", "month", "venue", *SCHEMES, "volume", "issue", "article", "pages",
    "links", "effects", "requires", "hardware", "modalities", "results", "relations",
)  # fmt: skip
"""Facts of a work that one page can show: fields of the entry, of its records, and the identifiers."""

if TYPE_CHECKING:
    CheckedField = str
else:
    CheckedField = Literal[CHECKED_FIELDS]
    """One of them. A type checker wants names that are written out, but the table of schemes may grow."""


class Seen(Model):
    """A page on which certain facts were seen, where it is not plain from its address."""

    fields: Annotated[tuple[CheckedField, ...], Field(min_length=1)]
    """The facts that the page shows: ``arxiv``, ``authors``, ``hardware`` ..."""
    url: Link
    """The page."""


class Checked(Model):
    """What was looked at, and when."""

    on: Date
    """The day of the last check."""
    sources: tuple[Link, ...] = ()
    """The pages that confirm the facts."""
    facts: tuple[Seen, ...] = ()
    """Which page shows which fact, where readers could not guess it: an arXiv number that was read in the
    official repository."""
    unconfirmed: tuple[Line, ...] = ()
    """What could not be confirmed, and what was tried; any line here makes the entry incomplete."""

    def pages(self) -> tuple[str, ...]:
        """Return every page that was looked at, each once, in the order in which the file has them."""
        named = [*self.sources, *(fact.url for fact in self.facts)]
        return tuple(dict.fromkeys(named))


class Correction(Model):
    """A fact that was wrong here and was corrected."""

    on: Date
    """The day it was corrected."""
    what: Line
    """What was wrong and what it is now, in a sentence."""


class Exemption(Model):
    """A finding that is right as it is."""

    rule: Slug
    """The rule that would speak."""
    reason: Line
    """Why it is right here."""


class Entry(Model):
    """One work. The file's stem is its citation key, its folder the first public year."""

    title: Line
    """The title with the authors' capitals."""
    name: Line | None = None
    """The short name people use."""
    aliases: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    """What else readers type who mean this work: a system it became, the common phrase for its idea
    (``continuous batching``). The search finds it by these; nothing shows them."""
    kind: Kind
    """What it is."""
    authors: Annotated[tuple[Author, ...], Field(min_length=1)]
    """All authors in order, each ``Family, Given``; ``{group: ...}`` or ``{mononym: ...}`` otherwise."""
    edited: StrictBool = False
    """True where `authors` are the editors of a collection that names no author of the whole."""
    records: Annotated[tuple[Record, ...], Field(min_length=1)]
    """Every public record of this one work, oldest first."""
    links: Links = Links()
    """Addresses beside the publications."""
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1)]
    """Leaves of the tree; the first is primary."""
    survey: Survey | None = None
    """Where the survey lists it; absent when added since."""
    effects: tuple[Effect, ...] = ()
    """What it saves or costs."""
    requires: tuple[Slug, ...] | None = None
    """What must be at hand to use it; ``[]`` is nothing of the list, absent is not known."""
    hardware: tuple[Slug, ...] | None = None
    """Where the authors ran it; absent when their text at hand does not say."""
    modalities: tuple[Slug, ...] = ()
    """What kinds of data it was shown on."""
    tags: dict[str, tuple[Slug, ...]] = Field(default_factory=dict)
    """Words of the facets that rekb.yaml adds: ``{habitat: [forest, town]}``."""
    summary: Summary | None = None
    """A text for each reading level; absent until written."""
    results: tuple[Result, ...] = ()
    """The main numbers, each with conditions and source."""
    reproductions: tuple[Reproduction, ...] = ()
    """What others got who measured these numbers again."""
    relations: tuple[Relation, ...] = ()
    """Ties to other entries."""
    model: ModelCard | None = None
    """Models only: the published shape."""
    added: Date
    """The day it entered the knowledge base."""
    checked: Checked | None = None
    """How its facts were checked; absent until they were."""
    corrections: tuple[Correction, ...] = ()
    """Facts that were published wrong here and corrected since, oldest first."""
    formerly: tuple[Key, ...] = ()
    """Citation keys that it had before; their addresses lead here."""
    exempt: tuple[Exemption, ...] = ()
    """Findings that are right as they are, each with its reason."""

    @field_validator("authors", mode="before")
    @classmethod
    def _authors_are_whole(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        for number, author in enumerate(value, start=1):
            # BibTeX's `and others` and the `et al.` of reference lists hide people who wrote the work.
            if isinstance(author, str) and "," not in author and author.lower().strip(" .") in _OTHERS:
                raise PydanticCustomError("et_al", "author {n} is 'et al.'; list every author", {"n": number})
        return value

    @property
    def year(self) -> int:
        """First public year."""
        return min([record.year for record in self.records])

    @property
    def titles(self) -> tuple[str, ...]:
        """The title, and others that single records carry."""
        found = [self.title]
        for record in self.records:
            if record.title:
                found.append(record.title)
        return tuple(dict.fromkeys(found))

    @property
    def display_name(self) -> str:
        """The short name, or the title where there is none."""
        if self.name:
            return self.name
        return self.title

    @property
    def is_complete(self) -> bool:
        """Whether the texts are written and the facts confirmed."""
        if self.summary is None or self.checked is None:
            return False
        if self.checked.unconfirmed or UNKNOWN_AUTHORS in self.authors:
            return False
        return bool(self.checked.sources)
