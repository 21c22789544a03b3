"""BibTeX and biblatex, as pasted from a publisher or exported by a library.

Entries are read without the LaTeX middlewares of bibtexparser: they cut addresses at ``%`` and damage DOIs.
Only title, authors, venue and the like are decoded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rekb.errors import NoWorkError, SourceError
from rekb.model.entry import Author, Group, Kind
from rekb.model.hosts import FORGES
from rekb.model.identifiers import SCHEMES
from rekb.model.scheme import host_of
from rekb.sources.bibtex_entries import BibEntry, read_entries
from rekb.sources.bibtex_names import doubted, names_in
from rekb.sources.clean import cleaned, fitting_title, safe_link
from rekb.sources.dates import month_in, month_of, year_in
from rekb.sources.identifiers import balanced, doi_in, known_in
from rekb.sources.latex import plain
from rekb.sources.names import authors_of
from rekb.sources.pages import pages_and_article, range_of
from rekb.sources.work import Appearance, Doubt, Form, FoundWork, is_archive, preprint

Parsed = tuple[int, FoundWork | SourceError]
"""The line at which an entry begins, and the work or why there is none."""

_ARXIV = SCHEMES["arxiv"]
# A series such as Lecture Notes in Computer Science holds many conferences, so it is asked last.
_VENUE_FIELDS = ("booktitle", "journal", "journaltitle", "eventtitle", "series")
_ARXIV_FIELDS = (
    "journal", "journaltitle", "volume", "note", "howpublished", "doi", "url", "number", "eprint",
)  # fmt: skip
_SENTENCES = ("howpublished", "note")
"""Fields that may hold a sentence, with an address in it."""
_FORMS: dict[str, Form] = {
    "article": "article", "periodical": "article", "suppperiodical": "article",
    "inproceedings": "paper", "conference": "paper", "inproceeding": "paper",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "chapter",
    "book": "book", "mvbook": "book", "booklet": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "mvreference": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "masterthesis": "thesis", "thesis": "thesis",
    "bachelorsthesis": "thesis", "bathesis": "thesis",
    "techreport": "report", "report": "report", "manual": "report", "standard": "report", "patent": "report",
    "software": "software", "softwareversion": "software",
    "online": "page", "electronic": "page", "www": "page", "webpage": "page", "website": "page",
}  # fmt: skip
"""Types of entries, those of BibTeX and biblatex and some that programs invent."""
_KINDS: dict[Form, Kind] = {
    "chapter": "chapter", "book": "book", "thesis": "thesis", "report": "report", "software": "software",
    "page": "post",
}  # fmt: skip
_DEGREES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "masterthesis": "Master's thesis",
    "bachelorsthesis": "Bachelor's thesis", "bathesis": "Bachelor's thesis",
    "mathesis": "Master's thesis", "resreport": "Research report", "techreport": "Technical report",
}  # fmt: skip
"""Theses by type of entry, and the words by which biblatex names degrees in `type`."""
_PLACES = {"author": "authors", "editor": "authors", "title": "title", "subtitle": "title"}
"""Fields of an entry here that a field of the source goes to, where it is not its record."""
_ANY = 4000


def read_bibtex(text: str) -> list[Parsed]:
    """Return what each entry of a BibTeX text gives, in order; a broken entry does not hide the next."""
    found: list[Parsed] = []
    for line, entry in read_entries(text):
        if isinstance(entry, SourceError):
            found.append((line, entry))
            continue
        # biblatex: `xdata` only lends fields to other entries, `set` groups entries that are cited as one.
        if entry.kind in ("xdata", "set"):
            continue
        try:
            found.append((line, _work(entry)))
        except SourceError as error:
            found.append((line, error))
    return found


def _work(entry: BibEntry) -> FoundWork:
    fields, called = entry.fields, f"the BibTeX entry `{cleaned(entry.key)}`"
    if entry.is_volume:
        raise NoWorkError(f"{called} is the volume of other entries, no work of its own")
    title = _title(fields)
    if not title:
        raise SourceError(f"{called} has no title")
    # Proceedings and collections name editors where other works name authors.
    edited = not fields.get("author", "").strip(" {}")
    people = fields.get("editor", "") if edited else fields["author"]
    authors, doubts = authors_of(names_in(people))
    if not authors:
        authors, edited = _body(entry), False
    if not authors:
        raise SourceError(f"{called} names no author: {title[:80]!r}")
    appearances = tuple(_appearances(entry))
    return FoundWork(
        title=title,
        authors=authors,
        appearances=appearances,
        kind=_kind(appearances),
        edited=edited,
        code=safe_link(fields.get("code") or fields.get("repository")),
        # Keywords say as well as an abstract which topic is near.
        abstract=cleaned(plain(f"{fields.get('abstract', '')} {fields.get('keywords', '')}"), 6000),
        doubts=(*doubts, *doubted(people), *_doubts(entry)),
        line=entry.line,
    )


def _body(entry: BibEntry) -> tuple[Author, ...]:
    """Return the body that stands for the authors of a manual, a report or a page."""
    if _FORMS.get(entry.kind, "") not in ("report", "page", "software"):
        return ()
    for name in ("organization", "institution"):
        body = cleaned(plain(entry.fields.get(name, "")))
        if body:
            return (Group(group=body),)
    return ()


def _title(fields: Mapping[str, str]) -> str:
    # biblatex has a field of its own for the subtitle; some files have it in the title, too.
    title, subtitle = (cleaned(plain(fields.get(name, "")), _ANY) for name in ("title", "subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}"
    return fitting_title(title)


def _doubts(entry: BibEntry) -> Iterator[Doubt]:
    for name in entry.twice:
        yield Doubt(_PLACES.get(name, "records"), f"the source has `{name}` twice; the first was read")


def _kind(appearances: tuple[Appearance, ...]) -> Kind:
    if appearances:
        form = appearances[-1].form
    else:
        form = ""
    return _KINDS.get(form, "paper")


def _appearances(entry: BibEntry) -> Iterator[Appearance]:
    fields = entry.fields
    arxiv, venue = _arxiv_id(fields), _venue(fields)
    if arxiv:
        first = preprint(arxiv)
        # A number that arXiv never gave states no date; then the year of the entry is all there is.
        yield first if first.year else replace(first, year=_date(fields)[0])
    url = _address(fields)
    doi = doi_in(fields.get("doi", "")) or known_in(url or "").get("doi")
    # 10.48550 is arXiv's own prefix: such a DOI is that of the preprint, not of a publication.
    doi = None if doi and doi.lower().startswith("10.48550/") else doi
    is_only_preprint = not venue or is_archive(venue)
    form = _form(entry, url=url, venue=venue, arxiv=arxiv)
    venue = venue or _published_how(fields)
    # A thesis, book or report that is on arXiv, too, keeps a record of its own.
    if arxiv and is_only_preprint and not doi and form not in ("thesis", "book", "chapter", "report"):
        return
    if arxiv and is_only_preprint:
        venue = ""
    yield _formal(entry, form, venue, doi, url)


def _formal(entry: BibEntry, form: Form, venue: str, doi: str | None, url: str | None) -> Appearance:
    fields = entry.fields
    named: dict[str, Any] = known_in(url) if url else {}
    others = {}
    for name, value in named.items():
        if name not in ("arxiv", "doi"):
            others[name] = value
    year, month = _date(fields)
    # biblatex calls the article number `eid`, ACM's style calls it `articleno`.
    pages, article = pages_and_article(
        plain(fields.get("pages", "")), plain(fields.get("eid") or fields.get("articleno", ""))
    )
    # `number` is the issue of a journal, but of a report its own number, and of a book its place in a series.
    issue = range_of(plain(fields.get("number") or fields.get("issue", "")))
    return Appearance(
        venue=venue,
        year=year,
        month=month,
        doi=doi,
        url=None if named or doi else url,
        volume=range_of(plain(fields.get("volume", ""))),
        issue=issue if form in ("article", "paper", "") else None,
        article=article,
        pages=pages if form != "book" else None,
        book=cleaned(plain(fields.get("booktitle", ""))) or None if form == "chapter" else None,
        publisher=_publisher(fields, form),
        note=_degree(entry) if form == "thesis" else (venue or None) if form == "book" else None,
        form=form,
        **others,
    )


def _form(entry: BibEntry, *, url: str | None, venue: str, arxiv: str | None) -> Form:
    """Return what an entry is; `misc` and types that nobody knows are classified by their fields."""
    is_on_forge = host_of(url or "") in FORGES
    if form := _FORMS.get(entry.kind, ""):
        if form == "page" and is_on_forge:
            return "software"
        return form
    if re.search(r"\breport\b", entry.fields.get("howpublished", ""), re.IGNORECASE):
        return "report"
    if is_on_forge and not venue:
        return "software"
    if url and not venue and not arxiv:
        return "page"
    return ""


def _published_how(fields: Mapping[str, str]) -> str:
    """Return where a `misc` was published, where that is a name and no address."""
    published = cleaned(plain(fields.get("howpublished", "")))
    if "://" in published or "www." in published:
        return ""
    return published


def _publisher(fields: Mapping[str, str], form: Form) -> str | None:
    names = {
        "thesis": ("school", "institution", "publisher"),
        "report": ("institution", "organization", "publisher", "school"),
        "book": ("publisher", "organization"),
        "chapter": ("publisher",),
    }
    found = (cleaned(plain(fields.get(name, ""))) for name in names.get(form, ()))
    return next((name for name in found if name), None)


def _degree(entry: BibEntry) -> str | None:
    degree = cleaned(plain(entry.fields.get("type", "")))
    return _DEGREES.get(degree.lower(), degree) or _DEGREES.get(entry.kind)


def _address(fields: Mapping[str, str]) -> str | None:
    # `ee` is DBLP's field for the page of a work, `bdsk-url-1` that of BibDesk.
    for name in ("url", "howpublished", "note", "ee", "bdsk-url-1"):
        text = fields.get(name, "")
        # Mendeley writes `{\_}` for an underscore in an address, which LaTeX would take for a subscript.
        found = re.search(r"https?://[^\s{}]+", text.replace("{\\_}", "_").replace("{\\textasciitilde}", "~"))
        address = found[0] if found else ""
        if name in _SENTENCES:
            address = balanced(address.rstrip(".,;:"))
        if link := safe_link(address):
            return link
    return None


def _venue(fields: Mapping[str, str]) -> str:
    for name in _VENUE_FIELDS:
        venue = cleaned(plain(fields.get(name, ""))).rstrip(" ,;")
        if venue:
            return venue
    return ""


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    eprint = _ARXIV.alone(fields.get("eprint", ""))
    # arXiv's own BibTeX says `archiveprefix`, biblatex says `eprinttype`, and many files say neither.
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    if eprint and kind.lower() == "arxiv":
        return eprint
    # Before there was `eprint`, people wrote `arXiv:2205.14135` into whatever field was printed.
    for name in _ARXIV_FIELDS:
        for value in _ARXIV.in_text(fields.get(name, "")):
            return value
    return known_in(fields.get("url", "")).get("arxiv")


def _date(fields: Mapping[str, str]) -> tuple[int | None, int | None]:
    # biblatex has one field `date` (`2020-03-05`), BibTeX has `year` and `month`; many files mix them.
    date = plain(fields.get("date", "") or fields.get("origdate", ""))
    year = year_in(plain(fields.get("year", ""))) or year_in(date)
    return year, month_in(fields.get("month", "")) or month_of(date)
