"""Exports for reference software: BibTeX, RIS and CSL-JSON."""

from rekb.jsontext import list_of
from rekb.kb import KnowledgeBase


def bibtex_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a BibTeX file, entries parted by an empty line."""
    return "\n".join(map(base.citations.bibtex, keys))


def ris_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a RIS file, records parted by an empty line."""
    # RIS ends every line by CR LF, also the empty one.
    return "\r\n".join(map(base.citations.ris, keys))


def csl_json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a JSON array of CSL records."""
    records = list_of(map(base.citations.csl_json, keys))
    return f"{records}\n"
