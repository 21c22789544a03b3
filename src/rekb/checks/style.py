"""Rules on how summaries are worded: phrases that say nothing, copied titles, beginnings that repeat."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from rekb.checks.registry import Claims, Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.parts import texts_of
from rekb.text import sentence_fingerprint

FILLERS = (
    "in this paper", "this paper proposes", "this paper presents", "we propose", "we present", "novel",
    "groundbreaking", "cutting-edge", "cutting edge", "game-changing", "game changer", "revolutionary",
    "revolutionise", "revolutionize", "paves the way", "pave the way", "plays a crucial role",
    "plays a vital role", "plays a key role", "it is worth noting", "it is important to note",
    "it should be noted",
    "needless to say", "in today's world", "in recent years", "with the rapid development", "delve into",
    "harness the power", "unlock the potential", "leverages", "leveraging", "seamlessly", "state-of-the-art",
    "state of the art", "a wide range of", "in order to", "due to the fact that", "at the end of the day",
)  # fmt: skip
"""Phrases that could be in a text on anything."""
ALIKE = 8
"""From so many entries on, one beginning of a level is one too often."""
_BEGINNING = 3
"""Words that make a beginning."""
_NAMED = 3
"""Other entries that a finding names."""
_LONG_TITLE = 5
"""A title of fewer words may be in a text as the name that it is."""


_Text = tuple[str, str, str, str]
"""File, level, title and text of a summary."""


def _texts(base: KnowledgeBase) -> list[_Text]:
    """Return the texts of all summaries, gathered once."""
    found: list[_Text] | None = base.views.get("texts")
    if found is None:
        found = list(_gathered(base))
        base.views["texts"] = found
    return found


def _gathered(base: KnowledgeBase) -> Iterator[_Text]:
    for key, entry in base.entries.items():
        for level, text in texts_of(entry):
            yield base.entry_paths[key], level, entry.title, text
    for topic_id, topic in base.topics.items():
        for level, text in texts_of(topic):
            yield base.topic_paths[topic_id], level, topic.title, text


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, FILLERS))})\b", re.IGNORECASE)


_PARTED = re.compile(r"\b[a-z]+- (?!(?:and|or|nor|to|but|than)\b)[a-z]+")
"""A hyphen with a space behind it; `pre- and post-training` is meant so."""


@rule("parted-word", Severity.WARNING, local=True)
def parted_word(base: KnowledgeBase) -> Iterator[Finding]:
    """A line that ends with a hyphen is joined with a space: `pre-` and `training` become `pre- training`.

    Example: a folded text in which one line ends with `block-` and the next begins with `aligned`
    Fix: put the whole word on one line.
    """
    for file, level, _, text in _texts(base):
        found = "- " in text and _PARTED.search(text)
        if found:
            message = f"`{found[0]}` is one word that a line break parts"
            yield Finding(file, ("summary", level), message, "put the whole word on one line")


@rule("filler-phrase", Severity.HINT, local=True)
def filler_phrase(base: KnowledgeBase) -> Iterator[Finding]:
    """A phrase that fits any work takes the place of what this one does.

    Example: `This paper proposes a novel method that paves the way ...`
    Fix: say what is done, to what, and what it saves; drop the phrase.
    """
    for file, level, _, text in _texts(base):
        folded = text.casefold()
        # The pattern goes over the text letter by letter, and hardly any text needs it.
        if not any(map(folded.__contains__, FILLERS)):
            continue
        phrases = [match[0].casefold() for match in _filler().finditer(text)]
        for phrase in dict.fromkeys(phrases):
            message = f"`{phrase}` says nothing"
            yield Finding(file, ("summary", level), message, "drop it, or say what is meant")


@rule("copied-title", Severity.HINT, local=True)
def copied_title(base: KnowledgeBase) -> Iterator[Finding]:
    """The title stands above the text already; written out again, it explains nothing.

    Example: a plain text that begins `FlashAttention: Fast and Memory-Efficient Exact Attention ... is`
    Fix: use the short name, and say in own words what the title says.
    """
    for file, level, title, text in _texts(base):
        mark = _fingerprint(title)
        if mark.count(" ") + 1 < _LONG_TITLE:
            continue
        folded = text.casefold()
        # The fingerprint of a long text costs more than these look-ups.
        if not all(word in folded for word in mark.rsplit(" ", 2)[1:]):
            continue
        if mark in sentence_fingerprint(text):
            yield Finding(file, ("summary", level), "the text repeats the title", "say it in other words")


# Asked for once for each level.
_fingerprint = lru_cache(maxsize=8)(sentence_fingerprint)


def _beginnings(base: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Yield key, level and first words of every summary of an entry."""
    for key, entry in base.entries.items():
        for level, text in texts_of(entry):
            # Three words are well within these signs, and the fingerprint of a whole text costs time.
            yield key, level, _beginning(text[:80])


@cache
def _beginning(text: str) -> str:
    return " ".join(sentence_fingerprint(text).split()[:_BEGINNING])


def _claimed_beginnings(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield level and first words of every summary of an entry, with its file."""
    for key, level, start in _beginnings(base):
        yield base.entry_paths[key], f"{level}: {start}"


@rule("same-beginning", Severity.HINT, claims=Claims(_claimed_beginnings, ALIKE))
def same_beginning(base: KnowledgeBase) -> Iterator[Finding]:
    """Readers go from entry to entry: texts that all begin alike read like a form that was filled in.

    Example: seven plain texts that begin `Large language models`
    Fix: begin with what is special about this work.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, level, start in _beginnings(base):
        groups[level, start].append(key)
    for (level, words), keys in groups.items():
        if len(keys) < ALIKE:
            continue
        for key in keys:
            others = [other for other in keys if other != key]
            named = ", ".join(others[:_NAMED])
            message = f"it begins `{words}`, as do {named} and {len(others) - _NAMED} more"
            hint = "begin with what is special about this work"
            yield Finding(base.entry_paths[key], ("summary", level), message, hint)
