"""The site part: addresses, prose that stays data, templates that get what they name, hostile data."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from jinja2 import meta

from places import files_of, led_to
from rekb.model import Topic
from rekb.site import SiteSettings, build_site, pages
from rekb.site.pages import coverage
from rekb.site.parts.prose import overview, paragraphs, shortened, text_only
from rekb.site.parts.views import exact_count, human_count, place_label
from rekb.site.templating import environment
from rekb.site.urls import relative
from samples import ENTRIES, knowledge_base
from samples import fields as entry_fields

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "https://example.org/edit/")


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("", "explore/", "explore/"),
        ("", "", "./"),
        ("papers/x/", "", "../../"),
        ("papers/x/", "papers/y/", "../y/"),
        ("papers/x/", "papers/x/", "./"),
        ("papers/x/", "explore/?saves=memory&phase=a/b", "../../explore/?saves=memory&phase=a/b"),
        ("topics/a/b/", "topics/a/", "../"),
        ("downloads/", "downloads/all.bib", "all.bib"),
        ("papers/x/", "topics/a/#works", "../../topics/a/#works"),
    ],
)
def test_relative(source: str, target: str, link: str) -> None:
    assert relative(source, target) == link


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one", "<p>one</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("<b>x</b> & 'y'", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &#39;y&#39;</p>"),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>"),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert paragraphs(text) == html


def cite(key: str) -> tuple[str, str]:
    return (f"<{key}>", f"../{key}/")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* `b`", "<p><em>a</em> <code>b</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "see [@hu2021lora]",
            '<p>see <span class="rekb-cite">[<a href="../hu2021lora/">&lt;hu2021lora&gt;</a>]</span></p>',
        ),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ("[x](JaVaScRiPt:alert)", "<p><a>x</a></p>"),
        ("[x](data:text/html,y)", "<p><a>x</a></p>"),
        ("[x](//example.org)", "<p><a>x</a></p>"),
        ("[x](x 'y' onclick=z)'>)", "<p><a>x</a>'&gt;)</p>"),
        ("[x](javascript:alert(1) 'y')", "<p><a>x</a></p>"),
        ("[x](https://example.org/)", '<p><a href="https://example.org/">x</a></p>'),
        ("<https://example.org/>", "<p>&lt;https://example.org/&gt;</p>"),
        ("<a@example.org>", "<p>&lt;a@example.org&gt;</p>"),
    ],
)
def test_overview_is_a_safe_subset(text: str, html: str) -> None:
    assert overview(text, cite) == html


def test_overview_cites_several_at_once() -> None:
    links = re.findall(r'href="([^"]+)"', overview("x [@a2020b; @c2021d]", cite))
    assert links == ["../a2020b/", "../c2021d/"]


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("one two", 20, "one two"), ("one two three", 9, "one two…"), ("one, two", 5, "one…")],
)
def test_shortened(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (300_000_000_000, "300B"),
        (1_558_000_000, "1.558B"),
        (2_000_000_000_000, "2T"),
        (1_000_000_000, "1B"),
        (125_000_000, "125M"),
        (110_104_890, "110,104,890"),
        (1_000_001_000_000, "1,000,001,000,000"),
        (32_000, "32,000"),
        (0, "0"),
    ],
)
def test_a_large_count_is_short_only_where_nothing_is_lost(number: int, text: str) -> None:
    assert exact_count(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(2_000_000_000_000, "2T"), (1_558_000_000, "1.56B"), (340_000_000, "340M"), (1_000, "1K"), (999, "999")],
)
def test_a_count_as_the_field_writes_it(number: int, text: str) -> None:
    assert human_count(number) == text


PLACES = {
    "models": "Overview",
    "models/language": "Language Foundation Models",
    "models/language/cost": "Cost Analysis",
    "models/language/works": "Representative Models and Downstream Tasks",
    "models/vision": "Vision Foundation Models",
    "models/vision/cost": "Cost Analysis",
    "models/vision/vision": "Vision Transformers",
    "systems": "Systems",
    "systems/cloud": "Serving on Cloud",
    "systems/cloud/memory": "Memory Saving",
    "systems/edge": "Serving on Edge",
    "systems/edge/memory": "Memory Optimization",
    "systems/training": "Distributed Training",
    "systems/training/storage": "Storage",
    "methods": "Methods",
    "methods/pruning": "Pruning",
    "methods/pruning/storage": "Storage",
}


@pytest.mark.parametrize(
    ("topic_id", "label"),
    [
        ("models/language/cost", "Cost Analysis (Language)"),
        ("models/vision/cost", "Cost Analysis (Vision)"),
        ("models/language/works", "Representative Models (Language)"),
        ("models/vision/vision", "Vision Transformers"),
        ("models/vision", "Vision Foundation Models"),
        ("systems/cloud/memory", "Memory Saving (Cloud)"),
        ("systems/edge/memory", "Memory Optimization (Edge)"),
        ("systems/training/storage", "Storage (Distributed Training)"),
        ("methods/pruning/storage", "Storage (Pruning)"),
        ("systems", "Systems"),
        ("not/there", "not/there"),
    ],
)
def test_a_topic_named_outside_its_tree_says_where_it_is(topic_id: str, label: str) -> None:
    topics = {
        name: Topic.model_validate({"title": title, "order": 1, "scope": "Scope."})
        for name, title in PLACES.items()
    }
    assert place_label(replace(knowledge_base({}), topics=topics), topic_id) == label


def test_text_only() -> None:
    assert text_only("A *b* [@hu2021lora; @x2020y]\n`c`") == "A b c"


def contexts() -> list[tuple[str, type[Any]]]:
    """Return each template of a page kind with its dataclass: `HomeContext` is what home.html is given."""
    templates = environment().list_templates()
    found: dict[str, type[Any]] = {}
    for module in pkgutil.iter_modules(pages.__path__):
        for name, value in vars(importlib.import_module(f"rekb.site.pages.{module.name}")).items():
            if name.endswith("Context") and is_dataclass(value):
                template = f"{name.removesuffix('Context').lower()}.html"
                part = f"_{template}"  # a part of a page, drawn on its own
                found[template if template in templates else part] = cast("type[Any]", value)
    return sorted(found.items())


CONTEXTS = contexts()


@pytest.mark.parametrize(("template", "context"), CONTEXTS, ids=[name for name, _ in CONTEXTS])
def test_a_template_uses_exactly_what_its_dataclass_names(template: str, context: type[Any]) -> None:
    source, _, _ = environment().loader.get_source(environment(), template)  # type: ignore[union-attr]
    used = meta.find_undeclared_variables(environment().parse(source)) - {"url"}
    assert used == {field.name for field in fields(context)}


def test_every_page_kind_is_among_them() -> None:
    assert len(CONTEXTS) >= 18
    assert {"home.html", "moved.html", "bibliography.html", "measured.html"} <= dict(CONTEXTS).keys()


@pytest.mark.parametrize(
    ("rows", "text"),
    [((), ""), ((5,), "5"), ((1, 2, 3, 7), "1–3, 7"), ((9, 8, 10, 12, 13), "8–10, 12–13")],
)
def test_row_ranges(rows: tuple[int, ...], text: str) -> None:
    assert coverage.row_ranges(rows) == text


HOSTILE = "<script>alert(1)</script>{{ 7*7 }} \"q\" 'a' & ]]> --> ${x}"


def test_hostile_text_becomes_no_markup() -> None:
    entry = entry_fields(
        title=HOSTILE, name=HOSTILE[:30], authors=[HOSTILE.replace(",", "") + ", X", {"group": HOSTILE}]
    )
    site = build_site(knowledge_base(ENTRIES | {"hostile2022x": entry}), SETTINGS)
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page.body for page in site.pages)
    for page in site.pages:
        assert "<script>alert" not in page.body
        assert "<script>alert" not in page.head
        assert "49" not in page.title


def test_the_site_depends_on_the_data_alone() -> None:
    first = build_site(knowledge_base(ENTRIES), SETTINGS)
    second = build_site(knowledge_base(ENTRIES), SETTINGS)
    # Pages and files are made when they are asked for: what is made of them is compared, not what makes it.
    assert [replace(page, made=page.body) for page in first.pages] == [
        replace(page, made=page.body) for page in second.pages
    ]
    assert [(asset.path, asset.content) for asset in first.assets] == [
        (asset.path, asset.content) for asset in second.assets
    ]
    assert first.navigation == second.navigation


def test_links_of_the_built_site_resolve(built_site: Path) -> None:
    files = files_of(built_site)
    ids: dict[str, set[str]] = {}
    links: dict[str, set[str]] = {}
    for page in sorted(file for file in files if file.endswith(".html")):
        text = (built_site / page).read_text(encoding="utf-8")
        ids[page] = set(re.findall(r'\bid="([^"]+)"', text))
        links[page] = set(re.findall(r'\b(?:href|src)="([^"]*)"', text))
    del links["404.html"]  # its links are whole addresses
    broken = []
    for page, link in ((page, link) for page, own in links.items() for link in own):
        path, _, anchor = link.replace("&amp;", "&").partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = led_to(page, path.partition("?")[0])
        if target not in files or (anchor and target in ids and anchor not in ids[target]):
            broken.append((page, link))
    assert broken == []


def test_the_built_site_names_no_other_host_to_load_from(built_site: Path) -> None:
    loads = re.compile(
        r'<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc="(https?:)?//|<link\b[^>]*rel="(?:stylesheet|preconnect|preload|icon)"[^>]*href="https?://'
    )
    found = [
        str(file) for file in built_site.rglob("*.html") if loads.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
