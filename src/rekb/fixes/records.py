"""Fixes of records: identifiers written as addresses, months that identifiers tell, order, pages."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from rekb.checks.identity import is_possible, submitted
from rekb.edit.change import Change, inside
from rekb.fixes.words import Words

_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PAGES = re.compile(r"(\w[\w:.]*)\s*(?:-{1,2}|[\u2012\u2013\u2014])\s*(\w[\w:.]*)")


def _records(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = inside(value, ("records",))
    for number, record in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(record, dict):
            yield number, record


def identifiers(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Write the bare identifier where an address, a prefix or a version stands; one hyphen in pages."""
    for number, record in _records(value):
        for field, pattern, written in (
            ("arxiv", _ARXIV, r"\1"), ("doi", _DOI, r"\1"), ("pages", _PAGES, r"\1-\2"),
        ):  # fmt: skip
            text = record.get(field)
            match = pattern.fullmatch(text.strip()) if isinstance(text, str) else None
            if match and match.expand(written) != text:
                yield Change("wrong-form", ("records", number, field), match.expand(written))


def months(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Write the month that an arXiv identifier begins with, where its year agrees."""
    for number, record in _records(value):
        identifier = record.get("arxiv")
        if record.get("venue") != "arxiv" or "month" in record or not isinstance(identifier, str):
            continue
        if _ARXIV.fullmatch(identifier) and is_possible(identifier):
            year, month = submitted(identifier)
            if record.get("year") == year:
                yield Change("month-missing", ("records", number, "month"), month)


def order(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Put records in order, oldest first; records that may be of one month stay as they stand."""
    records = dict(_records(value))
    dates = {n: (r.get("year"), r.get("month")) for n, r in records.items()}
    if len(records) < 2 or not all(type(year) is int for year, _ in dates.values()):  # noqa: PLR2004 - a pair
        return
    places = sorted(dates, key=lambda n: int(dates[n][0] or 0))
    for _pass in places:
        for n, (first, second) in enumerate(pairwise(places)):
            if _is_later(dates[first], dates[second]):
                places[n : n + 2] = [second, first]
    if places != sorted(places) and len(places) == len(value["records"]):
        yield Change("records-out-of-order", ("records",), order=tuple(places))


def _is_later(first: tuple[Any, Any], second: tuple[Any, Any]) -> bool:
    return first[0] == second[0] and type(first[1]) is type(second[1]) is int and first[1] > second[1]
