"""Which form a file of works has, and what is in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from rekb.errors import SourceError
from rekb.sources import csl
from rekb.sources.bibtex import read_bibtex
from rekb.sources.identifiers import is_bibtex
from rekb.sources.markdown_list import Item, listed_work, read_list
from rekb.sources.ris import read_ris
from rekb.sources.work import FoundWork

FORMS = ("bibtex", "ris", "csl-json", "markdown")
"""Names of the forms that are read."""
_ENDINGS = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl-json", ".md": "markdown",
    ".markdown": "markdown",
}  # fmt: skip


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
    if start.startswith(("[{", "[\n", "{")) and '"' in start:
        return "csl-json"
    if start.startswith("TY  -"):
        return "ris"
    if is_bibtex(start):
        return "bibtex"
    if start.startswith(("#", "- ", "* ")) or "\n- " in start or "\n* " in start:
        return "markdown"
    raise SourceError(f"{name}: this is none of {', '.join(FORMS)}; name its form with --from")


def read_works(text: str, form: str) -> Iterator[Read]:
    """Yield the works of a text in order; a broken one is told and does not hide the next."""
    return _READERS[form](text)


def _bibtex(text: str) -> Iterator[Read]:
    yield from (Read(line, work) for line, work in read_bibtex(text))


def _ris(text: str) -> Iterator[Read]:
    yield from (Read(line, work) for line, work in read_ris(text))


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
