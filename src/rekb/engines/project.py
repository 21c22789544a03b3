"""`rekb materialize`: the pages as an ordinary docs folder, with the configuration that an engine reads."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig

from rekb.engines.handwritten import HandWritten, hand_written, sections_of
from rekb.engines.notes import NOTES, PROJECT, TEXT, WAITING
from rekb.engines.table import Engine
from rekb.errors import RekbError
from rekb.mkdocs.htmlpage import page_meta
from rekb.mkdocs.navigation import made, with_topics
from rekb.mkdocs.plugin import THEME, RekbPlugin
from rekb.site import Asset, Page
from rekb.site.asmarkdown import markdown_file, settings_text, with_theme_meta
from rekb.site.build import STATIC
from rekb.site.outputs.offline import ARCHIVE
from rekb.site.outputs.policy import policy_for_any_theme
from rekb.site.outputs.search_index import SEARCH_INDEX, with_sections
from rekb.site.outputs.sitemap import SITEMAP, Place, sitemap
from rekb.site.themetext import theme_nav, theme_text
from rekb.site.urls import DOWNLOADS

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
        return tuple(plugin_name(one) for one in other_plugins(_plain_settings(self.file)))

    def write(self, folder: Path) -> None:
        """Write the project into a new folder."""
        docs = folder / "docs"
        shutil.copytree(self.config.docs_dir, docs, ignore=shutil.ignore_patterns(".*"))
        _escape_front_matter(docs)
        own = hand_written(docs, self.config)
        for page in self.plugin.site.pages:
            _write(docs / page.src_uri, self._page_file(page))
        for asset in self._assets(own):
            _write(docs / _file_name(asset.path), asset.content)
        self._write_theme(folder / "theme", own)
        _write(folder / self.engine.config, settings_text(self._settings()))
        _write(folder / NOTES, self._notes())
        PROJECT.mark(folder)

    def _page_file(self, page: Page) -> str:
        meta = page_meta(page, cards=self.plugin.cards)
        for alternate in meta.get("rekb_alternates", ()):
            alternate["path"] = _file_name(alternate["path"])
        body = str(page.body)
        if page.path == DOWNLOADS:
            body = _OFFLINE_LINE.sub(lambda line: f"<!--{WAITING}{line[0]}-->", body)
        return markdown_file(meta, body)

    def _assets(self, own: tuple[HandWritten, ...]) -> Iterator[Asset]:
        """Yield every file beside the pages, previews and the whole index of the search included."""
        for asset in (*self.plugin.site.assets, *self._stand_ins(), *self.plugin.card_assets(self.config)):
            if asset.path == SEARCH_INDEX:
                sections = sections_of(own, self.config)
                yield Asset(SEARCH_INDEX, with_sections(asset.content.decode(), sections).encode())
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

    def _settings(self) -> dict[str, Any]:
        site, before = self.plugin.site, _plain_settings(self.file)
        folders = sorted({page.path.partition("/")[0] for page in site.pages} - {""})
        outside = "".join(f"/{folder}/\n" for folder in folders)
        ours: dict[str, Any] = {
            "site_url": self.plugin.settings.url,
            "docs_dir": "docs",
            "site_dir": "site",
            "copyright": self.config.copyright,
            # An engine would lead to a Markdown file that nobody wrote; our pages have links of their own.
            "edit_uri": "",
            "nav": theme_nav(with_topics(made(self.nav or [], site), site.navigation)),
            "not_in_nav": f"{before.get('not_in_nav', '')}\n{outside}".lstrip(),
            "theme": {**_mapping(before.get("theme"), "name"), "custom_dir": "theme", **self.engine.theme},
            "plugins": [self.engine.search, *other_plugins(before)],
            "extra_css": [*self._styles(), *before.get("extra_css", [])],
            "extra_javascript": [
                *before.get("extra_javascript", []),
                *(f"assets/rekb/{script}" for script in STATIC[2:]),
            ],
            "extra": {**(before.get("extra") or {}), "rekb_policy": policy_for_any_theme()},
        }
        settings = {**before, **ours}
        for name in ("site_name", "site_description", "site_author"):
            if name in settings:
                settings[name] = theme_text(str(settings[name]))
        return settings

    def _styles(self) -> list[str]:
        return [f"assets/rekb/{name}" for name in (STATIC[0], *self.engine.styles)]

    def _notes(self) -> str:
        renamed = [asset.path for asset in self.plugin.site.assets if _file_name(asset.path) != asset.path]
        notes = {"url": self.plugin.settings.url, "offline": self.plugin.packs, "markdown": renamed}
        return json.dumps(notes, indent=1) + "\n"


def other_plugins(settings: Mapping[str, Any]) -> list[Any]:
    """Return the plugins that mkdocs.yml lists beside ours and the search, as they stand there."""
    return [one for one in settings.get("plugins") or [] if plugin_name(one) not in ("rekb", "search")]


def plugin_name(listed: Any) -> str:
    """Return the name of a plugin as mkdocs.yml lists it: a word, or a mapping of it to its options."""
    if isinstance(listed, Mapping):
        return str(next(iter(listed), ""))
    return str(listed)


def _escape_front_matter(docs: Path) -> None:
    for file in sorted(docs.rglob("*.md")):
        written = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        file.write_bytes(with_theme_meta(written).encode("utf-8", "surrogateescape"))


def _file_name(path: str) -> str:
    return f"{path}{TEXT}" if path.endswith(".md") else path


def _mapping(value: Any, key: str) -> dict[str, Any]:
    """Return a setting that is a mapping or stands for one of its keys: ``theme: material``."""
    if isinstance(value, Mapping):
        return dict(value)
    return {key: value} if value else {}


def _plain_settings(file: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RekbError(f"{file}: only plain YAML can be carried over: {error}") from error
    return loaded


def _write(file: Path, content: bytes | str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
