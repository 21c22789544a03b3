"""A candidate of a list becomes a work: title, venue, year, authors and links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rekb.errors import NoWorkError
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.identifiers import known_in
from rekb.sources.lists.addresses import place_of_address
from rekb.sources.lists.people import is_cut_short, names_in
from rekb.sources.lists.pieces import BREAK, HOLE, Link, Pieces, lines_of, links_of, text_of
from rekb.sources.lists.places import (
    Place,
    bare_venue,
    is_place,
    place_behind,
    place_of_badges,
    places_in,
    whole_place,
    year_in,
)
from rekb.sources.lists.titles import Title, find_title, tidy, title_link, venue_label
from rekb.sources.lists.told import Told, told
from rekb.sources.lists.words import is_label, label_of, role_of_address, role_of_label

_LONGEST_LABEL = 6
"""Signs up to which a word of Chinese can be a label and no title."""


@dataclass(frozen=True, slots=True)
class Item:
    """One work of a list, as it stands there."""

    title: str
    venue: str = ""
    year: int | None = None
    paper: str | None = None
    code: str | None = None
    project: str | None = None
    headings: tuple[str, ...] = ()
    line: int = 1
    authors: tuple[str, ...] = ()


@dataclass(slots=True)
class Links:
    """Addresses by what they are; the first of a kind counts."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, role: str, address: str) -> None:
        """Take in an address; what is no web address is left out."""
        safe = safe_link(address.rstrip(".,"))
        if safe and role:
            self.found.setdefault(role, safe)

    def add_link(self, link: Link, *, is_title: bool = False) -> None:
        """Take in a link by its label and its address."""
        self.add(self._role(link, is_title=is_title), link.address)

    def _role(self, link: Link, *, is_title: bool) -> str:
        by_host = role_of_address(link.address)
        told = "" if is_title else role_of_label(link.words, link.label)
        if told in ("code", "project", "other"):
            return told
        if by_host in ("code", "other"):
            return by_host
        if told == "paper" or is_title or known_in(link.address):
            return "paper"
        if link.image or link.bare or told == "link":
            return by_host or "paper"
        return "unnamed"

    def settled(self) -> dict[str, str]:
        """Return the addresses; one that nothing names is the paper's where no other is."""
        if "unnamed" in self.found:
            self.found.setdefault("paper", self.found["unnamed"])
        return self.found


def read_pieces(
    lead: Pieces, facts: Sequence[Pieces] = (), headings: tuple[str, ...] = (), line: int = 1
) -> Item:
    """Return the work that some text names.

    Args:
        lead: the text that names it.
        facts: lines below that tell of it.
        headings: what it stands under.
        line: where it stands.

    Raises:
        NoWorkError: for text without a title, or with neither link nor venue.
    """
    item, addresses = described(lead, facts, Item("", headings=headings, line=line))
    return finished(item, addresses, text_of(lead))


def described(lead: Pieces, facts: Sequence[Pieces], item: Item) -> tuple[Item, Links]:
    """Return an item with what some text says of it, and the addresses in the text."""
    links = links_of(lead)
    text = text_of(lead)
    chosen = title_link(links, text)
    shown = told(lead, chosen)
    title = find_title(shown, chosen)
    addresses = Links()
    if chosen is not None:
        addresses.add_link(chosen, is_title=True)
    place = _place(shown, title)
    for link in links:
        if venue_label(link, text):
            place = whole_place(link.label) or Place(
                bare_venue(link.label) or link.label.strip(), place.year if place else None
            )
            addresses.add("paper", link.address)
        elif link is not chosen:
            addresses.add_link(link)
    named = replace(item, title=title.text if title else "", authors=_authors(shown, title, place))
    return _with_facts(_placed(named, place), facts, addresses), addresses


def finished(item: Item, addresses: Links, text: str) -> Item:
    """Return an item with its addresses and what they and its headings say of venue and year.

    Raises:
        NoWorkError: when it has no title, or neither link nor venue.
    """
    found = addresses.settled()
    is_named = any(role in found for role in ("paper", "code", "project")) or item.venue or item.year
    if not is_named or not _is_title(item.title):
        raise NoWorkError(f"this line names no work: {cleaned(text)[:60]!r}")
    paper = found.get("paper")
    by_address = place_of_address(paper or "")
    venue = item.venue or (by_address.venue if by_address else "")
    year = item.year or (by_address.year if by_address else None) or _year_of_headings(item.headings)
    return replace(
        item, venue=venue, year=year, paper=paper, code=found.get("code"), project=found.get("project")
    )


def _is_title(text: str) -> bool:
    """Whether a text can be a title: no label of a link, no venue alone."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    is_label_of_link = role_of_label(words, text if len(text) <= _LONGEST_LABEL else "")
    return bool(re.search(r"[^\W_]", text)) and not is_label_of_link and not is_place(text)


def _year_of_headings(headings: Iterable[str]) -> int | None:
    """Return the year that a heading is: ``2024``, ``Papers of 2024``."""
    for heading in reversed(tuple(headings)):
        if re.fullmatch(
            r"\W*(?:(?:papers?|year|in|of|from|published)\s+)*(?:19|20)\d\d\W*(?:papers?)?\W*",
            heading,
            re.IGNORECASE,
        ):
            return year_in(heading)
    return None


def _place(shown: Told, title: Title | None) -> Place | None:
    """Return venue and year: a badge's, what stands behind the title, before it, or anywhere else."""
    if title is None:
        return place_of_badges(list(shown.images))
    found: list[Place | None] = []
    if title.is_certain:
        found.append(place_behind(shown, title.end))
    start = title.end if title.is_certain else max(title.end - 1, 0)
    found += places_in(shown, start)
    found += [whole_place(tag) for tag in title.tags]
    named = [place for place in found if place is not None]
    sure = next((place for place in named if place.venue), None) or place_of_badges(list(shown.images))
    if sure is not None and sure.year:
        return sure
    years = [place.year for place in named if place.year] + [year_in(tag) for tag in title.tags]
    year = next((year for year in years if year), None)
    if sure is None and year is None:
        return None
    return Place(sure.venue if sure else "", year)


def _placed(item: Item, place: Place | None) -> Item:
    return (
        item
        if place is None
        else replace(item, venue=item.venue or place.venue, year=item.year or place.year)
    )


def _authors(shown: Told, title: Title | None, place: Place | None) -> tuple[str, ...]:
    """Return the authors that a line behind the title names in full."""
    if title is None:
        return ()
    rest = shown.text[title.end :]
    begins = [(rest.split(BREAK)[0], False)] + [(line, True) for line in rest.split(BREAK)[1:]]
    for line, is_own in begins:
        told_of = line.split(HOLE)[0].strip(" .,;:-*|()[]")
        is_set = any(told_of and told_of in shown.text[a:b] for a, b in shown.spans("em"))
        names = names_in(told_of, 1 if is_set or (is_own and "," in told_of) else 2)
        if names and not is_cut_short(told_of) and not (place and place.venue and place.venue in told_of):
            return names
    return ()


def _with_facts(item: Item, facts: Sequence[Pieces], addresses: Links) -> Item:
    """Return an item with what the lines below it tell."""
    for fact in facts:
        for line in lines_of(fact):
            item = _with_fact(item, line, addresses)
    return item


def _with_fact(item: Item, line: Pieces, addresses: Links) -> Item:
    text = text_of(line).strip()
    label = label_of(text)
    value = re.split(r"[:\uff1a]", text, maxsplit=1)[-1].strip(" *_") if label else text
    role = role_of_label(re.findall(r"[^\W\d_]+", label), label) if label else ""
    for link in links_of(line):
        if role in ("code", "project", "other"):
            addresses.add(role, link.address)
        elif not label or role:
            addresses.add_link(link)
    if label in ("publisher", "venue", "conference", "journal", "published", "published in"):
        return _placed(item, whole_place(value) or Place(bare_venue(value) or tidy(value), year_in(value)))
    if label in ("year", "date"):
        return _placed(item, Place("", year_in(value)))
    if item.authors or is_cut_short(value):
        return _placed(item, None if label else whole_place(value))
    if label in ("author", "authors", "\u4f5c\u8005"):
        return replace(item, authors=names_in(value, 1))
    names = () if label else names_in(value, 1)
    return replace(item, authors=names) if names else _placed(item, None if label else whole_place(value))


def is_fact(pieces: Pieces) -> bool:
    """Whether a line tells of the work above it and names none itself."""
    text = text_of(pieces).strip()
    if is_label(text) or not text:
        return True
    links = [link for link in links_of(pieces) if link.address.startswith("http")]
    if not links:
        return True
    return all(
        role_of_label(link.words, link.label) or role_of_address(link.address) for link in links
    ) and not (len(re.findall(r"\w+", told(pieces, None).text)) > len(links) * 2 + 2)
