"""RIS, as library catalogues and publishers export it: two letters, two spaces, a hyphen, a value."""

import re
from collections.abc import Iterator
from typing import Any

from rekb.errors import SourceError
from rekb.model.entry import Author, Group, Kind
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned, fitting_title, safe_link
from rekb.sources.dates import month_in, month_of, year_in
from rekb.sources.identifiers import doi_in, known_in
from rekb.sources.latex import plain_if_latex
from rekb.sources.names import authors_of
from rekb.sources.pages import article_of, pages_of, range_of
from rekb.sources.work import Appearance, Doubt, Form, FoundWork, is_archive, preprint

# The format wants two spaces before the hyphen; some programs write one.
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?\Z")
# Older programs write T1 and A1 where newer ones write TI and AU.
_TITLES, _AUTHORS, _EDITORS = ("TI", "T1", "CT"), ("AU", "A1"), ("ED", "A2", "A3")
_VENUES = ("T2", "BT", "JF", "JO", "JA", "J2", "C3")
"""A journal's full name is in JF; JO, JA and J2 may have it cut short."""
_FORMS: dict[str, Form] = {
    "JOUR": "article", "MGZN": "article", "NEWS": "article", "EJOUR": "article", "JFULL": "article",
    "CONF": "paper", "CPAPER": "paper", "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "chapter",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "THES": "thesis", "RPRT": "report",
    "STAND": "report", "GOVDOC": "report", "COMP": "software", "ELEC": "page", "BLOG": "page",
    "ICOMM": "page",
}  # fmt: skip
_KINDS: dict[Form, Kind] = {
    "software": "software", "report": "report", "page": "post", "chapter": "chapter", "book": "book",
    "thesis": "thesis",
}  # fmt: skip
_LONGEST_VALUE = 20_000
"""Characters of a value that goes on over many lines."""

Fields = dict[str, list[str]]


def read_ris(text: str) -> Iterator[tuple[int, FoundWork | SourceError]]:
    """Yield what each record of a RIS text gives, with the line it begins at."""
    for line, fields in _records(text):
        try:
            yield line, _work(fields, line)
        except SourceError as error:
            yield line, error


def _records(text: str) -> Iterator[tuple[int, Fields]]:
    fields: Fields = {}
    start, last, more = 1, "", list[str]()
    for number, row in enumerate(text.splitlines(), 1):
        # Editors take away the space at the end of a line, such as that behind `ER  -`.
        match = _TAG.fullmatch(row.rstrip())
        if match and more:
            _go_on(fields, last, more)
        if match and match[1] == "TY" and not fields:
            start = number
        # A record ends with `ER  -`; where a program leaves it out, the next `TY  -` begins another.
        if match and match[1] in ("ER", "TY") and fields:
            yield start, fields
            fields, start = {}, number
        if match and match[1] != "ER":
            last = match[1]
            fields.setdefault(last, []).append((match[2] or "").strip())
        elif not match and row.strip() and fields:
            more.append(row.strip())
    if fields:
        _go_on(fields, last, more)
        yield start, fields


def _go_on(fields: Fields, tag: str, more: list[str]) -> None:
    """Put the lines on which a value goes on behind it."""
    if tag in fields:
        fields[tag][-1] = " ".join((fields[tag][-1], *more))[:_LONGEST_VALUE]
    more.clear()


def _first(fields: Fields, *tags: str) -> str:
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""


def _work(fields: Fields, line: int) -> FoundWork:
    title = fitting_title(plain_if_latex(cleaned(_first(fields, *_TITLES), _LONGEST_VALUE)))
    kind = _first(fields, "TY").strip().upper()
    if not title:
        raise SourceError("the RIS record has no title (TI)")
    names, edited = _people(fields, kind)
    if not names:
        raise SourceError(f"the RIS record {title[:60]!r} names no author (AU)")
    authors, doubts = authors_of([_name(name) for name in names])
    return FoundWork(
        title=title,
        authors=authors,
        appearances=tuple(_appearances(fields, _FORMS.get(kind, ""))),
        kind=_KINDS.get(_FORMS.get(kind, ""), "paper"),
        edited=edited,
        # The format of 2001 has the abstract in N2, that of 2011 in AB.
        abstract=cleaned(_first(fields, "AB", "N2"), 6000),
        doubts=(*doubts, *_doubts(names)),
        line=line,
    )


def _people(fields: Fields, kind: str) -> tuple[list[str], bool]:
    """Return the authors, or the editors of a work that has no author."""
    names = [name for tag in _AUTHORS for name in fields.get(tag, ()) if name]
    if names:
        return names, False
    # What A2 means depends on the type: of a book it is the editors, of a chapter those of its book.
    tags = _EDITORS if kind in ("BOOK", "EDBOOK", "EBOOK", "CONF", "SER") else ("ED",)
    editors = [name for tag in tags for name in fields.get(tag, ()) if name]
    return editors, bool(editors)


def _name(name: str) -> Author | str:
    """Return a name for reading: without a comma it is a body's, but two words are often a person."""
    words = name.split()
    has_initial = any(re.match(r"[^\W\d_]\.", word) for word in words)
    is_body = "," not in name and len(words) != 2 and not has_initial  # noqa: PLR2004
    if is_body and cleaned(name):
        return Group(group=cleaned(name).removesuffix("."))
    return name


def _doubts(names: list[str]) -> Iterator[Doubt]:
    bodies = [author.group for name in names if isinstance(author := _name(name), Group)]
    if bodies:
        shown = "; ".join(bodies[:5])
        yield Doubt("authors", f"written without a comma, as RIS writes a body; a person? {shown}")


def _venues(fields: Fields) -> list[str]:
    """Return the spellings of the venue, one that is not cut short first."""
    found: dict[str, bool] = {}
    for tag in _VENUES:
        venue = cleaned(_first(fields, tag)).rstrip(" ,;")
        if venue:
            is_cut = tag.startswith("J") and re.search(r"\w\.(?:\s|\Z)", venue) is not None
            found.setdefault(venue, is_cut)
    # Python's sort is stable: of full names, the first tag counts.
    return sorted(found, key=lambda venue: found[venue])


def _appearances(fields: Fields, form: Form) -> Iterator[Appearance]:
    venue, *others = _venues(fields) or [""]
    doi = next((found for value in fields.get("DO", ()) if (found := doi_in(value))), None)
    url = safe_link(_first(fields, "UR", "L2"))
    named: dict[str, Any] = known_in(url) if url else {}
    is_own = not named
    # DBLP writes the number into the volume: `abs/2205.14135`.
    named_in = (venue, _first(fields, "DO"), _first(fields, "VL"), *map(" ".join, _notes(fields)))
    arxivs = SCHEMES["arxiv"].in_text(" ".join(named_in))
    arxiv = named.pop("arxiv", None) or next(arxivs, None)
    if doi and "arxiv" in doi.casefold():
        doi = None
    else:
        doi = doi or named.get("doi")
    if arxiv:
        yield preprint(arxiv)
    is_only_preprint = not venue or is_archive(venue)
    if arxiv and is_only_preprint and not doi and form not in ("thesis", "report", "book", "chapter"):
        return
    year, month = _date(fields)
    is_book = form == "book"
    yield Appearance(
        venue="" if arxiv and is_only_preprint else venue or _host(fields, form),
        year=year,
        month=month,
        doi=doi,
        url=url if is_own and not doi else None,
        volume=range_of(_first(fields, "VL")),
        issue=range_of(_first(fields, "IS")) if not is_book else None,
        # RIS has no field for an article number; EndNote keeps it in C7.
        article=article_of(_first(fields, "C7", "AR")),
        pages=None if is_book else _pages(fields),
        book=venue or None if form == "chapter" else None,
        publisher=cleaned(_first(fields, "PB")) or None if form in _PUBLISHED else None,
        # M3 is the type of a work: of a thesis its degree.
        note=cleaned(_first(fields, "M3", "U1")) or None if form == "thesis" else None,
        form=form or ("page" if url and not venue and not arxiv else ""),
        also=tuple(others),
        **{name: value for name, value in named.items() if name != "doi"},
    )


def _host(fields: Fields, form: Form) -> str:
    """Return the publisher of what names no journal or book: a preprint server, a site."""
    if form in _PUBLISHED:
        return ""
    return cleaned(_first(fields, "PB"))


_PUBLISHED = ("book", "chapter", "thesis", "report")


def _notes(fields: Fields) -> Iterator[list[str]]:
    yield from (fields.get(tag, []) for tag in ("M1", "AN", "N1", "ID"))


def _pages(fields: Fields) -> str | None:
    # Some programs write the whole range into SP.
    return pages_of("-".join(page for page in (_first(fields, "SP"), _first(fields, "EP")) if page))


def _date(fields: Fields) -> tuple[int | None, int | None]:
    for tag in ("PY", "Y1", "DA"):
        for value in fields.get(tag, ()):
            if year := year_in(value):
                months = (month_of(other) for name in (tag, "DA", "Y1") for other in fields.get(name, ()))
                found = next((month for month in months if month), None)
                # RIS writes dates as `2019/05/03/`, and any part but the year may be empty.
                return year, found or month_in(re.sub(r"\d{4}", "", value).strip(" /,-"))
    return None, None
