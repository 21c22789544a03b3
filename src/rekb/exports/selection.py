"""Which entries an export holds: by topic, by key, narrowed by facets."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.model import Entry, Facet
from rekb.model.entry import Effect

_EFFECT_FACETS: dict[str, str] = {
    "resource": Facet.RESOURCE,
    "saves": Facet.RESOURCE,
    "costs": Facet.RESOURCE,
    "phase": Facet.PHASE,
}
_WORD_FACETS: dict[str, str] = {
    "requires": Facet.REQUIREMENT,
    "hardware": Facet.HARDWARE,
    "modality": Facet.MODALITY,
}
FACET_NAMES = (*_EFFECT_FACETS, *_WORD_FACETS, "venue", "year")
"""What can stand before the ``=``."""

Wanted = Mapping[str, frozenset[str]]
"""Facet name to the words of which one must hold."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; nothing asked for is everything."""

    topics: tuple[str, ...] = ()
    """Topic ids; each brings the topics below it."""
    keys: tuple[str, ...] = ()
    """Citation keys, beside the topics."""
    facets: tuple[str, ...] = ()
    """``name=word``: words of one name widen, different names narrow."""


def select(base: KnowledgeBase, selection: Selection) -> tuple[str, ...]:
    """Return the keys of the selected entries, sorted.

    Args:
        base: the knowledge base.
        selection: entries named by key or standing under a topic, all where neither is given; of these,
            those that match all facets. ``resource``, ``saves``, ``costs`` and ``phase`` speak of one effect:
            ``saves=memory`` with ``phase=inference`` is memory saved at inference. ``year`` is the first
            public year, ``venue`` any record's.

    Raises:
        RekbError: for words that do not exist, each with the nearest that do.
    """
    _refuse_unknown("topic", selection.topics, base.topics)
    _refuse_unknown("key", selection.keys, base.entries)
    wanted = _wanted(base, selection.facets)
    chosen = set(selection.keys)
    chosen.update(key for topic in selection.topics for key, _ in base.entries_under(topic))
    everything = not (selection.topics or selection.keys)
    return tuple(
        key
        for key, entry in sorted(base.entries.items())
        if (everything or key in chosen) and _matches(entry, wanted)
    )


def unknown_words(what: str, words: Iterable[str], known: Iterable[str]) -> str:
    """Return what is wrong with words that are not among the known ones, or nothing."""
    names = list(known)
    faults: list[str] = []
    for word in dict.fromkeys(words):
        if word not in names:
            whole = [name for name in names if name.endswith(f"/{word}")]
            near = whole or difflib.get_close_matches(word, names, n=2, cutoff=0.55)
            meant = f"; did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else ""
            faults.append(f"unknown {what} `{word}`{meant}")
    return "\n".join(faults)


def _refuse_unknown(what: str, words: Iterable[str], known: Iterable[str]) -> None:
    if fault := unknown_words(what, words, known):
        raise RekbError(fault)


def _wanted(base: KnowledgeBase, facets: Sequence[str]) -> Wanted:
    wanted: dict[str, set[str]] = {}
    for facet in facets:
        name, equals, word = facet.partition("=")
        if not equals:
            raise RekbError(f"`{facet}` is no facet; write name=word, such as saves=memory")
        _refuse_unknown("facet", [name], (*FACET_NAMES, *base.config.own_facets))
        _refuse_unknown(f"word of {name}", [word], _vocabulary(base, name))
        wanted.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in wanted.items()}


def _vocabulary(base: KnowledgeBase, name: str) -> Iterable[str]:
    if name == "venue":
        return base.venues
    if name == "year":
        return sorted({str(entry.year) for entry in base.entries.values()})
    return base.facets.get((_EFFECT_FACETS | _WORD_FACETS).get(name, name), ())


def _matches(entry: Entry, wanted: Wanted) -> bool:
    words = {
        "requires": entry.requires or (),
        "hardware": entry.hardware or (),
        "modality": entry.modalities,
        "venue": tuple(record.venue for record in entry.records),
        "year": (str(entry.year),),
        **entry.tags,
    }
    plain = (
        not wanted[name].isdisjoint(words.get(name, ())) for name in wanted if name not in _EFFECT_FACETS
    )
    return all(plain) and _effects_match(entry.effects, wanted)


def _effects_match(effects: Sequence[Effect], wanted: Wanted) -> bool:
    phases = wanted.get("phase")
    timely = [effect for effect in effects if phases is None or effect.phase in phases]
    if phases is not None and not timely:
        return False
    shown = {
        "resource": {effect.resource for effect in timely},
        "saves": {effect.resource for effect in timely if effect.change == "saves"},
        "costs": {effect.resource for effect in timely if effect.change == "costs"},
    }
    return all(not wanted[name].isdisjoint(shown[name]) for name in shown if name in wanted)
