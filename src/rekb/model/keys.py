"""How a citation key is made, and how titles and identifiers are compared."""

import re
import unicodedata
from functools import lru_cache

from rekb.model.entry import Author, Entry, Group, Mononym
from rekb.model.identifiers import Pair, normal_pairs
from rekb.model.record import Record
from rekb.spelling import without_accents

_STOP_WORDS = frozenset({"a", "an", "the", "on", "of", "to", "in", "for", "with", "from", "by", "at", "and"})
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
"""For a title in ASCII, as nearly all are: what its fingerprint leaves out."""


def compact(text: str) -> str:
    """Keep only lower-case ASCII letters and digits."""
    return re.sub(r"[^a-z0-9]", "", without_accents(text).lower())


def family_name(author: Author) -> str:
    """Return the part of a name that an author is sorted by."""
    if isinstance(author, Group):
        return author.group
    if isinstance(author, Mononym):
        return author.mononym
    return author.split(",", 1)[0]


def base_key(authors: tuple[Author, ...], year: int, title: str) -> str:
    """Return the key of a work: family name of the first author, first public year, first title word.

    Words that carry no meaning (a, the, on ...) are passed over. ``dao2022flashattention``.
    """
    name = compact(family_name(authors[0]))
    # The first digits of a key are its year, so a group such as `01.AI` loses its own.
    family = re.sub(r"[0-9]", "", name) or "anonymous"
    return f"{family}{year}{_first_telling_word(title)}"


def _first_telling_word(title: str) -> str:
    for word in map(compact, title.split()):
        if word and word not in _STOP_WORDS:
            return word
    return "untitled"


def key_of(entry: Entry) -> str:
    """Return the key that this entry's facts ask for."""
    return base_key(entry.authors, entry.year, entry.title)


def key_matches(key: str, entry: Entry) -> bool:
    """Whether `key` is the entry's own, or that with a letter behind it to part two works of one key."""
    own = key_of(entry)
    if key == own:
        return True
    if key[:-1] != own:
        return False
    # The first work of a key has no letter behind it.
    return "b" <= key[-1] <= "z"


# Rules and imports ask for the same titles again and again.
@lru_cache(maxsize=2**15)
def title_fingerprint(title: str) -> str:
    """Return what two spellings of one title share: letters and digits without case and accents.

    Letters such as `ø` and those of other scripts stay, unlike in keys: a title is compared, and never typed.
    """
    if title.isascii():
        return title.lower().encode("ascii").translate(None, _NO_LETTERS).decode("ascii")
    folded = unicodedata.normalize("NFKD", title).casefold()
    parts = []
    for c in folded:
        if c.isalnum():
            parts.append(c)
    return "".join(parts)


def identifiers(record: Record) -> tuple[Pair, ...]:
    """Return the record's identifiers as (scheme, value), spelled so that equal works compare equal."""
    return _pairs(tuple(record.named().items()))


# Several rules ask for those of each record.
@lru_cache(maxsize=2**15)
def _pairs(named: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return normal_pairs(dict(named))
