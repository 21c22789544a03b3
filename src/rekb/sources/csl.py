"""CSL-JSON: what DOI registries answer, and what Zotero and others export."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rekb.errors import SourceError
from rekb.model.entry import Author, Group, Kind
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.identifiers import known_in
from rekb.sources.names import authors_of, person
from rekb.sources.work import Appearance, Doubt, FoundWork, preprint
from rekb.text import printable

_ABSTRACT = 6000
_ARXIV = SCHEMES["arxiv"]
_LONGEST_DOI = 200
_PAGES = re.compile(r"([A-Za-z]?\d+(?:[:.]\d+)?)(?:\s*[-\u2010-\u2014]+\s*([A-Za-z]?\d+(?:[:.]\d+)?))?")
_VALUE = re.compile(r"[^\s,]")
_KINDS: dict[str, Kind] = {
    "software": "software",
    "report": "report",
    "post-weblog": "post",
    "webpage": "post",
}


def read_records(text: str) -> list[tuple[int, object]]:
    """Return the records of a CSL-JSON text with the lines they begin at.

    Raises:
        SourceError: for a text that is no JSON array of records.
    """
    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this is no JSON: {error}") from error
    records = (
        value if isinstance(value, list) else value.get("items", [value]) if isinstance(value, dict) else None
    )
    if not isinstance(records, list):
        raise SourceError("CSL-JSON is a list of records: [{...}, {...}]")
    return list(zip(_lines(text, records), records, strict=True))


def _lines(text: str, records: list[object]) -> list[int]:
    """Return the line at which each record begins: records are decoded one behind the other."""
    if len(records) == 1 and not text.lstrip().startswith("["):
        return [1]
    decoder, lines, line = json.JSONDecoder(), list[int](), 1
    position, counted = text.find("[") + 1, 0
    for _ in records:
        found = _VALUE.search(text, position)
        position = found.start() if found else position
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        position = decoder.raw_decode(text, position)[1]
    return lines


def found_work(value: object, line: int = 1) -> FoundWork:
    """Return the work of one CSL record.

    Raises:
        SourceError: for a record without a title.
    """
    if not isinstance(value, dict):
        raise SourceError('a record is a mapping: {"title": ..., "author": [...]}')
    title = cleaned(_one(value.get("title")))
    subtitle = cleaned(_one(value.get("subtitle")))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    if not title:
        raise SourceError("the record has no title")
    authors, doubts = _authors(value.get("author"))
    return FoundWork(
        title=title,
        authors=authors,
        appearances=tuple(_appearances(value)),
        kind=_KINDS.get(str(value.get("type")), "paper"),
        abstract=cleaned(value.get("abstract"), _ABSTRACT),
        doubts=doubts,
        line=line,
    )


def _one(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _authors(value: object) -> tuple[tuple[Author, ...], tuple[Doubt, ...]]:
    made: list[Author] = []
    doubts: tuple[Doubt, ...] = ()
    for author in value if isinstance(value, list) else ():
        if not isinstance(author, dict):
            continue
        body = cleaned(author.get("literal") or author.get("name"))
        if body and not author.get("family"):
            if "," in body or body.count(" ") in (1, 2):
                found, more = authors_of([body])
                made += found
                doubts += more
            else:
                made.append(Group(group=body))
            continue
        particle = cleaned(author.get("non-dropping-particle"))
        family = f"{particle} {cleaned(author.get('family'))}".strip()
        if one := person(family, cleaned(author.get("given")), cleaned(author.get("suffix"))):
            made.append(one)
    return tuple(made), doubts


def _appearances(value: dict[str, Any]) -> Iterator[Appearance]:
    doi = SCHEMES["doi"].bare(cleaned(value.get("DOI"), _LONGEST_DOI)) or ""
    url = safe_link(_one(value.get("URL")))
    named = known_in(url) if url else {}
    arxiv = named.pop("arxiv", None) or _arxiv(value)
    if doi.casefold().startswith(_ARXIV.doi_prefix.casefold()):
        # The DOI of a preprint names no publication; what it ends in says all.
        doi, arxiv = "", _ARXIV.in_doi(doi)
    if arxiv:
        yield preprint(arxiv)
    if arxiv and not doi and "arxiv" in (_venue(value) or "arxiv").casefold():
        return
    year, month = _date(value)
    keep = {scheme: found for scheme, found in named.items() if scheme != "doi"}
    doi = doi or named.get("doi", "")
    yield Appearance(
        venue=_venue(value),
        also=tuple(_other_venues(value)),
        year=year,
        month=month,
        doi=doi or None,
        url=None if doi or named or arxiv else url,
        volume=_number(value, "volume"),
        issue=_number(value, "issue") or _number(value, "number"),
        pages=pages_of(cleaned(value.get("page"))),
        **keep,
    )


def _arxiv(value: dict[str, Any]) -> str | None:
    """Return the arXiv identifier that a record gives as its number: ``arXiv:2205.14135``."""
    number = _number(value, "number") or ""
    return _ARXIV.alone(number) if number.casefold().startswith("arxiv:") else None


def _number(value: dict[str, Any], field: str) -> str | None:
    found = value.get(field)
    return cleaned(str(found)) or None if isinstance(found, str | int) else None


def _venue(value: dict[str, Any]) -> str:
    for field in ("container-title", "event-title", "collection-title"):
        if name := cleaned(_one(value.get(field))):
            return name
    event = value.get("event")
    return cleaned(event.get("name") if isinstance(event, dict) else event) or cleaned(value.get("publisher"))


def _other_venues(value: dict[str, Any]) -> Iterator[str]:
    titles = value.get("container-title")
    for name in (*(titles[1:] if isinstance(titles, list) else ()), _one(value.get("container-title-short"))):
        if text := cleaned(name):
            yield text


def _date(value: dict[str, Any]) -> tuple[int | None, int | None]:
    for field in ("issued", "published", "published-print", "published-online", "event-date"):
        date = value.get(field)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        first = _one(parts)
        numbers = [int(str(n)) for n in first if str(n).isdecimal()] if isinstance(first, list) else []
        if numbers:
            is_month = len(numbers) > 1 and 1 <= numbers[1] <= 12  # noqa: PLR2004 - months of a year
            return numbers[0], numbers[1] if is_month else None
        if isinstance(date, dict) and (match := re.search(r"\b(?:19|20)\d\d\b", str(date.get("raw", "")))):
            return int(match[0]), None
    return None, None


def pages_of(text: str) -> str | None:
    """Return pages as entries write them, ``611-626``, or None for what cannot be read so."""
    match = _PAGES.fullmatch(text.strip())
    if not match:
        return None
    return f"{match[1]}-{match[2]}" if match[2] and match[2] != match[1] else match[1]


def named(value: object) -> str:
    """Return how a report names a record that gave no work."""
    title = cleaned(_one(value.get("title"))) if isinstance(value, dict) else ""
    return printable(title[:80]) or "a record without a title"
