"""A browser window as a reader uses it, noting what a reader must never meet."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

Found = TypeVar("Found")
DRAWN = "[data-rekb-ready][data-rekb-drawn]:not([aria-busy])"
"""The explore page once it shows what was asked for, and has drawn all rows that it draws unasked."""
PATIENCE = 120
"""Seconds for which a test waits for what a page shows: how soon depends on what else the machine does."""
PAUSE = 0.5
"""Seconds without a request after which nothing more is expected."""
LONGEST_LOAD = 240
"""Seconds after which a request that is not answered fails a test."""


def patient(browser: Browser, **options: Any) -> BrowserContext:
    """Return a window of its own, which waits long where the machine is busy."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    return context


class Visitor:
    """A browser window that notes what a reader must never meet: other hosts, errors of scripts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.ended: list[Request] = []
        self._open: set[Request] = set()
        self.page.on("request", self._note)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _note(self, request: Request) -> None:
        self._open.add(request)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def _ended(self, request: Request) -> None:
        self.ended.append(request)
        self._open.discard(request)

    def open(self, path: str) -> Page:
        """Open a page of the site; the explore page fetches its works first, the planner its figures."""
        self.page.goto(self.address + path)
        # The theme marks a page whose scripts run.
        if self.page.locator("html.js [data-rekb-models]").count():
            self.page.wait_for_selector("[data-rekb-models][data-rekb-ready]", state="attached")
        if self.page.locator("[data-rekb-explore]").count() and self._runs_scripts():
            self.page.wait_for_selector(DRAWN, state="attached")
        return self.page

    def rest(self) -> None:
        """Wait until a page is loaded and has asked for nothing for half a second.

        Playwright's own `networkidle` never comes where a slow machine pauses so long between two requests.
        """
        self.page.wait_for_load_state()
        end = time.monotonic() + LONGEST_LOAD
        last = time.monotonic()
        while time.monotonic() - last < PAUSE:
            # The page itself counts: while it is too busy to do so, it cannot ask for anything either.
            self.page.evaluate("new Promise((done) => setTimeout(done, 50))")
            if self._open:
                assert time.monotonic() < end, sorted(request.url for request in self._open)
                last = time.monotonic()

    def _runs_scripts(self) -> bool:
        runs: bool = self.page.locator("noscript").evaluate_all(
            "all => all.every(one => !one.children.length)"
        )
        return runs


def held_back(page: Page, address: str) -> list[Route]:
    """Let requests for an address wait; return them as they come, to be answered by `continue_`."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def draws_first(page: Page, rows: int) -> None:
    """Have the explore page draw so many works at first, where it draws 200."""

    def shortened(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        assert "FIRST = 200" in text
        route.fulfill(response=answer, body=text.replace("FIRST = 200", f"FIRST = {rows}"))

    page.route("**/exploring.js", shortened)


def settled(page: Page, read: Callable[[], Found], expected: Found, seconds: float = PATIENCE) -> Found:
    """Return what the page shows as soon as it is what was expected, else what it shows after the given time.

    A script answers when it gets its turn; how long that takes depends on what else the machine does.
    """
    end = time.monotonic() + seconds
    found = read()
    while found != expected and time.monotonic() < end:
        page.wait_for_timeout(20)
        found = read()
    return found


def arrived(page: Page, ending: str) -> None:
    """Wait until the address ends so; a script writes it, and the browser passes it on, each in its turn."""
    expect(page).to_have_url(re.compile(re.escape(ending) + "$"))


def shows(page: Page, keys: Iterable[str]) -> None:
    """Check that the explore page shows these works and no other, in any order."""
    wanted = sorted(keys)
    assert settled(page, lambda: sorted(shown(page)), wanted) == wanted


def shown(page: Page) -> list[str]:
    """Return the keys of the works that the explore page shows, all of them drawn first."""
    # What is asked for is shown once it has been fetched.
    page.wait_for_selector(DRAWN, state="attached")
    more = page.locator("[data-rekb-more]")
    if more.is_visible():
        more.click()
    keys: list[str] = page.eval_on_selector_all(
        "[data-rekb-rows] tr[data-key]:not([hidden])", "rows => rows.map(row => row.dataset.key)"
    )
    return keys
