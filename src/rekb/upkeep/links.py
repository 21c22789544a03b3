"""Whether the addresses of the data still lead somewhere. One failure says nothing, a row over weeks does."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from rekb.edit.edits import Edit
from rekb.errors import LookupFailedError
from rekb.kb import KnowledgeBase
from rekb.lookup.transport import Reply, Transport
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import safe_link
from rekb.upkeep.proposals import Proposal
from rekb.yamlio.document import Path_
from rekb.yamlio.reader import strings

FAILURES = 3
"""Failures on different days after which an address is spoken of."""
SPAN = timedelta(days=14)
"""Time between the first and the last of them."""
_WHOLE = re.compile(r"https?://\S+")
_INSIDE = re.compile(r"\((https?://[^\s()<>]+)\)")
# No standard has 999: LinkedIn answers programs with it.
_REFUSES = frozenset({400, 401, 403, 405, 406, 409, 418, 423, 425, 429, 451, 501, 503, 999})
"""Statuses by which a host says nothing to a program about the page."""
_WELL = range(200, 300)


class Health(StrEnum):
    """What one look at an address gave."""

    WELL = "well"
    FAILS = "fails"
    UNKNOWN = "unknown"
    """The host does not say it to programs."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where an address is."""

    file: str
    path: Path_
    whole: bool
    """Whether the field is the address, so that it can be replaced."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at an address gave."""

    address: str
    health: Health
    message: str
    """The status, or the error."""
    moved_to: str | None = None
    """Where it moved to for good."""


def addresses(base: KnowledgeBase) -> dict[str, tuple[Use, ...]]:
    """Return every address of the data with its places: fields, links in overviews, pages of identifiers."""
    found: dict[str, list[Use]] = {}
    for address, use in (*_written(base), *_of_identifiers(base)):
        found.setdefault(address, []).append(use)
    return {address: tuple(uses) for address, uses in found.items()}


def _written(base: KnowledgeBase) -> Iterator[tuple[str, Use]]:
    """Yield the addresses that files have, as a whole field or in a link inside a text."""
    for relpath, document in base.documents.items():
        for path, text in strings(document.value, ()):
            inside = [text]
            is_whole = _WHOLE.fullmatch(text) is not None
            if not is_whole:
                inside = _INSIDE.findall(text)
            for address in filter(safe_link, inside):
                yield address, Use(relpath, path, is_whole)


def _of_identifiers(base: KnowledgeBase) -> Iterator[tuple[str, Use]]:
    """Yield the page of each identifier of each record."""
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            for name, value in record.named().items():
                use = Use(base.entry_paths[key], ("records", number, name), whole=False)
                yield SCHEMES[name].page_of(value), use


def in_turn(found: Mapping[str, object]) -> list[str]:
    """Return addresses so that the hosts take turns: while one rests, the next is asked."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(found):
        host = urlsplit(address).hostname or ""
        hosts.setdefault(host, []).append(address)
    rounds = zip_longest(*hosts.values())
    # A host with fewer addresses than another leaves its place in the last rounds empty.
    return list(filter(None, chain.from_iterable(rounds)))


def look(transport: Transport, address: str) -> Look:
    """Look at an address: by HEAD, and by GET where that fails."""
    # A HEAD asks for no page, which spares the host; some answer it with an error though the page is there.
    seen = _asked(transport, "HEAD", address)
    if seen.health is Health.WELL:
        return seen
    return _asked(transport, "GET", address)


def _asked(transport: Transport, method: str, address: str) -> Look:
    try:
        # That there is an answer is enough, so no page is loaded.
        reply = transport.ask(method, address, read=False)
    except LookupFailedError as error:
        return Look(address, Health.FAILS, str(error).removeprefix(f"{address}: "))
    if reply.status in _WELL:
        moved = reply.address if is_telling_move(address, reply) else None
        return Look(address, Health.WELL, str(reply.status), moved)
    if reply.status in _REFUSES:
        health = Health.UNKNOWN
    else:
        health = Health.FAILS
    return Look(address, health, f"status {reply.status}")


def is_telling_move(address: str, reply: Reply) -> bool:
    """Whether an address moved for good to another page, and not to a front page or a login."""
    if reply.status not in _WELL or not reply.moved_for_good:
        return False
    if not safe_link(reply.address):
        return False
    # Hosts send pages that they have no more to their front page, as if it were the same.
    to_front_page = _is_front_page(reply.address) and not _is_front_page(address)
    if to_front_page:
        return False
    return not re.search(r"log-?in|sign-?in|/auth\b", reply.address, re.IGNORECASE)


def _is_front_page(address: str) -> bool:
    return urlsplit(address).path in ("", "/")


@dataclass(frozen=True, slots=True)
class Failures:
    """The days on which an address failed, since it was last seen well."""

    days: tuple[date, ...]
    message: str
    """What was said the last time."""

    @property
    def is_dead(self) -> bool:
        """Whether it failed often enough, over a time long enough."""
        if len(self.days) < FAILURES:
            return False
        return self.days[-1] - self.days[0] >= SPAN


@dataclass(slots=True)
class LinkState:
    """What earlier runs saw; kept in a file between them."""

    failures: dict[str, Failures] = field(default_factory=dict)

    def see(self, look: Look, today: date) -> None:
        """Remember one look; what a host does not say changes nothing."""
        if look.health is Health.WELL:
            self.failures.pop(look.address, None)
        elif look.health is Health.FAILS:
            # Several runs on one day count once: a host may be down for a day.
            days = {today}
            if look.address in self.failures:
                days.update(self.failures[look.address].days)
            self.failures[look.address] = Failures(tuple(sorted(days)), look.message)

    def keep_only(self, found: Mapping[str, object]) -> None:
        """Forget addresses that the data no longer has."""
        for address in self.failures.keys() - found.keys():
            del self.failures[address]

    def dumped(self) -> str:
        """Return the text of the state's file."""
        failures = {}
        for address, failed in sorted(self.failures.items()):
            days = [day.isoformat() for day in failed.days]
            # Files of earlier runs call it `told`, so the name in the file stays.
            failures[address] = {"days": days, "told": failed.message}
        return json.dumps({"schema_version": 1, "failures": failures}, ensure_ascii=False, indent=2) + "\n"


def read_state(text: str) -> LinkState:
    """Return the state in a file's text.

    Raises:
        LookupFailedError: for a text that is no state.
    """
    state = LinkState()
    try:
        for address, failed in json.loads(text)["failures"].items():
            days = sorted(map(date.fromisoformat, failed["days"]))
            state.failures[str(address)] = Failures(tuple(days), str(failed["told"]))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise LookupFailedError("this is no state of an earlier run; delete it to start anew") from error
    return state


def proposals(
    base: KnowledgeBase, found: Mapping[str, tuple[Use, ...]], looks: Mapping[str, Look], state: LinkState
) -> list[Proposal]:
    """Return what to say: addresses that are dead, and those that moved, with the change of each field."""
    found_here = []
    for address, uses in found.items():
        failures = state.failures.get(address)
        moved = None
        if address in looks:
            moved = looks[address].moved_to
        for use in uses:
            line = base.documents[use.file].place(use.path).line
            if failures and failures.is_dead:
                why = f"failed {len(failures.days)} times since {failures.days[0]}: {failures.message}"
                found_here.append(Proposal("dead", use.file, line, why, address))
            elif moved and use.whole:
                why = f"moved for good to {moved}"
                edit = Edit(use.path, moved)
                found_here.append(Proposal("moved", use.file, line, why, address, (edit,)))
    return sorted(found_here, key=lambda p: (p.path, p.line, p.source))
