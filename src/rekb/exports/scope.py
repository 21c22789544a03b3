"""What goes along with a set of entries: the topics, venues and words of numbers that they name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from rekb.kb import KnowledgeBase
from rekb.model import Entry, Measures

W = TypeVar("W")


def topics_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the topics to export with `keys`, in the tree's order.

    All topics go with all entries; with some, the topics that they name and those above.
    """
    if _holds_everything(base, keys):
        return tuple(base.topics)
    needed: set[str] = set()
    for key in keys:
        for topic in base.entries[key].topics:
            needed.add(topic)
            # A topic's place in the tree is its path, so a file with a topic has those above it, too.
            needed.update(base.ancestors(topic))
    found: list[str] = []
    for topic in base.topics:
        if topic in needed:
            found.append(topic)
    return tuple(found)


def venues_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the venues to export with `keys`: all with all entries, else those of their records."""
    if _holds_everything(base, keys):
        return tuple(sorted(base.venues))
    named: set[str] = set()
    for key in keys:
        named.update(record.venue for record in base.entries[key].records)
    return tuple(sorted(named & base.venues.keys()))


def measures_of(base: KnowledgeBase, keys: Sequence[str]) -> Measures:
    """Return the vocabularies of numbers to export with `keys`.

    All words go with all entries; with some, those that their results name. A word that is only told of
    another one, such as the unit of a device's memory, goes along with it.
    """
    if _holds_everything(base, keys):
        return base.measures
    entries = [base.entries[key] for key in keys]
    results = [result for entry in entries for result in entry.results]
    devices = _named(base.measures.devices, {result.device for result in results})
    units = {unit for entry in entries for unit in _units_in(entry)}
    units.update(device.memory.unit for device in devices.values() if device.memory)
    return Measures(
        units=_named(base.measures.units, units),
        metrics=_named(base.measures.metrics, {result.metric for result in results}),
        models=_named(base.measures.models, {result.model for result in results}),
        devices=devices,
    )


def _units_in(entry: Entry) -> Iterator[str]:
    for result in entry.results:
        yield result.unit
    for again in entry.reproductions:
        if again.unit:
            yield again.unit


def _named(words: Mapping[str, W] | None, ids: set[str] | set[str | None]) -> dict[str, W]:
    """Return the words of a vocabulary that are asked for, in its order."""
    known = words or {}
    found: dict[str, W] = {}
    for word in known:
        if word in ids:
            found[word] = known[word]
    return found


def _holds_everything(base: KnowledgeBase, keys: Sequence[str]) -> bool:
    return len(set(keys)) == len(base.entries)
