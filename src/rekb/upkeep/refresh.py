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
        """Yield what was found about one entry; a host that fails is told, too."""
        entry = self.base.entries[key]
        for ask in (self._published, self._moved):
            try:
                yield from ask(key, entry)
            except RekbError as error:
                yield self._proposal("unanswered", key, ("title",), "a host gave no answer", str(error))

    def _published(self, key: str, entry: Entry) -> Iterator[Proposal]:
        if not is_unpublished(entry, self.base.venues):
            return
        told = self._told_by_arxiv(entry)
        if told:
            formal = [told]
        else:
            formal = crossref.publications(
                self.services.transport, self.services.bases["REKB_CROSSREF_API"], entry
            )
        for work in formal[:1]:
            yield self._publication(key, entry, work)
        if not formal and (said := self._said(entry)):
            yield self._proposal("published", key, ("records",), said, _page(entry))

    def _told_by_arxiv(self, entry: Entry) -> FoundWork | None:
        """Return the publication whose DOI arXiv names, where its title is the entry's."""
        for work in self._works(entry):
            if work.formal_doi:
                found = self.services.by_doi(work.formal_doi)
                same = title_fingerprint(found.title) == title_fingerprint(entry.title)
                if same:
                    return found
                return None
        return None

    def _works(self, entry: Entry) -> Iterator[FoundWork]:
        named = (record.arxiv for record in entry.records if record.arxiv)
        yield from (self.preprints[i] for i in named if i in self.preprints)

    def _said(self, entry: Entry) -> str | None:
        """Return what arXiv says of a publication without its DOI."""
        doubts = (doubt for work in self._works(entry) for doubt in work.doubts if doubt.field == "records")
        return next((doubt.text for doubt in doubts), None)

    def _publication(self, key: str, entry: Entry, work: FoundWork) -> Proposal:
        settled = settle(work, self.venues)
        record = next(iter(settled.records), None)
        doi = next((value for scheme, value in sorted(work.identifiers()) if scheme == "doi"), "")
        if doi:
            source = SCHEMES["doi"].page_of(doi)
        else:
            source = _page(entry)
        if record is None:
            told = "; ".join(doubt.text for doubt in settled.doubts)
            return self._proposal("published", key, ("records",), f"it was published, but {told}", source)
        where = f"{self.base.venues[record['venue']].short} {record['year']}"
        if record["year"] < entry.year:
            told = f"it was published at {where}, before its first year here: its key would change"
            return self._proposal("published", key, ("records",), told, source)
        edit = Edit(("records", place_of(entry, record)), record, insert=True)
        return self._proposal("published", key, ("records",), f"it was published at {where}", source, edit)

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
        The asking, and a proposal that tells when arXiv gave no answer.
    """
    unpublished = [k for k in keys if is_unpublished(base.entries[k], base.venues)]
    named = [record.arxiv for key in unpublished for record in base.entries[key].records if record.arxiv]
    told: tuple[Proposal, ...] = ()
    preprints: dict[str, FoundWork] = {}
    try:
        preprints = services.preprints(list(dict.fromkeys(named)))
    except LookupFailedError as error:
        shown = base.entry_paths[unpublished[0]]
        told = (Proposal("unanswered", shown, 1, "arXiv gave no answer about any preprint", str(error)),)
    return Refresh(base, services, venue_names(base), preprints), told
