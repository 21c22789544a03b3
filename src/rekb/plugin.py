"""The MkDocs adapter: it gives the pages of the knowledge base to MkDocs as virtual files."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from rekb.checks import run
from rekb.errors import RekbError
from rekb.load import load
from rekb.places import CONFIG
from rekb.render import render
from rekb.site import NavNode, Page, Site, SiteSettings, build_site
from rekb.site.build import OPTIONAL, STATIC

THEME = Path(__file__).parent / "theme"
_TOPICS_PAGE = "topics/index.md"


class RekbConfig(Config):  # type: ignore[no-untyped-call] # MkDocs leaves its hook untyped
    """Options of the plugin in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The folder of papers/ and taxonomy/, relative to mkdocs.yml."""
    data_branch = config_options.Type(str, default="main")
    """The branch that edit links open."""


class HtmlPage(MkDocsPage):
    """A page whose body is finished HTML: neither Markdown nor front matter is looked for in it."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig, edit_address: str | None) -> None:
        super().__init__(made.title if made.path else "Home", file, config)
        self.made = made
        self.edit_url = edit_address
        self.present_anchor_ids = set()

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Take the page's metadata from the value it was made of."""
        self.markdown = ""
        self.meta = page_meta(self.made)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Take the body as it is."""
        self.content = str(self.made.body)
        self.toc = TableOfContents([])


def page_meta(page: Page) -> dict[str, Any]:
    """Return the front matter that the theme reads for one of our pages."""
    hidden = ["toc"] if page.sidebar else ["navigation", "toc"]
    meta: dict[str, Any] = {
        "description": page.description,
        "hide": hidden,
        "search": {"exclude": True},
    }
    if page.path:  # the home page is called by the site's name alone
        meta["title"] = page.title
    if page.head:
        meta["rekb_head"] = str(page.head)
    return meta


class RekbPlugin(BasePlugin[RekbConfig]):  # type: ignore[no-untyped-call] # the same
    """Load the knowledge base, give its pages and files to MkDocs, and add its works to the search."""

    site: Site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data and hang theme, style sheet, scripts and topic tree into the configuration."""
        self.site = self._site(config)
        config.theme.dirs.insert(0, str(THEME))
        config.extra_css.insert(0, f"assets/rekb/{STATIC[0]}")
        for script in STATIC[2:]:
            config.extra_javascript.append(f"assets/rekb/{script}")
        if config.nav is not None:
            config.nav = with_topics(made(config.nav, self.site), self.site.navigation)
        return config

    def _site(self, config: MkDocsConfig) -> Site:
        root = self._root(config)
        try:
            base, report = load(root)
        except RekbError as error:
            raise PluginError(str(error)) from error
        report.extend(run(base))
        if report.failed:
            raise PluginError(
                "the data has errors; nothing was built\n" + render(report, base.documents, "text")
            )
        return build_site(base, settings(config, self.config.data_branch))

    def _root(self, config: MkDocsConfig) -> Path:
        folder = Path(config.config_file_path).parent if config.config_file_path else Path()
        return folder / self.config.root

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and asset as a virtual file."""
        edit_base = settings(config, self.config.data_branch).edit_base
        for page in self.site.pages:
            if files.get_file_from_path(page.src_uri):
                raise PluginError(
                    f"docs/{page.src_uri} stands where the knowledge base has a page; rename it"
                )
            file = File.generated(config, page.src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            HtmlPage(page, file, config, f"{edit_base}{page.source}" if edit_base and page.source else None)
        for asset in self.site.assets:
            files.append(File.generated(config, asset.path, content=asset.content))
        return files

    @event_priority(-50)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add one search document for each of our pages, made from the data and not from the HTML."""
        index = Path(config.site_dir) / "search" / "search_index.json"
        if not index.exists():
            return
        content = json.loads(index.read_text(encoding="utf-8"))
        content["docs"] += search_documents(self.site.pages)
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        index.write_text(text, encoding="utf-8")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002 - MkDocs' own signature
        """Rebuild when a data file changes."""
        root = self._root(config)
        for folder in ("papers", "taxonomy"):
            server.watch(str(root / folder))
        if (root / CONFIG).is_file():
            server.watch(str(root / CONFIG))
        return server


def settings(config: MkDocsConfig, branch: str) -> SiteSettings:
    """Return what mkdocs.yml says about the site; the one place where its addresses stand."""
    url = config.site_url or ""
    repository = (config.repo_url or "").rstrip("/")
    return SiteSettings(
        name=config.site_name,
        description=config.site_description or "",
        url=url if url.endswith("/") or not url else f"{url}/",
        edit_base=f"{repository}/edit/{branch}/" if repository else "",
    )


def made(nav: list[Any], site: Site) -> list[Any]:
    """Return the navigation without pages that this knowledge base does without, such as the models page."""
    missing = {f"{path}index.md" for path in OPTIONAL - {page.path for page in site.pages}}
    return [part for part in nav if not (isinstance(part, dict) and missing & _named(part))]


def _named(part: dict[str, Any]) -> set[str]:
    return {value for value in part.values() if isinstance(value, str)}


def with_topics(nav: list[Any], tree: Iterable[NavNode]) -> list[Any]:
    """Return the navigation with the topic tree below the entry that points at topics/index.md."""

    def node(topic: NavNode) -> dict[str, Any]:
        page = f"{topic.path}index.md"
        return {topic.title: [page, *(node(child) for child in topic.children)] if topic.children else page}

    found = []
    for part in nav:
        if isinstance(part, dict) and _TOPICS_PAGE in part.values():
            title = next(iter(part))
            found.append({title: [_TOPICS_PAGE, *(node(topic) for topic in tree)]})
        else:
            found.append(part)
    return found


def search_documents(pages: Iterable[Page]) -> list[dict[str, str]]:
    """Return the documents of the header's search for our pages."""
    return [
        {"location": page.path, "title": page.search.title, "text": page.search.text}
        for page in pages
        if page.search
    ]
