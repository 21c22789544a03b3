"""What goes along with a set of entries: the topics, venues and words of numbers that they name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from rekb.kb import KnowledgeBase
from rekb.model import Entry, Measures
from rekb.model.vocabulary import Device

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

    All words go with all entries; with some, those that their results name. A word that only another one
    uses, such as the unit of a device's memory, goes along with it.
    """
    if _holds_everything(base, keys):
        return base.measures
    entries = [base.entries[key] for key in keys]
    metrics: set[str | None] = set()
    models: set[str | None] = set()
    named_devices: set[str | None] = set()
    for entry in entries:
        for result in entry.results:
            metrics.add(result.metric)
            models.add(result.model)
            named_devices.add(result.device)
    devices = _named(base.measures.devices, named_devices)
    return Measures(
        units=_named(base.measures.units, _units_of(entries, devices.values())),
        metrics=_named(base.measures.metrics, metrics),
        models=_named(base.measures.models, models),
        devices=devices,
    )


def _units_of(entries: Sequence[Entry], devices: Iterable[Device]) -> set[str | None]:
    units: set[str | None] = set()
    for entry in entries:
        units.update(_units_in(entry))
    for device in devices:
        if device.memory:
            units.add(device.memory.unit)
    return units


def _units_in(entry: Entry) -> Iterator[str]:
    """Yield the units of an entry's results, and of what others got; those of the latter may be absent."""
    for result in entry.results:
        yield result.unit
    for again in entry.reproductions:
        if again.unit:
            yield again.unit


def _named(words: Mapping[str, W] | None, ids: set[str | None]) -> dict[str, W]:
    """Return the words of a vocabulary that are asked for, in its order."""
    found: dict[str, W] = {}
    for word, value in (words or {}).items():
        if word in ids:
            found[word] = value
    return found


def _holds_everything(base: KnowledgeBase, keys: Sequence[str]) -> bool:
    return len(set(keys)) == len(base.entries)
