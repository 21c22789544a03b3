"""Crossref's search: whether a work of exactly this title was published, and where."""

from typing import Any
from urllib.parse import quote

from rekb.errors import SourceError
from rekb.lookup.answers import bad_answer, json_in
from rekb.lookup.transport import Reply, Transport
from rekb.model import Entry
from rekb.model.keys import compact, family_name, title_fingerprint
from rekb.sources.csl import found_work
from rekb.sources.work import FoundWork

_ROWS = 5
_FIELDS = "DOI,title,subtitle,author,container-title,event,issued,type,volume,issue,page,relation"
_FORMAL = frozenset({"journal-article", "proceedings-article", "book-chapter"})


def publications(transport: Transport, base: str, entry: Entry) -> list[FoundWork]:
    """Return the publications whose title is that of an entry, letter by letter, and whose first author too.

    Raises:
        LookupFailedError: when Crossref gives no answer that can be read.
    """
    query = f"query.bibliographic={quote(entry.title, safe='')}&rows={_ROWS}&select={quote(_FIELDS, safe='')}"
    return transport.read(f"{base}?{query}", "application/json", lambda reply: _works(reply, entry))


def _works(reply: Reply, entry: Entry) -> list[FoundWork]:
    answer = json_in(reply, "a list of works")
    try:
        items = answer["message"]["items"]
        return [work for item in items if (work := _formal(item)) and _is_same(work, entry)]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise bad_answer(reply, "a list of works", "there is none at message.items") from error


def _formal(item: dict[str, Any]) -> FoundWork | None:
    if item.get("type") not in _FORMAL:
        return None
    try:
        return found_work(item)
    except SourceError:
        return None


def _is_same(work: FoundWork, entry: Entry) -> bool:
    if title_fingerprint(work.title) != title_fingerprint(entry.title) or not work.authors:
        return False
    return compact(family_name(work.authors[0])) == compact(family_name(entry.authors[0]))
