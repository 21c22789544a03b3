"""CSL-JSON: the record that citation processors, Pandoc and Zotero read."""

from collections.abc import Mapping
from typing import Any, TypedDict

from rekb.citation.names import Name
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

CSL_TYPES: dict[Form, str] = {
    "article": "article-journal",
    "conference-paper": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    # CSL has `article` for preprints; what appeared in a journal is `article-journal`.
    "preprint": "article",
    "report": "report",
    # `software` is new in CSL 1.0.2, and Zotero refuses a whole file for one type that it does not know.
    "software": "webpage",
    "post": "post-weblog",
    "page": "webpage",
}
"""What CSL calls a form, in words that every version of it has."""


class CslName(TypedDict, total=False):
    """A person has `family` (and `given`, `suffix`); a group has `literal`."""

    family: str
    given: str
    suffix: str
    literal: str


CslDate = TypedDict("CslDate", {"date-parts": list[list[int]]})
"""Year, or year and month."""
CslRecord = TypedDict(
    "CslRecord",
    {
        "id": str,
        "type": str,
        "title": str,
        "title-short": str,
        "author": list[CslName],
        "editor": list[CslName],
        "issued": CslDate,
        "container-title": str,
        "publisher": str,
        "genre": str,
        "volume": str,
        "issue": str,
        "number": str,
        "page": str,
        "DOI": str,
        "URL": str,
        "archive": str,
        "archive_location": str,
        "keyword": str,
        "note": str,
    },
    total=False,
)
"""The fields that are written; `id` is the citation key."""


def csl(key: str, entry: Entry, venues: Mapping[str, Venue]) -> CslRecord:
    """Return the CSL-JSON record of an entry; fields that are not known are left out."""
    return csl_of(cited_work(key, entry, venues))


def csl_of(work: Work) -> CslRecord:
    """Return the CSL-JSON record of a work that is worked out already; see `csl`."""
    fields: dict[str, Any] = {
        "id": work.key,
        "type": CSL_TYPES[work.form],
        "title": work.title,
        "title-short": work.short,
        work.role: [csl_name(name) for name in work.names],
        "issued": {"date-parts": [_date(work)]},
        "container-title": work.container,
        "publisher": work.publisher,
        "genre": _genre(work),
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page_range,
        "DOI": work.doi,
        "URL": work.url,
        "number": work.article,
        **_arxiv(work),
        "keyword": ", ".join(work.keywords),
    }
    record: CslRecord = {name: value for name, value in fields.items() if value}  # type: ignore[assignment] # keys are checked against the schema by a test
    return record


def _date(work: Work) -> list[int]:
    """Return year and month; CSL has no sign for a month that is not known, so the list ends early."""
    if work.month:
        return [work.year, work.month]
    return [work.year]


def _genre(work: Work) -> str:
    # The type of software is that of a web page here, so the genre says what it is.
    if work.form == "software":
        return "Computer software"
    return work.genre


def csl_name(name: Name) -> CslName:
    """Return an author: a group is `literal`, a person with one name has only `family`."""
    if name.group:
        return {"literal": name.family}
    person: CslName = {"family": name.family}
    if name.given:
        person["given"] = name.given
    if name.suffix:
        person["suffix"] = name.suffix
    return person


def _arxiv(work: Work) -> dict[str, str]:
    if not work.arxiv:
        return {}
    label = f"arXiv:{work.arxiv}"
    if work.form == "preprint":
        return {"archive": "arXiv", "archive_location": work.arxiv, "number": label}
    # APA and Chicago print an archive behind the proceedings; a published work only notes its preprint.
    return {"note": label}
