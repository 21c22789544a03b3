"""The CSV export: one row a work, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rekb.citation.work import Work, cited_work
from rekb.kb import KnowledgeBase
from rekb.model import Entry

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_JOINT = "; "


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
    """What the cell holds; lists are joined by ``; ``."""
    cell: Callable[[Row], str]


def _list(words: Iterable[str]) -> str:
    return _JOINT.join(words)


def _known(words: tuple[str, ...] | None) -> str:
    return "" if words is None else _list(words) or "none"


def _effects(entry: Entry, change: str) -> str:
    return _list(f"{e.resource} ({e.phase})" for e in entry.effects if e.change == change)


def _code(row: Row, *, official: bool) -> str:
    code = row.entry.links.code
    if code is None:
        return ""
    return ("yes" if code.official else "no") if official else code.url


def _summary(row: Row) -> str:
    summary = row.entry.summary
    return summary.text(row.base.config.reading.default) if summary else ""


COLUMNS = (
    Column("key", "Citation key.", lambda row: row.work.key),
    Column("title", "Title with the authors' capitals.", lambda row: row.work.title),
    Column("name", "The short name people use.", lambda row: row.entry.name or ""),
    Column("kind", "paper, book, chapter, thesis, software, report or post.", lambda row: row.entry.kind),
    Column(
        "authors", "All authors in order, `Family, Given`.", lambda r: _list(n.sorted for n in r.work.names)
    ),
    Column("year", "First public year.", lambda row: str(row.entry.year)),
    Column("venue", "Where the cited record appeared.", lambda row: row.work.container or row.work.publisher),
    Column("venues", "Venue ids of all records.", lambda row: _list(r.venue for r in row.entry.records)),
    Column("cited_year", "Year of the cited record.", lambda row: str(row.work.year)),
    Column("volume", "Volume of the cited record.", lambda row: row.work.volume),
    Column("issue", "Issue of the cited record.", lambda row: row.work.issue),
    Column("pages", "Pages of the cited record.", lambda row: _pages(row.work)),
    Column("doi", "DOI of the cited record.", lambda row: row.work.doi),
    Column("arxiv", "arXiv identifier.", lambda row: row.work.arxiv),
    Column("url", "Page of the work.", lambda row: row.work.url),
    Column("code", "Address of the source code.", lambda row: _code(row, official=False)),
    Column("code_official", "yes where the code is the authors' own.", lambda row: _code(row, official=True)),
    Column("topics", "Topic ids, the first is primary.", lambda row: _list(row.entry.topics)),
    Column("saves", "Resources saved, with their phase.", lambda row: _effects(row.entry, "saves")),
    Column("costs", "Resources spent, with their phase.", lambda row: _effects(row.entry, "costs")),
    Column("requires", "What must be at hand; empty: not known.", lambda row: _known(row.entry.requires)),
    Column("hardware", "Where it ran; empty: not known.", lambda row: _known(row.entry.hardware)),
    Column("modalities", "Kinds of data it was shown on.", lambda row: _list(row.entry.modalities)),
    Column("summary", "The summary at the level that the site shows first.", _summary),
    Column("results", "Number of reported results.", lambda row: str(len(row.entry.results))),
    Column("added", "Day it entered the knowledge base.", lambda row: row.entry.added.isoformat()),
    Column(
        "checked",
        "Day of the last check.",
        lambda r: r.entry.checked.on.isoformat() if r.entry.checked else "",
    ),
    Column("article", "Article number of the cited record.", lambda row: row.work.article),
    Column("publisher", "Publisher of the cited record, or the university.", lambda row: row.work.publisher),
)
"""The columns of every knowledge base in order; names are stable, new ones are added at the end."""


def columns(base: KnowledgeBase) -> tuple[Column, ...]:
    """Return all columns; each facet that the knowledge base adds has one behind the others."""
    return (*COLUMNS, *map(_own_column, base.config.own_facets))


def _own_column(facet: str) -> Column:
    return Column(facet, f"Words of the facet {facet}.", lambda row: _list(row.entry.tags.get(facet, ())))


def csv_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return the table with a head row, comma-separated, lines ended by CR LF (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    shown = columns(base)
    writer.writerow(column.name for column in shown)
    for key in keys:
        row = Row(cited_work(key, base.entries[key], base.venues), base.entries[key], base)
        writer.writerow(guarded(column.cell(row)) for column in shown)
    return stream.getvalue()


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula."""
    text = cell.replace("\x00", "")
    return (
        f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text
    )


def _pages(work: Work) -> str:
    return "-".join(page for page in (work.first_page, work.last_page) if page)
