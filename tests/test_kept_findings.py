"""Rules judge only files that changed, and find what they find in a run that remembers nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import SPARSE, TILE, copy, replaced
from rekb.checks import registry
from rekb.cli.commands.validate import Wanted, validate
from rekb.kb import KnowledgeBase
from rekb.loading import cache, findings, stamps

Change = Callable[[Path], object]
EXEMPT = "exempt: [{rule: untidy-link, reason: it is how they write it}]\nadded:"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "_now", lambda: 2**63)
    monkeypatch.setattr(cache, "_FEWEST", 1)
    monkeypatch.setattr(findings, "_FEWEST", 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Return the files that local rules are asked about, a set a run that spares any."""
    runs: list[set[str]] = []
    plain = registry.narrowed

    def counted(base: KnowledgeBase, files: set[str]) -> KnowledgeBase:
        runs.append(set(files))
        return plain(base, files)

    monkeypatch.setattr(registry, "narrowed", counted)
    return runs


def said(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    validate(root, Wanted(form="json"))
    return capsys.readouterr().out


def append(path: str, text: str) -> Change:
    return lambda root: (root / path).write_text((root / path).read_text() + text)


FILE_CHANGES: list[Change] = [
    replaced(TILE, "arxiv.org", "example.com"),
    replaced(TILE, "added:", EXEMPT),
    replaced(TILE, "Émile", "E\u0301mile"),
    replaced(SPARSE, "title:", "name: Sparse  thing\ntitle:"),
    append(TILE, "# TODO: say more\n"),
]
OTHER_CHANGES: list[tuple[str, Change]] = [
    ("a vocabulary", append("taxonomy/facets.yaml", "\n")),
    ("the settings", lambda root: (root / "rekb.yaml").write_text("{}\n")),
    ("code", lambda _: None),
]


def forget(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "cache")


@pytest.mark.parametrize("change", FILE_CHANGES)
def test_only_the_changed_file_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[set[str]], change: Change
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    change(root)
    found = said(root, capsys)
    assert [len(files) for files in asked] == [1]
    again = said(root, capsys)
    forget(tmp_path)
    assert said(root, capsys) == found == again


def test_faults_come_and_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path)
    clean = said(root, capsys)
    outcomes = [clean]
    for change in FILE_CHANGES:
        before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
        change(root)
        outcomes.append(said(root, capsys))
        for path, data in before.items():
            path.write_bytes(data)
        assert said(root, capsys) == clean
    assert len(set(outcomes)) > len(FILE_CHANGES) / 2


@pytest.mark.parametrize(("name", "change"), OTHER_CHANGES)
def test_what_judges_all_files_is_no_file_of_its_own(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    asked: list[set[str]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: Change,
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    change(root)
    if name == "code":
        monkeypatch.setattr("rekb.loading.verdicts._MODULES", ("yaml",))
    found = said(root, capsys)
    assert asked == []
    forget(tmp_path)
    assert said(root, capsys) == found


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"rests": 1}'])
def test_a_spoilt_memory_is_as_good_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: str
) -> None:
    root = copy(tmp_path)
    found = said(root, capsys)
    (kept,) = (tmp_path / "cache" / "rekb" / "findings").iterdir()
    kept.write_text(spoilt)
    shutil.rmtree(tmp_path / "cache" / "rekb" / "verdicts")
    assert said(root, capsys) == found
