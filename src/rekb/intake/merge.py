"""What a source knows of a work that its entry does not: only additions, never another value."""

from collections.abc import Iterator, Mapping
from typing import Any

from rekb.checks.addresses import entry_identifiers
from rekb.edit.edits import Edit
from rekb.intake.draft import Settled
from rekb.model import Entry, Venue
from rekb.model.identifiers import SCHEMES
from rekb.model.keys import identifiers
from rekb.model.record import Record
from rekb.sources.work import FoundWork

_MORE = ("volume", "issue", "pages")


def additions(
    entry: Entry, work: FoundWork, settled: Settled, venues: Mapping[str, Venue]
) -> tuple[Edit, ...]:
    """Return the changes that bring an entry what a source has more.

    Identifiers, volume and pages go to the record of the same venue and year; a publication is put in when
    the entry has preprints only, a preprint when it has none on arXiv; an address of code when it has none,
    not as official.
    """
    edits = [edit for record in settled.records for edit in _record(entry, record, venues)]
    if work.code and entry.links.code is None:
        edits.append(Edit(("links", "code"), {"url": work.code, "official": False}))
    return tuple(edits)


def _record(entry: Entry, record: dict[str, Any], venues: Mapping[str, Venue]) -> Iterator[Edit]:
    found = set(identifiers(Record.model_validate(record)))
    for number, own in enumerate(entry.records):
        if own.venue == record["venue"] and own.year == record["year"]:
            if _contradicts(own, found):
                # One venue and year, but another identifier: another record, whose facts are not ours.
                return
            # An identifier may stand at another record of the entry; it is not written twice.
            taken = entry_identifiers(entry)
            for name in (*SCHEMES, *_MORE):
                is_new = name in record and getattr(own, name) is None
                if is_new and not (name in SCHEMES and found <= taken):
                    yield Edit(("records", number, name), record[name])
            return
    is_preprint = venues[record["venue"]].kind in ("preprint", "web")
    has_arxiv = any(scheme == "arxiv" for scheme, _ in entry_identifiers(entry))
    is_first = "arxiv" in record and not has_arxiv
    if is_first or (is_unpublished(entry, venues) and not is_preprint):
        yield Edit(("records", place_of(entry, record)), record, insert=True)


def _contradicts(own: Record, found: set[tuple[str, str]]) -> bool:
    """Whether a record has another value of a scheme than the one that was found."""
    values = dict(identifiers(own))
    for scheme, value in found:
        if scheme in values and values[scheme] != value:
            return True
    return False


def is_unpublished(entry: Entry, venues: Mapping[str, Venue]) -> bool:
    """Whether an entry has preprints only."""
    for record in entry.records:
        if record.venue in venues and venues[record.venue].kind != "preprint":
            return False
    return True


def place_of(entry: Entry, record: Mapping[str, Any]) -> int:
    """Return the place among an entry's records at which one belongs, oldest first."""
    # Without a month, a record comes behind all others of its year.
    date = record["year"], record.get("month") or 99
    return sum((own.year, own.month or 0) <= date for own in entry.records)
