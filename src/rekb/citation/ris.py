"""RIS: one tag and one value a line, lines ended by CR LF."""

from collections.abc import Iterator, Mapping

from rekb.citation.names import Name, one_line
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

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


def ris(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the RIS record of an entry, from ``TY`` to ``ER``, without empty tags."""
    return ris_of(cited_work(key, entry, venues))


def ris_of(work: Work) -> str:
    """Return the RIS record of a work that is worked out already; see `ris`."""
    lines = []
    for tag, value in _tags(work):
        if value:
            lines.append(f"{tag}  - {one_line(value)}")
    return "\r\n".join((*lines, "ER  - ", ""))


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.form]
    yield "ID", work.key
    yield "TI", work.title
    yield "ST", work.short
    yield from (("ED" if work.edited else "AU", _author(name)) for name in work.names)
    yield "T2", work.container
    yield "C3", work.container if work.form == "conference-paper" else ""
    yield "PY", str(work.year)
    yield "DA", f"{work.year}/{work.month:02}//" if work.month else f"{work.year}///"
    yield "VL", work.volume
    yield "IS", work.issue
    yield "C7", work.article
    yield "SP", work.first_page
    yield "EP", work.last_page
    yield "PB", work.publisher
    yield "M3", work.genre
    yield "DO", work.doi
    yield "UR", work.url
    yield "AN", f"arXiv:{work.arxiv}" if work.arxiv else ""
    yield from (("KW", word) for word in work.keywords)


def _author(name: Name) -> str:
    """Return ``Family, Given, Suffix``: RIS puts the suffix last."""
    parts = []
    for part in (name.family, name.given, name.suffix):
        if part:
            parts.append(part)
    return ", ".join(parts)
