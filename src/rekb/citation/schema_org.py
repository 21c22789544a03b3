"""Schema.org: the work as JSON-LD, which search engines read from its page."""

import json
from collections.abc import Mapping
from typing import Any

from rekb.citation.names import Name, joined
from rekb.citation.work import Form, Work, cited_work, doi_address
from rekb.model import Entry, Venue
from rekb.model.identifiers import SCHEMES

# schema.org has no type for papers in proceedings or preprints; all are scholarly articles.
_TYPES: dict[Form, str] = {
    "software": "SoftwareSourceCode",
    "post": "BlogPosting",
    "report": "Report",
    "page": "WebPage",
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
}


def schema_org(key: str, entry: Entry, venues: Mapping[str, Venue]) -> dict[str, Any]:
    """Return one work as a schema.org object; absent facts are left out."""
    return schema_org_of(cited_work(key, entry, venues), entry)


def schema_org_of(work: Work, entry: Entry) -> dict[str, Any]:
    """Return a work that is worked out already as a schema.org object; see `schema_org`."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(work.form, "ScholarlyArticle"),
        "name": work.title,
        "headline": work.title,
        "alternateName": work.short,
        work.role: [_author(name) for name in work.names],
        "datePublished": work.dated("-"),
        "isPartOf": _named("CreativeWork", work.container),
        "publisher": _named("Organization", work.publisher),
        "pagination": work.page_range,
        "url": work.link,
        "sameAs": _addresses(work, entry),
        "keywords": list(work.keywords),
    }
    return _without_empty(found)


def _named(kind: str, name: str) -> dict[str, str]:
    """Return an object of schema.org that has a name alone; an empty one for an empty name."""
    if not name:
        return {}
    return {"@type": kind, "name": name}


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        if value:
            kept[name] = value
    return kept


def json_ld(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the text of a ``<script type="application/ld+json">``; no text in it can end the element."""
    return json_ld_of(cited_work(key, entry, venues), entry)


def json_ld_of(work: Work, entry: Entry) -> str:
    """Return the text for a work that is worked out already; see `json_ld`."""
    text = json.dumps(schema_org_of(work, entry), ensure_ascii=False, separators=(",", ":"))
    # HTML ends a script at `</script` even inside a JSON text; JSON's escapes hide the signs from it.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _author(name: Name) -> dict[str, str]:
    if name.group:
        return _named("Organization", name.family)
    # The parts of a name stand in the tags of the same page, which programs for citations read.
    return _named("Person", joined(" ", name.given, name.family, name.suffix))


def _addresses(work: Work, entry: Entry) -> list[str]:
    """Return the other pages of the work: those of the DOIs of its records, and arXiv's."""
    pages = []
    for record in entry.records:
        if record.doi:
            pages.append(doi_address(record.doi))
    if work.arxiv:
        pages.append(SCHEMES["arxiv"].page_of(work.arxiv))
    found = dict.fromkeys(pages)
    found.pop(work.link, None)
    return list(found)
