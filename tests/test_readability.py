"""Reading grade, words, sentences and citations; the grade against the library that defines it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat  # type: ignore[import-untyped]

from fixture_kb import KB
from rekb.loading.loader import load
from rekb.readability import _words, reading_grade
from rekb.text import (
    citations,
    malformed_citations,
    sentence_fingerprint,
    sentences,
    size_words,
    without_citations,
    word_count,
)


def texts() -> Iterator[str]:
    for root in (KB, Path(__file__).parents[1]):
        base, _ = load(root)
        for entry in base.entries.values():
            if entry.summary:
                yield from entry.summary.texts()
    yield from (
        "One.", "Dr. Who isn't there. It's 3.5 GB! Is it? Yes.", "the models' own re-training, don't", "...",
        "Zzyzx grblfx quokkas tokenisers; supercalifragilistic detokenizers can't.", "(a) b? c! d. e",
    )  # fmt: skip


def test_the_grade_is_that_of_textstat() -> None:
    found = list(texts())
    assert len(found) > 10
    for text in found:
        plain = without_citations(text)
        if textstat.lexicon_count(plain):
            assert reading_grade(text) == pytest.approx(textstat.flesch_kincaid_grade(plain), abs=1e-9)


def test_a_text_without_words_has_no_grade() -> None:
    assert reading_grade("... !") == 0.0


@pytest.mark.parametrize(
    ("text", "keys", "wrong"),
    [
        ("x [@a2020b] y", ["a2020b"], []),
        ("[@a2020b; @c2021d]", ["a2020b", "c2021d"], []),
        ("[@a2020b;@c2021d] and [@e2022f]", ["a2020b", "c2021d", "e2022f"], []),
        ("[@A2020b]", [], ["[@A2020b]"]),
        ("[see @a2020b]", [], ["[see @a2020b]"]),
        ("a@b.c and [1] and [text](http://x)", [], []),
    ],
)
def test_citations(text: str, keys: list[str], wrong: list[str]) -> None:
    assert list(citations(text)) == keys
    assert list(malformed_citations(text)) == wrong


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two.", 2),
        ("state-of-the-art 3.5x", 2),
        ("a [@b2020c] d", 2),
        ("it's 4,096 — e.g. this", 4),
    ],
)
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "One two.",
        "state-of-the-art 3.5x, e.g. -this- or 'that' / those",
        "__init__ and _x_ - + . ' a's 'tis it'll ' end'",
        '(a)b [c]d; {e}f|g ~2 & 50 % #1 @x "q" `r` a\\b',
        "tab\tline\nfeed\x0bform\x0cgroup\x1cunit\x1fdel\x7f.",
        "Ends. In! Signs? ...",
        "'",
    ],
)
def test_a_text_in_ascii_is_counted_as_any_other(text: str) -> None:
    # A letter with an accent has the patterns count that know all letters.
    assert word_count(f"{text} é") == word_count(text) + 1
    assert sentence_fingerprint(f"{text} é") == f"{sentence_fingerprint(text)} é".strip()
    assert _words(f"{text} é") == [*_words(text), "é"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("See e.g. This one. And that.", ["See e.g. This one.", "And that."]),
        ("Version 2.0 is out.\n\nGood [@a2020b].", ["Version 2.0 is out.", "Good."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 kB"),
        (1499, "1 kB"),
        (1501, "2 kB"),
        (999_499, "999 kB"),
        (10**6, "1.0 MB"),
        (1_449_999, "1.4 MB"),
    ],
)
def test_sizes_are_written_as_people_do(size: int, words: str) -> None:
    assert size_words(size) == words
