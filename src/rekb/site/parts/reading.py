"""Which works the body of a page is made from: what a later build has to know to leave the page as it is.

While a body is made, every work that is looked up is noted. Values that were worked out of a work before are
reached by its citation key, too, and noted likewise.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from rekb.kb import KnowledgeBase
from rekb.site.parts.views import Material

V = TypeVar("V")
ALL = ""
"""Stands for all works: something went through them, so any change may show. No citation key is empty."""


@dataclass(slots=True)
class Readings:
    """What is read at the moment."""

    read: set[str] | None = None
    """Citation keys, or `ALL`; None while nobody asks."""

    @contextmanager
    def noted(self) -> Iterator[set[str]]:
        """Note what is read meanwhile."""
        found: set[str] = set()
        self.read = found
        try:
            yield found
        finally:
            self.read = None


class Watched(Mapping[str, V]):
    """A mapping by citation key that notes what is read of it.

    Which keys it has is not noted: a page is kept only where there are the same works as before.
    """

    __slots__ = ("_readings", "_values")

    def __init__(self, values: Mapping[str, V], readings: Readings) -> None:
        self._values = values
        self._readings = readings

    def __getitem__(self, key: str) -> V:
        """Return the value of a key, and note the key; one that is not there is no work."""
        value = self._values[key]
        if self._readings.read is not None:
            self._readings.read.add(key)
        return value

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, and note that somebody goes through all of them."""
        if self._readings.read is not None:
            self._readings.read.add(ALL)
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many works there are."""
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a work."""
        return key in self._values


def watched(base: KnowledgeBase, readings: Readings) -> Material:
    """Return what pages are made from, so that what they read of works is noted."""
    material = Material.of(replace(base, entries=Watched(base.entries, readings)))
    return replace(material, rows=Watched(material.rows, readings), traits=Watched(material.traits, readings))
