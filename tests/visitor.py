"""A built site of the real corpus behind a loopback server, and a headless Chromium that opens it."""

import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from rekb.kb import KnowledgeBase
from rekb.load import load

ROOT = Path(__file__).parents[2]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: a test's output is its own."""


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load(ROOT)[0]


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    def handler(*arguments: Any) -> _Quiet:
        return _Quiet(*arguments, directory=str(built_site))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = subprocess.run([ROOT / "scripts" / "find-browser"], capture_output=True, text=True, check=True)
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found.stdout.split()[0], args=arguments)
        yield chromium
        chromium.close()


class Visitor:
    """A browser window that notes what a reader must never meet: other hosts, errors of scripts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    options = getattr(request, "param", {})
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.outside == []
    assert visitor.errors == []
