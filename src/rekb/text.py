"""Prose as data: words, sentences, citations, reading grade. Values in, values out."""

import re
from functools import cache
from typing import Any

_CITATION = re.compile(r"\[((?:@[a-z0-9]+(?:;\s*)?)+)\]")
_WORD = re.compile(r"[^\W_](?:[\w'’.,/+-]*\w)?", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(])")


def citations(text: str) -> tuple[str, ...]:
    """Return the citation keys in `text`: ``[@dao2022flashattention; @hu2021lora]`` holds two."""
    return tuple(key for group in _CITATION.findall(text) for key in re.findall(r"@([a-z0-9]+)", group))


def without_citations(text: str) -> str:
    """Return `text` as it reads aloud, citations left out."""
    return re.sub(r"\s*" + _CITATION.pattern, "", text)


def word_count(text: str) -> int:
    """Return the number of words, citations not counted."""
    return len(_WORD.findall(without_citations(text)))


def sentences(text: str) -> tuple[str, ...]:
    """Split prose into sentences; abbreviations such as ``e.g.`` do not end one."""
    whole = " ".join(without_citations(text).split())
    parts: list[str] = []
    for part in _SENTENCE_END.split(whole):
        if parts and re.search(r"\b(?:e\.g|i\.e|vs|cf|et al|Fig|approx)\.$", parts[-1]):
            parts[-1] += f" {part}"
        elif part:
            parts.append(part)
    return tuple(parts)


def sentence_fingerprint(sentence: str) -> str:
    """Return what two printings of one sentence share."""
    return re.sub(r"[\W_]+", " ", sentence.casefold()).strip()


@cache
def _textstat() -> Any:
    import textstat  # noqa: PLC0415 - loading its dictionaries takes longer than the rest of a run

    return textstat


@cache
def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid school grade of `text`, as the library textstat counts it."""
    return float(_textstat().flesch_kincaid_grade(without_citations(text)))
