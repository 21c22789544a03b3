"""Text of data files stays text on the finished page, whatever signs it has, built or materialized."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from commands import python
from fixture_kb import KB
from rekb.site.asmarkdown import markdown_file, settings_text
from rekb.site.themetext import plain_text, theme_meta, theme_nav, theme_text
from shapes import shape, words

ROOT = Path(__file__).parents[1]
HONEST = (
    'Is <b> Bold? & "R&D" it\'s',
    "</title></h1><i>a < b",
    "vector<T> __init__ A | B",
    "[TOC] :smile: {{ page }} {% raw %}",
    "*a* `b` ~~c~~ ==d== ^e^ --8<-- 'x' &amp; &#x41;",
)
"""Texts that are welcome and shown as they are written; every field below has them."""


def field(text: str) -> str:
    return json.dumps(text)


def knowledge_base(root: Path, text: Callable[[str], str]) -> None:
    """Write a small knowledge base in which each kind of data file has its text from `text`."""
    shutil.copytree(KB, root, ignore=shutil.ignore_patterns("papers", "rekb.yaml", "architectures"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    config["nav"] = [{"Home": "index.md"}, {"Topics": "topics/index.md"}, {text("nav"): "about.md"}]
    config |= {"site_name": text("site"), "site_description": text("what it is")}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "docs").mkdir()
    front = f"---\ntitle: {field(text('page'))}\ndescription: {field(text('of the page'))}\n---\n"
    (root / "docs" / "about.md").write_text(f"{front}\n# About\n", encoding="utf-8")
    schema = "# yaml-language-server: $schema="
    level = {"label": text("level"), "audience": "for all", "entry": {"fewest": 1, "most": 90}}
    level |= {"topic": {"fewest": 1, "most": 90}}
    more = {"label": "More", "audience": "for some"}
    rekb = {
        "lead": text("lead"),
        "levels": {"plain": level, "more": level | more},
        "licence": {"name": text("licence"), "url": "https://example.org/l"},
        "facets": {"saves": {"title": text("saves"), "help": text("help")}},
        "questions": [{"title": text("question"), "why": text("why"), "state": {"saves": ["memory"]}}],
    }
    (root / "rekb.yaml").write_text(f"{schema}docs/schema/config.json\n{json.dumps(rekb)}", encoding="utf-8")
    venues = [{"id": "imaginary", "name": text("venue"), "short": text("short"), "kind": "journal"}]
    file = root / "taxonomy" / "venues.yaml"
    file.write_text(f"{schema}../docs/schema/venues.json\n{json.dumps({'venues': venues})}", encoding="utf-8")
    for facet in ("Memory", "Latency"):
        file = root / "taxonomy" / "facets.yaml"
        old = file.read_text(encoding="utf-8")
        file.write_text(old.replace(f"label: {facet},", f"label: {field(text(facet))},"), encoding="utf-8")
    topic = {"title": text("topic"), "order": 1, "scope": text("scope")}
    for name in ("caching", "_topic"):
        file = root / "taxonomy" / "topics" / "systems" / "serving" / f"{name}.yaml"
        head = file.read_text(encoding="utf-8").split("\n")[0]
        levels = {"plain": text(f"overview of {name}"), "more": f"The other level of {name} is Markdown."}
        file.write_text(
            f"{head}\n{json.dumps(topic | {'title': text(name), 'summary': levels})}", encoding="utf-8"
        )
    entry = {
        "title": text("Title"),
        "name": text("name"),
        "kind": "paper",
        "authors": [f"Words {text('family')[:100]}, A.", {"group": f"Words {text('group')}"}],
        "records": [{"venue": "imaginary", "year": 2022, "volume": text("volume"), "note": text("note")}],
        "topics": ["systems/serving/caching"],
        "effects": [{"resource": "memory", "phase": "training", "change": "saves", "how": text("how")}],
        "summary": {"plain": text("plain"), "more": text("more")},
        "added": "2026-11-23",
        "exempt": [{"rule": "key-mismatch", "reason": "it is made up"}],
    }
    file = root / "papers" / "2022" / "moth2022tile.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(f"{schema}../../docs/schema/entry.json\n{json.dumps(entry)}", encoding="utf-8")


def made(root: Path, *command: str) -> None:
    done = python(root, "-m", *command)
    assert done.returncode == 0, done.stderr


def pages(root: Path, text: Callable[[str], str]) -> dict[str, str]:
    """Return the finished pages of a knowledge base, by name: built, and materialized and then built."""
    knowledge_base(root, text)
    made(root, "rekb", "build", "--no-strict")
    made(root, "rekb", "materialize", "plain")
    made(root / "plain", "mkdocs", "build", "--quiet")
    found = {}
    for folder in (root / "site", root / "plain" / "site"):
        for file in sorted(folder.rglob("*.html")):
            found[file.relative_to(root).as_posix()] = file.read_text(encoding="utf-8")
    return found


def test_honest_text_is_shown_as_written_and_adds_no_element(tmp_path: Path) -> None:
    harmless = pages(tmp_path / "harmless", lambda name: f"Words of {name}")
    honest = " ".join(HONEST)
    found = pages(tmp_path / "honest", lambda name: f"{honest} of {name}")
    assert set(found) == set(harmless)
    for name, page in found.items():
        assert elements(page) == elements(harmless[name]), name
    for site in ("site", "plain/site"):
        page = words(found[f"{site}/papers/moth2022tile/index.html"])
        for part in ("Title", "name", "how", "volume", "plain", "more", "caching", "site", "group"):
            assert f"{honest} of {part}" in page, (site, part)


def elements(page: str) -> Counter[str]:
    """Return the elements of a page; of the text in drawings, how many lines it takes is its own affair."""
    return Counter({kind: count for kind, count in shape(page).items() if not kind.startswith("text ")})


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ('say "x"', "say &quot;x&quot;"),
        ("it's", "it's"),
        ("&amp;", "&amp;amp;"),
        ("", ""),
    ],
)
def test_theme_text(text: str, html: str) -> None:
    assert theme_text(text) == html
    assert theme_text(theme_text(text)) == html
    assert plain_text(theme_text(text)) == text


def test_front_matter_and_navigation_are_given_as_html() -> None:
    meta = {"title": "<b>", "description": "a & b", "hide": ["toc"], "tags": 3, "rekb_head": "<link>"}
    assert theme_meta(meta) == meta | {"title": "&lt;b&gt;", "description": "a &amp; b"}
    nav = ["index.md", {"A & B": [{"<i>": "x.md"}, "y.md"]}]
    assert theme_nav(nav) == ["index.md", {"A &amp; B": [{"&lt;i&gt;": "x.md"}, "y.md"]}]
    assert theme_nav(None) is None


TRICKY = "---\n...\n'a': \"b\" # c\u2028\x85\ud7ff {{ x }} \\n \U0001f600"


def test_settings_are_read_as_they_were_written() -> None:
    value = {
        "a": TRICKY,
        TRICKY: [theme_text(TRICKY), 1, True, None],
        "no": "no",
        "n": "1_0",
        "d": "2026-01-01",
    }
    text = settings_text(value)
    assert yaml.safe_load(text) == value
    assert not any(line.startswith(("---", "...")) for line in text.splitlines())


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<div>\n<p>a</p>\n\n</div>", "<div>\n<p>a</p>\n</div>"),
        ("<div>\n```\n</div>", "<div> ```\n</div>"),
        ("<div><pre>a\n```\n\n# b\n</pre>\n</div>", "<div><pre>a&#10;```&#10;&#10;# b&#10;</pre>\n</div>"),
        ('<div><a\n  href="../x.md">y</a></div>', '<div><a href="../x.md.txt">y</a></div>'),
    ],
)
def test_no_line_of_a_body_begins_with_a_text(body: str, lines: str) -> None:
    assert markdown_file({"title": "x"}, body) == f"---\ntitle: x\n---\n\n{lines}\n"
