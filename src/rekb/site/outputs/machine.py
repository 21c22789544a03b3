"""Files for programs: each work in every format, and a guide to the site for language models."""

from collections.abc import Collection
from functools import partial

from rekb.citation.names import one_line
from rekb.exports import EXPORTERS
from rekb.exports.data import record_file
from rekb.site.page import Alternate, Asset, SiteSettings
from rekb.site.parts.levels import default_text
from rekb.site.parts.views import LinkView, Material, place_label
from rekb.site.urls import CHANGES, COMBINES, COMPARE, DOWNLOADS, EXPLORE, MODELS, TOPICS, topic_path
from rekb.text import amount

_PAGES = (
    ("Explore", EXPLORE, "all works with facets"),
    ("Topics", TOPICS, "the tree"),
    ("Models", MODELS, "published shapes of models"),
    ("What combines", COMBINES, "what works together, with sources"),
    ("Compare", COMPARE, "two to six works side by side"),
    ("Changes", CHANGES, "what was added and corrected"),
)
"""Pages that help a program most: what the guide calls them, and why it names them."""
_ENTRY_FORMATS = ("bibtex", "ris", "csl-json", "json", "markdown")


def entry_files(key: str) -> tuple[LinkView, ...]:
    """Return the links to one work's files."""
    found: list[LinkView] = []
    for file in entry_alternates(key):
        found.append(LinkView(file.label, file.path))
    return tuple(found)


def entry_alternates(key: str) -> tuple[Alternate, ...]:
    """Return one work in every format, for the links in the head of its page."""
    forms = [EXPORTERS[form] for form in _ENTRY_FORMATS]
    found: list[Alternate] = []
    for form in forms:
        found.append(Alternate(form.media_type.partition(";")[0], form.label, f"papers/{key}{form.suffix}"))
    return tuple(found)


def entry_file_assets(material: Material) -> tuple[Asset, ...]:
    """Return the files of every work, as `rekb export --key` writes them; JSON without what topics say."""
    found: list[Asset] = []
    for key in material.base.entries:
        for form, link in zip(_ENTRY_FORMATS, entry_files(key), strict=True):
            found.append(Asset(link.path, partial(_entry_file, material, form, key), key))
    return tuple(found)


def _entry_file(material: Material, form: str, key: str) -> bytes:
    if form == "json":
        return record_file(material.base, key).encode()
    return EXPORTERS[form].encode(material.base, (key,))


def guide_assets(material: Material, settings: SiteSettings, made: Collection[str]) -> tuple[Asset, ...]:
    """Return ``llms.txt``, ``llms-full.txt`` and ``robots.txt``.

    Args:
        material: what the site is made from.
        settings: what it is called, and where it is.
        made: addresses of the pages that it has.
    """
    # robots.txt names a sitemap by its whole address; a site that does not know its own names none.
    robots = ["User-agent: *", "Allow: /", *([f"Sitemap: {settings.url}sitemap.xml"] if settings.url else [])]
    named = (
        ("llms.txt", _guide(material, settings, made)),
        ("llms-full.txt", _whole(material, settings)),
        ("robots.txt", robots),
    )
    return tuple(Asset(path, ("\n".join(lines) + "\n").encode()) for path, lines in named)


def _guide(material: Material, settings: SiteSettings, made: Collection[str]) -> list[str]:
    """Return the guide in the form of llmstxt.org: title, summary, and lists of links under headings."""
    base = material.base
    levels = base.config.reading.counted()
    pages = []
    for label, path, what in _PAGES:
        if path in made:
            pages.append(_line(settings, label, path, what))
    return [
        *_opening(material, settings),
        f"Each work's page has {levels}, effects, requirements, reported results with conditions",
        "and sources, relations and citations. Its record is beside the page: papers/KEY.json,",
        "papers/KEY.bib and papers/KEY.md below the site's address.",
        f"Facts and texts are under {base.config.licence.name}.",
        "",
        "## Data",
        "",
        _line(settings, "Everything as JSON", f"{DOWNLOADS}all.json", "every field of every work"),
        _line(settings, "Everything as BibTeX", f"{DOWNLOADS}all.bib", "citations"),
        _line(settings, "Reading list", f"{DOWNLOADS}all.md.txt", "references by topic, as Markdown"),
        _line(settings, "All summaries", "llms-full.txt", "every overview and summary as one text"),
        "",
        "## Pages",
        "",
        *pages,
        "",
        "## Topics",
        "",
        *(_line(settings, place_label(base, i), topic_path(i), t.scope) for i, t in base.topics.items()),
    ]


def _opening(material: Material, settings: SiteSettings) -> list[str]:
    count = len(material.base.entries)
    return [f"# {settings.name}", "", f"> {settings.description}", "", f"{amount(count, 'work')}."]


def _whole(material: Material, settings: SiteSettings) -> list[str]:
    """Return every overview and summary at the level shown first, works under their first topic."""
    licence = material.base.config.licence
    lines = [*_opening(material, settings), f"Facts and texts are under {licence.name}: {licence.url}", ""]
    for topic_id, topic in material.base.topics.items():
        title = place_label(material.base, topic_id)
        text = default_text(material.base.config, topic.summary, topic.scope)
        lines += [
            f"## {title}",
            "",
            f"{settings.url}{topic_path(topic_id)}",
            "",
            text,
            "",
        ]
        for key in material.index.by_topic.get(topic_id, ()):
            if material.base.entries[key].topics[0] == topic_id:
                lines += _summary(material, settings, key)
    return lines


def _summary(material: Material, settings: SiteSettings, key: str) -> list[str]:
    entry = material.base.entries[key]
    row = material.rows[key]
    effects = [f"{e.change} {e.resource} ({e.phase}): {e.how}" for e in entry.effects]
    text = default_text(material.base.config, entry.summary)
    head = f"### {one_line(entry.title)}"
    return [
        head,
        "",
        f"{row.authors}, {row.venue}. {settings.url}{row.path}",
        "",
        *filter(None, [text]),
        *effects,
        "",
    ]


def _line(settings: SiteSettings, label: str, path: str, what: str) -> str:
    # In Markdown a bracket in the text of a link may end it.
    title = label.replace("[", "(").replace("]", ")")
    return f"- [{title}]({settings.url}{path}): {what}"
