"""How long the explore page takes to paint a change of a filter, at the corpus' size and at 5,000 works.

Run by hand: `make bench`, or `.venv/bin/python benchmarks/explore.py [WORKS ...]`. It builds the site into a
temporary folder, fills its explore page and what that fetches with works that are copies of the corpus under
other keys, and prints medians in milliseconds from the input event to after the next paint. Works are fetched
before anything is measured. The weight is what a first visit transfers, gzipped: the page with its newest
works, scripts and style sheets, and the file of all works, which large sites fetch when somebody acts.
"""

import functools
import gzip
import http.server
import itertools
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.site import SiteSettings
from rekb.site.pages.explore import explore_page
from rekb.site.pages.explore_data import WORKS, explore_assets
from rekb.site.parts.views import Material
from rekb.site.urls import EXPLORE

ROOT = Path(__file__).parents[1]
ROUNDS = 5
SETTINGS = SiteSettings("Measured", "", "", "")
QUESTION = "saves=memory&phase=inference&group=topic"
CHANGES = [
    ("tick a resource", "", 'input[name="saves"][value="memory"]'),
    ("tick a phase", "saves=memory", 'input[name="phase"][value="inference"]'),
    ("leave out a need", "", '[data-rekb-not="retraining"]'),
    ("tick a topic", "", 'input[name="topic"][value="systems"]'),
    ("leave out in groups", QUESTION, '[data-rekb-not="calibration-data"]'),
    ("tick among cards", "view=cards", 'input[name="modality"][value="vision"]'),
]
"""What is measured: a name, the state before, and what is clicked; every second click takes it back."""
TYPED = [("type a word", "quantization"), ("type with slips", "qunatisaton")]

CLICK = """async (selector) => {
    const target = document.querySelector(selector);
    const start = performance.now();
    target.click();
    await new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    }));
    return performance.now() - start;
}"""
TYPE = CLICK.replace(
    "target.click();", "target.value = text; target.dispatchEvent(new Event('input'));"
).replace("async (selector)", "async ([selector, text])")


def grown(base: KnowledgeBase, works: int) -> KnowledgeBase:
    """Return a knowledge base of so many works: those of the corpus, again and again under other keys."""
    keys = itertools.cycle(base.entries)
    entries = {f"{key}{'' if n < len(base.entries) else f'x{n}'}": base.entries[key]
               for n, key in zip(range(works), keys, strict=False)}  # fmt: skip
    return replace(base, entries=entries)


def write_page(site: Path, shell: str, base: KnowledgeBase, works: int) -> None:
    """Put an explore page of so many works, and the files that it fetches, into the place of the real ones.

    Args:
        site: the built site.
        shell: the real page.
        base: the real works.
        works: how many works the page is to have.
    """
    material = Material.of(grown(base, works))
    body = explore_page(material, SETTINGS).body
    page, found = re.subn(
        r'<div class="rekb rekb-explore".*(?=</article>)', lambda _: body, shell, flags=re.DOTALL
    )
    if found != 1:
        sys.exit("the explore page was not recognised")
    (site / EXPLORE / "index.html").write_text(page, encoding="utf-8")
    for asset in explore_assets(material):
        (site / asset.path).write_bytes(asset.content)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def measure(page: Page, address: str) -> dict[str, list[float]]:
    """Return the times of every change."""
    times: dict[str, list[float]] = {}
    for name, query, selector in CHANGES:
        open_page(page, f"{address}?{query}")
        times[name] = [page.evaluate(CLICK, selector) for _ in range(2 * ROUNDS)]
    for name, text in TYPED:
        open_page(page, address)
        times[name] = [
            page.evaluate(TYPE, ["[data-rekb-find]", text[:end]])
            for _ in range(ROUNDS)
            for end in (4, len(text), 0)
        ]
    return times


def open_page(page: Page, address: str) -> None:
    """Open the page and wait until it has all works: a large site fetches them when somebody acts."""
    page.goto(address)
    page.keyboard.press("Shift")
    page.wait_for_selector("[data-rekb-explore][data-rekb-ready]", state="attached")
    page.wait_for_timeout(300)


def weight(site: Path) -> tuple[int, int]:
    """Return the bytes of a first visit: the page and what it loads, each gzipped; and of all works."""
    folder = site / EXPLORE
    page = (folder / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<(?:script[^>]*\bsrc|link[^>]*rel="stylesheet"[^>]*\bhref)="([^"]+)"', page)
    files = [folder / "index.html", *((folder / link).resolve() for link in links)]
    return sum(map(_packed, files)), _packed(site / WORKS)


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def main(sizes: list[int]) -> None:
    """Print the table."""
    base = load(ROOT)[0]
    with tempfile.TemporaryDirectory() as folder_name:
        site = Path(folder_name) / "site"
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(build, cwd=ROOT, check=True)
        found = subprocess.run(
            [ROOT / "scripts" / "find-browser", "--whole"], capture_output=True, text=True, check=True
        )
        with served(site) as address, sync_playwright() as driver:
            chromium = driver.chromium.launch(
                executable_path=found.stdout.split()[0],
                args=["--no-sandbox", "--disable-background-networking"],
            )
            shell = (site / EXPLORE / "index.html").read_text(encoding="utf-8")
            for works in sizes or [len(base.entries), 500, 5000]:
                write_page(site, shell, base, works)
                page = chromium.new_page(viewport={"width": 1280, "height": 900})
                first, all_works = weight(site)
                print(
                    f"{works} works, {first / 1000:.0f} kB at first, {all_works / 1000:.0f} kB of all works"
                )
                for change, times in measure(page, f"{address}{EXPLORE}").items():
                    print(f"  {change:22} {statistics.median(times):6.1f} ms, worst {max(times):6.1f}")
                page.close()
            chromium.close()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
