"""What several test modules share: the site of the real corpus, built once, and a browser that opens it."""

import fcntl
import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from compiled import remember_templates
from fake_hosts import FakeHosts, fake_hosts
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup.services import BASES
from visitor import PATIENCE, Visitor, patient

ROOT = Path(__file__).parents[1]

# These change what a command prints. A test's result must not depend on whose machine runs it:
# under CI, a slow build says how far it is, which a fast one never does.
for _name in ("CI", "FORCE_COLOR", "NO_COLOR", "GITHUB_STEP_SUMMARY", "REKB_MAILTO", "REKB_SPACING"):
    os.environ.pop(_name, None)
# Some machines set it. Then each of the many commands that tests start would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

remember_templates()

# A page that is right shows it sooner or later; how soon depends on what else the machine does.
expect.set_options(timeout=PATIENCE * 1000)

LONGEST_FIRST = (
    "test_browser_hostile.py",
    "test_browser_pages.py",
    "test_hostile_engines.py",
    "test_incremental.py",
    "test_browser_platform.py",
    "test_search.py",
    "test_browser_explore.py",
    "test_browser_facets.py",
    "test_browser_walk.py",
    "test_cli_examples.py",
    "test_init.py",
    "test_killed.py",
    "test_slow_input.py",
    "test_mkdocs.py",
    "test_schemas.py",
    "test_engines.py",
    "test_faults.py",
    "test_browser_models.py",
    "test_tasks.py",
    "test_answers.py",
    "test_whole.py",
    "test_again.py",
    "test_yamlio.py",
    "test_ondemand.py",
    "test_identity.py",
    "test_own_facets.py",
    "test_docs_generated.py",
    "test_wheel.py",
    "test_bibliography.py",
    "test_shell.py",
    "test_properties.py",
    "test_same_bytes.py",
    "test_text_in_pages.py",
)
"""Files that take long, the longest first: processes that share a run of all tests then end together.

The first works without the site of the corpus, which the process with the second builds meanwhile.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before the others."""
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have programs that a test starts end at an interrupt.

    A shell without job control has what it runs in the background ignore interrupts, and all that is started
    from there inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: a test's output is its own."""


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHosts]:
    """Return the hosts that are asked in place of every service; answers are kept in a folder of the test."""
    with fake_hosts() as made:
        for name in BASES:
            monkeypatch.setenv(name, f"{made.address}/{name.removeprefix('REKB_').lower()}")
        monkeypatch.setenv("REKB_SPACING", "0")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield made


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """Return the real corpus."""
    return load(ROOT)[0]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the real corpus' site as `mkdocs build --strict` makes it.

    Processes that share one test run share the site: the first to ask builds it, the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        # The folder of the run, above those of its processes.
        shared = shared.parent
    target = shared / "site-of-the-corpus"
    done = shared / "site-of-the-corpus.done"
    with (shared / "site-of-the-corpus.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--quiet",
                "--site-dir",
                str(target),
            ]
            subprocess.run(command, cwd=ROOT, check=True)
            done.touch()
    return target


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Return the address of a loopback server of the built site."""

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
    """Return a headless Chromium."""
    found = subprocess.run([ROOT / "scripts" / "find-browser"], capture_output=True, text=True, check=True)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found.stdout.split()[0], args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Return a fresh window; fails the test when a page asked another host or a script failed."""
    options = getattr(request, "param", {})
    context = patient(browser, viewport={"width": 1280, "height": 900}, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.outside == []
    assert visitor.errors == []
