"""`rekb build`, `rekb serve`, `rekb materialize`: the site, made by MkDocs or for another engine."""

import ipaddress
import logging
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, MkDocsException
from mkdocs.structure.files import Files

from rekb.cli.shared.addresses import placeholders
from rekb.cli.shared.progress import progress
from rekb.errors import RekbError
from rekb.folders import Made, beside, put_in_place
from rekb.inside import refuse_outside
from rekb.mkdocs.garbage import few_collections
from rekb.mkdocs.htmlpage import page_meta
from rekb.mkdocs.navigation import made, with_topics
from rekb.mkdocs.plugin import SITE, THEME, RekbPlugin, sources
from rekb.mkdocs.serving import serve_site
from rekb.site import Page
from rekb.site.asmarkdown import markdown_file, settings_text, with_theme_meta
from rekb.site.build import STATIC
from rekb.site.outputs.policy import policy_for_any_theme
from rekb.site.themetext import theme_nav, theme_text
from rekb.text import amount, printable

_LAST_PORT = 65535
PROJECT = Made(".rekb-materialized", "rekb materialize", grows=("site", ".cache"))
"""The folder of `rekb materialize`; what an engine builds in it is made again."""


def mkdocs_config(root: Path, **changes: Any) -> MkDocsConfig:
    """Return what mkdocs.yml says, with changes.

    Raises:
        RekbError: when it is missing or wrong.
    """
    file = root / "mkdocs.yml"
    if not file.is_file():
        raise RekbError(f"no site configuration: {file} is missing; use --root DIR")
    refuse_outside(file, "mkdocs.yml", (root,))
    try:
        config: MkDocsConfig = load_config(str(file), **changes)
    except (ConfigurationError, Abort) as error:
        raise RekbError(f"{file}: {error}") from error
    return config


def _log_to_terminal(level: int) -> None:
    os.environ.setdefault(
        "NO_MKDOCS_2_WARNING", "1"
    )  # the theme's banner about its successor says nothing here
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    log.addHandler(handler)


def build(root: Path, *, strict: bool = True) -> int:
    """Build the site beside its place and swap it in whole; return 0, or 1 for faults in data or pages."""
    _log_to_terminal(logging.WARNING)
    wanted = mkdocs_config(root)
    target = Path(wanted.site_dir)
    SITE.refuse_foreign(target, sources(wanted))
    with beside(target) as work:
        try:
            config = mkdocs_config(root, site_dir=str(work / "new"), strict=strict)
            _run(config)
        except (Abort, BuildError, MkDocsException) as error:
            click.echo(f"rekb: nothing was built: {error}", err=True)
            return 1
        pages = sum(1 for _ in (work / "new").rglob("*.html"))
        put_in_place(work / "new", target, work)
    click.echo(f"built {amount(pages, 'page')} in {target}")
    if names := placeholders(root):
        click.echo(
            f"rekb: warning: placeholders in mkdocs.yml: {', '.join(names)}; before you publish, write your"
            " own addresses there and run `rekb generate`, which takes them to the other files",
            err=True,
        )
    return 0


def _run(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    with ExitStack() as shown, few_collections():
        _tell_progress(config, shown)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()


def _tell_progress(config: MkDocsConfig, shown: ExitStack) -> None:
    """Say how many pages are made, after all other plugins have done their part on each."""
    steps: list[Callable[[], None]] = []

    def begin(env: Any, *, files: Files, **_: Any) -> Any:
        steps.append(shown.enter_context(progress("building", len(files.documentation_pages()))))
        return env

    def step(output: str, **_: Any) -> str:
        steps[-1]()
        return output

    config.plugins.events["env"].append(begin)
    config.plugins.events["post_page"].append(step)


def serve(root: Path, address: str, *, open_browser: bool = False) -> int:
    """Serve the site and rebuild it when a file changes; runs until it is interrupted."""
    _log_to_terminal(logging.INFO)
    file = root / "mkdocs.yml"
    if not file.is_file():
        raise RekbError(f"no site configuration: {file} is missing; use --root DIR")
    _refuse_address(address)
    try:
        serve_site(file, address, open_browser=open_browser)
    except (Abort, MkDocsException) as error:
        click.echo(f"rekb: {error}", err=True)
        return 1
    return 0


def _refuse_address(address: str) -> None:
    """Raise unless this is an address on which something can be served: ``127.0.0.1:8000``."""
    host, _, port = address.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise RekbError(f"`{printable(address)}` names no port from 0 to {_LAST_PORT}; write 127.0.0.1:8000")
    try:
        _ = host == "localhost" or ipaddress.ip_address(host)
    except ValueError as error:
        wanted = "write an address of this machine, such as 127.0.0.1:8000"
        raise RekbError(f"`{printable(host)}` is no IP address; {wanted}") from error


def materialize(root: Path, directory: Path) -> int:
    """Write the same pages as an ordinary MkDocs project that needs no plugin of ours.

    `directory` receives mkdocs.yml, docs/ and theme/; it must be new, empty, or made by this command before.
    """
    _log_to_terminal(logging.WARNING)
    config = mkdocs_config(root)
    plugin = config.plugins.get("rekb")
    if not isinstance(plugin, RekbPlugin):
        raise RekbError(f"{root / 'mkdocs.yml'} does not list the plugin `rekb`")
    PROJECT.refuse_foreign(directory, sources(config))
    nav = config.nav
    plugin.serving = True  # what only our own build makes is not linked to
    try:
        plugin.on_config(config)
    except MkDocsException as error:
        click.echo(f"rekb: nothing was written: {error}", err=True)
        return 1
    with beside(directory.resolve()) as work:
        _write_project(work / "new", root, config, plugin, nav)
        put_in_place(work / "new", directory.resolve(), work)
    click.echo(
        f"wrote {amount(len(plugin.site.pages), 'page')} to {directory}/docs; build them with `mkdocs build`"
    )
    return 0


def _write_project(new: Path, root: Path, config: MkDocsConfig, plugin: RekbPlugin, nav: Any) -> None:
    shutil.copytree(config.docs_dir, new / "docs", ignore=shutil.ignore_patterns(".*"))
    for file in sorted((new / "docs").rglob("*.md")):
        written = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        file.write_bytes(with_theme_meta(written).encode("utf-8", "surrogateescape"))
    for page in plugin.site.pages:
        _write(new / "docs" / page.src_uri, _page_file(page).encode())
    for asset in plugin.site.assets:
        path = f"{asset.path}.txt" if asset.path.endswith(".md") else asset.path
        _write(new / "docs" / path, asset.content)
    shutil.copytree(THEME, new / "theme")
    settings = _plain_settings(root / "mkdocs.yml")
    settings["nav"] = theme_nav(with_topics(made(nav or [], plugin.site), plugin.site.navigation))
    for name in ("site_name", "site_description", "site_author"):
        if name in settings:
            settings[name] = theme_text(str(settings[name]))
    settings["plugins"] = [p for p in settings.get("plugins", []) if p != "rekb" and "rekb" not in p]
    settings["theme"]["custom_dir"] = "theme"
    settings["extra_css"] = [f"assets/rekb/{STATIC[0]}", *settings.get("extra_css", [])]
    settings["extra_javascript"] = [
        *settings.get("extra_javascript", []),
        *(f"assets/rekb/{s}" for s in STATIC[2:]),
    ]
    settings["extra"] = {**(settings.get("extra") or {}), "rekb_policy": policy_for_any_theme()}
    settings["docs_dir"] = "docs"
    folders = sorted({page.path.partition("/")[0] for page in plugin.site.pages} - {""})
    outside = "".join(f"/{folder}/\n" for folder in folders)
    settings["not_in_nav"] = f"{settings.get('not_in_nav', '')}\n{outside}".lstrip()
    _write(new / "mkdocs.yml", settings_text(settings).encode())
    PROJECT.mark(new)


def _plain_settings(file: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RekbError(f"{file}: only plain YAML can be carried over: {error}") from error
    return loaded


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _page_file(page: Page) -> str:
    return markdown_file(page_meta(page) | {"search": {"exclude": False}}, str(page.body))
