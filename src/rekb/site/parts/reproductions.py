"""What others got who measured a number again, as pages show it beside the number."""

from dataclasses import dataclass

from rekb.citation.work import safe_address
from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import Again, reproductions_of
from rekb.kb.results import result_words, source_address, source_words
from rekb.site.parts.numbers import value_text

WORDS = {"confirmed": "confirmed", "differs": "others got another number", "explained": "explained"}
"""Outcomes in words that stand alone."""


@dataclass(frozen=True, slots=True)
class AgainView:
    """What others got for one number."""

    outcome: str
    """`confirmed`, `differs` or `explained`."""
    label: str
    value: str
    """What they got; empty where it is not stated."""
    why: str
    where: str
    address: str
    read_in: str
    on: str


def again_view(base: KnowledgeBase, again: Again) -> AgainView:
    """Return what others got, in words."""
    seen = again.reproduction
    return AgainView(
        outcome=seen.outcome,
        label=WORDS[seen.outcome],
        value=_value(base, again),
        why=seen.why or "",
        where=source_words(base, seen.source),
        address=source_address(base, again.key, seen.source),
        read_in=safe_address(seen.source.read_in or ""),
        on=seen.on.isoformat(),
    )


def _value(base: KnowledgeBase, again: Again) -> str:
    seen = again.reproduction
    if seen.value is None:
        return ""
    unit = seen.unit or again.result.unit
    # `up to` and an upper end belong to the number of the work, not to what others got.
    other = {"value": seen.value, "upper": None, "comparator": "exact", "unit": unit}
    return value_text(
        again.result.model_copy(update=other), result_words(base, again.key, again.result).metric
    )


def measured_again(base: KnowledgeBase, key: str) -> dict[str, tuple[AgainView, ...]]:
    """Return what others got of a work's results, by the result's id."""
    found: dict[str, tuple[AgainView, ...]] = {}
    for again in reproductions_of(base, key):
        before = found.get(again.result.id, ())
        found[again.result.id] = (*before, again_view(base, again))
    return found
