"""RIS: one tag and one value a line, lines ended by CR LF."""

from collections.abc import Iterator, Mapping

from rekb.citation.names import Name, joined, one_line
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

# RIS has no type for preprints: GEN is its word for what fits none.
_TYPES: dict[Form, str] = {
    "article": "JOUR",
    "conference-paper": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "preprint": "GEN",
    "report": "RPRT",
    "software": "COMP",
    "post": "BLOG",
    "page": "ELEC",
}
_ROLES = {"author": "AU", "editor": "ED"}


def ris(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the RIS record of an entry, from ``TY`` to ``ER``, without empty tags."""
    return ris_of(cited_work(key, entry, venues))


def ris_of(work: Work) -> str:
    """Return the RIS record of a work that is worked out already; see `ris`."""
    lines = []
    for tag, value in _tags(work):
        if value:
            # In RIS the end of a line ends the value.
            lines.append(f"{tag}  - {one_line(value)}")
    # RIS asks for the space behind the hyphen also where nothing follows.
    return "\r\n".join((*lines, "ER  - ", ""))


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.form]
    yield "ID", work.key
    yield "TI", work.title
    yield "ST", work.short
    for name in work.names:
        yield _ROLES[work.role], _author(name)
    yield "T2", work.container
    # C3 is EndNote's tag for the title of proceedings; others look in T2 alone.
    if work.form == "conference-paper":
        yield "C3", work.container
    yield "PY", str(work.year)
    yield "DA", _date(work)
    yield "VL", work.volume
    yield "IS", work.issue
    yield "C7", work.article
    yield "SP", work.first_page
    yield "EP", work.last_page
    yield "PB", work.publisher
    yield "M3", work.genre
    yield "DO", work.doi
    yield "UR", work.url
    # RIS has no field for arXiv's number; AN is for the number that an archive gives a work.
    if work.arxiv:
        yield "AN", f"arXiv:{work.arxiv}"
    for word in work.keywords:
        yield "KW", word


def _date(work: Work) -> str:
    """Return ``2017/06//``: RIS asks for all slashes, also where day or month are not known."""
    if work.month:
        return f"{work.year}/{work.month:02}//"
    return f"{work.year}///"


def _author(name: Name) -> str:
    """Return ``Family, Given, Suffix``: RIS puts the suffix last."""
    return joined(", ", name.family, name.given, name.suffix)
