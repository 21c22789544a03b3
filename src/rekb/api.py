"""The public API: a knowledge base as Python values. `import rekb` gives its names.

It is a thin layer over `loading`, `kb`, `checks` and `exports`: what a command does with a knowledge base can
be done here in the same words. docs/reference/api.md is its page.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, overload

from rekb.citation.bibtex import bibtex
from rekb.citation.csl import csl
from rekb.citation.names import name_of
from rekb.citation.plain import acm, apa, ieee
from rekb.citation.ris import ris
from rekb.citation.work import Work as Cited
from rekb.citation.work import cited_work
from rekb.diagnostics import Diagnostic, Report
from rekb.errors import QueryError, RekbError
from rekb.exports.selection import Selection, unknown_words
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.kb.query import Query, checked, matching
from rekb.loading.cache import cache_of
from rekb.loading.loader import load as read
from rekb.meant import did_you_mean
from rekb.model import Entry, Topic, Venue
from rekb.model.cited import cited_record
from rekb.model.record import Record
from rekb.text import amount

__all__ = [
    "Base",
    "Diagnostic",
    "LoadError",
    "QueryError",
    "RekbError",
    "Report",
    "UnknownKeyError",
    "Work",
    "Works",
    "check",
    "export",
    "load",
]

Words = str | int | Iterable[str | int]
"""One word of a facet, or several of which any will do."""
TextForm = Literal["bibtex", "ris", "csl-json", "json", "csv", "markdown"]
BinaryForm = Literal["sqlite", "parquet"]
Style = Literal["bibtex", "ris", "csl-json", "apa", "ieee", "acm"]
_STYLES = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": lambda key, entry, venues: json.dumps(csl(key, entry, venues), ensure_ascii=False, indent=2),
    "apa": apa,
    "ieee": ieee,
    "acm": acm,
}

_SHOWN = 3  # works that a printed list names: enough to see what it is


class LoadError(RekbError):
    """Files of a knowledge base could not be read; `report` says which, where and why."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


class UnknownKeyError(RekbError, KeyError):
    """There is no work of this citation key; the message has the nearest that there is."""

    def __str__(self) -> str:
        """Return the message as it is, not quoted as other key errors are."""
        return str(self.args[0])


class Work:
    """One work of a knowledge base. `entry` has every field of its file."""

    __slots__ = ("_kb", "key")

    def __init__(self, kb: KnowledgeBase, key: str) -> None:
        self._kb = kb
        self.key = key

    @property
    def entry(self) -> Entry:
        """The whole entry, as docs/reference/fields.md describes it."""
        return self._kb.entries[self.key]

    @property
    def path(self) -> str:
        """Where its file is, below the knowledge base's folder."""
        return self._kb.entry_paths[self.key]

    @property
    def title(self) -> str:
        """The title with the authors' capitals."""
        return self.entry.title

    @property
    def name(self) -> str:
        """The short name people use, or the title where there is none."""
        return self.entry.display_name

    @property
    def authors(self) -> tuple[str, ...]:
        """All authors in order, each as it is read aloud: ``Tri Dao``."""
        return tuple(name_of(author).natural for author in self.entry.authors)

    @property
    def year(self) -> int:
        """First public year."""
        return self.entry.year

    @property
    def topics(self) -> tuple[str, ...]:
        """Topic ids; the first is primary."""
        return self.entry.topics

    @property
    def cited(self) -> Record:
        """The record that a citation names: in full, else at a workshop, else the preprint."""
        return cited_record(self.entry, self._kb.venues)

    @property
    def venue(self) -> str:
        """The id of the venue of the cited record."""
        return self.cited.venue

    @property
    def url(self) -> str:
        """The address that a reader follows; empty where none is known."""
        return self._cited_work.link

    @property
    def _cited_work(self) -> Cited:
        return cited_work(self.key, self.entry, self._kb.venues)

    def cite(self, style: Style | str = "bibtex") -> str:
        """Return the work as a citation.

        Args:
            style: `bibtex`, `ris`, `csl-json`, `apa`, `ieee` or `acm`.

        Raises:
            RekbError: for another style.
        """
        if fault := unknown_words("style", [style], _STYLES):
            raise RekbError(f"{fault}\nknown here: {', '.join(_STYLES)}")
        return _STYLES[style](self.key, self.entry, self._kb.venues)

    def summary(self, level: str | None = None) -> str:
        """Return its text at a reading level, by default the one that pages show first; empty until written.

        Raises:
            RekbError: for a level that rekb.yaml does not name.
        """
        level = level or self._kb.config.reading.default
        if fault := unknown_words("reading level", [level], self._kb.config.levels):
            raise RekbError(f"{fault}\nknown here: {', '.join(self._kb.config.levels)}")
        return self.entry.summary.text(level) if self.entry.summary else ""

    def to_row(self) -> dict[str, Any]:
        """Return the work as one row of a table; see `Works.to_rows`."""
        from rekb.exports.table import Row, columns  # noqa: PLC0415 - few ask for rows

        row = Row(self._cited_work, self.entry, self._kb)
        return {column.name: column.value(row) for column in columns(self._kb)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Work) and self._kb is other._kb and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<Work {self.key}: {self.name[:60]} ({self.year})>"


class Works(Sequence[Work]):
    """Works in order: what `select`, `find` and `under` give."""

    __slots__ = ("_kb", "keys")

    def __init__(self, kb: KnowledgeBase, keys: Iterable[str]) -> None:
        self._kb = kb
        self.keys = tuple(keys)

    @overload
    def __getitem__(self, place: int) -> Work: ...
    @overload
    def __getitem__(self, place: slice) -> "Works": ...
    def __getitem__(self, place: int | slice) -> "Work | Works":
        if isinstance(place, slice):
            return Works(self._kb, self.keys[place])
        return Work(self._kb, self.keys[place])

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Works) and self._kb is other._kb and self.keys == other.keys

    def __hash__(self) -> int:
        return hash(self.keys)

    def select(self, query: str = "", /, **facets: Words) -> "Works":
        """Return the works of these that fit a query, in their order.

        Args:
            query: as an address has it: ``saves=memory&not-needs=retraining``.
            facets: the same as arguments: ``saves="memory", needs__not="retraining", since=2022``. Several
                words of one facet (``hardware=["cpu", "mobile"]``) widen, different facets narrow; see
                docs/reference/query.md. Own facets are written with `_` in place of `-`.

        Raises:
            QueryError: for facets and words that do not exist, each with the nearest that do.
        """
        fitting = frozenset(matching(self._kb, _query(self._kb, query, facets)))
        return Works(self._kb, (key for key in self.keys if key in fitting))

    def find(self, words: str) -> "Works":
        """Return the works of these that a question means, best first, by the ranking of the site's boxes.

        Args:
            words: names, words or their beginnings, authors, a venue with its year, an identifier or an
                address. Every word is found, or all but for a slip.
        """
        known = frozenset(self.keys)
        from rekb.kb.search import search  # noqa: PLC0415 - who only looks at works needs no ranking

        hits = search(self._kb, words)
        return Works(self._kb, (hit.key for hit in hits if hit.is_whole and hit.key in known))

    def under(self, topic: str) -> "Works":
        """Return the works of these at a topic or below it.

        Raises:
            QueryError: when there is no such topic.
        """
        return self.select(topic=topic)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary a work, all with the same names in the same order, for pandas, DuckDB or csv.

        Columns are those of the CSV export. What is not known is `None`; lists are lists, and an empty one of
        `requires` or `hardware` says that nothing is needed.
        """
        return [work.to_row() for work in self]

    def __repr__(self) -> str:
        if not self.keys:
            return "<no works>"
        more = ", ..." if len(self.keys) > _SHOWN else ""
        return f"<{amount(len(self), 'work')}: {', '.join(self.keys[:_SHOWN])}{more}>"


class Base(Works):
    """A knowledge base: all its works by citation key, and what is beside them."""

    __slots__ = ("path", "report")

    def __init__(self, kb: KnowledgeBase, path: Path, report: Report) -> None:
        super().__init__(kb, kb.entries)
        self.path = path
        self.report = report

    @overload
    def __getitem__(self, place: str) -> Work: ...
    @overload
    def __getitem__(self, place: int) -> Work: ...
    @overload
    def __getitem__(self, place: slice) -> Works: ...
    def __getitem__(self, place: str | int | slice) -> Work | Works:
        if not isinstance(place, str):
            return super().__getitem__(place)
        if place in self._kb.entries:
            return Work(self._kb, place)
        raise UnknownKeyError(f"there is no entry `{place}`: {self._advice(place)}")

    def _advice(self, key: str) -> str:
        if key in self._kb.unread.entries:
            return "its file has faults; see `rekb validate`"
        return did_you_mean(key, self._kb.entries) or "`rekb search WORDS` finds it by words"

    def __contains__(self, work: object) -> bool:
        key = work.key if isinstance(work, Work) else work
        return key in self._kb.entries

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base as the rest of the package sees it; what it holds may change without notice."""
        return self._kb

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topic id to topic, parents before children."""
        return self._kb.topics

    @property
    def venues(self) -> Mapping[str, Venue]:
        """Venue id to venue."""
        return self._kb.venues

    def __repr__(self) -> str:
        return f"<Base of {amount(len(self), 'work')} and {amount(len(self.topics), 'topic')}: {self.path}>"


def load(path: str | Path = ".", *, strict: bool = False, cached: bool = False) -> Base:
    """Read a knowledge base.

    Args:
        path: the folder that holds ``papers/`` and ``taxonomy/``.
        cached: whether files that are as an earlier run read them are taken from the user's cache folder,
            as `rekb validate` takes them, and new ones are kept there. What is returned is the same.
        strict: whether files that cannot be read are an error. Without, `report` of what is returned names
            them, and all other files are there.

    Raises:
        LoadError: with `strict`, when a file cannot be read; its `report` says which and why.
        RekbError: when the folder is no knowledge base.
    """
    root = Path(path)
    if cached:
        cache = cache_of(root.resolve())
        kb, report = read(root, cache)
        cache.keep()
    else:
        kb, report = read(root)
    if strict and report.failed:
        first = next(iter(report))
        place = f"{first.place.path}:{first.place.line}:{first.place.column}"
        faults = len(list(report))
        raise LoadError(
            f"{root}: {amount(faults, 'fault')} in the data files, the first: {place}: {first.message}",
            report,
        )
    return Base(kb, root, report)


def check(base: Base | str | Path) -> Report:
    """Return what `rekb validate` says: what could not be read, and every finding of every rule."""
    from rekb.checks import run  # noqa: PLC0415 - who only looks needs no rules

    base = base if isinstance(base, Base) else load(base)
    report = Report()
    report.extend(base.report)
    report.extend(run(base.kb))
    return report


@overload
def export(works: Works | Work, form: TextForm, to: str | Path | None = None) -> str: ...
@overload
def export(works: Works | Work, form: BinaryForm, to: str | Path | None = None) -> bytes: ...
@overload
def export(works: Works | Work, form: str, to: str | Path | None = None) -> str | bytes: ...
def export(works: Works | Work, form: str, to: str | Path | None = None) -> str | bytes:
    """Return works as a file for other tools.

    Args:
        works: a knowledge base, a selection of it, or one work.
        form: `bibtex`, `ris`, `csl-json`, `json`, `csv`, `sqlite`, `markdown` or `parquet`.
        to: a file to write, too.

    Returns:
        The file's text, or the bytes of a database.

    Raises:
        RekbError: for another form, one whose package is missing, or a file that cannot be written.
    """
    from rekb.exports.exporters import ALL_EXPORTERS  # noqa: PLC0415 - who only looks needs no exporters

    if fault := unknown_words("format", [form], ALL_EXPORTERS):
        raise RekbError(f"{fault}\nknown here: {', '.join(ALL_EXPORTERS)}")
    keys = (works.key,) if isinstance(works, Work) else tuple(sorted(works.keys))
    made = ALL_EXPORTERS[form].export(works._kb, keys)  # noqa: SLF001 - a work keeps where it is from to itself
    if to is not None:
        write_file(Path(to), made if isinstance(made, bytes) else made.encode())
    return made


def _query(kb: KnowledgeBase, text: str, facets: Mapping[str, Words]) -> Query:
    """Return the query of an address and of arguments: of `needs__not` it is `not-needs`."""
    pairs = list(Selection(query=text).pairs())
    for argument, words in facets.items():
        name, unwanted, _ = argument.partition("__not")
        facet = f"{'not-' if unwanted else ''}{name.strip('_').replace('_', '-')}"
        several = (words,) if isinstance(words, str | int) else words
        pairs += [(facet, str(word)) for word in several]
    return checked(kb, pairs)
