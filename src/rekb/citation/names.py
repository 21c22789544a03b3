"""Names of authors as citations need them: whole, inverted, with initials; persons, mononyms, groups."""

import re
import unicodedata
from dataclasses import dataclass

from rekb.model.entry import Author, Group, Mononym

_LATIN_AND_LIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")


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
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def sorted(self) -> str:
        """The name as bibliographic files write it: ``King, Jr., Martin Luther``."""
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)


def one_line(text: str) -> str:
    """Return `text` on one line: runs of white space become one space, control characters go."""
    if text.isprintable():  # no control character, and no white space but the space
        return " ".join(text.split())
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.split())


def name_of(author: Author) -> Name:
    """Read an author as entries write it: ``Family, Given`` or ``Family, Suffix, Given``."""
    if isinstance(author, Group):
        return Name(one_line(author.group), group=True)
    if isinstance(author, Mononym):
        return Name(one_line(author.mononym))
    family, *middle, given = (one_line(part) for part in author.split(","))
    return Name(family, given, " ".join(middle))


def initials(given: str) -> str:
    """Return the initials of given names: ``Jean-Paul M.`` is ``J.-P. M.``; Chinese stays whole."""
    words = [w for w in re.split(r"[\s.]+", given) if any(c.isalnum() for c in w.removeprefix("-"))]
    text = ""
    for word in words:
        joined = "-".join(_initial(part) for part in re.split(r"[-\u2010\u2011]", word) if part)
        text += f"-{joined}" if word.startswith("-") and text else f" {joined}"
    return text.strip()


def _initial(word: str) -> str:
    letters = unicodedata.normalize("NFC", word)
    start = next((i for i, c in enumerate(letters) if c.isalnum()), None)
    if start is None:
        return word
    if not unicodedata.name(letters[start], "").startswith(_LATIN_AND_LIKE):
        return word
    end = start + 1
    while end < len(letters) and unicodedata.combining(letters[end]):
        end += 1
    return f"{letters[start:end]}."
