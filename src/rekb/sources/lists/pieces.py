"""Runs of text as a list shows them: how they are set, where they lead, and the plain text of several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

BREAK = "\n"
"""The text of a piece that ends a line."""
# Markdown has no NUL: its readers put U+FFFD in the place of one. So no list can write a hole.
HOLE = "\x00"
"""What is in a text where a link to the paper or the code was."""
_LONGEST = 4000
_MOST_PIECES = 200
_LABEL_BEFORE = re.compile(r"([^\W\d_][\w /-]{0,30}?)[\s\]\)*]*[:\uff1a(\s]*\Z")


class Piece(NamedTuple):
    """A run of text that is set one way."""

    text: str
    line: int = 1
    styles: frozenset[str] = frozenset()
    """How it is set: ``strong``, ``em``, ``code``, ``ins``, ``quote``."""
    address: str = ""
    """Where it leads."""
    image: str = ""
    """The address of the picture that it stands for."""
    bare: bool = False
    """Whether its text is the address itself."""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: what it is called, where it leads, the place of its words in the text."""

    label: str
    address: str
    start: int
    end: int
    bare: bool = False
    image: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of its label."""
        return frozenset(re.findall(r"[^\W\d_]+", self.label.lower()))


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces, pictures left out."""
    text = ""
    for piece in pieces:
        if not piece.image:
            text += piece.text
    return text


def bold_start(pieces: Iterable[Piece]) -> str:
    """Return the words with which some pieces begin, as far as they are bold."""
    text = ""
    for piece in pieces:
        if piece.image or not piece.text.strip():
            continue
        if "strong" not in piece.styles:
            break
        text += piece.text
    return text.strip()


def shortened(pieces: Pieces) -> Pieces:
    """Return as many pieces as can speak of one work."""
    kept: list[Piece] = []
    letters = 0
    for piece in pieces[:_MOST_PIECES]:
        letters += len(piece.text)
        if letters > _LONGEST:
            break
        kept.append(piece)
    return tuple(kept) or tuple(piece._replace(text=piece.text[:_LONGEST]) for piece in pieces[:1])


def lines_of(pieces: Sequence[Piece]) -> list[Pieces]:
    """Return pieces line by line; lines without any text or link are left out."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == BREAK and not piece.image:
            lines.append([])
        else:
            lines[-1].append(piece)
    found: list[Pieces] = []
    for line in lines:
        if is_seen(line):
            found.append(tuple(line))
    return found


def is_seen(pieces: Sequence[Piece]) -> bool:
    """Whether some pieces show anything."""
    for piece in pieces:
        if piece.text.strip():
            return True
        if piece.image:
            return True
    return False


def links_of(pieces: Sequence[Piece]) -> list[Link]:
    """Return the links in order; neighbours that lead to one address are one link.

    A bare address is called what comes before it: ``Paper: https://...``.
    """
    found: list[Link] = []
    position = 0
    last: Piece | None = None
    for piece in pieces:
        if piece.image:
            visible = ""
        else:
            visible = piece.text
        end = position + len(visible)
        if piece.address and last is not None and last.address == piece.address:
            before = found.pop()
            image = before.image or piece.image
            found.append(replace(before, label=before.label + visible, end=end, image=image))
        elif piece.address:
            found.append(Link(visible, piece.address, position, end, piece.bare, piece.image))
        last = piece
        position = end
    return [_named(link, text_of(pieces)) for link in found]


def _named(link: Link, text: str) -> Link:
    """Return a link; a bare one is called by the label before it."""
    if not link.bare:
        return link
    before = text[: link.start].rpartition(BREAK)[2]
    match = _LABEL_BEFORE.search(before)
    return replace(link, label=match[1] if match and match[0].rstrip()[-1:] in ":\uff1a(" else "")
