"""Names of authors as citations need them: whole, inverted, with initials; persons, mononyms, groups."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rekb.model.entry import Author, Group, Mononym

_LATIN_AND_LIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Scripts of which a single letter can stand for a name."""
_HYPHENS = re.compile(r"[-\u2010\u2011]")


@dataclass(frozen=True, slots=True)
class Name:
    """One author."""

    family: str
    """Family name with its particles (``van den Oord``); all of the name for groups and mononyms."""
    given: str = ""
    """Given names as signed: ``Daniel Y.``; empty for groups and mononyms."""
    suffix: str = ""
    """``Jr.``, ``III``, or empty."""
    group: bool = False
    """Whether this is an organisation."""

    @property
    def natural(self) -> str:
        """The name as spoken: ``Martin Luther King Jr.``."""
        return joined(" ", self.given, self.family, self.suffix)

    @property
    def sorted(self) -> str:
        """The name as bibliographic files write it: ``King, Jr., Martin Luther``."""
        return joined(", ", self.family, self.suffix, self.given)


def joined(separator: str, *parts: str) -> str:
    """Return the parts that are not empty, with a separator between them."""
    return separator.join(filter(None, parts))


def one_line(text: str) -> str:
    """Return `text` on one line: runs of white space become one space, control characters go."""
    # To Python no white space but the space is printable, and no control character.
    if text.isprintable():
        return " ".join(text.split())
    words = "".join(filter(_is_of_a_text, text)).split()
    return " ".join(words)


def _is_of_a_text(sign: str) -> bool:
    # Tabs and line ends are control characters, too; they part words and become spaces.
    if sign.isspace():
        return True
    # Half of a pair of UTF-16 (Cs) cannot be written in UTF-8 at all.
    return unicodedata.category(sign) not in ("Cc", "Cs")


def name_of(author: Author) -> Name:
    """Read an author as entries write it: ``Family, Given`` or ``Family, Suffix, Given``."""
    if isinstance(author, Group):
        return Name(one_line(author.group), group=True)
    if isinstance(author, Mononym):
        return Name(one_line(author.mononym))
    family, *middle, given = (one_line(part) for part in author.split(","))
    return Name(family, given, " ".join(middle))


@lru_cache(maxsize=16_384)  # four styles ask for them, in several files
def initials(given: str) -> str:
    """Return the initials of given names: ``Jean-Paul M.`` is ``J.-P. M.``; Chinese stays whole."""
    text = ""
    for word in re.split(r"[\s.]+", given):
        shown = _initials_of(word)
        # `J.-P.` is split at its full stop, so the second part brings its hyphen along.
        if text and shown:
            text += "-" if word.startswith("-") else " "
        text += shown
    return text


def _initials_of(word: str) -> str:
    """Return the initials of a name in one word, joined by hyphens as its parts are."""
    if not any(sign.isalnum() for sign in word):
        return ""
    parts = filter(None, _HYPHENS.split(word))
    return "-".join(map(_initial, parts))


def _initial(word: str) -> str:
    """Return the first letter with its accents; a name in a script without initials stays whole."""
    letters = unicodedata.normalize("NFC", word)
    start = _first_letter(letters)
    if start is None:
        return word
    if not unicodedata.name(letters[start], "").startswith(_LATIN_AND_LIKE):
        return word
    end = start + 1
    while end < len(letters) and unicodedata.combining(letters[end]):
        end += 1
    return f"{letters[start:end]}."


def _first_letter(letters: str) -> int | None:
    for position, sign in enumerate(letters):
        if sign.isalnum():
            return position
    return None
