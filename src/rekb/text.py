"""Prose as data: words, sentences, citations, and what is safe to print. Values in, values out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from unicodedata import east_asian_width

from rekb.hidden import belongs

_CITATION = re.compile(r"\[((?:@[a-z0-9]+(?:;\s*)?)+)\]")
_WORD = re.compile(r"[^\W_](?:[\w'’.,/+-]*\w)?", re.UNICODE)
_NO_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?]([\"')\]]*\s+)(?=[A-Z0-9\"'(])")
_BEGINS_SENTENCE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\"'(")
_CLOSERS = ('"', "'", ")", "]")
"""What may stand between the end of a sentence and the space behind it."""
_INSIDE_WORDS = "_'.,/+-"
_LETTERS = frozenset(char for char in map(chr, range(128)) if char.isalnum())


def _table(kept: AbstractSet[str], inside: str = "") -> bytes:
    """Return the table that makes spaces of all bytes but those that are kept, and `_` of some.

    Letters become small ones.
    """
    return bytes(
        ord(chr(code).lower() if chr(code) in kept else "_" if chr(code) in inside else " ")
        for code in range(256)
    )


_WORDS_APART = _table(_LETTERS, _INSIDE_WORDS)
_LETTERS_APART = _table(_LETTERS)
"""For text in ASCII, as nearly all is: what `_WORD` and `_NO_WORD` find, in a tenth of the time."""
_SMALL_LETTERS = _table(_LETTERS | {"\n"})
_SIGNS = bytes(code for code in range(128) if chr(code) not in _LETTERS | {"\n"})
_ABBREVIATIONS = ("e.g", "i.e", "vs", "cf", "et al", "Fig", "approx")
_WITH_POINT = tuple(f"{short}." for short in _ABBREVIATIONS)
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(map(re.escape, _ABBREVIATIONS))})\.$")
_LONGEST_ABBREVIATION = 10
_CONFLICT = re.compile(r"^(?:<{7} .*|\|{7} .*|={7}|>{7} .*)\r?$", re.MULTILINE)
"""The lines by which git marks two versions of a part that it could not merge."""
_LONGEST_MARK = 60
_MOST_BRACKETS = 300
_MOST_LINES = 400
_NESTED = re.compile(r"^(?: {25}|(?:[ ]{0,8}(?:>|[-*+]|\d{1,9}[.)])(?=[ >])){7})", re.MULTILINE)
"""A line that is indented very far, or begins with many signs of lists and quotations."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's names for control, format, surrogate, private and unassigned characters and line separators."""


def amount(number: int, word: str, words: str = "") -> str:
    """Return a number with its word: ``1 work``, ``1,090 works``.

    Args:
        number: how many.
        word: what one of them is called.
        words: what several are called, where that is not `word` with an ``s``.
    """
    return f"{number:,} {word if number == 1 else words or f'{word}s'}"


def size_words(size: int) -> str:
    """Return a number of bytes as people write it: ``12 kB``, ``1.4 MB``."""
    if size < 10**6:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 10**6:.1f} MB"


def citations(text: str) -> tuple[str, ...]:
    """Return the citation keys in `text`: ``[@dao2022flashattention; @hu2021lora]`` holds two."""
    found: list[str] = []
    for group in _CITATION.findall(text):
        found.extend(re.findall(r"@([a-z0-9]+)", group))
    return tuple(found)


def without_citations(text: str) -> str:
    """Return `text` as it reads aloud, citations and the spaces before them left out."""
    at = text.find("[@")
    if at < 0:
        return text
    parts = []
    start = 0
    while at >= 0:
        citation = _CITATION.match(text, at)
        if citation:
            parts.append(text[start:at].rstrip())
            start = citation.end()
        at = text.find("[@", at + 1)
    parts.append(text[start:])
    return "".join(parts)


def word_count(text: str) -> int:
    """Return the number of words, citations not counted."""
    plain = without_citations(text)
    if not plain.isascii():
        return len(_WORD.findall(plain))
    apart = b" " + plain.encode("ascii").translate(_WORDS_APART)
    words = apart.split()
    if b" _" not in apart:
        return len(words)  # each begins with a letter
    count = 0
    for word in words:
        if word.strip(b"_"):
            count += 1
    return count


def sentences(text: str) -> tuple[str, ...]:
    """Split prose into sentences; abbreviations such as ``e.g.`` do not end one."""
    whole = single_spaced(without_citations(text))
    parts: list[str] = []
    for part in _split(whole):
        if parts and parts[-1].endswith(_WITH_POINT) and _ends_in_abbreviation(parts[-1]):
            parts[-1] += f" {part}"
        elif part:
            parts.append(part)
    return tuple(parts)


def _ends_in_abbreviation(sentence: str) -> bool:
    """Whether what ends like an abbreviation is one: `cf.` and not the `cf.` of `scf.`."""
    start = max(0, len(sentence) - _LONGEST_ABBREVIATION)
    return _ABBREVIATION.search(sentence, start) is not None


def single_spaced(text: str) -> str:
    """Return `text` with one plain space between words, and none around it."""
    # Of all spaces, Python takes only the plain one for printable.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _split(whole: str) -> list[str]:
    """Return what is between the ends of sentences; quotes and brackets that close there are left out.

    Args:
        whole: text with no space but single plain ones between words.
    """
    if not _may_end_otherwise(whole):
        return _split_at_stops(whole)
    parts = []
    start = 0
    for end in _SENTENCE_END.finditer(whole):
        parts.append(whole[start : end.start(1)])
        start = end.end()
    parts.append(whole[start:])
    return parts


def _may_end_otherwise(whole: str) -> bool:
    """Whether a sentence may end otherwise than with a full stop and a space."""
    if "!" in whole or "?" in whole:
        return True
    # A look for one sign takes a tenth of the time of a look for two.
    return any(closer in whole and f".{closer}" in whole for closer in _CLOSERS)


def _split_at_stops(whole: str) -> list[str]:
    """Return what is between full stops: what the pattern finds where nothing else ends a sentence."""
    sentence, *more = whole.split(". ")
    parts = []
    for part in more:
        if part[:1] in _BEGINS_SENTENCE:
            parts.append(f"{sentence}.")
            sentence = part
        else:
            sentence = f"{sentence}. {part}"
    parts.append(sentence)
    return parts


def sentence_fingerprint(sentence: str) -> str:
    """Return what two printings of one sentence share."""
    if sentence.isascii():
        words = sentence.encode("ascii").translate(_LETTERS_APART).split()
        return b" ".join(words).decode("ascii")
    return _NO_WORD.sub(" ", sentence.casefold()).strip()


def sentence_letters(parts: Sequence[str]) -> list[str]:
    """Return the letters and digits of each sentence: its fingerprint without the spaces.

    Args:
        parts: sentences, none of which holds an end of a line.
    """
    lines = "\n".join(parts)
    if not parts or not lines.isascii():
        return [sentence_fingerprint(part).replace(" ", "") for part in parts]
    # One translation of all takes a fraction of the time of one for each.
    return lines.encode("ascii").translate(_SMALL_LETTERS, _SIGNS).decode("ascii").split("\n")


def malformed_citations(text: str) -> tuple[str, ...]:
    """Return what looks like a citation and is none, such as ``[@Hu2021LoRA]`` or ``[see @hu2021lora]``."""
    rest = _CITATION.sub("", text)
    return tuple(re.findall(r"\[[^\[\]\n]*@[^\[\]\n]*\]", rest))


def intricate(text: str) -> str | None:
    """Return why a text in Markdown is more than an overview needs; `None` where it is not.

    Readers of Markdown take time with the square of brackets and lines, and end in a crash where lists or
    quotations are nested without end.
    """
    brackets = text.count("[")
    if brackets > _MOST_BRACKETS:
        return f"has {brackets:,} brackets; at most {_MOST_BRACKETS} are read"
    lines = text.count("\n") + 1
    if lines > _MOST_LINES:
        return f"has {lines:,} lines; at most {_MOST_LINES} are read"
    if _NESTED.search(text):
        return "has lists or quotations nested more than six deep"
    return None


def printable(text: str) -> str:
    """Return `text` with every character that a terminal would obey, or hide, written as its escape."""
    if text.isprintable():
        return text
    parts = []
    for at, character in enumerate(text):
        if _is_unseen(text, at):
            parts.append(character.encode("unicode_escape").decode())
        else:
            parts.append(character)
    return "".join(parts)


def _is_unseen(text: str, at: int) -> bool:
    """Whether a character has no look of its own, and shapes nothing of what is around it."""
    return unicodedata.category(text[at]) in _UNSEEN and not belongs(text, at)


def visible(text: str) -> str:
    """Return `text` on one line without any character that a terminal would obey, or hide."""
    if text.isprintable():
        return " ".join(text.split())
    kept = []
    for at, character in enumerate(text):
        if character.isspace() or not _is_unseen(text, at):
            kept.append(character)
    return " ".join("".join(kept).split())  # line ends and tabs part words, so they are spaces


def conflict_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the marks that an unfinished merge left in a text, each with its line."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    line, counted = 1, 0
    for match in _CONFLICT.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line, match[0].strip()[:_LONGEST_MARK]


def display_width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def beginning(text: str, width: int) -> str:
    """Return as much of the beginning of `text` as fits into some columns of a terminal."""
    if text.isascii():
        return text[: max(width, 0)]
    taken = 0
    for place, character in enumerate(text):
        taken += _columns(character)
        if taken > width:
            return text[:place]
    return text


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    # Unicode calls Chinese, Japanese and Korean letters wide, or full-width: W and F.
    if east_asian_width(character) in "WF":
        return 2
    return 1


# OWASP lists these signs: spreadsheets take a cell that begins with one for a formula and run it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def without_formula(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe is put before what looks like a formula.

    Space before it does not hide a formula from a spreadsheet, and a null character ends a cell in some.
    """
    text = cell.replace("\x00", "")
    is_formula = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text
