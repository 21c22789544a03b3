"""The page that describes the tables of the exports: it follows from the tables themselves."""

import sqlite3
from collections.abc import Iterator

from rekb.exports.sqlite import sqlite_file
from rekb.exports.table import CSV_VERSION, columns
from rekb.kb import KnowledgeBase

_ABOUT = {
    "venues": "A place of publication; see `taxonomy/venues.yaml`.",
    "units": "A unit of `taxonomy/metrics.yaml`; `factor` turns it into the base of its dimension.",
    "metrics": "A metric of `taxonomy/metrics.yaml`; `better` is the direction that is meant.",
    "models": "A model that numbers were measured on.",
    "devices": "A device that numbers were measured on.",
    "device_peaks": "The peak rate of a device in a number format.",
    "topics": "A node of the topic tree; `position` is its place when the tree is read from top to bottom.",
    "entries": "A work. `cited_venue` and `cited_year` are those of the record that is cited;"
    " `requires_known` and `hardware_known` set an empty list apart from one that is not known.",
    "authors": "An author of a work, in order; `name` is `Family, Given`.",
    "records": "A public record of a work, oldest first.",
    "entry_topics": "A topic of a work; the one at position 1 is primary.",
    "effects": "A resource that a work saves or costs.",
    "requires": "What must be at hand.",
    "hardware": "Where it ran.",
    "modalities": "On what kind of data it was shown.",
    "results": "A reported number with its conditions and its source.",
    "reproductions": "What others got who measured the number `result_id` of the work again.",
    "relations": "A tie to another work, `target`.",
    "model_figures": "A figure of a size of a model; `position` counts the sizes.",
    "tags": "A word of a facet that the knowledge base adds.",
    "search": "The full text of `entries`, with the same `rowid`.",
}
"""What a row of each table is."""
_HIDDEN = "search_"
"""How the tables of the full-text index itself begin."""


def layout_page(base: KnowledgeBase) -> str:
    """Return the page: each table of the SQLite export, and the columns of the CSV.

    Raises:
        KeyError: for a table that has no description here.
    """
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_file(base, tuple(base.entries)))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    parts = ["# Tables", _INTRODUCTION.format(version=version, csv=CSV_VERSION), "## SQLite"]
    parts += _tables(connection)
    connection.close()
    rows = [f"| `{column.name}` | {_cell(column.help)} |" for column in columns(base)]
    parts += ["## CSV", _SPREADSHEETS, "\n".join(["| column | holds |", "| --- | --- |", *rows])]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
Written by `rekb generate`; change the code it follows from, not this page.

The layout of `all.sqlite` (`PRAGMA user_version` {version}) and of `all.csv` (version {csv}). The versions
grow when a reader would have to change; new columns come at the end. Every table but `venues` and `topics`
is about the work in its column `entry`, and `position` counts from 1. Keys are declared, and `search` is tied
to `entries`, so programs such as Datasette offer links and a search field by themselves.

`rekb export parquet -o survey.parquet` writes the columns of the CSV as Parquet, with lists as lists. It
needs `pip install 'rekb[parquet]'`: the package for it is larger than all the rest, so the site has no such
file."""
_SPREADSHEETS = "What cells look like, and why: [the guide for users of the data](../guide/data.md#csv)."


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    # SQLite promises no order without being asked; `rowid` grows as tables are made.
    names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    for (table,) in connection.execute(names).fetchall():
        if not table.startswith(_HIDDEN):
            yield f"### {table}"
            yield _ABOUT[table]
            yield _columns(connection, table)


def _columns(connection: sqlite3.Connection, table: str) -> str:
    targets = _targets(connection, table)
    lines = ["| column | type | may be absent | leads to |", "| --- | --- | --- | --- |"]
    for _, name, kind, needed, _, primary in connection.execute(f"PRAGMA table_info({table})"):
        absent = "yes"
        if needed or primary:
            absent = ""
        # SQLite gives a column of a full-text table no type; it holds text.
        shown = kind.lower() or "text"
        lines.append(f"| `{name}` | {shown} | {absent} | {targets.get(name, '')} |")
    return "\n".join(lines)


def _targets(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return where the foreign keys of a table lead, by column."""
    targets = {}
    for _, _, other, column, its_column, *_ in connection.execute(f"PRAGMA foreign_key_list({table})"):
        targets[column] = f"`{other}.{its_column}`"
    return targets


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
