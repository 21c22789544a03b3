"""One work as a citation in each format: pure functions of key, entry and venues."""

from rekb.citation.bibtex import bibtex
from rekb.citation.citations import Citations
from rekb.citation.coins import coins
from rekb.citation.csl import CslRecord, csl
from rekb.citation.highwire import highwire
from rekb.citation.plain import acm, apa, ieee
from rekb.citation.ris import ris
from rekb.citation.schema_org import json_ld

__all__ = [
    "Citations",
    "CslRecord",
    "acm",
    "apa",
    "bibtex",
    "coins",
    "csl",
    "highwire",
    "ieee",
    "json_ld",
    "ris",
]
