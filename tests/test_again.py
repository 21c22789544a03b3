"""A check that judges only changed works finds what a check of everything finds, whatever changed."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import SPARSE, TILE, added, copy, moved, removed, replaced
from rekb.checks import RULES, again
from rekb.checks.registry import Reads
from rekb.cli.commands import validate as command
from rekb.cli.commands.validate import Wanted, validate
from rekb.loading import stamps
from rule_rows import ROWS

Change = Callable[[Path], object]
KINDS = ("papers", "taxonomy")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "_now", lambda: 2**63)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of runs that read all files."""
    runs: list[Path] = []
    plain = command._checked  # noqa: SLF001 - what is counted is how often everything is read

    def counted(root: Path, wanted: Wanted) -> object:
        runs.append(root)
        return plain(root, wanted)

    monkeypatch.setattr(command, "_checked", counted)
    return runs


def said(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    validate(root, Wanted(form="json"))
    return capsys.readouterr().out


def said_cold(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a run says that remembers nothing, and leave what is remembered as it is."""
    (tmp_path / "cache").rename(tmp_path / "aside")
    text = said(root, capsys)
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "aside").rename(tmp_path / "cache")
    return text


def restore(root: Path, before: Path) -> None:
    """Let the data be as in another folder, writing only what differs."""
    for kind in KINDS:
        shutil.rmtree(root / kind)
        shutil.copytree(before / kind, root / kind)
    for name in ("rekb.yaml",):
        (root / name).unlink(missing_ok=True)
        if (before / name).exists():
            shutil.copy2(before / name, root / name)


@pytest.mark.parametrize(("rule", "changes"), [(r, c) for r, c, _ in ROWS], ids=[r for r, _, _ in ROWS])
def test_whatever_breaks_a_rule_is_found_and_found_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, changes: list[Change]
) -> None:
    root = copy(tmp_path)
    clean = said(root, capsys)
    texts = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for change in changes:
        change(root)
        assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    for path in {*root.rglob("*")} - texts.keys():
        if path.is_file():
            path.unlink()
            assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    for path, text in texts.items():
        if not path.exists() or path.read_bytes() != text:
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(text)
            assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    assert said(root, capsys) == clean
