"""`rekb show` and `rekb search` say of few files that they read what they say of all, and nothing stale."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import SPARSE, TILE, added, copy, moved, removed, replaced
from rekb.cli.commands.search import search
from rekb.cli.commands.show import show
from rekb.errors import RekbError
from rekb.jsontext import json_text
from rekb.loading import loader, stamps

Change = Callable[[Path], object]
Command = Callable[[Path], int]
COMMANDS: list[Command] = [
    lambda root: show(root, "moth2022tile", None),
    lambda root: show(root, "moth2020sparse", None),
    lambda root: show(root, "moth2022tile", "plain", "json"),
    lambda root: show(root, "TileCache", None),
    lambda root: search(root, "tile", 10),
    lambda root: search(root, "tiel cahce", 10),
    lambda root: search(root, "moth 2022", 2, form="json"),
    lambda root: search(root, "cache", 10, ["saves=memory"]),
    lambda root: search(root, "zebra", 10),
    lambda root: show(root, "nobody1999nothing", None),
]


def first(file: str, old: str, new: str) -> Change:
    """Return the change that replaces the first place where `old` stands in a file."""

    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


CHANGES: list[tuple[str, Change]] = [
    ("a title", replaced(TILE, "title: ", "title: Zebra ")),
    (
        "a tie",
        replaced(TILE, "relations:\n", "relations:\n  - {type: uses, entry: cachecrew2021larder}\n"),
    ),
    ("who names it", replaced(TILE, "moth2020sparse", "cachecrew2021larder")),
    ("a work gone", removed(SPARSE)),
    ("another key", moved(TILE, "papers/2022/moth2022zebra.yaml")),
    ("a venue", first("taxonomy/venues.yaml", "short: ", "short: Zebra ")),
    ("the settings", added("rekb.yaml", "name: Zebras\n")),
    ("a fault", replaced(TILE, "\nkind: ", "\nkindd: ")),
    ("a vocabulary with a fault", added("taxonomy/facets.yaml", "zebra\n")),
]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "_now", lambda: 2**63)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of files that are read as models."""
    found: list[str] = []
    plain = loader.Loading.model

    def counted(loading: loader.Loading, shown: str, kind: type) -> object:
        found.append(shown)
        return plain(loading, shown, kind)

    monkeypatch.setattr(loader.Loading, "model", counted)
    return found


def said(root: Path, command: Command, capsys: pytest.CaptureFixture[str]) -> str:
    """Return all that a command says, faults included."""
    try:
        status = command(root)
    except RekbError as error:
        return f"{capsys.readouterr()} {error}"
    return f"{capsys.readouterr()} {status}"


def said_cold(root: Path, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command says in a run that remembers nothing, and leave what is remembered as it is."""
    (tmp_path / "cache").rename(tmp_path / "aside")
    text = said(root, command, capsys)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    (tmp_path / "aside").rename(tmp_path / "cache")
    return text


@pytest.mark.parametrize("number", range(len(COMMANDS)))
def test_a_second_run_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int) -> None:
    root = copy(tmp_path)
    first = said(root, COMMANDS[number], capsys)
    assert said(root, COMMANDS[number], capsys) == first


def test_json_of_a_search_is_indented_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(copy(tmp_path), "moth 2022", 2, form="json") == 0
    printed = capsys.readouterr().out
    assert printed == json_text(json.loads(printed)) + "\n"


@pytest.mark.parametrize(("what", "change"), CHANGES, ids=[what for what, _ in CHANGES])
def test_nothing_stale_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, change: Change
) -> None:
    root = copy(tmp_path)
    before = [said(root, command, capsys) for command in COMMANDS]
    change(root)
    after = [said(root, command, capsys) for command in COMMANDS]
    assert after == [said_cold(root, command, tmp_path, capsys) for command in COMMANDS]
    assert after != before or what == "the settings"
    assert [said(root, command, capsys) for command in COMMANDS] == after


@pytest.mark.parametrize(
    ("command", "most"),
    [
        (lambda root: show(root, "moth2020sparse", None), [SPARSE]),
        (lambda root: search(root, "tile", 1), [TILE]),
        (lambda root: search(root, "zebra", 10), []),
    ],
)
def test_only_works_that_are_spoken_of_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: list[str], command: Command, most: list[str]
) -> None:
    root = copy(tmp_path)
    said(root, command, capsys)
    files.clear()
    said(root, command, capsys)
    assert [file for file in files if file.startswith("papers/") and file not in most] == []
    assert len(files) <= len(most) + 1


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (lambda root: show(root, "moth2022tile", None), "texts"),
        (lambda root: search(root, "tile", 10), "rankings"),
    ],
)
@pytest.mark.parametrize("part", [b'"sections"', b'"names"', b'"rows"', b'"ranking"', b'"at"', b"]]"])
def test_parts_that_are_spoilt_are_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command, file: str, part: bytes
) -> None:
    root = copy(tmp_path)
    said(root, lambda base: search(base, "tile", 10), capsys)
    right = said(root, command, capsys)
    (kept,) = (tmp_path / "cache" / "rekb" / file).iterdir()
    data = kept.read_bytes()
    kept.write_bytes(data.replace(part, b"1" * len(part)))
    assert said(root, command, capsys) == right
    kept.write_bytes(data[: len(data) // 2])
    assert said(root, command, capsys) == right


def test_an_answer_that_is_kept_needs_no_models(tmp_path: Path) -> None:
    root = copy(tmp_path)
    program = (
        "import sys\n"
        "from rekb.loading import stamps\n"
        "stamps._now = lambda: 2**63\n"
        "from rekb.cli import main\n"
        "for words in (['show', 'moth2022tile'], ['search', 'tile']):\n"
        "    try:\n"
        "        main(['--root', sys.argv[1], *words])\n"
        "    except SystemExit:\n"
        "        pass\n"
        "print('pydantic' in sys.modules or 'yaml' in sys.modules)\n"
    )

    def run() -> list[str]:
        command = [sys.executable, "-c", program, str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    first = run()
    second = run()
    assert first[:-1] == second[:-1]
    assert (first[-1], second[-1]) == ("True", "False")


@pytest.mark.parametrize("kind", ["glances", "rankings", "texts"])
@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"whole": 1}'])
def test_a_spoilt_memory_is_as_good_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, spoilt: str
) -> None:
    root = copy(tmp_path)
    first = [said(root, command, capsys) for command in COMMANDS]
    (kept,) = (tmp_path / "cache" / "rekb" / kind).iterdir()
    kept.write_text(spoilt)
    assert [said(root, command, capsys) for command in COMMANDS] == first
