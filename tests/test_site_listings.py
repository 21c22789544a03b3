"""Listings, authors, changes, redirects, feeds and files for programs, on small knowledge bases."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from in_node import in_node
from rekb.kb import KnowledgeBase
from rekb.site import Page, Site, SiteSettings, build_site
from rekb.site.outputs.machine import entry_files
from rekb.site.pages.explore_data import works as explore_works
from rekb.site.pages.listings import MOST_ROWS
from rekb.site.parts.groups import GroupView, divided
from rekb.site.parts.views import Material, RowView
from samples import fields, knowledge_base, sample_base

SETTINGS = SiteSettings("A & B", "What it is.", "https://example.org/kb/", "")
MEMORY = {"resource": "memory", "phase": "inference", "change": "saves", "how": "by magic"}
SPENDS = {"resource": "quality", "phase": "inference", "change": "costs", "how": "some is lost"}
BASE = knowledge_base(
    {
        "dao2022flashthing": fields(effects=[MEMORY, SPENDS], requires=[], hardware=["mobile"]),
        "oe2021other": fields(
            title="Other & <more>",
            authors=["Dao, Tri", "Øe, Ann", {"group": "3D Lab"}],
            records=[{"venue": "icml", "year": 2021}, {"venue": "csur", "year": 2023}],
            requires=["fine-tuning"],
            modalities=["vision"],
            formerly=["oe2021old"],
            corrections=[{"on": "2026-11-25", "what": "The venue was wrong."}],
        ),
    }
)


def site(base: KnowledgeBase = BASE, settings: SiteSettings = SETTINGS) -> Site:
    """Return the site of a small knowledge base."""
    return build_site(base, settings)


def page(path: str) -> Page:
    """Return one page of the sample site."""
    return next(p for p in site().pages if p.path == path)


def works(body: str) -> list[str]:
    """Return the links to works of a page, in order."""
    return re.findall(r'href="[./]*papers/([a-z0-9]+)/"', body)


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("resources/memory/", ["dao2022flashthing"]),
        ("resources/quality/", ["dao2022flashthing"]),
        ("phases/inference/", ["dao2022flashthing"]),
        ("needs/fine-tuning/", ["oe2021other"]),
        ("needs/nothing/", ["dao2022flashthing"]),
        ("hardware/mobile/", ["dao2022flashthing"]),
        ("data/vision/", ["oe2021other"]),
        ("venues/icml/", ["oe2021other"]),
        ("venues/csur/", ["oe2021other"]),
        ("venues/arxiv/", ["dao2022flashthing"]),
        ("years/2021/", ["oe2021other"]),
        ("years/2022/", ["dao2022flashthing"]),
        ("authors/", ["dao2022flashthing", "oe2021other"]),
        ("authors/d/", ["dao2022flashthing", "oe2021other"]),
        ("authors/o/", ["oe2021other"]),
        ("authors/other/", ["oe2021other"]),
        ("changes/", ["dao2022flashthing", "oe2021other", "oe2021other", "oe2021other"]),
    ],
)
def test_what_a_listing_holds(path: str, listed: list[str]) -> None:
    assert works(page(path).body) == listed


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("years/2021/", ['href="../"', 'rel="next" href="../2022/"']),
        ("years/2022/", ['rel="prev" href="../2021/"', 'href="../"']),
        ("venues/icml/", ['rel="prev" href="../csur/"', 'href="../"', 'rel="next" href="../arxiv/"']),
        ("phases/inference/", []),
    ],
)
def test_a_listing_leads_to_its_neighbours(path: str, links: list[str]) -> None:
    found = re.search(r'<nav class="rekb-neighbours".*?</nav>', page(path).body, re.DOTALL)
    assert re.findall(r"<a ([^>]*)>", found[0] if found else "") == links


@pytest.mark.parametrize(
    ("path", "sentence", "times"),
    [("years/", "Works first public in", 0), ("venues/", "ACM Computing Surveys", 1)],
)
def test_a_sentence_that_says_the_same_of_each_listing_is_left_out(
    path: str, sentence: str, times: int
) -> None:
    assert page(path).body.count(sentence) == times


def test_explore_fetches_whole_reasons_by_resource() -> None:
    assert json.loads(asset("assets/rekb/reasons/memory.json")) == {
        "inference": {"dao2022flashthing": "by magic"}
    }
    assert json.loads(asset("assets/rekb/reasons/quality.json")) == {}


def test_explore_fetches_all_works_as_columns() -> None:
    found = json.loads(asset("assets/rekb/works.json"))
    assert found["keys"] == [0, "oe2021other"]
    assert found["titles"][1] == found["names"][1] or found["names"][1] == len(found["titles"][1])
    needs = found["facets"]["needs"]
    assert [[needs["words"][word] for word in row] for row in needs["rows"]] == [["nothing"], ["fine-tuning"]]
    assert found["needs"] == [["fine-tuning", "fine-tuning"]]
    assert found["saves"] == [["memory", "↓ memory"]]
    assert "rows" not in found["facets"]["topic"]
    assert len(found["topics"]["rows"]) == 2


def test_the_script_finds_the_keys_that_the_columns_say() -> None:
    base = sample_base()
    found = explore_works(Material.of(base))
    assert {type(key) for key in found["keys"]} == {int, str}  # type: ignore[attr-defined] # a list
    program = "return given.keys.map((_, place) => rekb.workkeys.keyAt(given, place, given.year[place]));"
    read = in_node(["workkeys.js"], program, found)
    assert sorted(read) == sorted(base.entries)


def test_words_without_works_have_no_listing() -> None:
    paths = {p.path for p in site().pages}
    assert not {"resources/latency/", "phases/training/", "needs/custom-kernel/", "years/2023/"} & paths


@pytest.mark.parametrize(
    ("path", "number"),
    [("venues/icml/", 1), ("topics/architectures/", 2), ("authors/", 2), ("authors/o/", 1), ("explore/", 2)],
)
def test_a_listing_is_read_by_zotero(path: str, number: int) -> None:
    assert page(path).body.count('class="Z3988" title="ctx_ver=Z39.88-2004&amp;') == number


def test_the_explore_page_finds_what_zotero_reads_of_each_work() -> None:
    known = json.loads(asset("downloads/coins.json"))
    assert sorted(known) == ["dao2022flashthing", "oe2021other"]
    assert all(text.startswith("ctx_ver=Z39.88-2004&") for text in known.values())


def test_a_former_key_leads_on() -> None:
    moved = page("papers/oe2021old/")
    assert 'http-equiv="refresh" content="0; url=../oe2021other/"' in moved.head
    assert works(moved.body.replace("../oe2021other/", "papers/oe2021other/")) == ["oe2021other"]


def asset(path: str) -> bytes:
    """Return the bytes of one asset of the sample site."""
    return next(a.content for a in site().assets if a.path == path)


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_atom_feed() -> None:
    feed = ET.fromstring(asset("feed.xml"))  # noqa: S314 - our own output
    assert feed.findtext(f"{ATOM}title") == "A & B"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-25T00:00:00Z"
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}id") for e in entries] == [
        "https://example.org/kb/papers/oe2021other/",
        "https://example.org/kb/papers/dao2022flashthing/",
    ]
    assert entries[0].findtext(f"{ATOM}title") == "Other & <more> (Dao et al., 2021)"


def test_the_atom_feed_of_a_topic() -> None:
    feed = ET.fromstring(asset("topics/architectures/attention/feed.xml"))  # noqa: S314 - our own output
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/kb/topics/architectures/attention/feed.xml"
    assert len(feed.findall(f"{ATOM}entry")) == 2


def test_the_json_feed() -> None:
    feed = json.loads(asset("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.org/kb/feed.json"
    assert [item["date_modified"][:10] for item in feed["items"]] == ["2026-11-25", "2026-11-24"]


def test_without_an_address_there_are_no_feeds() -> None:
    bare = site(settings=SiteSettings("A", "B", "", ""))
    assert not [a.path for a in bare.assets if "feed" in a.path]
    assert "feed" not in next(p for p in bare.pages if p.path == "changes/").body


def test_the_files_of_a_work() -> None:
    links = entry_files("oe2021other")
    assert [link.path for link in links] == [
        "papers/oe2021other.bib",
        "papers/oe2021other.ris",
        "papers/oe2021other.csl.json",
        "papers/oe2021other.json",
        "papers/oe2021other.md",
    ]
    assert b"@article{oe2021other," in asset(links[0].path)
    assert [e["key"] for e in json.loads(asset(links[3].path))["entries"]] == ["oe2021other"]


def test_the_guide_for_programs() -> None:
    text = asset("llms.txt").decode()
    assert text.startswith("# A & B\n\n> What it is.\n")
    assert "- [Serving & (more)](https://example.org/kb/topics/systems/serving/): Answering requests." in text


@pytest.mark.parametrize(
    ("groups", "most", "pieces"),
    [
        ([], 3, [[]]),
        ([3], 3, [[(0, 3, 0)]]),
        ([2, 1], 3, [[(0, 2, 0), (0, 1, 0)]]),
        ([2, 2], 3, [[(0, 2, 0), (0, 1, 1)], [(1, 1, 0)]]),
        ([7], 3, [[(0, 3, 4)], [(3, 3, 1)], [(6, 1, 0)]]),
        ([3, 3], 3, [[(0, 3, 0)], [(0, 3, 0)]]),
    ],
)
def test_long_listings_are_divided(
    groups: list[int], most: int, pieces: list[list[tuple[int, int, int]]]
) -> None:
    row = site_rows()[0]
    given = [GroupView("", "", (row,) * length) for length in groups]
    found = [[(g.before, len(g.rows), g.after) for g in piece] for piece in divided(given, most)]
    assert found == pieces


def site_rows() -> tuple[RowView, ...]:
    """Return the works of the sample as listings show them."""
    return Material.of(BASE).listed(BASE.entries)


def many(count: int) -> KnowledgeBase:
    """Return a knowledge base of so many works with the same effect and topic."""
    return knowledge_base({f"dao2022w{number}": fields(effects=[MEMORY]) for number in range(count)})


def test_each_work_is_on_one_page_of_a_long_listing() -> None:
    base = many(MOST_ROWS + 10)
    pages = [p for p in site(base).pages if p.path.startswith("phases/inference/")]
    assert [p.path for p in pages] == ["phases/inference/", "phases/inference/2/"]
    found = [work for p in pages for work in works(p.body)]
    assert sorted(found) == sorted(base.entries)
    assert "page 2" in pages[1].title
    assert pages[1].search is None


def test_pages_do_not_grow_with_the_works() -> None:
    sizes = {page.path: len(page.body) for page in site(many(700)).pages}
    assert {path for path, size in sizes.items() if size > 270_000} <= {"explore/"}
