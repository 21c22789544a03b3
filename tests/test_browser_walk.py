"""Every page of a small site in a real browser: none logs an error, and axe finds names and places right."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from contrast import violations
from fixture_kb import copy
from rekb.site.pages.registry import PAGE_KINDS
from served import served
from visitor import patient

ROOT = Path(__file__).parents[1]
PROSE = """# Prose

| left | middle | right | and a column that is so wide that a phone has to scroll for it to the right |
| :-- | :-: | --: | --- |
| a | b | 1 | wideness-that-no-line-end-breaks-and-that-goes-on-and-on-until-the-box-has-to-scroll |

```python
x = "a line that is much longer than a phone is wide, so that its box scrolls to the right"  # a comment
```

!!! note
    A note.
"""
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
RULES = ["label-content-name-mismatch", "scrollable-region-focusable", "target-size", "button-name"]
"""Rules that are new in axe, or that axe leaves to who asks."""
NOT_THERE = {"measured", "reproductions", "learn", "combines"}
"""Kinds for which the made-up knowledge base has nothing to show."""
AUDITED = [
    *(kind.path for kind in PAGE_KINDS.values() if kind.path is not None and kind.id not in NOT_THERE),
    "authors/",
    "authors/m/",
    "papers/moth2022tile/",
    "prose/",
    "venues/",
    "404.html",
]
SHOWN_THOUGH_HIDDEN = """() => Array.from(document.querySelectorAll(".md-content [hidden]"))
  .filter((part) => getComputedStyle(part).display !== "none").map((part) => part.outerHTML.slice(0, 80))"""
IN_CONTENT = [".md-content"]
"""Where our pages begin and the theme's own parts end."""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the made-up knowledge base, with a page of prose."""
    root = copy(tmp_path_factory.mktemp("small"))
    settings, _, _ = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "prose.md").write_text(PROSE, encoding="utf-8")
    site = root / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=root, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return site


@pytest.fixture(scope="module")
def small_address(small_site: Path) -> Iterator[str]:
    """Return the address of a server of the small site."""
    with served(small_site) as address:
        yield address


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Return a window on its own."""
    context = patient(browser)
    yield context.new_page()
    context.close()


def test_no_page_logs_an_error_or_shows_what_is_hidden(
    window: Page, small_site: Path, small_address: str
) -> None:
    logged: list[tuple[str, str]] = []
    shown: list[tuple[str, str]] = []
    window.on("console", lambda m: logged.append((window.url, m.text)) if m.type == "error" else None)
    window.on("pageerror", lambda error: logged.append((window.url, str(error))))
    pages = sorted(file.relative_to(small_site).as_posix() for file in small_site.rglob("*.html"))
    kinds = {page.partition("/")[0] for page in pages}
    assert {"papers", "topics", "explore", "finder", "authors", "models", "prose", "404.html"} <= kinds
    for page in pages:
        window.goto(small_address + quote(page.removesuffix("index.html")))
        shown += [(page, part) for part in window.evaluate(SHOWN_THOUGH_HIDDEN)]
    assert logged == []
    assert shown == []


@pytest.mark.parametrize("path", ["", "prose/", "papers/moth2022tile/"])
def test_pages_point_to_the_guide_for_language_models(small_site: Path, path: str) -> None:
    page = small_site / path / "index.html"
    links = re.findall(
        r'<link rel="describedby" type="text/plain" href="([^"]+)">', page.read_text(encoding="utf-8")
    )
    assert [(page.parent / link).resolve() for link in links] == [(small_site / "llms.txt").resolve()]
    assert (small_site / "llms.txt").is_file()


def test_aligned_columns_are_aligned(window: Page, small_address: str) -> None:
    window.goto(f"{small_address}prose/")
    aligned = "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
    assert window.eval_on_selector_all("tbody td", aligned) == ["left", "center", "right", "left"]


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("path", AUDITED)
def test_names_scroll_boxes_and_targets(window: Page, small_address: str, path: str, size: str) -> None:
    window.set_viewport_size(SIZES[size])  # type: ignore[arg-type] # a size is two numbers
    window.goto(f"{small_address}{path}")
    options = {"runOnly": {"type": "rule", "values": RULES}}
    found = Axe().run(window, context={"include": [IN_CONTENT]}, options=options).response["violations"]
    assert [(one["id"], node["target"]) for one in found for node in one["nodes"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_for_wrong_addresses(
    window: Page, small_address: str, scheme: Literal["light", "dark"]
) -> None:
    window.emulate_media(color_scheme=scheme)
    for size in sorted(SIZES):
        window.set_viewport_size(SIZES[size])  # type: ignore[arg-type] # the same
        window.goto(f"{small_address}there/is/no/such/page/")
        assert window.locator("h1").inner_text() == "There is no page here"
        found = Axe().run(window, context=".md-content").response["violations"]
        assert [(one["id"], node["target"]) for one in found for node in one["nodes"]] == []
        assert window.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]


def test_a_box_that_scrolls_is_reached_by_keyboard(window: Page, small_address: str) -> None:
    for size, reached in (("wide", None), ("phone", "0")):
        window.set_viewport_size(SIZES[size])  # type: ignore[arg-type] # the same
        window.goto(f"{small_address}prose/")
        assert window.get_attribute(".md-typeset__scrollwrap", "tabindex") == reached, size


FAULTS = [
    ("coverage/", "a", "color: #aaa"),
    ("coverage/", "a", "opacity: 0.3"),
    ("coverage/", "a", "background: #666"),
    ("models/", "td", "background: #666"),
]
"""A page, the elements on it that are alike, and what makes one of them hard to read.

Where axe is not sure, it reports nothing, as of text that has the very colour of what is below it.
"""
FEWEST_ALIKE = 9
PLACES = [0, 0.5, 0.99]
ADOPT = """([name, style, place]) => {
  document.querySelector("[data-fault]")?.removeAttribute("data-fault");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.md-content [data-fault] { ${style} }`);
  document.adoptedStyleSheets = [sheet];
  const texts = [...document.querySelectorAll(`.md-content ${name}`)]
    .filter((one) => !one.childElementCount && one.innerText.trim().length > 5 && one.checkVisibility());
  texts[Math.floor(place * texts.length)].dataset.fault = "";
  return texts.length;
}"""


@pytest.mark.parametrize(("path", "name", "style"), FAULTS)
def test_one_piece_of_text_that_is_hard_to_read_is_found(
    window: Page, small_address: str, path: str, name: str, style: str
) -> None:
    window.goto(small_address + path)
    assert violations(window) == []
    for place in PLACES:
        assert window.evaluate(ADOPT, [name, style, place]) >= FEWEST_ALIKE
        whole = Axe().run(window, context=".md-content").response["violations"]
        assert [one["id"] for one in whole] == ["color-contrast"], place
        assert violations(window) == [(one["id"], [node["target"] for node in one["nodes"]]) for one in whole]
