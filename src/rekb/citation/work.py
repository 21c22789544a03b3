"""The work as it is cited: one record chosen from many, identifiers collected, text on one line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from rekb.citation.names import Name, name_of, one_line
from rekb.model import Entry, Venue
from rekb.model.cited import cited_record, venue_of
from rekb.model.entry import Record
from rekb.model.facets import VenueKind
from rekb.model.identifiers import SCHEMES, by_page_rank
from rekb.model.keys import identifiers

Form = Literal[
    "article", "conference-paper", "chapter", "book", "thesis", "preprint", "report", "software", "post",
    "page",
]  # fmt: skip
"""What is cited; each format has its own word for it."""

_FORMAL: dict[VenueKind, Form] = {
    "journal": "article",
    "conference": "conference-paper",
    "workshop": "conference-paper",
    "book": "chapter",
}
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Work:
    """What every citation format is written from. Texts are one line each; absent ones are empty."""

    key: str
    title: str
    """That of the record that is cited."""
    short: str
    """The name people use, where the title is longer."""
    form: Form
    names: tuple[Name, ...]
    edited: bool
    """Whether the names are those of editors."""
    year: int
    """The year of the record that is cited."""
    month: int | None
    container: str
    """Journal, proceedings or site."""
    publisher: str
    address: str
    """The city of the publisher, for styles that ask for it."""
    genre: str
    """What a report or thesis calls itself: ``Technical report``, ``PhD thesis``."""
    volume: str
    issue: str
    article: str
    """The article number, where the journal counts articles and not pages."""
    first_page: str
    last_page: str
    doi: str
    """Of the cited record only: another record's leads to another text."""
    arxiv: str
    """Of any record."""
    url: str
    pdf: str
    """Where the text itself is open, by the rules of its identifier; empty where they say nothing."""
    keywords: tuple[str, ...]

    @property
    def link(self) -> str:
        """The address a reader follows: the DOI's where there is one."""
        if self.doi:
            return doi_address(self.doi)
        return self.url

    @property
    def registered_doi(self) -> str:
        """The DOI of the cited record, also where arXiv registered it and nobody writes it down."""
        if self.form == "preprint" and self.arxiv and not self.doi:
            return f"{SCHEMES['arxiv'].doi_prefix}{self.arxiv}"
        return self.doi

    @property
    def groups(self) -> str:
        """The authors that are organisations."""
        parts = []
        for name in self.names:
            if name.group:
                parts.append(name.family)
        return ", ".join(parts)


def cited_work(key: str, entry: Entry, venues: Mapping[str, Venue]) -> Work:
    """Return the work behind `key` as it is cited: by the record that `cited_record` chooses."""
    record = cited_record(entry, venues)
    venue = venue_of(record, venues)
    first, _, last = (record.pages or "").partition("-")
    title = one_line(record.title or entry.title)
    name = one_line(entry.name or "")
    return Work(
        key=key,
        title=title,
        short="" if name == title else name,
        form=_form(entry, venue.kind),
        names=tuple(name_of(author) for author in entry.authors),
        edited=entry.edited,
        year=record.year,
        month=record.month,
        container=_container(entry, record, venue),
        publisher=_publisher(entry, record, venue),
        address="" if record.publisher else one_line(venue.address or ""),
        genre=_genre(record, venue),
        volume=one_line(record.volume or ""),
        issue=one_line(record.issue or ""),
        article=one_line(record.article or ""),
        first_page=first,
        last_page=last,
        doi=one_line(record.doi or ""),
        arxiv=next(_arxiv_ids(entry), ""),
        url=_url(entry, record),
        pdf=_pdf(entry, record),
        keywords=tuple(topic.rpartition("/")[2].replace("-", " ") for topic in entry.topics),
    )


def doi_address(doi: str) -> str:
    """Return the web address of a DOI."""
    return SCHEMES["doi"].page_of(doi)


def safe_address(url: str) -> str:
    """Return `url` with everything percent-encoded that could end or break the field it stands in."""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), url.strip())


def record_address(record: Record) -> str:
    """Return the page of a record: its own address, else the one its identifier leads to; or nothing."""
    if record.url:
        return safe_address(record.url)
    named = record.named()
    pages = (scheme.page_of(named[scheme.id]) for scheme in by_page_rank() if scheme.id in named)
    return next(map(safe_address, pages), "")


def _url(entry: Entry, record: Record) -> str:
    pages = [record_address(r) for r in (record, *entry.records)]
    links = (entry.links.project, entry.links.code and entry.links.code.url, entry.links.blog)
    return next((page for page in pages if page), "") or safe_address(next((x for x in links if x), ""))


def _pdf(entry: Entry, record: Record) -> str:
    """Return where the text is open: as it was published, else as a preprint."""
    arxiv = next(_arxiv_ids(entry), "")
    named = record.named() | ({"arxiv": arxiv} if arxiv else {})
    texts = (scheme.pdf_of(named[scheme.id]) for scheme in by_page_rank() if scheme.id in named)
    return safe_address(next((text for text in texts if text), ""))


def _arxiv_ids(entry: Entry) -> Iterator[str]:
    for record in entry.records:
        yield from (value for scheme, value in identifiers(record) if scheme == "arxiv")


def _form(entry: Entry, kind: VenueKind) -> Form:
    if kind == "book" and entry.kind == "book":
        return "book"
    if kind in _FORMAL:
        return _FORMAL[kind]
    given: dict[VenueKind, Form] = {"preprint": "preprint", "report": "report", "thesis": "thesis"}
    if kind in given:
        return given[kind]
    forms: dict[str, Form] = {"software": "software", "post": "post", "report": "report"}
    return forms.get(entry.kind, "page")


def _is_place(venue: Venue) -> bool:
    """Whether the venue is one place, not a stand-in such as `Web page`."""
    if venue.is_formal:
        return True
    if venue.kind == "preprint":
        return True
    return venue.url is not None


def _container(entry: Entry, record: Record, venue: Venue) -> str:
    if record.book:
        return one_line(record.book)
    if venue.kind == "book" and entry.kind == "book":
        return ""  # the venue stands for all books
    if venue.is_formal:
        return one_line(venue.name)
    shown = venue.kind == "web" and entry.kind != "software" and _is_place(venue)
    if shown:
        return one_line(venue.name)
    return ""


def _genre(record: Record, venue: Venue) -> str:
    """Return what a report or thesis calls itself; the note of a thesis says for which degree it is."""
    if venue.kind == "thesis":
        return one_line(record.note or venue.name)
    if venue.kind == "report":
        return one_line(venue.name)
    return ""


def _publisher(entry: Entry, record: Record, venue: Venue) -> str:
    if named := record.publisher or venue.publisher:
        return one_line(named)
    if venue.kind == "preprint" or (venue.kind == "web" and entry.kind == "software" and _is_place(venue)):
        return one_line(venue.name)
    if venue.kind == "report" or entry.kind == "report":
        parts = []
        for name in map(name_of, entry.authors):
            if name.group:
                parts.append(name.family)
        return ", ".join(parts)
    return ""
