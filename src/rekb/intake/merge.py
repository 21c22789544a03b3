"""What a source knows of a work that its entry does not: only additions, never another value."""

from collections.abc import Iterator, Mapping
from typing import Any

from rekb.edit.edits import Edit
from rekb.intake.draft import Settled
from rekb.intake.matching import entry_identifiers
from rekb.model import Entry, Venue
from rekb.model.entry import Record
from rekb.model.identifiers import SCHEMES
from rekb.model.keys import identifiers
from rekb.sources.work import FoundWork

_MORE = ("volume", "issue", "pages")


def additions(
    entry: Entry, work: FoundWork, settled: Settled, venues: Mapping[str, Venue]
) -> tuple[Edit, ...]:
    """Return the changes that bring an entry what a source has more.

    Identifiers, volume and pages go to the record of the same venue and year; a publication is put in when
    the entry has preprints only; an address of code when it has none, not as official.
    """
    edits = [edit for record in settled.records for edit in _record(entry, record, venues)]
    if work.code and entry.links.code is None:
        edits.append(Edit(("links", "code"), {"url": work.code, "official": False}))
    return tuple(edits)


def _record(entry: Entry, record: dict[str, Any], venues: Mapping[str, Venue]) -> Iterator[Edit]:
    found = set(identifiers(Record.model_validate(record)))
    for number, own in enumerate(entry.records):
        if own.venue == record["venue"] and own.year == record["year"]:
            taken = entry_identifiers(entry)
            for name in (*SCHEMES, *_MORE):
                is_new = name in record and getattr(own, name) is None
                if is_new and not (name in SCHEMES and found <= taken):
                    yield Edit(("records", number, name), record[name])
            return
    if is_unpublished(entry, venues) and venues[record["venue"]].kind not in ("preprint", "web"):
        yield Edit(("records", place_of(entry, record)), record, insert=True)


def is_unpublished(entry: Entry, venues: Mapping[str, Venue]) -> bool:
    """Whether an entry has preprints only."""
    return all(venues[r.venue].kind == "preprint" for r in entry.records if r.venue in venues)


def place_of(entry: Entry, record: Mapping[str, Any]) -> int:
    """Return the place among an entry's records at which one belongs, oldest first."""
    date = record["year"], record.get("month") or 99
    return sum((own.year, own.month or 0) <= date for own in entry.records)
