"""How like two lists of authors are, whatever spelling and order of names their sources use."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rekb.model.entry import Author, Group, Mononym
from rekb.model.keys import ascii_fold

_MOST = 0.5
"""Share of the shorter list that must be found in the other."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class AuthorLikeness(Enum):
    """How like two lists of authors are."""

    SAME = "same"
    """Half of the shorter list, or more, stands in the other."""
    SOME = "some"
    """Somebody is in both, but most are not."""
    UNLIKE = "unlike"
    """Nobody is in both."""
    UNKNOWN = "unknown"
    """One list is empty, names a body where the other names people, or is in another script."""


@dataclass(frozen=True, slots=True)
class _Person:
    families: frozenset[str]
    """Spellings of the family name, folded; the last word of several alone, too."""
    given: str


def author_likeness(one: Sequence[Author], other: Sequence[Author]) -> AuthorLikeness:
    """Return how like two lists of authors are; the order of the two does not matter."""
    people = _people(one), _people(other)
    if not people[0] or not people[1]:
        return _bodies(one, other)
    if _is_latin(people[0]) != _is_latin(people[1]):
        return AuthorLikeness.UNKNOWN
    fewer, more = sorted(people, key=len)
    found = 0
    for person in fewer:
        found += any(_is_same(person, candidate) for candidate in more)
    if found == 0:
        return AuthorLikeness.UNLIKE
    if found >= _MOST * len(fewer):
        return AuthorLikeness.SAME
    return AuthorLikeness.SOME


def is_one_author(one: Author, other: Author) -> bool:
    """Whether two names are spellings of one author's; a given name may be an initial of the other."""
    if isinstance(one, Group) or isinstance(other, Group):
        return _folded(_signed(one)) == _folded(_signed(other))
    people = _person(one), _person(other)
    if not _is_same(*people):
        return False
    if not people[0].families & people[1].families:
        return True  # family and given name are swapped
    given = _first_given(one), _first_given(other)
    if given[0].startswith(given[1]):
        return True
    return given[1].startswith(given[0])


def _first_given(author: str | Mononym) -> str:
    """Return the first of the given names; empty for who has none."""
    if isinstance(author, Mononym):
        return ""
    words = re.split(r"[\s.-]+", author.rpartition(",")[2].strip())
    return _folded(words[0])


def _signed(author: Author) -> str:
    if isinstance(author, Group):
        return author.group
    if isinstance(author, Mononym):
        return author.mononym
    return author


def _bodies(one: Sequence[Author], other: Sequence[Author]) -> AuthorLikeness:
    names = [{_folded(a.group) for a in authors if isinstance(a, Group)} for authors in (one, other)]
    if not names[0] or not names[1]:
        return AuthorLikeness.UNKNOWN
    if names[0] & names[1]:
        return AuthorLikeness.SAME
    return AuthorLikeness.UNLIKE


def _people(authors: Sequence[Author]) -> list[_Person]:
    found: list[_Person] = []
    for author in authors:
        if not isinstance(author, Group):
            found.append(_person(author))
    return found


def _person(author: str | Mononym) -> _Person:
    if isinstance(author, Mononym):
        return _Person(frozenset(_spellings(author.mononym)), "")
    family, *_, given = author.split(",")
    return _Person(frozenset(_spellings(family)), _folded(given))


def _spellings(family: str) -> set[str]:
    words = family.split()
    if words:
        forms = [family, words[-1]]
    else:
        forms = [family]
    found = {_folded(form) for form in forms}
    return found | {_folded(form.casefold().translate(_UMLAUTS)) for form in forms}


def _folded(name: str) -> str:
    parts = []
    for c in ascii_fold(name).casefold():
        if c.isalnum():
            parts.append(c)
    return "".join(parts)


def _is_latin(people: Sequence[_Person]) -> bool:
    letters = "".join("".join(person.families) for person in people)
    for c in letters:
        if unicodedata.name(c, "").startswith("LATIN"):
            return True
    return False


def _is_same(one: _Person, other: _Person) -> bool:
    """Whether two names can be one person's: family name and the first letter of a given name, or swapped."""
    if one.families & other.families:
        if not one.given:
            return True
        if not other.given:
            return True
        return one.given[0] == other.given[0]
    if one.given not in other.families:
        return False
    return other.given in one.families
