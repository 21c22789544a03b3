"""The knowledge base as files for other tools, whole or in part."""

from rekb.exports.data import json_schema
from rekb.exports.exporters import EXPORTERS, Exporter, csl_schema
from rekb.exports.selection import Selection, select

__all__ = [
    "EXPORTERS",
    "Exporter",
    "Selection",
    "csl_schema",
    "json_schema",
    "select",
]
