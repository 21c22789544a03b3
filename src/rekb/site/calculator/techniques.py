"""Which works of the knowledge base make the weights or the key-value cache smaller, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import TypeVar

from rekb.kb.results import result_words
from rekb.kb.values import number_text
from rekb.model import Entry
from rekb.model.results import Result
from rekb.site.parts.combining import VerdictView, part_link, verdict_view
from rekb.site.parts.numbers import value_text
from rekb.site.parts.views import LinkView, Material, row_view
from rekb.site.urls import EXPLORE, entry_path, topic_path

_T = TypeVar("_T")
_SHOWN = 3
"""Works that a group names, those in the middle of the range; the rest stand behind its link."""
_WHOLE = 100
_GROUPS = {
    "weights": (
        "algorithms/model-compression/quantization",
        "algorithms/model-compression/pruning",
        "algorithms/model-compression/low-rank-decomposition",
        "architectures/dynamic-networks/mixture-of-experts/compression-and-serving",
        "systems/edge-serving",
    ),
    "cache": (
        "algorithms/inference/key-value-cache/quantization",
        "algorithms/inference/key-value-cache/eviction",
        "algorithms/inference/key-value-cache/sharing",
        "algorithms/inference/key-value-cache/storage",
        "systems/cloud-serving/memory-saving",
        "architectures/efficient-attention",
    ),
}
"""Topics whose works act on a term. What a base does not have is left out."""
_METRICS = {
    "weights": ("weight-memory-reduction", "model-size-reduction"),
    "cache": ("kv-cache-reduction",),
}
"""What is read as a saving of the term, the most direct first. A saving of the whole memory is none of one
term: it may come from activations, or from models that many users share."""
_TITLES = {"weights": "Smaller weights", "cache": "A smaller KV cache"}


@dataclass(frozen=True, slots=True)
class SavingView:
    """What one work reports that it saves."""

    work: LinkView
    factor: str
    """The largest factor that it reports: ``8×``."""
    value: str
    """``kv-cache reduction: up to 8×``."""
    source: LinkView
    """Where the number is, an address elsewhere."""
    conditions: str
    needs: tuple[str, ...] | None
    """What must be at hand; `None` where it is not known."""


@dataclass(frozen=True, slots=True)
class PairView:
    """What a topic goes with."""

    link: LinkView
    verdict: VerdictView


@dataclass(frozen=True, slots=True)
class GroupView:
    """The works of one topic that act on a term."""

    topic: LinkView
    count: int
    """Works that save memory in inference."""
    explore: str
    middle: str
    """The factor of the work in the middle; empty where none reports one."""
    reported: int
    """Works that report a factor."""
    most: SavingView | None
    """The work with the largest factor, which shows its conditions; none where all report the same."""
    savings: tuple[SavingView, ...]
    """The works in the middle of the range."""
    combines: tuple[PairView, ...]
    """What is stated to go with it, or not to."""


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of the memory, and what acts on it."""

    id: str
    title: str
    groups: tuple[GroupView, ...]


def techniques(material: Material) -> tuple[TermView, ...]:
    """Return what acts on each term, as far as this knowledge base has its topics."""
    found: list[TermView] = []
    for term in _GROUPS:
        found.append(_term(material, term))
    return tuple(found)


def _term(material: Material, term: str) -> TermView:
    groups = []
    for topic in _GROUPS[term]:
        if topic not in material.base.topics:
            continue
        group = _group(material, term, topic)
        if group.count:
            groups.append(group)
    return TermView(term, _TITLES[term], tuple(groups))


def _group(material: Material, term: str, topic: str) -> GroupView:
    keys = material.index.under_topic.get(topic, ())
    saving = [key for key in keys if _saves_memory(material.base.entries[key])]
    found: list[tuple[float, SavingView]] = []
    for key in saving:
        results = _savings(material.base.entries[key], _METRICS[term])
        if results:
            best = max(results, key=_largest)
            found.append((_largest(best), _saving(material, key, best)))
    found.sort(key=lambda pair: (pair[0], pair[1].work.label))
    views = [view for _, view in found]
    middle = middle_factor([factor for factor, _ in found])
    return GroupView(
        topic=_topic_link(material, topic),
        count=len(saving),
        explore=f"{EXPLORE}?topic={topic}&saves=memory&phase=inference",
        middle=middle,
        reported=len(views),
        most=_most(views, middle),
        savings=tuple(central(views, _SHOWN)),
        combines=_combines(material, topic),
    )


def _most(views: Sequence[SavingView], middle: str) -> SavingView | None:
    """Return the work with the largest factor, where that says more than the middle."""
    if not views or views[-1].factor == middle:
        return None
    return views[-1]


def central(ordered: Sequence[_T], count: int) -> Sequence[_T]:
    """Return so many in the middle of what is ordered, or all of few."""
    start = max(0, (len(ordered) - count) // 2)
    return ordered[start : start + count]


def _topic_link(material: Material, topic: str) -> LinkView:
    """Return the link to a topic, with its parent's title before its own."""
    title = material.base.topics[topic].title
    parent = topic.rpartition("/")[0]
    is_root = "/" not in parent
    if is_root or parent not in material.base.topics:
        return LinkView(title, topic_path(topic))
    return LinkView(f"{material.base.topics[parent].title}: {title}", topic_path(topic))


def _combines(material: Material, topic: str) -> tuple[PairView, ...]:
    """Return what is stated of a topic or one below it, each partner once."""
    combined = material.combined
    found: dict[str, PairView] = {}
    for part, pairs in combined.partners.items():
        if not f"{part}/".startswith(f"{topic}/"):
            continue
        for pair in pairs:
            other = next(each for each in pair if each != part)
            if f"{other}/".startswith(f"{topic}/"):
                continue
            view = PairView(part_link(material.base, combined, other), verdict_view(combined.together(pair)))
            found.setdefault(other, view)
    return tuple(found.values())


def _saves_memory(entry: Entry) -> bool:
    """Whether one effect saves memory in inference."""
    wanted = ("saves", "memory", "inference")
    for effect in entry.effects:
        if (effect.change, effect.resource, effect.phase) == wanted:
            return True
    return False


def _savings(entry: Entry, metrics: tuple[str, ...]) -> list[Result]:
    """Return the results that give a saving as a factor, against the model as it is.

    A result against another work says how much better one technique is than another, not what it saves.
    """
    found: list[Result] = []
    for metric in metrics:
        for result in entry.results:
            if result.metric == metric and not result.baseline_entry and _factors(result):
                found.append(result)
    return found


def _largest(result: Result) -> float:
    return max(_factors(result))


def _factors(result: Result) -> tuple[float, ...]:
    """Return a reduction as factors, its lower and upper end; 75% less is a factor of 4."""
    least = result.value
    most = result.value
    if result.upper is not None:
        most = result.upper
    if result.unit == "x":
        return (least, most)
    if result.unit != "%":
        return ()
    # A saving of all has no factor: nothing is left to divide by.
    if most >= _WHOLE:
        return ()
    return (_WHOLE / (_WHOLE - least), _WHOLE / (_WHOLE - most))


def middle_factor(factors: Sequence[float]) -> str:
    """Return the factor of the work in the middle: ``5.3×``; the lower one of two."""
    if not factors:
        return ""
    return _times(median_low(factors))


def _times(factor: float) -> str:
    return f"{number_text(round(factor, 1))}×"


def _saving(material: Material, key: str, result: Result) -> SavingView:
    row = row_view(material.base, key, {})
    words = result_words(material.base, key, result)
    known = [words.model, words.setting]
    if words.baseline:
        known.append(f"against {words.baseline}")
    needs = None
    if row.requires is not None:
        needs = tuple(badge.label for badge in row.requires)
    return SavingView(
        work=LinkView(row.name, entry_path(key)),
        factor=_times(_largest(result)),
        value=f"{words.metric}: {value_text(result, words.metric)}",
        source=LinkView(words.where, words.address),
        conditions=", ".join(filter(None, known)),
        needs=needs,
    )
