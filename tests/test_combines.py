"""What combines with what: from the file to the pages and the file for programs."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fixture_kb import Change, added, copy
from rekb.edit.format import format_text
from rekb.kb import KnowledgeBase
from rekb.kb.combining import combinations
from rekb.loading.loader import load
from rekb.model.combines import Combination, CombinesSource
from rekb.site import SiteSettings, build_site
from rekb.site.parts.combining import pair_verdict, verdict_view
from rule_rows import COMBINES, STACKED

SETTINGS = SiteSettings("Lamps", "What it is.", "https://example.org/kb/", "")
ATTENTION = "architectures/attention"
CACHING = "systems/serving/caching"
TILE = "moth2022tile"
WHOLE = (Path(__file__).parent / "fixtures" / "combines.yaml").read_text(encoding="utf-8")
"""Three pairs: one of which sources differ, one from a paper, one of which the day is not known."""


def made(tmp_path: Path, *changes: Change) -> KnowledgeBase:
    """Return the fixture knowledge base with these changes."""
    return load(copy(tmp_path, *changes))[0]


def bodies(base: KnowledgeBase) -> dict[str, str]:
    """Return the pages of a site by address."""
    return {page.path: str(page.body) for page in build_site(base, SETTINGS).pages}


@pytest.mark.parametrize(
    ("url", "pinned"),
    [
        ("https://github.com/a/b/blob/0a1b2c3/docs/x.md", True),
        ("https://github.com/a/b/blob/182b75ea84ff13ece27b57391331ef8935410aea/x.md", True),
        ("https://github.com/a/b/tree/v5.23.0/src", True),
        ("https://github.com/a/b/blob/v0.5.10.post1/x.py", True),
        ("https://github.com/a/b/blob/1.2/x.py", True),
        ("https://github.com/a/b/blob/main/docs/0a1b2c3/x.md", False),
        ("https://github.com/a/b/blob/release-1.2/x.md", False),
        ("https://docs.example.org/latest/x", False),
        ("https://github.com/a/b/blob/0a1b2c/x.md", False),
    ],
)
def test_an_address_is_pinned_by_a_commit_or_a_release(url: str, pinned: bool) -> None:  # noqa: FBT001 - a row
    source = CombinesSource(id="x", runtime="X", version="1", what="a page", url=url)
    assert source.pinned is pinned


@pytest.mark.parametrize(
    "changes",
    [
        {"paper": TILE},
        {"source": None},
        {"pair": (ATTENTION,)},
        {"pair": (ATTENTION, TILE, CACHING)},
        {"verdict": "maybe"},
        {"note": None},
        {"runtime": "Lamp"},
    ],
    ids=str,
)
def test_a_statement_has_two_ends_a_verdict_a_note_and_one_source(changes: dict[str, Any]) -> None:
    right = {"pair": (ATTENTION, TILE), "verdict": "works", "source": "lamp-docs", "note": "Both."}
    Combination.model_validate(right)
    with pytest.raises(ValidationError):
        Combination.model_validate(right | changes)


def test_pairs_are_unordered_and_keep_every_source(tmp_path: Path) -> None:
    held = combinations(made(tmp_path, added(COMBINES, WHOLE)))
    assert [(pair, [row.verdict for row in rows]) for pair, rows in held.pairs.items()] == [
        ((ATTENTION, TILE), ["works", "conflicts"]),
        ((ATTENTION, CACHING), ["alternative"]),
        ((TILE, CACHING), ["partly"]),
    ]
    assert held.partners[TILE] == ((ATTENTION, TILE), (TILE, CACHING))


@pytest.mark.parametrize(
    ("pair", "hardware", "word"),
    [
        ((TILE, CACHING), {}, "partly"),
        ((ATTENTION, CACHING), {"fog-docs": "Lamp cards"}, "either or, on Lamp cards"),
        ((ATTENTION, TILE), {"lamp-docs": "Lamp cards"}, "sources differ"),
        ((ATTENTION, TILE), dict.fromkeys(("lamp-docs", "dusk-docs"), "Dusk"), "sources differ, on Dusk"),
    ],
)
def test_a_verdict_names_the_hardware_that_all_its_pages_are_about(
    tmp_path: Path, pair: tuple[str, str], hardware: dict[str, str], word: str
) -> None:
    text = WHOLE
    for source, name in hardware.items():
        text = text.replace(f"id: {source},", f"id: {source}, only_on: {name},")
    held = combinations(made(tmp_path, added(COMBINES, text)))
    assert pair_verdict(held, pair).word == word
    assert verdict_view("works", "Dusk").word == "works on Dusk"


@pytest.mark.parametrize(
    ("pair", "together", "old"),
    [
        ((ATTENTION, TILE), "disagree", [False, True]),
        ((TILE, CACHING), "partly", [False]),
        ((ATTENTION, CACHING), "alternative", [True]),
    ],
)
def test_what_sources_say_together_and_which_are_old(
    tmp_path: Path, pair: tuple[str, str], together: str, old: list[bool]
) -> None:
    held = combinations(made(tmp_path, added(COMBINES, WHOLE)))
    assert held.newest == date(2026, 1, 2)
    assert held.together(pair) == together
    assert [held.is_old(row) for row in held.pairs[pair]] == old


@pytest.mark.parametrize(("day", "old"), [("2025-11-03", False), ("2025-11-02", True)])
def test_a_page_is_old_after_sixty_days(tmp_path: Path, day: str, old: bool) -> None:  # noqa: FBT001 - a row
    held = combinations(made(tmp_path, added(COMBINES, WHOLE.replace("2025-11-02", day))))
    assert held.is_old(held.pairs[ATTENTION, TILE][1]) is old


def test_what_names_nothing_here_is_left_out(tmp_path: Path) -> None:
    text = STACKED.replace("moth2022tile", "moth2022tyle")
    base = made(tmp_path, added(COMBINES, text))
    assert combinations(base).pairs == {}
    assert "combines/" not in bodies(base)


def test_without_the_file_nothing_shows(tmp_path: Path) -> None:
    base = made(tmp_path)
    site = build_site(base, SETTINGS)
    assert "combines/" not in {page.path for page in site.pages}
    assert "data/combines.json" not in {asset.path for asset in site.assets}
    assert not any("What combines" in str(page.body) for page in site.pages)


def test_the_matrix_shows_word_and_sign_and_marks_what_is_old(tmp_path: Path) -> None:
    body = bodies(made(tmp_path, added(COMBINES, WHOLE)))["combines/"]
    table = re.sub(r"<[^>]+>", " ", body.partition("<table")[2].partition("</table>")[0])
    words = " ".join(table.split())
    assert words.endswith("Attention Tile Tile ≠ sources differ Caching ⇄ either or old ◐ partly")
    for anchor in re.findall(r'href="#([^"]+)"', body):
        assert f'id="{anchor}"' in body


def test_pages_of_works_and_topics_tell_what_they_go_with(tmp_path: Path) -> None:
    found = bodies(made(tmp_path, added(COMBINES, WHOLE)))
    work = found[f"papers/{TILE}/"]
    assert work.index('id="goes-with"') < work.index("Both at once.") < work.index('id="rather-than"')
    assert work.index('id="rather-than"') < work.index("Refused.")
    assert "https://example.org/lamp/blob/0a1b2c3/docs.md" in work
    topic = found[f"topics/{CACHING}/"]
    assert 'id="goes-with"' in topic
    assert "no date" in topic
    sibling = found["papers/moth2020sparse/"]
    assert "What is said of its topics in general" in sibling
    assert 'id="goes-with"' not in sibling


def test_notes_are_text(tmp_path: Path) -> None:
    found = bodies(made(tmp_path, added(COMBINES, WHOLE)))
    for path in ("combines/", f"papers/{TILE}/"):
        assert "&lt;b&gt;bold&lt;/b&gt; {{ 7 * 7 }} &amp; `x`" in found[path]
        assert "<b>bold" not in found[path]


def test_the_file_for_programs(tmp_path: Path) -> None:
    site = build_site(made(tmp_path, added(COMBINES, WHOLE)), SETTINGS)
    content = next(asset.content for asset in site.assets if asset.path == "data/combines.json")
    data = json.loads(content)
    assert (data["schema_version"], data["newest"], len(data["combines"])) == (1, "2026-01-02", 4)
    assert data["combines"][0] == {
        "pair": [ATTENTION, TILE],
        "verdict": "works",
        "source": {
            "id": "lamp-docs",
            "runtime": "Lamp",
            "version": "1.2",
            "what": "feature table",
            "url": "https://example.org/lamp/blob/0a1b2c3/docs.md",
            "on": "2026-01-02",
        },
        "note": "Both at once.",
        "old": False,
    }


def test_the_canonical_form_has_a_row_on_a_line() -> None:
    spread = (
        "# yaml-language-server: $schema=../docs/schema/combines.json\ncombines:\n"
        "  - note: Both.\n    verdict: works\n    paper: moth2022tile\n"
        "    pair:\n      - architectures/attention\n      - moth2022tile\n"
    )
    result = format_text(spread.encode(), COMBINES)
    assert result.text == (
        "# yaml-language-server: $schema=../docs/schema/combines.json\ncombines:\n"
        "  - {pair: [architectures/attention, moth2022tile], verdict: works, paper: moth2022tile, "
        'note: "Both."}\n'
    )


def test_what_this_base_says(base: KnowledgeBase) -> None:
    held = combinations(base)
    assert len(held.pairs) >= 150
    assert sum(len(rows) > 1 for rows in held.pairs.values()) >= 40
    for row in base.combines.combines:
        assert row.paper is None or row.paper in row.pair
    shown = {held.part for matrix in base.combines.matrices for held in matrix.parts}
    assert shown <= set(held.partners)
