"""A build that keeps what would be as it is: the same bytes as from nothing, and no page too many made."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from fixture_kb import CACHING, KB, TILE
from rekb.cli.commands import site as command
from rekb.mkdocs import unchanged
from rekb.mkdocs.plugin import RekbPlugin
from rekb.mkdocs.shell import Shells
from rekb.mkdocs.unchanged import Unchanged, digest_of, stamp_of
from rekb.site import Asset, Page

Change = Callable[[Path], object]
LARDER = "papers/2021/cachecrew2021larder.yaml"
NEW = "papers/2022/moth2022brick.yaml"
NEW_ENTRY = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: Brick by Brick
kind: paper
authors: ["Moth, Ada"]
records: [{venue: arxiv, year: 2022, month: 6, arxiv: "2206.99992"}]
topics: [systems/serving/caching]
added: 2026-11-24
"""
ENTRY_PAGE = "papers/moth2022tile/index.html"
MADE_EACH_TIME = {"downloads/index.html"}
"""The page that tells how large the offline copy is."""


NAV = "[{Home: index.md}, {Explore: explore/index.md}, {Topics: topics/index.md}, {Guide: guide.md}]"


@pytest.fixture(autouse=True)
def time_stands_still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small knowledge base with a guide and the usual settings."""
    folder = tmp_path / "kb"
    shutil.copytree(KB, folder)
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "guide.md").write_text("# Guide\n\nText.\n\n```\na\n\n   b\n```\n", encoding="utf-8")
    (folder / "docs" / "other.md").write_text("# Other\n\nText.\n", encoding="utf-8")
    settings(folder)
    return folder


def settings(root: Path, **changes: Any) -> None:
    given = {"site_name": "A", "plugins": "[search, rekb]", "theme": "{name: material, font: false}"}
    given |= {"nav": NAV} | changes
    lines = [f"{name}: {value}" for name, value in given.items()]
    lines += ["site_url: https://example.org/kb/", "repo_url: https://github.com/example/kb"]
    (root / "mkdocs.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def replaced(file: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def tree(site: Path) -> dict[str, bytes]:
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in site.rglob("*") if f.is_file()}


def from_nothing(root: Path, room: Path) -> dict[str, bytes]:
    """Return the site that a build from nothing makes of the same."""
    shutil.copytree(root, room, ignore=shutil.ignore_patterns("site"))
    assert command.build(room, strict=False, clean=True, offline=True) == 0
    return tree(room / "site")


def built(root: Path, monkeypatch: pytest.MonkeyPatch) -> Unchanged:
    """Build; return what stayed of the site before."""
    seen: list[Unchanged] = []

    def noted(*given: Any, **more: Any) -> Unchanged:
        seen.append(Unchanged(*given, **more))
        return seen[-1]

    monkeypatch.setattr(command, "Unchanged", noted)
    assert command.build(root, strict=False, offline=True) == 0
    return seen[-1]


def new_pages(root: Path, before: dict[str, bytes]) -> set[str]:
    """Return the pages whose bytes are others than before."""
    return {
        name
        for name, page in tree(root / "site").items()
        if name.endswith(".html") and before.get(name) != page
    }


def added(root: Path) -> None:
    (root / NEW).write_text(NEW_ENTRY, encoding="utf-8")


def renamed_page(root: Path) -> None:
    (root / "docs/other.md").rename(root / "docs/another.md")


def with_template(root: Path) -> None:
    (root / "theme" / "partials").mkdir(parents=True)
    (root / "theme" / "partials" / "copyright.html").write_text("<p>{{ page.url }}</p>", encoding="utf-8")
    settings(root, theme="{name: material, font: false, custom_dir: theme}")


def with_icon(root: Path) -> None:
    (root / "icons" / ".icons").mkdir(parents=True)
    icon = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    (root / "icons" / ".icons" / "own.svg").write_text(icon, encoding="utf-8")
    settings(root, theme="{name: material, font: false, custom_dir: icons, icon: {logo: own}}")


TABS = "{name: material, font: false, features: [navigation.tabs]}"
CHANGES: list[tuple[str, Change]] = [
    ("nothing", lambda _: None),
    ("a word of an entry", replaced(TILE, "and Small", "and Tiny")),
    ("a summary", replaced(TILE, "In this invented work", "In this made-up work")),
    ("a number", replaced(TILE, "value: 15", "value: 16")),
    ("an effect", replaced(TILE, "only a tile of it", "but a tile of it")),
    ("a short name", replaced(TILE, "name: Tile", "name: Tiles")),
    ("a tie", replaced(TILE, "builds-on, entry: moth2020sparse", "extends, entry: moth2020sparse")),
    ("a title that a number of another work names", replaced(LARDER, '"Larder"', '"Larder Two"')),
    ("an author", replaced(TILE, "van Nowhere", "van Somewhere")),
    ("a word of data", replaced("taxonomy/facets.yaml", "label: Memory", "label: Store")),
    ("a topic", replaced(CACHING, "Keeping what", "Keeping all that")),
    (
        "a topic's title",
        replaced(CACHING, "title: Caching", "title: New Caching"),
    ),
    ("a venue", replaced("taxonomy/venues.yaml", "Journal of Imaginary", "Journal of New")),
    ("a new entry", added),
    ("an entry gone", lambda root: (root / NEW).unlink()),
    ("a guide", replaced("docs/guide.md", "Text", "Words")),
    ("a guide's title", replaced("docs/guide.md", "# Guide", "# Guides")),
    ("a page elsewhere", renamed_page),
    ("the site's name", lambda root: settings(root, site_name="B")),
    ("the navigation", lambda root: settings(root, nav="[{Home: index.md}, {Guide: guide.md}]")),
    (
        "a feature of the theme",
        lambda root: settings(root, theme="{name: material, font: false, features: [navigation.tabs]}"),
    ),
    ("an icon of one's own", with_icon),
    ("another icon", replaced("icons/.icons/own.svg", "M0 0", "M1 1")),
    ("a template of one's own", with_template),
    ("another template", replaced("theme/partials/copyright.html", "<p>", "<p class=x>")),
    ("no offline copy", lambda root: settings(root, plugins="[search, {rekb: {offline: false}}]")),
    ("as at first", settings),
]


def test_after_any_change_the_site_is_as_from_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(root, monkeypatch)
    for number, (name, change) in enumerate(CHANGES):
        change(root)
        built(root, monkeypatch)
        wanted = from_nothing(root, tmp_path / f"clean{number}")
        found = tree(root / "site")
        assert found.keys() == wanted.keys(), name
        assert {file for file in found if found[file] != wanted[file]} == set(), name


def test_only_what_changed_is_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(root, monkeypatch)
    assert first.stayed == set()
    pages = {name for name in tree(root / "site") if name.endswith(".html")} - {"404.html"}
    again = built(root, monkeypatch)
    assert pages - again.stayed == MADE_EACH_TIME
    assert "downloads/offline.zip" in again.stayed
    for change in (
        replaced(TILE, "In this invented work", "In this made-up work"),
        replaced("docs/guide.md", "Text", "Words"),
        replaced(CACHING, "Keeping what", "Keeping all that"),
    ):
        before = tree(root / "site")
        change(root)
        made = pages - built(root, monkeypatch).stayed
        assert made == new_pages(root, before) | MADE_EACH_TIME


def test_the_theme_is_rendered_for_what_changed_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    plain = Shells._plain  # noqa: SLF001 - what is counted is how often the template is rendered

    def counted(self: Shells, template: Any, context: Any) -> str:
        rendered.append(context["page"].url)
        return plain(self, template, context)

    monkeypatch.setattr(Shells, "_plain", counted)
    built(root, monkeypatch)
    first = len(rendered)
    rendered.clear()
    replaced("docs/guide.md", "Text", "Words")(root)
    built(root, monkeypatch)
    ones = [url for url in rendered if "rekbshell" not in url]
    assert ones == ["downloads/", "guide/"]  # the first says how large the offline copy is
    assert len(rendered) < first / 2


def to_link(site: Path) -> None:
    (site / ENTRY_PAGE).unlink()
    (site / ENTRY_PAGE).symlink_to("/etc/hostname")


def to_folder(site: Path) -> None:
    (site / ENTRY_PAGE).unlink()
    (site / ENTRY_PAGE).mkdir()


def to_copy(site: Path) -> None:
    shutil.copytree(site, site.with_name("b"))
    shutil.rmtree(site)
    site.with_name("b").rename(site)


def asked_for(monkeypatch: pytest.MonkeyPatch, kind: type, made: str, name: str) -> list[str]:
    """Return the field `name` of each that is asked for what it makes, as it is asked."""
    asked: list[str] = []
    plain = vars(kind)[made].fget
    assert plain

    def noted(self: object) -> object:
        asked.append(getattr(self, name))
        return plain(self)

    monkeypatch.setattr(kind, made, property(noted))
    return asked


def test_no_body_is_made_while_the_data_are_as_they_were(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_for(monkeypatch, Page, "body", "path")
    built(root, monkeypatch)
    assert len(asked) > 10
    asked.clear()
    replaced("docs/guide.md", "Text", "Words")(root)
    built(root, monkeypatch)
    assert asked == ["downloads/"]
    asked.clear()
    replaced(CACHING, "Keeping what", "Keeping all that")(root)
    built(root, monkeypatch)
    assert len(asked) > 10


GIANT = "papers/2023/solo2023giant.yaml"
WITHOUT_GIANT = {
    "papers/cachecrew2021larder/",
    "papers/cachecrew2023larder/",
    "topics/systems/",
    "topics/systems/serving/",
    "topics/systems/serving/caching/",
}
"""Pages of works and topics that say nothing of the giant, and are not like it."""


def test_only_bodies_of_what_changed_are_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = vars(Page)["body"].fget
    assert plain

    def counted(self: Page) -> str:
        if self.reads:
            asked.append(self.path)
        return str(plain(self))

    monkeypatch.setattr(Page, "body", property(counted))
    built(root, monkeypatch)
    every = set(asked)
    for change, made in (
        (replaced(GIANT, "A Giant, Described", "A Giant, Told"), every - WITHOUT_GIANT),
        (replaced(GIANT, "added: 2026", "# a remark\nadded: 2026"), set()),
    ):
        asked.clear()
        change(root)
        built(root, monkeypatch)
        assert set(asked) == made
        assert len(asked) == len(made)
    asked.clear()
    added(root)
    built(root, monkeypatch)
    assert set(asked) > every  # the works that there are stand behind all


def test_only_files_of_what_changed_are_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root, monkeypatch)
    asked = asked_for(monkeypatch, Asset, "content", "work")
    for change, works in (
        (replaced(TILE, "In this invented work", "In this made-up work"), {"moth2022tile"}),
        (replaced(LARDER, '"Larder"', '"Larder Two"'), {"cachecrew2021larder", "moth2022tile"}),
    ):
        asked.clear()
        change(root)
        built(root, monkeypatch)
        assert set(filter(None, asked)) == works


TOUCHED: list[tuple[str, Change]] = [
    ("other bytes", lambda site: (site / ENTRY_PAGE).write_text("x", encoding="utf-8")),
    ("gone", lambda site: (site / ENTRY_PAGE).unlink()),
    ("a folder", to_folder),
    ("a link", to_link),
    ("a stray file", lambda site: (site / "papers" / "stray.html").write_text("x", encoding="utf-8")),
    ("a copy", to_copy),
]


@pytest.mark.parametrize(("name", "touch"), TOUCHED)
def test_what_somebody_touched_is_made_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, touch: Change
) -> None:
    built(root, monkeypatch)
    wanted = tree(root / "site")
    touch(root / "site")
    built(root, monkeypatch)
    assert tree(root / "site") == wanted, name


def other_version(name: str) -> str:
    return f"{name} of tomorrow"


def test_nothing_stays_on_other_ground(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root, monkeypatch)
    monkeypatch.setattr(unchanged, "version", other_version)
    assert built(root, monkeypatch).stayed == set()
    assert built(root, monkeypatch).stayed != set()
    (root / "hook.py").write_text(
        "def on_post_page(output, **_): return output + '<!-- h -->'\n", encoding="utf-8"
    )
    settings(root, hooks="[hook.py]")
    assert built(root, monkeypatch).stayed == set()
    assert b"<!-- h -->" in (root / "site" / ENTRY_PAGE).read_bytes()
    assert built(root, monkeypatch).stayed == set()


def test_the_old_site_is_not_written_into(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root, monkeypatch)
    copy = root.with_name("linked")
    shutil.copytree(root / "site", copy, copy_function=os.link)
    before = tree(copy)
    replaced(TILE, "and Small", "and Tiny")(root)
    built(root, monkeypatch)
    assert tree(copy) == before


@pytest.mark.parametrize("notes", ["", "[]", "{}", '{"ground": 1}', "\udcff", "[" * 99999])
def test_notes_that_cannot_be_read_are_none(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: str
) -> None:
    built(root, monkeypatch)
    wanted = tree(root / "site")
    (file,) = (tmp_path / "cache" / "rekb" / "sites").iterdir()
    file.write_text(notes, encoding="utf-8", errors="surrogateescape")
    assert built(root, monkeypatch).stayed == set()
    assert tree(root / "site") == wanted


def test_a_digest_stands_for_its_parts_alone() -> None:
    rows = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc")]
    assert len({digest_of(*row) for row in rows}) == len(rows)
    assert digest_of("é") == digest_of("é".encode())


def test_only_files_have_stamps(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert stamp_of(str(tmp_path / "a"))
    assert [stamp_of(str(tmp_path / name)) for name in ("b", "c", ".")] == [None, None, None]


def test_a_build_by_mkdocs_itself_makes_the_same_pages(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(root, monkeypatch)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "by-mkdocs"))
    config.plugins.on_startup(command="build", dirty=False)
    assert isinstance(config.plugins["rekb"], RekbPlugin)
    build(config)
    assert tree(tmp_path / "by-mkdocs") == tree(root / "site")


def test_a_file_is_written_unless_the_old_one_stays(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "same.html").write_bytes(b"same")
    stamp = stamp_of(str(old / "same.html"))
    assert stamp is not None
    site = Unchanged(old, new, ground="code", known={"same.html": (digest_of(b"same"), stamp)})
    site.write("same.html", b"same")
    site.write("a/other.html", b"other")
    assert site.stayed == {"same.html"}
    assert (new / "same.html").samefile(old / "same.html")
    assert (new / "a/other.html").read_bytes() == b"other"
