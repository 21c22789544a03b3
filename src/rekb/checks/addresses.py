"""Addresses in data files: what they carry beside where they lead, and which identifiers they hold."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from rekb.model.entry import Entry
from rekb.model.hosts import FORGES
from rekb.model.identifiers import SCHEMES, Pair, pairs_in_address
from rekb.model.keys import identifiers
from rekb.yamlio.document import Path_
from rekb.yamlio.reader import strings

# Google, Facebook, Instagram and Mailchimp add these to follow who came from where.
_TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid|igshid)=")
_REPOSITORY = re.compile(r"\A(/[^/]+/[^/]+?)(?:\.git)?/?\Z")
"""Owner and name, and what may follow them without leading elsewhere."""
_SECURE = (
    *FORGES, *(scheme.home for scheme in SCHEMES.values()),
    "dl.acm.org", "papers.nips.cc", "proceedings.neurips.cc", "ieeexplore.ieee.org", "link.springer.com",
)  # fmt: skip
"""Hosts that are known to answer over https with the same pages."""


def tidied(address: str) -> str:
    """Return an address without what says nothing of where it leads; unchanged where that is not sure.

    Tracking parameters go, http becomes https on hosts that are known to speak it, and a repository's address
    ends neither in a slash nor in ``.git``.
    """
    if _is_tidy(address):
        return address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    scheme = parts.scheme
    # With a port, it is not known what answers there.
    if host in _SECURE and ":" not in parts.netloc:
        scheme = "https"
    path = parts.path
    if host in FORGES and not parts.query and not parts.fragment:
        path = _REPOSITORY.sub(r"\1", path)
    # Putting an address together may change it where nothing is untidy: an empty query goes.
    if (scheme, path, query) == (parts.scheme, parts.path, parts.query):
        return address
    return urlunsplit((scheme, parts.netloc, path, query, parts.fragment))


def _is_tidy(address: str) -> bool:
    """Whether an address has none of the parts that tidying looks at."""
    # With something behind a question mark or `#`, a path is left as it is; an empty one goes.
    if not address.startswith("https://") or address.endswith(("/", ".git", "?", "#")):
        return False
    return "?" not in address or not _TRACKING.search(address)


def links_in(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every address that is the whole of a text inside a file's value."""
    for place, text in strings(value, path):
        # Prose may begin with an address and be no link.
        if place[:1] == ("summary",):
            continue
        if text.startswith(("http://", "https://")) and not re.search(r"\s", text):
            yield place, text


def identifiers_in(address: str) -> tuple[Pair, ...]:
    """Return the identifiers in a web address as (scheme, value), spelled as `identifiers` spells them."""
    return pairs_in_address(address)


def entry_identifiers(entry: Entry) -> set[Pair]:
    """Return all identifiers of an entry, those inside its records' addresses included."""
    found: set[Pair] = set()
    for record in entry.records:
        found.update(identifiers(record))
        found.update(identifiers_in(record.url or ""))
    return found
