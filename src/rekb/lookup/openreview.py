"""OpenReview's interface: notes as JSON, in two versions of their form."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from rekb.errors import LookupFailedError
from rekb.lookup.answers import bad_answer, json_in
from rekb.lookup.transport import Reply, Transport
from rekb.sources.clean import cleaned
from rekb.sources.latex import plain_if_latex
from rekb.sources.names import authors_of
from rekb.sources.repositories import code_named_in
from rekb.sources.work import Appearance, FoundWork, NamedCode

# OpenReview's `venue` is `ICLR 2024 poster`, or `Submitted to ICLR 2024` of what was not accepted.
_ACCEPTED = re.compile(
    r"(?P<venue>.+?)[\s']+(?P<year>20\d\d)(?P<track>\s+Workshop\b.*)?"
    r"(?:\s*[-(]?(?:oral|poster|spotlight|notable.*|conference|accept.*|main.*|datasets.*)\)?)*",
    re.IGNORECASE,
)
_FIELDS = ("title", "authors", "venue", "venueid", "abstract")
_VENUE_ID = re.compile(r"(?P<venue>[A-Za-z]+)\.(?:cc|org)/(?P<year>20\d\d)/Conference")
# OpenReview keeps forums of what was withdrawn or rejected open to read.
_NOT_PUBLISHED = re.compile(r"\b(?:submitted|submission|withdrawn|rejected|desk)\b", re.IGNORECASE)


def look_up(transport: Transport, base: str, identifier: str) -> FoundWork:
    """Return the work of a forum.

    Raises:
        LookupFailedError: when there is no such forum, or it shows a submission that was not published.
    """
    address = f"{base}?id={quote(identifier, safe='')}"
    return transport.read(address, "application/json", lambda reply: _of_forum(reply, identifier))


def code(transport: Transport, base: str, identifier: str) -> tuple[NamedCode, ...]:
    """Return the repositories that the authors wrote into the field `code` of a forum.

    Raises:
        LookupFailedError: when there is no such forum, or no answer that can be read.
    """
    address = f"{base}?id={quote(identifier, safe='')}"
    return transport.read(address, "application/json", lambda reply: _code(reply, identifier))


def _code(reply: Reply, identifier: str) -> tuple[NamedCode, ...]:
    content = _note(reply, identifier)["content"]
    return code_named_in(cleaned(_value(content.get("code"))), "OpenReview's field code")


def _of_forum(reply: Reply, identifier: str) -> FoundWork:
    note = _note(reply, identifier)
    read = {}
    for name in _FIELDS:
        read[name] = _value(note["content"].get(name))
    return _work(read, note, identifier)


def _note(reply: Reply, identifier: str) -> dict[str, Any]:
    """Return the note that a forum begins with.

    Raises:
        LookupFailedError: when there is no such forum, or the answer is of another one.
    """
    answer = json_in(reply, "a forum")
    notes: Any = None
    if isinstance(answer, dict):
        notes = answer.get("notes")
    if notes == []:
        raise LookupFailedError(f"OpenReview shows no such forum: {reply.address}")
    try:
        note: dict[str, Any] = notes[0]
        note["content"].get("title")
    except (LookupError, AttributeError, TypeError) as error:
        raise bad_answer(reply, "a forum", "there is none at notes") from error
    # The note that a forum begins with has one number as its own and as that of the forum.
    named = note.get("forum") or note.get("id") or identifier
    if named != identifier:
        raise bad_answer(reply, f"the forum {identifier}", f"it is about {str(named)[:40]!r}")
    return note


def _value(field: Any) -> Any:
    """Return the value of a field in either version: bare, or inside ``{"value": ..}``."""
    if isinstance(field, dict):
        return field.get("value")
    return field


def _work(read: dict[str, Any], note: dict[str, Any], identifier: str) -> FoundWork:
    title = plain_if_latex(cleaned(read["title"]))
    venue = _venue(cleaned(read["venue"]), cleaned(read["venueid"]))
    if not title or venue is None:
        shown = cleaned(read["venue"]) or "no venue"
        raise LookupFailedError(
            f"OpenReview shows {shown!r} for {identifier}: no publication; give the arXiv id instead"
        )
    name, year = venue
    names = read["authors"]
    if not isinstance(names, list):
        names = []
    authors, doubts = authors_of([cleaned(author) for author in names])
    record = Appearance(name, year, _month(note, year), openreview=identifier)
    return FoundWork(title, authors, (record,), abstract=cleaned(read["abstract"], 6000), doubts=doubts)


def _venue(shown: str, identifier: str) -> tuple[str, int] | None:
    """Return where and when a forum's work was published; `None` for a submission that was not.

    OpenReview writes what became of a submission into `venue`; some old forums have none, and then the
    conference's own identifier says where it was.
    """
    if shown:
        match = _ACCEPTED.fullmatch(shown)
    else:
        match = _VENUE_ID.fullmatch(identifier)
    if match is None or _NOT_PUBLISHED.search(shown):
        return None
    name = match["venue"]
    if match.groupdict().get("track"):
        name = f"{name} Workshop"
    return name, int(match["year"])


def _month(note: dict[str, Any], year: int) -> int | None:
    """Return the month in which the forum was published, where it is of the venue's year."""
    stamp = note.get("pdate")
    if not isinstance(stamp, int) or not 0 < stamp < 4_102_444_800_000:  # noqa: PLR2004 - the year 2100
        return None
    # OpenReview counts milliseconds since 1970.
    day = datetime.fromtimestamp(stamp / 1000, UTC)
    if day.year == year:
        return day.month
    return None
