"""The SQLite export: normalised tables and a full-text index, the same bytes for the same entries."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from rekb.citation.names import name_of, one_line
from rekb.citation.work import Work
from rekb.errors import RekbError
from rekb.exports.scope import topics_of, venues_of
from rekb.exports.sqlite_results import (
    INSERT_REPRODUCTION,
    INSERT_RESULT,
    known,
    reproduction_row,
    result_row,
    stored,
    vocabulary_rows,
)
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.identifiers import SCHEMES

Values = Sequence[Any]
Insert = tuple[str, Iterable[Values]]
"""A statement, and the rows it is run for."""

_RECORD_COLUMNS = 15
"""Columns of the table of records beside those of identifiers."""
# Without rowids, SQLite keeps the rows in the order of their key and needs no second index for it.
_TAGS = """\
CREATE TABLE tags (entry TEXT NOT NULL REFERENCES entries(key), facet TEXT NOT NULL,
  position INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (entry, facet, position)) WITHOUT ROWID;
CREATE INDEX tags_word ON tags (facet, word);
"""
"""The table of a knowledge base with facets of its own."""


def sqlite_file(base: KnowledgeBase, keys: tuple[str, ...]) -> bytes:
    """Return the bytes of a SQLite database.

    Raises:
        RekbError: when this Python's SQLite has no full-text search.
    """
    # Python would begin a transaction before the first INSERT, and VACUUM is refused inside one.
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _check_full_text(connection)
        connection.executescript(_tables(base, keys))
        connection.execute("BEGIN")
        for statement, rows in _inserts(base, keys):
            connection.executemany(statement, rows)
        # FTS5 does not fill itself from the table whose texts it indexes; `rebuild` reads all of them.
        connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
        # FTS5 keeps its index in parts; `optimize` makes one of them, which takes the least room.
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")
        connection.execute("COMMIT")
        # VACUUM writes all pages anew in one order, so the same rows give the same bytes.
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _check_full_text(connection: sqlite3.Connection) -> None:
    """Check that full-text tables can be made, by making one: which modules were built in, no option says."""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5(text)")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError as error:
        raise RekbError("this Python's SQLite has no full-text search (FTS5); use another build") from error


def _tables(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return the statements that make the tables: a column for each reading level and each identifier.

    The full-text table reads its texts from `entries`, by whose rows it is numbered: programs such as
    Datasette then know which table it searches.
    """
    summaries = [f"summary_{name.replace('-', '_')}" for name in base.config.reading.hardest_first]
    reference = ""
    # SQLite checks a foreign key only where asked, but tools such as Datasette follow it to a missing row.
    if _is_closed(base, keys):
        reference = "REFERENCES entries(key)"
    text = files("rekb.exports").joinpath("schemas/tables.sql").read_text(encoding="utf-8")
    text = text.replace("summary_LEVEL TEXT", _text_columns(summaries))
    text = text.replace("summary_INDEXED", ", ".join(summaries))
    text = text.replace("TARGET_REFERENCE", reference)
    text = text.replace("SCHEME TEXT", _text_columns(SCHEMES))
    if base.config.own_facets:
        text += _TAGS
    return text


def _text_columns(names: Iterable[str]) -> str:
    """Return columns of text as the statement that makes a table has them."""
    return ", ".join(map("{} TEXT".format, names))


def _is_closed(base: KnowledgeBase, keys: tuple[str, ...]) -> bool:
    """Whether every relation of these entries leads to one of them."""
    chosen = set(keys)
    for key in keys:
        for relation in base.entries[key].relations:
            if relation.entry not in chosen:
                return False
    return True


def _inserts(base: KnowledgeBase, keys: tuple[str, ...]) -> Iterator[Insert]:
    yield "INSERT INTO venues VALUES (?,?,?,?,?,?,?)", _venues(base, keys)
    yield from vocabulary_rows(base.measures)
    yield "INSERT INTO topics VALUES (?,?,?,?,?,?,?)", _topics(base, keys)
    levels = base.config.reading.hardest_first
    for key in keys:
        entry = base.entries[key]
        work = base.citations.work(key)
        venue = base.citations.record(key).venue
        authors = "; ".join(name.natural for name in work.names)
        values = (*_bibliography(entry, work, venue), *_links(entry), *_contents(entry, levels), authors)
        places = ",".join("?" * len(values))
        yield f"INSERT INTO entries VALUES ({places})", [values]  # noqa: S608 - question marks alone
        yield from _parts(base, key, entry)
        if base.config.own_facets:
            yield "INSERT INTO tags VALUES (?,?,?,?)", _tags(base, key)


def _venues(base: KnowledgeBase, keys: tuple[str, ...]) -> Iterator[Values]:
    for name in venues_of(base, keys):
        venue = base.venues[name]
        yield venue.id, venue.name, venue.short, venue.kind, venue.publisher, venue.url, venue.address


def _topics(base: KnowledgeBase, keys: tuple[str, ...]) -> Iterator[Values]:
    for position, name in enumerate(topics_of(base, keys), start=1):
        topic = base.topics[name]
        if topic.survey:
            section = topic.survey.section
        else:
            section = None
        parent = name.rpartition("/")[0] or None
        yield name, parent, position, topic.title, topic.scope, section, topic.provisional


def _bibliography(entry: Entry, work: Work, venue: str) -> Values:
    title = one_line(entry.title)
    addresses = known((work.doi, work.arxiv, work.url))
    return (work.key, title, entry.name, entry.kind, entry.year, venue, work.year, *addresses)


def _links(entry: Entry) -> Values:
    links = entry.links
    elsewhere = (links.project, links.models, links.docs, links.blog)
    if links.code is None:
        return (None, None, *elsewhere)
    return (links.code.url, links.code.official, *elsewhere)


def _contents(entry: Entry, levels: Sequence[str]) -> Values:
    # An empty list says that nothing is needed; an absent one that nobody knows. The table keeps both.
    needs_are_known = entry.requires is not None
    hardware_is_known = entry.hardware is not None
    texts = [_summary(entry, level) for level in levels]
    checked = None
    if entry.checked:
        checked = entry.checked.on.isoformat()
    return (needs_are_known, hardware_is_known, *texts, entry.added.isoformat(), checked)


def _summary(entry: Entry, level: str) -> str | None:
    if entry.summary is None:
        return None
    return entry.summary.text(level) or None


def _parts(base: KnowledgeBase, key: str, entry: Entry) -> Iterator[Insert]:
    """Yield the statements for the tables that have several rows a work, each behind its key and place."""

    def numbered(rows: Iterable[Values]) -> list[Values]:
        return [(key, position, *row) for position, row in enumerate(rows, start=1)]

    yield "INSERT INTO authors VALUES (?,?,?,?,?,?,?)", numbered(_authors(entry))
    columns = ",".join("?" * (_RECORD_COLUMNS + len(SCHEMES)))
    yield f"INSERT INTO records VALUES ({columns})", numbered(_records(entry))  # noqa: S608 - question marks
    yield "INSERT INTO entry_topics VALUES (?,?,?)", numbered(_words(entry.topics))
    yield "INSERT INTO effects VALUES (?,?,?,?,?,?)", numbered(_effects(entry))
    yield "INSERT INTO requires VALUES (?,?,?)", numbered(_words(entry.requires))
    yield "INSERT INTO hardware VALUES (?,?,?)", numbered(_words(entry.hardware))
    yield "INSERT INTO modalities VALUES (?,?,?)", numbered(_words(entry.modalities))
    yield INSERT_RESULT, numbered(result_row(base, key, result) for result in entry.results)
    yield INSERT_REPRODUCTION, numbered(reproduction_row(base, key, r) for r in entry.reproductions)
    yield "INSERT INTO relations VALUES (?,?,?,?)", numbered((r.type, r.entry) for r in entry.relations)
    yield "INSERT INTO model_figures VALUES (?,?,?,?,?)", _figures(key, entry)


def _words(words: Sequence[str] | None) -> Iterator[Values]:
    """Return a row for each word of a list, which may be absent."""
    if words is None:
        return iter(())
    return zip(words)


def _effects(entry: Entry) -> Iterator[Values]:
    for effect in entry.effects:
        yield effect.resource, effect.phase, effect.change, effect.how


def _tags(base: KnowledgeBase, key: str) -> Iterator[Values]:
    tags = base.entries[key].tags
    for facet in base.config.own_facets:
        for position, word in enumerate(tags.get(facet, ()), start=1):
            yield key, facet, position, word


def _authors(entry: Entry) -> Iterator[Values]:
    for author in entry.authors:
        name = name_of(author)
        given, suffix = known((name.given, name.suffix))
        yield name.sorted, name.family, given, suffix, name.group


def _records(entry: Entry) -> Iterator[Values]:
    for r in entry.records:
        identifiers = [getattr(r, scheme) for scheme in SCHEMES]
        place = (
            r.url,
            r.volume,
            r.issue,
            r.pages,
            r.note,
            r.article,
            r.book,
            r.publisher,
            r.title,
            r.reprint,
        )
        yield (r.venue, r.year, r.month, *identifiers, *place)


def _figures(key: str, entry: Entry) -> Iterator[Values]:
    """Yield the figures of each published variant of a work's model."""
    if entry.model is None:
        return
    for position, variant in enumerate(entry.model.variants, start=1):
        for figure, value in variant.figures().items():
            yield key, position, variant.name, figure, stored(value)
