"""The strip above an entry's prose: what the work gains and costs, its best number, the next step."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekb.citation.work import record_address
from rekb.kb import KnowledgeBase
from rekb.kb.results import result_words
from rekb.model import Entry
from rekb.model.results import Result
from rekb.site.parts.numbers import ResultLine, result_line
from rekb.site.parts.views import BadgeView, LinkView, Material, effect_view, formal_record
from rekb.site.urls import COMPARE


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A resource that a work changes, with all phases in which it does."""

    verb: str
    resource: BadgeView
    phases: str
    """The phases in one line: ``training, inference``."""


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A link to another host."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class StripView:
    """What an entry answers first."""

    gains: tuple[ChangeView, ...]
    costs: tuple[ChangeView, ...]
    best: ResultLine | None
    """One reported number with its condition and source; absent where none is reported."""
    more: int
    """How many further numbers are reported."""
    text: OutsideLink | None
    """The text of the work, or its page where no open text is known."""
    code: OutsideLink | None
    compare: LinkView
    """The compare page with this work and the one most like it."""


def strip_view(material: Material, key: str, nearest: str | None) -> StripView:
    """Return the strip of a work.

    Args:
        material: the knowledge base.
        key: the work.
        nearest: the work that is most like it, to compare with; `None` where there is none.
    """
    base = material.base
    entry = base.entries[key]
    best = best_result(base, key)
    return StripView(
        gains=_changes(base, entry, "saves"),
        costs=_changes(base, entry, "costs"),
        best=result_line(base, key, best) if best else None,
        more=max(len(entry.results) - 1, 0),
        text=_text(base, key),
        code=_code(entry),
        compare=_compare(material, key, nearest),
    )


def best_result(base: KnowledgeBase, key: str) -> Result | None:
    """Return the number that says most of a work, the first of those that are equal in this.

    Numbers of different conditions are not ranked by value. The authors' own come first, then those of
    a resource that the work gains, then those that say against what.
    """
    entry = base.entries[key]
    gained = {effect.resource for effect in entry.effects if effect.change == "saves"}

    def rank(result: Result) -> tuple[bool, bool, bool]:
        words = result_words(base, key, result)
        is_comparison = words.kind == "ratio" or result.baseline_value is not None
        # `False` sorts first, so each part says what makes a number say less.
        return bool(result.measured_by), words.resource not in gained, not is_comparison

    return min(entry.results, key=rank, default=None)


def _changes(base: KnowledgeBase, entry: Entry, change: str) -> tuple[ChangeView, ...]:
    """Return the resources that a work changes, each once, in the order of its effects."""
    verbs: dict[BadgeView, str] = {}
    phases: dict[BadgeView, list[str]] = {}
    for effect in entry.effects:
        if effect.change != change:
            continue
        view = effect_view(base, effect)
        verbs[view.resource] = view.verb
        phases.setdefault(view.resource, []).append(view.phase.label.lower())
    return tuple(ChangeView(verbs[resource], resource, _listed(phases[resource])) for resource in verbs)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _text(base: KnowledgeBase, key: str) -> OutsideLink | None:
    pdf = base.citations.work(key).pdf
    if pdf:
        return OutsideLink("PDF", pdf)
    page = record_address(formal_record(base, key))
    if page:
        return OutsideLink("Paper", page)
    return None


def _code(entry: Entry) -> OutsideLink | None:
    code = entry.links.code
    if code is None:
        return None
    if code.official:
        return OutsideLink("Code", code.url)
    return OutsideLink("Code (unofficial)", code.url)


def _compare(material: Material, key: str, nearest: str | None) -> LinkView:
    address = f"{COMPARE}?papers={key}"
    if nearest is None:
        return LinkView("Compare", address)
    return LinkView("Compare", f"{address},{nearest}", f"with {material.rows[nearest].name}")
