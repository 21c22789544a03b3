"""arXiv's interface: an Atom feed, many works in one request."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from rekb.errors import UnknownWorkError
from rekb.lookup.transport import Transport
from rekb.lookup.xmltree import parse_xml
from rekb.model.identifiers import SCHEMES
from rekb.sources.clean import cleaned
from rekb.sources.latex import plain_if_latex
from rekb.sources.names import authors_of
from rekb.sources.work import Doubt, FoundWork, preprint

BATCH = 50
"""Works that are asked for at once."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_ABSTRACT = 6000


def look_up(transport: Transport, base: str, identifiers: Sequence[str]) -> dict[str, FoundWork]:
    """Return the works of these identifiers; one that arXiv does not know is absent.

    Raises:
        LookupFailedError: when arXiv gives no answer that can be read.
    """
    found: dict[str, FoundWork] = {}
    for first in range(0, len(identifiers), BATCH):
        wanted = identifiers[first : first + BATCH]
        query = f"id_list={','.join(quote(i, safe='/') for i in wanted)}&max_results={len(wanted)}"
        address = f"{base}?{query}"
        works = transport.read(address, "application/atom+xml", lambda r: dict(_works(r.body, r.address)))
        found |= {i: work for i, work in works.items() if i in wanted}
    return found


def look_up_one(transport: Transport, base: str, identifier: str) -> FoundWork:
    """Return one work.

    Raises:
        LookupFailedError: when arXiv does not know it.
    """
    if work := look_up(transport, base, [identifier]).get(identifier):
        return work
    raise UnknownWorkError(f"arXiv knows no {identifier}: look the number up at https://arxiv.org/")


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
    return transport.read(
        address, "application/atom+xml", lambda reply: [work for _, work in _works(reply.body, reply.address)]
    )


def _phrase(word: str) -> str:
    """Return words without the sign that would end their quotes."""
    return word.replace('"', " ")


def _works(body: bytes, address: str) -> Iterator[tuple[str, FoundWork]]:
    for entry in parse_xml(body, address).iterfind(f"{_ATOM}entry"):
        identifier = SCHEMES["arxiv"].in_address((entry.findtext(f"{_ATOM}id") or "").strip())
        title = plain_if_latex(_text(entry, f"{_ATOM}title"))
        if identifier and title:
            yield identifier, _work(entry, identifier, title)


def _work(entry: Element, identifier: str, title: str) -> FoundWork:
    names = [cleaned(a.findtext(f"{_ATOM}name")) for a in entry.iterfind(f"{_ATOM}author")]
    authors, doubts = authors_of([plain_if_latex(name) for name in names])
    doi = SCHEMES["doi"].bare(_text(entry, f"{_OWN}doi").split(" ")[0])
    told = _text(entry, f"{_OWN}journal_ref") or _text(entry, f"{_OWN}comment")
    if doi:
        doubts += (Doubt("records", f"arXiv names the DOI {doi}: add the record of its publication"),)
    elif told:
        doubts += (Doubt("records", f"arXiv says: {told[:200]}"),)
    return FoundWork(
        title=title,
        authors=authors,
        appearances=(preprint(identifier),),
        abstract=cleaned(entry.findtext(f"{_ATOM}summary"), _ABSTRACT),
        formal_doi=doi,
        doubts=doubts,
    )


def _text(entry: Element, path: str) -> str:
    return cleaned(entry.findtext(path))
