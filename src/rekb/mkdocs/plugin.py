"""The MkDocs adapter: it gives the pages of the knowledge base to MkDocs as virtual files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import mkdocs
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_theme_dir

from rekb.checks import run
from rekb.errors import RekbError
from rekb.folders import Made
from rekb.inside import links_below, refuse_links, refuse_outside
from rekb.kb import KnowledgeBase
from rekb.loading.cache import cache_of
from rekb.loading.kept import Kept
from rekb.loading.layout import CONFIG, PAPERS, TAXONOMY
from rekb.loading.loader import load
from rekb.loading.verdicts import key_of, recall
from rekb.mkdocs.commit import commit_of
from rekb.mkdocs.htmlpage import HtmlPage
from rekb.mkdocs.navigation import labels, made, with_topics
from rekb.mkdocs.ondemand import OnDemand, WaitingFile, same_places
from rekb.mkdocs.shell import Shells, in_nav
from rekb.reports import render
from rekb.site import Asset, Page, Site, SiteSettings, build_site
from rekb.site.build import STATIC
from rekb.site.outputs.cards import Fonts, card_assets
from rekb.site.outputs.offline import write_archive
from rekb.site.outputs.policy import UnknownScriptError, theme_scripts, with_policy
from rekb.site.outputs.search_index import SEARCH_INDEX, Section, with_sections
from rekb.site.pages.downloads import SIZE_UNKNOWN, human_size
from rekb.site.parts.asof import as_of
from rekb.site.parts.suggest import suggest_address
from rekb.site.parts.views import Material
from rekb.site.repository import edit_base, report_base
from rekb.site.themetext import plain_text, theme_meta, theme_nav, theme_text
from rekb.site.urls import DOWNLOADS

THEME = Path(__file__).parent / "theme"
_FONTS = Path(mkdocs.__file__).parent / "themes" / "readthedocs" / "css" / "fonts"
SITE = Made(".rekb-site", "rekb build", known_before=("sitemap.xml", "assets/rekb/rekb.css"))
"""The folder of the built site."""
KEPT_CARDS = Path(".cache/rekb/cards")
"""Where drawn previews are kept between builds."""
SEARCH = Path("search/search_index.json")


class RekbConfig(Config):  # type: ignore[no-untyped-call] # MkDocs leaves its hook untyped
    """Options of the plugin in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The folder of papers/ and taxonomy/, relative to mkdocs.yml."""
    data_branch = config_options.Type(str, default="main")
    """The branch that edit links open."""
    cards = config_options.Type(bool, default=True)
    """Whether a build draws preview images."""
    offline = config_options.Type(bool, default=True)
    """Whether a build writes the offline copy."""


class RekbPlugin(BasePlugin[RekbConfig]):  # type: ignore[no-untyped-call] # the same
    """Load the knowledge base, give its pages and files to MkDocs, and add its works to the search."""

    site: Site
    settings: SiteSettings
    base: KnowledgeBase | None = None
    material: Material | None = None
    demand: OnDemand | None = None
    """What makes pages when they are asked for; only while `rekb serve` runs."""
    on_demand = False
    serving = False
    building = False
    kept: Kept | None = None
    """What was read before, while `rekb serve` runs."""
    sections: tuple[Section, ...] = ()
    """What the search plugin read of hand-written pages."""
    nav: Navigation
    labels: Mapping[str, str]
    """What the navigation calls each page, by its file."""
    fault = ""
    """Why the last build ended; empty where it did not."""

    def on_build_error(self, *, error: Exception) -> None:
        """Keep why a build ended, for the pages that are served meanwhile."""
        self.fault = str(error)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Note whether the site is only served while it is written; then previews and copies are left out."""
        self.serving = command == "serve"
        self.building = not self.serving
        self.on_demand = False
        self.base = self.material = self.demand = self.kept = None  # MkDocs uses the plugin again

    @property
    def cards(self) -> bool:
        """Whether this build draws preview images."""
        return self.config.cards and not self.serving

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data and hang theme, style sheet, scripts and topic tree into the configuration."""
        self.fault = ""
        self._refuse(config)
        commit = commit_of(self._root(config))
        self.settings = replace(settings(config, self.config.data_branch), offline=self.packs, commit=commit)
        self._read(config)
        config.theme.dirs.insert(0, str(THEME))
        config.extra_css.insert(0, f"assets/rekb/{STATIC[0]}")
        for script in STATIC[2:]:
            config.extra_javascript.append(f"assets/rekb/{script}")
        if config.nav is not None:
            config.nav = theme_nav(with_topics(made(config.nav, self.site), self.site.navigation))
        self.labels = labels(config.nav or [])
        if self.base is not None:
            # The footer's own line: a template of ours would stand before one that somebody else wrote.
            state = theme_text(state_of(self.base, self.settings))
            suggest = suggest_address(self.settings)
            if suggest:
                state += Markup(' <a href="{}">Suggest a work</a>').format(suggest)
            config.extra["rekb_suggest"] = suggest
            config.copyright = "<br>".join(line for line in (config.copyright, state) if line)
        config.site_name = theme_text(config.site_name)
        config.site_description = theme_text(config.site_description or "")
        config.site_author = theme_text(config.site_author or "")
        return config

    def _refuse(self, config: MkDocsConfig) -> None:
        """Refuse links below docs/ and the theme's folder, and a site in the place of anything else."""
        try:
            refuse_links_in(config, self._root(config))
            if self.building:
                SITE.refuse_foreign(Path(config.site_dir), sources(config))
                root = self._root(config)
                refuse_outside(root / KEPT_CARDS, "drawn previews", (root,))
        except RekbError as error:
            raise PluginError(str(error)) from error

    @property
    def packs(self) -> bool:
        """Whether this build writes the offline copy."""
        return self.config.offline and not self.serving

    def _read(self, config: MkDocsConfig) -> None:
        """Read the data, and plan the site of it; of data that did not change, all that is derived stays."""
        base = self._base(config)
        if self.material is None or base is not self.base:
            self.material = Material.of(base)
        self.base = base
        self.site = build_site(base, self.settings, self.material)

    def _base(self, config: MkDocsConfig) -> KnowledgeBase:
        root = self._root(config)
        try:
            cache = cache_of(root.resolve())
            base, report = load(root, cache, kept=self.kept)
            cache.keep()
        except RekbError as error:
            raise PluginError(str(error)) from error
        judged = self.kept.judged() if self.kept else None
        if judged == set() and self.base and not report.failed:
            return self.base
        if not self._was_right(root):
            report.extend(run(base, judged))
        if report.failed:
            raise PluginError(
                "the data has errors; nothing was built\n" + render(report, base.documents, "text")
            )
        if self.kept:
            self.kept.accept()
        return base

    def _was_right(self, root: Path) -> bool:
        """Whether `rekb validate` found no error in the same files, as it did just before in `make build`."""
        if self.kept:
            return False
        known = recall(root.resolve(), key_of(root.resolve()))
        return known is not None and not known.report.failed

    def _root(self, config: MkDocsConfig) -> Path:
        folder = Path(config.config_file_path).parent if config.config_file_path else Path()
        return folder / self.config.root

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and asset as a virtual file."""
        kind = WaitingFile if self.on_demand else File
        for page in self.site.pages:
            if files.get_file_from_path(page.src_uri):
                raise PluginError(
                    f"docs/{page.src_uri} stands where the knowledge base has a page; rename it"
                )
            file = kind.generated(config, page.src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            self._page(page, file, config)
        for asset in (*self.site.assets, *self._card_assets(config)):
            if not asset.path.endswith(".md"):
                content = b"" if self.on_demand else asset.content
                files.append(kind.generated(config, asset.path, content=content))
        return files

    def _page(self, page: Page, file: File, config: MkDocsConfig) -> HtmlPage:
        edit_base = self.settings.edit_base
        edit_address = f"{edit_base}{page.source}" if edit_base and page.source else None
        label = self.labels.get(page.src_uri, "")
        return HtmlPage(page, file, config, edit_address, cards=self.cards, label=label)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - MkDocs' own signature
        """Keep the navigation for pages that are made later, and let MkDocs pass over these."""
        self.nav = nav
        for file in files:
            if isinstance(file, WaitingFile):
                file.wait()
        return nav

    def _card_assets(self, config: MkDocsConfig) -> Iterator[Asset]:
        if self.cards and self.material:
            yield from card_assets(
                self.material,
                self.settings,
                Fonts(_FONTS / "lato-bold.woff", _FONTS / "lato-normal.woff"),
                self._root(config) / KEPT_CARDS,
            )

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Render what the theme puts around pages once for each shape of page."""
        Shells(config).install(env)
        if self.on_demand:
            pages = {file.dest_uri: file.page for file in files if isinstance(file.page, HtmlPage)}
            self.demand = OnDemand(config, env, self.nav, files, pages, self._assets())
        return env

    def _assets(self) -> dict[str, Asset]:
        assets = {asset.path: asset for asset in self.site.assets}
        return assets | {SEARCH_INDEX: Asset(SEARCH_INDEX, self._search_index)}

    def renew(self) -> bool:
        """Take in data that changed; whether that could be done without other pages or another navigation.

        Raises:
            PluginError: when the data has errors; what was right before stays.
        """
        demand, before = self.demand, self.site
        if demand is None:
            return False
        self._read(demand.config)
        if not same_places(before, self.site):
            return False
        pages = {}
        for page in self.site.pages:
            name = f"{page.path}index.html"
            pages[name] = self._renewed(page, demand.pages[name], demand.config)
        self.demand = replace(demand, pages=pages, assets=self._assets(), made=set())
        return True

    def _renewed(self, page: Page, old: MkDocsPage, config: MkDocsConfig) -> MkDocsPage:
        """Return the page of a new state; one in the navigation stays the same there."""
        if isinstance(old, HtmlPage) and in_nav(old):
            old.made = page
            return old
        return self._page(page, old.file, config)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 - MkDocs' own signature
        """Give the theme the front matter of hand-written pages as HTML, like that of ours."""
        page.meta = theme_meta(page.meta)
        return markdown

    @event_priority(-100)  # after everything that may still change a page
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give each finished page its content security policy."""
        return output if self.serving else self._with_policy(output, page.file.src_uri, config)

    @event_priority(-100)  # the same
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the page for wrong addresses its policy too."""
        return (
            output_content
            if self.serving or not template_name.endswith(".html")
            else self._with_policy(output_content, template_name, config)
        )

    def _with_policy(self, output: str, name: str, config: MkDocsConfig) -> str:
        folder = get_theme_dir(config.theme.name) if config.theme.name else None
        try:
            return with_policy(output, theme_scripts(Path(folder)) if folder else ())
        except UnknownScriptError as error:
            hint = "write it as a file below docs/ and name that under extra_javascript in mkdocs.yml"
            raise PluginError(f"{name}: the page holds {error}; {hint}") from error

    @event_priority(-50)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add our documents to the search and files that MkDocs would take for pages; pack and mark all."""
        site = Path(config.site_dir)
        self._take_sections(site)
        if not self.on_demand:
            (site / SEARCH_INDEX).write_bytes(self._search_index())
        for asset in self.site.assets:
            if asset.path.endswith(".md") and not self.on_demand:
                (site / asset.path).write_bytes(asset.content)
        if self.packs:
            size = write_archive(site, self.settings.url)
            page = site / DOWNLOADS / "index.html"
            shown = page.read_text(encoding="utf-8").replace(SIZE_UNKNOWN, human_size(size))
            page.write_text(shown, encoding="utf-8")
        SITE.mark(site)

    def _take_sections(self, site: Path) -> None:
        """Take what the search plugin read of hand-written pages; its own index is used by nobody."""
        theirs = site / SEARCH
        if not theirs.exists():
            return
        found = json.loads(theirs.read_text(encoding="utf-8"))["docs"]
        self.sections = tuple(
            Section(doc["location"], plain_text(doc["title"]), plain_text(doc["text"])) for doc in found
        )
        theirs.unlink()
        if not any(theirs.parent.iterdir()):
            theirs.parent.rmdir()

    def _search_index(self) -> bytes:
        """Return the index of the search boxes: our documents, and what people wrote by hand."""
        ours = next(asset for asset in self.site.assets if asset.path == SEARCH_INDEX)
        return with_sections(ours.content.decode(), self.sections).encode()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002 - MkDocs' own signature
        """Rebuild when a data file changes."""
        root = self._root(config)
        for folder in ("papers", "taxonomy"):
            server.watch(str(root / folder))
        if (root / CONFIG).is_file():
            server.watch(str(root / CONFIG))
        return server


def sources(config: MkDocsConfig) -> tuple[Path, ...]:
    """Return what a site is made of: files and folders in whose place none may come."""
    plugin = config.plugins.get("rekb")
    file = Path(config.config_file_path or "mkdocs.yml")
    root = file.parent / plugin.config.root if isinstance(plugin, RekbPlugin) else file.parent
    found = [file, root / PAPERS, root / TAXONOMY, root / CONFIG, Path(config.docs_dir)]
    if config.theme.custom_dir:
        found.append(Path(config.theme.custom_dir))
    return tuple(found)


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
