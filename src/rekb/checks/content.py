"""Rules on what an entry says: reading levels, sources, repeated sentences."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from rekb.checks.registry import Claims, Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.kb.index import author_label
from rekb.model.entry import UNKNOWN_AUTHORS, Author
from rekb.model.levels import Bounds
from rekb.model.parts import text_of
from rekb.readability import reading_grade
from rekb.text import amount, intricate, sentence_fingerprint, sentence_letters, sentences, word_count

SHORT_SENTENCE = 5
"""Sentences of fewer words may be in two entries: they say too little to be anyone's."""


_Summary = tuple[str, str, str, Bounds]
"""File, level, text and wanted length of a reading level."""


def _summaries(base: KnowledgeBase) -> list[_Summary]:
    """Return every text of a reading level, gathered once; none where the levels are not known."""
    found: list[_Summary] | None = base.views.get("summaries")
    if found is None:
        found = list(_gathered(base))
        base.views["summaries"] = found
    return found


def _gathered(base: KnowledgeBase) -> Iterator[_Summary]:
    # rekb.yaml names the levels and their bounds; those of a new base would measure the texts wrongly.
    if base.unread.config:
        return
    levels = base.config.levels
    for key, entry in base.entries.items():
        for name, level in levels.items():
            text = text_of(entry, name)
            if text:
                yield base.entry_paths[key], name, text, level.entry
    for topic_id, topic in base.topics.items():
        for name, level in levels.items():
            text = text_of(topic, name)
            if text:
                yield base.topic_paths[topic_id], name, text, level.topic


@rule("repeated-author", Severity.HINT, local=True)
def repeated_author(base: KnowledgeBase) -> Iterator[Finding]:
    """A name that is among the authors twice is mostly a slip of a copied list.

    Example: `authors: ["Noether, Emmy", "Hilbert, David", "Noether, Emmy"]`
    Fix: keep one; of two people of one name, say so in `exempt`.
    """
    for key, entry in base.entries.items():
        seen: set[Author] = set()
        for number, author in enumerate(entry.authors):
            if author in seen:
                message = f"`{author_label(entry, number)}` is among the authors twice"
                hint = "keep one, or say in `exempt` that these are two people"
                yield Finding(base.entry_paths[key], ("authors", number), message, hint)
            seen.add(author)


@rule("summary-length", local=True)
def summary_length(base: KnowledgeBase) -> Iterator[Finding]:
    """Each reading level has its length: shorter says too little, longer is not read.

    Example: a plain text of 120 words.
    Fix: keep to the bounds in the message.
    """
    for file, level, text, bounds in _summaries(base):
        count = word_count(text)
        if bounds.fewest <= count <= bounds.most:
            continue
        message = f"the {level} text has {amount(count, 'word')}; {bounds.fewest} to {bounds.most} are wanted"
        if count < bounds.fewest:
            yield Finding(file, ("summary", level), message, "say more")
        else:
            yield Finding(file, ("summary", level), message, "cut it")


@rule("hard-to-read", local=True)
def hard_to_read(base: KnowledgeBase) -> Iterator[Finding]:
    """The easiest level is for readers outside the field: short words, short sentences.

    Example: a plain text of one 40-word sentence.
    Fix: split sentences and replace long words; the grade is Flesch-Kincaid's.
    """
    for file, level, text, _ in _summaries(base):
        hardest = base.config.levels[level].hardest_grade
        if hardest is None:
            # A text for experts may be as hard as it must be.
            continue
        grade = reading_grade(text)
        if grade > hardest:
            message = f"the {level} text reads at school grade {grade:.1f}; at most {hardest} is wanted"
            yield Finding(file, ("summary", level), message, "shorter sentences, shorter words")


def _claimed_sentences(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the letters of each sentence that may say enough to be compared, with its file."""
    for file, _, text, _ in _summaries(base):
        for letters in _letters(text):
            yield file, letters


@rule("shared-sentence", claims=Claims(_claimed_sentences))
def shared_sentence(base: KnowledgeBase) -> Iterator[Finding]:
    """A sentence that fits two works says nothing of either.

    Example: `It keeps accuracy close to the original.` in two entries.
    Fix: say what this work does.
    """
    counted = Counter(letters for _, _, text, _ in _summaries(base) for letters in _letters(text))
    repeated = {letters for letters, count in counted.items() if count > 1}
    seen: dict[str, tuple[str, str]] = {}
    for file, level, text, _ in _summaries(base):
        # To part all sentences into their words takes as long as to read the files.
        if repeated.isdisjoint(_letters(text)):
            continue
        for sentence, mark in _marks(text):
            if mark in seen:
                other, first = seen[mark]
                beside: tuple[str, ...] = (other,)
                message = f"this sentence is in the {first} text of {other} too: {sentence[:60]!r}"
                if other == file:
                    beside = ()
                    message = f"the {level} text repeats the {first} text: {sentence[:60]!r}"
                if other == file and first == level:
                    message = f"the {level} text has this sentence twice: {sentence[:60]!r}"
                hint = "write it for this work and for the readers of this level"
                yield Finding(file, ("summary", level), message, hint, beside=beside)
            seen.setdefault(mark, (file, level))


# Asked for each text by the rule, and for what a check keeps to compare with later.
@cache
def _letters(text: str) -> tuple[str, ...]:
    """Return the letters of the sentences of a text; some that say too little are left out."""
    parts = sentences(text)
    found = []
    for sentence, letters in zip(parts, sentence_letters(parts), strict=True):
        # Between so many words are as many signs, less one; other letters may have longer small ones.
        if len(sentence) - len(letters) >= SHORT_SENTENCE - 1 or not sentence.isascii():
            found.append(letters)
    return tuple(found)


def _marks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text that say enough to be compared, each with its fingerprint."""
    for sentence in sentences(text):
        mark = sentence_fingerprint(sentence)
        if mark.count(" ") + 1 >= SHORT_SENTENCE:
            yield sentence, mark


@rule("incomplete-entry", Severity.WARNING, local=True)
def incomplete_entry(base: KnowledgeBase) -> Iterator[Finding]:
    """An entry is complete when its facts were checked and its reading levels written.

    Example: an entry without `checked.sources`, or with a line in `checked.unconfirmed`.
    Fix: look the work up and fill what is missing; readers see the entry marked until then.
    """
    for key, entry in base.entries.items():
        missing = []
        for name in ("summary", "checked"):
            if getattr(entry, name) is None:
                missing.append(name)
        if entry.checked is not None and not entry.checked.sources:
            missing.append("checked.sources")
        if UNKNOWN_AUTHORS in entry.authors:
            missing.append("authors")
        if missing:
            message = f"incomplete: {', '.join(missing)} not filled"
            yield Finding(base.entry_paths[key], None, message, "fill it from the work's own pages")
        elif entry.checked and entry.checked.unconfirmed:
            message = "incomplete: facts could not be confirmed"
            hint = "look them up, and take the line out once they are"
            yield Finding(base.entry_paths[key], ("checked", "unconfirmed"), message, hint)


@rule("intricate-overview", local=True)
def intricate_overview(base: KnowledgeBase) -> Iterator[Finding]:
    """An overview is paragraphs and a list or two; thousands of brackets only keep the build busy.

    Example: a text of 400 brackets, of 500 lines, or with lists seven levels deep.
    Fix: write it as paragraphs.
    """
    hint = "write it as paragraphs"
    for topic_id, topic in base.topics.items():
        if topic.summary is None:
            continue
        for level, text in topic.summary.named():
            reason = intricate(text)
            if reason:
                message = f"the {level} text {reason}"
                yield Finding(base.topic_paths[topic_id], ("summary", level), message, hint)
