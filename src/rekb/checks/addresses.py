"""Identifiers inside web addresses: the arXiv, DOI, OpenReview, Anthology or PMLR id that a link leads to."""

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from rekb.model.entry import Record
from rekb.model.keys import identifiers

_ARXIV = re.compile(
    r"/(?:abs|pdf|html|format)/([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?/?\Z"
)
_ACL = re.compile(r"/(?:anthology/)?([A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9_-]+\.\d+)(?:\.pdf|\.bib)?/?\Z")
_PMLR = re.compile(r"/(v\d+)/([a-z0-9-]+?)(?:\.html|/[a-z0-9-]+\.pdf)?/?\Z")


def identifiers_in(address: str) -> tuple[tuple[str, str], ...]:
    """Return the identifiers in a web address as (scheme, value), spelled as `identifiers` spells them."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ()
    host = (parts.hostname or "").removeprefix("www.").removeprefix("export.").removeprefix("dx.")
    found = _fields(host, unquote(parts.path), parts.query)
    unchecked: Any = Record.model_construct
    return identifiers(unchecked(**found)) if found else ()


def _fields(host: str, path: str, query: str) -> dict[str, str]:
    if host == "doi.org" and path.startswith("/10."):
        return {"doi": path.strip("/")}
    if host == "openreview.net":
        return {"openreview": value} if (value := parse_qs(query).get("id", [""])[0]) else {}
    for hosts, pattern, scheme in (
        (("arxiv.org", "ar5iv.org"), _ARXIV, "arxiv"),
        (("aclanthology.org", "aclweb.org"), _ACL, "acl"),
        (("proceedings.mlr.press",), _PMLR, "pmlr"),
    ):
        if host in hosts and (match := pattern.search(path)):
            return {scheme: "/".join(match.groups())}
    return {}
