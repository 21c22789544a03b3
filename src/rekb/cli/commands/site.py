"""`rekb build`, `rekb serve`, `rekb materialize`: the site, made by MkDocs or for another engine."""

import ipaddress
import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, MkDocsException
from mkdocs.structure.files import Files

from rekb.cli.shared.addresses import placeholders
from rekb.cli.shared.progress import progress
from rekb.engines.notes import PROJECT
from rekb.engines.project import Project
from rekb.engines.table import ENGINES
from rekb.errors import RekbError
from rekb.folders import beside, put_in_place
from rekb.inside import refuse_outside
from rekb.mkdocs.garbage import few_collections
from rekb.mkdocs.plugin import SITE, RekbPlugin, sources
from rekb.mkdocs.serving import serve_site
from rekb.mkdocs.unchanged import Unchanged
from rekb.mkdocs.whole import inputs_of, is_as_it_was, remember_whole
from rekb.text import amount, printable

_LAST_PORT = 65535
LEFT_OUT = "pages have a weaker policy (scripts in a page run), and there is no offline copy"
"""What materialized pages lack: both need the pages whole, as only the engine makes them."""


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
    # The theme's banner about its successor says nothing here.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # MkDocs prints its messages only when its own command runs, so ours has to do it.
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.addFilter(_is_no_system_error)
    log.addHandler(handler)


def _is_no_system_error(_: logging.LogRecord) -> bool:
    """Whether a record is about anything else than a system error: the command reports that one itself."""
    return not isinstance(sys.exc_info()[1], OSError)


def build(root: Path, *, strict: bool = True, clean: bool = False, offline: bool = False) -> int:
    """Build the site beside its place and swap it in whole; return 0, or 1 for faults in data or pages.

    Args:
        root: the folder of mkdocs.yml.
        strict: whether warnings end the build.
        clean: whether every page is made, also those that would be as they are.
        offline: whether the offline copy is written, where mkdocs.yml does not say.
    """
    _log_to_terminal(logging.WARNING)
    wanted = _wanted(root, offline=offline)
    target = Path(wanted.site_dir)
    SITE.refuse_foreign(target, sources(wanted))
    inputs = _inputs(wanted)
    if not clean and is_as_it_was(target, inputs):
        pages = _pages(target)
        _report_built(root, target, pages, pages)
        return 0
    with beside(target) as work:
        try:
            config = _wanted(root, offline=offline, site_dir=str(work / "new"), strict=strict)
            unchanged = Unchanged(target, work / "new", forgets=clean)
            _run(config, unchanged)
        except (Abort, BuildError, MkDocsException) as error:
            click.echo(f"rekb: nothing was built: {error}", err=True)
            return 1
        pages = _pages(work / "new")
        put_in_place(work / "new", target, work)
        # Only after the swap: where that fails, the old site stays, and its notes are still right.
        unchanged.remember()
        # Warnings are shown again by each build, so nothing is noted of one that may have had some.
        # What was written while this one ran may be in it or not.
        if strict and inputs == _inputs(_wanted(root, offline=offline)):
            remember_whole(target, inputs)
    stayed = sum(1 for name in unchanged.stayed if name.endswith(".html"))
    _report_built(root, target, pages, stayed)
    return 0


def _wanted(root: Path, *, offline: bool, **changes: Any) -> MkDocsConfig:
    """Return the configuration of a build, in which it is said whether the offline copy is written."""
    config = mkdocs_config(root, **changes)
    plugin = config.plugins.get("rekb")
    if isinstance(plugin, RekbPlugin) and plugin.config.offline is None:
        plugin.config.offline = offline
    return config


def _inputs(config: MkDocsConfig) -> str:
    """Return what stands for all that the site is made from; empty where that is not known."""
    plugin = config.plugins.get("rekb")
    if isinstance(plugin, RekbPlugin):
        return inputs_of(config, plugin.root_of(config))
    return ""


def _report_built(root: Path, target: Path, pages: int, stayed: int) -> None:
    same = f", {stayed} of them as they were" if stayed else ""
    click.echo(f"built {amount(pages, 'page')} in {target}{same}")
    if names := placeholders(root):
        click.echo(
            f"rekb: warning: placeholders in mkdocs.yml: {', '.join(names)}; before you publish, write your"
            " own addresses there and run `rekb generate`, which takes them to the other files",
            err=True,
        )


def _pages(site: Path) -> int:
    """Return how many pages a site has."""
    found = 0
    for _, _, names in os.walk(site):
        found += sum(name.endswith(".html") for name in names)
    return found


def _let_stay(config: MkDocsConfig, unchanged: Unchanged) -> None:
    """Let our plugin take over what would be as it is; mkdocs.yml may not list it."""
    plugin = config.plugins.get("rekb")
    if isinstance(plugin, RekbPlugin):
        plugin.unchanged = unchanged


def _run(config: MkDocsConfig, unchanged: Unchanged) -> None:
    # MkDocs' own command calls this before a build and `on_shutdown` after it; plugins rely on both.
    config.plugins.on_startup(command="build", dirty=False)
    _let_stay(config, unchanged)
    with ExitStack() as stack, few_collections():
        _report_progress(config, stack)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()


def _report_progress(config: MkDocsConfig, stack: ExitStack) -> None:
    """Say how many pages are made, after all other plugins have done their part on each."""
    steps: list[Callable[[], None]] = []

    def begin(env: Any, *, files: Files, **_: Any) -> Any:
        pages = sum(1 for file in files if file.page)
        steps.append(stack.enter_context(progress("building", pages)))
        return env

    def step(output: str, **_: Any) -> str:
        steps[-1]()
        return output

    # Ours makes its pages at this event, so the count begins before it.
    config.plugins.events["env"].insert(0, begin)
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
    # `isdigit` is true of the digits of every script.
    if not (port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise RekbError(f"`{printable(address)}` names no port from 0 to {_LAST_PORT}; write 127.0.0.1:8000")
    try:
        _ = host == "localhost" or ipaddress.ip_address(host)
    except ValueError as error:
        wanted = "write an address of this machine, such as 127.0.0.1:8000"
        raise RekbError(f"`{printable(host)}` is no IP address; {wanted}") from error


def materialize(root: Path, directory: Path, engine: str = "mkdocs") -> int:
    """Write the same pages as an ordinary project of an engine, which needs no plugin of ours.

    `directory` receives a configuration, docs/ and theme/; it must be new, empty, or made by this command.
    """
    _log_to_terminal(logging.WARNING)
    config = mkdocs_config(root)
    plugin = config.plugins.get("rekb")
    if not isinstance(plugin, RekbPlugin):
        raise RekbError(f"{root / 'mkdocs.yml'} does not list the plugin `rekb`")
    PROJECT.refuse_foreign(directory, sources(config))
    # The navigation is taken before `on_config`, which puts the topic tree into that of the configuration.
    project = Project(config, plugin, config.nav, root / "mkdocs.yml", ENGINES[engine])
    try:
        plugin.on_config(config)
    except MkDocsException as error:
        click.echo(f"rekb: nothing was written: {error}", err=True)
        return 1
    with beside(directory.resolve()) as work:
        project.write(work / "new")
        put_in_place(work / "new", directory.resolve(), work)
    _report_next(len(plugin.site.pages), directory, project)
    return 0


def _report_next(pages: int, directory: Path, project: Project) -> None:
    """Say what to run next, and what the site lacks until then."""
    name = printable(str(directory))
    engine = project.engine
    click.echo(f"wrote {pages} pages to {name}/docs; in an environment with {engine.install}, run in {name}:")
    click.echo(f"  {engine.build}")
    click.echo(f"then `rekb finish {name}`: until it ran, {LEFT_OUT}")
    if strangers := project.not_run():
        click.echo(
            f"rekb: warning: this engine does not run plugins for MkDocs: {', '.join(strangers)}", err=True
        )
