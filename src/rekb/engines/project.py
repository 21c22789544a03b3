"""`rekb materialize`: the pages as an ordinary docs folder, with the configuration that an engine reads."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from rekb.engines.handwritten import HandWritten, hand_written, sections_of
from rekb.engines.notes import NOTES, PROJECT, TEXT, WAITING
from rekb.engines.settings import other_plugins, plain_settings, plugin_name, settings_for
from rekb.engines.table import Engine
from rekb.errors import RekbError
from rekb.mkdocs.htmlpage import page_meta
from rekb.mkdocs.plugin import THEME, RekbPlugin
from rekb.site import Asset, Page
from rekb.site.asmarkdown import markdown_file, settings_text, with_theme_meta
from rekb.site.outputs.offline import ARCHIVE
from rekb.site.outputs.search_index import SEARCH_HELP, with_sections
from rekb.site.outputs.sitemap import SITEMAP, Place, sitemap
from rekb.site.urls import DOWNLOADS

_MARKDOWN = ".md"
_COPY = re.escape(ARCHIVE.rpartition("/")[2])
_OFFLINE_LINE = re.compile(rf'<tr><th scope="row"><a href="[^"]*{_COPY}".*?</tr>')


@dataclass(frozen=True, slots=True)
class Project:
    """What is written, and for which engine."""

    config: MkDocsConfig
    """What mkdocs.yml says, after our plugin has read the data."""
    plugin: RekbPlugin
    nav: Any
    """The navigation of mkdocs.yml, as it was before that."""
    file: Path
    """mkdocs.yml itself."""
    engine: Engine

    def not_run(self) -> tuple[str, ...]:
        """Return the plugins that mkdocs.yml lists and the engine may pass over without a word."""
        if self.engine.runs_plugins:
            return ()
        found: list[str] = []
        for listed in other_plugins(plain_settings(self.file)):
            found.append(plugin_name(listed))
        return tuple(found)

    def write(self, folder: Path) -> None:
        """Write the project into a new folder."""
        docs = folder / "docs"
        # MkDocs leaves hidden files and folders out of a site by itself.
        shutil.copytree(self.config.docs_dir, docs, ignore=shutil.ignore_patterns(".*"))
        _escape_front_matter(docs)
        own = hand_written(docs, self.config)
        for page in self.plugin.site.pages:
            self._write_page(docs, page)
        for asset in self._assets(own):
            _write(docs / _file_name(asset.path), asset.content)
        self._write_theme(folder / "theme", own)
        settings = settings_for(self.engine, self.plugin, self.nav, self.config.copyright, self.file)
        _write(folder / self.engine.config, settings_text(settings))
        _write(folder / NOTES, self._notes())
        PROJECT.mark(folder)

    def _write_page(self, docs: Path, page: Page) -> None:
        file = docs / page.src_uri
        if file.exists():
            raise RekbError(f"docs/{page.src_uri} is where the knowledge base has a page; rename it")
        _write(file, self._page_file(page))

    def _page_file(self, page: Page) -> str:
        meta = page_meta(page, cards=self.plugin.cards)
        for alternate in meta.get("rekb_alternates", ()):
            alternate["path"] = _file_name(alternate["path"])
        body = str(page.body)
        if page.path == DOWNLOADS:
            # Until `rekb finish` packs the copy, the link would lead nowhere.
            body = _OFFLINE_LINE.sub(lambda line: f"<!--{WAITING}{line[0]}-->", body)
        return markdown_file(meta, body)

    def _assets(self, own: tuple[HandWritten, ...]) -> Iterator[Asset]:
        """Yield every file beside the pages, previews and the whole index of the search included."""
        for asset in (*self.plugin.site.assets, *self._stand_ins(), *self.plugin.card_assets(self.config)):
            if asset.path == SEARCH_HELP:
                sections = sections_of(own, self.config)
                yield Asset(SEARCH_HELP, with_sections(asset.content, sections))
            else:
                yield asset

    def _stand_ins(self) -> Iterator[Asset]:
        for name in self.engine.styles:
            yield Asset(f"assets/rekb/{name}", (files("rekb.site") / "static" / name).read_bytes())

    def _write_theme(self, theme: Path, own: tuple[HandWritten, ...]) -> None:
        """Write the page shell, and the sitemap as a template in which nothing is filled."""
        shutil.copytree(THEME, theme)
        places = [Place(page.path) for page in own]
        places += [Place(page.path, page.changed) for page in self.plugin.site.pages if not page.moved]
        _write(theme / SITEMAP, sitemap(self.plugin.settings.url, places))

    def _notes(self) -> str:
        """Return what `rekb finish` must know, as JSON."""
        notes = {
            "url": self.plugin.settings.url,
            "offline": self.plugin.packs,
            "markdown": [asset.path for asset in self.plugin.site.assets if asset.path.endswith(_MARKDOWN)],
        }
        return json.dumps(notes, indent=1) + "\n"


def _escape_front_matter(docs: Path) -> None:
    for file in sorted(docs.rglob("*.md")):
        # Bytes that are no UTF-8 are written as they were read.
        written = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        file.write_bytes(with_theme_meta(written).encode("utf-8", "surrogateescape"))


def _file_name(path: str) -> str:
    """Return where a file is below docs/."""
    if path.endswith(_MARKDOWN):
        return f"{path}{TEXT}"
    return path


def _write(file: Path, content: bytes | str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode()
    file.write_bytes(content)
