"""The knowledge base as files for other tools, whole or in part; what a name needs is imported with it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    "ALL_EXPORTERS": "exporters",
    "EXPORTERS": "exporters",
    "Exporter": "exporters",
    "Selection": "selection",
    "csl_schema": "exporters",
    "json_schema": "data",
    "select": "selection",
}
"""The module of each name."""


def __getattr__(name: str) -> Any:
    """Import what a name needs, once it is asked for: to choose works needs no exporter."""
    if name not in _HOMES:
        raise AttributeError(f"module 'rekb.exports' has no attribute {name!r}")
    found = getattr(import_module(f"rekb.exports.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
