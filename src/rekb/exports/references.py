"""Exports for reference software: BibTeX, RIS and CSL-JSON."""

import json

from rekb.citation import bibtex, csl, ris
from rekb.kb import KnowledgeBase


def bibtex_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a BibTeX file, entries parted by an empty line."""
    return "\n".join(bibtex(key, base.entries[key], base.venues) for key in keys)


def ris_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a RIS file, records parted by an empty line."""
    return "\r\n".join(ris(key, base.entries[key], base.venues) for key in keys)


def csl_json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a JSON array of CSL records."""
    records = [csl(key, base.entries[key], base.venues) for key in keys]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
