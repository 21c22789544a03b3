"""Which works are there already: entries that may be the work at hand are found by look-up, then compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rekb.checks.addresses import entry_identifiers
from rekb.identity.titles import title_mark
from rekb.identity.verdict import Assessment, Facts, Verdict, compare, facts_of
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.entry import Author
from rekb.model.keys import compact, family_name, title_fingerprint
from rekb.sources.work import FoundWork


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that is the work at hand, or may be."""

    key: str
    why: str
    """What they share: ``the same arxiv identifier, 2205.14135``; for a doubt, what is to be looked at."""
    is_doubt: bool = False
    """Whether a person has to say if this is the work; nothing may be written until then."""


@dataclass(slots=True)
class KnownWorks:
    """Identifiers, titles and first authors of the entries; grows while an import adds to it."""

    by_identifier: dict[tuple[str, str], str] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)
    """Title without any sign, as bibliographies are compared with, to the first entry that has it."""
    facts: dict[str, Facts] = field(default_factory=dict)
    """Key to what sets the entry apart from others."""
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _titles_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _marks: dict[str, list[str]] = field(default_factory=dict)
    _first_authors: dict[str, list[str]] = field(default_factory=dict)

    def add(self, key: str, entry: Entry) -> None:
        """Remember an entry, or what is new of one that is known."""
        facts = facts_of(entry, entry_identifiers(entry))
        is_known = key in self.facts
        self.facts[key] = facts
        for pair in facts.identifiers:
            self.by_identifier.setdefault(pair, key)
        # A merge only adds records, so titles and authors are those that are known.
        if is_known:
            return
        fingerprint = title_fingerprint(entry.title) or entry.title
        self.by_title.setdefault(fingerprint, key)
        self._titles.setdefault(fingerprint, []).append(key)
        self._titles_of[key] = entry.titles
        for title in entry.titles:
            self._marks.setdefault(title_mark(title), []).append(key)
        self._first_authors.setdefault(_first_author(entry.authors), []).append(key)

    def find(self, work: FoundWork) -> Match | None:
        """Return the entry of a work that was found, a doubt that names it, or None for a new work.

        An identifier that leads to another work is a doubt even where an entry has the work's own title.
        """
        facts = work.facts()
        assessments = {key: self._assessment(facts, key) for key in self._candidates(facts)}
        same = []
        for key, assessment in assessments.items():
            if assessment.verdict is Verdict.SAME:
                same.append(key)
        doubted = []
        for key, assessment in assessments.items():
            if assessment.verdict is Verdict.DOUBT:
                doubted.append(key)
        strong = []
        for key in doubted:
            if facts.identifiers & self.facts[key].identifiers:
                strong.append(key)
        if len(same) == 1 and not strong:
            return Match(same[0], assessments[same[0]].why)
        if same or doubted:
            named = [*same, *doubted]
            return Match(named[0], self._compared(facts, assessments, named), is_doubt=True)
        return None

    def _assessment(self, facts: Facts, key: str) -> Assessment:
        """Return what an entry is to a work; it may have appeared under several titles."""
        known = self.facts[key]
        assessment = compare(facts, known)
        for title in self._titles_of[key]:
            if title == known.title:
                of_title = assessment
            else:
                of_title = compare(facts, replace(known, title=title))
            if of_title.verdict is Verdict.SAME:
                return of_title
        return assessment

    def _candidates(self, facts: Facts) -> Iterator[str]:
        """Yield each entry that may be a work, once: those of its identifiers first."""
        # Python puts a set of texts in another order in every run.
        found = [key for pair in sorted(facts.identifiers) if (key := self.by_identifier.get(pair))]
        found += self._marks.get(title_mark(facts.title), ()) if facts.title else ()
        # A title that differs by a letter is not found by look-up; its first author leads to it all the same.
        if facts.authors:
            found += self._first_authors.get(_first_author(facts.authors), ())
        yield from dict.fromkeys(found)

    def _compared(self, facts: Facts, assessments: dict[str, Assessment], named: list[str]) -> str:
        """Return what is to be looked at, with the work at hand and each entry that it may be."""
        others = [f"{assessments[key].why}: {key} is {self._named(self.facts[key])}" for key in named]
        advice = "correct what is wrong there, or add the work by hand if it is another"
        return f"this is {self._named(facts)}; {'; '.join(others)}: {advice}"

    def _named(self, facts: Facts) -> str:
        if facts.years:
            years = f", {min(facts.years)}"
        else:
            years = ""
        if facts.authors:
            who = f" by {family_name(facts.authors[0])}"
        else:
            who = ""
        numbers = ", ".join(f"{scheme} {value}" for scheme, value in sorted(facts.identifiers)[:3])
        return f"{facts.title!r}{who}{years}{f' ({numbers})' if numbers else ''}"

    def beside(self, facts: Facts) -> tuple[str, ...]:
        """Return the entries that rules compare with a work: those with an identifier or the title of it."""
        found = [key for pair in sorted(facts.identifiers) if (key := self.by_identifier.get(pair))]
        found += self._titles.get(title_fingerprint(facts.title) or facts.title, ())
        return tuple(dict.fromkeys(found))


def _first_author(authors: tuple[Author, ...]) -> str:
    if authors:
        return compact(family_name(authors[0]))
    return ""


def known_works(base: KnowledgeBase) -> KnownWorks:
    """Return the works of a knowledge base."""
    known = KnownWorks()
    for key, entry in base.entries.items():
        known.add(key, entry)
    return known
