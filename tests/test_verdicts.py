"""What the last check found is said again only of the same files, judged by the same code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import SPARSE, TILE, copy, replaced
from rekb.cli.commands import validate as command
from rekb.cli.commands.validate import Wanted, validate
from rekb.loading import verdicts
from rekb.loading.verdicts import key_of


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of runs that read the data."""
    runs: list[Path] = []
    plain = command._checked  # noqa: SLF001 - what is counted is how often data is read

    def counted(root: Path, wanted: Wanted) -> object:
        runs.append(root)
        return plain(root, wanted)

    monkeypatch.setattr(command, "_checked", counted)
    return runs


def said(root: Path, capsys: pytest.CaptureFixture[str], wanted: Wanted | None = None) -> tuple[int, str]:
    status = validate(root, wanted or Wanted())
    return status, capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_a_second_run_says_the_same_without_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[Path], form: str
) -> None:
    root = copy(tmp_path, replaced(SPARSE, "architectures/attention", "architectures/atention"))
    first = said(root, capsys, Wanted(form=form))
    assert first[0] == 1
    assert said(root, capsys, Wanted(form=form)) == first
    assert len(read) == 1


Change = Callable[[Path], object]
CHANGES: list[tuple[str, Change]] = [
    ("a byte", lambda root: append(root / TILE, "\n")),
    ("a file gone", lambda root: (root / SPARSE).unlink()),
    ("a new file", lambda root: (root / "papers/2021/x").write_text("")),
    ("a new folder", lambda root: (root / "papers/2050").mkdir()),
    ("a vocabulary", lambda root: append(root / "taxonomy/facets.yaml", "\n")),
    ("a name", lambda root: (root / TILE).rename(root / "papers/2022/other2022tile.yaml")),
    ("the settings", lambda root: append(root / "rekb.yaml", "\n# more\n")),
]


def append(file: Path, text: str) -> None:
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + text, encoding="utf-8")


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_any_change_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[Path], name: str, change: Change
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    change(root)
    changed = said(root, capsys)
    assert len(read) == 2, name
    for kept in (tmp_path / "cache").rglob("*.json"):
        kept.unlink()
    assert said(root, capsys) == changed


def test_other_code_judges_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path)
    package = tmp_path / "package"
    package.mkdir()
    (package / "rule.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(verdicts, "_PACKAGE", package)
    before = key_of(root)
    (package / "rule.py").write_text("two", encoding="utf-8")
    assert key_of(root) not in ("", before)
    (package / "rule.py").write_text("one", encoding="utf-8")
    assert key_of(root) == before
    monkeypatch.setattr(verdicts, "_version", lambda name: f"{name} 2")
    assert key_of(root) != before


def test_nothing_is_remembered_of_links(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert key_of(root)
    (root / "papers" / "link").symlink_to(root / TILE)
    assert key_of(root) == ""


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"key": 1}', json.dumps({"key": "K", "report": 1})])
def test_a_spoilt_memory_is_as_good_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[Path], spoilt: str
) -> None:
    root = copy(tmp_path)
    first = said(root, capsys)
    (kept,) = (tmp_path / "cache" / "rekb" / "verdicts").iterdir()
    kept.write_text(spoilt.replace('"K"', json.dumps(key_of(root.resolve()))), encoding="utf-8")
    assert said(root, capsys) == first
    assert len(read) == 2


def test_a_run_on_few_files_neither_uses_nor_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[Path]
) -> None:
    root = copy(tmp_path)
    said(root, capsys, Wanted(paths=(str(root / TILE),)))
    said(root, capsys, Wanted(diff=True))
    assert not (tmp_path / "cache" / "rekb" / "verdicts").exists()
    assert len(read) == 2
