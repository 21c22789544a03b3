"""RIS, as library catalogues and publishers export it: two letters, two spaces, a hyphen, a value."""

import re
from collections.abc import Iterator
from typing import Any

from rekb.errors import SourceError
from rekb.model.entry import Kind
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.csl import pages_of
from rekb.sources.identifiers import known_in
from rekb.sources.names import authors_of
from rekb.sources.work import Appearance, FoundWork, preprint

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?\Z")
_TITLES, _AUTHORS, _VENUES = ("TI", "T1", "CT"), ("AU", "A1"), ("T2", "BT", "JO", "JF", "JA", "J2", "C3")
_KINDS: dict[str, Kind] = {"COMP": "software", "RPRT": "report", "ELEC": "post", "BLOG": "post"}

Fields = dict[str, list[str]]


def read_ris(text: str) -> Iterator[tuple[int, FoundWork | SourceError]]:
    """Yield what each record of a RIS text gives, with the line it begins at."""
    for line, fields in _records(text):
        try:
            yield line, _work(fields, line)
        except SourceError as error:
            yield line, error


def _records(text: str) -> Iterator[tuple[int, Fields]]:
    values: dict[str, list[list[str]]] = {}
    start, value = 1, list[str]()
    for number, row in enumerate(text.splitlines(), 1):
        match = _TAG.fullmatch(row.rstrip())
        if match and match[1] == "TY" and not values:
            start = number
        if match and match[1] in ("ER", "TY") and values:
            yield start, _joined(values)
            values, start = {}, number
        if match and match[1] != "ER":
            value = [(match[2] or "").strip()]
            values.setdefault(match[1], []).append(value)
        elif not match and row.strip() and values:
            value.append(row.strip())  # a value that goes on
    if values:
        yield start, _joined(values)


def _joined(values: dict[str, list[list[str]]]) -> Fields:
    return {tag: [" ".join(parts) for parts in found] for tag, found in values.items()}


def _first(fields: Fields, *tags: str) -> str:
    return next((value for tag in tags for value in fields.get(tag, ()) if value), "")


def _work(fields: Fields, line: int) -> FoundWork:
    title = cleaned(_first(fields, *_TITLES))
    if not title:
        raise SourceError("the RIS record has no title (TI)")
    names = [name for tag in _AUTHORS for name in fields.get(tag, ())]
    if not names:
        raise SourceError(f"the RIS record {title[:60]!r} names no author (AU)")
    authors, doubts = authors_of(names)
    return FoundWork(
        title=title,
        authors=authors,
        appearances=tuple(_appearances(fields)),
        kind=_KINDS.get(_first(fields, "TY"), "paper"),
        abstract=cleaned(_first(fields, "AB", "N2"), 6000),
        doubts=doubts,
        line=line,
    )


def _appearances(fields: Fields) -> Iterator[Appearance]:
    venue = cleaned(_first(fields, *_VENUES))
    doi = SCHEMES["doi"].bare(_first(fields, "DO")) or ""
    url = safe_link(_first(fields, "UR", "L2"))
    named: dict[str, Any] = known_in(url) if url else {}
    told = SCHEMES["arxiv"].in_text(" ".join((venue, doi, _first(fields, "M1", "AN", "N1"))))
    arxiv = named.pop("arxiv", None) or next(told, None)
    if arxiv:
        yield preprint(arxiv)
    if arxiv and (not venue or "arxiv" in venue.casefold()):
        return
    year, month = _date(_first(fields, "PY", "Y1", "DA"))
    is_formal = bool(doi) and "arxiv" not in doi.casefold()
    yield Appearance(
        venue=venue,
        year=year,
        month=month,
        doi=doi if is_formal else named.get("doi"),
        url=None if named or is_formal or arxiv else url,
        volume=cleaned(_first(fields, "VL")) or None,
        issue=cleaned(_first(fields, "IS")) or None,
        pages=pages_of("-".join(p for p in (_first(fields, "SP"), _first(fields, "EP")) if p)),
        **{name: value for name, value in named.items() if name != "doi"},
    )


def _date(text: str) -> tuple[int | None, int | None]:
    match = re.match(r"(\d{4})(?:/(\d{1,2}))?", text)
    if not match:
        return None, None
    month = int(match[2] or 0)
    return int(match[1]), month if month in range(1, 13) else None
