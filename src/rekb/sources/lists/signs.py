"""By what signs a part of a list is known to name a work: bullets, paragraphs, headings."""

import re
from collections.abc import Sequence

from rekb.sources.identifiers import known_in
from rekb.sources.lists.blocks import Block, Bullet, Heading, Paragraph, Row
from rekb.sources.lists.items import is_fact
from rekb.sources.lists.leads import begins_with_a_venue
from rekb.sources.lists.named import has_its_links
from rekb.sources.lists.people import names_in
from rekb.sources.lists.pieces import BREAK, Piece, Pieces, bold_start, lines_of, links_of, text_of
from rekb.sources.lists.places import places_in
from rekb.sources.lists.stated import begins_a_line, is_venue_below
from rekb.sources.lists.styled import styled_text
from rekb.sources.lists.titles import title_link
from rekb.sources.lists.words import is_file_of_a_paper, is_news, role_of_label

_LONGEST_NAME = 3
"""Words up to which a link below a work is the name of something that belongs to it."""
_FEWEST_WORDS_OF_A_TITLE = 3
"""Words from which on a link that begins a paragraph can be a title."""
_MOST_PROSE = 30
"""Words outside of title and links from which on a paragraph is running text."""


def is_work(pieces: Pieces, below: Sequence[Block]) -> bool:
    """Whether a bullet or heading names a work: it has a link or a venue, or lines below it give a link."""
    if _leads_outside(pieces):
        return True
    if any(map(_gives_a_link, below)):
        return bool(text_of(pieces).strip())
    if below:
        return False
    if _is_bold_and_dated(pieces) or begins_with_a_venue(text_of(pieces)):
        return True
    for place in places_in(styled_text(pieces, None)):
        if place.venue:
            return True
    return False


def _is_bold_and_dated(pieces: Pieces) -> bool:
    """Whether a bold title comes first with its year behind it: ``**Title** (2023), Journal, names``."""
    title = bold_start(pieces)
    if len(title.split()) < _FEWEST_WORDS_OF_A_TITLE:
        return False
    behind = text_of(pieces).partition(title)[2]
    return bool(re.match(r"\W*\((?:19|20)\d\d\)", behind))


def parted_works(pieces: Pieces) -> list[Pieces]:
    """Return the parts of a line that names several works: ``[One](..) (1981) and [Two](..) (1990)``."""
    text = text_of(pieces)
    begins = []
    for link in links_of(pieces):
        words = link.label.split()
        is_dated = re.match(r"\s*\((?:19|20)\d\d\)", text[link.end :])
        if is_dated and len(words) >= _FEWEST_WORDS_OF_A_TITLE:
            begins.append(link.start)
    if len(begins) <= 1:
        return []
    parts: list[list[Piece]] = []
    position = 0
    for piece in pieces:
        if position in begins:
            parts.append([])
        if parts:
            parts[-1].append(piece)
        position += 0 if piece.image else len(piece.text)
    return [tuple(part) for part in parts]


def _leads_outside(pieces: Pieces) -> bool:
    """Whether there is a link to another page of the web."""
    for link in links_of(pieces):
        if link.address.startswith("http") or is_file_of_a_paper(link.address):
            return True
    return False


def is_titled(heading: Heading) -> bool:
    """Whether a heading is the title of a work: it leads to a paper, and is no news of one."""
    if is_news(text_of(heading.pieces)):
        return False
    for link in links_of(heading.pieces):
        if known_in(link.address):
            return True
    return False


def _gives_a_link(part: Block) -> bool:
    """Whether a part below a bullet is a fact with an address: ``Paper: https://...``."""
    if not isinstance(part, Bullet | Paragraph):
        return False
    # Links are seen at once; what a line says has to be read.
    if not _leads_outside(part.pieces):
        return False
    return is_fact(part.pieces)


def is_work_below(part: Block) -> bool:
    """Whether a part below a work is a work itself and no fact of it."""
    if not isinstance(part, Bullet):
        return isinstance(part, Row)
    if has_its_links(part.pieces):
        return True
    if is_fact(part.pieces):
        return False
    link = title_link(links_of(part.pieces), text_of(part.pieces))
    named = text_of(part.pieces).split()
    if len(named) <= _LONGEST_NAME:
        return False
    if link is None:
        return True
    return len(link.label.split()) > _LONGEST_NAME


def names_a_work(pieces: Pieces, below: Sequence[Block]) -> bool:
    """Whether a paragraph names a work: its title is set apart, and there is a link to the paper."""
    # An abstract of any length may follow.
    if has_its_links(pieces):
        return True
    is_linked = _leads_to_a_paper(pieces) or _has_line_of_links(pieces) or any(map(_gives_a_link, below))
    if not is_linked:
        return False
    if _has_line_of_links(pieces):
        return True
    if title_link(links_of(pieces), text_of(pieces), bold_start(pieces)) is not None:
        words = re.findall(r"\w+", styled_text(pieces, None).text)
        return len(words) <= _MOST_PROSE
    if not _starts_bold(pieces):
        return False
    return _plain_words(pieces) <= _MOST_PROSE


def is_in_a_run(parts: Sequence[Block], position: int) -> bool:
    """Whether a paragraph begins with the link of a title, as the one before or behind it does.

    Some lists part their works by empty lines and set no bullets; one such paragraph alone is running text.
    """
    if not _begins_with_a_title(parts[position]):
        return False
    beside = [*parts[max(position - 1, 0) : position], *parts[position + 1 : position + 2]]
    return any(map(_begins_with_a_title, beside))


def _begins_with_a_title(part: Block) -> bool:
    """Whether a paragraph begins with a link that is set apart from what follows, and is short."""
    if not isinstance(part, Paragraph):
        return False
    links = links_of(part.pieces)
    if not links or not links[0].address.startswith("http") or links[0].image:
        return False
    text = text_of(part.pieces)
    is_first = not re.search(r"\w", text[: links[0].start])
    title = title_link(links[:1], text)
    if not is_first or title is None:
        return False
    if re.match(r"\s*[^\W\d_]", text[links[0].end :]) and not re.match(r"\s*by\b", text[links[0].end :]):
        return False  # the sentence goes on: `[Lamps](address) is a tool`
    return len(re.findall(r"\w+", styled_text(part.pieces, None).text)) <= _MOST_PROSE


def _leads_to_a_paper(pieces: Pieces) -> bool:
    """Whether a link has the label or the address of a paper."""
    for link in links_of(pieces):
        if not link.address.startswith("http"):
            continue
        if role_of_label(link.words, link.label) == "paper" or known_in(link.address):
            return True
    return False


def _has_line_of_links(pieces: Pieces) -> bool:
    """Whether a bold title comes first, and a line below begins with the link to its paper or its venue."""
    if len(bold_start(pieces).split()) < _FEWEST_WORDS_OF_A_TITLE:
        return False
    text = text_of(pieces)
    for link in links_of(pieces):
        if not begins_a_line(link, text) or not link.address.startswith("http"):
            continue
        role = role_of_label(link.words, link.label)
        if known_in(link.address):
            role = "paper"
        is_third = text[: link.start].count(BREAK) > 1  # title, names, and then the link
        if role == "paper" or is_third or is_venue_below(link, text):
            return True
    return False


def _starts_bold(pieces: Pieces) -> bool:
    """Whether the first words of a paragraph are bold."""
    for piece in pieces:
        if piece.image or not re.search(r"\w", piece.text):
            continue
        return "strong" in piece.styles
    return False


def _plain_words(pieces: Pieces) -> int:
    """Return how many words are neither bold, nor a link, nor in a line of names."""
    count = 0
    for line in lines_of(pieces):
        if names_in(text_of(line), 1):
            continue
        for piece in line:
            if "strong" not in piece.styles and not piece.address:
                count += len(re.findall(r"\w+", piece.text))
    return count
