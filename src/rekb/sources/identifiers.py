"""What a person gives to `rekb add`: an identifier in any spelling, or BibTeX."""

import html
import re
from urllib.parse import unquote, urlsplit

from rekb.checks.addresses import identifiers_in
from rekb.errors import SourceError
from rekb.model.entry import Record
from rekb.sources.work import Identifier, appearance_of
from rekb.text import printable

_SPELLINGS = (
    ("arxiv", re.compile(r"(?:arxiv\s*:?\s*)?(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?", re.IGNORECASE)),
    ("arxiv", re.compile(r"(?:arxiv\s*:?\s*)?([a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)),
    ("doi", re.compile(r"(?:doi\s*:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)),
    ("acl", re.compile(r"(?:acl\s*:\s*)?([A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_-]+\.\d+)")),
    ("pmlr", re.compile(r"(?:pmlr\s*:\s*)?(v\d+/[a-z0-9-]+)")),
    ("openreview", re.compile(r"openreview\s*:\s*([A-Za-z0-9_-]{6,20})", re.IGNORECASE)),
    ("openreview", re.compile(r"(?=[A-Za-z_-]*\d|[a-z]+[A-Z]|[A-Z]+[a-z]+[A-Z])([A-Za-z0-9_-]{9,14})")),
)
_MIRRORS = re.compile(r"(?:huggingface\.co|alphaxiv\.org)/(?:papers|abs|pdf)/(\d{4}\.\d{4,5})(?:v\d+)?/?\Z")
_PUBLISHER = re.compile(
    r"\Ahttps?://[^/]+/doi/(?:abs/|pdf/|full/|epdf/|pdfdirect/)?(10\.(?!5555/)\d{4,9}/[^?#\s]+)"
)
"""A publisher's page of a DOI; 10.5555 is ACM's own numbering, which no registry knows."""
_RESOLVER = re.compile(r"\Ahttps?://(?:www\.|dx\.)?doi\.[a-z.]+/10\.", re.IGNORECASE)
"""A resolver of a publisher's own: ``doi.acm.org``, ``doi.wiley.com``."""
_PREPRINT = re.compile(
    r"\Ahttps?://(?:www\.)?(?:bio|med)rxiv\.org/content/(10\.\d{4,9}/[\d.]*\d)(?=[v/?#]|\Z)"
)
"""A preprint server whose addresses hold the DOI, and behind it the version."""
_DAMAGED = re.compile(
    r"https?://(?:www\.|export\.|ar5iv\.labs\.)?arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})(?!\d)",
    re.IGNORECASE,
)
"""An address of arXiv with something pasted behind its number."""
_HOSTS = re.compile(
    r"(?:www\.|export\.|dx\.)?(?:arxiv\.org|doi\.org|openreview\.net|aclanthology\.org|aclweb\.org|"
    r"proceedings\.mlr\.press|huggingface\.co|alphaxiv\.org)/",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
_DOI_SIGNS = {
    "$<$": "<", "$>$": ">", r"\textless": "<", r"\textgreater": ">", r"\_": "_", r"\#": "#", r"\&": "&",
    r"\%": "%",
}  # fmt: skip
_DOI_LATEX = re.compile("|".join(map(re.escape, _DOI_SIGNS)))
"""How BibTeX files write the signs of a DOI."""
_PREFERRED = ("arxiv", "acl", "openreview", "doi", "pmlr")
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
    address = f"https://{given}" if _HOSTS.match(given) else given
    if address.lower().startswith(("http://", "https://")):
        return _in_address(address)
    for scheme, spelling in _SPELLINGS:
        if match := spelling.fullmatch(given):
            return preferred(_normal(scheme, match[1]))
    raise SourceError(f"{printable(text.strip()[:80])!r} is no identifier: give {ACCEPTED}")


def _in_address(address: str) -> Identifier:
    if match := _MIRRORS.search(urlsplit(address)._replace(query="", fragment="").geturl()):
        return Identifier("arxiv", match[1])
    if found := known_in(address):
        return preferred(found)
    raise SourceError(f"{printable(address[:200])} leads to no identifier: give {ACCEPTED}")


def known_in(address: str) -> dict[str, str]:
    """Return the identifiers in a web address that have the form of their scheme, case as written."""
    if not address:
        return {}
    found = dict(identifiers_in(address))
    path = unquote(urlsplit(address).path)
    if "acl" in found and re.match(r"[a-z]\d\d-", found["acl"]):
        found["acl"] = found["acl"].upper()
    if "doi" in found:  # as written: registries show the publisher's capitals
        found["doi"] = path.strip("/")
    elif not found and (match := _PUBLISHER.search(address) or _PREPRINT.match(address)):
        found["doi"] = unquote(match[1])
    elif not found and _RESOLVER.match(address) and (doi := doi_in(address)):
        found["doi"] = doi
    elif not found and (match := _DAMAGED.match(address)):
        found["arxiv"] = match[1]
    return {scheme: value for scheme, value in found.items() if is_wellformed(scheme, value)}


def doi_in(text: str) -> str | None:
    r"""Return the DOI in a field that tools fill with one, in any spelling, or None.

    Read are addresses of any resolver or publisher, ``doi:`` and ``DOI`` before it, braces, ``\url{..}``,
    escaped signs, ``$<$`` and ``&lt;`` of old DOIs, percent codes, and a full stop behind it.
    """
    if not text:
        return None
    told = _DOI_LATEX.sub(lambda m: _DOI_SIGNS[m[0]], html.unescape(text.strip()))
    told = re.sub(r"\\url\s*|[{}\\]|\s*\n\s*", "", told)
    is_address = told.lower().startswith(("http://", "https://", "doi.org/", "dx.doi.org/", "www."))
    if is_address or re.match(r"10\.\d{4,9}%2f", told, re.IGNORECASE):
        told = _unquoted(told)
    match = _DOI.search(told)
    if match is None:
        return None
    found = match[0].split("?", maxsplit=1)[0] if is_address else match[0]
    found = _balanced(found.rstrip(".,;:'"))
    return found if is_wellformed("doi", found) else None


def _unquoted(address: str) -> str:
    """Return an address without percent codes; a coded slash stays where a plain one parts the prefix."""
    parts = re.split(r"(%2f)", address, flags=re.IGNORECASE)
    has_slash = bool(_DOI.search(address))
    return "".join(part if has_slash and number % 2 else unquote(part) for number, part in enumerate(parts))


def _balanced(doi: str) -> str:
    """Return a DOI without a closing bracket that was never opened."""
    for opened, closed in ("()", "[]", "<>"):
        while doi.endswith(closed) and doi.count(closed) > doi.count(opened):
            doi = doi[:-1].rstrip(".,;")
    return doi


def _normal(scheme: str, value: str) -> dict[str, str]:
    found = dict(appearance_of(Identifier(scheme, value)).identifiers())
    return found | {scheme: found.get(scheme, value) if scheme == "arxiv" else value}


def is_wellformed(scheme: str, value: str) -> bool:
    """Whether a value has the form that a record's field asks for."""
    try:
        Record.model_validate({"venue": "x", "year": 2000, scheme: value})
    except ValueError:
        return False
    return True


def preferred(found: dict[str, str]) -> Identifier:
    """Return the identifier whose service tells most about a work."""
    scheme = next(scheme for scheme in _PREFERRED if scheme in found)
    return Identifier(scheme, found[scheme])
