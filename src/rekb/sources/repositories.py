"""Addresses of source code that a text names, such as the abstract or the comment of a record."""

import re
from urllib.parse import SplitResult, urlsplit

from rekb.model.hosts import REPOSITORY_HOSTS
from rekb.sources.clean import safe_link
from rekb.sources.work import NamedCode

_KNOWN = "|".join(re.escape(host) for host in sorted(REPOSITORY_HOSTS))
_ADDRESS = re.compile(
    rf"(?:https?://|(?<![\w./-])(?=(?:www\.)?(?:{_KNOWN})/))"
    r"[^\s<>\"'{}|\\^`\[\]()]+",
    re.IGNORECASE,
)
"""An address in running text; people leave the scheme of a well-known host out."""
_NO_OWNERS = frozenset({
    "about", "collections", "explore", "features", "marketplace", "orgs", "search", "sponsors", "topics",
    "users",
})  # fmt: skip
"""First parts of a path that are pages of the host itself."""
_AROUND = 100
"""Characters before an address that show how the text speaks of it."""
_END = ".,;:!?*~"
"""Signs of the sentence, which are no part of an address."""


def code_named_in(text: str, where: str) -> tuple[NamedCode, ...]:
    """Return the repositories that a text names, each once.

    Args:
        text: one line of plain text.
        where: which text it is: ``arXiv's abstract``.
    """
    # An abstract at arXiv may be LaTeX, where an underscore needs a backslash.
    plain = text.replace("\\_", "_")
    found: dict[str, NamedCode] = {}
    for match in _ADDRESS.finditer(plain):
        address = repository(match[0])
        if address is not None:
            around = plain[max(0, match.start() - _AROUND) : match.end()].strip()
            found.setdefault(address, NamedCode(address, where, around))
    return tuple(found.values())


def repository(address: str) -> str | None:
    """Return the address of a repository in one spelling, or None where it leads to something else."""
    written = address.rstrip(_END)
    if "://" not in written:
        written = f"https://{written}"
    try:
        parts = urlsplit(written)
        host = _host(parts)
    except ValueError:
        # A bracket that is open or a port that is none: this is no address.
        return None
    way = [part for part in parts.path.split("/") if part]
    if host is None or len(way) < len(("owner", "name")) or way[0].lower() in _NO_OWNERS:
        return None
    # `git clone` is given addresses that end with `.git`; the page of the repository is without it.
    way[-1] = way[-1].removesuffix(".git")
    return safe_link(f"{host}/{'/'.join(way)}")


def _host(parts: SplitResult) -> str | None:
    """Return scheme and host; all hosts of code answer by https."""
    name = (parts.hostname or "").removeprefix("www.")
    if name not in REPOSITORY_HOSTS:
        return None
    if parts.port is None:
        return f"https://{name}"
    # A port may be that of http alone, so the scheme stays as written.
    return f"{parts.scheme}://{name}:{parts.port}"
