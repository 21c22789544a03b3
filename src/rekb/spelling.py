"""One spelling for what people write in several: letters without accents, words joined by hyphens."""

import re
import unicodedata

SMALL_LETTERS = {
    "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "œ": "oe", "þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}  # fmt: skip
"""Letters that are no base letter with an accent, and what people type in their place; the scripts are
given them with the index."""
_LARGE = {"Æ": "Ae", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Œ": "Oe", "Þ": "Th"}
_LETTERS = {**SMALL_LETTERS, **_LARGE}


def without_accents(text: str) -> str:
    """Return `text` in base letters, small and large as they are: ``Érdi`` is ``Erdi``."""
    if text.isascii():
        return text
    # NFKD parts letters from their accents, and the ligatures that are copied out of PDFs into letters.
    decomposed = unicodedata.normalize("NFKD", text)
    parts = []
    for sign in decomposed:
        # Unicode names marks that are put on a letter with an M.
        if not unicodedata.category(sign).startswith("M"):
            parts.append(_LETTERS.get(sign, sign))
    return "".join(parts)


def slug_of(text: str, longest: int = 0) -> str:
    """Return `text` as lower-case words joined by hyphens; nothing of a text without letters and digits.

    Args:
        text: any text.
        longest: the most letters, 0 for any number; words at the end are left out whole.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", without_accents(text).lower()).strip("-")
    if not longest or len(slug) <= longest:
        return slug
    # With the sign behind the cut, a word that just fits is whole.
    short = slug[: longest + 1].rpartition("-")[0]
    return short or slug[:longest]
