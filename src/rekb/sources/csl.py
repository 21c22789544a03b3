"""CSL-JSON: what DOI registries answer, and what Zotero and others export."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rekb.errors import SourceError
from rekb.model.entry import Author, Group, Kind
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned, fitting_title, safe_link
from rekb.sources.dates import month_in, year_in
from rekb.sources.identifiers import doi_in, known_in
from rekb.sources.latex import plain_if_latex
from rekb.sources.names import authors_of, person
from rekb.sources.pages import article_of, pages_of, range_of
from rekb.sources.repositories import code_named_in
from rekb.sources.work import Appearance, Doubt, Form, FoundWork, NamedCode, is_archive, preprint
from rekb.text import printable
from rekb.yamlio.reader import parse

_ABSTRACT = 6000
_ANY = 4000
_ARXIV = SCHEMES["arxiv"]
_EMPHASIS = re.compile(r"(?<!\w)\*{1,2}(\S(?:[^*]*\S)?)\*{1,2}(?!\w)")
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---\s|references\s*:|- )")
_VALUE = re.compile(r"[^\s,]")
_FORMS: dict[str, Form] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "journal-article": "article", "paper-conference": "paper", "proceedings-article": "paper",
    "chapter": "chapter", "book-chapter": "chapter", "entry-encyclopedia": "chapter",
    "entry-dictionary": "chapter", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "collection": "book", "thesis": "thesis", "dissertation": "thesis",
    "report": "report", "standard": "report", "software": "software", "post-weblog": "page",
    "webpage": "page", "post": "page",
}  # fmt: skip
"""Types of CSL, and those of Crossref that its CSL answers carry."""
_SOFTWARE = ("computer software", "software")
"""Genres that say that a record is software, whatever its type."""
_CODE_RELATIONS = ("is-supplemented-by", "documents", "has-related-material")
"""Relations by which Crossref's records name what belongs to a work; others name works of others."""
_KINDS: dict[Form, Kind] = {
    "software": "software", "report": "report", "page": "post", "book": "book", "chapter": "chapter",
    "thesis": "thesis",
}  # fmt: skip
# Python refuses to read an int of more than 4,300 digits, and then no record would be read.
_LONGEST_NUMBER = 20
"""Digits of a whole number that is read as one."""


def _whole(digits: str) -> int | str:
    """Return a whole number, or its text where it is too long for one: other records are still read."""
    if len(digits) <= _LONGEST_NUMBER:
        return int(digits)
    return digits


# Python's decoder takes `NaN` and `Infinity`, which JSON does not have.
_DECODER = json.JSONDecoder(parse_constant=lambda _: None, parse_int=_whole)


def read_records(text: str) -> list[tuple[int, object]]:
    """Return the records of a CSL-JSON text with the lines they begin at.

    Raises:
        SourceError: for a text that is no JSON array of records.
    """
    if _YAML.match(text):
        return _records_of_yaml(text)
    try:
        value = _DECODER.decode(text)
    # The decoder calls itself for a bracket inside a bracket, so a deep text ends in RecursionError.
    except (ValueError, RecursionError) as error:
        raise SourceError(_why_unread(text, error)) from error
    if isinstance(value, dict):
        # Zotero's interface wraps its list of records, `{"items": [...]}`; else it is one record alone.
        items = value.get("items")
        value = items if isinstance(items, list) else [value]
        return [(1, record) for record in value]
    if not isinstance(value, list):
        raise SourceError("CSL-JSON is a list of records: [{...}, {...}]")
    return list(zip(_lines(text, value), value, strict=True))


def _why_unread(text: str, error: Exception) -> str:
    """Return what is wrong with a text that is neither; what begins with a bracket is meant as JSON."""
    if text.lstrip()[:1] in ("[", "{"):
        return f"this is no JSON: {error}"
    return "this is no JSON and no CSL in YAML: give `[{...}]`, or YAML with a list under `references`"


def _records_of_yaml(text: str) -> list[tuple[int, object]]:
    """Return the records of CSL in YAML, as pandoc writes them: a list, mostly under `references`.

    Raises:
        SourceError: for a text that is none.
    """
    reading = parse(text.encode(), "")
    if reading.document is None or not reading.document.parsed:
        fault = next(iter(reading.diagnostics), None)
        why = f"line {fault.place.line}: {fault.message}" if fault else "it holds nothing"
        raise SourceError(f"this is no CSL in YAML: {why}")
    value = reading.document.value
    path: tuple[str | int, ...] = ()
    if isinstance(value, dict) and "references" in value:
        value = value["references"]
        path = ("references",)
    if not isinstance(value, list):
        raise SourceError(
            "this YAML has no list of records under `references`: give CSL, as pandoc writes it"
        )
    found = []
    for number, record in enumerate(value):
        found.append((reading.document.place((*path, number)).line, _unmarked(record)))
    return found


def _unmarked(record: object) -> object:
    """Return a record without the emphasis of Markdown that pandoc writes into titles: ``*Homo sapiens*``."""
    if not isinstance(record, dict):
        return record
    plain = dict(record)
    for name in ("title", "subtitle", "container-title"):
        if isinstance(record.get(name), str):
            plain[name] = _EMPHASIS.sub(r"\1", record[name])
    return plain


def _lines(text: str, records: list[object]) -> list[int]:
    """Return the line at which each record begins: records are decoded one behind the other."""
    lines, line = list[int](), 1
    position, counted = text.find("[") + 1, 0
    for _ in records:
        found = _VALUE.search(text, position)
        position = found.start() if found else position
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        position = _DECODER.raw_decode(text, position)[1]
    return lines


def found_work(value: object, line: int = 1) -> FoundWork:
    """Return the work of one CSL record.

    Raises:
        SourceError: for a record without a title.
    """
    if not isinstance(value, dict):
        raise SourceError('a record is a mapping: {"title": ..., "author": [...]}')
    title = _title(value)
    if not title:
        raise SourceError("the record has no title")
    authors, doubts = _people(value.get("author"))
    editors, more = _people(value.get("editor")) if not authors else ((), ())
    appearances = tuple(_appearances(value))
    form = appearances[-1].form if appearances else ""
    return FoundWork(
        title=title,
        authors=authors or editors,
        appearances=appearances,
        kind=_KINDS.get(form, "paper"),
        edited=bool(editors),
        abstract=cleaned(value.get("abstract"), _ABSTRACT),
        repositories=tuple(_repositories(value.get("relation"))),
        doubts=(*doubts, *more),
        line=line,
    )


def _repositories(relations: object) -> Iterator[NamedCode]:
    """Yield the repositories that a record of Crossref relates to its work."""
    if not isinstance(relations, dict):
        return
    for name in _CODE_RELATIONS:
        related = relations.get(name)
        if not isinstance(related, list):
            continue
        for target in related:
            # `object` means that only the other side says it, and anybody may claim to belong to a work.
            if isinstance(target, dict) and target.get("asserted-by") != "object":
                yield from code_named_in(cleaned(target.get("id")), f"Crossref's relation {name}")


def _title(value: dict[str, Any]) -> str:
    title = plain_if_latex(cleaned(_one(value.get("title")), _ANY))
    subtitle = cleaned(_one(value.get("subtitle")), _ANY)
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    if title:
        return fitting_title(title)
    return ""


def _one(value: object) -> object:
    # Crossref gives titles as lists, while CSL has them as text.
    if isinstance(value, list) and value:
        return value[0]
    return value


def _people(value: object) -> tuple[tuple[Author, ...], tuple[Doubt, ...]]:
    made: list[Author] = []
    doubts: tuple[Doubt, ...] = ()
    for author in value if isinstance(value, list) else ():
        if not isinstance(author, dict):
            continue
        # CSL calls the name of a body `literal`, Crossref calls it `name`.
        body = cleaned(author.get("literal") or author.get("name"))
        if body and not author.get("family"):
            # CSL's `literal` is for bodies, but many programs put people there.
            if "," in body or body.count(" ") in (1, 2):
                found, more = authors_of([body])
                made += found
                doubts += more
            else:
                made.append(Group(group=body))
            continue
        # CSL keeps `van` and `de la` apart from the family name, by whether sorting passes over them.
        particles = (cleaned(author.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping"))
        family = " ".join(part for part in (*particles, cleaned(author.get("family"))) if part)
        if one := person(family, cleaned(author.get("given")), cleaned(author.get("suffix"))):
            made.append(one)
    return tuple(made), doubts


def _appearances(value: dict[str, Any]) -> Iterator[Appearance]:
    doi = doi_in(cleaned(value.get("DOI"), _ANY))
    url = safe_link(_one(value.get("URL")))
    if url:
        named = known_in(url)
    else:
        named = {}
    arxiv = named.pop("arxiv", None) or _arxiv(value)
    if doi and doi.casefold().startswith(_ARXIV.doi_prefix.casefold()):
        # The DOI of a preprint names no publication; what it ends in says all.
        arxiv = _ARXIV.in_doi(doi) or arxiv
        doi = None
    if arxiv:
        yield preprint(arxiv)
    venue = _venue(value)
    is_only_preprint = not venue or is_archive(venue)
    doi = doi or named.get("doi")
    form = _form(value)
    # arXiv also holds theses and books, which were published elsewhere as well.
    if arxiv and is_only_preprint and not doi and form not in ("thesis", "book", "chapter"):
        return
    if arxiv and is_only_preprint:
        venue, form = "", "article" if form in ("report", "") else form
    if known_in(url or ""):
        own_page = None
    else:
        own_page = url
    yield _formal(value, form or _untyped(url, venue, arxiv), venue, doi, own_page)


def _form(value: dict[str, Any]) -> Form:
    """Return what a record is; of software its genre says it, for CSL before 1.0.2 has no type for it."""
    if cleaned(value.get("genre")).casefold() in _SOFTWARE:
        return "software"
    return _FORMS.get(str(value.get("type")), "")


def _untyped(url: str | None, venue: str, arxiv: str | None) -> Form:
    if venue or arxiv or not url:
        return ""
    return "page"


def _formal(value: dict[str, Any], form: Form, venue: str, doi: str | None, url: str | None) -> Appearance:
    address = safe_link(_one(value.get("URL")))
    named: dict[str, Any] = known_in(address) if address else {}
    keep = {}
    for name, found in named.items():
        if name not in ("arxiv", "doi"):
            keep[name] = found
    year, month = _date(value)
    issue, article = _issue_and_article(value, form)
    is_book = form == "book"
    has_publisher = form in ("book", "chapter", "thesis", "report")
    return Appearance(
        venue=venue if form not in ("book", "thesis") else "",
        also=tuple(_other_venues(value)),
        year=year,
        month=month,
        doi=doi,
        url=None if doi else url,
        volume=range_of(_number(value, "volume") or ""),
        issue=issue if not is_book else None,
        article=article,
        pages=None if is_book else pages_of(cleaned(value.get("page"))),
        book=venue or None if form == "chapter" else None,
        publisher=cleaned(value.get("publisher")) or None if has_publisher else None,
        note=cleaned(value.get("genre")) or None if form == "thesis" else None,
        form=form,
        **keep,
    )


def _issue_and_article(value: dict[str, Any], form: Form) -> tuple[str | None, str | None]:
    """Return issue and article number; a bare `number` of an article is its own where an issue is given."""
    issue, number = _number(value, "issue"), _number(value, "number") or ""
    article = article_of(_number(value, "article-number") or "")
    is_arxiv = number.casefold().startswith("arxiv")
    if form in ("article", "paper") and not article and not is_arxiv:
        article = article_of(number)
    return range_of(issue or ""), article


def _arxiv(value: dict[str, Any]) -> str | None:
    """Return the arXiv identifier of a record: as number or note (``arXiv:2205.14135``), or its archive's."""
    if cleaned(value.get("archive")).casefold() == "arxiv":
        place = _number(value, "archive_location") or ""
        if found := _ARXIV.alone(place):
            return found
    container = cleaned(_one(value.get("container-title"))) or cleaned(value.get("publisher"))
    for field in ("number", "note"):
        number = _number(value, field) or ""
        is_named = number.casefold().startswith("arxiv:") or container.casefold() == "arxiv"
        if is_named and (found := _ARXIV.alone(number)):
            return found
    # DBLP writes the number into the volume: `abs/2205.14135`.
    return next(_ARXIV.in_text(_number(value, "volume") or ""), None)


def _number(value: dict[str, Any], field: str) -> str | None:
    found = value.get(field)
    if isinstance(found, str | int):
        return cleaned(str(found)) or None
    return None


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
    # Crossref's `created` is the day on which the record was made, so it is asked last.
    for field in ("issued", "published", "published-print", "published-online", "event-date", "created"):
        date = _one(value.get(field))
        if not isinstance(date, dict):
            text = str(date or "")
            if year := year_in(text):
                return year, month_in(text)
            continue
        # Older versions of pandoc write `year: 2009` and `month: 3` instead of nested parts.
        if year := year_in(str(date.get("year") or "")):
            return year, month_in(str(date.get("month") or ""))
        # CSL nests the parts of a date, for it may be a range: `[[2022, 5], [2022, 7]]`.
        parts = _one(date.get("date-parts"))
        if isinstance(parts, list):
            # Some programs write the parts as texts: `[["2022", 5]]`.
            numbers = [str(part)[:10] for part in parts]
        else:
            numbers = []
        if numbers and (year := year_in(numbers[0])):
            return year, month_in(numbers[1]) if len(numbers) > 1 and "season" not in numbers[1] else None
        text = str(date.get("raw") or date.get("literal") or "")
        if year := year_in(text):
            return year, month_in(text)
    return None, None


def named(value: object) -> str:
    """Return how a report names a record that gave no work."""
    if isinstance(value, dict):
        title = cleaned(_one(value.get("title")))
    else:
        title = ""
    return printable(title[:80]) or "a record without a title"
