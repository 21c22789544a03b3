"""Reported results for readers: short forms, and tables with conditions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rekb.model import Entry
from rekb.model.entry import Result
from rekb.site.parts.views import LinkView, Material, cite_label
from rekb.site.urls import entry_path

_COMPARATORS = {
    "exact": "",
    "about": "about ",
    "up-to": "up to ",
    "at-least": "at least ",
    "more-than": "more than ",
    "less-than": "less than ",
}
CONDITIONS = (("baseline", "against"), ("model", "model"), ("hardware", "on"), ("setting", "setting"))
"""Conditions of a result and the word before each."""
_SPAN = r"(\d(?:\.\d+)?)(?:-?\s?(?:to|or|and|–|-)\s?(\d(?:\.\d+)?))?"
_BITS = (
    re.compile(rf"(?<![\d.]){_SPAN}[- ]?bits?\b", re.IGNORECASE),
    re.compile(r"\bW(\d{1,2})A(\d{1,2})(?:KV?(\d{1,2}))?\b"),
    re.compile(r"\b(?:INT|FP|NF)(\d)\b", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One reported number with its conditions, as a card or in a table."""

    metric: str
    value: str
    conditions: tuple[tuple[str, str], ...]
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class WorkResults:
    """The reported numbers of one work."""

    work: LinkView
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The first telling number of a work, short, with its conditions apart."""

    short: str
    conditions: str
    more: int


def number_text(value: float) -> str:
    """Write a number as people do: thousands parted, no trailing zeros."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def value_text(result: Result) -> str:
    """Write a result's value with comparator and unit, which a metric may name itself: ``up to 3×``."""
    number = number_text(result.value)
    if result.upper is not None:
        number += f"–{number_text(result.upper)}"
    named = re.search(rf"\b{re.escape(result.unit)}\b", result.metric, re.IGNORECASE)
    unit = "" if named else {"x": "×", "%": " %"}.get(result.unit, f" {result.unit}")
    return f"{_COMPARATORS[result.comparator]}{number}{unit}"


def conditions(result: Result) -> tuple[tuple[str, str], ...]:
    """Return what a result holds for, each with the word before it; unknown conditions are left out."""
    return tuple((word, text) for name, word in CONDITIONS if (text := getattr(result, name)))


def told(result: Result) -> tuple[tuple[str, str], ...]:
    """Return the conditions of a result, and who measured it where its authors did not."""
    others = (("measured by", result.measured_by),) if result.measured_by else ()
    return (*conditions(result), *others)


def headline(entry: Entry) -> Headline | None:
    """Return a work's first number in short, its authors' own if there is one.

    The baseline belongs to it, the rest stands apart.
    """
    if not entry.results:
        return None
    first = next((r for r in entry.results if not r.measured_by), entry.results[0])
    against = first.baseline and first.baseline.casefold() not in first.metric.casefold()
    short = f"{value_text(first)} {first.metric}" + (f" vs {first.baseline}" if against else "")
    rest = [
        text if word in ("model", "setting") else f"{word} {text}"
        for word, text in told(first)
        if word != "against"
    ]
    return Headline(short, ", ".join(rest), len(entry.results) - 1)


def bit_widths(entry: Entry) -> tuple[int, ...]:
    """Return the widths of numbers, up to 8 bits, that an entry names in so many digits.

    Read are the settings of the authors' own results and the means of savings: there an entry says what it
    quantizes to. Baselines and costs name other widths and are not read.
    """
    own = [r.setting or "" for r in entry.results if not r.measured_by]
    texts = own + [e.how for e in entry.effects if e.change == "saves"]
    found = (
        group for text in texts for pattern in _BITS for m in pattern.finditer(text) for group in m.groups()
    )
    return tuple(sorted({round(float(n)) for n in found if n and 1 <= float(n) <= 8}))  # noqa: PLR2004 - bits


def result_line(result: Result) -> ResultLine:
    """Return a reported number as pages show it."""
    source = result.source
    return ResultLine(result.metric, value_text(result), told(result), source.where, source.url)


def reported(material: Material, keys: Iterable[str]) -> tuple[WorkResults, ...]:
    """Return the numbers of works in the order given, works without numbers left out."""
    entries = material.base.entries
    return tuple(
        WorkResults(
            LinkView(cite_label(entries[key]), entry_path(key), entries[key].title),
            tuple(map(result_line, entries[key].results)),
        )
        for key in keys
        if entries[key].results
    )
