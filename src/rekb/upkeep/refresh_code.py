"""Whose a repository is that a record of a work names: its authors' own, another's, or not to be said."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rekb.errors import LookupFailedError
from rekb.identity.verdict import plain_addresses
from rekb.kb import KnowledgeBase
from rekb.lookup.transport import Reply, Transport
from rekb.model import Entry
from rekb.model.keys import title_fingerprint
from rekb.sources.work import NamedCode
from rekb.upkeep.links import is_telling_move

_MOST = 3
"""Repositories of one work that are looked at: a record that names more lists those of others."""
_SHORTEST_TITLE = 12
"""Letters and digits below which a title may stand on any page."""
_OK = 200


@dataclass(frozen=True, slots=True)
class CheckedCode:
    """A repository that a record names, and what is to be said about it."""

    url: str
    page: str
    """The page of the record that names it."""
    message: str
    is_own: bool = False
    """Whether the record names it and its page names the work."""


def known_code(base: KnowledgeBase) -> dict[str, str]:
    """Return the repositories that entries have, by their plain address, with the first entry's key."""
    known: dict[str, str] = {}
    for key, entry in base.entries.items():
        if entry.links.code is not None:
            for address in plain_addresses([entry.links.code.url]):
                known.setdefault(address, key)
    return known


@dataclass(frozen=True, slots=True)
class CodeFinder:
    """Looks at repositories that records name."""

    transport: Transport
    known: Mapping[str, str]
    """Plain address to the entry whose code it is."""

    def checked(self, entry: Entry, named: Iterable[tuple[NamedCode, str]]) -> Iterator[CheckedCode]:
        """Yield what is to be said of each repository; at most one is the authors' own.

        Args:
            entry: an entry without code.
            named: what its records name, each with the page of the record.
        """
        once: dict[frozenset[str], tuple[NamedCode, str]] = {}
        for code, page in named:
            once.setdefault(plain_addresses([code.url]), (code, page))
        is_found = False
        for code, page in list(once.values())[:_MOST]:
            found = self._checked(entry, code, page)
            if found.is_own and is_found:
                found = CheckedCode(found.url, page, f"{found.message}; another one is proposed already")
            is_found = is_found or found.is_own
            yield found

    def _checked(self, entry: Entry, code: NamedCode, page: str) -> CheckedCode:
        found = f"{code.where} names {code.url}"
        owner = self._owner(code.url)
        if owner:
            return CheckedCode(code.url, page, f"{found}, the code of {owner}: look whose it is")
        try:
            reply = self.transport.ask("GET", code.url)
        except LookupFailedError:
            return CheckedCode(code.url, page, f"{found}, which gave no answer: look whose it is")
        if reply.status != _OK:
            return CheckedCode(code.url, page, f"{found}, which answers {reply.status}")
        if not _names(reply, entry):
            return CheckedCode(
                code.url, page, f'{found}, whose page does not name this work: "{code.around}"'
            )
        address = reply.address if is_telling_move(code.url, reply) else code.url
        owner = self._owner(address)
        if owner:
            return CheckedCode(address, page, f"{found}, now the code of {owner}: look whose it is")
        return CheckedCode(
            address, page, f'{found}, whose page names this work: "{code.around}"', is_own=True
        )

    def _owner(self, address: str) -> str | None:
        """Return the entry that has a repository already."""
        for plain in plain_addresses([address]):
            if plain in self.known:
                return self.known[plain]
        return None


def _names(reply: Reply, entry: Entry) -> bool:
    """Whether a page has an identifier or the title of a work."""
    text = html.unescape(reply.body.decode("utf-8", "replace"))
    for record in entry.records:
        for value in (record.arxiv, record.doi):
            # `10.1145/360` is only the beginning of `10.1145/3600006`.
            if value and re.search(rf"(?<![\w.]){re.escape(value)}(?![0-9])", text, re.IGNORECASE):
                return True
    read = title_fingerprint(re.sub(r"<[^<>]*>", " ", text))
    for title in entry.titles:
        wanted = title_fingerprint(title)
        if len(wanted) >= _SHORTEST_TITLE and wanted in read:
            return True
    return False
