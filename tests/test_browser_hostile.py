"""No text of a data file acts on a reader: payloads in every field, finished pages, a real browser."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hostile_base import WORKS, Texts, arxiv, free_fields, key, write
from hostile_sites import (
    ENTRIES,
    ONE_OF_EACH,
    TOPICS,
    WITHOUT_RULES,
    Guarded,
    guarded,
    of_markdown,
    run,
    surplus,
    without_policy,
)
from hostile_texts import HONEST, HOSTILE
from rekb.site.outputs.offline import ARCHIVE, FOLDER
from served import served
from shapes import words

OF_CODE = frozenset({"pre id", "nav class", "button class data-clipboard-target data-md-type"})
"""What the theme's script adds to code in Markdown: a button that copies it."""
PAYLOADS_THAT_MUST_WORK = 20
OF_RESULTS = frozenset(
    {
        "div class data-rekb-hits",
        "div class data-rekb-hits hidden",  # where nothing is found
        "section aria-label class",
        "ol class",
        "div class id role",
        "li class",
        "a class href",
        "span class",
        "div class data-md-component role",
        "div class",
        "ol class role",
        "button class type",
        "p class",
    }
)
"""Elements with their attributes of which the list of results is made."""
# The theme hides, moves and titles by how much room there is; what stands in the file is compared above.
SHAPE_NOW = """() => {
  const found = {};
  for (const one of document.querySelectorAll("*")) {
    const passing = ["hidden", "style", "tabindex", "title"];
    const lasting = one.getAttributeNames().filter((name) => !passing.includes(name));
    const name = [one.localName, ...lasting.sort()].join(" ");
    if (!name.startsWith("text")) found[name] = (found[name] || 0) + 1;
  }
  return found;
}"""
NAMES_IN = """(root) => [...root.querySelectorAll("*")].map(
  (one) => [one.localName, ...one.getAttributeNames().sort()].join(" ")
)"""


@dataclass(frozen=True)
class Sites:
    """The sites of one base, by how they were made."""

    texts: Texts
    built: Path
    bare: Path
    """The built site with its policy taken off."""
    plain: Path
    """Materialized, then built by MkDocs alone."""
    plain_bare: Path
    """The same with its policy taken off."""
    offline: Path
    """The offline copy, unpacked; without policy."""


def made(root: Path, *, harmless: bool) -> Sites:
    texts = Texts(harmless=harmless)
    write(root, texts)
    run(root, "-c", WITHOUT_RULES, "build", "--offline")
    run(root, "-c", WITHOUT_RULES, "materialize", "plain")
    run(root / "plain", "-m", "mkdocs", "build", "--quiet")
    with zipfile.ZipFile(root / "site" / ARCHIVE) as archive:
        archive.extractall(root / "unpacked")
    return Sites(
        texts,
        root / "site",
        without_policy(root / "site", root / "bare"),
        root / "plain" / "site",
        without_policy(root / "plain" / "site", root / "plain-bare"),
        without_policy(root / "unpacked" / FOLDER, root / "offline-bare"),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return made(tmp_path_factory.mktemp("hostile") / "kb", harmless=False)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return made(tmp_path_factory.mktemp("harmless") / "kb", harmless=True)


@pytest.fixture(scope="module")
def addresses(hostile: Sites, harmless: Sites) -> Iterator[dict[str, str]]:
    """Return where the sites are: ``hostile built``, ``harmless plain`` ..."""
    with ExitStack() as servers:
        found = {}
        for name, sites in (("hostile", hostile), ("harmless", harmless)):
            for made_how in ("built", "bare", "plain", "plain_bare"):
                found[f"{name} {made_how}"] = servers.enter_context(served(getattr(sites, made_how)))
            found[f"{name} offline"] = f"{sites.offline.as_uri()}/"
        yield found


def paths_on(site: str, paths: list[str]) -> list[str]:
    """Return the paths as a site has them; on disk there is no page for wrong addresses."""
    if site != "offline":
        return paths
    return [on_disk(path) for path in paths if path != "404.html"]


def on_disk(path: str) -> str:
    """Return a path as the offline copy has it."""
    page, mark, query = path.partition("?")
    file = page if page.endswith(".html") else f"{page}index.html"
    return f"{file}{mark}{query}"


def test_every_field_that_takes_any_text_is_filled(hostile: Sites) -> None:
    filled = {re.sub(r"^((?:Topic)?Summary)\..*", r"\1.root", name) for name in hostile.texts.fields}
    assert free_fields() - filled == set()


def test_there_are_enough_payloads() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 200


@pytest.mark.parametrize("site", ["built", "plain", "offline"])
def test_no_page_has_an_element_or_attribute_more(hostile: Sites, harmless: Sites, site: str) -> None:
    assert list(surplus(getattr(hostile, site), getattr(harmless, site))) == []


# One page of each kind of the built site and of the offline copy is opened further below, and used, too.
HALVES = [
    ("built", ENTRIES[::8] + TOPICS[::8]),
    ("bare", ONE_OF_EACH + ENTRIES[1::4] + TOPICS[1::4]),
    ("plain", ONE_OF_EACH + ENTRIES[::16] + TOPICS[::16]),
    ("plain_bare", ONE_OF_EACH + ENTRIES[4::16] + TOPICS[4::16]),
    ("offline", paths_on("offline", ENTRIES[3::16] + TOPICS[3::16])),
]


@pytest.mark.parametrize(("site", "paths"), HALVES, ids=[site for site, _ in HALVES])
def test_no_payload_acts(browser: Browser, addresses: dict[str, str], site: str, paths: list[str]) -> None:
    with guarded(browser, addresses[f"hostile {site}"]) as window:
        for path in paths:
            window.open(path)
            window.let_act()
            assert window.page.url == window.address + path
            assert (window.hits, window.outside) == ([], [])


TYPED = {
    "[data-rekb-find]": ("W0", '[data-rekb-sort] [value="match"]:not([disabled])'),
    "#compare-work": ("W0", "main .rekb-hit"),
    "[data-rekb-text]": (f"@misc{{w0, eprint={{{arxiv(0)}}}}}", "[data-rekb-found] tbody tr a"),
}
"""What is typed where, and what is there once it is answered."""


def used(page: Page) -> None:
    """Use what a page offers: open, tick, type."""
    # What is a fold on a phone alone has no head on a wide window.
    for head in page.locator("main summary:visible").all()[:5]:
        head.click()
    for kind, (text, answer) in TYPED.items():
        if page.locator(kind).first.is_visible():
            page.locator(kind).first.fill(text)
            page.wait_for_selector(answer, state="attached")
    for box in page.locator("main input[type=checkbox]:visible").all()[:3]:
        box.click()


def shape_in_use(window: Guarded, path: str) -> Counter[str]:
    """Return the elements of a page after its scripts ran and a reader used it."""
    page = window.open(path)
    window.let_act()
    # Before anybody used it; a reader's use may add to the address.
    assert page.url == window.address + path
    if "papers=" in path:
        page.wait_for_selector(".rekb-table--compare")
    used(page)
    return Counter(page.evaluate(SHAPE_NOW))


@pytest.mark.parametrize("site", ["built", "offline"])
def test_no_script_of_ours_makes_an_element_more(
    browser: Browser, addresses: dict[str, str], site: str
) -> None:
    windows = [guarded(browser, addresses[f"{base} {site}"]) for base in ("harmless", "hostile")]
    with windows[0] as harmless_window, windows[1] as hostile_window:
        extra = {}
        for path in paths_on(site, ONE_OF_EACH):
            allowed = shape_in_use(harmless_window, path)
            found = shape_in_use(hostile_window, path)
            hostile_window.let_act()
            assert (hostile_window.hits, hostile_window.outside) == ([], [])
            found.subtract(allowed)
            more = {kind for kind, count in found.items() if count > 0}
            extra[path] = more - (of_markdown(path) and of_markdown(path) | OF_CODE)
        assert {path: more for path, more in extra.items() if more} == {}


@pytest.mark.parametrize("site", ["built", "offline"])
def test_what_is_typed_and_found_stays_text(browser: Browser, addresses: dict[str, str], site: str) -> None:
    with guarded(browser, addresses[f"hostile {site}"]) as window:
        page = window.open("index.html" if site == "offline" else "")
        page.fill("input.md-search__input", "W0")
        page.wait_for_selector(".md-search-result__link")  # from here on each text is answered at once
        kinds: set[str] = set()
        for question in ("W0", "words of title", "img", "script", "hit", *HOSTILE[::12]):
            page.fill("input.md-search__input", question)
            kinds |= set(page.locator(".md-search-result").evaluate(NAMES_IN))
        window.let_act()
        assert (window.hits, window.outside) == ([], [])
        assert "a class href" in kinds
        assert kinds <= OF_RESULTS


@pytest.mark.parametrize("number", range(0, WORKS, 7))
def test_titles_are_shown_as_they_are_written(hostile: Sites, number: int) -> None:
    for site in (hostile.built, hostile.plain):
        shown = words((site / "papers" / key(number) / "index.html").read_text(encoding="utf-8"))
        for name in ("Entry.title", "Entry.name", "Record.note", "Result.wording", "Correction.what"):
            text = hostile.texts.lead(name, number) if name == "Entry.title" else hostile.texts(name, number)
            assert " ".join(text.split()) in shown


def test_honest_titles_are_among_them() -> None:
    assert set(HONEST) <= set(HOSTILE)


def test_the_alarm_works(browser: Browser, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE):
        page = f"<!doctype html><title>x</title><p>{text}</p>"
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    caught = 0
    with served(tmp_path) as address, guarded(browser, address) as window:
        for number in range(0, len(HOSTILE), 4):
            window.hits.clear()
            window.outside.clear()
            window.open(f"{number}.html")
            caught += bool(window.hits or window.outside)
    assert caught >= PAYLOADS_THAT_MUST_WORK
