"""A work as a source describes it: before its venue is known here and before it has a key."""

import re
from dataclasses import dataclass, field, make_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from rekb.identity.verdict import Facts, known_authors, plain_addresses
from rekb.model.entry import Author, Kind
from rekb.model.identifiers import SCHEMES, normal_pairs

Form = Literal["", "article", "paper", "chapter", "book", "thesis", "report", "page", "software"]
"""What a source says that a record is; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name that leads to one work: scheme and value, ``arxiv`` and ``2205.14135``."""

    scheme: str
    value: str

    def __str__(self) -> str:
        """Return it as people write it: ``arXiv 2205.14135``."""
        return f"{SCHEMES[self.scheme].name} {self.value}"


@dataclass(frozen=True, slots=True)
class _Where:
    """Where and when a work appeared."""

    venue: str
    """The venue as the source spells it; empty where it names none."""
    year: int | None
    month: int | None = None


if TYPE_CHECKING:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class _Identified(_Where):
        """What a type checker sees: the schemes that code calls by name. `SCHEMES` says which there are."""

        arxiv: str | None = None
        doi: str | None = None
        openreview: str | None = None
        acl: str | None = None
        pmlr: str | None = None

else:
    # Made from the table of identifiers, so that a new scheme needs no line here.
    _Identified = make_dataclass(
        "_Identified",
        [(name, "str | None", field(default=None)) for name in SCHEMES],
        bases=(_Where,),
        frozen=True,
        slots=True,
        kw_only=True,
    )


@dataclass(frozen=True, slots=True)
class Appearance(_Identified):
    """One public record as a source has it."""

    url: str | None = None
    volume: str | None = None
    issue: str | None = None
    article: str | None = None
    pages: str | None = None
    book: str | None = None
    """Title of the book that a chapter is in; also its venue's spelling, which may be known."""
    publisher: str | None = None
    note: str | None = None
    form: Form = ""
    """What the source calls it; says which venue stands for it where the source's own is not known."""
    also: tuple[str, ...] = ()
    """Other spellings of the venue that the source gives: the series, a short name."""

    def identifiers(self) -> frozenset[tuple[str, str]]:
        """Return its identifiers, spelled so that equal works compare equal."""
        return frozenset(normal_pairs({name: getattr(self, name) for name in SCHEMES}))


def appearance_of(identifier: Identifier) -> Appearance:
    """Return a record of which nothing but an identifier is known."""
    named: dict[str, Any] = {identifier.scheme: identifier.value}
    return Appearance("", None, **named)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at."""

    field: str
    """The field of the entry: ``authors``."""
    text: str
    """What is not certain, and what to do."""


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A repository that a record names; whose it is must be looked at."""

    url: str
    """Its address."""
    where: str
    """What names it: ``arXiv's abstract``."""
    around: str
    """The words before the address, and the address."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of a preprint."""

    number: int
    """Its number: 3 is ``v3``."""
    on: date
    """The day on which it appeared."""


@dataclass(frozen=True, slots=True)
class FoundWork:
    """What a source says about one work."""

    title: str
    authors: tuple[Author, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    kind: Kind = "paper"
    edited: bool = False
    """Whether the authors are editors of a collection."""
    code: str | None = None
    """Address of source code; whose it is must be looked at."""
    project: str | None = None
    abstract: str = ""
    """For comparing with other works only; never written into an entry."""
    repositories: tuple[NamedCode, ...] = ()
    """The repositories that its record names."""
    newest: Revision | None = None
    """The newest version, where it is a preprint whose archive says so."""
    formal_doi: str | None = None
    """The DOI of the publication, where a preprint server names it."""
    remark: str = ""
    """What its authors say beside a preprint in free words: "9 pages, accepted at ICML"."""
    doubts: tuple[Doubt, ...] = ()
    results: tuple[dict[str, Any], ...] = ()
    """Reported results, in the form of an entry's, with words where an entry has ids."""
    headings: tuple[str, ...] = ()
    """The headings that it is under, outermost first."""
    line: int = 1
    """Where it is in its source."""

    def identifiers(self) -> frozenset[tuple[str, str]]:
        """Return the identifiers of all its appearances."""
        found: set[tuple[str, str]] = set()
        for appearance in self.appearances:
            for pair in appearance.identifiers():
                found.add(pair)
        return frozenset(found)

    def facts(self) -> Facts:
        """Return what sets this work apart from others."""
        return Facts(
            self.title,
            known_authors(self.authors),
            frozenset(appearance.year for appearance in self.appearances if appearance.year),
            self.identifiers(),
            frozenset(appearance.pages for appearance in self.appearances if appearance.pages),
            plain_addresses([*(a.url or "" for a in self.appearances), self.code or "", self.project or ""]),
        )

    def joined(self, other: "FoundWork") -> "FoundWork":
        """Return this work with what `other`, a second source of it, has more."""
        known = self.identifiers()
        more = tuple(a for a in other.appearances if not (a.identifiers() & known))
        return replace(
            self,
            authors=self.authors or other.authors,
            appearances=(*self.appearances, *more),
            code=self.code or other.code,
            project=self.project or other.project,
            abstract=self.abstract or other.abstract,
            repositories=(*self.repositories, *other.repositories),
            newest=self.newest or other.newest,
            remark=self.remark or other.remark,
            doubts=tuple(dict.fromkeys((*self.doubts, *other.doubts))),
            results=(*self.results, *other.results),
        )

    def with_formal(self, formal: "FoundWork") -> "FoundWork":
        """Return this preprint with its publication; what was doubted about records is settled by it."""
        doubts = tuple(doubt for doubt in self.doubts if doubt.field != "records")
        settled = replace(self, remark="", doubts=doubts)
        return settled.joined(formal)


# DBLP calls arXiv's preprints of computing `CoRR`, the Computing Research Repository.
_ARCHIVE = re.compile(r"arxiv|\bcorr\b", re.IGNORECASE)


def is_archive(venue: str) -> bool:
    """Whether what a source gives as the venue is arXiv, which is no publication."""
    return _ARCHIVE.search(venue) is not None


def preprint(identifier: str) -> Appearance:
    """Return the record of a preprint; its date is that of its identifier."""
    year, month = SCHEMES["arxiv"].date_of(identifier) or (None, None)
    return Appearance("arxiv", year, month, arxiv=identifier)
