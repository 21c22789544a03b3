"""The table of page kinds: build, navigation, new surveys and audits read it, so a kind is one row."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import meta
from mkdocs.commands.build import build
from mkdocs.config import load_config

from fixture_kb import copy
from made_up_page import ROW, TEMPLATE, WORDS, WordsContext
from page_kinds import page_kinds
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.mkdocs.navigation import made
from rekb.scaffold.plan import LICENCES, Plan
from rekb.scaffold.render import scaffold_files
from rekb.site import SiteSettings, build_site
from rekb.site.build import STATIC
from rekb.site.pages.registry import PAGE_KINDS, TABS, pages_of_tab
from rekb.site.templating import environment
from samples import knowledge_base

ROOT = Path(__file__).parents[1]
SETTINGS = SiteSettings("Lamps", "What it is.", "https://example.org/kb/", "")
Row = tuple[str, str, str]
"""A tab, the label of a page there, and its file."""


def placed(nav: list[Any], tab: str = "") -> Iterator[Row]:
    """Yield the pages of a navigation; one without a list of its own is a tab and its page."""
    for part in nav:
        if isinstance(part, str):
            yield tab, "", part
            continue
        for title, below in part.items():
            if isinstance(below, list):
                yield from placed(below, tab or title)
            else:
                yield tab or title, title, below


def rows() -> list[Row]:
    """Return what the table says of the navigation, in order."""
    found = []
    for tab in TABS:
        for place, kind in pages_of_tab(tab):
            found.append((tab, place.label, kind.src_uri))
    return found


def new_survey() -> str:
    """Return the mkdocs.yml of a new survey."""
    address = "https://example.org/kb/"
    day = date(2026, 11, 30)
    plan = Plan("Lamps", "Lit.", address, address, "#123456", LICENCES["CC0-1.0"], "Nobody", "rekb", day)
    return scaffold_files(plan)["mkdocs.yml"]


def test_the_navigation_has_each_kind_at_its_place() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert [next(iter(part)) for part in nav] == list(TABS)
    files = {kind.src_uri for kind in PAGE_KINDS.values() if kind.place}
    assert [row for row in placed(nav) if row[2] in files] == rows()


def test_a_new_survey_has_each_kind_at_its_place() -> None:
    nav = yaml.safe_load(new_survey().partition("\nnav:\n")[2])
    assert [next(iter(part)) for part in nav] == list(TABS)
    files = {kind.src_uri for kind in PAGE_KINDS.values() if kind.place}
    # A tab with one page has no list below it: the page bears the name of the tab.
    found = [(tab, file) for tab, _, file in placed(nav) if file in files]
    assert found == [(tab, file) for tab, _, file in rows()]


@pytest.mark.parametrize("kind", PAGE_KINDS.values(), ids=PAGE_KINDS)
def test_a_row_is_whole(kind: Any) -> None:
    assert PAGE_KINDS[kind.id] is kind
    if kind.place:
        assert kind.place.tab in TABS
        assert kind.path is not None
        # Two pages of one tab at one place would change places when the table is sorted in another way.
        assert sum(place.order == kind.place.order for place, _ in pages_of_tab(kind.place.tab)) == 1
    assert not set(kind.loads) & set(STATIC)


@pytest.mark.parametrize("kind", PAGE_KINDS.values(), ids=PAGE_KINDS)
def test_a_kind_that_may_be_missing_says_when_it_is_there(kind: Any) -> None:
    assert (kind.id in without_works()) is not bool(kind.once)


def without_works() -> set[str]:
    """Return the kinds of pages of a knowledge base with nothing in it."""
    site = build_site(knowledge_base({}), SETTINGS)
    paths = {page.path for page in site.pages}
    # What belongs to works and topics is never missed: no navigation has it.
    return {kind.id for kind in PAGE_KINDS.values() if kind.path is None or kind.path in paths}


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the made-up kind, and its template, as if it were a file."""
    monkeypatch.setitem(PAGE_KINDS, ROW.id, ROW)
    monkeypatch.setitem(vars(environment())["known"], "words.html", environment().from_string(TEMPLATE))


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """Return the made-up knowledge base."""
    return load(copy(tmp_path))[0]


def test_the_template_of_the_guide_uses_what_its_dataclass_names() -> None:
    used = meta.find_undeclared_variables(environment().parse(TEMPLATE)) - {"url"}
    assert used == {field.name for field in fields(WordsContext)}


@pytest.mark.usefixtures("words")
def test_one_row_makes_page_and_file(base: KnowledgeBase) -> None:
    site = build_site(base, SETTINGS)
    (page,) = [page for page in site.pages if page.path == WORDS]
    assert '<a href="../papers/moth2022tile/">Tile</a>' in page.body
    (file,) = [asset for asset in site.assets if asset.path == "downloads/words.txt"]
    assert b"Tile" in file.content.splitlines()


@pytest.mark.usefixtures("words")
def test_one_row_and_a_new_survey_has_it_in_its_navigation() -> None:
    assert "      - One word: words/index.md  # shown once a work has a name of one word\n" in new_survey()


@pytest.mark.usefixtures("words")
def test_one_row_and_the_audit_opens_it() -> None:
    assert page_kinds()["words"] == WORDS


@pytest.mark.usefixtures("words")
def test_the_navigation_leaves_it_out_where_there_is_nothing_to_show(base: KnowledgeBase) -> None:
    nav = [{"Home": "index.md"}, {"Numbers": [{"One word": "words/index.md"}]}]
    assert made(nav, build_site(base, SETTINGS)) == nav
    empty = build_site(knowledge_base({}), SETTINGS)
    assert made(nav, empty) == [{"Home": "index.md"}, {"Numbers": []}]


@pytest.mark.usefixtures("words")
def test_one_row_and_the_site_leads_to_it(tmp_path: Path) -> None:
    root = copy(tmp_path)
    config = new_survey().replace("  - rekb\n", "  - rekb: {cards: false, offline: false}\n")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    (root / "docs" / "assets").mkdir(parents=True)
    for name in ("about.md", "contributing.md", "assets/colours.css"):
        (root / "docs" / name).write_text("", encoding="utf-8")
    loaded = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    # MkDocs keeps a plugin from one build to the next of a process; this begins anew, as its command does.
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    site = root / "site"
    assert "<title>Words" in (site / WORDS / "index.html").read_text(encoding="utf-8")
    assert 'href="../words/"' in (site / "models" / "index.html").read_text(encoding="utf-8")
    assert f"/{WORDS}</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert '"words/"' in (site / "assets/rekb/search/help.json").read_text(encoding="utf-8")
