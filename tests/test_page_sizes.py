"""No page grows with the works: what lists many goes on on further pages, and links lead to the right one."""

import re
from pathlib import Path

import pytest

from fixture_kb import added
from rekb.site import SiteSettings, build_site
from rekb.site.pages import combines
from rekb.site.pages.combines import combines_pages
from rekb.site.parts import people
from rekb.site.parts.people import anchors, author_places, fitting, pages_of_letters
from rekb.site.parts.views import Material
from samples import fields, knowledge_base
from test_combines import WHOLE, made

MOST_BYTES = 300_000
"""What a phone loads in a moment."""
SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "")
WORKS = {"Dao, Tri": ("a", "b"), "Dee, Ann": ("a",), "Dix, Bo": ("a",), "Øe, Ann": ("b",), "3D Lab": ("c",)}


def test_every_page_of_the_corpus_is_small(built_site: Path) -> None:
    sizes = {str(page.relative_to(built_site)): page.stat().st_size for page in built_site.rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize(
    ("most", "pages"),
    [
        (1000, [["Dao, Tri", "Dee, Ann", "Dix, Bo"]]),
        (5, [["Dao, Tri", "Dee, Ann"], ["Dix, Bo"]]),
        (4, [["Dao, Tri"], ["Dee, Ann", "Dix, Bo"]]),
        (1, [["Dao, Tri"], ["Dee, Ann"], ["Dix, Bo"]]),
    ],
)
def test_a_page_of_authors_holds_so_many_links(
    monkeypatch: pytest.MonkeyPatch, most: int, pages: list[list[str]]
) -> None:
    monkeypatch.setattr(people, "MOST_LINKS", most)
    assert pages_of_letters(WORKS)["d"] == pages
    assert fitting(WORKS, ["Dao, Tri", "Dee, Ann", "Dix, Bo"]) == pages[0]


def test_where_an_author_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_LINKS", 5)
    assert author_places(pages_of_letters(WORKS)) == {
        "Dao, Tri": "authors/d/#Dao-Tri",
        "Dee, Ann": "authors/d/#Dee-Ann",
        "Dix, Bo": "authors/d/2/#Dix-Bo",
        "Øe, Ann": "authors/o/#Øe-Ann",
        "3D Lab": "authors/other/#3D-Lab",
    }


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Lamp, Ada", "Moth, Bo"], ["Lamp-Ada", "Moth-Bo"]),
        (
            ["Ray Lamp, Ada", "Ray-Lamp, Ada", "Ray, Lamp Ada"],
            ["Ray-Lamp-Ada", "Ray-Lamp-Ada-2", "Ray-Lamp-Ada-3"],
        ),
    ],
)
def test_no_two_authors_of_a_page_have_one_id(names: list[str], ids: list[str]) -> None:
    assert list(anchors(names).values()) == ids


def test_an_author_is_found_on_a_further_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_LINKS", 3)
    twice = ["Dao, Tri", "Dix, Bo"]
    base = knowledge_base({f"dao202{n}x": fields(authors=twice, title=f"Work {n}") for n in (1, 2)})
    pages = {page.path: page for page in build_site(base, SETTINGS).pages}
    assert 'id="Dix-Bo"' not in pages["authors/d/"].body
    assert 'id="Dix-Bo"' in pages["authors/d/2/"].body
    assert 'aria-current="page">2</a>' in pages["authors/d/2/"].body
    assert pages["authors/d/2/"].search is None
    assert 'href="../../authors/d/2/#Dix-Bo"' in pages["papers/dao2021x/"].body


def test_a_matrix_leads_to_the_page_of_its_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combines, "MOST_PAIRS", 1)
    base = made(tmp_path, added("taxonomy/combines.yaml", WHOLE))
    material = Material.of(base)
    pages = combines_pages(material)
    assert len(pages) == len(material.combined.pairs) > 1
    bodies = [page.body for page in pages]
    assert [page.search is not None for page in pages] == [True] + [False] * (len(pages) - 1)
    assert ["rekb-matrix" in body for body in bodies] == [True] + [False] * (len(pages) - 1)
    anchors = set()
    for page, body in zip(pages, bodies, strict=True):
        start = page.path.removeprefix(pages[0].path)
        anchors |= {f"{start}#{anchor}" for anchor in re.findall(r'<li id="([^"]+)"', body)}
    assert len(anchors) == len(pages)
    cells = set(re.findall(r'<td><a href="([^"]*#[^"]+)"', bodies[0]))
    assert cells
    assert {cell.removeprefix("./") for cell in cells} <= anchors
