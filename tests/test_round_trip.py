"""Our own exports are read back: every work of the survey, with equal facts, in each format of references."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from rekb.citation.bibtex import bibtex
from rekb.citation.csl import csl
from rekb.citation.ris import ris
from rekb.citation.work import Work, cited_work
from rekb.intake.draft import entry_fields, settle
from rekb.intake.venues import VenueNames, venue_names
from rekb.kb import KnowledgeBase
from rekb.model import Entry, Venue
from rekb.sources.formats import read_works
from rekb.sources.identifiers import known_in
from rekb.sources.work import FoundWork

Writer = Callable[[str, Entry, Mapping[str, Venue]], str]
STAND_INS = {
    "jmn": Venue(id="jmn", name="Journal of Moths at Night", short="JMN", kind="journal"),
    "book": Venue(id="book", name="Book", short="Book", kind="book"),
    "thesis": Venue(id="thesis", name="Thesis", short="Thesis", kind="thesis"),
    "web": Venue(id="web", name="Web page", short="Web", kind="web"),
    "tech-report": Venue(id="tech-report", name="Technical report", short="Technical report", kind="report"),
}


def csl_text(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    return json.dumps([csl(key, entry, venues)], ensure_ascii=False)


FORMS: dict[str, Writer] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_text}
FACTS = (
    "title", "names", "edited", "form", "year", "month", "container", "publisher", "genre", "volume", "issue",
    "article", "first_page", "last_page", "doi", "arxiv", "link",
)  # fmt: skip


def facts(work: Work, doi: str = "") -> dict[str, object]:
    """Return what a reader of the citation sees; a DOI that only its address holds may be read from there."""
    found = {name: getattr(work, name) for name in FACTS}
    if doi and not work.doi and known_in(work.url).get("doi") == doi:
        found |= {"doi": doi, "link": f"https://doi.org/{doi}"}
    return found


def read_back(names: VenueNames, entry: Entry, text: str, form: str) -> Work:
    (read,) = read_works(text, form)
    assert isinstance(read.work, FoundWork), read.work
    fields = entry_fields(read.work, settle(read.work, names), entry.topics, date(2026, 11, 24))
    fields.pop("name", None)
    return cited_work("k2026k", Entry.model_validate(fields), names.venues)


def differing(names: VenueNames, key: str, entry: Entry, form: str) -> dict[str, tuple[object, object]]:
    wanted = cited_work(key, entry, names.venues)
    read = read_back(names, entry, FORMS[form](key, entry, names.venues), form)
    before, after = facts(wanted, read.doi), facts(read)
    if form == "ris":  # it has no sign for a body, and the reader says so as a doubt
        before["names"] = [name.sorted for name in wanted.names]
        after["names"] = [name.sorted for name in read.names]
    return {name: (before[name], after[name]) for name in FACTS if not is_equal(before[name], after[name])}


def is_equal(one: object, other: object) -> bool:
    """Whether two facts are one in print: LaTeX writes an apostrophe as a straight one and sets it curved."""
    said = (repr(fact).replace("\u2019", "'").replace('"', "'") for fact in (one, other))
    return next(said) == next(said)


@pytest.mark.parametrize("form", FORMS)
def test_every_work_of_the_survey(base: KnowledgeBase, form: str) -> None:
    names = venue_names(base)
    found = {key: differing(names, key, entry, form) for key, entry in base.entries.items()}
    assert {key: fields for key, fields in found.items() if fields} == {}


def entry_of(kind: str, record: dict[str, Any], **more: Any) -> Entry:
    fields = {"title": "Moths at Night: Part II of C++ & X²", "kind": kind, "authors": ["van 't Klee, Anna"],
              "records": [record], "topics": ["a/b"], "added": "2026-11-24"}  # fmt: skip
    return Entry.model_validate(fields | more)


KINDS = [
    entry_of("paper", {"venue": "jmn", "year": 1869, "volume": "5", "issue": "2-3", "article": "e0173"}),
    entry_of("paper", {"venue": "jmn", "year": 1987, "doi": "10.1175/1520-0493(1987)115<1606:G>2.0.CO;2"}),
    entry_of("book", {"venue": "book", "year": 1454, "publisher": "Lamp & Sons"}),
    entry_of("book", {"venue": "book", "year": 1999, "publisher": "Lamp Press"}, edited=True),
    entry_of("chapter", {"venue": "book", "year": 2001, "book": "Handbook of Moths", "publisher": "Press",
                         "pages": "11-26"}),
    entry_of("thesis", {"venue": "thesis", "year": 2020, "publisher": "University of Nowhere",
                        "note": "PhD thesis"}),
    entry_of("thesis", {"venue": "thesis", "year": 2021, "publisher": "University of Nowhere",
                        "note": "Master's thesis"}),
    entry_of("thesis", {"venue": "thesis", "year": 2021, "publisher": "ETH", "note": "Habilitation"}),
    entry_of("report", {"venue": "tech-report", "year": 2015, "publisher": "Moth Institute"},
             authors=[{"group": "World Moth Organization"}]),
    entry_of("post", {"venue": "web", "year": 2021, "month": 5, "url": "https://moths.example.edu/~b/x_1.html"}),
    entry_of("paper", {"venue": "jmn", "year": 2020}, authors=[{"group": "Robert and Sons, Inc."},
             "King, Jr., Martin Luther", "Öst, Åke", "Silva e Costa, Ana", {"group": "Moth Society"}]),
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("entry", KINDS, ids=range(len(KINDS)))
def test_every_kind_of_work(entry: Entry, form: str) -> None:
    exact = {name.casefold(): venue.id for venue in STAND_INS.values() for name in (venue.id, venue.name)}
    assert differing(VenueNames(exact, {}, STAND_INS), "k2026k", entry, form) == {}
