"""The facets read straight from entries, not through the code under test: what the pages are held to."""

from collections.abc import Mapping
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


def holds(base: KnowledgeBase, entry: Entry, facet: str, word: str) -> bool:
    """Whether the word of a facet holds for an entry, by what its file says."""
    code = entry.links.code
    tests = {
        "saves": lambda: saves(entry, [word], None),
        "phase": lambda: saves(entry, None, [word]),
        "needs": lambda: stated(entry.requires, word),
        "hardware": lambda: stated(entry.hardware, word),
        "topic": lambda: any(f"{topic}/".startswith(f"{word}/") for topic in entry.topics),
        "modality": lambda: word in entry.modalities,
        "costs": lambda: any(e.change == "costs" and e.resource == word for e in entry.effects),
        "venue": lambda: cited_record(entry, base.venues).venue == word,
        "code": lambda: (word == "official") == (code is not None and bool(code.official)),
        "state": lambda: (word == "complete") == entry.is_complete,
    }
    return tests[facet]()


def fits(base: KnowledgeBase, entry: Entry, query: str) -> bool:
    """Whether an entry fits what an address asks for."""
    asked: Lists = parse_qs(query)
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
