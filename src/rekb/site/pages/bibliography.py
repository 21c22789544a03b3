"""The bibliography page: a paper's own BibTeX file against the works that are here, in the browser."""

import json
from dataclasses import dataclass

from rekb.model import archives
from rekb.model.cited import is_formal
from rekb.model.identifiers import SCHEMES, for_scripts
from rekb.model.keys import identifiers, title_fingerprint
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.views import Material, cite_label
from rekb.site.templating import head_files, render
from rekb.site.urls import BIBLIOGRAPHY

IDENTIFIERS = "downloads/identifiers.json"
"""Where the identifiers and titles of all works stand, for programs and for this page."""


@dataclass(frozen=True, slots=True)
class BibliographyContext:
    """What bibliography.html is given."""

    total: int
    scheme_names: tuple[str, ...]
    """What the schemes of identifiers are called."""
    schemes: dict[str, dict[str, object]]
    """How the script finds identifiers; see `model.identifiers.for_scripts`."""
    archives: dict[str, str]
    """How the script knows what is cited as a preprint; see `model.archives.for_scripts`."""


def bibliography_page(material: Material) -> Page:
    """Return the page; what is pasted into it is compared in the browser and sent nowhere."""

    def body() -> str:
        context = BibliographyContext(
            total=len(material.base.entries),
            scheme_names=tuple(scheme.name for scheme in SCHEMES.values()),
            schemes=for_scripts(),
            archives=archives.for_scripts(),
        )
        return render("bibliography.html", BIBLIOGRAPHY, context)

    return Page(
        path=BIBLIOGRAPHY,
        title="Bibliography",
        made=body,
        description="Paste the BibTeX of your paper: see which preprints it cites have appeared since.",
        head=head_files(BIBLIOGRAPHY, "explore.css", "bibliography.js"),
        search=SearchText("Check a bibliography", "BibTeX of a paper: which preprints have appeared since"),
        sidebar=False,
    )


def bibliography_assets(material: Material) -> tuple[Asset, ...]:
    """Return the identifiers of all works as one JSON file: by citation key in order."""
    works = [_known(material, key) for key in material.base.entries]
    text = json.dumps({"schema_version": 1, "works": works}, ensure_ascii=False, separators=(",", ":"))
    return (Asset(IDENTIFIERS, text.encode()),)


def _known(material: Material, key: str) -> dict[str, object]:
    """Return what a work is known by, and what it is cited as."""
    entry = material.base.entries[key]
    pairs = dict.fromkeys(pair for record in entry.records for pair in identifiers(record))
    return {
        "key": key,
        "name": cite_label(entry),
        "title": title_fingerprint(entry.title),
        "ids": [f"{scheme}:{value}" for scheme, value in pairs],
        "venue": material.rows[key].venue,
        "formal": is_formal(entry, material.base.venues),
    }
