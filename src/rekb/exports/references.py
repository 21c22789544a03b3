"""Exports for reference software: BibTeX, RIS and CSL-JSON."""

from rekb.jsontext import list_of
from rekb.kb import KnowledgeBase


def bibtex_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a BibTeX file, entries parted by an empty line."""
    return "\n".join(base.citations.bibtex(key) for key in keys)


def ris_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a RIS file, records parted by an empty line."""
    return "\r\n".join(base.citations.ris(key) for key in keys)


def csl_json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a JSON array of CSL records."""
    return f"{list_of(base.citations.csl_json(key) for key in keys)}\n"
