"""Whether a citation agrees with the work that it means: which fields are the same, which are others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rekb.answers.arguments import VerifyArguments
from rekb.answers.fitting import shortened
from rekb.answers.library import Library
from rekb.citation.names import name_of
from rekb.errors import RekbError, SourceError
from rekb.identity.order import first_difference
from rekb.identity.titles import TitleLikeness, title_likeness
from rekb.kb.documents import venue_label
from rekb.kb.search import search
from rekb.model import Entry
from rekb.model.cited import cited_record, is_formal
from rekb.model.entry import Author
from rekb.model.identifiers import SCHEMES, pairs_in_text
from rekb.model.keys import title_fingerprint
from rekb.model.record import Record
from rekb.sources.bibtex_entries import BibEntry, read_entries
from rekb.sources.dates import year_in
from rekb.sources.formats import read_works, seen_form
from rekb.sources.identifiers import read_identifier
from rekb.sources.latex import plain
from rekb.sources.names import CUT_SHORT, authors_of
from rekb.sources.work import Appearance, FoundWork, Identifier, appearance_of

_LABEL = 60
_NOTE = 120
_MOST_NEAR = 3
_NUMBERS = ("pages", "volume", "issue")
"""Fields that are compared with the record of the venue that the citation names."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A citation as somebody wrote it."""

    label: str
    """Its key in the bibliography, else its title or identifier."""
    work: FoundWork | SourceError
    year: int | None = None
    """The year as written; that of a preprint follows from its identifier otherwise."""


@dataclass(slots=True)
class Comparison:
    """What a citation and a work have alike, and what not."""

    agree: list[str] = field(default_factory=list)
    differ: list[dict[str, str]] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, name: str, given: str, here: str, *, agrees: bool) -> None:
        """Note that a field was compared."""
        if agrees:
            self.agree.append(name)
        else:
            self.differ.append({"field": name, "given": shortened(given), "here": shortened(here)})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer: the verdict on a citation, or one field of it that differs."""

    number: int
    label: str
    fields: Mapping[str, Any]
    difference: Mapping[str, str] | None = None


def verdicts(library: Library, asked: VerifyArguments) -> Iterator[Line]:
    """Yield what is to say of each citation: its verdict, then each field that differs.

    Raises:
        RekbError: where nothing is given.
    """
    for number, claim in enumerate(_claims(asked)):
        if isinstance(claim.work, SourceError):
            why = {"verdict": "not read", "why": shortened(str(claim.work))}
            yield Line(number, claim.label, why)
            continue
        yield from _verdict(library, number, claim, claim.work)


def by_citation(lines: Sequence[Line]) -> Mapping[str, Any]:
    """Return lines as a list of citations, each with the fields that differ."""
    found: dict[int, dict[str, Any]] = {}
    for line in lines:
        citation = found.setdefault(line.number, {"cited_as": line.label})
        citation |= line.fields
        if line.difference is not None:
            citation.setdefault("differ", []).append(line.difference)
    return {"citations": list(found.values())}


def _claims(asked: VerifyArguments) -> Iterator[Claim]:
    text = asked.citation.strip()
    form = seen_form(text)
    if form in ("bibtex", "ris", "csl-json"):
        yield from _read_claims(text, form)
        return
    parts = _parts(asked)
    if text and parts.title:
        raise RekbError("verify_citation: give `citation`, or `title` and other parts, not both")
    yield _described(text, parts)


def _read_claims(text: str, form: str) -> Iterator[Claim]:
    written: dict[int, BibEntry] = {}
    if form == "bibtex":
        written = _entries(text)
    for read in read_works(text, form):
        entry = written.get(read.line)
        work = read.work
        if isinstance(work, SourceError):
            label = entry.key if entry else f"line {read.line}"
            yield Claim(shortened(label, _LABEL), work)
        elif entry:
            yield Claim(shortened(entry.key, _LABEL), work, _year_in(entry))
        else:
            yield Claim(shortened(work.title, _LABEL), work, _last_year(work))


def _entries(text: str) -> dict[int, BibEntry]:
    found = {}
    for line, entry in read_entries(text):
        if isinstance(entry, BibEntry):
            found[line] = entry
    return found


def _year_in(entry: BibEntry) -> int | None:
    # BibTeX's styles read `year`; biblatex writes `date`, of which the year is the beginning.
    for name in ("year", "date"):
        written = entry.fields.get(name, "")
        year = year_in(plain(written))
        if year:
            return year
    return None


def _last_year(work: FoundWork) -> int | None:
    if not work.appearances:
        return None
    return work.appearances[-1].year


def _parts(asked: VerifyArguments) -> FoundWork:
    """Return the work that single arguments describe."""
    authors, doubts = authors_of(asked.authors)
    appearances = []
    if asked.identifier:
        appearances.append(appearance_of(read_identifier(asked.identifier)))
    if asked.venue or asked.year:
        appearances.append(Appearance(asked.venue, asked.year))
    return FoundWork(asked.title.strip(), authors, tuple(appearances), doubts=doubts)


def _described(text: str, parts: FoundWork) -> Claim:
    """Return a claim of a title or an identifier with further parts.

    Raises:
        RekbError: where nothing says which work is meant.
    """
    named = [appearance_of(Identifier(scheme, value)) for scheme, value in pairs_in_text(text)]
    title = parts.title
    # A text without an identifier in it is the title itself.
    if not title and not named:
        title = text
    work = FoundWork(title, parts.authors, (*named, *parts.appearances), doubts=parts.doubts)
    identifiers = sorted(work.identifiers())
    if not title and not identifiers:
        raise RekbError("verify_citation: give `citation`, `title` or `identifier`")
    label = title or " ".join(identifiers[0])
    return Claim(shortened(label, _LABEL), work, _last_year(work))


def _verdict(library: Library, number: int, claim: Claim, work: FoundWork) -> Iterator[Line]:
    key = _meant(library, work)
    if key is None:
        yield Line(number, claim.label, {"verdict": "not here", "near": _near(library, work)})
        return
    compared = _compared(library, key, claim, work)
    fields: dict[str, Any] = {
        "verdict": "differs" if compared.differ else "agrees",
        "key": key,
        "page": library.page(key),
        "agree": compared.agree,
        "not_compared": [shortened(text, _NOTE) for text in compared.not_compared],
        "notes": [shortened(text, _NOTE) for text in compared.notes],
    }
    yield Line(number, claim.label, {name: value for name, value in fields.items() if value})
    for difference in compared.differ:
        yield Line(number, claim.label, {}, difference)


def _meant(library: Library, work: FoundWork) -> str | None:
    """Return the work that a citation means: that of its title, else of an identifier, else a likely one."""
    if work.title:
        fingerprint = title_fingerprint(work.title)
        # The title comes first: a wrong identifier is the more frequent slip.
        if fingerprint in library.by_title:
            return library.by_title[fingerprint]
    # The order of a set is another one in every run, and the answer should not be.
    for pair in sorted(work.identifiers()):
        if pair in library.known.by_identifier:
            return library.known.by_identifier[pair]
    match = library.known.find(work)
    if match is None:
        return None
    return match.key


def _near(library: Library, work: FoundWork) -> list[dict[str, str]]:
    """Return the works that hold most words of a title."""
    if not work.title:
        return []
    near = []
    for hit in search(library.base.kb, work.title)[:_MOST_NEAR]:
        near.append({"key": hit.key, "title": shortened(hit.entry.title)})
    return near


def _compared(library: Library, key: str, claim: Claim, work: FoundWork) -> Comparison:
    entry = library.base.kb.entries[key]
    compared = Comparison()
    if work.title:
        agrees = any(title_likeness(work.title, title) is TitleLikeness.EQUAL for title in entry.titles)
        compared.note("title", work.title, entry.title, agrees=agrees)
    if work.authors:
        _compare_authors(compared, work, entry)
    records = entry.records
    for appearance in work.appearances:
        if _is_venue(appearance):
            # A preprint and its paper may be of two years: the year is compared with that of the venue named.
            records = _compare_venue(library, compared, appearance, entry) or records
    if claim.year:
        years = [record.year for record in records]
        here = _venues_and_years(library, entry.records)
        compared.note("year", str(claim.year), here, agrees=claim.year in years)
    _compare_identifiers(library, compared, key, work)
    _note_publication(library, compared, entry, work)
    return compared


def _compare_authors(compared: Comparison, work: FoundWork, entry: Entry) -> None:
    """Compare authors one by one; those that ``and others`` leaves out are not missing."""
    authors: tuple[Author, ...] = entry.authors
    is_cut = any(doubt.text == CUT_SHORT for doubt in work.doubts)
    if is_cut:
        authors = authors[: len(work.authors)]
    place = first_difference(work.authors, authors)
    if place is None:
        compared.note("authors", "", "", agrees=True)
        return
    given = f"{len(work.authors)} authors, number {place + 1}: {_author(work.authors, place)}"
    here = f"{len(entry.authors)} authors, number {place + 1}: {_author(entry.authors, place)}"
    compared.note("authors", given, here, agrees=False)


def _author(authors: Sequence[Author], place: int) -> str:
    if place >= len(authors):
        return "nobody"
    return name_of(authors[place]).natural


def _is_venue(appearance: Appearance) -> bool:
    """Whether a record names a venue; a preprint's server follows from its identifier and says no more."""
    if not appearance.venue:
        return False
    is_server = appearance.venue == "arxiv" and appearance.arxiv
    return not is_server


def _compare_venue(
    library: Library, compared: Comparison, appearance: Appearance, entry: Entry
) -> tuple[Record, ...]:
    """Compare where a work appeared; return the records of the venue that is named."""
    venue = library.venues.find(appearance.venue, appearance.also)
    if venue is None:
        compared.not_compared.append(f"venue: {appearance.venue!r} is no spelling that is known here")
        return ()
    records = tuple(record for record in entry.records if record.venue == venue)
    here = _venues_and_years(library, entry.records)
    compared.note("venue", appearance.venue, here, agrees=bool(records))
    for name in _NUMBERS:
        given = getattr(appearance, name)
        known = list(filter(None, (getattr(record, name) for record in records)))
        if given and known:
            compared.note(name, given, ", ".join(known), agrees=given in known)
    return records


def _venues_and_years(library: Library, records: Iterable[Record]) -> str:
    parts = []
    for record in records:
        parts.append(f"{venue_label(library.base.kb, record)} {record.year}")
    return ", ".join(parts)


def _compare_identifiers(library: Library, compared: Comparison, key: str, work: FoundWork) -> None:
    known: dict[str, list[str]] = {}
    for scheme, value in sorted(library.known.facts[key].identifiers):
        known.setdefault(scheme, []).append(value)
    arxiv_dois = SCHEMES["arxiv"].doi_prefix.lower()
    for scheme, value in sorted(work.identifiers()):
        if scheme == "doi" and value.startswith(arxiv_dois):
            # It says the same as the arXiv identifier.
            continue
        if scheme in known:
            values = known[scheme]
            compared.note(scheme, value, ", ".join(values), agrees=value in values)
        else:
            compared.not_compared.append(f"{scheme}: none is known here")
        other = library.known.by_identifier.get((scheme, value), key)
        if other != key:
            compared.notes.append(f"{scheme} {value} is that of {other}")


def _note_publication(library: Library, compared: Comparison, entry: Entry, work: FoundWork) -> None:
    """Note that a work cited as a preprint has appeared since."""
    venues = library.base.kb.venues
    if any(map(_is_venue, work.appearances)):
        return
    is_preprint = any(appearance.arxiv for appearance in work.appearances)
    if is_preprint and is_formal(entry, venues):
        where = _venues_and_years(library, [cited_record(entry, venues)])
        compared.notes.append(f"it has appeared: {where}")
