"""Lines of authors: ``Ada Berg, Li Chen``, ``Berg, Ada and Chen, Li``."""

import re

_PART = re.compile(r"\s*[;|\u00b7]\s*|,\s+and\s+|\s+and\s+|\s*&\s*|\s*,\s*")
_WORD = re.compile(r"[^\W\d_][\w.'\u2019\u2010-]*")
_PARTICLE_WORDS = "van der den de la di da dos del von zu el al bin ibn le du ten ter te"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BODIES = re.compile(
    r"\b(?:universit\w*|institut\w*|laborator\w*|labs?|research|inc|academy|college|school|department|google|meta|team)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\bet\.? ?al\b\.?|\betc\b\.?|\band others\b|\u7b49\Z", re.IGNORECASE)
_MOST_WORDS = 5
_FEWEST_NAMES = 2
_ENOUGH_NAMES = 5
"""Names of a line from which on one may be misspelled."""
_LONGEST_NAMES = 600


def names_in(text: str, fewest: int = _FEWEST_NAMES) -> tuple[str, ...]:
    """Return the names of a line that holds nothing else; none where it may say something else.

    Args:
        text: the line.
        fewest: how many names there must be.
    """
    bare = re.sub(r"^\W*(?:authors?|by)\s*[:\uff1a]?\s*", "", text.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"[*\u2020\u2021\u00a7\d]+", "", bare).strip(" .,;*_")
    bare = re.sub(r"\([^()]*\)", "", bare)
    if not bare or _BODIES.search(bare):
        return ()
    names = _inverted(bare) or tuple(name for name in _PART.split(_SHORT.sub("", bare)) if name.strip())
    odd = []
    for name in names:
        if not _is_name(name):
            odd.append(name)
    if len(names) < fewest or (odd and not _is_slip(odd, len(names))):
        return ()
    found: list[str] = []
    for name in names:
        found.append(" ".join(name.split()))
    return tuple(found)


def _is_slip(odd: list[str], count: int) -> bool:
    """Whether all names of a long line but one are names, and that one lacks a capital: ``Hao liu``."""
    if len(odd) > 1 or count < _ENOUGH_NAMES:
        return False
    if not re.fullmatch(r"[^\W\d_][\w.-]* [^\W\d_][\w.-]*", odd[0]):
        return False
    return odd[0][0].isupper()


def is_cut_short(text: str) -> bool:
    """Whether a line of authors leaves some out: ``A. Berg et al.``."""
    return bool(_SHORT.search(text))


def _inverted(text: str) -> tuple[str, ...]:
    """Return names that stand as ``Berg, Ada and Chen, Li``."""
    names = re.split(r"\s+and\s+|\s*;\s*", text)
    if len(names) < _FEWEST_NAMES:
        return ()
    for name in names:
        if not re.fullmatch(r"[^,]{2,40},\s*[^,]{1,40}", name):
            return ()
    return tuple(names)


def _is_name(text: str) -> bool:
    """Whether a text is the name of a person: words in capitals, particles apart."""
    words = re.split(r"[\s,]+", text.strip(" ,"))
    named = 0
    for word in words:
        if not _WORD.fullmatch(word):
            return False
        if word.lower() in _PARTICLES and word is not words[0]:
            continue  # `Di Jin` begins with a name, `Vincenzo Di Massa` has a particle
        if word[0].islower() and word not in _PARTICLES:
            return False
        named += 1
    if named <= 1:
        return False
    return len(words) <= _MOST_WORDS


def without_leading_names(text: str) -> str:
    """Return a reference without the authors before its title: ``Berg and Chen. Title`` is ``Title``."""
    position = 0
    while (stop := text.find(". ", position, _LONGEST_NAMES)) >= 0:
        names, rest = text[:stop], text[stop + 2 :]
        position = stop + 2
        is_initial = len(re.split(r"[\s.]+", names)[-1]) == 1
        if is_initial:
            continue
        bare = re.search(r",|\band\b|&|\bet al\b", names) and all(map(_is_of_names, names.split()))
        if bare and len(rest.split()) > _FEWEST_NAMES:
            return rest
        return text
    return text


def _is_of_names(word: str) -> bool:
    """Whether a word can stand in a list of names."""
    bare = word.strip(",.;")
    if bare.lower() in _PARTICLES | {"and", "&", "et", "al", ""}:
        return True
    return bare[:1].isupper()
