"""The export formats by name."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from rekb.exports.data import json_file
from rekb.exports.markdown import markdown_file
from rekb.exports.parquet import parquet_file
from rekb.exports.references import bibtex_file, csl_json_file, ris_file
from rekb.exports.sqlite import sqlite_file
from rekb.exports.table import csv_file
from rekb.kb import KnowledgeBase

_NO_TEXT = frozenset({"application/vnd.sqlite3", "application/vnd.apache.parquet"})


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format."""

    name: str
    """The word after ``--format``."""
    label: str
    """The name readers see."""
    suffix: str
    """End of a file's name, with its dot."""
    media_type: str
    export: Callable[[KnowledgeBase, tuple[str, ...]], str | bytes]
    """Make the file of these entries; the same entries give the same bytes."""

    @property
    def binary(self) -> bool:
        """Whether a terminal cannot show it."""
        return self.media_type in _NO_TEXT

    def encode(self, base: KnowledgeBase, keys: tuple[str, ...]) -> bytes:
        """Return the bytes of the file; text is UTF-8."""
        exported = self.export(base, keys)
        if isinstance(exported, bytes):
            return exported
        return exported.encode()


EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("bibtex", "BibTeX", ".bib", "application/x-bibtex", bibtex_file),
        Exporter("ris", "RIS", ".ris", "application/x-research-info-systems", ris_file),
        Exporter(
            "csl-json", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", csl_json_file
        ),
        Exporter("json", "JSON", ".json", "application/json", json_file),
        # RFC 4180 has a parameter that says whether the first line is a head.
        Exporter("csv", "CSV", ".csv", "text/csv; charset=utf-8; header=present", csv_file),
        Exporter("sqlite", "SQLite", ".sqlite", "application/vnd.sqlite3", sqlite_file),
        Exporter("markdown", "Markdown", ".md", "text/markdown; charset=utf-8", markdown_file),
    )
}
"""Format name to format, in the order in which they are offered."""
ALL_EXPORTERS = EXPORTERS | {
    "parquet": Exporter("parquet", "Parquet", ".parquet", "application/vnd.apache.parquet", parquet_file)
}
"""The same, with formats that need a package of their own: the site does not offer these."""


def csl_schema() -> dict[str, Any]:
    """Return a JSON Schema of the part of CSL-JSON that is written here."""
    text = files("rekb.exports").joinpath("schemas/csl-data.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
