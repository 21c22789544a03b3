"""What became of works since they were entered: preprints that were published, repositories that moved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rekb.edit.edits import Edit
from rekb.errors import LookupFailedError, RekbError
from rekb.intake.draft import settle
from rekb.intake.merge import is_unpublished, place_of
from rekb.intake.venues import VenueNames, venue_names
from rekb.kb import KnowledgeBase
from rekb.lookup import crossref
from rekb.lookup.services import Services
from rekb.model import Entry
from rekb.model.identifiers import SCHEMES
from rekb.model.keys import title_fingerprint
from rekb.sources.work import FoundWork
from rekb.upkeep.links import is_telling_move
from rekb.upkeep.proposals import Proposal
from rekb.yamlio.document import Path_


@dataclass(slots=True)
class Refresh:
    """Asks after entries, one by one; proposes and changes nothing."""

    base: KnowledgeBase
    services: Services
    venues: VenueNames
    preprints: dict[str, FoundWork]
    """What arXiv says of the preprints, by identifier."""

    def proposals(self, key: str) -> Iterator[Proposal]:
        """Yield what was found about one entry; a host that fails is reported, too."""
        entry = self.base.entries[key]
        for ask in (self._published, self._moved):
            try:
                yield from ask(key, entry)
            except RekbError as error:
                yield self._proposal("unanswered", key, ("title",), "a host gave no answer", str(error))

    def _published(self, key: str, entry: Entry) -> Iterator[Proposal]:
        if not is_unpublished(entry, self.base.venues):
            return
        work = self._publication_of(entry)
        if work:
            yield self._publication(key, entry, work)
            return
        said = self._said(entry)
        if said:
            yield self._proposal("published", key, ("records",), said, _page(entry))

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

    def _said(self, entry: Entry) -> str | None:
        """Return what arXiv says of a publication without its DOI."""
        for work in self._works(entry):
            for doubt in work.doubts:
                if doubt.field == "records":
                    return doubt.text
        return None

    def _publication(self, key: str, entry: Entry, work: FoundWork) -> Proposal:
        settled = settle(work, self.venues)
        source = _source(work, entry)
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

    def _proposal(
        self, kind: str, key: str, path: Path_, message: str, source: str, *edits: Edit
    ) -> Proposal:
        shown = self.base.entry_paths[key]
        return Proposal(kind, shown, self.base.documents[shown].place(path).line, message, source, edits)


def _source(work: FoundWork, entry: Entry) -> str:
    """Return the page of a publication's DOI, else that of the preprint."""
    for scheme, value in sorted(work.identifiers()):
        if scheme == "doi":
            return SCHEMES["doi"].page_of(value)
    return _page(entry)


def _page(entry: Entry) -> str:
    """Return the page of the first preprint, which says what became of it."""
    for record in entry.records:
        if record.arxiv:
            return SCHEMES["arxiv"].page_of(record.arxiv)
    return entry.title


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
    unpublished = [k for k in keys if is_unpublished(base.entries[k], base.venues)]
    named = [record.arxiv for key in unpublished for record in base.entries[key].records if record.arxiv]
    unanswered: tuple[Proposal, ...] = ()
    preprints: dict[str, FoundWork] = {}
    try:
        preprints = services.preprints(list(dict.fromkeys(named)))
    except LookupFailedError as error:
        shown = base.entry_paths[unpublished[0]]
        unanswered = (
            Proposal("unanswered", shown, 1, "arXiv gave no answer about any preprint", str(error)),
        )
    return Refresh(base, services, venue_names(base), preprints), unanswered
