"""Fixes of records: identifiers written as addresses, months that identifiers tell, order, pages."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rekb.edit.change import Change, inside
from rekb.fixes.words import Words
from rekb.model.identifiers import SCHEMES

_PAGES = re.compile(r"(\w[\w:.]*)\s*(?:-{1,2}|[\u2012\u2013\u2014])\s*(\w[\w:.]*)")


def _records(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = inside(value, ("records",))
    for number, record in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(record, dict):
            yield number, record


def identifiers(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Write the bare identifier where an address, a prefix or a version stands; one hyphen in pages."""
    for number, record in _records(value):
        for field, text in record.items():
            if isinstance(text, str):
                written = _written(field, text)
            else:
                written = None
            if written and written != text:
                yield Change("wrong-form", ("records", number, field), written)


def _written(field: str, text: str) -> str | None:
    """Return what a field should hold; nothing where that is not certain."""
    if field in SCHEMES:
        return SCHEMES[field].bare(text)
    if field == "pages":
        match = _PAGES.fullmatch(text.strip())
    else:
        match = None
    if match:
        return f"{match[1]}-{match[2]}"
    return None


def months(value: Any, words: Words, __: str) -> Iterator[Change]:
    """Write the month that an identifier tells, where its year agrees and the record is of its server."""
    for number, record in _records(value):
        venue = words.base.venues.get(str(record.get("venue")))
        if venue:
            scheme = venue.scheme
        else:
            scheme = None
        if scheme:
            identifier = record.get(scheme.id)
        else:
            identifier = None
        if scheme is None or "month" in record or not isinstance(identifier, str):
            continue
        date = scheme.date_of(scheme.bare(identifier) or "")
        if date and record.get("year") == date[0]:
            yield Change("month-missing", ("records", number, "month"), date[1])


def order(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Put records in order, oldest first; records that may be of one month stay as they stand."""
    records = dict(_records(value))
    years = {n: r.get("year") for n, r in records.items()}
    months = {n: r.get("month") for n, r in records.items()}
    if len(records) < 2 or not all(type(year) is int for year in years.values()):  # noqa: PLR2004 - a pair
        return
    by_year = sorted(records, key=lambda n: int(years[n] or 0))
    places: list[int] = []
    for (_year, has_month), run in groupby(by_year, lambda n: (years[n], type(months[n]) is int)):
        alike = list(run)
        places += sorted(alike, key=lambda n: int(months[n] or 0)) if has_month else alike
    if places != sorted(places) and len(places) == len(value["records"]):
        yield Change("records-out-of-order", ("records",), order=tuple(places))
