"""Reported results for readers: short forms, and tables with conditions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.results import ResultWords, result_words
from rekb.kb.values import PRINTED, span_text, value_words
from rekb.model import Entry
from rekb.model.results import Result
from rekb.site.parts.views import LinkView, Material, cite_label
from rekb.site.urls import entry_path

CONDITIONS = (("baseline", "against"), ("model", "model"), ("hardware", "on"), ("setting", "setting"))
"""Conditions of a result and the word before each."""
_SPAN = r"(\d(?:\.\d+)?)(?:-?\s?(?:to|or|and|–|-)\s?(\d(?:\.\d+)?))?"
_MOST_BITS = 8
"""Wider numbers are what is quantized, not what it becomes."""
# Papers write W4A8KV4 for weights of 4 bits, activations of 8 and a cache of 4.
_BITS = (
    re.compile(rf"(?<![\d.]){_SPAN}[- ]?bits?\b", re.IGNORECASE),
    re.compile(r"\bW(\d{1,2})A(\d{1,2})(?:KV?(\d{1,2}))?\b"),
    re.compile(r"\b(?:INT|FP|NF)(\d)\b", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One reported number with its conditions, as a card or in a table."""

    id: str
    metric: str
    value: str
    conditions: tuple[tuple[str, str], ...]
    where: str
    address: str
    """The page of the source; empty where none is known."""
    read_in: str
    """The copy that was really read; empty where it was the source itself."""


@dataclass(frozen=True, slots=True)
class WorkResults:
    """The reported numbers of one work."""

    work: LinkView
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The first main number of a work, short, with its conditions apart."""

    short: str
    conditions: str
    more: int


def value_text(result: Result, metric: str) -> str:
    """Write a result's value with comparator and unit, which a metric may name itself: ``up to 3×``."""
    # `BLEU of 27.3 BLEU` would say it twice.
    if re.search(rf"\b{re.escape(result.unit)}\b", metric, re.IGNORECASE):
        return span_text(result, PRINTED)
    return value_words(result, PRINTED)


def conditions(words: ResultWords) -> tuple[tuple[str, str], ...]:
    """Return what a result holds for, each with the word before it; unknown conditions are left out."""
    known = []
    for name, word in CONDITIONS:
        text = getattr(words, name)
        if text:
            known.append((word, text))
    return tuple(known)


def circumstances(words: ResultWords) -> tuple[tuple[str, str], ...]:
    """Return the conditions of a result, and who measured it where its authors did not."""
    if not words.measured_by:
        return conditions(words)
    return (*conditions(words), ("measured by", words.measured_by))


def headline(base: KnowledgeBase, key: str) -> Headline | None:
    """Return a work's first number in short, its authors' own if there is one.

    What the work needs is no such number where it has another. The baseline belongs to it, the rest is apart.
    """
    results = base.entries[key].results
    if not results:
        return None
    own = []
    for result in results:
        if not result.measured_by:
            own.append(result)
    first = _telling(base, (*own, *results))
    words = result_words(base, key, first)
    short = f"{value_text(first, words.metric)} {words.metric}"
    # A metric such as `speed-up over PyTorch` names its baseline already.
    if words.baseline and words.baseline.casefold() not in words.metric.casefold():
        short += f" vs {words.baseline}"
    return Headline(short, ", ".join(_beside_baseline(words)), len(results) - 1)


def _telling(base: KnowledgeBase, results: Sequence[Result]) -> Result:
    """Return the first result that says more than what is needed; the first where none does."""
    for result in results:
        metric = base.measures.metric(result.metric)
        if metric is None or not metric.need:
            return result
    return results[0]


def _beside_baseline(words: ResultWords) -> Iterator[str]:
    """Yield the other conditions; those that are known by what they say come without a word before."""
    for word, text in circumstances(words):
        if word in ("model", "setting"):
            yield text
        elif word != "against":
            yield f"{word} {text}"


def bit_widths(entry: Entry) -> tuple[int, ...]:
    """Return the widths of numbers, up to 8 bits, that an entry names in so many digits.

    Read are the settings of the authors' own results and the means of savings: there an entry says what it
    quantizes to. Baselines and costs name other widths and are not read.
    """
    texts = []
    for result in entry.results:
        if not result.measured_by:
            texts.append(result.setting or "")
    texts += [effect.how for effect in entry.effects if effect.change == "saves"]
    widths: set[int] = set()
    for text in texts:
        for number in _numbers_of_bits(text):
            if 1 <= number <= _MOST_BITS:
                widths.add(round(number))
    return tuple(sorted(widths))


def _numbers_of_bits(text: str) -> Iterator[float]:
    """Yield the widths that a text names; a pattern may have a group for each of its spellings."""
    for pattern in _BITS:
        for match in pattern.finditer(text):
            yield from map(float, filter(None, match.groups()))


def result_line(base: KnowledgeBase, key: str, result: Result) -> ResultLine:
    """Return a reported number as pages show it."""
    words = result_words(base, key, result)
    value = value_text(result, words.metric)
    return ResultLine(
        result.id, words.metric, value, circumstances(words), words.where, words.address, words.read_in
    )


def reported(material: Material, keys: Iterable[str]) -> tuple[WorkResults, ...]:
    """Return the numbers of works in the order given, works without numbers left out."""
    base = material.base
    views = []
    for key in keys:
        entry = base.entries[key]
        if entry.results:
            link = LinkView(cite_label(entry), entry_path(key), entry.title)
            lines = tuple(result_line(base, key, result) for result in entry.results)
            views.append(WorkResults(link, lines))
    return tuple(views)
