"""The MkDocs adapter: it gives the pages of the knowledge base to MkDocs as virtual files."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from rekb.checks import run
from rekb.errors import RekbError
from rekb.folders import Made
from rekb.inside import refuse_outside
from rekb.kb import KnowledgeBase
from rekb.loading.cache import cache_of
from rekb.loading.kept import Kept
from rekb.loading.layout import CONFIG, PAPERS, TAXONOMY
from rekb.loading.loader import load
from rekb.loading.verdicts import look
from rekb.mkdocs.commit import commit_of
from rekb.mkdocs.earlier import check_all, data_key, was_right
from rekb.mkdocs.htmlpage import HtmlPage
from rekb.mkdocs.icons import icons_of, with_rules
from rekb.mkdocs.leftout import leave_out
from rekb.mkdocs.navigation import labels, made, places_of, with_topics
from rekb.mkdocs.ondemand import OnDemand, WaitingFile, same_places
from rekb.mkdocs.sections import taken_sections
from rekb.mkdocs.settings import RekbConfig, footer_of, refuse_links_in, settings, theme_dir
from rekb.mkdocs.shell import Shells, in_nav
from rekb.mkdocs.unchanged import Unchanged, digest_of, frame_of, ground_of, works_of
from rekb.reports import render
from rekb.site import Asset, Page, Site, SiteSettings, build_site
from rekb.site.build import STATIC
from rekb.site.outputs.cards import FONTS, card_assets
from rekb.site.outputs.offline import ARCHIVE, taken_from, write_archive
from rekb.site.outputs.policy import UnknownScriptError, theme_scripts, with_policy
from rekb.site.outputs.search_index import SEARCH_HELP, Section, with_sections
from rekb.site.outputs.sitemap import SITEMAP, sitemap
from rekb.site.pages.downloads import SIZE_UNKNOWN
from rekb.site.parts.reading import watched
from rekb.site.parts.suggest import suggest_address
from rekb.site.parts.views import Material
from rekb.site.themetext import theme_meta, theme_nav, theme_text
from rekb.site.urls import DOWNLOADS
from rekb.text import size_words

THEME = Path(__file__).parent / "theme"
SITE = Made(".rekb-site", "rekb build", known_before=("sitemap.xml", "assets/rekb/rekb.css"))
"""The folder of the built site."""
KEPT_CARDS = Path(".cache/rekb/cards")
"""Where drawn previews are kept between builds."""
DOWNLOADS_PAGE = f"{DOWNLOADS}index.html"
"""The page that says how large the offline copy is."""


class RekbPlugin(BasePlugin[RekbConfig]):  # type: ignore[no-untyped-call] # the same
    """Load the knowledge base, give its pages and files to MkDocs, and add its works to the search."""

    site: Site
    settings: SiteSettings
    base: KnowledgeBase | None = None
    material: Material | None = None
    demand: OnDemand | None = None
    """What makes pages one by one: in `rekb serve` when they are asked for, in `rekb build` in turn."""
    on_demand = False
    serving = False
    building = False
    unchanged: Unchanged | None = None
    """What of the site before can stay; only in `rekb build`."""
    kept: Kept | None = None
    """What was read before, while `rekb serve` runs."""
    sections: tuple[Section, ...] = ()
    """What the search plugin read of hand-written pages."""
    icons: Mapping[str, str]
    """Drawings around pages to the classes that stand for them."""
    nav: Navigation
    labels: Mapping[str, str]
    """What the navigation calls each page, by its file."""
    files: Files
    """Every page and file, for the sitemap."""
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
        self.unchanged = None
        self.base = self.material = self.demand = self.kept = None  # MkDocs uses the plugin again

    @property
    def cards(self) -> bool:
        """Whether this build draws preview images."""
        return self.config.cards and not self.serving

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data and hang theme, style sheet, scripts and topic tree into the configuration."""
        self.fault = ""
        self._refuse(config)
        commit = commit_of(self.root_of(config))
        self.settings = replace(settings(config, self.config.data_branch), offline=self.packs, commit=commit)
        config.theme.dirs.insert(0, str(THEME))
        if self.unchanged:
            self.unchanged.begin(ground_of(config))
            self.unchanged.changes_later(DOWNLOADS_PAGE)
        self.icons = icons_of(config)
        self._read(config)
        config.extra_css.insert(0, f"assets/rekb/{STATIC[0]}")
        if config.nav is not None:
            config.nav = theme_nav(with_topics(made(config.nav, self.site), self.site.navigation))
        self.labels = labels(config.nav or [])
        if self.base is not None:
            # The footer's own line: a template of ours would stand before one that somebody else wrote.
            config.extra["rekb_suggest"] = suggest_address(self.settings)
            state = footer_of(self.base, self.settings)
            config.copyright = "<br>".join(line for line in (config.copyright, state) if line)
        config.site_name = theme_text(config.site_name)
        config.site_description = theme_text(config.site_description or "")
        config.site_author = theme_text(config.site_author or "")
        return config

    def _refuse(self, config: MkDocsConfig) -> None:
        """Refuse links below docs/ and the theme's folder, and a site in the place of anything else."""
        try:
            refuse_links_in(config, self.root_of(config))
            if self.building:
                SITE.refuse_foreign(Path(config.site_dir), sources(config))
                root = self.root_of(config)
                refuse_outside(root / KEPT_CARDS, "drawn previews", (root,))
        except RekbError as error:
            raise PluginError(str(error)) from error

    @property
    def packs(self) -> bool:
        """Whether this build writes the offline copy."""
        return self.config.offline is not False and not self.serving

    def _read(self, config: MkDocsConfig) -> None:
        """Read the data, and plan the site of it; of data that did not change, all that is derived stays."""
        before = self._state(config)
        base = self._base(config)
        if self.unchanged and self._state(config) != before:
            self.unchanged.made_of("")  # somebody writes while this reads
        if self.material is None or base is not self.base:
            self.material = self._derived(base, config)
        self.base = base
        self.site = with_rules(build_site(self.material.base, self.settings, self.material), self.icons)

    def _derived(self, base: KnowledgeBase, config: MkDocsConfig) -> Material:
        """Return what pages are made from; in a build, what they read of it is noted."""
        if self.unchanged is None or not self.unchanged.ground:
            return Material.of(base)
        material = watched(base, self.unchanged.readings)
        frame = frame_of(self.root_of(config), material, self.settings) if self.unchanged.data else ""
        self.unchanged.made_of_works(frame, works_of(base))
        return material

    def _state(self, config: MkDocsConfig) -> str:
        """Say what the pages of a build are made of, data and settings."""
        if self.unchanged is None:
            return ""
        data = data_key(self.root_of(config).resolve())
        state = digest_of(data, repr(self.settings)) if data else ""
        self.unchanged.made_of(state)
        return state

    def _base(self, config: MkDocsConfig) -> KnowledgeBase:
        root = self.root_of(config)
        try:
            seen = look(root.resolve())
            cache = cache_of(root.resolve())
            base, report = load(root, cache, kept=self.kept)
            cache.keep()
        except RekbError as error:
            raise PluginError(str(error)) from error
        to_check = self.kept.to_check() if self.kept else None
        if to_check == set() and self.base and not report.failed:
            return self.base
        if self.kept:
            report.extend(run(base, to_check))
        elif not (self.unchanged and self.unchanged.same_data) and not was_right(root.resolve()):
            check_all(root.resolve(), seen, base, report)
        if report.failed:
            raise PluginError(
                "the data has errors; nothing was built\n" + render(report, base.documents, "text")
            )
        if self.kept:
            self.kept.accept()
        return base

    def root_of(self, config: MkDocsConfig) -> Path:
        """Return the folder of the data."""
        folder = Path(config.config_file_path).parent if config.config_file_path else Path()
        return folder / self.config.root

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and asset as a virtual file."""
        leave_out(files, config)
        kind = WaitingFile if self.one_by_one else File
        for page in self.site.pages:
            if files.get_file_from_path(page.src_uri):
                raise PluginError(f"docs/{page.src_uri} is where the knowledge base has a page; rename it")
            file = kind.generated(config, page.src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            self._page(page, file, config)
        for asset in (*self.site.assets, *self.card_assets(config)):
            if not asset.path.endswith(".md"):
                content = b"" if self.one_by_one else asset.content
                files.append(kind.generated(config, asset.path, content=content))
        return files

    @property
    def one_by_one(self) -> bool:
        """Whether pages and files are made one by one, which no plugin that is known minds."""
        return self.on_demand or bool(self.unchanged and self.unchanged.ground)

    def _page(self, page: Page, file: File, config: MkDocsConfig) -> HtmlPage:
        edit_base = self.settings.edit_base
        edit = f"{edit_base}{page.source}" if edit_base and page.source else None
        made = HtmlPage(page, file, config, edit, cards=self.cards, label=self.labels.get(page.src_uri, ""))
        made.unchanged = self.unchanged
        return made

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - MkDocs' own signature
        """Keep the navigation for pages that are made later, and let MkDocs pass over these."""
        self.nav = nav
        self.files = files
        for file in files:
            if isinstance(file, WaitingFile):
                file.wait()
        return nav

    def card_assets(self, config: MkDocsConfig) -> Iterator[Asset]:
        """Yield the preview images, unless none are wanted."""
        if self.cards and self.material:
            yield from card_assets(self.material, self.settings, FONTS, self.root_of(config) / KEPT_CARDS)

    @event_priority(-100)  # after all that may change the environment
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Render what the theme puts around pages once for each shape of page, and in a build make ours."""
        Shells(config, self.nav, self.unchanged, self.icons).install(env)
        if self.one_by_one:
            pages = {file.dest_uri: file.page for file in files if isinstance(file.page, HtmlPage)}
            self.demand = OnDemand(config, env, self.nav, files, pages, self._assets(config))
        if self.demand and self.unchanged:
            self.demand.make_all(self.unchanged)
        return env

    def _assets(self, config: MkDocsConfig) -> dict[str, Asset]:
        """Return what is made one by one; what needs all else is made last in a build."""
        assets = {asset.path: asset for asset in (*self.site.assets, *self.card_assets(config))}
        if self.on_demand:
            assets[SEARCH_HELP] = Asset(SEARCH_HELP, self._search_index)
            assets[SITEMAP] = Asset(SITEMAP, lambda: self._sitemap().encode())
            packed = Asset(f"{SITEMAP}.gz", lambda: gzip.compress(self._sitemap().encode(), mtime=0))
            assets[packed.path] = packed
        else:
            del assets[SEARCH_HELP]
        return assets

    def _sitemap(self) -> str:
        return sitemap(self.settings.url, places_of(self.files))

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
        self.demand = replace(demand, pages=pages, assets=self._assets(demand.config), made=set())
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
        if self.serving or not output:  # a page that stays as it is has its policy
            return output
        return self._with_policy(output, page.file.src_uri, config)

    @event_priority(-100)  # the same
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the page for wrong addresses its policy too; write the sitemap."""
        if template_name == SITEMAP:
            return self._sitemap()
        if self.serving or not template_name.endswith(".html"):
            return output_content
        return self._with_policy(output_content, template_name, config)

    def _with_policy(self, output: str, name: str, config: MkDocsConfig) -> str:
        name_of_theme = config.theme.name
        try:
            return with_policy(output, theme_scripts(theme_dir(name_of_theme)) if name_of_theme else ())
        except UnknownScriptError as error:
            hint = "write it as a file below docs/ and name that under extra_javascript in mkdocs.yml"
            raise PluginError(f"{name}: the page holds {error}; {hint}") from error

    @event_priority(-50)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add our documents to the search and files that MkDocs would take for pages; pack and mark all."""
        site = Path(config.site_dir)
        found = taken_sections(site)
        if found is not None:
            self.sections = found
        if not self.on_demand:
            self._write(site, SEARCH_HELP, self._search_index())
        if not self.one_by_one:
            for asset in self.site.assets:
                if asset.path.endswith(".md"):
                    self._write(site, asset.path, asset.content)
        if self.packs:
            size = self._pack(site)
            page = site / DOWNLOADS_PAGE
            shown = page.read_text(encoding="utf-8").replace(SIZE_UNKNOWN, size_words(size))
            page.write_text(shown, encoding="utf-8")
        SITE.mark(site)

    def _write(self, site: Path, name: str, content: bytes) -> None:
        if self.unchanged:
            self.unchanged.write(name, content)
        else:
            (site / name).write_bytes(content)

    def _pack(self, site: Path) -> int:
        """Write the offline copy, unless nothing in it changed; return its size."""
        members = taken_from(site)
        if self.unchanged is None:
            return write_archive(site, members, self.settings.url)
        made_from = (part for name in members for part in (name, self.unchanged.source_of(name)))
        if not self.unchanged.take(ARCHIVE, digest_of(self.settings.url, *made_from)):
            write_archive(site, members, self.settings.url)
        return (site / ARCHIVE).stat().st_size

    def _search_index(self) -> bytes:
        """Return the index of the search boxes: our documents, and what people wrote by hand."""
        ours = next(asset for asset in self.site.assets if asset.path == SEARCH_HELP)
        return with_sections(ours.content, self.sections)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002 - MkDocs' own signature
        """Rebuild when a data file changes."""
        root = self.root_of(config)
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
