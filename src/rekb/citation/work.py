"""The work as it is cited: one record chosen from many, identifiers collected, text on one line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from rekb.citation.names import Name, joined, name_of, one_line
from rekb.model import Entry, Venue
from rekb.model.cited import cited_record, venue_of
from rekb.model.facets import VenueKind
from rekb.model.identifiers import SCHEMES, by_page_rank
from rekb.model.keys import identifiers
from rekb.model.record import Record

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
_FORM_AT = _FORMAL | {"preprint": "preprint", "report": "report", "thesis": "thesis"}
"""How a work is cited by the kind of its venue."""
_FORM_OF: dict[str, Form] = {"software": "software", "post": "post", "report": "report"}
"""The same by its own kind, where the venue says nothing."""
# RFC 3986 allows none of these signs in an address unencoded.
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
        if self.doi:
            return self.doi
        # DataCite has a DOI for each preprint of arXiv, made of arXiv's own number.
        if self.form == "preprint" and self.arxiv:
            return f"{SCHEMES['arxiv'].doi_prefix}{self.arxiv}"
        return ""

    @property
    def role(self) -> str:
        """What the names are: `author` or `editor`."""
        if self.edited:
            return "editor"
        return "author"

    @property
    def page_range(self) -> str:
        """The first and the last page, as far as they are known: ``1-12``."""
        return joined("-", self.first_page, self.last_page)

    def dated(self, separator: str) -> str:
        """Return year and month, ``2017-06``, or the year where the month is not known."""
        if self.month is None:
            return str(self.year)
        return f"{self.year}{separator}{self.month:02}"

    @property
    def groups(self) -> str:
        """The authors that are organisations."""
        return _groups_in(self.names)


def cited_work(key: str, entry: Entry, venues: Mapping[str, Venue]) -> Work:
    """Return the work behind `key` as it is cited: by the record that `cited_record` chooses."""
    record = cited_record(entry, venues)
    venue = venue_of(record, venues)
    # The form of the field allows one hyphen, between the two pages.
    first, _, last = (record.pages or "").partition("-")
    title = one_line(record.title or entry.title)
    short = one_line(entry.name or "")
    if short == title:
        short = ""
    address = venue.address or ""
    # The city is that of the venue's publisher, not of the record's own.
    if record.publisher:
        address = ""
    return Work(
        key=key,
        title=title,
        short=short,
        form=_form(entry, venue.kind),
        names=tuple(map(name_of, entry.authors)),
        edited=entry.edited,
        year=record.year,
        month=record.month,
        container=_container(entry, record, venue),
        publisher=_publisher(entry, record, venue),
        address=one_line(address),
        genre=_genre(record, venue),
        volume=one_line(record.volume or ""),
        issue=one_line(record.issue or ""),
        article=one_line(record.article or ""),
        first_page=first,
        last_page=last,
        doi=one_line(record.doi or ""),
        arxiv=_arxiv_id(entry),
        url=_url(entry, record),
        pdf=_pdf(entry, record),
        keywords=tuple(map(_keyword, entry.topics)),
    )


def _keyword(topic: str) -> str:
    """Return the last part of a topic's path as words."""
    name = topic.rpartition("/")[2]
    return name.replace("-", " ")


def doi_address(doi: str) -> str:
    """Return the web address of a DOI."""
    return SCHEMES["doi"].page_of(doi)


def safe_address(url: str) -> str:
    """Return `url` with everything percent-encoded that could end or break the field it is in."""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), url.strip())


def record_address(record: Record) -> str:
    """Return the page of a record: its own address, else the one its identifier leads to; or nothing."""
    if record.url:
        return safe_address(record.url)
    named = record.named()
    for scheme in by_page_rank():
        if scheme.id in named:
            return safe_address(scheme.page_of(named[scheme.id]))
    return ""


def _url(entry: Entry, record: Record) -> str:
    """Return the page of the cited record, else of another record, else of something else of the work."""
    for each in (record, *entry.records):
        page = record_address(each)
        if page:
            return page
    links = entry.links
    if links.project:
        return safe_address(links.project)
    if links.code:
        return safe_address(links.code.url)
    return safe_address(links.blog or "")


def _pdf(entry: Entry, record: Record) -> str:
    """Return where the text is open: as it was published, else as a preprint."""
    named = record.named()
    arxiv = _arxiv_id(entry)
    if arxiv:
        named["arxiv"] = arxiv
    for scheme in by_page_rank():
        if scheme.id in named:
            text = scheme.pdf_of(named[scheme.id])
            if text:
                return safe_address(text)
    return ""


def _arxiv_id(entry: Entry) -> str:
    """Return arXiv's number of the first record that has one, or nothing."""
    for record in entry.records:
        for scheme, value in identifiers(record):
            if scheme == "arxiv":
                return value
    return ""


def _form(entry: Entry, kind: VenueKind) -> Form:
    if kind == "book" and entry.kind == "book":
        return "book"
    if kind in _FORM_AT:
        return _FORM_AT[kind]
    return _FORM_OF.get(entry.kind, "page")


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
        # The venue is a word for all books then.
        return ""
    if venue.is_formal:
        return one_line(venue.name)
    is_site = venue.kind == "web" and _is_place(venue)
    if is_site and entry.kind != "software":
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
    named = record.publisher or venue.publisher
    if named:
        return one_line(named)
    if venue.kind == "preprint":
        return one_line(venue.name)
    # Programs are cited with their host as the publisher: GitHub, PyPI, Hugging Face.
    is_site = venue.kind == "web" and _is_place(venue)
    if is_site and entry.kind == "software":
        return one_line(venue.name)
    if venue.kind == "report" or entry.kind == "report":
        return _groups_in(map(name_of, entry.authors))
    return ""


def _groups_in(names: Iterable[Name]) -> str:
    found = []
    for name in names:
        if name.group:
            found.append(name.family)
    return ", ".join(found)
