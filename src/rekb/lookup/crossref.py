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
# Crossref sends the whole record, with all references of the work, where no fields are selected.
_FIELDS = "DOI,title,subtitle,author,container-title,event,issued,type,volume,issue,page,relation"
# Crossref's types of works that count as published; `posted-content` is its word for preprints.
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
    found = []
    try:
        for item in answer["message"]["items"]:
            work = _formal(item)
            if work and _is_same(work, entry):
                found.append(work)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise bad_answer(reply, "a list of works", "there is none at message.items") from error
    return found


def _formal(item: dict[str, Any]) -> FoundWork | None:
    """Return a work that counts as published; Crossref has preprints, data sets and reviews as well."""
    if item.get("type") not in _FORMAL:
        return None
    try:
        return found_work(item)
    except SourceError:
        return None


def _is_same(work: FoundWork, entry: Entry) -> bool:
    """Whether title and first author agree: Crossref's search always finds something, like it or not."""
    if title_fingerprint(work.title) != title_fingerprint(entry.title):
        return False
    if not work.authors:
        return False
    first = family_name(work.authors[0])
    return compact(first) == compact(family_name(entry.authors[0]))
