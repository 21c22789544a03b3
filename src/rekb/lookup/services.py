"""Which service answers for which identifier, and where it is."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from rekb.errors import LookupFailedError, NoServiceError, SourceError
from rekb.lookup import arxiv, openreview
from rekb.lookup.addresses import checked
from rekb.lookup.answers import bad_answer, text_in
from rekb.lookup.transport import Reply, Transport
from rekb.model.identifiers import SCHEMES
from rekb.model.keys import title_fingerprint
from rekb.sources.bibtex import read_bibtex
from rekb.sources.csl import found_work, read_records
from rekb.sources.identifiers import doi_in
from rekb.sources.work import Doubt, FoundWork, Identifier, NamedCode
from rekb.text import amount, printable

BASES = {
    # arXiv has this host for programs, so that they do not slow readers of arxiv.org down.
    "REKB_ARXIV_API": "https://export.arxiv.org/api/query",
    "REKB_DOI_API": "https://doi.org",
    "REKB_CROSSREF_API": "https://api.crossref.org/works",
    "REKB_OPENREVIEW_API": "https://api2.openreview.net/notes",
    "REKB_OPENREVIEW_API_V1": "https://api.openreview.net/notes",
    "REKB_ANTHOLOGY": "https://aclanthology.org",
}
"""Environment variable to the address that is asked where it is not set."""
_CSL = "application/vnd.citationstyles.csl+json"
_LONGEST_SHOWN = 100
"""Characters of another identifier that a message shows."""


@dataclass(frozen=True, slots=True)
class Services:
    """The services that know works, behind one transport."""

    transport: Transport
    bases: Mapping[str, str] = field(default_factory=lambda: dict(BASES))

    def look_up(self, identifier: Identifier) -> FoundWork:
        """Return what the service of an identifier says about its work.

        Raises:
            LookupFailedError: when it gives no answer of use.
        """
        match identifier.scheme:
            case "arxiv":
                return self._preprint(identifier.value)
            case "doi":
                return self.by_doi(identifier.value)
            case "openreview":
                return self._forum(identifier.value)
            case "acl":
                return self._anthology(identifier.value)
        raise NoServiceError(str(identifier))

    def preprints(self, identifiers: list[str]) -> dict[str, FoundWork]:
        """Return preprints by their arXiv identifiers; those that arXiv does not know are absent."""
        return arxiv.look_up(self.transport, self.bases["REKB_ARXIV_API"], identifiers)

    def _preprint(self, identifier: str) -> FoundWork:
        work = arxiv.look_up_one(self.transport, self.bases["REKB_ARXIV_API"], identifier)
        if not work.formal_doi:
            return work
        try:
            formal = self.by_doi(work.formal_doi)
        except LookupFailedError:
            # Its doubt names the DOI, so a person can follow it.
            return work
        same = title_fingerprint(formal.title) == title_fingerprint(work.title)
        return work.with_formal(formal) if same else work

    def by_doi(self, doi: str) -> FoundWork:
        """Return the work of a DOI, by content negotiation.

        Raises:
            LookupFailedError: when the registry gives no record.
        """
        # A DOI may hold `#` and `?`, which would cut the address.
        address = f"{self.bases['REKB_DOI_API']}/{quote(doi, safe='/:;().')}"
        return self.transport.read(address, _CSL, lambda reply: _of_doi(reply, doi))

    def _forum(self, identifier: str) -> FoundWork:
        """Return the work of an OpenReview forum; those before 2023 are known to the first version only."""
        try:
            return openreview.look_up(self.transport, self.bases["REKB_OPENREVIEW_API"], identifier)
        except LookupFailedError as error:
            try:
                return openreview.look_up(self.transport, self.bases["REKB_OPENREVIEW_API_V1"], identifier)
            except LookupFailedError:
                raise error from None

    def forum_code(self, identifier: str) -> tuple[NamedCode, ...]:
        """Return the repositories that an OpenReview forum names in its field for code.

        Raises:
            LookupFailedError: when neither version of the interface gives an answer of use.
        """
        try:
            return openreview.code(self.transport, self.bases["REKB_OPENREVIEW_API"], identifier)
        except LookupFailedError as error:
            try:
                return openreview.code(self.transport, self.bases["REKB_OPENREVIEW_API_V1"], identifier)
            except LookupFailedError:
                raise error from None

    def _anthology(self, identifier: str) -> FoundWork:
        address = f"{self.bases['REKB_ANTHOLOGY']}/{quote(identifier)}.bib"
        return self.transport.read(address, "*/*", lambda reply: _of_one_work(reply, identifier))


def _of_doi(reply: Reply, doi: str) -> FoundWork:
    """Return the work in a registry's answer, which must be of the DOI that was asked for."""
    wanted = f"a record of {doi}"
    text = text_in(reply, wanted)
    try:
        records = [record for _, record in read_records(text)]
    except SourceError as error:
        raise bad_answer(reply, wanted, "" if text[:1] not in ("{", "[") else error) from error
    if len(records) != 1:
        raise bad_answer(reply, wanted, f"it holds {amount(len(records), 'record')}")
    record = records[0]
    if not isinstance(record, dict):
        raise bad_answer(reply, wanted, "the record is no mapping")
    named = record.get("DOI")
    if not named:
        work = _work(reply, wanted, record | {"DOI": doi})
        return replace(work, doubts=(*work.doubts, _unnamed("DOI")))
    if isinstance(named, str):
        found = doi_in(named)
    else:
        found = None
    if found is None or SCHEMES["doi"].normal(found) != SCHEMES["doi"].normal(doi):
        raise bad_answer(reply, wanted, f"it is about {printable(str(named)[:_LONGEST_SHOWN])}")
    return _work(reply, wanted, record)


def _work(reply: Reply, wanted: str, record: object) -> FoundWork:
    try:
        return found_work(record)
    except (SourceError, ValueError) as error:
        raise bad_answer(reply, wanted, error) from error


def _unnamed(what: str) -> Doubt:
    """Return what to look at where an answer does not say which work it is about."""
    return Doubt("records", f"the answer names no {what}: look whether it is about this work")


def _of_one_work(reply: Reply, identifier: str) -> FoundWork:
    """Return the work in the Anthology's answer, which must be of the identifier that was asked for."""
    wanted = f"the BibTeX of {identifier}"
    found = [work for _, work in read_bibtex(text_in(reply, wanted))]
    if len(found) != 1:
        raise bad_answer(reply, wanted, f"it holds {amount(len(found), 'work')}")
    work = found[0]
    if isinstance(work, SourceError):
        raise bad_answer(reply, wanted, work)
    named = []
    for scheme, value in sorted(work.identifiers()):
        if scheme == "acl":
            named.append(value)
    if not named:
        return replace(work, doubts=(*work.doubts, _unnamed("Anthology id")))
    if SCHEMES["acl"].normal(identifier) not in named:
        raise bad_answer(reply, wanted, f"it is about {named[0]}")
    return work


def bases(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the addresses of the services, those of the environment before ours.

    Raises:
        LookupFailedError: for a variable that holds no web address.
    """
    found = {name: environment.get(name, "").strip() or ours for name, ours in BASES.items()}
    for name, address in found.items():
        try:
            checked(address)
        except LookupFailedError as error:
            raise LookupFailedError(f"{name} is {address!r}: write a web address") from error
    kept: dict[str, str] = {}
    for name, address in found.items():
        kept[name] = address.rstrip("/")
    return kept
