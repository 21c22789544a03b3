"""A found work as a new entry: canonical, checked against every rule, its blanks marked.

Blanks are comments that begin with ``# TODO``: `rekb fmt` keeps them, and `rekb validate` calls the entry
incomplete until the fields they speak of are there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rekb.diagnostics import Diagnostic
from rekb.edit.format import format_text
from rekb.edit.writer import Writer
from rekb.errors import SourceError
from rekb.intake.remarks import remark_on_venue
from rekb.intake.validity import checked
from rekb.intake.venues import VenueNames
from rekb.kb import KnowledgeBase
from rekb.kb.results import result_id, with_ids
from rekb.loading.layout import CONFIG, PAPERS, schema_line
from rekb.model import Entry, Facet, Venue
from rekb.model.entry import Group, Mononym
from rekb.model.keys import base_key
from rekb.sources.work import Appearance, Doubt, Form, FoundWork
from rekb.yamlio.reader import parse

_SHORT_NAME = re.compile(r"([A-Za-z0-9][\w+.-]{1,24}):\s")
# The first work of a key has no letter behind it, so the second has `b`.
_LETTERS = "bcdefghijklmnopqrstuvwxyz"

_STAND_INS: dict[Form, tuple[str, ...]] = {
    "book": ("book",), "chapter": ("book",), "thesis": ("thesis",), "report": ("tech-report", "report"),
    "page": ("web",), "software": ("web",),
}  # fmt: skip
"""Venues that stand for many: each book, thesis, report or page is its own place."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new entry."""

    key: str
    path: str
    """The path of its file below the root."""
    text: str
    entry: Entry
    warnings: tuple[Diagnostic, ...] = ()
    """What `rekb validate` will say of it besides being incomplete."""
    unread: tuple[Doubt, ...] = ()
    """That a file which could not be read may be this work."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The records of a work with venues that are known here, and what could not be settled."""

    records: tuple[dict[str, Any], ...]
    doubts: tuple[Doubt, ...]


def settle(work: FoundWork, venues: VenueNames, venue: str | None = None) -> Settled:
    """Return the records of a work.

    Args:
        work: the work.
        venues: the venues that are known.
        venue: the id to take where the source's spelling is not known.
    """
    records, doubts = [], list[Doubt]()
    for appearance in work.appearances:
        found = _place(appearance, venues, venue)
        if found is None:
            doubts.append(Doubt("records", _unplaced(appearance, venues)))
        elif appearance.year is None:
            doubts.append(Doubt("records", f"the source gives no year for {found}"))
        else:
            records.append(_record(appearance, venues.venues.get(found), found))
    # Without a month, a preprint comes before the other records of its year, and a publication behind them.
    ordered = sorted(records, key=lambda r: (r["year"], r.get("month") or (0 if r.get("arxiv") else 99)))
    return Settled(tuple(ordered), tuple(doubts))


def _place(appearance: Appearance, venues: VenueNames, given: str | None) -> str | None:
    """Return the venue of an appearance: its own, the one that a person gave, or one that stands for many."""
    if appearance.arxiv:
        server = venues.server_of("arxiv")
    else:
        server = None
    if server:
        return server
    # A publisher or a university is no venue: each book and thesis is its own place.
    if appearance.form in ("book", "thesis") and (stand_in := _stand_in(appearance.form, venues)):
        return stand_in
    return _venue_of(appearance, venues) or given or _stand_in(appearance.form, venues)


def _stand_in(form: Form, venues: VenueNames) -> str | None:
    """Return the venue that stands for all books, theses, reports or pages, where there is one."""
    return next((venue for venue in _STAND_INS.get(form, ()) if venue in venues.venues), None)


def _unplaced(appearance: Appearance, venues: VenueNames) -> str:
    name = appearance.venue
    if named := _STAND_INS.get(appearance.form):
        title = named[0].replace("-", " ").capitalize()
        kind = {"chapter": "book", "page": "web", "software": "web"}.get(appearance.form, appearance.form)
        line = f"- {{id: {named[0]}, name: {title}, short: {title}, kind: {kind}}}"
        return f"there is no venue for a {appearance.form} here: add `{line}` to taxonomy/venues.yaml"
    return f"{name!r} is no venue here: {venues.advice(name)}" if name else "the source names no venue"


def _venue_of(appearance: Appearance, venues: VenueNames) -> str | None:
    if appearance.venue:
        named = venues.find(appearance.venue, appearance.also)
    else:
        named = None
    is_page = not appearance.venue or appearance.form in ("software", "page")
    if named or not is_page:
        return named
    return venues.at(appearance.url or "")


def _record(appearance: Appearance, venue: Venue | None, found: str) -> dict[str, Any]:
    """Return a record; what only a venue that stands for many needs is left out where the venue is one."""
    fields = {}
    for name, value in asdict(appearance).items():
        if value:
            fields[name] = value
    dropped = {"also", "form"}
    if found not in _STAND_INS["book"] + _STAND_INS["thesis"] + _STAND_INS["report"]:
        dropped |= {"book", "publisher", "note"}
    if venue and fields.get("publisher") == venue.publisher:
        dropped.add("publisher")
    return {name: value for name, value in fields.items() if name not in dropped} | {"venue": found}


def draft(
    base: KnowledgeBase,
    work: FoundWork,
    settled: Settled,
    topics: Sequence[str],
    *,
    today: date,
    near: Sequence[str] | None = None,
    beside: Sequence[str] = (),
) -> Draft:
    """Return the entry of a work.

    Args:
        base: the knowledge base that it will join.
        work: the work.
        settled: its records.
        topics: its topics, the primary one first.
        today: the day that it enters the knowledge base.
        near: other topics that it may belong to; None when a person chose its topics.
        beside: keys of entries with an identifier or the title of it, which rules compare with it.

    Raises:
        SourceError: when the facts make no entry: no author, no record, a field of the wrong form; or when
            rekb.yaml has faults.
    """
    if base.unread.config:
        raise SourceError(f"correct {CONFIG} first: it says what an entry holds")
    value = entry_fields(work, settled, topics, today)
    if work.results:
        value["results"] = _results(base, work.results)
    doubts = [*work.doubts, *settled.doubts]
    remark = remark_on_venue(work, base.venues)
    if remark:
        doubts.append(Doubt("records", remark))
    if near is not None:
        also = f"; near, too: {', '.join(near)}" if near else ""
        suggested = f"suggested from the words of its text; choose the leaves where it belongs{also}"
        doubts.append(Doubt("topics", suggested))
    if "code" in value.get("links", {}):
        doubts.append(
            Doubt("links", "official: true only for the authors' own repository, seen to name this work")
        )
    try:
        entry = Entry.model_validate(value)
    except ValueError as error:
        raise SourceError(f"the facts make no entry: {_first(error)}") from error
    key = free_key(base, entry)
    unread = tuple(_unread(base, entry))
    doubts += unread
    path = f"{PAPERS}/{entry.year}/{key}.yaml"
    text = _text(base, value, doubts, path)
    document = parse(text.encode(), path).document
    if document is None:
        raise AssertionError(path)
    return Draft(key, path, text, entry, checked(base, key, path, entry, document, beside), unread)


def _results(base: KnowledgeBase, reported: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return results with ids of the vocabularies where words mean them, each with a name of its own."""
    results: list[dict[str, Any]] = []
    taken: set[str] = set()
    for one in reported:
        named = with_ids(base.measures, one)
        name = result_id(named, taken)
        taken.add(name)
        results.append({"id": name, **named})
    return results


def check_facts(work: FoundWork, settled: Settled) -> None:
    """Check that there is enough for an entry.

    Raises:
        SourceError: when no author is known, or no record can be written.
    """
    if not work.authors:
        raise SourceError(f"no author of {work.title!r} is known: give its arXiv id, DOI or BibTeX")
    if not settled.records:
        why = "; ".join(doubt.text for doubt in settled.doubts) or "the source names no publication"
        raise SourceError(f"{work.title!r} has no record that can be written: {why}")


def entry_fields(work: FoundWork, settled: Settled, topics: Sequence[str], today: date) -> dict[str, Any]:
    """Return the fields of an entry, as its file holds them.

    Raises:
        SourceError: when no author is known, or no record can be written.
    """
    check_facts(work, settled)
    links: dict[str, Any] = {"code": {"url": work.code, "official": False}} if work.code else {}
    links |= {"project": work.project} if work.project else {}
    name = _short_name(work.title)
    return {
        "title": work.title,
        **({"name": name} if name else {}),
        "kind": _kind(work, settled),
        "authors": [a.model_dump() if isinstance(a, Group | Mononym) else a for a in work.authors],
        **({"edited": True} if work.edited else {}),
        "records": list(settled.records),
        **({"links": links} if links else {}),
        "topics": list(topics),
        "added": today.isoformat(),
    }


def _kind(work: FoundWork, settled: Settled) -> str:
    """Return the kind of a work; a chapter whose book is a venue of papers is a paper: ``@incollection``."""
    in_book = any(record["venue"] in _STAND_INS["book"] for record in settled.records)
    if work.kind == "chapter" and not in_book:
        return "paper"
    return work.kind


def _short_name(title: str) -> str | None:
    """Return the name that a title begins with, where it is spelled as names are: ``FlashAttention: ...``."""
    match = _SHORT_NAME.match(title)
    if match and re.search(r"[A-Z0-9]", match[1][1:]):
        return match[1]
    return None


def _first(error: ValueError) -> str:
    found: list[Any] = getattr(error, "errors", list)()
    if not found:
        return str(error)
    where = ".".join(str(part) for part in found[0]["loc"])
    return f"{where}: {found[0]['msg']} ({str(found[0]['input'])[:80]!r})"


def free_key(base: KnowledgeBase, entry: Entry) -> str:
    """Return the key that an entry's facts ask for, with a letter behind it where another work has it.

    Raises:
        SourceError: when all letters are taken.
    """
    first = base_key(entry.authors, entry.year, entry.title)
    # A former key still leads to its entry, so no other work gets it.
    former = {key for other in base.entries.values() for key in other.formerly}
    for key in (first, *(f"{first}{letter}" for letter in _LETTERS)):
        # A file that could not be read has taken its key all the same.
        if key not in base.entries and key not in former and not base.unread.has_entry(key):
            return key
    raise SourceError(f"every key from {first} to {first}z is taken: correct the entries with faults first")


def _unread(base: KnowledgeBase, entry: Entry) -> Iterator[Doubt]:
    """Yield a doubt where the file of the key that the facts ask for could not be read."""
    key = base_key(entry.authors, entry.year, entry.title)
    if key in base.unread.entries:
        yield Doubt("title", f"the file of `{key}` has faults: correct it, and look whether it is this work")


def blanks(base: KnowledgeBase) -> tuple[str, ...]:
    """Return what a new entry lacks, each with what to write, in the words of its knowledge base."""
    levels = base.config.levels
    bounds = ((name, levels[name].entry) for name in base.config.reading.hardest_first)
    lengths = (f"{name} ({entry.fewest}-{entry.most}{{}})" for name, entry in bounds)
    first, *others = lengths
    return (
        *_facet_blanks(base),
        f"summary: {', '.join((first.format(' words'), *(o.format('') for o in others)))}, in your own words",
        "results: the main numbers, each with conditions and source",
        "checked: on which day, and the pages that confirm the facts",
    )


def _facet_blanks(base: KnowledgeBase) -> Iterator[str]:
    """Yield what a new entry lacks of the facets that have words."""
    if resource := next(iter(base.facets.get(Facet.RESOURCE, ())), None):
        phase = next(iter(base.facets.get(Facet.PHASE, ())), "...")
        effect = f'{{resource: {resource}, phase: {phase}, change: saves, how: "..."}}'
        yield f"effects: what it saves or costs: - {effect}"
    lists = {"requires": Facet.REQUIREMENT, "hardware": Facet.HARDWARE, "modalities": Facet.MODALITY}
    if offered := [field for field, facet in lists.items() if base.facets.get(facet)]:
        if "requires" in offered:
            nothing = "; `requires: []` when nothing is needed"
        else:
            nothing = ""
        yield f"{', '.join(offered)}: words of taxonomy/facets.yaml{nothing}"
    if own := [facet for facet in base.config.own_facets if base.facets.get(facet)]:
        yield f"tags: {', '.join(own)}: words of taxonomy/facets.yaml, such as {{{own[0]}: [...]}}"


def _text(base: KnowledgeBase, value: Mapping[str, Any], doubts: Sequence[Doubt], path: str) -> str:
    above: dict[tuple[str | int, ...], list[str]] = {}
    for doubt in dict.fromkeys(doubts):
        # A field that the file lacks has no line to stand above, so what is said of it is above `added`.
        if doubt.field in value:
            place = doubt.field
        else:
            place = "added"
        above.setdefault((place,), []).append(f"# TODO {doubt.field}: {doubt.text}")
    above.setdefault(("added",), []).extend(
        f"# TODO {blank}" for blank in blanks(base) if blank.partition(":")[0] not in value
    )
    levels = base.config.reading
    lines = Writer(Entry, above, levels).lines(dict(value))
    text = "\n".join([schema_line(path) or "", *lines]) + "\n"
    formatted = format_text(text.encode(), path, levels)
    if formatted.text is None:
        faults = "; ".join(fault.message for fault in formatted.faults)
        raise SourceError(f"the facts make no entry: {faults}")
    return formatted.text
