"""The CSV export: one row a work, safe to open in a spreadsheet.

Programs guess what a cell holds. So that none takes an identifier for a number (2205.14130 loses its zero) or
pages for a date (1-9), these cells are written in a form that can only be text, and the file begins with a
byte order mark, without which a spreadsheet reads accents wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rekb.citation.names import one_line
from rekb.citation.work import Work
from rekb.exports.sheet import BYTE_ORDER_MARK, csv_line
from rekb.kb import KnowledgeBase
from rekb.model import Entry

CSV_VERSION = 2
"""Raised when a reader of the file would have to change; 2 has `arXiv:` before identifiers and en dashes."""
# Not a comma, which each name of an author has.
_JOINT = "; "
Value = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """What the cells of a row are made from."""

    work: Work
    entry: Entry
    base: KnowledgeBase


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    name: str
    help: str
    """What it holds; in CSV, lists are joined by ``; ``."""
    read: Callable[[Row], Value]
    nothing: str = ""
    """What a cell says of a list that is empty on purpose."""
    written: Callable[[str], str] = str
    """Writes a value in a form that no program takes for a number or a date; see above."""

    def value(self, row: Row) -> Value:
        """Return what a program is given: text, number, truth or list; `None` where nothing is known."""
        found = self.read(row)
        if isinstance(found, str) and not found:
            return None
        return found

    def cell(self, row: Row) -> str:
        """Return the same as text, for a table that holds nothing else."""
        found = self.value(row)
        if found is None:
            return ""
        # `True` is an int to Python: it must not reach what writes numbers.
        if found is True:
            return "yes"
        if found is False:
            return "no"
        if isinstance(found, list):
            return _JOINT.join(found) or self.nothing
        return self.written(str(found))


def _arxiv_cell(value: str) -> str:
    # A spreadsheet would read `2406.10260` as a number and drop its last zero.
    return f"arXiv:{value}"


def _range_cell(value: str) -> str:
    # A spreadsheet would read `3-12` as a day of the year; an en dash makes it text.
    return value.replace("-", "\u2013")


def _article_cell(value: str) -> str:
    # A spreadsheet would drop the zeros before `0173`, and read `12e5` as a power of ten.
    return f"article {value}"


def _listed(words: Sequence[str] | None) -> list[str] | None:
    if words is None:
        return None
    return list(words)


def _effects(entry: Entry, change: str) -> list[str]:
    found: list[str] = []
    for e in entry.effects:
        if e.change == change:
            found.append(f"{e.resource} ({e.phase})")
    return found


def _code(row: Row) -> str | None:
    code = row.entry.links.code
    if code:
        return code.url
    return None


def _code_is_official(row: Row) -> bool | None:
    code = row.entry.links.code
    if code:
        return code.official
    return None


def _summary(row: Row) -> str:
    summary = row.entry.summary
    if summary:
        return summary.text(row.base.config.reading.default)
    return ""


def _checked(row: Row) -> str | None:
    checked = row.entry.checked
    if checked:
        return checked.on.isoformat()
    return None


COLUMNS = (
    Column("key", "Citation key.", lambda row: row.work.key),
    Column("title", "Title with the authors' capitals.", lambda row: one_line(row.entry.title)),
    Column("name", "The short name people use.", lambda row: row.entry.name),
    Column("kind", "paper, book, chapter, thesis, software, report or post.", lambda row: row.entry.kind),
    Column(
        "authors", "All authors in order, `Family, Given`.", lambda row: [n.sorted for n in row.work.names]
    ),
    Column("year", "First public year.", lambda row: row.entry.year),
    Column("venue", "Where the cited record appeared.", lambda row: row.work.container or row.work.publisher),
    Column("venues", "Venue ids of all records.", lambda row: [r.venue for r in row.entry.records]),
    Column("cited_year", "Year of the cited record.", lambda row: row.work.year),
    Column("volume", "Volume of the cited record.", lambda row: row.work.volume, written=_range_cell),
    Column("issue", "Issue of the cited record.", lambda row: row.work.issue, written=_range_cell),
    Column("pages", "Pages of the cited record.", lambda row: row.work.page_range, written=_range_cell),
    Column("doi", "DOI of the cited record.", lambda row: row.work.doi),
    Column(
        "arxiv",
        "arXiv identifier; in CSV behind `arXiv:`.",
        lambda row: row.work.arxiv,
        written=_arxiv_cell,
    ),
    Column("url", "Page of the work.", lambda row: row.work.url),
    Column("code", "Address of the source code.", _code),
    Column("code_official", "yes where the code is the authors' own.", _code_is_official),
    Column("topics", "Topic ids, the first is primary.", lambda row: list(row.entry.topics)),
    Column("saves", "Resources saved, with their phase.", lambda row: _effects(row.entry, "saves")),
    Column("costs", "Resources spent, with their phase.", lambda row: _effects(row.entry, "costs")),
    Column(
        "requires",
        "What must be at hand; empty: not known.",
        lambda row: _listed(row.entry.requires),
        nothing="none",
    ),
    Column(
        "hardware", "Where it ran; empty: not known.", lambda row: _listed(row.entry.hardware), nothing="none"
    ),
    Column("modalities", "Kinds of data it was shown on.", lambda row: list(row.entry.modalities)),
    Column("summary", "The summary at the level that the site shows first.", _summary),
    Column("results", "Number of reported results.", lambda row: len(row.entry.results)),
    Column("added", "Day it entered the knowledge base.", lambda row: row.entry.added.isoformat()),
    Column("checked", "Day of the last check.", _checked),
    Column(
        "article",
        "Article number of the cited record; in CSV behind `article`.",
        lambda row: row.work.article,
        written=_article_cell,
    ),
    Column("publisher", "Publisher of the cited record, or the university.", lambda row: row.work.publisher),
)
"""The columns of every knowledge base in order; names are stable, new ones are added at the end."""


def columns(base: KnowledgeBase) -> tuple[Column, ...]:
    """Return all columns; each facet that the knowledge base adds has one behind the others."""
    return (*COLUMNS, *map(_own_column, base.config.own_facets))


def _own_column(facet: str) -> Column:
    return Column(facet, f"Words of the facet {facet}.", lambda row: list(row.entry.tags.get(facet, ())))


def csv_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return the table with a head row, comma-separated, lines ended by CR LF (RFC 4180).

    It begins with a byte order mark; read it as ``utf-8-sig``.
    """
    shown = columns(base)
    head = csv_line(column.name for column in shown)
    return BYTE_ORDER_MARK + head + "".join(_row_text(base, shown, key) for key in keys)


def _row_text(base: KnowledgeBase, shown: tuple[Column, ...], key: str) -> str:
    """Return the line of one work, which is the same in every table of the knowledge base."""
    place = ("csv", key)
    if place not in base.texts:
        row = Row(base.citations.work(key), base.entries[key], base)
        base.texts[place] = csv_line(column.cell(row) for column in shown)
    return base.texts[place]
