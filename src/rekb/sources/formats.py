"""Which form a file of works has, and what is in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from rekb.encoding import NotUtf8, decoded
from rekb.errors import NoWorkError, SourceError
from rekb.sources import csl
from rekb.sources.bibtex import read_bibtex
from rekb.sources.identifiers import is_bibtex
from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_list
from rekb.sources.lists.works import listed_work
from rekb.sources.ris import read_ris
from rekb.sources.work import FoundWork
from rekb.text import conflict_lines

FORMS = ("bibtex", "ris", "csl-json", "markdown")
"""Names of the forms that are read."""
_ENDINGS = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl-json", ".md": "markdown",
    ".markdown": "markdown", ".yaml": "csl-json", ".yml": "csl-json",
}  # fmt: skip


_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL", "markdown": "a list in Markdown"}
"""The forms as people call them."""
# BibTeX ignores what is between entries, and programs write lines with `%` there.
_SIGNS = {
    "ris": re.compile(r"TY  ?-"),
    "a web page (HTML)": re.compile(r"<!doctype html|<html|<head|<body|<div|<table", re.IGNORECASE),
    "XML": re.compile(r"<\?xml|<xml|<records"),
    "an export of PubMed (NBIB)": re.compile(r"PMID- "),
    "an export of EndNote (ENW)": re.compile(r"%0 "),
    "an export of Web of Science (plain text)": re.compile(r"FN (?:Clarivate|Thomson|ISI)"),
    "csl-json": re.compile(r"\[\s*(?:\{|\])|\{\s*\""),
    "bibtex": re.compile(r"(?:%[^\n]*\n\s*)*@\s*[A-Za-z]+\s*[{(]"),
    "markdown": re.compile(r"#{1,6} |[-*] |\d+\. "),
}
"""How texts begin, by what they are."""


GIVE = "BibTeX, RIS, CSL-JSON, or a list of papers in Markdown"
"""What can be given."""


@dataclass(frozen=True, slots=True)
class Read:
    """One work of a file, or why there is none."""

    line: int
    work: FoundWork | SourceError
    item: Item | None = None
    """The work as a list in Markdown has it."""


def form_of(name: str, text: str) -> str:
    """Return the form of a file, by its ending, else by how it begins.

    Raises:
        SourceError: for a file of no form that is read.
    """
    if form := _ENDINGS.get(PurePath(name).suffix.lower()):
        return form
    start = text.lstrip()[:4000]
    seen = seen_form(text)
    if seen in ("ris", "csl-json", "bibtex"):
        return seen
    # BibTeX passes over what comes before an entry, which may look like a heading.
    if is_bibtex(start):
        return "bibtex"
    if seen == "markdown" or "\n- " in start or "\n* " in start:
        return "markdown"
    raise SourceError(f"{name}: this is none of {', '.join(FORMS)}; name its form with --from")


def text_of(data: bytes) -> str:
    """Return the text of a file.

    Raises:
        SourceError: for one that holds nothing, no text, or text that is not UTF-8; the message says which.
    """
    text = decoded(data)
    if isinstance(text, NotUtf8):
        raise SourceError(f"{text.message}: {text.hint}")
    if not text.strip("\ufeff \t\r\n"):
        raise SourceError("the file is empty")
    # A zero byte is UTF-8, too, so a binary file may decode; text never holds one.
    if "\0" in text:
        raise SourceError(f"this is a binary file, no text: give {GIVE}")
    if mark := next(conflict_lines(text), None):
        raise SourceError(f"a merge stopped in line {mark[0]}, `{mark[1]}`: keep one of the versions")
    # Programs on Windows begin a file with a byte order mark, and JSON allows none.
    return text.removeprefix("\ufeff")


def seen_form(text: str) -> str | None:
    """Return what a text is by how it begins, whatever its name says; None where that is not plain to see."""
    start = text.lstrip("\ufeff \t\r\n")[:4000]
    for form, sign in _SIGNS.items():
        if sign.match(start):
            return form
    return None


def read_works(text: str, form: str) -> Iterator[Read]:
    """Yield the works of a text in order; a broken one is reported and does not hide the next."""
    return _READERS[form](text)


def file_works(name: str, data: bytes, form: str | None = None) -> list[Read]:
    """Return the works of a file; a file of which nothing can be read gives one error that says what it is.

    Args:
        name: its name, whose ending says its form.
        data: its bytes.
        form: its form, where a person named it.
    """
    try:
        text = text_of(data)
        form = form or form_of(name, text)
        found = list(read_works(text, form))
    except SourceError as error:
        return [Read(1, error)]
    if not any(isinstance(read.work, FoundWork) for read in found):
        return [*found, Read(1, SourceError(_nothing(text, form)))] if not _has_errors(found) else found
    return found


def _has_errors(found: list[Read]) -> bool:
    for read in found:
        if not isinstance(read.work, NoWorkError):
            return True
    return False


def _nothing(text: str, form: str) -> str:
    """Return why nothing was read of a text."""
    seen = seen_form(text)
    if seen and seen != form:
        if seen in FORMS:
            advice = f": name its form with --from {seen}"
        else:
            advice = f": give {GIVE}"
        return f"this is {_NAMES.get(seen, seen)}, not {_NAMES.get(form, form)}{advice}"
    return f"no work was found in it; it was read as {_NAMES.get(form, form)}"


def _bibtex(text: str) -> Iterator[Read]:
    for line, work in read_bibtex(text):
        yield Read(line, work)


def _ris(text: str) -> Iterator[Read]:
    for line, work in read_ris(text):
        yield Read(line, work)


def _csl(text: str) -> Iterator[Read]:
    for line, record in csl.read_records(text):
        try:
            yield Read(line, csl.found_work(record, line))
        except SourceError as error:
            yield Read(line, error)


def _markdown(text: str) -> Iterator[Read]:
    for line, item in read_list(text):
        if isinstance(item, SourceError):
            yield Read(line, item)
        else:
            yield Read(line, listed_work(item), item)


_READERS: dict[str, Callable[[str], Iterator[Read]]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": _csl,
    "markdown": _markdown,
}
