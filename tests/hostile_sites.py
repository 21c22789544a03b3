"""How hostile bases are made into sites, looked at and compared, whichever program makes them."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from commands import python
from hostile_base import WORKS, key
from rekb.site.pages.registry import PAGE_KINDS
from shapes import shape
from visitor import patient

WITHOUT_RULES = "import rekb.checks as c; c.RULES.clear(); from rekb.cli import main; main()"
"""The command without its rules: they would refuse most payloads, and the pages must hold alone."""
POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
OF_MARKDOWN = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
        "a",
        "br",
    }
)
"""Elements that overviews of topics may have, for they are Markdown; none of them with an attribute."""
ENTRIES = [f"papers/{key(number)}/" for number in range(WORKS)]
TOPICS = [f"topics/first/t{number:02}/" for number in range(WORKS)]
COMPARED = "compare/?papers=" + ",".join(key(number) for number in range(6))
ONE_OF_EACH = [
    *(kind.path for kind in PAGE_KINDS.values() if kind.path is not None and kind.id != "compare"),
    COMPARED,
    ENTRIES[0],
    TOPICS[0],
    "topics/first/",
    "learn/path0/",
    "authors/w/",
    "resources/r0/",
    "phases/p0/",
    "hardware/h0/",
    "venues/v0/",
    "venues/v7/",
    "years/2022/",
    "404.html",
]
"""A page of each kind; the hostile knowledge base has something to show on all of them."""


@dataclass
class Guarded:
    """A window that notes what a payload would do: run, ask another host, lead elsewhere."""

    page: Page
    address: str
    hits: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(self.address + path)
        return self.page

    def let_act(self) -> None:
        """Wait until an image that is asked for now has failed: what was begun before has acted by then."""
        self.page.evaluate(
            "() => new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'none.png'; })"
        )


@contextmanager
def guarded(browser: Browser, address: str) -> Iterator[Guarded]:
    """Yield a window on a site."""
    context = patient(browser, viewport={"width": 1280, "height": 900})
    window = Guarded(context.new_page(), address)

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            window.outside.append(request.url)

    # Listening is enough: the host that payloads name does not exist, and the browser keeps what it has read.
    context.on("request", note)
    context.expose_function("hit", lambda: window.hits.append(window.page.url))
    yield window
    context.close()


def run(root: Path, *command: str) -> None:
    """Run Python with arguments; a fault of it fails the test with what it printed."""
    done = python(root, *command)
    assert done.returncode == 0, done.stderr[-3000:]


def without_policy(site: Path, target: Path) -> Path:
    """Return a copy of a site whose pages have no policy: what they hold must be harmless alone."""
    shutil.copytree(site, target)
    for page in target.rglob("*.html"):
        text, count = POLICY.subn("", page.read_text(encoding="utf-8"))
        assert count == 1, page
        page.write_text(text, encoding="utf-8")
    return target


def of_markdown(path: str) -> frozenset[str]:
    """Return the elements that a page may have more, because its overview is Markdown."""
    return OF_MARKDOWN if re.match("topics/(?:first|second)/", path) else frozenset()


def surplus(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield page and element of all that the pages of one site have more than those of the other.

    Args:
        theirs: the folder of the site of a hostile base.
        ours: that of the same base with harmless words.
    """
    names = {file.relative_to(theirs).as_posix() for file in theirs.rglob("*.html")}
    assert names == {file.relative_to(ours).as_posix() for file in ours.rglob("*.html")}
    assert len(names) > 2 * WORKS
    for name in sorted(names):
        found = shape((theirs / name).read_text(encoding="utf-8"))
        found.subtract(shape((ours / name).read_text(encoding="utf-8")))
        more = {kind for kind, count in found.items() if count and not kind.startswith("text ")}
        for kind in sorted(more - of_markdown(name)):
            yield name, kind
