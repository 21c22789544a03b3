"""`rekb export`: to a file in one step, to standard output, and refusals."""

import io
import json
import os
import stat
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import KB, TILE, copy
from rekb.cli.commands.export import export
from rekb.errors import RekbError
from rekb.exports import EXPORTERS, Selection
from rekb.files import write_file, write_stream

KEY = Path(TILE).stem


class Terminal(io.BytesIO):
    """Standard output of a person."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_to_a_file(form: str, tmp_path: Path) -> None:
    output = tmp_path / f"x{EXPORTERS[form].suffix}"
    assert export(KB, form, selection=Selection(keys=(KEY,)), output=output) == 0
    assert KEY.encode() in output.read_bytes()
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize("form", sorted(EXPORTERS))
@pytest.mark.parametrize("output", [None, Path("-")])
def test_to_a_pipe(
    form: str, output: Path | None, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    assert export(KB, form, selection=Selection(keys=(KEY,)), output=output) == 0
    export(KB, form, selection=Selection(keys=(KEY,)), output=tmp_path / "x")
    assert capsysbinary.readouterr().out == (tmp_path / "x").read_bytes()


@pytest.mark.parametrize(
    "place", ["papers/2022/moth2022tile.yaml", "taxonomy/new.bib", "rekb.yaml", "link/new.bib"]
)
def test_an_export_takes_the_place_of_no_data_file(tmp_path: Path, place: str) -> None:
    root = copy(tmp_path)
    (root / "link").symlink_to("papers")
    before = {file: file.read_bytes() for file in root.rglob("*.*")}
    with pytest.raises(RekbError, match="is in the place of data"):
        export(root, "bibtex", output=root / place)
    assert {file: file.read_bytes() for file in root.rglob("*.*")} == before


def test_sqlite_is_refused_by_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(Terminal())
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(RekbError, match=r"--output survey\.sqlite"):
        export(KB, "sqlite")
    assert export(KB, "json", selection=Selection(keys=(KEY,))) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"form": "bibtx"}, "unknown format `bibtx`; did you mean `bibtex`?"),
        ({"form": "json", "selection": Selection(keys=(f"{KEY}x",))}, f"did you mean `{KEY}`"),
        ({"form": "json", "output": Path("/no/such/folder/x.json")},
         "cannot write /no/such/folder/x.json: No such file"),
    ],
)  # fmt: skip
def test_refusals(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(RekbError) as raised:
        export(KB, **arguments)
    assert message in str(raised.value)


def test_an_empty_selection_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        export(KB, "json", selection=Selection(keys=(KEY,), facets=("phase=training", "saves=latency"))) == 0
    )
    printed = capsys.readouterr()
    assert json.loads(printed.out)["entries"] == []
    assert "no entry matches" in printed.err


def test_unreadable_entries_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path)
    (root / "papers/2022/broken2022x.yaml").write_text("title: [", encoding="utf-8")
    assert export(root, "csl-json") == 1
    printed = capsys.readouterr()
    assert KEY in {record["id"] for record in json.loads(printed.out)}
    assert "rekb validate" in printed.err


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_the_umask(umask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path / "x", b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


def test_an_old_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"0")
    (tmp_path / "x").chmod(0o640)
    (tmp_path / "link").symlink_to("x")
    write_file(tmp_path / "link", b"1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "x").read_bytes() == b"1"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "x").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RekbError, match="No space left"):
        write_file(tmp_path / "x", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x", b"old")]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RekbError, match="cannot write"):
        write_file(tmp_path, b"1")
    assert tmp_path.is_dir()


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"1")
    reader.join(timeout=120)
    assert read == [b"1"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    source, sink = os.pipe()
    os.close(source)
    with os.fdopen(sink, "wb") as stream:
        write_stream(stream, b"x" * 100_000)
