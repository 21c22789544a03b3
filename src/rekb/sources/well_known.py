"""Venues that many fields know, by which a new knowledge base is begun: names, short and former names."""

from functools import cache
from importlib.resources import files

from rekb.model.facets import Venue, VenueFile
from rekb.yamlio.reader import parse

_FILE = "well_known.yaml"


@cache
def well_known_venues() -> dict[str, Venue]:
    """Return the venues by id."""
    data = files(__package__).joinpath(_FILE).read_bytes()
    document = parse(data, _FILE).document
    if document is None:
        # The file comes with this package, so a fault in it is a fault of ours.
        raise AssertionError(_FILE)
    return {venue.id: venue for venue in VenueFile.model_validate(document.value).venues}


@cache
def _short_names() -> frozenset[str]:
    found: set[str] = set()
    for venue in well_known_venues().values():
        for name in (venue.short, *venue.accepts):
            if name.isupper() or name == venue.short:
                found.add(name.casefold())
    return frozenset(found)


def is_well_known(name: str) -> bool:
    """Whether a name is the short name of a venue: ``ICML``."""
    return name.strip().casefold() in _short_names()
