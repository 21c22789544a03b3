"""The knowledge base as a data set, described for search engines (schema.org) and programs (Croissant)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from rekb.exports import EXPORTERS
from rekb.exports.table import CSV_VERSION, columns
from rekb.site.outputs.feeds import last_changed
from rekb.site.page import Asset, SiteSettings
from rekb.site.parts.views import Material
from rekb.site.urls import DOWNLOADS

CROISSANT = f"{DOWNLOADS}croissant.json"
"""Where the description for programs is."""
_TABLE = f"{DOWNLOADS}all.csv"
_CONFORMS = "http://mlcommons.org/croissant/1.0"
_TYPES = {
    "year": "sc:Integer",
    "cited_year": "sc:Integer",
    "results": "sc:Integer",
    "added": "sc:Date",
    "checked": "sc:Date",
    "url": "sc:URL",
    "code": "sc:URL",
}
"""What the columns of the table hold; the others hold text."""
_TERMS = (
    "citeAs column conformsTo data dataType equivalentProperty examples extract field fileObject"
    " fileProperty fileSet format includes isLiveDataset jsonPath key md5 parentField path recordSet"
    " references regex repeated replace samplingRate separator source subField transform"
)
"""Words of Croissant's vocabulary, which its format asks every description to declare."""
_TERMS_OF_A_KIND = {"data": "@json", "dataType": "@vocab", "examples": "@json"}


def dataset_head(material: Material, settings: SiteSettings) -> Markup:
    """Return the element for the head of a page by which search engines know the data set.

    Addresses in it are absolute, so without the site's address there is none.
    """
    if not settings.url:
        return Markup()
    text = json.dumps(_dataset(material, settings), ensure_ascii=False, separators=(",", ":"))
    # `</script>` in a text would end the element; JSON may write any sign as an escape.
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704 - no sign of HTML is left


def croissant_assets(material: Material, settings: SiteSettings, files: Iterable[Asset]) -> tuple[Asset, ...]:
    """Return the Croissant description of the table of all works; none without the site's address or works.

    Args:
        material: the knowledge base.
        settings: the site, for its address and name.
        files: the downloads, whose bytes are named by their digest.
    """
    if not settings.url or not material.base.entries:
        return ()
    table = next(file for file in files if file.path == _TABLE)
    text = json.dumps(_croissant(material, settings, table), ensure_ascii=False, indent=1)
    return (Asset(CROISSANT, f"{text}\n".encode()),)


def _dataset(material: Material, settings: SiteSettings) -> dict[str, Any]:
    base = material.base
    downloads = [
        {
            "@type": "DataDownload",
            "name": exporter.label,
            "encodingFormat": exporter.media_type.partition(";")[0],
            "contentUrl": f"{settings.url}{DOWNLOADS}all{exporter.suffix}",
        }
        for exporter in EXPORTERS.values()
        if exporter.suffix != ".md"
    ]
    return {
        "@context": "https://schema.org",
        **_named(material, settings),
        "@type": "Dataset",
        "isAccessibleForFree": True,
        "keywords": [base.topics[root].title for root in base.children(None)],
        "distribution": downloads,
        "subjectOf": f"{settings.url}{CROISSANT}",
    }


def _named(material: Material, settings: SiteSettings) -> dict[str, Any]:
    """Return what both descriptions say of the whole; dates are those of the data, not of the build."""
    entries = material.base.entries.values()
    days = [last_changed(entry)[:10] for entry in entries]
    dated = {}
    if days:
        first = min(entry.added for entry in entries).isoformat()
        dated = {"datePublished": first, "dateModified": max(days), "version": _version(max(days))}
    return {
        "name": settings.name,
        "description": settings.description,
        "url": settings.url,
        "license": material.base.config.licence.url,
        "creator": {"@type": "Organization", "name": settings.name, "url": settings.url},
        **dated,
    }


def _version(day: str) -> str:
    """Return a day as a version of three numbers: what a reader would have to change, then the day."""
    year, month, date = day.split("-")
    # No number of a semantic version may begin with a zero: the 5th is 5 and not 05.
    return f"{CSV_VERSION}.{year}{month}.{int(date)}"


def _croissant(material: Material, settings: SiteSettings, table: Asset) -> dict[str, Any]:
    shown = columns(material.base)
    fields = [_field(column.name, column.help) for column in shown]
    named = _named(material, settings)
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": _CONFORMS,
        **named,
        "creator": {**named["creator"], "@type": "sc:Organization"},
        # Croissant asks for a citation as BibTeX.
        "citeAs": f"@misc{{rekb, title={{{settings.name}}}, url={{{settings.url}}}}}",
        "isLiveDataset": True,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "all.csv",
                "name": "all.csv",
                "description": "One row for each work.",
                "contentUrl": f"{settings.url}{_TABLE}",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(table.content).hexdigest(),
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "works",
                "name": "works",
                "description": "The works of the knowledge base, each once.",
                "key": {"@id": "works/key"},
                "field": fields,
            }
        ],
    }


def _field(name: str, meaning: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"works/{name}",
        "name": name,
        "description": meaning,
        "dataType": _TYPES.get(name, "sc:Text"),
        "source": {"fileObject": {"@id": "all.csv"}, "extract": {"column": name}},
    }


def _context() -> dict[str, Any]:
    """Return Croissant's vocabulary: its own words beside those of schema.org."""
    words: dict[str, Any] = {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
    }
    for term in _TERMS.split():
        place = "dct:conformsTo" if term == "conformsTo" else f"cr:{term}"
        kind = _TERMS_OF_A_KIND.get(term)
        words[term] = {"@id": place, "@type": kind} if kind else place
    return words
