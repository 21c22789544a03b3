"""The knowledge base as files for other tools, whole or in part."""

from rekb.export.data import json_schema
from rekb.export.exporters import EXPORTERS, Exporter, csl_schema
from rekb.export.output import write_file, write_stream
from rekb.export.selection import FACET_NAMES, Selection, select

__all__ = [
    "EXPORTERS",
    "FACET_NAMES",
    "Exporter",
    "Selection",
    "csl_schema",
    "json_schema",
    "select",
    "write_file",
    "write_stream",
]
