"""The knowledge base as files for other tools, whole or in part; what a name needs is imported with it."""

from typing import TYPE_CHECKING

from rekb.later import later

if TYPE_CHECKING:
    from rekb.exports.data import json_schema
    from rekb.exports.exporters import ALL_EXPORTERS, EXPORTERS, Exporter, csl_schema
    from rekb.exports.selection import Selection, select

__all__ = [
    "ALL_EXPORTERS",
    "EXPORTERS",
    "Exporter",
    "Selection",
    "csl_schema",
    "json_schema",
    "select",
]
_HOMES = {
    "ALL_EXPORTERS": "rekb.exports.exporters",
    "EXPORTERS": "rekb.exports.exporters",
    "Exporter": "rekb.exports.exporters",
    "Selection": "rekb.exports.selection",
    "csl_schema": "rekb.exports.exporters",
    "json_schema": "rekb.exports.data",
    "select": "rekb.exports.selection",
}
"""The module of each name."""

__getattr__ = later(globals(), _HOMES)
