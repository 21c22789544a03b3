"""The facets read straight from entries, not through the code under test: what the pages are held to."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import parse_qs

from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.cited import cited_record

FACETS = ("saves", "phase", "needs", "topic", "hardware", "modality", "costs", "venue", "code", "state")
Lists = Mapping[str, list[str]]


def saves(entry: Entry, resources: list[str] | None, phases: list[str] | None) -> bool:
    return any(
        e.change == "saves"
        and (resources is None or e.resource in resources)
        and (phases is None or e.phase in phases)
        for e in entry.effects
    )


def stated(words: tuple[str, ...] | None, word: str) -> bool:
    if words is None:
        return word == "unknown"
    return word in words or (word == "nothing" and not words)


TESTS: dict[str, Callable[[KnowledgeBase, Entry, str], bool]] = {
    "saves": lambda _, entry, word: saves(entry, [word], None),
    "phase": lambda _, entry, word: saves(entry, None, [word]),
    "needs": lambda _, entry, word: stated(entry.requires, word),
    "hardware": lambda _, entry, word: stated(entry.hardware, word),
    "topic": lambda _, entry, word: any(f"{topic}/".startswith(f"{word}/") for topic in entry.topics),
    "modality": lambda _, entry, word: word in entry.modalities,
    "costs": lambda _, entry, word: any(e.change == "costs" and e.resource == word for e in entry.effects),
    "venue": lambda base, entry, word: cited_record(entry, base.venues).venue == word,
    "code": lambda _, entry, word: (word == "official") == has_official_code(entry),
    "state": lambda _, entry, word: (word == "complete") == entry.is_complete,
}


def has_official_code(entry: Entry) -> bool:
    code = entry.links.code
    return code is not None and bool(code.official)


def holds(base: KnowledgeBase, entry: Entry, facet: str, word: str) -> bool:
    """Whether the word of a facet holds for an entry, by what its file says."""
    return TESTS[facet](base, entry, word)


asked_in = lru_cache(parse_qs)
"""Returns what an address asks for."""


def fits(base: KnowledgeBase, entry: Entry, query: str) -> bool:
    """Whether an entry fits what an address asks for."""
    asked: Lists = asked_in(query)
    if {"saves", "phase"} & set(asked) and not saves(entry, asked.get("saves"), asked.get("phase")):
        return False
    for facet in FACETS[2:]:
        if facet in asked and not any(holds(base, entry, facet, word) for word in asked[facet]):
            return False
    for facet in FACETS:
        if any(holds(base, entry, facet, word) for word in asked.get(f"not-{facet}", [])):
            return False
    first, last = int(asked.get("from", ["0"])[0]), int(asked.get("to", ["9999"])[0])
    return first <= entry.year <= last


def fitting(base: KnowledgeBase, query: str) -> set[str]:
    """Return the keys of the entries that fit what an address asks for."""
    return {key for key, entry in base.entries.items() if fits(base, entry, query)}
