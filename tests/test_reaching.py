"""How readers reach pages and are reached: tabs, presets, badges, suggestions, changes by month."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from fixture_kb import TILE, configured, copy, replaced
from rekb.loading.loader import load
from rekb.mkdocs.navigation import labels
from rekb.site import SiteSettings, build_site
from rekb.site.facets.questions import preset_views
from rekb.site.parts.suggest import suggest_address
from samples import HOSTILE

SETTINGS = SiteSettings(
    "Lamps", "What it is.", "https://example.org/kb/", "", report_base="https://github.com/a/b/issues/new"
)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(content: bytes) -> ET.Element:
    """Return a drawing that we made."""
    return ET.fromstring(content)  # noqa: S314 - nobody else wrote it


def test_labels_of_pages_at_any_depth() -> None:
    nav = [{"Home": "index.md"}, "bare.md", {"Explore": [{"All works": "explore/index.md"}, "finder.md"]}]
    assert labels(nav) == {"index.md": "Home", "explore/index.md": "All works"}


@pytest.mark.parametrize(
    ("base", "topic", "address"),
    [
        ("", "", ""),
        ("", "systems", ""),
        ("https://h.example/new", "", "https://h.example/new?template=suggest-work.yml"),
        (
            "https://h.example/new",
            "systems/serving",
            "https://h.example/new?template=suggest-work.yml&topics=systems%2Fserving",
        ),
    ],
)
def test_where_a_work_is_suggested(base: str, topic: str, address: str) -> None:
    assert suggest_address(SiteSettings("A", "", "", "", report_base=base), topic) == address


@pytest.mark.parametrize("path", ["", "explore/", "topics/architectures/attention/"])
def test_pages_offer_to_suggest_a_work(tmp_path: Path, path: str) -> None:
    base = load(copy(tmp_path))[0]
    for settings, offered in ((SETTINGS, True), (SiteSettings("Lamps", "", "", ""), False)):
        page = next(page for page in build_site(base, settings).pages if page.path == path)
        assert ("suggest-work.yml" in str(page.body)) is offered


PRESET = """\
presets:
  - title: Kernels
    why: "They need one."
    state: {needs: [custom-kernel]}
  - title: Nobody
    why: "Nothing fits."
    state: {needs: [retraining]}
"""


def test_presets_that_some_work_answers(tmp_path: Path) -> None:
    base = load(copy(tmp_path, configured(PRESET)))[0]
    found = preset_views(base)
    assert [(one.title, one.query) for one in found] == [("Kernels", "needs=custom-kernel")]


def assets(base_: Path, settings: SiteSettings = SETTINGS) -> dict[str, bytes]:
    site = build_site(load(base_)[0], settings)
    return {asset.path: asset.content for asset in site.assets if asset.path.startswith("badges/")}


def test_each_work_has_a_small_badge_and_a_card(tmp_path: Path) -> None:
    made = assets(copy(tmp_path))
    assert {"badges/moth2022tile.svg", "badges/moth2022tile-card.svg"} <= set(made)
    for content in made.values():
        assert len(content) < 1500
        assert parsed(content).tag == f"{SVG}svg"
    badge = parsed(made["badges/moth2022tile.svg"])
    assert [text.text for text in badge.iter(f"{SVG}text")] == ["Tile", "↓ memory"]
    card = [text.text for text in parsed(made["badges/moth2022tile-card.svg"]).iter(f"{SVG}text")]
    assert card[0] == "Tile"
    assert card[-1] == "Lamps"


def test_text_in_a_badge_is_text(tmp_path: Path) -> None:
    name = HOSTILE.replace("\t", " ").replace("'", "''")
    made = assets(copy(tmp_path, replaced(TILE, "name: Tile\n", f"name: '{name}'\n")))
    badge = parsed(made["badges/moth2022tile.svg"])
    assert {element.tag for element in badge.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "clipPath", "rect", "g", "text")
    }


@pytest.mark.parametrize(("url", "shown"), [("https://example.org/kb/", True), ("", False)])
def test_the_text_for_a_readme_has_whole_addresses(tmp_path: Path, url: str, shown: bool) -> None:  # noqa: FBT001 - a row
    base = load(copy(tmp_path))[0]
    site = build_site(base, SiteSettings("Lamps", "", url, ""))
    page = str(next(page for page in site.pages if page.path == "papers/moth2022tile/").body)
    line = f"[![Tile]({url}badges/moth2022tile.svg)]({url}papers/moth2022tile/)"
    assert (line in page) is shown


def test_changes_are_by_month(tmp_path: Path) -> None:
    base = load(copy(tmp_path, replaced(TILE, "added: 2026-11-23", "added: 2026-12-02")))[0]
    page = str(next(page for page in build_site(base, SETTINGS).pages if page.path == "changes/").body)
    assert page.index('id="month-2026-12"') < page.index('id="month-2026-11"')
    assert "<span>1 work added</span>" in page
