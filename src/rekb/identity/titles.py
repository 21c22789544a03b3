"""How like two titles are: spellings of one, a part of the other, renamed, or another work's."""

import difflib
import re
import unicodedata
from collections import Counter
from enum import Enum

_ALIKE = 0.9
"""Likeness of all letters from which on two titles may be spellings of one."""
_WORD_ALIKE = 0.7
"""Likeness from which on two words may be spellings of one."""
_RELATED = 0.6
"""Share of its words that a title keeps when the same work is renamed."""
_DISTINCTIVE = 3
"""Words that carry meaning from which on a title is hardly given twice."""
_WORD = re.compile(r"[^\W_]+(?:[+#]+|(?<=\b[a-z])\*)?")
_SUBTITLE = re.compile(r"\s*(?::\s|\s[-\u2013\u2014]+\s|\u2014|[?!]\s)")
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
    """Most words of one stand in the other: renamed, or a neighbour."""
    UNLIKE = "unlike"
    """Another title; a number or a sign that means something is enough: ``Part II``, ``C#``."""


def title_likeness(one: str, other: str) -> TitleLikeness:
    """Return how like two titles are; the order of the two does not matter."""
    words = title_words(one), title_words(other)
    marks = "".join(words[0]), "".join(words[1])
    if marks[0] == marks[1]:
        same = bool(marks[0]) or one.strip() == other.strip()
        return TitleLikeness.EQUAL if same else TitleLikeness.UNLIKE
    if marks[1] in _mains(one) or marks[0] in _mains(other):
        return TitleLikeness.PART
    if _numbers(words[0]) != _numbers(words[1]):
        return TitleLikeness.UNLIKE
    if _are_spellings(words[0], words[1]):
        return TitleLikeness.ALIKE
    return TitleLikeness.RELATED if _are_related(words[0], words[1]) else TitleLikeness.UNLIKE


def title_words(title: str) -> list[str]:
    """Return the words of a title as they are compared: ``C++ & Études`` is ``c++``, ``and``, ``etudes``."""
    spelled = "".join(_letter(c) for c in unicodedata.normalize("NFKD", title.replace("&", " and ")))
    return _WORD.findall(spelled.casefold())


def title_mark(title: str) -> str:
    """Return what titles that are `EQUAL` share; signs that mean something are kept."""
    return "".join(title_words(title))


def is_distinctive(title: str) -> bool:
    """Whether a title says enough to be hardly given twice; ``Editorial``, ``Robust statistics`` do not."""
    return len(_content(title_words(title))) >= _DISTINCTIVE


def _letter(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    if character.isascii():
        return character
    match = _GREEK.fullmatch(unicodedata.name(character, ""))
    if match:
        return match[1].replace("LAMDA", "LAMBDA")
    return character


def _mains(title: str) -> set[str]:
    found = {title_mark(title[: match.start()]) for match in _SUBTITLE.finditer(title)}
    return found - {"", title_mark(title)}


def _content(words: list[str]) -> set[str]:
    return set(words) - _STOP_WORDS


def _numbers(words: list[str]) -> Counter[str]:
    return Counter(word for word in words if _is_number(word))


def _is_number(word: str) -> bool:
    """Whether a word counts: ``2``, ``v3``, ``ii``, ``second``; such a word parts two works."""
    return bool(re.search(r"[\d+#*]", word) or _ROMAN.fullmatch(word)) or word in _COUNTED


def _are_spellings(one: list[str], other: list[str]) -> bool:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    changed = []
    for block in matcher.get_opcodes():
        if block[0] != "equal":
            changed.append(block)
    pairs = ((one[a:b], other[c:d]) for _, a, b, c, d in changed)
    if not all(_is_respelled(before, after) for before, after in pairs):
        return False
    return _ratio("".join(one), "".join(other)) >= _ALIKE


def _is_respelled(before: list[str], after: list[str]) -> bool:
    """Whether the words that differ at one place are spellings of each other, or small words only."""
    if set(before) | set(after) <= _STOP_WORDS:
        return not (before and after)
    texts = "".join(before), "".join(after)
    shorter, longer = sorted(texts, key=len)
    if frozenset(texts) in _OPPOSITES or any(longer == prefix + shorter for prefix in _PREFIXES):
        return False
    return _ratio(*texts) >= _WORD_ALIKE


def _ratio(one: str, other: str) -> float:
    """Return how like two texts are, 0 to 1; difflib's answer depends on the order, this one does not."""
    first, second = sorted((one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _are_related(one: list[str], other: list[str]) -> bool:
    contents = _content(one), _content(other)
    fewest = min(map(len, contents))
    shared = len(contents[0] & contents[1])
    return shared > 1 and shared >= _RELATED * fewest
