"""Rules on numbers: results that cannot be, figures that contradict each other, days in disorder."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.kb.results import result_words
from rekb.model.parts import variants_of
from rekb.model.results import Result
from rekb.model.variant import Variant
from rekb.yamlio.document import Path_

_WHOLE = 100
_LOOK_UP = "look both figures up in the source that the variant names"
_PARTS = (
    ("active_parameters", "parameters"),
    ("active_experts", "experts"),
    ("attention_layers", "layers"),
    ("window_layers", "layers"),
)
"""Figures of which one is a part of the other."""
_SHARE = re.compile(
    r"\b(?:sav\w+|reduc\w+|fewer|less|lower|decreas\w+|accuracy|sparsity|utili[sz]ation|hit rate|smaller)\b",
    re.IGNORECASE,
)
"""Words of metrics that cannot exceed the whole."""


@rule("implausible-value", Severity.WARNING, local=True)
def implausible_value(base: KnowledgeBase) -> Iterator[Finding]:
    """A saving, an accuracy or a share is at most the whole; a ratio is more than nothing.

    Example: `{metric: memory saving, value: 250, unit: "%"}`; `{metric: speed-up, value: 0, unit: x}`
    Fix: read the number again; a growth by 250 % is no saving, and a factor has the unit `x`.
    """
    for key, entry in base.entries.items():
        for number, result in enumerate(entry.results):
            if not _may_be_implausible(result):
                continue
            message = _implausible(result, result_words(base, key, result).metric)
            if message:
                path = ("results", number, "value")
                yield Finding(base.entry_paths[key], path, message, "read the number and its unit again")


def _highest(result: Result) -> float:
    return max(result.value, result.upper or result.value)


def _may_be_implausible(result: Result) -> bool:
    """Whether the value is so high, or so low, that the metric matters, whose words take longer to find."""
    if result.unit == "%":
        return _highest(result) > _WHOLE
    return result.unit == "x" and result.value <= 0


def _implausible(result: Result, metric: str) -> str | None:
    highest = _highest(result)
    # A growth may be more than the whole; what is saved, or is a share, may not.
    if result.unit == "%" and highest > _WHOLE and _SHARE.search(metric):
        return f"`{metric}` of {highest} % is more than the whole"
    if result.unit == "x" and result.value <= 0:
        return f"a ratio of {result.value} says nothing"
    return None


def _variants(base: KnowledgeBase) -> Iterator[tuple[str, Path_, Variant]]:
    for key, entry in base.entries.items():
        for number, variant in enumerate(variants_of(entry)):
            yield base.entry_paths[key], ("model", "variants", number), variant


@rule("inconsistent-figures", Severity.WARNING, local=True)
def inconsistent_figures(base: KnowledgeBase) -> Iterator[Finding]:
    """A part is no larger than its whole, and query heads share key-value heads evenly.

    Example: `attention_heads: 32` with `kv_heads: 5`; `active_experts: 8` of `experts: 4`
    Fix: look the figures up in the source that the variant names.
    """
    for file, path, variant in _variants(base):
        for part, whole in _PARTS:
            few = getattr(variant, part)
            many = getattr(variant, whole)
            if few and many and few > many:
                message = f"`{part}` is {few:,}, `{whole}` only {many:,}"
                yield Finding(file, (*path, part), message, _LOOK_UP)
        heads = variant.attention_heads
        kv_heads = variant.kv_heads
        # Grouped-query attention gives each key-value head the same number of query heads.
        if heads and kv_heads and heads % kv_heads:
            message = f"{heads} query heads cannot share {kv_heads} key-value heads evenly"
            yield Finding(file, (*path, "kv_heads"), message, _LOOK_UP)


@rule("unusual-figures", Severity.HINT, local=True)
def unusual_figures(base: KnowledgeBase) -> Iterator[Finding]:
    """The heads together are nearly always as wide as the model; where they are not, one figure may be wrong.

    Example: `hidden_size: 4096`, `attention_heads: 32`, `head_size: 64`
    Fix: look the figures up; exempt the entry where the model is built so.
    """
    for file, path, variant in _variants(base):
        width = variant.hidden_size
        heads = variant.attention_heads
        size = variant.head_size
        if not width or not heads or not size:
            continue
        if heads * size != width:
            message = f"{heads} heads of {size} make {heads * size:,}, not {width:,}"
            yield Finding(file, (*path, "head_size"), message, "look the figures up")


@rule("dates-out-of-order", Severity.WARNING, local=True)
def dates_out_of_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Corrections follow the day an entry was added, oldest first, and none is later than the last check.

    Example: `added: 2026-11-24` and a correction `on: 2026-11-20`
    Fix: correct the day that is wrong.
    """
    for key, entry in base.entries.items():
        corrected = [correction.on for correction in entry.corrections]
        for number, (before, after) in enumerate(pairwise([entry.added, *corrected])):
            if after < before:
                path: Path_ = ("corrections", number, "on")
                message = f"{after} comes before {before}"
                hint = "write the day that is right, oldest first"
                yield Finding(base.entry_paths[key], path, message, hint)
        # Who corrects an entry has looked at it.
        if entry.checked and corrected and entry.checked.on < max(corrected):
            message = f"the last check is of {entry.checked.on}, a correction of {max(corrected)}"
            yield Finding(base.entry_paths[key], ("checked", "on"), message, "write the day of the last look")
