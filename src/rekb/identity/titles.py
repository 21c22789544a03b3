"""How like two titles are: spellings of one, a part of the other, renamed, or another work's."""

import difflib
import re
import unicodedata
from collections import Counter
from enum import Enum
from functools import lru_cache

_ALIKE = 0.9
"""Likeness of all letters from which on two titles may be spellings of one."""
_WORD_ALIKE = 0.7
"""Likeness from which on two words may be spellings of one."""
_RELATED = 0.6
"""Share of its words that a title keeps when the same work is renamed."""
_REMEMBERED = 4096
"""Titles whose words are remembered."""
_DISTINCTIVE = 3
"""Words that carry meaning from which on a title is hardly given twice."""
_WORD = re.compile(r"[^\W_]+(?:[+#]+|(?<=\b[a-z])\*)?")
_SUBTITLE = re.compile(r"\s*(?::\s|\s[-\u2013\u2014]+\s|\u2014|[?!]\s)")
# Unicode's names of letters: a title with `β` is the same as one with `beta`.
_GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)")
_STOP_WORDS = frozenset(
    {"a", "an", "the", "on", "of", "to", "in", "for", "with", "from", "by", "at", "and", "via", "is", "are"}
)
_OPPOSITES = frozenset({frozenset({"with", "without"}), frozenset({"in", "out"}), frozenset({"to", "from"})})
_PREFIXES = (
    "un", "non", "in", "im", "dis", "anti", "de", "multi", "semi", "sub", "super", "pre", "post", "bi", "uni",
    "over", "under", "inter", "intra", "re", "self", "micro", "macro",
)  # fmt: skip
"""Beginnings that make another word of a word: ``unsupervised``."""
# Parts of a work are counted in Roman numerals: `Part II`. Up to 39, so that `mix`, which is 1009, is a word.
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_COUNTED = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
    ]
)


class TitleLikeness(Enum):
    """How like two titles are."""

    EQUAL = "equal"
    """The same but for case, accents, spaces and punctuation that says nothing."""
    ALIKE = "alike"
    """Spellings of one: a letter or a small word differs."""
    PART = "part"
    """One is the other without its subtitle."""
    RELATED = "related"
    """Most words of one are in the other: renamed, or a neighbour."""
    UNLIKE = "unlike"
    """Another title; a number or a sign that means something is enough: ``Part II``, ``C#``."""


def title_likeness(one: str, other: str) -> TitleLikeness:
    """Return how like two titles are; the order of the two does not matter."""
    words = title_words(one)
    other_words = title_words(other)
    mark = "".join(words)
    other_mark = "".join(other_words)
    if mark == other_mark:
        return _of_one_mark(mark, one, other)
    # Works drop or gain a subtitle between preprint and proceedings.
    if other_mark in _mains(one) or mark in _mains(other):
        return TitleLikeness.PART
    if _numbers(words) != _numbers(other_words):
        return TitleLikeness.UNLIKE
    if _are_spellings(words, other_words):
        return TitleLikeness.ALIKE
    if _are_related(words, other_words):
        return TitleLikeness.RELATED
    return TitleLikeness.UNLIKE


def _of_one_mark(mark: str, one: str, other: str) -> TitleLikeness:
    """Compare titles with the same mark; an empty mark, of a title of signs alone, says nothing."""
    if mark:
        return TitleLikeness.EQUAL
    if one.strip() == other.strip():
        return TitleLikeness.EQUAL
    return TitleLikeness.UNLIKE


def title_words(title: str) -> list[str]:
    """Return the words of a title as they are compared: ``C++ & Études`` is ``c++``, ``and``, ``etudes``."""
    return list(_words(title))


@lru_cache(_REMEMBERED)
def _words(title: str) -> tuple[str, ...]:
    """Return the words of a title, remembered: a title is compared with many others."""
    spelled = title.replace("&", " and ")
    if not spelled.isascii():
        # NFKD takes accents off their letters, and makes plain letters of ligatures and raised digits.
        spelled = "".join(_letter(c) for c in unicodedata.normalize("NFKD", spelled))
    return tuple(_WORD.findall(spelled.casefold()))


def title_mark(title: str) -> str:
    """Return what titles that are `EQUAL` share; signs that mean something are kept."""
    return "".join(title_words(title))


def is_distinctive(title: str) -> bool:
    """Whether a title says enough to be hardly given twice; ``Editorial``, ``Robust statistics`` do not."""
    return len(_content(title_words(title))) >= _DISTINCTIVE


def _letter(character: str) -> str:
    """Return a letter as titles are compared: without accents, a Greek one by its name."""
    if unicodedata.combining(character):
        return ""
    if character.isascii():
        return character
    match = _GREEK.fullmatch(unicodedata.name(character, ""))
    if match:
        # Unicode spells the letter's name LAMDA; titles and LaTeX write lambda.
        return match[1].replace("LAMDA", "LAMBDA")
    return character


def _mains(title: str) -> set[str]:
    """Return the marks of a title cut before each of its subtitles."""
    found: set[str] = set()
    for subtitle in _SUBTITLE.finditer(title):
        found.add(title_mark(title[: subtitle.start()]))
    return found - {"", title_mark(title)}


def _content(words: list[str]) -> set[str]:
    return set(words) - _STOP_WORDS


def _numbers(words: list[str]) -> Counter[str]:
    return Counter(filter(_is_number, words))


def _is_number(word: str) -> bool:
    """Whether a word counts: ``2``, ``v3``, ``ii``, ``second``; such a word parts two works."""
    if word in _COUNTED:
        return True
    # `C++`, `C#` and `A*` are other things than C and A, so their signs count, too.
    if re.search(r"[\d+#*]", word):
        return True
    return bool(_ROMAN.fullmatch(word))


def _are_spellings(one: list[str], other: list[str]) -> bool:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        if not _is_respelled(one[start:end], other[other_start:other_end]):
            return False
    return _ratio("".join(one), "".join(other)) >= _ALIKE


def _is_respelled(before: list[str], after: list[str]) -> bool:
    """Whether the words that differ at one place are spellings of each other, or small words only."""
    if set(before) | set(after) <= _STOP_WORDS:
        is_another_word = bool(before and after)
        return not is_another_word
    text = "".join(before)
    other = "".join(after)
    # By their letters `with` and `without` are alike, and they say the opposite.
    if frozenset((text, other)) in _OPPOSITES:
        return False
    shorter, longer = sorted((text, other), key=len)
    for prefix in _PREFIXES:
        if longer == prefix + shorter:
            return False
    return _ratio(text, other) >= _WORD_ALIKE


def _ratio(one: str, other: str) -> float:
    """Return how like two texts are, 0 to 1; difflib's answer depends on the order, this one does not."""
    first, second = sorted((one, other))
    # From 200 letters on, difflib would pass over frequent ones, which in a title are nearly all.
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _are_related(one: list[str], other: list[str]) -> bool:
    content = _content(one)
    other_content = _content(other)
    fewest = min(len(content), len(other_content))
    shared = len(content & other_content)
    if shared <= 1:
        return False
    return shared >= _RELATED * fewest
