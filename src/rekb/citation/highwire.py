"""Highwire meta tags: how Zotero, Google Scholar and others read the page of one work."""

from collections.abc import Iterator, Mapping

from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

_CONTAINERS: dict[Form, str] = {
    "article": "citation_journal_title",
    "conference-paper": "citation_conference_title",
    "chapter": "citation_inbook_title",
}

_PUBLISHERS: dict[Form, str] = {
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}


def highwire(key: str, entry: Entry, venues: Mapping[str, Venue]) -> list[tuple[str, str]]:
    """Return (name, content) of each ``<meta>`` tag, authors in order; the caller escapes for HTML."""
    return highwire_of(cited_work(key, entry, venues))


def highwire_of(work: Work) -> list[tuple[str, str]]:
    """Return the tags of a work that is worked out already; see `highwire`."""
    return [(name, content) for name, content in _tags(work) if content]


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_title", work.title
    for name in work.names:
        given = " ".join(part for part in (name.given, name.suffix) if part)
        role = "citation_editor" if work.edited else "citation_author"
        yield role, f"{name.family}, {given}" if given else name.family
    yield "citation_publication_date", f"{work.year}/{work.month:02}" if work.month else str(work.year)
    yield _CONTAINERS.get(work.form, ""), work.container if work.form in _CONTAINERS else ""
    yield _PUBLISHERS.get(work.form, "citation_publisher"), work.publisher
    yield "citation_volume", work.volume
    yield "citation_issue", work.issue
    yield "citation_firstpage", work.first_page
    yield "citation_lastpage", work.last_page
    yield "citation_doi", work.doi
    yield "citation_arxiv_id", work.arxiv
    yield "citation_public_url", work.url
    yield "citation_pdf_url", work.pdf
    yield from (("citation_keywords", word) for word in work.keywords)
