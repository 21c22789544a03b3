"""Identifiers inside web addresses: the arXiv, DOI, OpenReview, Anthology or PMLR id that a link leads to."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from rekb.model.entry import Entry, Record
from rekb.model.keys import identifiers
from rekb.yamlio.document import Path_
from rekb.yamlio.reader import strings

_ARXIV = re.compile(
    r"/(?:abs|pdf|html|format)/([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?/?\Z"
)
_ACL = re.compile(r"/(?:anthology/)?([A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9_-]+\.\d+)(?:\.pdf|\.bib)?/?\Z")
_PMLR = re.compile(r"/(v\d+)/([a-z0-9-]+?)(?:\.html|/[a-z0-9-]+\.pdf)?/?\Z")
_TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid|igshid)=")
_FORGES = ("github.com", "gitlab.com", "huggingface.co")
_SECURE = (
    *_FORGES, "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "proceedings.mlr.press",
    "dl.acm.org", "papers.nips.cc", "proceedings.neurips.cc", "ieeexplore.ieee.org", "link.springer.com",
)  # fmt: skip
"""Hosts that are known to answer over https with the same pages."""


def tidied(address: str) -> str:
    """Return an address without what says nothing of where it leads; unchanged where that is not sure.

    Tracking parameters go, http becomes https on hosts that are known to speak it, and a repository's address
    ends neither in a slash nor in ``.git``.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    scheme = "https" if host in _SECURE and ":" not in parts.netloc else parts.scheme
    path = parts.path
    if host in _FORGES and not parts.query and not parts.fragment:
        path = re.sub(r"\A(/[^/]+/[^/]+?)(?:\.git)?/?\Z", r"\1", path)
    if (scheme, path, query) == (parts.scheme, parts.path, parts.query):
        return address
    return urlunsplit((scheme, parts.netloc, path, query, parts.fragment))


def links_in(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every address that is the whole of a text inside a file's value."""
    for place, text in strings(value, path):
        if (
            text.startswith(("http://", "https://"))
            and place[:1] != ("summary",)
            and not re.search(r"\s", text)
        ):
            yield place, text


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


def entry_identifiers(entry: Entry) -> set[tuple[str, str]]:
    """Return all identifiers of an entry, those inside its records' addresses included."""
    found = {pair for record in entry.records for pair in identifiers(record)}
    return found | {pair for record in entry.records for pair in identifiers_in(record.url or "")}
