"""Names of authors as sources write them, turned into `Family, Given`, a mononym or a group."""

import re
from collections.abc import Sequence

from rekb.model.entry import Author, Group, Mononym
from rekb.sources.clean import cleaned
from rekb.sources.work import Doubt

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:team|group|collaboration|consortium|committee|commission|organi[sz]ation|association|society|agency"
    r"|ministry|institute|council|foundation|inc\.?|ltd\.?|gmbh|corp\.?|lab|labs|ai@meta|research|university"
    r"|project|authors|contributors|developers|maintainers|workshop|community|initiative|alliance|network"
    r"|federation)(?![\w-])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b[A-Z]{3,}-[A-Z][a-z]")
"""Part of a company named as no person is: ``LLM-Core Xiaomi``."""
_OTHERS = frozenset({"others", "et al", "et al.", "and others"})
_LONGEST_NAME = 120
CUT_SHORT = "the source cuts the list short; list every author"
"""What is doubted of authors that end in ``and others``."""
_HOMONYM = re.compile(r"(?<=\w)\s+0\d{3}(?=\Z|,)")
"""The number by which DBLP parts people of one name: ``Li Chen 0016``."""

_NUMBER_OF_HOMONYM = re.compile(r"0\d{3}")


def author_of(name: str) -> Author | None:
    """Return one author; `Family, Given` and `Given Family` are both read; None for an empty name."""
    text = _HOMONYM.sub("", cleaned(name, _LONGEST_NAME))
    if not text:
        return None
    if "," in text:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if len(parts) > 1 and _NUMBER_OF_HOMONYM.fullmatch(parts[0]):
            return author_of(" ".join(parts[1:]))  # some programs take the number for the family name
        return _inverted(parts, text) if parts else None
    words = text.split()
    if _is_body(text):
        return Group(group=text)
    if len(words) == 1:
        return Group(group=text) if _is_brand(text) else Mononym(mononym=text)
    return _natural(words)


def _is_body(text: str) -> bool:
    """Whether a name of several words is that of a body."""
    if _BODY.search(text) is not None:
        return True
    return _UNIT.search(text) is not None


def _is_brand(word: str) -> bool:
    """Whether one word is spelled as no person's name is: ``OpenAI``, ``DeepSeek-AI``."""
    return bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", word))


def _inverted(parts: list[str], text: str) -> Author:
    if _is_body(text):
        return Group(group=text)
    if len(parts) == 1:
        return Mononym(mononym=parts[0])
    family, *rest = parts
    # BibTeX writes `King, Jr., Martin Luther`, RIS writes the suffix last.
    if len(rest) > 1 and _SUFFIX.fullmatch(rest[-1]):
        rest = [rest[-1], *rest[:-1]]
    return ", ".join((family, rest[0], " ".join(rest[1:])) if len(rest) > 1 else (family, rest[0]))


def is_suffix(text: str) -> bool:
    """Whether a part of a name is one that follows the family name: ``Jr.``, ``III``."""
    return _SUFFIX.fullmatch(text) is not None


def _natural(words: list[str]) -> str:
    """Return a name in the order in which it is spoken as family, suffix, given: ``van Berg, Jr., Ada``."""
    suffix = []
    # Two words are a name without a suffix, whatever the second looks like.
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):  # noqa: PLR2004 - see above
        suffix = [words.pop()]
    # The family name begins at a particle, which is neither the first word nor the last.
    start = len(words) - 1
    for number in range(1, len(words) - 1):
        if _is_particle(words[number]):
            start = number
            break
    return ", ".join((" ".join(words[start:]), *suffix, " ".join(words[:start])))


def _is_particle(word: str) -> bool:
    """Whether a word begins in lower case, as BibTeX knows particles: ``van``, ``'t``, ``d'``."""
    letter = next((c for c in word if c.isalpha()), "")
    return letter.islower()


def person(family: str, given: str, suffix: str = "") -> Author | None:
    """Return an author whose parts a source keeps apart."""
    # Entries part a name at its commas, so no part may hold one of its own.
    family, given, suffix = (
        _HOMONYM.sub("", cleaned(part, _LONGEST_NAME)).replace(",", "") for part in (family, given, suffix)
    )
    if family and given:
        return ", ".join((family, suffix, given) if suffix else (family, given))
    return author_of(family or given)


def authors_of(names: Sequence[Author | str]) -> tuple[tuple[Author, ...], tuple[Doubt, ...]]:
    """Return all authors in order, and what a person should look at.

    Args:
        names: names as written; groups and mononyms that the source keeps apart stay as they are.
    """
    kept = []
    for name in names:
        if not (isinstance(name, str) and name.strip().lower() in _OTHERS):
            kept.append(name)
    made = [author_of(name) if isinstance(name, str) else name for name in kept]
    doubts = []
    if len(kept) < len(names):
        doubts.append(Doubt("authors", CUT_SHORT))
    if several := [n for n in kept if isinstance(n, str) and "," not in n and _is_long(n)]:
        doubts.append(Doubt("authors", f"look where the family name begins: {'; '.join(several[:5])}"))
    read = []
    for name, author in zip(kept, made, strict=True):
        if isinstance(name, str):
            read.append(author)
    alone = []
    for author in read:
        if isinstance(author, Mononym | Group):
            alone.append(author)
    if shown := "; ".join(a.mononym if isinstance(a, Mononym) else a.group for a in alone[:5]):
        doubts.append(Doubt("authors", f"a person ({{mononym: ..}}) or a body ({{group: ..}})? {shown}"))
    return tuple(author for author in made if author), tuple(doubts)


def _is_long(name: str) -> bool:
    """Whether a name in natural order has a middle word that may belong to the family name."""
    words = _HOMONYM.sub("", name).split()
    if any(_is_particle(word) for word in words[1:-1]):
        return False
    middle = []
    for w in words[1:-1]:
        if len(w.rstrip(".")) > 1:
            middle.append(w)
    if not middle:
        return False
    return not _is_body(name)
