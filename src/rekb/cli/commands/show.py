"""`rekb show KEY`: an entry as plain text."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from rekb.api import load
from rekb.cli.shared.table import room
from rekb.errors import RekbError
from rekb.exports.selection import unknown_words
from rekb.kb import KnowledgeBase
from rekb.kb.index import author_label, build_index
from rekb.kb.results import told
from rekb.model import Entry
from rekb.model.entry import Record
from rekb.model.keys import identifiers
from rekb.model.results import Result

_WIDTH = 88
"""Letters of a line that reads well; a narrower terminal has less."""
_COMPARATORS = {"exact": "", "about": "about ", "up-to": "up to ", "at-least": "at least ",
                "more-than": "more than ", "less-than": "less than "}  # fmt: skip


def show(root: Path, key: str, level: str | None) -> int:
    """Print an entry.

    Args:
        root: the knowledge base's folder.
        key: its citation key, or the name of the work.
        level: the reading level to print; all when `None`.

    Raises:
        RekbError: when there is no such entry or level.
    """
    found = load(root)
    key = _key_of(found.kb, key)
    entry, base = found[key].entry, found.kb
    if level and (fault := unknown_words("reading level", [level], base.config.levels)):
        raise RekbError(f"{fault}\nknown here: {', '.join(base.config.levels)}")
    levels = (level,) if level else base.config.reading.ids
    click.echo("\n".join(lines(base, key, entry, levels)))
    return 0


def _key_of(base: KnowledgeBase, text: str) -> str:
    """Return the key of the work that has a name; a key, and what is neither, as it is.

    Raises:
        RekbError: when several works have the name.
    """
    if text in base.entries:
        return text
    named = [key for key, entry in base.entries.items() if entry.display_name.casefold() == text.casefold()]
    if len(named) > 1:
        raise RekbError(f"several works are called {text!r}; give the key of one: {', '.join(named)}")
    return named[0] if named else text


def lines(base: KnowledgeBase, key: str, entry: Entry, levels: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of an entry as plain text."""
    yield from _wrapped(entry.title)
    authors = "; ".join(author_label(entry, n) for n in range(len(entry.authors)))
    yield from _wrapped(authors, "  ")
    yield f"  {key}  ({base.entry_paths[key]})"
    yield from _section("Records", (_record(base, record) for record in entry.records))
    yield from _section("Topics", entry.topics)
    yield from _section("Effects", (f"{e.change} {e.resource} ({e.phase}): {e.how}" for e in entry.effects))
    for label, words in (("Requires", entry.requires), ("Hardware", entry.hardware)):
        yield from _section(label, () if words is None else [", ".join(words) or "nothing special"])
    for facet in base.config.own_facets:
        yield from _section(base.config.title_of(facet), [", ".join(entry.tags.get(facet, ()))])
    for level in levels:
        text = entry.summary.text(level) if entry.summary else ""
        yield from _section(base.config.levels[level].label, text.split("\n"))
    yield from _section("Results", [_result(base, key, result) for result in entry.results])
    yield from _section("Relations", (f"{r.type} {r.entry}" for r in entry.relations))
    cited = build_index(base).cited_by.get(key, ())
    yield from _section("Named by", (f"{other} ({relation.type})" for other, relation in cited))
    yield from _section("Code", [entry.links.code.url] if entry.links.code else [])
    checked = [str(entry.checked.on), *entry.checked.sources] if entry.checked else ["not yet"]
    yield from _section("Checked", checked)


def _section(label: str, texts: "Iterator[str] | tuple[str, ...] | list[str] | map[str]") -> Iterator[str]:
    found = [text for text in texts if text.strip()]
    if found:
        yield ""
        yield label
    for text in found:
        yield from _wrapped(text, "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    width = min(_WIDTH, room() or _WIDTH)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)


def _record(base: KnowledgeBase, record: Record) -> str:
    venue = base.venues.get(record.venue)
    month = f"-{record.month:02}" if record.month else ""
    ids = "".join(f", {scheme} {value}" for scheme, value in identifiers(record))
    return f"{record.year}{month}  {venue.short if venue else record.venue}{ids}"


def _result(base: KnowledgeBase, key: str, result: Result) -> str:
    words = told(base, key, result)
    upper = f" to {result.upper:g}" if result.upper is not None else ""
    number = f"{_COMPARATORS[result.comparator]}{result.value:g}{upper}"
    unit = result.unit if result.unit in ("x", "%") else f" {result.unit}"
    conditions = (
        ("vs", words.baseline), ("on", words.model), ("with", words.hardware), ("at", words.setting),
        ("measured by", words.measured_by),
    )  # fmt: skip
    around = "".join(f", {word} {value}" for word, value in conditions if value)
    return f"{words.metric}: {number}{unit}{around} [{words.where}]"
