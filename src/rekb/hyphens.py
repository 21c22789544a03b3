"""Where English words may be parted, by pyphen's patterns.

pyphen parses its 11,000 patterns before it looks at the first word; here only those are parsed that a word
holds. A test holds the two to the same numbers.
"""

import re
from functools import cache

_PARTS = re.compile(r"(\d?)\D?")
"""The digit before each letter of a pattern: an odd one allows a hyphen there, the largest counts."""
_EDGE = 2
"""Letters at each end of a word that are never parted."""


def hyphenation_points(word: str) -> int:
    """Return at how many places a word may be parted."""
    # A pattern with a point holds for the beginning or the end of a word alone.
    pointed = f".{word.lower()}."
    weights = _weights(pointed)
    last = len(word) - _EDGE
    count = 0
    for place, weight in enumerate(weights, start=-1):
        if weight % 2 and _EDGE <= place <= last:
            count += 1
    return count


def _weights(pointed: str) -> list[int]:
    """Return the largest digit that any pattern has before each letter."""
    patterns, longest = _patterns()
    weights = [0] * (len(pointed) + 1)
    for start in range(len(pointed) - 1):
        stop = min(start + longest, len(pointed)) + 1
        for end in range(start + 1, stop):
            pattern = patterns.get(pointed[start:end])
            if pattern is None:
                continue  # as nearly always
            for place, digit in enumerate(_PARTS.findall(pattern), start):
                if digit:
                    weights[place] = max(weights[place], int(digit))
    return weights


@cache
def _patterns() -> tuple[dict[str, str], int]:
    """Return each pattern by its letters, and the number of letters of the longest."""
    from pyphen import LANGUAGES  # type: ignore[import-untyped] # noqa: PLC0415 - only for unknown words

    written = LANGUAGES["en_US"].read_bytes()
    letters = written.translate(None, b"0123456789").decode().splitlines()
    patterns = dict(zip(letters, written.decode().splitlines(), strict=True))
    return patterns, max(map(len, patterns))
