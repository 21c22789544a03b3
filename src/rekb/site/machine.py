"""Files for programs: each work in every format, and a guide to the site for language models."""

from rekb.export import EXPORTERS
from rekb.site.page import Alternate, Asset, SiteSettings
from rekb.site.urls import CHANGES, COMPARE, DOWNLOADS, EXPLORE, MODELS, TOPICS, topic_path
from rekb.site.views import LinkView, Material

_ENTRY_FORMATS = ("bibtex", "ris", "csl-json", "json", "markdown")


def entry_files(key: str) -> tuple[LinkView, ...]:
    """Return the links to one work's files."""
    return tuple(LinkView(file.label, file.path) for file in entry_alternates(key))


def entry_alternates(key: str) -> tuple[Alternate, ...]:
    """Return one work in every format, for the links in the head of its page."""
    forms = [EXPORTERS[form] for form in _ENTRY_FORMATS]
    return tuple(
        Alternate(form.media_type.partition(";")[0], form.label, f"papers/{key}{form.suffix}")
        for form in forms
    )


def entry_file_assets(material: Material) -> tuple[Asset, ...]:
    """Return the files of every work, as `rekb export --key` writes them."""
    return tuple(
        Asset(link.path, EXPORTERS[form].encode(material.base, (key,)))
        for key in material.base.entries
        for form, link in zip(_ENTRY_FORMATS, entry_files(key), strict=True)
    )


def guide_asset(material: Material, settings: SiteSettings) -> Asset:
    """Return ``llms.txt``: what this is, where its pages and its data stand."""
    base = material.base
    lines = [
        f"# {settings.name}",
        "",
        f"> {settings.description}",
        "",
        f"{len(base.entries)} works. Each page has three reading levels, effects, requirements, reported",
        "results with conditions and sources, relations and citations. Facts and texts are under CC BY 4.0.",
        "",
        "## Data",
        _line(settings, "Everything as JSON", f"{DOWNLOADS}all.json", "every field of every work"),
        _line(settings, "Everything as BibTeX", f"{DOWNLOADS}all.bib", "citations"),
        _line(settings, "Reading list", f"{DOWNLOADS}all.md.txt", "references by topic, as Markdown"),
        "- One work: papers/KEY.json, papers/KEY.bib, papers/KEY.md below the site's address",
        "",
        "## Pages",
        _line(settings, "Explore", EXPLORE, "all works with facets"),
        _line(settings, "Topics", TOPICS, "the tree"),
        _line(settings, "Models", MODELS, "published shapes of foundation models"),
        _line(settings, "Compare", COMPARE, "two to six works side by side"),
        _line(settings, "Changes", CHANGES, "what was added and corrected"),
        "",
        "## Topics",
        *(_line(settings, t.title, topic_path(i), t.scope) for i, t in base.topics.items()),
    ]
    return Asset("llms.txt", ("\n".join(lines) + "\n").encode())


def _line(settings: SiteSettings, label: str, path: str, what: str) -> str:
    title = label.replace("[", "(").replace("]", ")")
    return f"- [{title}]({settings.url}{path}): {what}"
