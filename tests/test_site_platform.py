"""What stands around the pages: policy, previews, feeds, guides for programs, the repository's host."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from mkdocs.utils import get_theme_dir
from PIL import Image

from rekb.kb import KnowledgeBase
from rekb.kb.documents import short_forms
from rekb.model import Config
from rekb.site import SiteSettings, build_site
from rekb.site.outputs.cards import FONTS, SIZE, Card, draw, wrapped
from rekb.site.outputs.offline import Links, named_file, offline_page
from rekb.site.outputs.policy import (
    UnknownScriptError,
    inline_scripts,
    script_hash,
    theme_scripts,
    with_policy,
)
from rekb.site.repository import edit_base, report_base
from samples import ENTRIES, knowledge_base
from samples import fields as entry_fields

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "", report_base="https://x.org/new")


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<script>a()</script>", ("a()",)),
        ("<script>a()</script><script>a()</script>", ("a()",)),
        ('<script type="module">a()</script>', ("a()",)),
        ('<script src="x.js"></script>', ()),
        ('<script type="application/ld+json">{}</script>', ()),
        ('<script id="c" type="application/json">{}</script>', ()),
    ],
)
def test_inline_scripts(html: str, scripts: tuple[str, ...]) -> None:
    assert inline_scripts(html) == scripts


def test_a_script_is_named_by_its_hash() -> None:
    # the example that the specification gives
    assert script_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_the_policy_is_before_anything_is_loaded() -> None:
    page = with_policy('<head><meta charset="utf-8"><link href="x.css"><script>a()</script></head>', ("a()",))
    assert page.index("Content-Security-Policy") < page.index("x.css")
    assert script_hash("a()") in page


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("<html><head lang=en><title>", "<html><head lang=en>"),
        ("<!doctype html><p>", "<!doctype html>"),
        ("words", ""),
    ],
)
def test_a_page_without_a_character_set_gets_its_policy_too(page: str, start: str) -> None:
    made = with_policy(page, ())
    assert made.startswith(f"{start}\n      <meta http-equiv")
    assert made.endswith(page.removeprefix(start))


@pytest.mark.parametrize(
    ("script", "known"),
    [
        ('scope("../..",x)', True),
        ('scope("/rekb/",x)', True),
        ('scope("https://example.org/a-b/",x)', True),
        ('scope("",alert(1),"",x)', False),
        ('scope("\\u0022,alert(1),",x)', False),
        ('scope("../..",x);alert(1)', False),
        ("alert(1)", False),
        ("", False),
    ],
)
def test_only_what_the_theme_ships_may_run(script: str, known: bool) -> None:  # noqa: FBT001 - a row's answer
    page = f"<head><script>{script}</script></head>"
    templates = ('scope("{{ config.extra.scope | d(base_url) }}",x)', "other()")
    if known:
        assert script_hash(script) in with_policy(page, templates)
    else:
        with pytest.raises(UnknownScriptError, match="an inline script that the theme does not ship"):
            with_policy(page, templates)


THEME_SCRIPTS = {
    "sha256-IpdNNvFSYNvqPDLWBa7CGTGUQvL/HHVdRg+lV/6yC/I=": '"undefined"!=typeof __md_analytics&&__md',
    "sha256-y9l/ox7WzDlkrPJYqzPN2dxt0NU+wDGMOB2hkyeaGG8=": '__md_scope=new URL("{{ config.extra.scop',
    "sha256-9ChIAAKN75rWq24H2Mmr9gI/GpsodcMr+O6ModX+TBg=": "function __md_analytics(){function e(){d",
    "sha256-13LFhE8qFVoZq4DF8NRxOU/d6KvS//wpzJxrBIUP2wA=": 'if("undefined"!=typeof __md_analytics){v',
    "sha256-OQfXfBx48mWMT++xwMuKTK+eZkee2urOZcbB4hP0cQc=": 'var consent=__md_get("__consent");if(con',
    "sha256-5EHb3eWgUBuZUnu0Q9hodd97GgLtFd937Ze0yCNOS3A=": 'var el=document.querySelector("[data-md-',
    "sha256-iep/WKIW7iO8+9EG7d1bOlvZKztrHs1fBGW/DEnAxVc=": 'var el=document.querySelector("[data-md-',
    "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=": 'var palette=__md_get("__palette");if(pal',
    "sha256-10uztYJZm7OLYtHrFaYKCvTOAUfjM17+CoEWk5hLcc4=": 'var tabs=__md_get("__tabs");if(Array.isA',
    "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=": "var target=document.getElementById(locat",
    "sha256-lxp1lEl5IbA5I4nH4W+k87hncKRwh/dBxHEgdYiRLhQ=": 'window.location.replace(["{{ page.meta.l',
}
"""The inline scripts of the theme, by hash; look at what has changed before changing these."""


def test_the_scripts_of_the_theme_are_the_known_ones() -> None:
    scripts = theme_scripts(Path(get_theme_dir("material")))
    assert {script_hash(text).strip("'"): text[:40] for text in scripts} == THEME_SCRIPTS


@pytest.mark.parametrize(
    ("repository", "edit", "report"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/edit/main/", "https://github.com/a/b/issues/new"),
        ("https://gitlab.com/a/b/", "https://gitlab.com/a/b/-/edit/main/", ""),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_edit/main/", ""),
        ("https://git.example.org/a/b", "", ""),
        ("javascript:github.com", "", ""),
        ("", "", ""),
    ],
)
def test_where_a_host_has_its_forms(repository: str, edit: str, report: str) -> None:
    assert (edit_base(repository, "main"), report_base(repository)) == (edit, report)


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Key-Value Cache", ("KV Cache", "KVC")),
        ("Mixture-of-Experts", ("MoE", "ME")),
        ("Neural Architecture Search", ("NAS",)),
        ("Quantization", ()),
        ("Sparse Attention", ()),
    ],
)
def test_short_forms(title: str, forms: tuple[str, ...]) -> None:
    assert short_forms(title) == forms


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one two three", 3, ["one two", "three"]),
        ("one two three four", 1, ["one two…"]),
        ("unbreakable", 2, ["unbreaka"]),
        ("", 2, []),
    ],
)
def test_wrapped(text: str, most: int, lines: list[str]) -> None:
    assert wrapped(text, lambda line: len(line) <= 8, most) == lines


def test_a_card_is_drawn_alike_each_time() -> None:
    card = Card("Site", "Ré, Łukasz & ñandú", "A title " * 40, "Foot")
    first, second = draw(card, FONTS), draw(card, FONTS)
    image = Image.open(io.BytesIO(first))
    assert first == second
    assert (image.format, image.size) == ("PNG", SIZE)
    assert len(first) < 60_000


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../x/", "../x/index.html"),
        ("../..", "../../index.html"),
        ("./", "./index.html"),
        ("all.bib", "all.bib"),
        ("https://example.org/", "https://example.org/"),
        ("", ""),
    ],
)
def test_named_file(address: str, file: str) -> None:
    assert named_file(address) == file


def test_an_offline_page_leads_to_the_site_for_what_is_not_there() -> None:
    page = '<a href="../a/">a</a><a href="../b/#x">b</a><a href="#y">y</a>'
    made = offline_page(
        page, "papers/k/index.html", Links(frozenset({"papers/a/index.html"}), "https://s.org/")
    )
    assert re.findall('href="([^"]+)"', made) == ["../a/index.html", "https://s.org/papers/b/#x", "#y"]


def files_of(base: KnowledgeBase) -> dict[str, str]:
    site = build_site(base, SETTINGS)
    return {asset.path: asset.content.decode(errors="replace") for asset in site.assets}


def test_feeds_have_what_readers_ask_for() -> None:
    files = files_of(knowledge_base(ENTRIES))
    feeds = [path for path in files if path.endswith("feed.xml")]
    assert len(feeds) > 1
    for path in feeds:
        root = ET.fromstring(files[path])  # noqa: S314 - our own file
        assert root.tag == f"{ATOM}feed"
        for part in (root, *root.findall(f"{ATOM}entry")):
            assert all(part.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated")), path
        ids = [part.findtext(f"{ATOM}id") for part in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) > 0
    # The whole has a JSON Feed as well.
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    whole = ET.fromstring(files["feed.xml"])  # noqa: S314 - our own file
    assert [one["id"] for one in feed["items"]] == [
        one.findtext(f"{ATOM}id") for one in whole.findall(f"{ATOM}entry")
    ]
    assert all(one["content_text"] for one in feed["items"])


def test_the_guide_has_the_form_of_llmstxt() -> None:
    lines = files_of(knowledge_base(ENTRIES))["llms.txt"].splitlines()
    assert lines[0] == "# Name"
    assert lines[2] == "> What it is."
    below = lines[lines.index("## Data") :]
    assert all(re.fullmatch(r"|## .+|- \[[^]]+\]\(https://[^)\s]+\)(: .+)?", line) for line in below)


def test_the_whole_text_names_the_licence_of_the_knowledge_base() -> None:
    licence = {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}
    base = replace(knowledge_base(ENTRIES), config=Config.model_validate({"licence": licence}))
    made = {asset.path: asset.content for asset in build_site(base, SETTINGS).assets}
    text = made["llms-full.txt"].decode()
    assert f"Facts and texts are under {licence['name']}: {licence['url']}\n" in text
    assert "CC BY" not in text


def test_robots_are_given_the_sitemap() -> None:
    robots = files_of(knowledge_base(ENTRIES))["robots.txt"].splitlines()
    assert robots == ["User-agent: *", "Allow: /", "Sitemap: https://example.org/kb/sitemap.xml"]


def test_a_mistake_is_reported_with_title_and_key_filled_in() -> None:
    base = knowledge_base({"a2022b": entry_fields(title="A & B? #1")})
    body = next(page.body for page in build_site(base, SETTINGS).pages if page.path == "papers/a2022b/")
    link = re.search(r'href="(https://x\.org/new[^"]+)">Report a mistake', body)
    assert link
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert query["template"] == ["correct-fact.yml"]
    assert query["entry"] == ["a2022b"]
    assert "A & B? #1" in query["title"][0]


def test_the_sitemap_names_every_page_and_no_redirect(built_site: Path) -> None:
    places = re.findall(r"<loc>([^<]+)</loc>", (built_site / "sitemap.xml").read_text(encoding="utf-8"))
    there = {
        file.parent.relative_to(built_site).as_posix().removeprefix(".")
        for file in built_site.rglob("index.html")
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")
    }
    assert {urlsplit(place).path.removeprefix("/rekb/").rstrip("/") for place in places} == there


def test_an_entrys_page_announces_its_formats(built_site: Path) -> None:
    page = (built_site / "papers" / "dao2022flashattention" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"', page)
    formats = [link.removeprefix("../dao2022flashattention") for link in links if link.startswith("../dao")]
    assert formats == [".bib", ".ris", ".csl.json", ".json", ".md"]
    for link in links:
        assert (built_site / "papers" / "dao2022flashattention" / link).resolve().is_file(), link
    tags = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter|citation)[^"]+)" content="([^"]*)">', page)
    )
    assert tags["og:type"] == "article"
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["citation_pdf_url"] == "https://arxiv.org/pdf/2205.14135"
    assert (built_site / urlsplit(tags["og:image"]).path.removeprefix("/rekb/")).is_file()
    assert 'class="Z3988"' not in page
