"""Each work's citation, worked out once however many files and pages show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rekb.citation.bibtex import bibtex_of
from rekb.citation.csl import csl_of
from rekb.citation.ris import ris_of
from rekb.citation.work import Work, cited_work
from rekb.jsontext import json_line
from rekb.model import Entry, Venue
from rekb.model.cited import cited_record
from rekb.model.record import Record


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of a knowledge base, by citation key; what is asked for again is the same object.

    Entries and venues do not change, so nothing that is kept here can become wrong. The entry is looked up
    each time all the same: who asks for a citation reads the entry, which a build notes.
    """

    entries: Mapping[str, Entry]
    venues: Mapping[str, Venue]
    _records: dict[str, Record] = field(default_factory=dict, repr=False)
    _works: dict[str, Work] = field(default_factory=dict, repr=False)
    _texts: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def record(self, key: str) -> Record:
        """Return the record that a citation names; see `cited_record`."""
        entry = self.entries[key]
        if key not in self._records:
            self._records[key] = cited_record(entry, self.venues)
        return self._records[key]

    def work(self, key: str) -> Work:
        """Return the work as it is cited; see `cited_work`."""
        entry = self.entries[key]
        if key not in self._works:
            self._works[key] = cited_work(key, entry, self.venues)
        return self._works[key]

    def bibtex(self, key: str) -> str:
        """Return the BibTeX entry."""
        return self._text("bibtex", key, bibtex_of)

    def ris(self, key: str) -> str:
        """Return the RIS record."""
        return self._text("ris", key, ris_of)

    def csl_json(self, key: str) -> str:
        """Return the CSL record as JSON, on one line."""
        return self._text("csl-json", key, lambda work: json_line(csl_of(work)))

    def _text(self, form: str, key: str, write: Callable[[Work], str]) -> str:
        work = self.work(key)
        place = (form, key)
        if place not in self._texts:
            self._texts[place] = write(work)
        return self._texts[place]
