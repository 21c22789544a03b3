"""arXiv's interface: an Atom feed, many works in one request."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote
from xml.etree.ElementTree import Element

from rekb.errors import UnknownWorkError
from rekb.lookup.answers import bad_answer
from rekb.lookup.transport import Reply, Transport
from rekb.lookup.xmltree import parse_xml
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned
from rekb.sources.latex import plain_if_latex
from rekb.sources.names import authors_of
from rekb.sources.repositories import code_named_in
from rekb.sources.work import Doubt, FoundWork, Revision, preprint

BATCH = 50
"""Works that are asked for at once."""
_ATOM = "{http://www.w3.org/2005/Atom}"
# arXiv adds comment, journal and DOI to Atom in a namespace of its own.
_OWN = "{http://arxiv.org/schemas/atom}"
_FEED = "application/atom+xml"
_SCHEME = SCHEMES["arxiv"]
_ABSTRACT = 6000
_LONGEST_COMMENT = 1000
_LONGEST_NOTE = 200
_VERSION = re.compile(r"v([1-9][0-9]{0,3})\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T|\Z)")
_MOST_NAMED = 3
"""Identifiers that a message names."""


def look_up(transport: Transport, base: str, identifiers: Sequence[str]) -> dict[str, FoundWork]:
    """Return the works of these identifiers; one that arXiv does not know is absent.

    Raises:
        LookupFailedError: when arXiv gives no answer that can be read.
    """
    found: dict[str, FoundWork] = {}
    for first in range(0, len(identifiers), BATCH):
        # A batch may hold none that arXiv knows; the other batches still count.
        with contextlib.suppress(UnknownWorkError):
            found |= _asked(transport, base, identifiers[first : first + BATCH])
    return found


def look_up_one(transport: Transport, base: str, identifier: str) -> FoundWork:
    """Return one work.

    Raises:
        LookupFailedError: when arXiv does not know it.
    """
    return _asked(transport, base, [identifier])[identifier]


def _asked(transport: Transport, base: str, wanted: Sequence[str]) -> dict[str, FoundWork]:
    """Return what arXiv answers about at most `BATCH` identifiers.

    Raises:
        UnknownWorkError: when it knows none of them; such an answer is not kept.
        LookupFailedError: when the answer cannot be read, or is about other works.
    """
    # arXiv answers with ten works where no number is given.
    query = f"id_list={','.join(quote(i, safe='/') for i in wanted)}&max_results={len(wanted)}"
    return transport.read(f"{base}?{query}", _FEED, lambda reply: _wanted(reply, wanted))


def _wanted(reply: Reply, wanted: Sequence[str]) -> dict[str, FoundWork]:
    works = {_SCHEME.normal(identifier): work for identifier, work in _works(reply)}
    found = {}
    for identifier in wanted:
        work = works.get(_SCHEME.normal(identifier))
        if work is not None:
            found[identifier] = work
    if found:
        return found
    if works:
        raise bad_answer(reply, f"a feed of {', '.join(wanted[:_MOST_NAMED])}", f"it is about {min(works)}")
    raise UnknownWorkError(f"arXiv knows no {wanted[0]}: look the number up at https://arxiv.org/")


def newest(
    transport: Transport, base: str, categories: Sequence[str], words: Sequence[str], most: int
) -> list[FoundWork]:
    """Return the newest preprints of any of the categories with any of the words in title or abstract.

    Args:
        transport: the way to arXiv.
        base: the address of its interface.
        categories: arXiv's names of them: ``cs.LG``.
        words: words or phrases.
        most: how many are returned.

    Raises:
        LookupFailedError: when arXiv gives no answer that can be read.
    """
    within = " OR ".join(f"cat:{category}" for category in categories)
    about = " OR ".join(f'{part}:"{_phrase(word)}"' for word in words for part in ("ti", "abs"))
    query = quote(f"({within}) AND ({about})")
    address = f"{base}?search_query={query}&sortBy=submittedDate&sortOrder=descending&max_results={most}"
    return transport.read(address, _FEED, lambda reply: [work for _, work in _works(reply)])


def _phrase(word: str) -> str:
    """Return words without the sign that would end their quotes."""
    return word.replace('"', " ")


def _works(reply: Reply) -> Iterator[tuple[str, FoundWork]]:
    """Yield the works of a feed with their identifiers.

    Raises:
        LookupFailedError: for what is no Atom feed, and for an error that arXiv writes into a feed.
    """
    feed = parse_xml(reply.body, reply.address)
    if feed.tag != f"{_ATOM}feed":
        raise bad_answer(
            reply, "an Atom feed", f"its outermost element is {feed.tag.rpartition('}')[2][:40]}"
        )
    for entry in feed.iterfind(f"{_ATOM}entry"):
        address = (entry.findtext(f"{_ATOM}id") or "").strip()
        # arXiv reports an error as an entry of the feed, whose id begins so.
        if "/api/errors" in address:
            raise bad_answer(
                reply, "works", f"arXiv reports: {_text(entry, f'{_ATOM}summary')[:_LONGEST_NOTE]}"
            )
        identifier = _SCHEME.in_address(address)
        # arXiv keeps titles and names as their authors typed them, often in LaTeX.
        title = plain_if_latex(_text(entry, f"{_ATOM}title"))
        if identifier and title:
            yield identifier, _work(entry, identifier, title, _newest(entry, address))


def _newest(entry: Element, address: str) -> Revision | None:
    """Return the version that arXiv answers with, the newest one; None where number or day is missing."""
    number = _VERSION.search(address)
    day = _DAY.match(_text(entry, f"{_ATOM}updated"))
    if number is None or day is None:
        return None
    try:
        return Revision(int(number[1]), date.fromisoformat(day[0]))
    except ValueError:
        # The form of a date fits days that no month has.
        return None


def _work(entry: Element, identifier: str, title: str, newest_version: Revision | None) -> FoundWork:
    names = [cleaned(a.findtext(f"{_ATOM}name")) for a in entry.iterfind(f"{_ATOM}author")]
    authors, doubts = authors_of([plain_if_latex(name) for name in names])
    # arXiv's field for the DOI may hold several, parted by spaces.
    doi = SCHEMES["doi"].bare(_text(entry, f"{_OWN}doi").split(" ")[0])
    journal = _text(entry, f"{_OWN}journal_ref")
    if doi:
        doubts += (Doubt("records", f"arXiv names the DOI {doi}: add the record of its publication"),)
    elif journal:
        doubts += (Doubt("records", f"arXiv says: {journal[:_LONGEST_NOTE]}"),)
    abstract = cleaned(entry.findtext(f"{_ATOM}summary"), _ABSTRACT)
    comment = cleaned(entry.findtext(f"{_OWN}comment"), _LONGEST_COMMENT)
    return FoundWork(
        title=title,
        authors=authors,
        appearances=(preprint(identifier),),
        abstract=abstract,
        repositories=(
            *code_named_in(comment, "arXiv's comment"),
            *code_named_in(abstract, "arXiv's abstract"),
        ),
        newest=newest_version,
        formal_doi=doi,
        remark="" if doi or journal else comment,
        doubts=doubts,
    )


def _text(entry: Element, path: str) -> str:
    return cleaned(entry.findtext(path))
