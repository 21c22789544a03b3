"""The downloads: the same files as `rekb export` writes, whole and by topic."""

import json
from dataclasses import dataclass
from functools import cache, partial

from rekb.exports import EXPORTERS, Exporter, json_schema
from rekb.kb import KnowledgeBase
from rekb.model.config import Licence
from rekb.site.outputs.dataset import CROISSANT, dataset_head
from rekb.site.outputs.offline import ARCHIVE
from rekb.site.page import Asset, Page, SearchText, SiteSettings
from rekb.site.parts.views import LinkView, Material
from rekb.site.templating import render
from rekb.site.urls import DOWNLOADS, topic_path
from rekb.text import size_words

WHOLE = "all"
SCHEMA = f"downloads/{WHOLE}.schema.json"
"""Where the schema of the JSON export is."""
SIZE_UNKNOWN = "made with the site"
"""What is shown in place of the size of the offline copy until it is packed."""
_BY_TOPIC = ("bibtex", "csv")
"""What each topic without topics below it has. Explore cuts the works of any other out of the file of all."""


@dataclass(frozen=True, slots=True)
class FileView:
    """One file to download."""

    label: str
    path: str
    size: str
    use: str


@dataclass(frozen=True, slots=True)
class DownloadsContext:
    """What downloads.html is given."""

    files: tuple[FileView, ...]
    programs: tuple[LinkView, ...]
    works: int
    example: str
    licence: Licence


_USES = {
    "bibtex": "LaTeX, JabRef, Zotero",
    "ris": "EndNote, Mendeley, Zotero",
    "csl-json": "Pandoc, citation processors",
    "json": "Programs: every field of every file",
    "csv": "Spreadsheets: one row a work",
    "sqlite": "SQL, with full-text search",
    "markdown": "A reading list by topic",
}


def _whole_path(exporter: Exporter) -> str:
    """Return where a format of the whole is; Markdown would be taken for a page, so it ends in .txt."""
    if exporter.suffix == ".md":
        suffix = ".md.txt"
    else:
        suffix = exporter.suffix
    return f"downloads/{WHOLE}{suffix}"


def topic_downloads(base: KnowledgeBase, topic_id: str) -> tuple[LinkView, ...]:
    """Return the links to exactly the works of one topic; none where topics below it have files."""
    if not base.is_leaf(topic_id):
        return ()
    # An id of a topic holds no dot, so two topics never share a file.
    stem = f"downloads/topics/{topic_id.replace('/', '.')}"
    found: list[LinkView] = []
    for form in _BY_TOPIC:
        found.append(LinkView(EXPORTERS[form].label, f"{stem}{EXPORTERS[form].suffix}"))
    return tuple(found)


def download_assets(material: Material) -> tuple[Asset, ...]:
    """Return every file of /downloads/: all formats of the whole with a schema, and two for each leaf."""
    base = material.base
    everything = tuple(base.entries)
    whole = []
    for exporter in EXPORTERS.values():
        made = cache(partial(exporter.encode, base, everything))  # for the file, and for the page of sizes
        whole.append(Asset(_whole_path(exporter), made))
    by_topic = [
        Asset(link.path, partial(EXPORTERS[form].encode, base, keys), page=topic_path(topic_id))
        for topic_id in base.topics
        if base.is_leaf(topic_id) and (keys := material.index.under_topic.get(topic_id, ()))
        for form, link in zip(_BY_TOPIC, topic_downloads(base, topic_id), strict=True)
    ]
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    return (*whole, Asset(SCHEMA, schema.encode()), *by_topic)


_USE_OF_COPY = "The site as a zip: unpack it, open index.html"
_PROGRAMS = (
    LinkView("all.schema.json", SCHEMA, "JSON Schema of all.json"),
    LinkView("llms.txt", "llms.txt", "a guide to the site for assistants"),
    LinkView("llms-full.txt", "llms-full.txt", "every overview and summary as one text"),
)
_CROISSANT = LinkView("croissant.json", CROISSANT, "the table, described for programs that learn from data")
_FEEDS = (
    LinkView("Atom feed", "feed.xml", "what was added and corrected last; every topic has its own"),
    LinkView("JSON Feed", "feed.json", "the same as JSON"),
    LinkView("Sitemap", "sitemap.xml", "every page"),
)


def downloads_page(material: Material, settings: SiteSettings, assets: tuple[Asset, ...]) -> Page:
    """Return the page that lists the files and what each is good for."""

    def body() -> str:
        whole = {asset.path: asset for asset in assets}
        files = tuple(
            FileView(exporter.label, path, size_words(len(whole[path].content)), _USES.get(form, ""))
            for form, exporter in EXPORTERS.items()
            if (path := _whole_path(exporter)) in whole
        )
        if settings.offline:
            files += (FileView("Offline copy", ARCHIVE, SIZE_UNKNOWN, _USE_OF_COPY),)
        base = material.base
        programs: tuple[LinkView, ...] = _PROGRAMS
        if settings.url and base.entries:
            programs += (_CROISSANT,)
        if settings.url:
            programs += _FEEDS
        example = next(iter(base.topics), "")
        context = DownloadsContext(files, programs, len(base.entries), example, base.config.licence)
        return render("downloads.html", DOWNLOADS, context)

    return Page(
        path=DOWNLOADS,
        title="Downloads",
        made=body,
        description="The whole knowledge base as BibTeX, RIS, CSL-JSON, JSON, CSV and SQLite.",
        head=dataset_head(material, settings),
        search=SearchText("Downloads", "BibTeX RIS CSL-JSON JSON CSV SQLite export of all works"),
        sidebar=False,
    )
