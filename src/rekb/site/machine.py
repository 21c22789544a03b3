"""Files for programs: each work in every format, and a guide to the site for language models."""

from rekb.export import EXPORTERS
from rekb.site.models import has_models
from rekb.site.page import Asset, SiteSettings
from rekb.site.urls import CHANGES, COMPARE, DOWNLOADS, EXPLORE, MODELS, TOPICS, topic_path
from rekb.site.views import LinkView, Material

_ENTRY_FORMATS = ("bibtex", "ris", "csl-json", "json", "markdown")


def entry_files(key: str) -> tuple[LinkView, ...]:
    """Return the links to one work's files.

    Markdown would be taken for the source of a page, so its name ends in ``.md.txt``.
    """
    return tuple(
        LinkView(EXPORTERS[form].label, f"papers/{key}{EXPORTERS[form].suffix.replace('.md', '.md.txt')}")
        for form in _ENTRY_FORMATS
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
    models = [_line(settings, "Models", MODELS, "published shapes of models")] if has_models(base) else []
    lines = [
        f"# {settings.name}",
        "",
        f"> {settings.description}",
        "",
        f"{len(base.entries)} works. Each page has three reading levels, effects, requirements, reported",
        "results with conditions and sources, relations and citations.",
        f"Facts and texts are under {base.config.licence.name}.",
        "",
        "## Data",
        _line(settings, "Everything as JSON", f"{DOWNLOADS}all.json", "every field of every work"),
        _line(settings, "Everything as BibTeX", f"{DOWNLOADS}all.bib", "citations"),
        _line(settings, "Reading list", f"{DOWNLOADS}all.md.txt", "references by topic, as Markdown"),
        "- One work: papers/KEY.json, papers/KEY.bib, papers/KEY.md.txt below the site's address",
        "",
        "## Pages",
        _line(settings, "Explore", EXPLORE, "all works with facets"),
        _line(settings, "Topics", TOPICS, "the tree"),
        *models,
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
