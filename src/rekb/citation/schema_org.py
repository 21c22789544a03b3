"""Schema.org: the work as JSON-LD, which search engines read from its page."""

import json
from collections.abc import Mapping
from typing import Any

from rekb.citation.names import Name
from rekb.citation.work import Form, Work, cited_work, doi_address
from rekb.model import Entry, Venue
from rekb.model.identifiers import SCHEMES

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
        "editor" if work.edited else "author": [_author(name) for name in work.names],
        "datePublished": f"{work.year}-{work.month:02}" if work.month else str(work.year),
        "isPartOf": {"@type": "CreativeWork", "name": work.container} if work.container else None,
        "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
        "pagination": "-".join(page for page in (work.first_page, work.last_page) if page),
        "url": work.link,
        "sameAs": _addresses(work, entry),
        "keywords": list(work.keywords),
    }
    kept: dict[str, Any] = {}
    for name, value in found.items():
        if value:
            kept[name] = value
    return kept


def json_ld(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the text of a ``<script type="application/ld+json">``; no text in it can end the element."""
    return json_ld_of(cited_work(key, entry, venues), entry)


def json_ld_of(work: Work, entry: Entry) -> str:
    """Return the text for a work that is worked out already; see `json_ld`."""
    text = json.dumps(schema_org_of(work, entry), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _author(name: Name) -> dict[str, str]:
    if name.group:
        return {"@type": "Organization", "name": name.family}
    whole = " ".join(part for part in (name.given, name.family, name.suffix) if part)
    parts = {"givenName": name.given, "honorificSuffix": name.suffix}
    found = {"@type": "Person", "name": whole, "familyName": name.family}
    return found | {field: part for field, part in parts.items() if part}


def _addresses(work: Work, entry: Entry) -> list[str]:
    if work.arxiv:
        arxiv = SCHEMES["arxiv"].page_of(work.arxiv)
    else:
        arxiv = ""
    dois = []
    for record in entry.records:
        if record.doi:
            dois.append(doi_address(record.doi))
    found: list[str] = []
    for address in dict.fromkeys((*dois, arxiv)):
        if address and address != work.link:
            found.append(address)
    return found
