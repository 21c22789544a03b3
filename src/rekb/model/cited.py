"""Which of a work's records is cited, and what kind of venue it is of."""

from collections.abc import Mapping

from rekb.model.entry import Entry
from rekb.model.facets import Venue, VenueKind
from rekb.model.record import Record

_MAIN: tuple[VenueKind, ...] = ("conference", "journal", "book")
"""Kinds of venues where a work is published in full, the one to cite first of all in front."""
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
    """Return the record that a citation names; its place in the file decides nothing.

    A conference, journal or book is cited before a workshop, and a workshop before a reprint. Of several of
    one rank the latest is cited. Where nothing is formal, it is the first thesis, else the first preprint,
    else the first report, else the first page on the web.
    """
    kinds = [(record, venue_of(record, venues)) for record in entry.records]
    formal = []
    for record, venue in kinds:
        if venue.is_formal:
            formal.append((record, venue.kind))
    if formal:
        return max(formal, key=lambda pair: _weight(*pair))[0]
    return min(kinds, key=lambda pair: _INFORMAL.index(pair[1].kind))[0]


def _weight(record: Record, kind: VenueKind) -> tuple[bool, bool, int, int, int, str]:
    """Return what makes a formal record the one to cite, the weightiest reason first."""
    is_main = kind in _MAIN
    # Of one year, a conference goes before a journal: it is what the field cites.
    place = _MAIN.index(kind) if is_main else 0
    # Two records that agree in all that have an order still need one: that of their identifiers.
    names = f"{record.url} {record.named()}"
    return not record.reprint, is_main, record.year, -place, record.month or 0, names


def is_formal(entry: Entry, venues: Mapping[str, Venue]) -> bool:
    """Whether the record that a citation names is a formal publication."""
    return venue_of(cited_record(entry, venues), venues).is_formal
