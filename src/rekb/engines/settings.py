"""The configuration of a materialized project: what mkdocs.yml says, without our plugin, for an engine."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from rekb.engines.table import Engine
from rekb.errors import RekbError
from rekb.mkdocs.navigation import made, with_topics
from rekb.mkdocs.plugin import RekbPlugin
from rekb.site import Site
from rekb.site.build import STATIC
from rekb.site.outputs.policy import policy_for_any_theme
from rekb.site.parts.suggest import suggest_address
from rekb.site.themetext import theme_nav, theme_text

_PRINTED = ("site_name", "site_description", "site_author")
"""What themes print as it is."""
_REPLACED = ("rekb", "search")
"""Plugins whose place our files and the engine's own search take."""


def settings_for(
    engine: Engine, plugin: RekbPlugin, nav: Any, footer: str | None, file: Path
) -> dict[str, Any]:
    """Return the configuration of a project.

    Args:
        engine: what is to read it.
        plugin: our plugin, after it has read the data.
        nav: the navigation of mkdocs.yml, as it was before that.
        footer: the line about rights, with as of when the data are.
        file: mkdocs.yml itself.

    Raises:
        RekbError: when mkdocs.yml has tags that mean something to MkDocs alone.
    """
    before = plain_settings(file)
    settings = {**before, **_where(plugin, nav, before)}
    settings["copyright"] = footer
    settings["theme"] = {**_theme(before), "custom_dir": "theme", **engine.theme}
    settings["plugins"] = [engine.search, *other_plugins(before)]
    # Of two style rules of equal weight the later one counts, so those of mkdocs.yml come behind ours.
    settings["extra_css"] = _addresses(STATIC[0], *engine.styles) + list(before.get("extra_css", []))
    ours = {"rekb_policy": policy_for_any_theme(), "rekb_suggest": suggest_address(plugin.settings)}
    settings["extra"] = {**(before.get("extra") or {}), **ours}
    for name in _PRINTED:
        if name in settings:
            settings[name] = theme_text(str(settings[name]))
    return settings


def plain_settings(file: Path) -> dict[str, Any]:
    """Return what a mkdocs.yml says.

    Raises:
        RekbError: when it has tags that mean something to MkDocs alone.
    """
    try:
        # `!ENV` and `!!python/name:` mean something to MkDocs' own reader alone.
        loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RekbError(f"{file}: only plain YAML can be carried over: {error}") from error
    return loaded


def other_plugins(settings: Mapping[str, Any]) -> list[Any]:
    """Return the plugins that mkdocs.yml lists beside ours and the search, as they stand there."""
    found = []
    for listed in settings.get("plugins", []):
        if plugin_name(listed) not in _REPLACED:
            found.append(listed)
    return found


def plugin_name(listed: Any) -> str:
    """Return the name of a plugin as mkdocs.yml lists it: a word, or a mapping of it to its options."""
    if isinstance(listed, Mapping):
        return str(next(iter(listed), ""))
    return str(listed)


def _where(plugin: RekbPlugin, nav: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that say where things are."""
    site = plugin.site
    return {
        "site_url": plugin.settings.url,
        "docs_dir": "docs",
        "site_dir": "site",
        # An engine would lead to a Markdown file that nobody wrote; our pages have links of their own.
        "edit_uri": "",
        "nav": theme_nav(with_topics(made(nav or [], site), site.navigation)),
        # MkDocs names every page that the navigation lacks, unless it is listed here.
        "not_in_nav": f"{before.get('not_in_nav', '')}\n{_folders(site)}".lstrip(),
    }


def _folders(site: Site) -> str:
    """Return the folders of our pages as patterns, one a line."""
    found = {page.path.partition("/")[0] for page in site.pages if page.path}
    parts = []
    for folder in sorted(found):
        parts.append(f"/{folder}/\n")
    return "".join(parts)


def _theme(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the theme's settings, which may be its name alone."""
    theme = before["theme"]
    if isinstance(theme, Mapping):
        return dict(theme)
    return {"name": theme}


def _addresses(*names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        found.append(f"assets/rekb/{name}")
    return found
