"""Fixes of records: identifiers written as addresses, months that identifiers state, order, pages."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rekb.edit.change import Change, inside
from rekb.fixes.words import Words
from rekb.model.identifiers import SCHEMES

_PAGES = re.compile(r"(\w[\w:.]*)\s*(?:-{1,2}|[\u2012\u2013\u2014])\s*(\w[\w:.]*)")


def _records(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records of an entry that can be read, each with its place; what is no record is skipped."""
    listed = inside(value, ("records",))
    if not isinstance(listed, list):
        return
    for number, record in enumerate(listed):
        if isinstance(record, dict):
            yield number, record


def identifiers(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Write the bare identifier for an address, a prefix or a version of it; one hyphen in pages."""
    for number, record in _records(value):
        for field, text in record.items():
            written = _written(field, text)
            if written not in (None, text):
                yield Change("wrong-form", ("records", number, field), written)


def _written(field: str, text: Any) -> str | None:
    """Return what a field should be; nothing where that is not certain."""
    if not isinstance(text, str):
        return None
    if field in SCHEMES:
        return SCHEMES[field].bare(text)
    if field != "pages":
        return None
    # BibTeX writes `1--12` and publishers' pages a dash: a hyphen is what people can type.
    match = _PAGES.fullmatch(text.strip())
    if match is None:
        return None
    return f"{match[1]}-{match[2]}"


def months(value: Any, words: Words, __: str) -> Iterator[Change]:
    """Write the month that an identifier gives, where its year agrees and the record is of its server."""
    for number, record in _records(value):
        date = _date(record, words)
        if date is None or "month" in record:
            continue
        year, month = date
        if record.get("year") == year:
            yield Change("month-missing", ("records", number, "month"), month)


def _date(record: Mapping[str, Any], words: Words) -> tuple[int, int | None] | None:
    """Return the date in a record's identifier of its own server: arXiv's begins with year and month."""
    venue = words.base.venues.get(str(record.get("venue")))
    if venue is None or venue.scheme is None:
        return None
    identifier = record.get(venue.scheme.id)
    if not isinstance(identifier, str):
        return None
    bare = venue.scheme.bare(identifier) or ""
    return venue.scheme.date_of(bare)


def order(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Put records in order, oldest first; records that may be of one month stay as they stand."""
    records = dict(_records(value))
    if len(records) < 2:  # noqa: PLR2004 - one record is always in order
        return
    # `true` is an int to `isinstance`; a year that is no number is a finding of its own.
    if not all(type(record.get("year")) is int for record in records.values()):
        return
    # Where a record cannot be read, its place is not known and nothing is moved.
    if len(records) != len(value["records"]):
        return
    places = _oldest_first(records)
    if places != sorted(places):
        yield Change("records-out-of-order", ("records",), order=tuple(places))


def _oldest_first(records: Mapping[int, Mapping[str, Any]]) -> list[int]:
    """Return the places of records by year; those of one year that both state a month also by month."""

    def year_and_kind(number: int) -> tuple[int, bool]:
        record = records[number]
        return int(record["year"]), type(record.get("month")) is int

    def month(number: int) -> int:
        return int(records[number]["month"])

    # `sorted` leaves equals in their order, and `groupby` joins only neighbours.
    by_year = sorted(records, key=lambda number: int(records[number]["year"]))
    places: list[int] = []
    for (_year, has_month), run in groupby(by_year, year_and_kind):
        alike = list(run)
        if has_month:
            alike.sort(key=month)
        places.extend(alike)
    return places
