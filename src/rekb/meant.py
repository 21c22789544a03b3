"""Did you mean ...: the known words that are nearest to one that is not known. One rule for all messages."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile

from rekb.spelling import without_accents

_CUTOFF = 0.6
"""Likeness from which on a word may be the one that was meant; below, a suggestion would mislead."""
_SURE = 0.85
"""Likeness from which on a word is surely the one that was meant, so that no less likely one is named."""
_MOST = 2
_MOST_LEAVES = 6
_SHORTEST_WORD = 2
_TELLING = 4
"""Letters from which on a word inside a longer one says which was meant."""


def nearest(word: str, known: Iterable[str], most: int = _MOST) -> list[str]:
    """Return the known words that `word` may mean, the likeliest first.

    Of a path its last part counts: `quantisation` means `systems/quantization`, the shallowest path first. Of
    paths that end alike, the one most like the path that was written is first. Case, accents, and spaces or
    underscores in place of hyphens do not count.

    Args:
        word: what was written.
        known: the words that there are.
        most: how many are returned at most.
    """
    wanted = _folded(word)
    folded = {name: _folded(name) for name in known}
    scores = _by_last_part(wanted, folded)
    if max(scores.values(), default=0) < _SURE:  # of `gpu`, `datacenter-gpu` is meant and not `cpu`
        scores = _by_short_form(wanted, folded) or _by_word(wanted, folded) or scores
    scores = scores or _by_whole(wanted, folded) or _by_inside(wanted, folded)
    best = max(scores.values(), default=0)
    likely = [name for name, score in scores.items() if score == best or best < _SURE]

    def rank(name: str) -> tuple[float, int, float, str]:
        shared = _shared_parts(folded[name], wanted)
        unlike = name.count("/") if "/" not in wanted else -_likeness(folded[name], wanted)
        return -scores[name], -shared, unlike, name

    return sorted(likely, key=rank)[:most]


def _shared_parts(text: str, wanted: str) -> int:
    """Return how many parts two paths have in common from the root on."""
    pairs = zip(text.split("/")[:-1], wanted.split("/")[:-1], strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _by_last_part(wanted: str, folded: Mapping[str, str]) -> dict[str, float]:
    last = wanted.rpartition("/")[2]
    parts = {}
    for name, text in folded.items():
        parts[name] = text.rpartition("/")[2]
    return _close(parts, last)


def _by_whole(wanted: str, folded: Mapping[str, str]) -> dict[str, float]:
    return _close(folded, wanted)


def _by_short_form(wanted: str, folded: Mapping[str, str]) -> dict[str, float]:
    """Return the names for which people say what was written: `kv-cache` for `key-value-cache`."""
    short = wanted.rpartition("/")[2].split("-")
    found: dict[str, float] = {}
    for n, text in folded.items():
        if _shortens(short, text.rpartition("/")[2].split("-")):
            found[n] = _CUTOFF
    return found


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether words are others of which some are given by their first letters."""
    if not short and not full:
        return True
    if not short or not full:
        return False
    if short[0] == full[0] and _shortens(short[1:], full[1:]):
        return True
    letters = len(short[0])
    if letters <= 1:
        return False
    initials = "".join(word[:1] for word in full[:letters])
    if initials != short[0]:
        return False
    return _shortens(short[1:], full[letters:])


def _by_word(wanted: str, folded: Mapping[str, str]) -> dict[str, float]:
    """Return the names of which one word, between hyphens, is what was written."""
    if len(wanted) < _SHORTEST_WORD:
        return {}
    found: dict[str, float] = {}
    for name, text in folded.items():
        if wanted in text.rpartition("/")[2].split("-"):
            found[name] = _CUTOFF
    return found


def _by_inside(wanted: str, folded: Mapping[str, str]) -> dict[str, float]:
    # A few letters are inside too many words to mean one of them.
    if len(wanted) < _TELLING:
        return {}
    found: dict[str, float] = {}
    for name, text in folded.items():
        if wanted in text:
            found[name] = _CUTOFF
    return found


def _close(folded: Mapping[str, str], wanted: str) -> dict[str, float]:
    close = set(difflib.get_close_matches(wanted, set(folded.values()), n=_MOST_LEAVES, cutoff=_CUTOFF))
    found: dict[str, float] = {}
    for name, text in folded.items():
        if text in close:
            found[name] = _likeness(text, wanted)
    return found


def nearest_leaves(word: str, topics: Collection[str]) -> list[str]:
    """Return the leaves of a tree of topics that `word` may mean: of an inner topic, the leaves below it."""
    found: list[str] = []
    for topic in nearest(word, topics, _MOST_LEAVES):
        found += _leaves_below(topic, topics) or [topic]
    return list(dict.fromkeys(found))[:_MOST_LEAVES]


def _leaves_below(topic: str, topics: Collection[str]) -> list[str]:
    below = [other for other in topics if other.startswith(f"{topic}/")]
    leaves = []
    for other in below:
        if not any(deeper.startswith(f"{other}/") for deeper in below):
            leaves.append(other)
    return leaves


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return `did you mean ...?` for the known words nearest to `word`, or `None`."""
    return question(nearest(word, known))


def did_you_mean_leaf(word: str, topics: Collection[str]) -> str | None:
    """Return the same for a place where a leaf of the tree is wanted."""
    return question(nearest_leaves(word, topics))


def question(words: Collection[str]) -> str | None:
    """Return the question whether one of these words was meant; `None` for no words."""
    if not words:
        return None
    quoted = [f"`{word}`" for word in words]
    return f"did you mean {' or '.join(quoted)}?"


def _folded(text: str) -> str:
    bare = without_accents(text.strip())
    return re.sub(r"[\s_]+", "-", bare.casefold())


def _likeness(text: str, wanted: str) -> float:
    return difflib.SequenceMatcher(None, text, wanted).ratio()
