"""Signs that are letters in a form of their own, and letters that a wrong encoding made.

Both look right, or nearly so, and nothing that is typed ever finds them. Values in, values out.
"""

import re
import unicodedata
from functools import cache

_STYLED = re.compile("[\ufb00-\ufb06\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
"""Joined letters, letters of formulas, and digits and letters of double width."""
_WIDE = re.compile("[\uff10-\uff5a]")

_LEADS = "\u00c2-\u00f4"
_BEHIND = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
"""What bytes 80 to BF are in Latin-1 and in Windows-1252."""
_MAYBE_GARBLED = re.compile(f"(?:[{_LEADS}][{_BEHIND}]{{1,3}})+")
_MOST_BYTES_OF_ONE = 2
"""Two letters may stand beside each other by chance; three that fit are hardly chance."""
_COMMON_LEADS = ("\u00c2", "\u00c3")
"""What the letters of western languages begin with, when their UTF-8 is read as Latin-1."""
_CENTRAL_LEADS = ("\u00c4", "\u00c5")
"""The same for Polish, Czech or Turkish letters. As letters, these two are much in use themselves."""
_QUOTES = frozenset("\u00ab\u00bb\u2018\u2019\u201c\u201d\u2039\u203a\u2026\u2013\u2014")
"""Signs that people write behind any letter."""
_BEHIND_NAMES = frozenset("\u00a9\u00ae\u00b0\u00b1\u00b2\u00b3\u00b7\u00b9\u2122")
"""Signs that people write behind names and units, such as the one of the angstrom."""


def plain_letters(text: str) -> str:
    """Return a text in which letters of a form of their own are plain: ``ﬁne`` is ``fine``.

    Superscripts, fractions and numbers in circles say something, so they stay.
    """
    if text.isascii():
        return text
    return _STYLED.sub(_plain, text)


def styled_letters(text: str) -> str | None:
    """Return the first run of letters of a form of their own; `None` where there is none."""
    if text.isascii():
        return None
    for match in _STYLED.finditer(text):
        if _plain(match) != match[0]:
            return match[0]
    return None


def _plain(match: re.Match[str]) -> str:
    if _WIDE.search(match[0]) and _east_asian().search(match.string):
        return match[0]
    return unicodedata.normalize("NFKC", match[0])


@cache
def _east_asian() -> re.Pattern[str]:
    """Return the pattern of kana, Chinese characters and Hangul, beside which people type in double width.

    To make it takes longer than to read ten works, and hardly any text needs it.
    """
    return re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")


def garbled(text: str) -> tuple[str, str] | None:
    """Return the first part of a text that is UTF-8 read in another encoding, and what it was.

    ``CafÃ©`` gives ``("Ã©", "é")``. `None` where there is none, or where chance may have written it.
    """
    if text.isascii():
        return None
    for match in _MAYBE_GARBLED.finditer(text):
        meant = _decoded(match[0])
        if meant is not None:
            return match[0], meant
    return None


def _decoded(signs: str) -> str | None:
    try:
        meant = b"".join(map(_byte, signs)).decode("utf-8")
    except UnicodeError:
        return None
    if len(signs) > _MOST_BYTES_OF_ONE:
        return meant
    lead = signs[0]
    behind = signs[1]
    if behind in _QUOTES:
        return None
    if lead in _COMMON_LEADS:
        return meant
    if lead in _CENTRAL_LEADS and behind not in _BEHIND_NAMES:
        return meant
    return None


def _byte(sign: str) -> bytes:
    """Return the byte that a sign was read from.

    Raises:
        UnicodeError: for a sign of neither encoding.
    """
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        # Windows-1252 leaves five bytes without a sign; programs then keep the byte's number.
        return sign.encode("latin-1")
