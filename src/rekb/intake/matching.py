"""Which works are there already: the same identifier in any spelling, or the same title."""

from dataclasses import dataclass, field

from rekb.checks.addresses import identifiers_in
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.keys import identifiers, title_fingerprint
from rekb.sources.work import FoundWork


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that is the work at hand."""

    key: str
    why: str
    """What they share: ``its arXiv 2205.14135``."""


@dataclass(slots=True)
class KnownWorks:
    """Identifiers and titles of the entries; grows while an import adds to it."""

    by_identifier: dict[tuple[str, str], str] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, entry: Entry) -> None:
        """Remember an entry."""
        for pair in entry_identifiers(entry):
            self.by_identifier.setdefault(pair, key)
        self.by_title.setdefault(title_fingerprint(entry.title) or entry.title, key)

    def find(self, work: FoundWork) -> Match | None:
        """Return the entry of a work that was found, or None; an identifier counts before the title."""
        for scheme, value in sorted(work.identifiers()):
            if key := self.by_identifier.get((scheme, value)):
                return Match(key, f"the same {scheme} identifier, {value}")
        key = self.by_title.get(title_fingerprint(work.title))
        return Match(key, "the same title") if key and title_fingerprint(work.title) else None


def entry_identifiers(entry: Entry) -> set[tuple[str, str]]:
    """Return all identifiers of an entry, those inside its records' addresses included."""
    found = {pair for record in entry.records for pair in identifiers(record)}
    return found | {pair for record in entry.records for pair in identifiers_in(record.url or "")}


def known_works(base: KnowledgeBase) -> KnownWorks:
    """Return the works of a knowledge base."""
    known = KnownWorks()
    for key, entry in base.entries.items():
        known.add(key, entry)
    return known
