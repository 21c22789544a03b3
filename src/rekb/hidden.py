"""Characters that cannot be seen, or that turn the writing direction: where they belong and where they lie.

Joiners belong inside Persian and Indic words and inside emoji, selectors behind what they select. Anywhere
else they make two texts look alike that are not, so they are refused.
"""

import re
import unicodedata
from functools import cache

_NEVER = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff9-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff"
)
_MAYBE = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Joiners and selectors: it depends on their neighbours."""
_OF_NO_USE = "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
)
"""The last two places of each plane, which Unicode never gives to a character."""
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Signs above, below and through a letter; of more than four on one, the others cover lines around it."""
_FLAG_TAGS = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in f"gb{nation}") for nation in ("eng", "sct", "wls")
)
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\n"
"""What text in English is made of."""
_JOINERS = ("\u200c", "\u200d")
_VIRAMA = 9
"""Unicode's combining class of the sign that joins Indic letters."""
_JOINED_SCRIPTS = ("ARABIC ", "SYRIAC ", "NKO ", "MONGOLIAN ", "MANICHAEAN ", "ADLAM ", "HANIFI ROHINGYA ")
_EMOJI_ARROW = "\u2194"
"""The one sign of emoji that Unicode calls a mathematical symbol."""
_FIRST_EMOJI = "\u2190"
# With U+FE0F and U+20E3 behind it, each of these is drawn as a key.
_KEYCAPS = frozenset("0123456789#*")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


def is_ordinary(text: str) -> bool:
    """Whether a text holds ASCII letters, digits, signs, spaces and ends of lines, and nothing else.

    Nearly all data is like that, and found so in a twentieth of the time that a pattern takes.
    """
    return text.isascii() and not text.encode("ascii").translate(None, _ORDINARY)


def _beyond_ordinary(text: str) -> str:
    """Return the characters of a text that `is_ordinary` does not know."""
    # Half a character comes in by an escape.
    return text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY).decode("utf-8", "surrogatepass")


@cache
def _suspect() -> re.Pattern[str]:
    """Return the pattern of what may be hidden; to make it takes longer than most commands need it."""
    return re.compile(
        f"(?P<flag>\U0001f3f4(?:{_FLAG_TAGS})\U000e007f)"
        f"|[{_NEVER}{_MAYBE}{_OF_NO_USE}]|\r(?!\n)|(?<=[{_MARKS}]{{4}})[{_MARKS}]"
    )


def first_hidden(text: str) -> int | None:
    """Return the place of the first character of a text that does not belong there, or `None`."""
    rare = _beyond_ordinary(text)
    # Of a text, few letters are left, among which the pattern finds all that it can find between the others.
    if not rare or not _suspect().search(rare):
        return None
    for match in _suspect().finditer(text):
        # A whole flag of a region is spelled in signs that are suspect elsewhere.
        if match["flag"]:
            continue
        if not belongs(text, match.start()):
            return match.start()
    return None


def belongs(text: str, at: int) -> bool:
    """Whether the joiner or selector at a place of a text belongs to what is around it."""
    sign = text[at]
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if sign in _JOINERS:
        return _joins(sign, before, after)
    if "\ufe00" <= sign <= "\ufe0f":
        return _may_be_styled(before)
    # These choose between forms of one Chinese character; behind any other sign they are hidden data.
    is_form = "\U000e0100" <= sign <= "\U000e01ef"
    return is_form and _name(before).startswith("CJK ")


def _joins(sign: str, before: str, after: str) -> bool:
    """Whether a joiner joins two letters, or two emoji to one."""
    if _joins_letters(before, after):
        return True
    if sign != "\u200d":
        return False
    return _joins_emoji(before, after)


def _may_be_styled(before: str) -> bool:
    """Whether a sign has more than one look, so that a selector behind it does something."""
    if before in _KEYCAPS:
        return True
    return not (before.isascii() or before.isspace())


def _joins_letters(before: str, after: str) -> bool:
    """Whether a joiner shapes the letters beside it, as in Persian and in the scripts of India."""
    if not before:
        return False
    # Scripts of India: a joiner behind a virama chooses between two forms of the consonant before it.
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if not after:
        return False
    if unicodedata.combining(after) == _VIRAMA:
        return before.isalpha()
    are_of_a_word = _is_of_word(before) and _is_of_word(after)
    return are_of_a_word and (_is_joined(before) or _is_joined(after))


def _is_joined(letter: str) -> bool:
    """Whether a letter is of a script whose letters change with their neighbours."""
    return _name(letter).startswith(_JOINED_SCRIPTS)


def _is_of_word(character: str) -> bool:
    if character.isalnum():
        return True
    return unicodedata.category(character) == "Mn"


def _joins_emoji(before: str, after: str) -> bool:
    """Whether a joiner is between two emoji, the first of which may have a style or a skin tone."""
    lightest, darkest = _SKIN_TONES
    is_styled = before == "\ufe0f"
    has_tone = lightest <= before <= darkest
    if not is_styled and not has_tone and not _is_emoji(before):
        return False
    return _is_emoji(after)


def _is_emoji(character: str) -> bool:
    if character == _EMOJI_ARROW:
        return True
    if character <= _FIRST_EMOJI:
        return False
    return unicodedata.category(character) == "So"


def _name(character: str) -> str:
    if character:
        return unicodedata.name(character, "")
    return ""
