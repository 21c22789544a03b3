"""What a person gives to `rekb add`: an identifier in any spelling, or BibTeX."""

import re

from rekb.errors import SourceError
from rekb.model.identifiers import SCHEMES, by_lookup_rank, implied_by, known_in_address
from rekb.model.scheme import Scheme, bare_host
from rekb.sources.work import Identifier
from rekb.text import printable

_HOSTS = frozenset(host for scheme in SCHEMES.values() for host in scheme.hosts)
ACCEPTED = (
    "an arXiv id (2205.14135), a DOI (10.1145/...), an OpenReview or ACL Anthology id or address, or BibTeX"
)


def is_bibtex(text: str) -> bool:
    """Whether a text is BibTeX rather than an identifier."""
    return bool(re.search(r"@\s*[A-Za-z]+\s*[{(]", text))


def read_identifier(text: str) -> Identifier:
    """Return the identifier in a text, whatever its spelling.

    Raises:
        SourceError: for anything that is none; the message lists what is read.
    """
    given = text.strip().strip("<>").rstrip(".,;")
    starts_with_host = bare_host(given.partition("/")[0].lower()) in _HOSTS and "/" in given
    address = f"https://{given}" if starts_with_host else given
    if address.lower().startswith(("http://", "https://")):
        return _in_address(address)
    for read in (Scheme.alone, Scheme.guessed):
        for scheme in SCHEMES.values():
            if value := read(scheme, given):
                return preferred(_with_implied(scheme, value))
    raise SourceError(f"{printable(text.strip()[:80])!r} is no identifier: give {ACCEPTED}")


def _in_address(address: str) -> Identifier:
    if found := known_in(address):
        return preferred(found)
    raise SourceError(f"{printable(address[:200])} leads to no identifier: give {ACCEPTED}")


def _with_implied(scheme: Scheme, value: str) -> dict[str, str]:
    found = {scheme.id: scheme.written(value)}
    return implied_by(value) | found if scheme.id == "doi" else found


def known_in(address: str) -> dict[str, str]:
    """Return the identifiers in a web address that have the form of their scheme, case as written."""
    return known_in_address(address)


def is_wellformed(scheme: str, value: str) -> bool:
    """Whether a value has the form that a record's field asks for."""
    return SCHEMES[scheme].is_wellformed(value)


def preferred(found: dict[str, str]) -> Identifier:
    """Return the identifier whose service tells most about a work."""
    return Identifier(*by_lookup_rank(found))
