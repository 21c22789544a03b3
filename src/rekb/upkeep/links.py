"""Whether the addresses of the data still lead somewhere. One failure says nothing, a row over weeks does."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from urllib.parse import urlsplit

from rekb.edit.edits import Edit
from rekb.errors import LookupFailedError
from rekb.kb import KnowledgeBase
from rekb.lookup.transport import Reply, Transport
from rekb.model.entry import Record
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
_REFUSES = frozenset({400, 401, 403, 405, 406, 409, 418, 423, 425, 429, 451, 501, 503, 999})
"""Statuses by which a host tells a program nothing about the page."""
_WELL = range(200, 300)


class Health(StrEnum):
    """What one look at an address gave."""

    WELL = "well"
    FAILS = "fails"
    UNTOLD = "untold"
    """The host does not tell programs."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where an address stands."""

    shown: str
    path: Path_
    whole: bool
    """Whether the field is the address, so that it can be replaced."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at an address gave."""

    address: str
    health: Health
    told: str
    """The status, or the error."""
    moved_to: str | None = None
    """Where it moved to for good."""


def addresses(base: KnowledgeBase) -> dict[str, tuple[Use, ...]]:
    """Return every address of the data with its places: fields, links in overviews, pages of identifiers."""
    found: dict[str, list[Use]] = {}
    for shown, document in base.documents.items():
        for path, text in strings(document.value, ()):
            whole = bool(_WHOLE.fullmatch(text))
            for address in [text] if whole else _INSIDE.findall(text):
                if safe_link(address):
                    found.setdefault(address, []).append(Use(shown, path, whole))
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            for name, address in _pages(record):
                use = Use(base.entry_paths[key], ("records", number, name), whole=False)
                found.setdefault(address, []).append(use)
    kept: dict[str, tuple[Use, ...]] = {}
    for address, uses in found.items():
        kept[address] = tuple(uses)
    return kept


def _pages(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the page of each identifier of a record."""
    for name, value in record.named().items():
        yield name, SCHEMES[name].page_of(value)


def in_turn(found: Mapping[str, object]) -> list[str]:
    """Return addresses so that the hosts take turns: while one rests, the next is asked."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(found):
        hosts.setdefault(urlsplit(address).hostname or "", []).append(address)
    rows = zip_longest(*hosts.values())
    kept: list[str] = []
    for row in rows:
        for address in row:
            if address is not None:
                kept.append(address)
    return kept


def look(transport: Transport, address: str) -> Look:
    """Look at an address: by HEAD, and by GET where that fails."""
    seen = _asked(transport, "HEAD", address)
    if seen.health is Health.WELL:
        return seen
    return _asked(transport, "GET", address)


def _asked(transport: Transport, method: str, address: str) -> Look:
    try:
        reply = transport.ask(method, address, read=False)
    except LookupFailedError as error:
        return Look(address, Health.FAILS, str(error).removeprefix(f"{address}: "))
    if reply.status in _WELL:
        moved = reply.address if is_telling_move(address, reply) else None
        return Look(address, Health.WELL, str(reply.status), moved)
    if reply.status in _REFUSES:
        health = Health.UNTOLD
    else:
        health = Health.FAILS
    return Look(address, health, f"status {reply.status}")


def is_telling_move(address: str, reply: Reply) -> bool:
    """Whether an address moved for good to another page, and not to a front page or a login."""
    if reply.status not in _WELL or not reply.moved_for_good or not safe_link(reply.address):
        return False
    before, after = urlsplit(address), urlsplit(reply.address)
    to_front_page = after.path in ("", "/") and before.path not in ("", "/")
    if to_front_page:
        return False
    return not re.search(r"log-?in|sign-?in|/auth\b", reply.address, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failures:
    """The days on which an address failed, since it was last seen well."""

    days: tuple[date, ...]
    told: str
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
        """Remember one look; what the host does not tell changes nothing."""
        if look.health is Health.WELL:
            self.failures.pop(look.address, None)
        elif look.health is Health.FAILS:
            before = self.failures.get(look.address)
            days = sorted({*(before.days if before else ()), today})
            self.failures[look.address] = Failures(tuple(days), look.told)

    def keep_only(self, found: Mapping[str, object]) -> None:
        """Forget addresses that the data no longer has."""
        self.failures = {address: f for address, f in self.failures.items() if address in found}

    def dumped(self) -> str:
        """Return the text of the state's file."""
        failures = {
            address: {"days": [day.isoformat() for day in f.days], "told": f.told}
            for address, f in sorted(self.failures.items())
        }
        return json.dumps({"schema_version": 1, "failures": failures}, ensure_ascii=False, indent=2) + "\n"


def read_state(text: str) -> LinkState:
    """Return the state in a file's text.

    Raises:
        LookupFailedError: for a text that is no state.
    """
    try:
        failures = json.loads(text)["failures"]
        return LinkState({
            str(address): Failures(tuple(sorted(date.fromisoformat(d) for d in f["days"])), str(f["told"]))
            for address, f in failures.items()
        })  # fmt: skip
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise LookupFailedError("this is no state of an earlier run; delete it to start anew") from error


def proposals(
    base: KnowledgeBase, found: Mapping[str, tuple[Use, ...]], looks: Mapping[str, Look], state: LinkState
) -> list[Proposal]:
    """Return what to say: addresses that are dead, and those that moved, with the change of each field."""
    said = []
    for address, uses in found.items():
        failures, moved = state.failures.get(address), looks[address].moved_to if address in looks else None
        for use in uses:
            line = base.documents[use.shown].place(use.path).line
            if failures and failures.is_dead:
                told = f"failed {len(failures.days)} times since {failures.days[0]}: {failures.told}"
                said.append(Proposal("dead", use.shown, line, told, address))
            elif moved and use.whole:
                edit = Edit(use.path, moved)
                said.append(
                    Proposal("moved", use.shown, line, f"moved for good to {moved}", address, (edit,))
                )
    return sorted(said, key=lambda p: (p.shown, p.line, p.source))
