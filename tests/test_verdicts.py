"""What the last check found is said again only of the same files, judged by the same code."""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import SPARSE, TILE, copy, replaced
from rekb.checks import again
from rekb.cli.commands.validate import Wanted, validate
from rekb.cli.shared import checking
from rekb.loading import record, stamps, verdicts
from rekb.loading.record import Record
from rekb.loading.verdicts import Verdict, key_of, look


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of runs that read data."""
    runs: list[Path] = []
    plain = checking.check  # what is counted is how often data is read
    plain_again = again.judged_again

    def counted(root: Path, *narrowed: Any) -> object:
        runs.append(root)
        return plain(root, *narrowed)

    def counted_again(root: Path, kept: Record, stamps: Mapping[str, str]) -> Verdict | None:
        found = plain_again(root, kept, stamps)
        if found:
            runs.append(root)
        return found

    monkeypatch.setattr(checking, "check", counted)
    monkeypatch.setattr(again, "judged_again", counted_again)
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


def stamps_of(root: Path) -> str:
    """Return what a verdict rests on as the disk tells it."""
    return look(root).whole


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


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be as old as they have to be for their stamps to count."""
    monkeypatch.setattr(stamps, "_now", lambda: 2**63)


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_a_second_run_looks_at_stamps_and_reads_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    root = copy(tmp_path, replaced(SPARSE, "architectures/attention", "architectures/atention"))
    first = said(root, capsys, Wanted(form=form))
    opened: list[str] = []
    plain = Path.read_bytes

    def counted(path: Path) -> bytes:
        opened.append(path.name)
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    monkeypatch.setattr(Path, "read_text", lambda path, **_: pytest.fail(f"{path} was read"))
    monkeypatch.setattr("os.open", lambda path, *_: pytest.fail(f"{path} was opened"))
    assert said(root, capsys, Wanted(form=form)) == first
    assert len(opened) == 1, "what is remembered, and nothing else"


@pytest.mark.usefixtures("old")
def test_a_first_run_opens_each_file_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy(tmp_path)
    opened: Counter[str] = Counter()
    plain = os.open
    plain_bytes = Path.read_bytes

    def counted(path: Path, *rest: int) -> int:
        opened[str(path)] += 1
        return plain(path, *rest)

    def counted_bytes(path: Path) -> bytes:
        opened[str(path)] += 1
        return plain_bytes(path)

    monkeypatch.setattr("os.open", counted)
    monkeypatch.setattr(Path, "read_bytes", counted_bytes)
    said(root, capsys)
    files = [str(file) for part in ("papers", "taxonomy") for file in (root / part).rglob("*.yaml")]
    assert [opened[file] for file in files] == [1] * len(files)


@pytest.mark.usefixtures("old")
def test_a_file_of_the_same_length_and_time_is_seen_to_be_another(tmp_path: Path) -> None:
    root = copy(tmp_path)
    before = stamps_of(root)
    text = (root / TILE).read_bytes()
    status = (root / TILE).stat()
    (root / TILE).write_bytes(text[::-1])
    os.utime(root / TILE, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert stamps_of(root) not in ("", before)


def test_a_young_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path)
    written = (root / TILE).stat().st_mtime_ns
    monkeypatch.setattr(stamps, "_now", lambda: written + 1_000_000_000)
    assert stamps_of(root) == ""


@pytest.mark.usefixtures("old")
def test_files_that_were_only_copied_are_known_by_their_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, read: list[Path]
) -> None:
    monkeypatch.setattr(record, "MOST", 0)  # as if many had been
    root = copy(tmp_path)
    first = said(root, capsys)
    os.utime(root / TILE)
    assert said(root, capsys) == first
    assert said(root, capsys) == first
    assert len(read) == 1


@pytest.mark.parametrize("by", ["bytes", "stamps"])
@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_any_change_is_read(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    read: list[Path],
    name: str,
    change: Change,
    by: str,
    request: pytest.FixtureRequest,
) -> None:
    if by == "stamps":
        request.getfixturevalue("old")
    root = copy(tmp_path)
    said(root, capsys)
    change(root)
    changed = said(root, capsys)
    assert len(read) == 2, name
    for kept in (tmp_path / "cache").rglob("*.json"):
        kept.unlink()
    assert said(root, capsys) == changed


def key_in_another_process(root: Path) -> str:
    """Return the key that a process finds which begins now: each reads its own code once."""
    verdicts._code.cache_clear()  # noqa: SLF001 - as in a process that begins
    return key_of(root)


def test_other_code_judges_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path)
    package = tmp_path / "package"
    package.mkdir()
    (package / "rule.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(verdicts, "_PACKAGE", package)
    before = key_in_another_process(root)
    (package / "rule.py").write_text("two", encoding="utf-8")
    assert key_in_another_process(root) not in ("", before)
    (package / "rule.py").write_text("one", encoding="utf-8")
    assert key_in_another_process(root) == before
    monkeypatch.setattr(verdicts, "_version", lambda name: f"{name} 2")
    assert key_in_another_process(root) != before


@pytest.mark.usefixtures("old")
def test_other_code_has_other_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path)
    package = tmp_path / "package"
    package.mkdir()
    (package / "rule.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(verdicts, "_PACKAGE", package)
    before = stamps_of(root)
    assert stamps_of(root) == before != ""
    (package / "rule.py").write_text("two", encoding="utf-8")
    assert stamps_of(root) not in ("", before)
    before = stamps_of(root)
    monkeypatch.setattr(verdicts, "_MODULES", ("yaml",))
    assert stamps_of(root) != before


@pytest.mark.usefixtures("old")
def test_nothing_is_remembered_of_links(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert key_of(root)
    assert stamps_of(root)
    (root / "papers" / "link").symlink_to(root / TILE)
    assert key_of(root) == ""
    assert stamps_of(root) == ""


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
