"""What can be found as a value, without what it is made of: a search of kept documents needs no models."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from rekb.model.hosts import FORGES
from rekb.model.scheme import bare_host

Kind = Literal["work", "topic", "page", "author", "model", "help"]
KINDS: tuple[Kind, ...] = ("work", "topic", "page", "author", "model", "help")
"""The kinds of documents, in the order in which groups of equal rank are shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found."""

    kind: Kind
    id: str
    """A work's key, a topic's id, an author's name as it is sorted, a model's id, a page's address."""
    title: str
    names: tuple[str, ...] = ()
    """What it is called beside its title, and beside a work's key and an author's name as it is sorted: the
    whole question as one of these beats all else."""
    aliases: tuple[str, ...] = ()
    """What it is called besides: its repository, what it made known."""
    identifiers: tuple[str, ...] = ()
    """Scheme and value, and addresses: ``arxiv:2205.14135``, ``url:github.com/owner/name``."""
    people: tuple[str, ...] = ()
    """Its authors, as they sign."""
    places: tuple[tuple[str, int], ...] = ()
    """Venue and year of each record: ``("MLSys", 2024)``."""
    topics: tuple[str, ...] = ()
    """Ids of the topics that it is at; those above count too."""
    words: tuple[str, ...] = ()
    """Words of its texts that lead to it, folded, each once."""
    note: str = ""
    """Where it is from, in a few words: ``Dao et al. · NeurIPS 2022``."""
    line: str = ""
    """What it is, in a line."""
    links: int = 0
    """How many works point to it: of two equal ones the better known is first."""


def url_identifier(address: str) -> str:
    """Return what the spellings of one web address share, as an identifier; empty for a text that is none."""
    try:
        parts = urlsplit(address.strip().lower())
        host = bare_host(parts.hostname or "")
    # `urlsplit` raises this for a bracket that is left open, as in `http://[x`.
    except ValueError:
        return ""
    steps = []
    for step in parts.path.split("/"):
        if step:
            steps.append(step)
    if host in FORGES:
        # What follows the repository is a place inside it.
        # Forges serve a repository with and without `.git` behind its name.
        steps = [step.removesuffix(".git") for step in steps[:2]]
    if host and steps:
        return f"url:{'/'.join((host, *steps))}"
    return ""
