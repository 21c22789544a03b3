"""The index of all search boxes: the documents of `kb.documents` and the pages that only the site has.

`static/ranking.js` reads it. It is fetched whole when a box is used first, so fields that are empty are left
out, and words of texts are numbers: places in one list of words, the most frequent first, each counted from
the one before.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from rekb.kb.documents import Document, Kind, documents, venue_names
from rekb.kb.words import LETTERS, STOP, name_words, plain_words
from rekb.model.identifiers import for_scripts
from rekb.site.page import Asset, Page
from rekb.site.parts.views import Material
from rekb.site.urls import MODELS, author_anchor, author_letter, author_page, entry_path, topic_path

SEARCH_INDEX = "assets/rekb/search.json"
"""Where the index stands."""
_MOST_HELP = 4
"""Words of a hand-written section that lead to it; its title and its first words say what it is about."""


@dataclass(frozen=True, slots=True)
class Section:
    """A hand-written page, or a section of one, as the theme's search plugin tells of it."""

    path: str
    title: str
    text: str


def search_asset(material: Material, pages: Iterable[Page]) -> Asset:
    """Return the index of a site, without what people wrote by hand; see `with_sections`."""
    return Asset(SEARCH_INDEX, partial(_index, material, tuple(pages)))


def _index(material: Material, pages: tuple[Page, ...]) -> bytes:
    found = (*documents(material.base, material.index), *map(_page, _listed(pages)))
    content = {
        "letters": LETTERS,
        "stop": sorted(STOP),
        "schemes": for_scripts(),
        "venues": {venue.short: venue_names(venue) for venue in material.base.venues.values()},
        **written(found, people=material.authors),
    }
    return _json(content).encode()


def with_sections(index: str, sections: Iterable[Section]) -> str:
    """Return an index with hand-written pages, as help, behind all else."""
    content = json.loads(index)
    made = [
        Document(
            "help",
            section.path,
            section.title,
            words=tuple(dict.fromkeys(plain_words(section.text)[:_MOST_HELP])),
            line=_cut(section.text),
        )
        for section in sections
        if section.title
    ]
    terms = content["terms"].split(" ")
    more = written(made, terms)
    content["terms"] = more["terms"]
    content["documents"] += more["documents"]
    return _json(content)


def written(
    found: Sequence[Document], known: Sequence[str] = (), people: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """Return documents as the script reads them, and the list of the words of their texts.

    Args:
        found: the documents; topics are named by their places in this list.
        known: words that are listed already.
        people: author to the address of their place.
    """
    counts = Counter(word for document in found for word in document.words)
    new = sorted(counts.keys() - set(known), key=lambda word: (-counts[word], word))
    terms = {word: number for number, word in enumerate((*known, *new))}
    places = {document.id: place for place, document in enumerate(found)}
    authors = {document.title: place for place, document in enumerate(found) if document.kind == "author"}
    return {
        "terms": " ".join(terms),
        "documents": [
            _written(document, people.get(document.id) or path_of(document), places, authors, terms)
            for document in found
        ],
    }


def path_of(document: Document) -> str:
    """Return the address that a document leads to."""
    if document.kind == "work":
        return entry_path(document.id)
    if document.kind == "author":
        return f"{author_page(author_letter(document.id), 1)}#{author_anchor(document.id)}"
    if document.kind == "model":
        return f"{MODELS}?model={document.id}"
    # A page of the site is called by its address, also one that lists works and so stands among the topics.
    if document.kind == "help" or document.id.endswith("/"):
        return document.id
    return topic_path(document.id)


def _usual_path(document: Document) -> str:
    """Return the address that the script makes of a document's id; only another one is written."""
    if document.kind == "author":
        return f"authors/{document.id[:1].lower()}/#{author_anchor(document.id)}"
    if document.kind == "work":
        return entry_path(document.id)
    return topic_path(document.id) if document.kind == "topic" else ""


def _written(
    document: Document,
    path: str,
    places: Mapping[str, int],
    authors: Mapping[str, int],
    terms: Mapping[str, int],
) -> dict[str, object]:
    # A word of the text that stands in a more telling place too is found by that.
    telling = (document.title, *document.names, *document.aliases)
    elsewhere = {word for name in telling for word in name_words(name)}
    elsewhere.update(plain_words(document.line))
    fields: dict[str, object] = {
        "kind": document.kind,
        "id": document.id,
        "path": path if path != _usual_path(document) else "",
        "title": document.title,
        "names": document.names,
        "aliases": document.aliases,
        "identifiers": document.identifiers,
        "people": "; ".join(person for person in document.people if person not in authors),
        "authors": _steps(authors[person] for person in document.people if person in authors),
        "places": document.places,
        "topics": [places[topic] for topic in document.topics if topic in places],
        "words": _steps(terms[word] for word in document.words if word not in elsewhere),
        "note": document.note,
        "line": document.line,
        "links": document.links,
    }
    if document.kind == "author":
        # Both follow from the id and from the number of works.
        del fields["title"], fields["note"]
    return {name: value for name, value in fields.items() if value}


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return numbers in order, each as what it is more than the one before: small ones pack well."""
    ordered = sorted(numbers)
    return [number - before for before, number in zip((0, *ordered), ordered, strict=False)]


def _listed(pages: Iterable[Page]) -> Iterable[Page]:
    return (page for page in pages if page.search)


def _page(page: Page) -> Document:
    """Return a page of the site that is no work and no topic: a listing of works, or a tool."""
    search = page.search
    assert search is not None  # noqa: S101 - only such pages are asked
    kind: Kind = "topic" if search.lists_works else "help"
    names = (search.name,) if search.name else ()
    return Document(kind, page.path or "./", search.title, names=names, line=search.text)


def _cut(text: str) -> str:
    """Return the beginning of a text, for a line."""
    if len(text) <= 60:  # noqa: PLR2004 - what fits a line
        return text
    return f"{text[:56].rpartition(' ')[0]} …"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
