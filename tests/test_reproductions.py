"""What others got who measured a number again: words, table rows, the page, the number's card."""

import sqlite3
from pathlib import Path

import pytest

from fixture_kb import KB, TILE, copy, replaced
from rekb.exports.sqlite import sqlite_file
from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import has_reproductions, reproductions
from rekb.loading.loader import load
from rekb.site.build import build_site
from rekb.site.page import SiteSettings
from rekb.site.pages.measured import measured_page
from rekb.site.parts.views import Material

KEY = "moth2022tile"
SOURCE = 'source: {url: "https://example.org/tile/issues/3", kind: issue}'
OTHER = "source: {record: arxiv, entry: moth2020sparse, kind: table}"


def measured_again(*reproductions: str) -> str:
    """Return the text of a list of reproductions that stands before the relations."""
    return "reproductions:\n" + "".join(f"  - {text}\n" for text in reproductions) + "relations:\n"


def one(result: str, outcome: str, *more: str, source: str = SOURCE) -> str:
    """Return one reproduction as a file has it."""
    fields = (f"result: {result}", f"outcome: {outcome}", *more, source, "on: 2024-05-01")
    return "\n    ".join(fields)


DIFFERS = one("training-speed-up", "differs", "value: 4")
EXPLAINED = one("training-speed-up", "explained", 'why: "Another <kernel> & seed."', source=OTHER)
CONFIRMED = one("memory-reduction-imaginary-1b", "confirmed")
IN_GB = one("memory-reduction-imaginary-1b", "differs", "value: 1.5", "unit: GB")


def with_reproductions(root: Path, *reproductions: str) -> KnowledgeBase:
    """Return the made-up knowledge base with reproductions in one entry."""
    base, _ = load(copy(root, replaced(TILE, "relations:\n", measured_again(*reproductions))))
    return base


def test_nobody_measured_again_where_no_file_says_so() -> None:
    base, _ = load(KB)
    assert list(reproductions(base)) == []
    assert not has_reproductions(base)
    assert "reproductions/" not in {
        page.path for page in build_site(base, SiteSettings("T", "", "", "")).pages
    }


@pytest.mark.parametrize(
    ("reproduction", "row"),
    [
        (DIFFERS, ("training-speed-up", "differs", 4, "%", None, "issue", None)),
        (
            EXPLAINED,
            (
                "training-speed-up",
                "explained",
                None,
                None,
                "Another <kernel> & seed.",
                "table",
                "moth2020sparse",
            ),
        ),
        (CONFIRMED, ("memory-reduction-imaginary-1b", "confirmed", None, None, None, "issue", None)),
        (IN_GB, ("memory-reduction-imaginary-1b", "differs", 1.5, "GB", None, "issue", None)),
    ],
)
def test_the_table_of_reproductions(tmp_path: Path, reproduction: str, row: tuple[object, ...]) -> None:
    base = with_reproductions(tmp_path, reproduction)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_file(base, (KEY,)))
    columns = "result_id, outcome, value, unit, why, source_kind, source_entry"
    assert connection.execute(f"SELECT {columns} FROM reproductions").fetchall() == [row]  # noqa: S608
    assert connection.execute("SELECT told FROM reproductions").fetchall() == [("2024-05-01",)]


@pytest.mark.parametrize(
    ("reproduction", "card"),
    [
        (DIFFERS, "Measured again</strong>: 4 %"),
        (EXPLAINED, "Explained</strong>: Another &lt;kernel&gt; &amp; seed."),
        (CONFIRMED, "Confirmed</strong> "),
        (IN_GB, "Measured again</strong>: 1.5 GB"),
    ],
)
def test_it_is_beside_its_number(tmp_path: Path, reproduction: str, card: str) -> None:
    pages = {
        page.path: page.body
        for page in build_site(
            with_reproductions(tmp_path, reproduction), SiteSettings("T", "", "", "")
        ).pages
    }
    assert card in pages[f"papers/{KEY}/"]
    assert pages[f"papers/{KEY}/"].count("rekb-again__one ") == 1


def test_the_page_lists_them_by_outcome(tmp_path: Path) -> None:
    base = with_reproductions(tmp_path, DIFFERS, EXPLAINED, CONFIRMED)
    pages = {page.path: page.body for page in build_site(base, SiteSettings("T", "", "", "")).pages}
    body = pages["reproductions/"]
    assert "3 numbers of 1 work" in body
    outcomes = [f'id="outcome-{name}"' for name in ("explained", "differs", "confirmed")]
    assert [body.count(outcome) for outcome in outcomes] == [1, 1, 1]
    assert sorted(outcomes, key=body.index) == outcomes
    assert f"papers/{KEY}/#result-training-speed-up" in body
    assert "reproductions/" in measured_page(Material.of(base)).body
