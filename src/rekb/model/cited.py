"""Which of a work's records is cited, and what kind of venue it is of."""

from collections.abc import Mapping

from rekb.model.entry import Entry, Record
from rekb.model.facets import Venue, VenueKind

_INFORMAL: tuple[VenueKind, ...] = ("thesis", "preprint", "report", "web")
"""Kinds of venues that are no formal publication, the one to cite first of all in front."""


def venue_of(record: Record, venues: Mapping[str, Venue]) -> Venue:
    """Return the venue of a record; an unknown word is its own name."""
    known = venues.get(record.venue)
    if known:
        return known
    kind: VenueKind = "preprint" if record.arxiv else "web"
    return Venue.model_construct(id=record.venue, name=record.venue, short=record.venue, kind=kind)


def cited_record(entry: Entry, venues: Mapping[str, Venue]) -> Record:
    """Return the record that a citation names.

    The latest formal publication (conference, journal, workshop, book) is cited; where there is none, the
    first thesis, else the first preprint, else the first report, else the first page on the web.
    """
    kinds = [(record, venue_of(record, venues)) for record in entry.records]
    formal = []
    for record, venue in kinds:
        if venue.is_formal:
            formal.append(record)
    if formal:
        # `max` returns the first of equal ones, but of records of one year the last in the file is cited.
        return max(enumerate(formal), key=lambda pair: (pair[1].year, pair[0]))[1]
    return min(kinds, key=lambda pair: _INFORMAL.index(pair[1].kind))[0]


def is_formal(entry: Entry, venues: Mapping[str, Venue]) -> bool:
    """Whether the record that a citation names is a formal publication."""
    return venue_of(cited_record(entry, venues), venues).is_formal
