"""What mkdocs.yml says about the site, checked and in our own words."""

from functools import cache
from pathlib import Path

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

from rekb.inside import links_below, refuse_links, refuse_outside
from rekb.kb import KnowledgeBase
from rekb.site import SiteSettings
from rekb.site.parts.asof import as_of
from rekb.site.parts.suggest import suggest_address
from rekb.site.repository import edit_base, report_base
from rekb.site.themetext import theme_text


class RekbConfig(Config):  # type: ignore[no-untyped-call] # MkDocs leaves its hook untyped
    """Options of the plugin in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The folder of papers/ and taxonomy/, relative to mkdocs.yml."""
    data_branch = config_options.Type(str, default="main")
    """The branch that edit links open."""
    cards = config_options.Type(bool, default=True)
    """Whether a build draws preview images."""
    offline = config_options.Optional(config_options.Type(bool))
    """Whether the offline copy is written; unset, it is by all but `rekb build`, which has an option."""


def refuse_links_in(config: MkDocsConfig, root: Path) -> None:
    """Raise for symbolic links below docs/ and the theme's own folder: what they lead to would be published.

    Raises:
        RekbError: naming the links, or the folder that is outside the project.
    """
    project = Path(config.config_file_path).parent if config.config_file_path else Path()
    folders = {"docs_dir": (config.docs_dir, False), "theme.custom_dir": (config.theme.custom_dir, True)}
    for setting, (folder, hidden) in folders.items():
        if folder:
            refuse_outside(Path(folder), setting, (project, root))
            refuse_links(links_below(Path(folder), hidden=hidden), project.resolve())


@cache
def theme_dir(name: str) -> Path:
    """Return where the files of an installed theme are; looking that up for each page would take long."""
    return Path(get_theme_dir(name))


def settings(config: MkDocsConfig, branch: str) -> SiteSettings:
    """Return what mkdocs.yml says about the site; the one place where its addresses stand."""
    url = config.site_url or ""
    repository = (config.repo_url or "").rstrip("/")
    return SiteSettings(
        name=config.site_name,
        description=config.site_description or "",
        url=url if url.endswith("/") or not url else f"{url}/",
        edit_base=edit_base(repository, branch),
        report_base=report_base(repository),
    )


def state_of(base: KnowledgeBase, settings: SiteSettings) -> str:
    """Return as of when the data are, for the footer: from the data, and the commit where there is git."""
    state = as_of(base)
    if state is None:
        return ""
    if settings.commit:
        return f"{state.words}, commit {settings.commit}."
    return f"{state.words}."


def footer_of(base: KnowledgeBase, settings: SiteSettings) -> Markup:
    """Return the footer's own line: as of when the data are, and where a missing work is suggested."""
    state = theme_text(state_of(base, settings))
    suggest = suggest_address(settings)
    if suggest:
        state += Markup(' <a href="{}">Suggest a work</a>').format(suggest)
    return state
