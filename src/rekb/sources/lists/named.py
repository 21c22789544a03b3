"""A name in bold with the links of its work right behind it: ``**Title** [[Paper]](address)``."""

import re
from collections.abc import Sequence

from rekb.sources.identifiers import known_in
from rekb.sources.lists.people import names_in
from rekb.sources.lists.pieces import BREAK, Link, Piece, links_of, text_of
from rekb.sources.lists.places import is_dated_name, is_place
from rekb.sources.lists.words import is_label, role_of_label

_FEWEST_WORDS_OF_A_TITLE = 3
"""Words from which on bold text is a title, whatever its links are."""
_FEWEST_LETTERS = 3
_BETWEEN = re.compile(r"[\s\[\](){}<>:,.;|/&+\u2013\u2014-]*")
"""What may stand between bold words and their links, and between links."""


def bold_words(pieces: Sequence[Piece]) -> tuple[str, int]:
    """Return the bold words with which some pieces begin, and where they end; pictures do not count."""
    text = ""
    position = 0
    end = 0
    for piece in pieces:
        visible = "" if piece.image else piece.text
        position += len(visible)
        is_bold = "strong" in piece.styles
        if is_bold and visible:
            text += visible
            end = position
        elif re.search(r"\w", visible) or (text and BREAK in visible):
            break
    return text.strip(), end


def is_named_apart(pieces: Sequence[Piece]) -> bool:
    """Whether some pieces begin with the name of a work in bold: no label, no venue and no line of names."""
    words, _ = bold_words(pieces)
    letters = re.findall(r"[^\W\d_]", words)
    if len(letters) < _FEWEST_LETTERS:
        return False
    if _labels(words):
        return False
    if is_place(words) and not is_dated_name(words):
        return False
    return not names_in(words)


def _labels(words: str) -> bool:
    """Whether words are a label: ``Code``, ``Paper:``; with a title behind the colon, they are a name."""
    if words.endswith((":", "\uff1a")) or role_of_label(re.findall(r"[^\W\d_]+", words.lower()), words):
        return True
    behind = re.split(r"[:\uff1a]", words, maxsplit=1)[1:]
    if not behind:
        return is_label(f"{words}:")
    return is_label(words) and len(behind[0].split()) < _FEWEST_WORDS_OF_A_TITLE


def has_its_links(pieces: Sequence[Piece]) -> bool:
    """Whether the links of a work stand right behind its name in bold.

    One word with nothing but code or a page belongs to the work above it.
    """
    if not is_named_apart(pieces):
        return False
    words, end = bold_words(pieces)
    text = text_of(pieces)
    roles = set()
    for link in links_of(pieces):
        between = text[end : link.start]
        if link.start < end or BREAK in between or not _BETWEEN.fullmatch(between):
            continue
        roles.add(_role(link))
        end = link.end
    roles.discard("")
    # The sentence goes on: `**Lamps** [paper](address) is a survey of ..`
    goes_on = re.match(r"[\s\])]*[a-z]", text[end:].partition(BREAK)[0])
    if not roles or goes_on:
        return False
    return "paper" in roles or len(words.split()) >= _FEWEST_WORDS_OF_A_TITLE


def _role(link: Link) -> str:
    """Return what a link is of a work; empty for what is no part of one."""
    if not link.address.startswith("http"):
        return ""
    if known_in(link.address):
        return "paper"
    role = role_of_label(link.words, link.label)
    # One link may be both: `[[Paper & Code]](address)`.
    if role == "link" or (role and "paper" in link.words):
        return "paper"
    if role in ("paper", "code", "project", "post"):
        return role
    return ""


def names_a_paper(pieces: Sequence[Piece]) -> bool:
    """Whether running text holds a title with the link to its paper, so that it is named as passed over."""
    for link in links_of(pieces):
        if _is_linked_title(link):
            return True
    words, _ = bold_words(pieces)
    if len(words.split()) < _FEWEST_WORDS_OF_A_TITLE:
        return False
    return is_named_apart(pieces) and any(map(_means_a_paper, links_of(pieces)))


def _is_linked_title(link: Link) -> bool:
    """Whether a link has the words of a title and leads to a paper."""
    if len(link.label.split()) < _FEWEST_WORDS_OF_A_TITLE:
        return False
    if role_of_label(link.words, link.label):
        return False
    return bool(known_in(link.address))


def _means_a_paper(link: Link) -> bool:
    """Whether a link is of a paper; an address without ``https://`` leads nowhere, but a paper was meant."""
    if _role(link) == "paper":
        return True
    return role_of_label(link.words, link.label) == "paper"
