"""A build of what the last build left, made from the same: nothing is read or made, and nothing is stale."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build

from fixture_kb import KB, TILE
from rekb.cli.commands import site as command
from rekb.mkdocs import whole

Change = Callable[[Path], object]
PAGE = "docs/guide.md"


@pytest.fixture(autouse=True)
def time_stands_still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small knowledge base with a guide."""
    folder = tmp_path / "kb"
    shutil.copytree(KB, folder)
    (folder / "docs").mkdir(exist_ok=True)
    (folder / PAGE).write_text("# Guide\n\nText.\n", encoding="utf-8")
    settings(folder)
    return folder


def settings(root: Path, *more: str) -> None:
    lines = ["site_name: A", "plugins: [search, rekb]", "theme: {name: material, font: false}"]
    lines += ["site_url: https://example.org/kb/", "repo_url: https://github.com/example/kb", *more]
    (root / "mkdocs.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def builds(root: Path, monkeypatch: pytest.MonkeyPatch, **how: Any) -> int:
    """Build once more; return how often MkDocs was run."""
    runs: list[str] = []
    plain = build

    def counted(*given: Any) -> None:
        runs.append("")
        plain(*given)

    with monkeypatch.context() as patch:
        patch.setattr(command, "mkdocs_build", counted)
        assert command.build(root, **how) == 0
    return len(runs)


def edited(file: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def touched(root: Path) -> None:
    os.utime(root / TILE)


def linked(root: Path) -> None:
    (root / "site" / "index.html").unlink()
    (root / "site" / "index.html").symlink_to(root / PAGE)


def written_alike(root: Path) -> None:
    """Write other bytes of the same length into a page."""
    page = root / "site" / "index.html"
    page.write_bytes(b"x" * page.stat().st_size)


CHANGES: list[tuple[str, Change, int]] = [
    ("nothing", lambda _: None, 0),
    ("a file is as it was, and younger", touched, 0),
    ("a work", edited(TILE, "name: Tile", "name: Tiles"), 1),
    ("a page by hand", edited(PAGE, "Text", "Words"), 1),
    ("a new page by hand", lambda root: (root / "docs/new.md").write_text("# N\n", encoding="utf-8"), 1),
    ("the name of the site", edited("mkdocs.yml", "site_name: A", "site_name: B"), 1),
    ("a page of the site", written_alike, 1),
    ("a page of the site is gone", lambda root: (root / "site/index.html").unlink(), 1),
    ("a page of the site is a link", linked, 1),
    ("a file more in the site", lambda root: (root / "site/papers/x.txt").write_text("x"), 1),
    ("a folder more in the site", lambda root: (root / "site/papers/x").mkdir(), 1),
    ("no site", lambda root: shutil.rmtree(root / "site"), 1),
]


@pytest.mark.parametrize(("change", "runs"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_mkdocs_runs_where_something_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Change, runs: int
) -> None:
    assert builds(root, monkeypatch) == 1
    change(root)
    assert builds(root, monkeypatch) == runs
    assert builds(root, monkeypatch) == 0


HOW: list[tuple[str, dict[str, bool], int]] = [
    ("everything is asked for", {"clean": True}, 1),
    ("with the copy", {"offline": True}, 1),
    ("warnings allowed", {"strict": False}, 0),
]


@pytest.mark.parametrize(("how", "runs"), [row[1:] for row in HOW], ids=[row[0] for row in HOW])
def test_what_is_asked_for_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, bool], runs: int
) -> None:
    assert builds(root, monkeypatch) == 1
    assert builds(root, monkeypatch, **how) == runs


def other_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_installed", lambda: ["other-2.dist-info"])


def other_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")


def other_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "ground_of", lambda _: "other")


@pytest.mark.parametrize("change", [other_version, other_time, other_ground])
def test_what_is_around_a_knowledge_base_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[pytest.MonkeyPatch], None]
) -> None:
    assert builds(root, monkeypatch) == 1
    change(monkeypatch)
    assert builds(root, monkeypatch) == 1


UNTOLD = [
    "markdown_extensions: [pymdownx.snippets]",
    "markdown_extensions: [mdx_of_somebody]",
    "hooks: [hook.py]",
]


@pytest.mark.parametrize("setting", UNTOLD)
def test_what_cannot_be_told_is_built_each_time(
    root: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    for name in ("hook.py", "mdx_of_somebody.py"):
        (root / name).write_text("from markdown.extensions.tables import makeExtension\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    settings(root, setting)
    assert [builds(root, monkeypatch) for _ in range(2)] == [1, 1]


def test_warnings_are_shown_by_each_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(PAGE, "Text", "[Text](nowhere.md)")(root)
    assert [builds(root, monkeypatch, strict=False) for _ in range(2)] == [1, 1]


def test_a_change_during_a_build_is_seen_by_the_next(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (root / PAGE).read_text(encoding="utf-8")
    plain = build

    def with_a_change(*given: Any) -> None:
        (root / PAGE).write_text("# Other\n", encoding="utf-8")
        plain(*given)

    with monkeypatch.context() as patch:
        patch.setattr(command, "mkdocs_build", with_a_change)
        assert command.build(root) == 0
    (root / PAGE).write_text(before, encoding="utf-8")
    assert builds(root, monkeypatch) == 1
    assert "Text." in (root / "site" / "guide" / "index.html").read_text(encoding="utf-8")


def test_notes_of_another_form_are_none(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert builds(root, monkeypatch) == 1
    (note,) = (tmp_path / "cache").rglob("*.whole")
    note.write_bytes(b"\xff")
    assert builds(root, monkeypatch) == 1
