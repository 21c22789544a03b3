"""What the words of links say of a work: names and a year, a venue, a journal on a line of its own."""

from dataclasses import dataclass, replace

from rekb.sources.lists.links import Links
from rekb.sources.lists.pieces import BREAK, Link
from rekb.sources.lists.places import Place, bare_venue, goes_on_behind, whole_place
from rekb.sources.lists.references import cited_names, cited_place, family_names, place_of_line
from rekb.sources.lists.titles import Title, venue_label
from rekb.sources.lists.words import role_of_address

_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a line says of where a work appeared, and by whom it is."""

    place: Place | None
    authors: tuple[str, ...] = ()


def with_link(
    attribution: Attribution, link: Link, text: str, title: Title | None, addresses: Links
) -> Attribution:
    """Return what a line says, with what the words of one more link add; its address is kept."""
    stated = None
    if title is not None:
        stated = _stated_by_link(link, text, title)
    if stated is not None:
        addresses.add("paper", link.address)
        return _joined(attribution, stated)
    if venue_label(link, text):
        addresses.add("paper", link.address)
        year = attribution.place.year if attribution.place else None
        named = whole_place(link.label) or Place(bare_venue(link.label) or link.label.strip(), year)
        return replace(attribution, place=named)
    addresses.add_link(link)
    return attribution


def _joined(attribution: Attribution, stated: Attribution) -> Attribution:
    """Return what a line says with what a link adds, where the line names no venue."""
    if attribution.place is None or stated.place is None:
        return stated
    if attribution.place.venue:
        return attribution
    year = attribution.place.year or stated.place.year
    place = Place(stated.place.venue, year)
    authors = attribution.authors or stated.authors
    return Attribution(place, authors)


def with_names_behind(attribution: Attribution) -> Attribution:
    """Return what a line says, with family names for a venue: ``Title - Berg, Chen (1970)``."""
    place = attribution.place
    if place is None:
        return attribution
    names = family_names(place.venue)
    if len(names) < _FEWEST_NAMES:
        return attribution
    return Attribution(replace(place, venue=""), names)


def _stated_by_link(link: Link, text: str, title: Title) -> Attribution | None:
    """Return what a link behind the title says: ``[Berg (1970)]``, ``[Nature 5.1 (2021)]``, a journal."""
    if link.bare or role_of_address(link.address):
        return None
    is_below = begins_a_line(link, text) and not _tells_of_the_title(link, text, title)
    names = cited_names(link.label)
    # Below a title, one word with a year is a journal; behind it, it is the author: `Title. [Berg (1970)]`.
    if names and (len(names[0]) > 1 or not is_below):
        return Attribution(Place("", names[1]), names[0])
    place = cited_place(link.label)
    if place is None and title.is_certain and is_below:
        place = place_of_line(link.label)
    if place is None:
        return None
    return Attribution(place)


def _tells_of_the_title(link: Link, text: str, title: Title) -> bool:
    """Whether a link below a title begins a sentence, or is what the title calls the work: ``[MothNet]``."""
    if goes_on_behind(text[link.end :].partition(BREAK)[0]):
        return True
    label = link.label.strip().lower()
    return bool(label) and title.text.lower().startswith(label)


def is_venue_below(link: Link, text: str) -> bool:
    """Whether a link on a line of its own has the words of a venue: ``[Nature 5.1 (2021)](address)``."""
    if link.bare:
        return False
    if not begins_a_line(link, text) or goes_on_behind(text[link.end :].partition(BREAK)[0]):
        return False
    return place_of_line(link.label) is not None


def begins_a_line(link: Link, text: str) -> bool:
    """Whether a link comes first on a line below the first."""
    above, _, before = text[: link.start].rpartition(BREAK)
    return bool(above.strip()) and not before.strip(" [")
