"""The site while it is written: served at once, made anew after a change, faults shown in its pages."""

import contextlib
import errno
import logging
import shutil
import tempfile
import traceback
import webbrowser
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer

from rekb.errors import RekbError
from rekb.loading.kept import Kept
from rekb.mkdocs.garbage import few_collections
from rekb.mkdocs.plugin import RekbPlugin

_log = logging.getLogger("mkdocs.commands.serve")
_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title>{}</head>'
_WAIT = (
    _HEAD.format("Being built", '<meta http-equiv="refresh" content="1">')
    + "<body><p>The site is being built. This page turns into it.</p></body></html>"
)
_EMPTY = _HEAD.format("Not built", "") + "<body></body></html>"
_LOOK = (
    "position:fixed;left:0;right:0;bottom:0;max-height:60vh;overflow:auto;z-index:99;background:#fff;"
    "color:#16222c;border-top:4px solid #b3261e;padding:12px 20px;font:14px/1.5 system-ui,sans-serif"
)
"""The style of a fault is kept with it: where nothing was built yet, there is no style sheet."""
_FAULT = (
    f'<section role="alert" id="rekb-fault" style="{_LOOK}">'
    "<strong>The last change is not shown: the site could not be built.</strong>"
    '<pre style="white-space:pre-wrap;font:13px/1.5 ui-monospace,monospace">{}</pre></section>'
)


Stamps = dict[str, tuple[int, int]]


class Server(LiveReloadServer):
    """MkDocs' server, which answers while the first build runs and shows in each page why a build failed."""

    built = False
    """Whether a build has ended, well or not."""
    fault = ""
    """Why the last build failed; empty when it did not."""
    make: Callable[[str], None] | None = None
    """What makes a page or file when it is asked for, by its place below the site's folder."""

    def bind(self, address: str) -> None:
        """Take the port and begin to answer.

        Raises:
            RekbError: in one line, when the port cannot be had.
        """
        try:
            self.server_bind()
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "another program listens there" if taken else error.strerror or str(error)
            raise RekbError(f"cannot serve on {address}: {reason}; name another with --address") from error
        self.server_activate()
        self.serve_thread.start()

    def follow(self, *, open_browser: bool) -> None:
        """Build again after each change, until it is interrupted."""
        if open_browser:
            webbrowser.open(self.url)
        self._build_loop()  # type: ignore[no-untyped-call] # MkDocs leaves it untyped

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        if not self.built:
            start_response("503 Service Unavailable", [("Content-Type", "text/html"), ("Retry-After", "1")])
            return [_WAIT.encode()]
        # WSGI gives each byte of a path as one letter of Latin-1; the bytes are UTF-8 (PEP 3333).
        self._make_what_is_asked(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
        found: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        # MkDocs' script goes into this page, and so the browser loads it again once the fault is corrected.
        # With 404 MkDocs would answer without the script.
        if found is None and self.fault:
            start_response("200 OK", [("Content-Type", "text/html")])
            return [self._inject_js_into_html(_EMPTY.encode(), self._visible_epoch)]
        return found

    def _make_what_is_asked(self, path: str) -> None:
        if self.make is None or not path.startswith(self.mount_path):
            return
        with self._epoch_cond:  # of a state that is whole, as MkDocs does with the files
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
        # Addresses of pages are folders, with or without a slash; only names of files have a dot.
        name = path.removeprefix(self.mount_path)
        is_file = "." in name.rpartition("/")[2]
        self.make(name if is_file else f"{name.rstrip('/')}/index.html".lstrip("/"))

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        if self.fault:
            before, end, after = content.rpartition(b"</body>")
            content = before + _FAULT.format(escape(self.fault)).encode() + end + after
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call] # the same
        return injected


def serve_site(file: Path, address: str, *, open_browser: bool = False) -> None:
    """Serve the site of a mkdocs.yml at an address until it is interrupted; a taken port is reported at once.

    Raises:
        RekbError: when the port cannot be had.
        Abort, MkDocsException: when mkdocs.yml cannot be read.
    """
    site = tempfile.mkdtemp(prefix="rekb-")
    config = _config(file, site, address)
    try:
        _serve(config, lambda: _config(file, site, address), address, open_browser=open_browser)
    finally:
        shutil.rmtree(site, ignore_errors=True)


def _config(file: Path, site: str, address: str) -> MkDocsConfig:
    config: MkDocsConfig = load_config(str(file), site_dir=site, dev_addr=address)
    host, port = config.dev_addr
    config.site_url = f"http://{host}:{port}{urlsplit(config.site_url or '/').path}"
    return config


def _serve(
    config: MkDocsConfig, again: Callable[[], MkDocsConfig], address: str, *, open_browser: bool
) -> None:
    host, port = config.dev_addr
    path = urlsplit(config.site_url or "/").path
    builder = Builder()
    server = Server(lambda: builder.again(again), host, port, config.site_dir, path)
    builder.server = server
    server.make = builder.make
    server.error_handler = lambda code: _error_page(Path(config.site_dir), code)
    # The port is taken before the first build: a taken one is reported at once, not after the build.
    server.bind(address)
    try:
        _log.info("Serving on %s", server.url)
        config.plugins.on_startup(command="serve", dirty=False)
        with few_collections():
            # Before the first build: it shows its faults, and a correction made at once has to be seen.
            _watch(server, config)
            server.observer.start()
            builder.build(lambda: config)
            server.follow(open_browser=open_browser)
    except KeyboardInterrupt:
        _log.info("Shutting down...")
    finally:
        server.shutdown()
        config.plugins.on_shutdown()


class Builder:
    """What builds the site, and builds as little of it as a change asks for."""

    server: Server
    plugin: RekbPlugin | None = None
    """The plugin of the last right build."""
    outside: Stamps
    """What the pages are made of beside the data, as the last right build found it."""
    builds = 0
    """How often MkDocs built everything; what tests count."""

    def again(self, load: Callable[[], MkDocsConfig]) -> None:
        """Take a change in: of the data alone where that is all that changed, else by a build."""
        if self.plugin and self.plugin.demand and self.outside == stamps(self.plugin.demand.config):
            try:
                if self.plugin.renew():
                    self.server.fault = ""
                    return
            except PluginError as error:
                self._failed(str(error))
                return
        self.build(load)

    def build(self, load: Callable[[], MkDocsConfig]) -> None:
        """Build; what goes wrong is kept for the pages and reported in the terminal."""
        plugin = None
        try:
            config = load()
            plugin = _prepared(config)
            # Before the build, so that what is written while it runs counts as a change afterwards.
            outside = stamps(config)
            self.builds += 1
            build(config, serve_url=config.site_url)
            self.server.fault = ""
            self.plugin, self.outside = plugin, outside
        except (Exception, Abort) as error:  # noqa: BLE001 - whatever it is, the server goes on and shows it
            if plugin:
                kept = plugin.fault
            else:
                kept = ""
            if not kept and not isinstance(error, Abort):
                traceback.print_exc()
            self._failed(kept or str(error) or type(error).__name__)
        if plugin and plugin.demand:
            plugin.demand.made.clear()  # MkDocs empties the folder first
        self.server.built = True

    def make(self, name: str) -> None:
        """Make a page or file of ours that is asked for."""
        if self.plugin and self.plugin.demand:
            self.plugin.demand.make(name)

    def _failed(self, fault: str) -> None:
        self.server.fault = fault
        _log.error("the site was not built; its pages show the reason and the last state that was right")


def _prepared(config: MkDocsConfig) -> RekbPlugin | None:
    """Let our plugin make pages when they are asked for; None where mkdocs.yml does not list it."""
    plugin = config.plugins.get("rekb")
    if not isinstance(plugin, RekbPlugin):
        return None
    plugin.on_demand = True
    plugin.kept = plugin.kept or Kept()
    return plugin


def stamps(config: MkDocsConfig) -> Stamps:
    """Return the time and size of every file that pages are made of beside the data."""
    found: Stamps = {}
    for root in (config.config_file_path, config.docs_dir, config.theme.custom_dir, *config.watch):
        if not root:
            continue
        for file in (Path(root), *Path(root).rglob("*")):
            # Editors write files of their own for a moment; one may be gone before its time is read.
            with contextlib.suppress(OSError):
                status = file.stat()
                found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _watch(server: Server, config: MkDocsConfig) -> None:
    server.watch(config.docs_dir)
    if config.config_file_path:
        server.watch(config.config_file_path)
    config.plugins.on_serve(server, config=config, builder=server.builder)
    for path in config.watch:
        server.watch(path)


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    if page.is_file():
        return page.read_bytes()
    return None
