"""A paper's own bibliography against the works that are here: which are known, which have appeared since.

`static/citations.js` does the same in the browser, by the same rules; a test holds the two to one answer:

- An identifier that any field but an abstract holds (arXiv, DOI, OpenReview, Anthology, PMLR) names a work;
  without one its title does, up to case, accents, markup and punctuation.
- It is cited as a preprint when its venue is an archive of `model.archives`; without a venue, when its DOI is
  one of an archive, or when it has no DOI.
- It has appeared when it is cited as a preprint and the record that is cited here is a formal one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rekb.citation.bibtex import bibtex
from rekb.intake.matching import KnownWorks, known_works
from rekb.kb import KnowledgeBase
from rekb.model.archives import holds_archive_doi, is_archive_name
from rekb.model.cited import cited_record, is_formal, venue_of
from rekb.model.identifiers import SCHEMES, pairs_in_text
from rekb.model.keys import title_fingerprint
from rekb.sources.bibtex_entries import BibEntry, read_entries
from rekb.sources.latex import plain

# An abstract, a title or the path of a file may hold the identifier of another work.
_UNREAD = frozenset({"abstract", "annote", "annotation", "file", "keywords", "title"})
_VENUES = ("booktitle", "journal", "journaltitle", "eventtitle")


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of a bibliography."""

    key: str
    """How the paper calls it."""
    line: int
    start: int = 0
    """Where it begins in the text, in characters."""
    end: int = 0
    work: str | None = None
    """The citation key of the same work here."""
    has_appeared: bool = False
    """Whether a preprint is cited of a work that has appeared formally."""
    twin: str | None = None
    """How an earlier entry of the same work is called."""
    is_readable: bool = True


def citations(base: KnowledgeBase, text: str) -> list[Citation]:
    """Return the entries of a BibTeX text in order; a broken one is reported and does not hide the next."""
    known = known_works(base)
    called: dict[str, str] = {}
    found: list[Citation] = []
    for line, entry in read_entries(text):
        if isinstance(entry, BibEntry):
            found.append(_citation(base, known, called, entry))
        else:
            found.append(Citation("", line, is_readable=False))
    return found


def _citation(base: KnowledgeBase, known: KnownWorks, called: dict[str, str], entry: BibEntry) -> Citation:
    """Return an entry with what is known of its work.

    Args:
        base: the knowledge base.
        known: its works.
        called: citation key to how the paper called the work first; this entry is added.
        entry: the entry.
    """
    plain_citation = Citation(entry.key, entry.line, entry.start, entry.end)
    work = _work(known, entry.fields)
    if work is None:
        return plain_citation
    first = called.setdefault(work, entry.key)
    has_appeared = _is_preprint(entry.fields) and is_formal(base.entries[work], base.venues)
    twin = None if first == entry.key else first
    return replace(plain_citation, work=work, has_appeared=has_appeared, twin=twin)


def _work(known: KnownWorks, fields: Mapping[str, str]) -> str | None:
    for pair in _identifiers(fields):
        if pair in known.by_identifier:
            return known.by_identifier[pair]
    title = title_fingerprint(plain(fields.get("title", "")))
    if title:
        return known.by_title.get(title)
    return None


def _identifiers(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the identifiers that the fields hold, spelled as those of entries are."""
    for name, scheme in SCHEMES.items():
        for field in scheme.fields:
            value = scheme.alone(fields.get(field, "").strip())
            if value:
                yield name, scheme.normal(value)
    texts: list[str] = []
    for name, value in fields.items():
        if name not in _UNREAD:
            texts.append(value)
    # BibTeX writes an underscore, which DOIs have, behind a backslash.
    whole = "\n".join(texts).replace("\\_", "_")
    yield from pairs_in_text(whole)


def _is_preprint(fields: Mapping[str, str]) -> bool:
    """Whether an entry names a server of preprints, or no place at all."""
    for name in _VENUES:
        venue = fields.get(name, "").strip()
        if venue:
            return is_archive_name(venue)
    doi = fields.get("doi", "")
    if not doi:
        return True
    return holds_archive_doi(doi)


def updated(base: KnowledgeBase, text: str, found: list[Citation]) -> str:
    """Return a bibliography with the formal records of works that have appeared; all else as it is."""
    parts, position = [], 0
    for citation in found:
        if citation.has_appeared and citation.work:
            entry = bibtex(citation.key, base.entries[citation.work], base.venues)
            # The text behind an entry begins with the end of its last line.
            parts += [text[position : citation.start], entry.rstrip("\n")]
            position = citation.end
    return "".join((*parts, text[position:]))


def place_of(base: KnowledgeBase, work: str) -> str:
    """Return where a work appeared, in short: ``MLSys 2024``."""
    record = cited_record(base.entries[work], base.venues)
    return f"{venue_of(record, base.venues).short} {record.year}"
