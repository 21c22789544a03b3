"""A candidate of a list becomes a work: title, venue, year, authors and links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rekb.errors import NoWorkError
from rekb.sources.clean import cleaned
from rekb.sources.identifiers import known_in
from rekb.sources.lists.addresses import place_of_address
from rekb.sources.lists.headed import with_heading
from rekb.sources.lists.links import ROLES_OF_LABELS, Links
from rekb.sources.lists.named import has_its_links
from rekb.sources.lists.people import names_in
from rekb.sources.lists.pieces import BREAK, HOLE, Pieces, bold_start, lines_of, links_of, text_of
from rekb.sources.lists.places import (
    Place,
    bare_venue,
    is_place,
    known_behind,
    known_place,
    place_behind,
    place_of_badges,
    places_in,
    short_place,
    venue_in_italics,
    whole_place,
    year_in,
)
from rekb.sources.lists.references import (
    dated_place,
    family_names,
    reference_place,
)
from rekb.sources.lists.stated import Attribution, with_link, with_names_behind
from rekb.sources.lists.styled import StyledText, styled_text
from rekb.sources.lists.tidy import tidy
from rekb.sources.lists.titles import Title, find_title, title_link
from rekb.sources.lists.words import (
    is_label,
    label_of,
    role_of_address,
    role_of_label,
)

_LONGEST_LABEL = 6
"""Signs up to which a word of Chinese can be a label and no title."""


_ROLES = frozenset({"paper", "code", "project"})
_NO_VENUES = frozenset(
    {
        "preprint",
        "preprints",
        "openreview",
        "under review",
        "in submission",
        "submitted",
        "citeseer",
        "researchgate",
    }
)
"""Words that say only that a work is not published."""
_FEWEST_NAMES = 2
_VENUE_LABELS = ("publisher", "venue", "conference", "journal", "published", "published in")
_YEAR_LABELS = ("year", "date")
_AUTHOR_LABELS = ("author", "authors", "\u4f5c\u8005")


@dataclass(frozen=True, slots=True)
class Item:
    """One work of a list, as the list has it."""

    title: str
    venue: str = ""
    year: int | None = None
    paper: str | None = None
    code: str | None = None
    project: str | None = None
    file: str | None = None
    """The file beside the list in which it keeps the paper."""
    headings: tuple[str, ...] = ()
    line: int = 1
    authors: tuple[str, ...] = ()
    """As the list spells them; ``et al.`` comes last where it leaves some out."""


def read_pieces(
    lead: Pieces, facts: Sequence[Pieces] = (), headings: tuple[str, ...] = (), line: int = 1
) -> Item:
    """Return the work that some text names.

    Args:
        lead: the text that names it.
        facts: lines below that are about it.
        headings: what it is under.
        line: where it is.

    Raises:
        NoWorkError: for text without a title, or with neither link nor venue.
    """
    item, addresses = described(lead, facts, Item("", headings=headings, line=line))
    return finished(item, addresses, text_of(lead))


def described(lead: Pieces, facts: Sequence[Pieces], item: Item) -> tuple[Item, Links]:
    """Return an item with what some text says of it, and the addresses in the text."""
    links = links_of(lead)
    text = text_of(lead)
    chosen = title_link(links, text, bold_start(lead))
    styled = styled_text(lead, chosen)
    title = find_title(styled, chosen)
    addresses = Links()
    if chosen is not None:
        addresses.add_link(chosen, is_title=True)
    attribution = Attribution(_place(styled, title))
    for link in links:
        if link is not chosen:
            attribution = with_link(attribution, link, text, title, addresses)
    authors = attribution.authors or _authors(styled, title, attribution.place)
    if not authors:
        attribution = with_names_behind(attribution)
        authors = attribution.authors
    named = replace(item, title=title.text if title else "", authors=authors)
    return _with_facts(_placed(named, attribution.place), facts, addresses), addresses


def finished(item: Item, addresses: Links, text: str) -> Item:
    """Return an item with its addresses and what they and its headings say of venue and year.

    Raises:
        NoWorkError: when it has no title, or neither link nor venue.
    """
    found = addresses.settled()
    # A paper that is kept beside the list has no address in the web, but it is there.
    has_link = bool(found.keys() & {*_ROLES, "file"})
    is_named = has_link or item.venue or item.year
    if not is_named or not _is_title(item.title):
        raise NoWorkError(f"this line names no work: {cleaned(text)[:60]!r}")
    paper = found.get("paper", "")
    stated = place_of_address(paper)
    is_other_server = stated is not None and item.venue.lower() == "arxiv" and "arxiv" not in known_in(paper)
    if is_other_server:
        item = replace(item, venue="")  # people call any preprint server arXiv
    if item.venue.lower() in _NO_VENUES:
        item = replace(item, venue="")
    placed = _placed(item, stated)
    place = with_heading(Place(placed.venue, placed.year), item.headings)
    return replace(
        placed,
        venue=place.venue,
        year=place.year,
        paper=paper or None,
        code=found.get("code"),
        project=found.get("project"),
        file=found.get("file"),
    )


def with_names_for_venue(item: Item) -> Item:
    """Return an item of a list that cites works by names with its author: ``Title - Berg (1970)``."""
    if item.authors:
        return item
    names = family_names(item.venue)
    if not names:
        return item
    return replace(item, authors=names, venue="")


def _is_title(text: str) -> bool:
    """Whether a text can be a title: no label of a link, no venue alone."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not re.search(r"[^\W_]", text) or text in ("and", "or", "&"):
        return False
    if role_of_label(words):
        return False
    if len(text) <= _LONGEST_LABEL and role_of_label(words, text):
        return False
    return not is_place(text)


def _place(styled: StyledText, title: Title | None) -> Place | None:
    """Return venue and year: a badge's, what comes after the title, before it, or anywhere else."""
    badge = place_of_badges(list(styled.images))
    if title is None:
        return badge
    if reference := title.place or _place_of_reference(styled, title):
        return reference
    named = _named_places(styled, title)
    sure = next((place for place in named if place.venue), badge)
    if sure is not None and sure.year:
        return sure
    year = _first_year(named, title)
    if sure is not None:
        return Place(sure.venue, year)
    if year is not None:
        return Place("", year)
    return None


def _place_of_reference(styled: StyledText, title: Title) -> Place | None:
    """Return what comes after the title of a reference, which follows names; None without a year."""
    is_reference = title.authors and title.is_certain and not title.tags
    if not is_reference:
        return None
    behind = reference_place(re.split(rf"[{HOLE}{BREAK}]", styled.text[title.end :])[0])
    if behind is None or not behind.year:
        return None
    return behind


def _named_places(styled: StyledText, title: Title) -> list[Place]:
    """Return the places that a text names, surest first; those in brackets before the title come last."""
    found: list[Place | None] = [title.ending]
    start = max(title.end - 1, 0)
    if title.is_certain:
        start = title.end
        behind = _names_in_italics(styled, title)[1]
        found.append(place_behind(styled, behind))
        found.append(known_behind(styled, behind))
    found.append(venue_in_italics(styled, start))
    found += places_in(styled, start)
    found += [
        short_place(tag) or whole_place(tag) or dated_place(tag) or known_place(tag) for tag in title.tags
    ]
    kept: list[Place] = []
    for place in found:
        if place is not None:
            kept.append(place)
    return kept


def _first_year(named: Sequence[Place], title: Title) -> int | None:
    """Return the first year of some places, else of what is in brackets before the title."""
    for place in named:
        if place.year:
            return place.year
    for tag in title.tags:
        if year := year_in(tag):
            return year
    return None


def _placed(item: Item, place: Place | None) -> Item:
    """Return an item with what a place says that it does not know yet."""
    if place is None:
        return item
    venue = item.venue or place.venue
    year = item.year or place.year
    if venue == item.venue and year == item.year:
        return item
    return replace(item, venue=venue, year=year)


def _authors(styled: StyledText, title: Title | None, place: Place | None) -> tuple[str, ...]:
    """Return the authors that a line behind the title names."""
    if title is None:
        return ()
    if title.authors:
        return title.authors
    names, _ = _names_in_italics(styled, title)
    if names:
        return names
    venue = ""
    if place is not None:
        venue = place.venue
    first, *others = styled.text[title.end :].split(BREAK)
    for line in (first, *others):
        for text in _parted(line.split(HOLE)[0], venue):
            fewest = _FEWEST_NAMES
            if _is_set_apart(text, styled):
                fewest = 1
            names = names_in(text, fewest)
            if names:
                return names
    return ()


def _names_in_italics(styled: StyledText, title: Title) -> tuple[tuple[str, ...], int]:
    """Return the names in italics right behind a title and where they end, else none and the title's end."""
    for begin, end in styled.spans("em"):
        if begin < title.end:
            continue
        is_next = not re.search(rf"[\w{HOLE}]", styled.text[title.end : begin])
        names = names_in(styled.text[begin:end].strip(" .,;:")) if is_next else ()
        if names:
            return names, end
        break
    return (), title.end


def _parted(text: str, venue: str) -> list[str]:
    """Return what comes before a venue and behind it."""
    parts = [text]
    if venue:
        parts = text.split(venue)
    return [part.strip(" .,;:-*|()[]/\u2013\u2014\u00b7\u2022") for part in parts]


def _is_set_apart(text: str, styled: StyledText) -> bool:
    """Whether words are in italics, as lists set the authors."""
    for begin, end in styled.spans("em"):
        if text and text in styled.text[begin:end]:
            return True
    return False


def _with_facts(item: Item, facts: Sequence[Pieces], addresses: Links) -> Item:
    """Return an item with what the lines below it say."""
    for fact in facts:
        for line in lines_of(fact):
            item = _with_fact(item, line, addresses)
    return item


def _with_fact(item: Item, line: Pieces, addresses: Links) -> Item:
    """Return an item with what one line below it says; its links are taken in."""
    text = text_of(line).strip()
    label = label_of(text)
    _add_links(line, label, addresses)
    if not label:
        return _without_label(item, text)
    # The value may hold colons itself, as an address does.
    value = re.split(r"[:\uff1a]", text, maxsplit=1)[-1].strip(" *_")
    if label in _VENUE_LABELS:
        place = whole_place(value)
        return _placed(item, place or Place(bare_venue(value) or tidy(value), year_in(value)))
    if label in _YEAR_LABELS:
        return _placed(item, Place("", year_in(value)))
    if label in _AUTHOR_LABELS and not item.authors:
        return replace(item, authors=names_in(value, 1))
    return item


def _add_links(line: Pieces, label: str, addresses: Links) -> None:
    """Take in the links of a line; a label that is not of links, such as ``Keyword``, has none that count."""
    role = role_of_label(re.findall(r"[^\W\d_]+", label), label)
    for link in links_of(line):
        if role in ROLES_OF_LABELS:
            addresses.add(role, link.address)
        elif not label or role:
            addresses.add_link(link)


def _without_label(item: Item, text: str) -> Item:
    """Return an item with the authors, else the venue, that a line without a label is."""
    if not item.authors:
        names = names_in(text, 1)
        if names:
            return replace(item, authors=names)
    return _placed(item, whole_place(text))


def is_fact(pieces: Pieces) -> bool:
    """Whether a line is about the work above it and names none itself."""
    text = text_of(pieces).strip()
    if is_label(text):
        return True
    if has_its_links(pieces):
        return False
    links = []
    for link in links_of(pieces):
        if not link.address.startswith("http"):
            continue
        if not role_of_label(link.words, link.label) and not role_of_address(link.address):
            return False
        links.append(link)
    words = re.findall(r"\w+", styled_text(pieces, None).text)
    if not links:
        return True
    return len(words) <= len(links) * 2 + 2
