"""Rules on numbers: results that cannot be, figures that contradict each other, days in disorder."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.entry import Result, Variant
from rekb.yamlio.document import Path_

_WHOLE = 100
_LOOK_UP = "look both figures up in the source that the variant names"
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
            if message := _implausible(result):
                path = ("results", number, "value")
                yield Finding(base.entry_paths[key], path, message, "read the number and its unit again")


def _implausible(result: Result) -> str | None:
    most = max(result.value, result.upper or result.value)
    if result.unit == "%" and most > _WHOLE and _SHARE.search(result.metric):
        return f"`{result.metric}` of {most} % is more than the whole"
    return f"a ratio of {result.value} says nothing" if result.unit == "x" and result.value <= 0 else None


def _variants(base: KnowledgeBase) -> Iterator[tuple[str, Path_, Variant]]:
    for key, entry in base.entries.items():
        for number, variant in enumerate(entry.model.variants if entry.model else ()):
            yield base.entry_paths[key], ("model", "variants", number), variant


@rule("inconsistent-figures", Severity.WARNING, local=True)
def inconsistent_figures(base: KnowledgeBase) -> Iterator[Finding]:
    """A part is no larger than its whole, and query heads share key-value heads evenly.

    Example: `attention_heads: 32` with `kv_heads: 5`; `active_experts: 8` of `experts: 4`
    Fix: look the figures up in the source that the variant names.
    """
    for file, path, v in _variants(base):
        for part, whole in (("active_parameters", "parameters"), ("active_experts", "experts")):
            few, many = getattr(v, part), getattr(v, whole)
            if few and many and few > many:
                message = f"`{part}` is {few:,}, `{whole}` only {many:,}"
                yield Finding(file, (*path, part), message, _LOOK_UP)
        if v.attention_heads and v.kv_heads and v.attention_heads % v.kv_heads:
            message = f"{v.attention_heads} query heads cannot share {v.kv_heads} key-value heads evenly"
            yield Finding(file, (*path, "kv_heads"), message, _LOOK_UP)


@rule("unusual-figures", Severity.HINT, local=True)
def unusual_figures(base: KnowledgeBase) -> Iterator[Finding]:
    """The heads together are nearly always as wide as the model; where they are not, one figure may be wrong.

    Example: `hidden_size: 4096`, `attention_heads: 32`, `head_size: 64`
    Fix: look the figures up; exempt the entry where the model is built so.
    """
    for file, path, v in _variants(base):
        if v.hidden_size and v.attention_heads and v.head_size:
            wide = v.attention_heads * v.head_size
            if wide != v.hidden_size:
                message = f"{v.attention_heads} heads of {v.head_size} make {wide:,}, not {v.hidden_size:,}"
                yield Finding(file, (*path, "head_size"), message, "look the figures up")


@rule("dates-out-of-order", Severity.WARNING, local=True)
def dates_out_of_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Corrections follow the day an entry was added, oldest first, and none is later than the last check.

    Example: `added: 2026-11-24` and a correction `on: 2026-11-20`
    Fix: mend the day that is wrong.
    """
    for key, entry in base.entries.items():
        days = [entry.added, *(c.on for c in entry.corrections)]
        for number, (before, after) in enumerate(pairwise(days)):
            if after < before:
                path: Path_ = ("corrections", number, "on")
                message, hint = f"{after} comes before {before}", "write the day that is right, oldest first"
                yield Finding(base.entry_paths[key], path, message, hint)
        if entry.checked and entry.corrections and entry.checked.on < max(days[1:]):
            message = f"the last check is of {entry.checked.on}, a correction of {max(days[1:])}"
            yield Finding(base.entry_paths[key], ("checked", "on"), message, "write the day of the last look")
