"""What the headings above a work say of its venue and year: ``2024``, ``Papers of 2024``, ``CVPR 2019``."""

import re
from collections.abc import Iterable

from rekb.sources.lists.places import Place, short_place, whole_place, year_in
from rekb.sources.well_known import is_well_known

_YEAR = re.compile(
    r"\W*(?:(?:papers?|year|in|of|from|published)\s+)*(?:19|20)\d\d\W*(?:papers?)?\W*", re.IGNORECASE
)
_BESIDE = re.compile(
    r"^\W*(?:(?:accepted|papers?|publications?|works?|proceedings)\s+)*(?:(?:in|of|at|from|to)\s+(?:the\s+)?)?"
    r"|\s*[(\[](?:long|short|main|full|oral|spotlight|accepted)?\s*(?:papers?|\d+)?[)\]]\W*$"
    r"|\s+(?:accepted\s+)?(?:papers?|publications?|works?|accepted)\W*$",
    re.IGNORECASE,
)
"""What stands beside the venue in a heading: ``Papers of ICML 2020``, ``ICML 2020 papers (37)``."""
_ACRONYM = re.compile(r"[A-Za-z&/+-]*[A-Z][A-Za-z&/+-]*[A-Z][A-Za-z&/+-]*")


def place_of_heading(heading: str) -> Place | None:
    """Return the venue and year that a heading is; None where it says something else."""
    words = heading.strip(" *_#:.")
    for _ in range(2):
        words = _BESIDE.sub("", words).strip()
    named = short_place(words) or whole_place(words)
    if named is None or not named.year or not named.venue:
        return None
    # A topic with a year is no venue: `Night Lamps 2019`.
    if is_well_known(named.venue) or _ACRONYM.fullmatch(named.venue):
        return Place(named.venue, named.year)
    return None


def place_of_headings(headings: Iterable[str]) -> Place | None:
    """Return venue and year of the innermost heading that names a year."""
    # The innermost heading is the nearest to the work.
    for heading in reversed(tuple(headings)):
        if _YEAR.fullmatch(heading):
            return Place("", year_in(heading))
        if place := place_of_heading(heading):
            return place
    return None


def with_heading(place: Place, headings: Iterable[str]) -> Place:
    """Return a place with what headings add to it; what the line of the work says counts first."""
    above = place_of_headings(headings)
    if above is None:
        return place
    year = place.year or above.year
    # Under a venue of one year, a work of another year is a guest: its venue is not known.
    if place.venue or year != above.year:
        return Place(place.venue, year)
    return Place(above.venue, year)
