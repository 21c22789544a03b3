"""How like two lists of authors are, whatever spelling and order of names their sources use."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rekb.model.entry import Author, Group, Mononym
from rekb.spelling import without_accents

_MOST = 0.5
"""Share of the shorter list that must be found in the other."""
# German passports and BibTeX files write `ae` for `ä`; ASCII folding alone would make it `a`.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class AuthorLikeness(Enum):
    """How like two lists of authors are."""

    SAME = "same"
    """Half of the shorter list, or more, is in the other."""
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
    people = _people(one)
    others = _people(other)
    if not people or not others:
        return _bodies(one, other)
    # A service may give names in their own script, and another in Latin letters: they cannot be compared.
    if _is_latin(people) != _is_latin(others):
        return AuthorLikeness.UNKNOWN
    # Sources cut long lists short, so the names of the shorter one are looked for in the other.
    fewer, more = sorted((people, others), key=len)
    found = 0
    for person in fewer:
        if _is_among(person, more):
            found += 1
    if found == 0:
        return AuthorLikeness.UNLIKE
    if found >= _MOST * len(fewer):
        return AuthorLikeness.SAME
    return AuthorLikeness.SOME


def _is_among(person: _Person, people: Sequence[_Person]) -> bool:
    for candidate in people:
        if _is_same(person, candidate):
            return True
    return False


def is_one_author(one: Author, other: Author) -> bool:
    """Whether two names are spellings of one author's; a given name may be an initial of the other."""
    if isinstance(one, Group) or isinstance(other, Group):
        return _folded(_signed(one)) == _folded(_signed(other))
    person = _person(one)
    counterpart = _person(other)
    if not _is_same(person, counterpart):
        return False
    # Chinese and Hungarian names begin with the family, and services often take them the wrong way round.
    are_swapped = not person.families & counterpart.families
    if are_swapped:
        return True
    given = _first_given(one)
    other_given = _first_given(other)
    if given.startswith(other_given):
        return True
    return other_given.startswith(given)


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
    """Compare the organisations of two lists, of which one or both name no people."""
    bodies = _names_of_bodies(one)
    others = _names_of_bodies(other)
    if not bodies or not others:
        return AuthorLikeness.UNKNOWN
    if bodies & others:
        return AuthorLikeness.SAME
    return AuthorLikeness.UNLIKE


def _names_of_bodies(authors: Sequence[Author]) -> set[str]:
    found: set[str] = set()
    for author in authors:
        if isinstance(author, Group):
            found.add(_folded(author.group))
    return found


def _people(authors: Sequence[Author]) -> list[_Person]:
    found: list[_Person] = []
    for author in authors:
        if not isinstance(author, Group):
            found.append(_person(author))
    return found


def _person(author: str | Mononym) -> _Person:
    if isinstance(author, Mononym):
        return _Person(frozenset(_spellings(author.mononym)), "")
    # A suffix is in the middle: `Berg, Jr., Ada`.
    family, *_, given = author.split(",")
    return _Person(frozenset(_spellings(family)), _folded(given))


def _spellings(family: str) -> set[str]:
    """Return the spellings of a family name: whole or its last word, umlauts as one letter or two."""
    forms = [family]
    # Sources differ on particles and double names: `van den Oord` is listed as `Oord`, too.
    forms.extend(family.split()[-1:])
    found: set[str] = set()
    for form in forms:
        found.add(_folded(form))
        found.add(_folded(form.casefold().translate(_UMLAUTS)))
    return found


def _folded(name: str) -> str:
    letters = without_accents(name).casefold()
    return "".join(filter(str.isalnum, letters))


def _is_latin(people: Sequence[_Person]) -> bool:
    """Whether any family name has a Latin letter; Unicode begins the names of those with the script's."""
    for person in people:
        for letter in "".join(person.families):
            if unicodedata.name(letter, "").startswith("LATIN"):
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
