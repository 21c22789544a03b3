"""Pages that are made when they are asked for: after any change the same bytes as from a new build."""

import gzip
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from rekb.mkdocs.plugin import RekbPlugin
from rekb.mkdocs.serving import Builder
from test_shell import bare_taxonomy, work

Change = Callable[[Path], None]
SCHEMA = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"


class Answers:
    """What a builder tells the server."""

    built = False
    fault = ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a knowledge base of four works in one topic."""
    folder = tmp_path / "kb"
    bare_taxonomy(folder)
    kept = {"_topic.yaml", "vit-specific.yaml"}
    for part in (folder / "taxonomy" / "topics").iterdir():
        if part.name != "architectures":
            shutil.rmtree(part)
    for part in (folder / "taxonomy" / "topics" / "architectures").iterdir():
        if part.is_dir():
            shutil.rmtree(part)
        elif part.name not in kept:
            part.unlink()
    (folder / "docs").mkdir()
    (folder / "docs" / "guide.md").write_text("# Guide\n\nText.\n", encoding="utf-8")
    for number in range(1, 5):
        write(folder, number)
    settings(folder, "A")
    return folder


def write(root: Path, number: int, **changes: Any) -> None:
    file = root / "papers" / "2022" / f"doe2022work{number}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    content = work(number) | {"title": f"Work{number} and more"} | changes
    file.write_text(SCHEMA + json.dumps(content), encoding="utf-8")


def settings(root: Path, name: str) -> None:
    (root / "mkdocs.yml").write_text(
        f"site_name: {name}\nsite_url: https://example.org/kb/\ntheme: {{name: material, font: false}}\n"
        "plugins: [search, rekb]\nnav: [{Home: index.md}, {Topics: topics/index.md}, {Guide: guide.md}]\n",
        encoding="utf-8",
    )


def loaded(root: Path, site: Path) -> MkDocsConfig:
    config: MkDocsConfig = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    return config


def anew(root: Path, site: Path) -> Builder:
    """Return a builder that knows nothing from before, after its first build."""
    config = loaded(root, site)
    plugin = config.plugins["rekb"]
    assert isinstance(plugin, RekbPlugin)
    plugin.on_startup(command="serve", dirty=False)
    builder = Builder()
    builder.server = Answers()  # type: ignore[assignment] # all that a builder needs of it
    builder.build(lambda: config)
    assert builder.server.fault == ""
    return builder


def everything(builder: Builder) -> dict[str, bytes]:
    """Ask for every page and file; return them by their place."""
    assert builder.plugin
    demand = builder.plugin.demand
    assert demand
    for name in (*demand.pages, *demand.assets):
        demand.make(name)
    site = Path(demand.config.site_dir)
    found = {}
    for file in site.rglob("*"):
        name = file.relative_to(site).as_posix()
        if file.is_file() and (file.suffix != ".html" or name in served(builder)):
            found[name] = file.read_bytes()
    return found


def served(builder: Builder) -> set[str]:
    """Return the pages that there are now: hand-written ones, and ours."""
    assert builder.plugin
    assert builder.plugin.demand
    return {*builder.plugin.demand.pages, "guide/index.html", "404.html"}


def topic_file(root: Path) -> Path:
    return root / "taxonomy" / "topics" / "architectures" / "vit-specific.yaml"


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def renamed(root: Path) -> None:
    (root / "papers" / "2022" / "doe2022work2.yaml").unlink()
    write(root, 2, formerly=["doe2022old"])


CHANGES: list[tuple[str, Change, int]] = [
    ("nothing", lambda _: None, 0),
    ("a word of an entry", lambda root: write(root, 1, title="Work1 and less"), 0),
    ("a topic's scope", lambda root: replaced(topic_file(root), "scope: ", "scope: Now "), 0),
    ("a topic's title", lambda root: replaced(topic_file(root), "title: ", "title: New "), 1),
    ("a new entry", lambda root: write(root, 9), 1),
    ("an entry gone", lambda root: (root / "papers/2022/doe2022work3.yaml").unlink(), 1),
    ("a former key", renamed, 1),
    ("a guide", lambda root: replaced(root / "docs/guide.md", "Text", "Other"), 1),
    ("the site's name", lambda root: settings(root, "Other"), 1),
    (
        "the vocabulary",
        lambda root: replaced(root / "taxonomy/facets.yaml", "label: ", "label: New "),
        0,
    ),
]


def test_after_any_change_all_is_as_from_a_new_build(root: Path, tmp_path: Path) -> None:
    builder = anew(root, tmp_path / "first")
    everything(builder)
    for number, (name, change, builds) in enumerate(CHANGES):
        change(root)
        before = builder.builds
        builder.again(partial(loaded, root, site_of(builder)))
        assert builder.server.fault == "", name
        assert builder.builds - before == builds, name
        found = everything(builder)
        builder = anew(root, tmp_path / f"new{number}")
        wanted = everything(builder)
        assert found.keys() == wanted.keys(), name
        assert {place for place in found if found[place] != wanted[place]} == set(), name


def site_of(builder: Builder) -> Path:
    assert builder.plugin
    assert builder.plugin.demand
    return Path(builder.plugin.demand.config.site_dir)


def test_only_what_is_asked_for_is_made(root: Path, tmp_path: Path) -> None:
    builder = anew(root, tmp_path / "site")
    assert builder.plugin
    assert builder.plugin.demand
    assert builder.plugin.demand.made == set()
    builder.make("papers/doe2022work1/index.html")
    builder.make("papers/doe2022work1/index.html")
    builder.make("guide/index.html")
    builder.make("../kb/mkdocs.yml")
    assert builder.plugin.demand.made == {"papers/doe2022work1/index.html"}
    write(root, 1, title="Work1 and less")
    builder.again(lambda: loaded(root, tmp_path / "site"))
    assert builder.plugin.demand.made == set()


def test_a_fault_leaves_the_last_right_state(root: Path, tmp_path: Path) -> None:
    builder = anew(root, tmp_path / "site")
    wanted = everything(builder)
    write(root, 1, titel="x")
    builder.again(lambda: loaded(root, tmp_path / "site"))
    assert "did you mean `title`?" in builder.server.fault
    assert everything(builder) == wanted
    write(root, 1)
    builder.again(lambda: loaded(root, tmp_path / "site"))
    assert builder.server.fault == ""
    assert everything(builder) == wanted
    assert builder.builds == 1


def test_the_sitemap_names_every_page_while_serving(root: Path, tmp_path: Path) -> None:
    builder = anew(root, tmp_path / "site")
    builder.make("sitemap.xml")
    first = (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert builder.plugin
    assert builder.plugin.demand
    pages = [name for name in builder.plugin.demand.pages if name != "index.html"]
    assert all(
        f"/kb/{name.removesuffix('index.html')}</loc>" in first for name in (*pages, "guide/index.html")
    )
    assert "papers/doe2022work1/</loc><lastmod>2026-11-24<" in first
    write(root, 1, added="2026-11-25")
    builder.again(partial(loaded, root, tmp_path / "site"))
    builder.make("sitemap.xml")
    builder.make("sitemap.xml.gz")
    second = (tmp_path / "site" / "sitemap.xml").read_bytes()
    assert b"papers/doe2022work1/</loc><lastmod>2026-11-25<" in second
    assert gzip.decompress((tmp_path / "site" / "sitemap.xml.gz").read_bytes()) == second
