"""What a typed question names for certain: identifiers, addresses, a venue with its year.

`static/question.js` is the twin of this module; tests/search_rows.json holds both to one answer.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from rekb.kb.document import url_identifier
from rekb.model.identifiers import SCHEMES, Pair, normal_pairs

_ADDRESS = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
"""What begins like an address without ``https://``."""
_BESIDE = " \t\n.,;()[]<>\"'"
"""Signs that stand around an identifier in running text."""
_MOST_WORDS = 4
"""Words of a venue's name and its year that are read as one."""


def identifiers_in(question: str) -> tuple[set[str], bool]:
    """Return the identifiers that a question may name, and whether it is surely nothing else.

    A whole question, or one word of it, may be an identifier with or without the name of its scheme, a key,
    or an address. A word that only looks like one (``guess``) counts if there is such a work, so it is
    returned but is not sure.

    Returns:
        Scheme and value of each, ``arxiv:2205.14135``, and whether the question is one identifier.
    """
    words = question.split()
    found: set[str] = set()
    is_sure = False
    for text in dict.fromkeys((question.strip(), *words)):
        bare = text.strip(_BESIDE)
        named = dict(_named(bare))
        found.update(_written(normal_pairs(named)))
        is_sure = is_sure or (bool(named) and len(words) == 1)
        found.update(_written(normal_pairs(_guessed(bare))))
        found.add(f"key:{bare.lower()}")
        if address := address_of(bare):
            found.add(url_identifier(address))
            found.update(f"key:{step}" for step in words_of_address(address).split())
    for name, scheme in SCHEMES.items():
        for value in scheme.in_text(question):
            found.update(_written(normal_pairs({name: value})))
    return found - {""}, is_sure


def address_of(text: str) -> str:
    """Return a text as a web address; empty where it is none."""
    if re.match("https?://", text, re.IGNORECASE):
        return text
    if _ADDRESS.match(text):
        return f"https://{text}"
    return ""


def words_of_address(question: str) -> str:
    """Return what an address says in words: its path without the host; other questions as they are."""
    address = address_of(question.strip())
    if not address:
        return question
    try:
        parts = urlsplit(address)
    except ValueError:
        return question
    if not parts.hostname:
        return question
    return re.sub("[/_-]+", " ", _decoded(parts.path)).strip()


def _decoded(path: str) -> str:
    """Return a path without percent signs; as it is where these say nothing."""
    try:
        # The browser's `decodeURIComponent` raises an error for such a path, and both must answer alike.
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path


def places_in(words: list[str], places: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Return the places that a question names (``mlsys2024``), longest first, and the words that are left.

    Args:
        words: the words of the question, in order.
        places: what is known, each as one word: venue and year.
    """
    found: list[str] = []
    left = list(words)
    for length in range(_MOST_WORDS, 0, -1):
        start = 0
        while start + length <= len(left):
            some = left[start : start + length]
            # People write the year before the venue as well: `2024 mlsys`.
            place = next(
                (word for word in ("".join(some), "".join((*some[1:], some[0]))) if word in places), ""
            )
            if place:
                found.append(place)
                left[start : start + length] = []
            else:
                start += 1
    return found, left


def _named(text: str) -> Iterator[Pair]:
    """Yield the identifiers that a whole text stands for."""
    address = address_of(text)
    for name, scheme in SCHEMES.items():
        value = scheme.alone(text) or (scheme.in_loose_address(address) if address else None)
        if value:
            yield name, scheme.written(value)


def _guessed(text: str) -> dict[str, str]:
    guesses = {name: scheme.guessed(text) for name, scheme in SCHEMES.items()}
    found: dict[str, str] = {}
    for name, value in guesses.items():
        if value:
            found[name] = value
    return found


def _written(pairs: tuple[Pair, ...]) -> Iterator[str]:
    for scheme, value in pairs:
        yield f"{scheme}:{value}"
