"""What became of works since they were entered: published, code that appeared or moved, newer versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rekb.citation.work import record_address
from rekb.edit.edits import Edit
from rekb.errors import LookupFailedError, RekbError
from rekb.intake.draft import settle
from rekb.intake.merge import is_unpublished, place_of
from rekb.intake.remarks import remark_on_venue
from rekb.intake.venues import VenueNames, venue_names
from rekb.kb import KnowledgeBase
from rekb.lookup import crossref
from rekb.lookup.services import Services
from rekb.model import Entry
from rekb.model.identifiers import SCHEMES
from rekb.model.keys import title_fingerprint
from rekb.sources.work import FoundWork, NamedCode
from rekb.upkeep.links import is_telling_move
from rekb.upkeep.proposals import Proposal
from rekb.upkeep.refresh_code import CodeFinder, known_code
from rekb.upkeep.refresh_versions import newer_version
from rekb.yamlio.document import Path_

_MOST_FAILED_FORUMS = 3
"""Forums in a row without an answer after which OpenReview is asked no more."""


@dataclass(slots=True)
class Refresh:
    """Asks after entries, one by one; proposes and changes nothing."""

    base: KnowledgeBase
    services: Services
    venues: VenueNames
    preprints: dict[str, FoundWork]
    """What arXiv says of the preprints, by identifier."""
    code: CodeFinder
    """Says whose a repository is that a record names."""
    formal: dict[str, FoundWork] = field(default_factory=dict)
    """What registries say of the publications they were asked about, by key."""
    failed_forums: int = 0
    """Forums in a row about which OpenReview gave no answer."""

    def proposals(self, key: str) -> Iterator[Proposal]:
        """Yield what was found about one entry; a host that fails is reported, too."""
        entry = self.base.entries[key]
        # The publication first: its record may name the code that is asked for later.
        for ask in (self._published, self._moved, self._appeared, self._newer):
            try:
                yield from ask(key, entry)
            except RekbError as error:
                yield self._proposal("unanswered", key, ("title",), "a host gave no answer", str(error))

    def _published(self, key: str, entry: Entry) -> Iterator[Proposal]:
        if not is_unpublished(entry, self.base.venues):
            return
        work = self._publication_of(entry)
        if work:
            self.formal[key] = work
            yield self._publication(key, entry, work)
            return
        message = self._news(entry)
        if message:
            yield self._proposal("published", key, ("records",), message, _page(entry))

    def _publication_of(self, entry: Entry) -> FoundWork | None:
        """Return where an entry's work was published: as arXiv says, else as Crossref does."""
        work = self._named_by_arxiv(entry)
        if work:
            return work
        crossref_api = self.services.bases["REKB_CROSSREF_API"]
        found = crossref.publications(self.services.transport, crossref_api, entry)
        return next(iter(found), None)

    def _named_by_arxiv(self, entry: Entry) -> FoundWork | None:
        """Return the publication whose DOI arXiv names, where its title is the entry's."""
        for work in self._works(entry):
            if work.formal_doi:
                found = self.services.by_doi(work.formal_doi)
                # Authors fill arXiv's field for the DOI by hand, and some DOIs lead to another work.
                if title_fingerprint(found.title) == title_fingerprint(entry.title):
                    return found
                return None
        return None

    def _works(self, entry: Entry) -> Iterator[FoundWork]:
        """Yield what arXiv says of an entry's preprints."""
        for record in entry.records:
            if record.arxiv in self.preprints:
                yield self.preprints[record.arxiv]

    def _news(self, entry: Entry) -> str | None:
        """Return what arXiv says of a publication without its DOI."""
        for work in self._works(entry):
            for doubt in work.doubts:
                if doubt.field == "records":
                    return doubt.text
            remark = remark_on_venue(work, self.base.venues)
            if remark:
                return remark
        return None

    def _publication(self, key: str, entry: Entry, work: FoundWork) -> Proposal:
        settled = settle(work, self.venues)
        source = _formal_page(entry, work)
        record = next(iter(settled.records), None)
        if record is None:
            doubts = "; ".join(doubt.text for doubt in settled.doubts)
            return self._proposal("published", key, ("records",), f"it was published, but {doubts}", source)
        where = f"it was published at {self.base.venues[record['venue']].short} {record['year']}"
        if record["year"] < entry.year:
            message = f"{where}, before its first year here: its key would change"
            return self._proposal("published", key, ("records",), message, source)
        edit = Edit(("records", place_of(entry, record)), record, insert=True)
        return self._proposal("published", key, ("records",), where, source, edit)

    def _moved(self, key: str, entry: Entry) -> Iterator[Proposal]:
        if entry.links.code is None:
            return
        address = entry.links.code.url
        reply = self.services.transport.ask("HEAD", address)
        if is_telling_move(address, reply):
            path = ("links", "code", "url")
            edit = Edit(path, reply.address)
            yield self._proposal("moved", key, path, "the code moved", address, edit)

    def _appeared(self, key: str, entry: Entry) -> Iterator[Proposal]:
        """Yield the code that records of an entry without code name."""
        if entry.links.code is not None:
            return
        named = list(self._named_in_records(key, entry))
        try:
            named += self._named_in_forum(entry)
        except LookupFailedError as error:
            yield self._proposal("unanswered", key, ("title",), "a host gave no answer", str(error))
        for found in self.code.checked(entry, named):
            link = {"url": found.url, "official": True}
            edits = [Edit(("links", "code"), link)] if found.is_own else []
            yield self._proposal("code", key, ("title",), found.message, found.page, *edits)

    def _named_in_records(self, key: str, entry: Entry) -> Iterator[tuple[NamedCode, str]]:
        """Yield the code that arXiv and registries name, each with the page of the record."""
        for work in self._works(entry):
            for code in work.repositories:
                yield code, _page(entry)
        formal = self.formal.get(key)
        if formal is not None:
            for code in formal.repositories:
                yield code, _formal_page(entry, formal)

    def _named_in_forum(self, entry: Entry) -> list[tuple[NamedCode, str]]:
        """Return the code that OpenReview's forum names; a host that fails is not asked to the end.

        Raises:
            LookupFailedError: when it gives no answer.
        """
        forums = [record.openreview for record in entry.records if record.openreview]
        if not forums or self.failed_forums >= _MOST_FAILED_FORUMS:
            return []
        try:
            named = self.services.forum_code(forums[0])
        except LookupFailedError:
            self.failed_forums += 1
            raise
        self.failed_forums = 0
        return [(code, SCHEMES["openreview"].page_of(forums[0])) for code in named]

    def _newer(self, key: str, entry: Entry) -> Iterator[Proposal]:
        for record in entry.records:
            work = self.preprints.get(record.arxiv or "")
            if work is None or work.newest is None or record.arxiv is None:
                continue
            message = newer_version(entry, work.newest)
            if message:
                page = f"{SCHEMES['arxiv'].page_of(record.arxiv)}v{work.newest.number}"
                yield self._proposal("version", key, ("checked",), message, page)

    def _proposal(
        self, kind: str, key: str, path: Path_, message: str, source: str, *edits: Edit
    ) -> Proposal:
        relpath = self.base.entry_paths[key]
        return Proposal(kind, relpath, self.base.documents[relpath].place(path).line, message, source, edits)


def _page(entry: Entry) -> str:
    """Return the page of the first preprint, which says what became of it; without one, that of a record."""
    for record in entry.records:
        if record.arxiv:
            return SCHEMES["arxiv"].page_of(record.arxiv)
    for record in entry.records:
        if address := record_address(record):
            return address
    return ""


def _formal_page(entry: Entry, work: FoundWork) -> str:
    """Return the page of a publication's DOI, or of the preprint where it has none."""
    for scheme, value in sorted(work.identifiers()):
        if scheme == "doi":
            return SCHEMES["doi"].page_of(value)
    return _page(entry)


def refresh(
    base: KnowledgeBase, services: Services, keys: Iterable[str]
) -> tuple[Refresh, tuple[Proposal, ...]]:
    """Return what asks after entries; arXiv is asked about all their preprints here, at once.

    Args:
        base: the knowledge base.
        services: whom to ask.
        keys: the entries to ask after.

    Returns:
        The asking, and a proposal that says so when arXiv gave no answer.
    """
    preprinted = [key for key in keys if any(record.arxiv for record in base.entries[key].records)]
    named = [record.arxiv for key in preprinted for record in base.entries[key].records if record.arxiv]
    unanswered: tuple[Proposal, ...] = ()
    preprints: dict[str, FoundWork] = {}
    try:
        preprints = services.preprints(list(dict.fromkeys(named)))
    except LookupFailedError as error:
        relpath = base.entry_paths[preprinted[0]]
        unanswered = (
            Proposal("unanswered", relpath, 1, "arXiv gave no answer about any preprint", str(error)),
        )
    code = CodeFinder(services.transport, known_code(base))
    return Refresh(base, services, venue_names(base), preprints, code), unanswered
