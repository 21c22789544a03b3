"""Exports for reference software: BibTeX, RIS and CSL-JSON."""

from rekb.jsontext import list_of
from rekb.kb import KnowledgeBase


def bibtex_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a BibTeX file, entries parted by an empty line."""
    parts = []
    for key in keys:
        parts.append(base.citations.bibtex(key))
    return "\n".join(parts)


def ris_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a RIS file, records parted by an empty line."""
    parts = []
    for key in keys:
        parts.append(base.citations.ris(key))
    return "\r\n".join(parts)


def csl_json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a JSON array of CSL records."""
    return f"{list_of(base.citations.csl_json(key) for key in keys)}\n"
