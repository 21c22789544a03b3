"""What a person gives to `rekb add`: an identifier in any spelling, or BibTeX."""

import html
import re
from urllib.parse import unquote

from rekb.errors import SourceError
from rekb.model.identifiers import SCHEMES, by_lookup_rank, implied_by, known_in_address
from rekb.model.scheme import Scheme, bare_host
from rekb.sources.work import Identifier
from rekb.text import printable

_HOSTS = frozenset(host for scheme in SCHEMES.values() for host in scheme.hosts)
# This is the form by which Crossref advises to look for DOIs: four to nine digits behind `10.`.
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
_DOI_SIGNS = {
    "$<$": "<", "$>$": ">", r"\textless": "<", r"\textgreater": ">", r"\_": "_", r"\#": "#", r"\&": "&",
    r"\%": "%",
}  # fmt: skip
_DOI_LATEX = re.compile("|".join(map(re.escape, _DOI_SIGNS)))
"""How BibTeX files write the signs of a DOI."""
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
    # People copy the signs around an identifier with it: `<https://...>`, the stop of a sentence.
    given = text.strip().strip("<>").rstrip(".,;")
    starts_with_host = bare_host(given.partition("/")[0].lower()) in _HOSTS and "/" in given
    if starts_with_host:
        address = f"https://{given}"
    else:
        address = given
    if address.lower().startswith(("http://", "https://")):
        return _in_address(address)
    # A guess fits many words, so every sure form is tried before the first guess.
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
    if scheme.id == "doi":
        return implied_by(value) | found
    return found


def known_in(address: str) -> dict[str, str]:
    """Return the identifiers in a web address that have the form of their scheme, case as written."""
    if address:
        return known_in_address(address)
    return {}


def doi_in(text: str) -> str | None:
    r"""Return the DOI in a field that tools fill with one, in any spelling, or None.

    Read are addresses of any resolver or publisher, ``doi:`` and ``DOI`` before it, braces, ``\url{..}``,
    escaped signs, ``$<$`` and ``&lt;`` of old DOIs, percent codes, and a full stop behind it.
    """
    if not text:
        return None
    spelled = _DOI_LATEX.sub(lambda m: _DOI_SIGNS[m[0]], html.unescape(text.strip()))
    spelled = re.sub(r"\\url\s*|[{}\\]|\s*\n\s*", "", spelled)
    # A bare DOI may hold `%` and `?`; in an address they begin a code and the parameters.
    is_address = spelled.lower().startswith(("http://", "https://", "doi.org/", "dx.doi.org/", "www."))
    if is_address or re.match(r"10\.\d{4,9}%2f", spelled, re.IGNORECASE):
        spelled = _unquoted(spelled)
    match = _DOI.search(spelled)
    if match is None:
        return None
    found = match[0].split("?", maxsplit=1)[0] if is_address else match[0]
    found = balanced(found.rstrip(".,;:'"))
    return found if is_wellformed("doi", found) else None


def _unquoted(address: str) -> str:
    """Return an address without percent codes; a coded slash stays where a plain one parts the prefix."""
    parts = re.split(r"(%2f)", address, flags=re.IGNORECASE)
    has_slash = bool(_DOI.search(address))
    pieces = []
    for number, part in enumerate(parts):
        pieces.append(part if has_slash and number % 2 else unquote(part))
    return "".join(pieces)


def balanced(text: str) -> str:
    """Return a DOI or an address without a closing bracket that was never opened."""
    for opened, closed in ("()", "[]", "<>"):
        # Old DOIs hold brackets themselves: `10.1002/(SICI)1097-0258(19980815)17:15`.
        while text.endswith(closed) and text.count(closed) > text.count(opened):
            text = text[:-1].rstrip(".,;")
    return text


def is_wellformed(scheme: str, value: str) -> bool:
    """Whether a value has the form that a record's field asks for."""
    return SCHEMES[scheme].is_wellformed(value)


def preferred(found: dict[str, str]) -> Identifier:
    """Return the identifier whose service knows most about a work."""
    return Identifier(*by_lookup_rank(found))
