"""Words as the search reads them: one spelling for each, the parts of names, and slips of the finger.

`static/words.js` is the twin of this module; tests/search_rows.json holds both to one answer.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rekb.spelling import without_accents

_WORD = re.compile(r"[^\W_]+")
_LOWER_UPPER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHORT = 4
"""Letters from which on a word may hold a slip; shorter ones are other words then."""
_LONG = 8
"""Letters from which on it may hold two."""
_DIGIT = re.compile("[0-9]")
NEVER = 99
"""More slips than any word may hold."""


def fold(text: str) -> str:
    """Return text in one spelling: no accents, no capitals, ``-ise`` as ``-ize``."""
    folded = without_accents(text.lower())
    # In any place of a word: `this` is spoiled as well, but in questions and documents alike.
    return folded.replace("is", "iz").replace("ys", "yz")


STOP = frozenset(
    fold(
        "a an and are as at be by can do does for from how i in into is it its me my of on or our that the"
        " their these this to via we what when which while with without you your"
    ).split()
)
"""Words that say nothing about what is wanted."""


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return _WORD.findall(fold(text))


def squeeze(text: str) -> str:
    """Return all letters and digits of a text as one word: ``Flash Attention`` is ``flashattention``."""
    return "".join(plain_words(text))


@lru_cache(maxsize=2**15)
def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name or title: ``NightLamp-2`` is found by its parts and as one word."""
    parts = plain_words(_LOWER_UPPER.sub(" ", text))
    pieces = [squeeze(piece) for piece in text.split()]
    return tuple(filter(None, (*plain_words(text), *parts, *pieces, squeeze(text))))


def content_words(words: Iterable[str]) -> list[str]:
    """Return the words that say what is wanted, each once; all of them where none does."""
    once = list(dict.fromkeys(words))
    return [word for word in once if word not in STOP] or once


def letters(word: str) -> int:
    """Return which letters a word has, as bits: most words need no closer look then."""
    bits = 0
    for letter in word:
        # Signs that share a bit hide a difference; then a word is looked at in vain, and none is missed.
        bits |= 1 << (ord(letter) & 31)
    return bits


def allowed_slips(word: str) -> int:
    """Return how many slips a word may hold; none beside a digit, for GPT-4 is not a slip of GPT-3."""
    if len(word) < _SHORT or _DIGIT.search(word):
        return 0
    if len(word) < _LONG:
        return 1
    return 2


def slips(typed: str, word: str, most: int) -> tuple[int, int]:
    """Return how many slips part `typed` from `word`, and from the nearest beginning of `word`.

    A slip is a letter too many, too few, another one, or two that are swapped. `NEVER` stands for more
    than `most`.
    """
    length = min(len(word), len(typed) + most)
    before: list[int] = []
    row = list(range(length + 1))
    for i, letter in enumerate(typed, 1):
        following = [i]
        for j in range(1, length + 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != word[j - 1]))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == word[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        # The least of a row never falls, so the rest of `typed` cannot bring it back within the bound.
        if min(following) > most:
            return NEVER, NEVER
        before = row
        row = following
    if length == len(word):
        whole = row[length]
    else:
        whole = NEVER
    beginning = min(row)
    return (whole if whole <= most else NEVER), (beginning if beginning <= most else NEVER)
