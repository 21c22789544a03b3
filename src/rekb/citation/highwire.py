"""Highwire meta tags: how Zotero, Google Scholar and others read the page of one work."""

from collections.abc import Iterator, Mapping

from rekb.citation.names import Name, joined, one_line
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

# Google Scholar files a work by the tag that names where it appeared.
_CONTAINERS: dict[Form, str] = {
    "article": "citation_journal_title",
    "conference-paper": "citation_conference_title",
    "chapter": "citation_inbook_title",
}

_ZOTERO_TYPES: dict[Form, str] = {
    "article": "journalArticle",
    "conference-paper": "conferencePaper",
    "chapter": "bookSection",
    "book": "book",
    "thesis": "thesis",
    "preprint": "preprint",
    "report": "report",
    "software": "computerProgram",
    "post": "blogPost",
    "page": "webpage",
}
"""What Zotero calls a form; where nothing says it, it takes most works for articles."""

_PUBLISHERS: dict[Form, str] = {
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}


def highwire(
    key: str, entry: Entry, venues: Mapping[str, Venue], abstract: str = ""
) -> list[tuple[str, str]]:
    """Return (name, content) of each ``<meta>`` tag, authors in order; the caller escapes for HTML.

    Args:
        key: the citation key.
        entry: the work.
        venues: the venues by id.
        abstract: a text about the work that says whose it is. Without one Zotero saves the page's
            description, which is cut short.
    """
    return highwire_of(cited_work(key, entry, venues), abstract)


def highwire_of(work: Work, abstract: str = "") -> list[tuple[str, str]]:
    """Return the tags of a work that is worked out already; see `highwire`."""
    found: list[tuple[str, str]] = []
    for name, content in _tags(work, abstract):
        if content:
            found.append((name, content))
    return found


def _tags(work: Work, abstract: str) -> Iterator[tuple[str, str]]:
    yield "z:itemType", _ZOTERO_TYPES[work.form]
    yield "citation_title", work.title
    # Google Scholar asks for one tag a person.
    for name in work.names:
        yield f"citation_{work.role}", _author(name)
    # Google Scholar wants the parts of a date with slashes between them.
    yield "citation_publication_date", work.dated("/")
    if work.form in _CONTAINERS:
        yield _CONTAINERS[work.form], work.container
    yield _PUBLISHERS.get(work.form, "citation_publisher"), work.publisher
    yield "citation_volume", work.volume
    yield "citation_issue", work.issue
    yield "citation_firstpage", work.first_page
    yield "citation_lastpage", work.last_page
    yield "citation_doi", work.registered_doi
    yield "citation_arxiv_id", work.arxiv
    yield "citation_public_url", work.url
    yield "citation_pdf_url", work.pdf
    yield "citation_abstract", one_line(abstract)
    for word in work.keywords:
        yield "citation_keywords", word


def _author(name: Name) -> str:
    """Return ``Family, Given``; a name in one piece ends in a comma, or Zotero turns ``Meta AI`` around."""
    given = joined(" ", name.given, name.suffix)
    if given:
        return f"{name.family}, {given}"
    return f"{name.family},"
