"""COinS: the title attribute of a span by which Zotero reads many works from one listing."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

from rekb.citation.names import Name, joined
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

# OpenURL 1.0 (Z39.88): pairs of names and values as in a query.
_PLAIN = ":/,"
# OpenURL calls one paper `proceeding`; its word `conference` is for the whole volume.
_GENRES: dict[Form, str] = {"conference-paper": "proceeding", "chapter": "bookitem"}
# Zotero takes its own names of types from Dublin Core's field for the type.
_TYPES: dict[Form, str] = {
    "preprint": "preprint",
    "report": "report",
    "software": "computerProgram",
    "post": "blogPost",
    "page": "webpage",
}


def coins(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the value for ``<span class="Z3988" title="...">``; the caller escapes it for HTML."""
    return coins_of(cited_work(key, entry, venues))


def coins_of(work: Work) -> str:
    """Return the value for a work that is worked out already; see `coins`."""
    fields = _FIELDS.get(work.form, _other)
    pairs = (("ctx_ver", "Z39.88-2004"), *fields(work), *_shared(work))
    # A listing holds hundreds: signs that mean nothing in a query stay as they are, and a space is one sign.
    parts = []
    for name, value in pairs:
        if value:
            parts.append(f"{name}={quote_plus(value, safe=_PLAIN)}")
    return "&".join(parts)


def _article(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", "article"
    yield "rft.atitle", work.title
    yield "rft.jtitle", work.container
    yield from _place(work)


def _in_book(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
    yield "rft.genre", _GENRES[work.form]
    yield "rft.atitle", work.title
    yield "rft.btitle", work.container
    yield "rft.pub", work.publisher
    yield from _place(work)


def _other(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", _TYPES[work.form]
    yield "rft.title", work.title
    yield "rft.source", work.container
    yield "rft.publisher", work.publisher
    yield "rft.identifier", work.url


def _book(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
    yield "rft.genre", "book"
    yield "rft.btitle", work.title
    yield "rft.pub", work.publisher


def _thesis(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
    yield "rft.title", work.title
    yield "rft.inst", work.publisher
    yield "rft.degree", work.genre


def _place(work: Work) -> Iterator[tuple[str, str]]:
    yield "rft.volume", work.volume
    yield "rft.issue", work.issue
    yield "rft.artnum", work.article
    yield "rft.spage", work.first_page
    yield "rft.epage", work.last_page
    yield "rft.pages", work.page_range


def _shared(work: Work) -> Iterator[tuple[str, str]]:
    for name in work.names:
        yield _role(name), _author(name)
    yield "rft.date", work.dated("-")
    yield "rft_id", _identifier(work)


def _role(name: Name) -> str:
    # OpenURL has a field of its own for organisations; in `au` a reader takes them for people.
    if name.group:
        return "rft.aucorp"
    return "rft.au"


def _identifier(work: Work) -> str:
    # OpenURL names a DOI by an address of the scheme `info`, not by a web page.
    if work.registered_doi:
        return f"info:doi/{work.registered_doi}"
    return work.url


def _author(name: Name) -> str:
    given = joined(" ", name.given, name.suffix)
    return joined(", ", name.family, given)


_FIELDS = {
    "article": _article,
    "conference-paper": _in_book,
    "chapter": _in_book,
    "book": _book,
    "thesis": _thesis,
}
