"""BibTeX, as pasted from a publisher or exported by a library.

It is read without the LaTeX middlewares of bibtexparser: they cut addresses at ``%`` and damage DOIs. Only
title, authors and venue are decoded.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from rekb.errors import SourceError
from rekb.model.entry import Author, Group, Kind
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.csl import pages_of
from rekb.sources.identifiers import known_in
from rekb.sources.latex import plain
from rekb.sources.names import authors_of
from rekb.sources.work import Appearance, FoundWork, preprint

Parsed = tuple[int, FoundWork | SourceError]
"""The line at which an entry begins, and the work or why there is none."""

_ARXIV = SCHEMES["arxiv"]
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SOFTWARE_TYPES = ("software", "softwareversion")
_VENUE_FIELDS = ("booktitle", "journal", "journaltitle", "eventtitle", "series")
_PREPRINT_NAMES = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_MIDDLEWARES = (middlewares.ResolveStringReferencesMiddleware, middlewares.RemoveEnclosingMiddleware)


def read_bibtex(text: str) -> list[Parsed]:
    """Return what each entry of a BibTeX text gives, in order; a broken entry does not hide the next."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # faults are in the blocks; we tell them
    stack = [make(allow_inplace_modification=True) for make in _MIDDLEWARES]
    library = parse_string(text, parse_stack=stack)
    parsed = [block for raw in library.blocks for block in _parsed(raw)]
    return sorted(parsed, key=lambda pair: pair[0])


def _parsed(block: object) -> Iterator[Parsed]:
    if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
        block = block.ignore_error_block  # two entries of one key may well be two works
    if isinstance(block, Entry):
        line = (block.start_line or 0) + 1
        try:
            yield line, _work(block, line)
        except SourceError as error:
            yield line, error
    elif isinstance(block, ParsingFailedBlock):
        line = (block.start_line or 0) + 1
        twice = isinstance(block, DuplicateFieldKeyBlock)
        told = "a field stands twice" if twice else _unread(str(block.raw))
        yield line, SourceError(f"the BibTeX entry cannot be read: {told}")


def _unread(raw: str) -> str:
    bare = re.sub(r"\\[{}]", "", raw)
    opened, closed = bare.count("{"), bare.count("}")
    counted = f"; it opens {opened} braces and closes {closed}" if opened != closed else ""
    return f"brackets, quotes or commas do not match{counted}"


def _fields(entry: Entry) -> dict[str, str]:
    return {field.key.lower(): str(field.value).strip() for field in entry.fields}


def _work(entry: Entry, line: int) -> FoundWork:
    fields = _fields(entry)
    title = cleaned(plain(fields.get("title", "")))
    if not title:
        raise SourceError(f"the BibTeX entry `{cleaned(entry.key)}` has no title")
    if not fields.get("author"):
        raise SourceError(f"the BibTeX entry `{cleaned(entry.key)}` names no author")
    authors, doubts = authors_of(list(_names(fields["author"])))
    return FoundWork(
        title=title,
        authors=authors,
        appearances=tuple(_appearances(entry.entry_type.lower(), fields)),
        kind=_kind(entry.entry_type.lower(), fields),
        code=safe_link(fields.get("code") or fields.get("repository")),
        abstract=cleaned(plain(f"{fields.get('abstract', '')} {fields.get('keywords', '')}"), 6000),
        doubts=doubts,
        line=line,
    )


def _names(text: str) -> Iterator[Author | str]:
    """Yield the names of an author field: parted by `and` outside braces; a name in braces is a body."""
    depth, name = 0, ""
    spaced = " ".join(text.replace("\\{", "").replace("\\}", "").split())
    for piece in re.split(r"( and |[{}])", spaced):
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and piece == " and ":
            yield _name(name)
            name = ""
        else:
            name += piece
    if name.strip():
        yield _name(name)


def _name(text: str) -> Author | str:
    """Return a name for reading; one that stands in braces as a whole is that of a body."""
    name = plain(text)
    return Group(group=name) if re.fullmatch(r"\{[^{}\\,]+\}", text.strip()) and name else name


def _kind(kind: str, fields: Mapping[str, str]) -> Kind:
    if kind in _SOFTWARE_TYPES:
        return "software"
    if kind in ("techreport", "report"):
        return "report"
    return "post" if kind in ("misc", "online") and not _arxiv_id(fields) and not _venue(fields) else "paper"


def _appearances(kind: str, fields: Mapping[str, str]) -> Iterator[Appearance]:
    arxiv, venue = _arxiv_id(fields), _venue(fields)
    if arxiv:
        yield preprint(arxiv)
    if arxiv and (not venue or _PREPRINT_NAMES.search(venue)):
        return
    url = safe_link(fields.get("url") or fields.get("howpublished", "").removeprefix("\\url{").rstrip("}"))
    named: dict[str, Any] = known_in(url) if url else {}
    has_identifier = bool(named)
    named.pop("arxiv", None)
    doi = SCHEMES["doi"].bare(fields.get("doi", "").replace("\\_", "_"))
    year, month = _date(fields)
    yield Appearance(
        venue=venue or cleaned(plain(fields.get("institution", "") if "report" in kind else "")),
        year=year,
        month=month,
        doi=doi or named.get("doi"),
        url=None if has_identifier or doi else url,
        volume=cleaned(fields.get("volume")) or None,
        issue=cleaned(fields.get("number") or fields.get("issue")) or None,
        pages=pages_of(plain(fields.get("pages", ""))),
        **{name: value for name, value in named.items() if name != "doi"},
    )


def _venue(fields: Mapping[str, str]) -> str:
    return next((v for name in _VENUE_FIELDS if (v := cleaned(plain(fields.get(name, ""))))), "")


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    eprint = _ARXIV.alone(fields.get("eprint", ""))
    if eprint and fields.get("archiveprefix", "arxiv").lower() == "arxiv":
        return eprint
    for name in ("journal", "volume", "note", "howpublished", "doi", "url", "number"):
        for value in _ARXIV.in_text(fields.get(name, "")):
            return value
    return known_in(fields.get("url", "")).get("arxiv")


def _date(fields: Mapping[str, str]) -> tuple[int | None, int | None]:
    match = re.search(r"\b(?:19|20)\d\d\b", fields.get("year") or fields.get("date", ""))
    month = fields.get("month", "").strip().lower()
    dated = re.match(r"\d{4}-(\d\d)", fields.get("date", ""))
    number = int(dated[1]) if dated else int(month) if month.isdecimal() else 0
    if not number and month[:3] in _MONTHS:
        number = _MONTHS.index(month[:3]) + 1
    return int(match[0]) if match else None, number if number in range(1, 13) else None
