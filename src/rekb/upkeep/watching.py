"""What watched lists name: read from files or addresses, brought together, and compared with decisions."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from rekb.errors import LookupFailedError, SourceError
from rekb.kb import KnowledgeBase
from rekb.kb.decisions import Decision, decisions
from rekb.lookup import arxiv
from rekb.lookup.answers import bad_answer
from rekb.lookup.services import Services
from rekb.lookup.transport import Reply
from rekb.model.identifiers import SCHEMES, normal_pairs
from rekb.model.keys import title_fingerprint
from rekb.model.watch import TITLE_SCHEME, Candidate, WatchedFile
from rekb.sources.formats import file_works
from rekb.sources.identifiers import read_identifier
from rekb.sources.work import FoundWork, Identifier, appearance_of

ARXIV = "arxiv"
"""What new preprints are named by, in the place of a list."""
_LONGEST_TITLE = 400
_BY_RANK = sorted(SCHEMES.values(), key=lambda scheme: scheme.lookup_rank)


@dataclass(frozen=True, slots=True)
class Named:
    """A work as one list names it."""

    source: str
    """The list's id, or `ARXIV`."""
    work: FoundWork


@dataclass(frozen=True, slots=True)
class Fault:
    """A list, or a line of it, that could not be read; the others go on."""

    source: str
    message: str


@dataclass(slots=True)
class Looked:
    """What looking at the lists gave."""

    named: list[Named] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    """The lists that were read: what an earlier run found in them is replaced."""


def look(base: KnowledgeBase, files: Mapping[str, tuple[str, bytes]], services: Services | None) -> Looked:
    """Read the watched lists.

    Args:
        base: the knowledge base, whose `rekb.yaml` says what is watched.
        files: list id to the name and bytes of a file that is read in place of the list's address.
        services: whom to ask; `None` reads only the files given.

    Returns:
        What was named; lists that could not be had are among the faults.
    """
    looked = Looked()
    watch = base.config.watch
    for watched in watch.lists:
        try:
            found = _read(watched, files.get(watched.id), services)
        except (LookupFailedError, SourceError) as error:
            looked.faults.append(Fault(watched.id, str(error)))
            continue
        if found is not None:
            looked.read.add(watched.id)
            looked.named += found
    if watch.arxiv is not None and services is not None:
        try:
            newest = arxiv.newest(
                services.transport,
                services.bases["REKB_ARXIV_API"],
                watch.arxiv.categories,
                watch.arxiv.words,
                watch.arxiv.most,
            )
        except LookupFailedError as error:
            looked.faults.append(Fault(ARXIV, str(error)))
        else:
            looked.named += [Named(ARXIV, work) for work in newest]
    return looked


def _read(
    watched: WatchedFile, given: tuple[str, bytes] | None, services: Services | None
) -> list[Named] | None:
    """Return the works of one list: of the file given, else of its address; `None` where neither is read.

    Raises:
        SourceError: when no work was found in the file.
        LookupFailedError: when its host gives no answer, or one without any work.
    """
    if given is not None:
        return _listed(watched, *given)
    if watched.url is None or services is None:
        return None
    name = watched.url.rpartition("/")[2]
    return services.transport.read(watched.url, "*/*", lambda reply: _answered(watched, name, reply))


def _answered(watched: WatchedFile, name: str, reply: Reply) -> list[Named]:
    try:
        return _listed(watched, name, reply.body)
    except SourceError as error:
        raise bad_answer(reply, f"the list {watched.id}", error) from error


def _listed(watched: WatchedFile, name: str, data: bytes) -> list[Named]:
    """Return the works of one list; of lines that cannot be read the first is reported where none can."""
    found = []
    errors = []
    for work in _works(name, data):
        if isinstance(work, SourceError):
            errors.append(work)
        elif _is_wanted(watched, work):
            found.append(Named(watched.id, work))
    if not found:
        if errors:
            why = f": {errors[0]}"
        else:
            why = ""
        raise SourceError(f"{name}: no work was found in it{why}")
    return found


def _is_wanted(watched: WatchedFile, work: FoundWork) -> bool:
    """Whether a work is under one of the headings that are watched; without headings, all of a list is."""
    if not watched.within:
        return True
    headings = " / ".join(work.headings).casefold()
    return any(words.casefold() in headings for words in watched.within)


def _works(name: str, data: bytes) -> Iterator[FoundWork | SourceError]:
    """Yield the works of a list, of a library, or of another knowledge base."""
    # CSL files end with `.json` as well; only a knowledge base has this field.
    is_base = name.endswith(".json") and b'"entries"' in data
    if is_base:
        yield from _of_another_base(name, data)
        return
    for read in file_works(name, data):
        yield read.work


def _of_another_base(name: str, data: bytes) -> Iterator[FoundWork | SourceError]:
    """Yield the works of another knowledge base's all.json, as far as watching needs them."""
    try:
        entries = json.loads(data)["entries"]
        for entry in entries:
            yield _entry(entry)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        yield SourceError(f"{name}: this is not the all.json of a knowledge base ({error})")


def _entry(entry: Any) -> FoundWork:
    appearances = []
    for record in entry["records"]:
        for scheme in SCHEMES:
            if record.get(scheme):
                appearances.append(appearance_of(Identifier(scheme, str(record[scheme]))))
    return FoundWork(str(entry["title"]), appearances=tuple(appearances))


@dataclass(slots=True)
class _Group:
    """Everything that lists say of one work."""

    title: str
    ids: dict[str, None] = field(default_factory=dict)
    lists: dict[str, None] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)


def ids_of(work: FoundWork) -> tuple[str, ...]:
    """Return what a work is known by, best first; its title where it has no identifier."""
    found = sorted((f"{scheme}:{value}" for scheme, value in work.identifiers()), key=_rank)
    if found:
        return tuple(found)
    fingerprint = title_fingerprint(work.title)
    if fingerprint:
        return (f"{TITLE_SCHEME}:{fingerprint}",)
    return ()


def candidates(base: KnowledgeBase, looked: Looked, today: date) -> tuple[Candidate, ...]:
    """Return all candidates, those known before and those named now, by id.

    A work is one candidate however many lists name it: it is known by any of its identifiers, else by its
    title. What earlier runs noted (the day it was seen first, what was tried) stays.
    """
    groups: list[_Group] = []
    by_id: dict[str, _Group] = {}
    by_title: dict[str, _Group] = {}
    for candidate in base.candidates:
        group = _Group(candidate.title)
        group.lists = dict.fromkeys(name for name in candidate.lists if name not in looked.read)
        group.ids[candidate.id] = None
        groups.append(group)
        by_id[candidate.id] = group
        by_title.setdefault(title_fingerprint(candidate.title), group)
    for named in looked.named:
        ids = ids_of(named.work)
        if not ids:
            continue
        title = title_fingerprint(named.work.title)
        group = _known(ids, title, by_id, by_title) or _Group(named.work.title[:_LONGEST_TITLE])
        if not group.ids:
            groups.append(group)
        group.ids.update(dict.fromkeys(ids))
        group.years.update(a.year for a in named.work.appearances if a.year)
        if named.source != ARXIV:
            group.lists[named.source] = None
        by_id.update(dict.fromkeys(ids, group))
        by_title.setdefault(title, group)
    before = {candidate.id: candidate for candidate in base.candidates}
    order = [watched.id for watched in base.config.watch.lists]
    rows = []
    for group in groups:
        row = _candidate(group, before, order, today)
        if row is not None:
            rows.append(row)
    rows.sort(key=lambda row: row.id)
    return tuple(rows)


def _known(
    ids: Iterable[str], title: str, by_id: Mapping[str, _Group], by_title: Mapping[str, _Group]
) -> _Group | None:
    for identity in ids:
        if identity in by_id:
            return by_id[identity]
    if title:
        return by_title.get(title)
    return None


def _candidate(
    group: _Group, before: Mapping[str, Candidate], order: Sequence[str], today: date
) -> Candidate | None:
    watched = [name for name in order if name in group.lists]
    # A list that is watched no longer stays where it was read: a rule says that it has no row in rekb.yaml.
    others = [name for name in group.lists if name not in order]
    row: dict[str, object] = {
        "id": _best(group.ids),
        "title": group.title,
        "lists": (*watched, *others),
        "first": _first(group),
        "seen": today,
        "tried": None,
    }
    earlier = _earlier(group, before)
    if earlier:
        row |= {"id": earlier.id, "title": earlier.title, "seen": earlier.seen, "tried": earlier.tried}
        row["first"] = row["first"] or earlier.first
    try:
        return Candidate.model_validate(row)
    except ValidationError:
        # A list may give a title or an identifier that no data file could have.
        return None


def _earlier(group: _Group, before: Mapping[str, Candidate]) -> Candidate | None:
    for identity in group.ids:
        if identity in before:
            return before[identity]
    return None


def _best(ids: Iterable[str]) -> str:
    """Return the identifier that services are asked about first; a title is the last resort."""
    return min(ids, key=_rank)


def _rank(identity: str) -> int:
    scheme, _, _ = identity.partition(":")
    if scheme not in SCHEMES:
        return len(SCHEMES)
    return _BY_RANK.index(SCHEMES[scheme])


def _first(group: _Group) -> str | None:
    """Return the first month of a preprint, else the first year that a list names."""
    for identity in group.ids:
        scheme, _, value = identity.partition(":")
        if scheme in SCHEMES and (dated := SCHEMES[scheme].date_of(value)):
            year, month = dated
            if month:
                return f"{year}-{month:02}"
            return str(year)
    if group.years:
        return str(min(group.years))
    return None


def undecided(base: KnowledgeBase, rows: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that are neither entered nor declined."""
    found = decisions(base)
    kept: list[Candidate] = []
    for row in rows:
        if found.of((row.id,), row.title).decision is Decision.UNDECIDED:
            kept.append(row)
    return tuple(kept)


def canonical_id(text: str) -> str:
    """Return a candidate's id in the one spelling, from what a person types.

    Args:
        text: ``arxiv:2405.05254``, ``2405.05254``, an address, ``doi:10.1145/...``.

    Raises:
        SourceError: for a text that names no work.
    """
    scheme, _, value = text.partition(":")
    if scheme == TITLE_SCHEME and value:
        return f"{TITLE_SCHEME}:{title_fingerprint(value)}"
    if scheme in SCHEMES and value:
        pairs = normal_pairs({scheme: value})
    else:
        found = read_identifier(text)
        pairs = normal_pairs({found.scheme: found.value})
    return _best(f"{name}:{spelled}" for name, spelled in pairs)
