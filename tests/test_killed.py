"""A run that is killed loses nothing, tears nothing, and what it leaves lying is swept by the next."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixture_kb import KB, TILE
from rekb.checks import run
from rekb.diagnostics import Severity
from rekb.files import is_left_over, sweep, write_file
from rekb.folders import beside
from rekb.folders import sweep as sweep_folders
from rekb.loading.loader import load
from test_text_in_pages import knowledge_base

POINTS = int(os.environ.get("REKB_KILLS", "20"))
"""Points at which each command is killed; `make kills` tries 200."""
LIBRARY = """
@article{one, title={A First Work of Nobody}, author={Moth, Ada}, year={2021}, journal={JIR}}
@article{two, title={The Second Work of Nobody}, author={Moth, Bea}, year={2022}, journal={JIR}}
@article{three, title={Third Things First}, author={Moth, Cleo}, year={2023}, journal={JIR}}
@misc{tile, title={The Tile}, author={Moth, Ada}, year={2023}, doi={10.99999/tile.2023.1}}
"""
COMMANDS = {
    "fmt": ["fmt"],
    "add": ["add", "one.bib", "--yes", "--topic", "systems/serving/caching"],
    "import": ["import", "library.bib", "--topic", "systems/serving/caching", "--offline"],
    "build": ["build", "--no-strict"],
}


def base_for(folder: Path, command: str) -> Path:
    """Return a knowledge base on which the command has something to do."""
    root = folder / "base"
    if command == "build":
        knowledge_base(root, lambda name: f"Words of {name}")
        (root / "site").mkdir()
        (root / "site" / "index.html").write_text("old", encoding="utf-8")
        (root / "site" / ".rekb-site").write_text("Written by `rekb build`:\nindex.html\n", encoding="utf-8")
        return root
    shutil.copytree(KB, root)
    for file in root.rglob("*.yaml"):
        schema, text = file.read_text(encoding="utf-8").split("\n", 1)
        file.write_text(f"{schema}\n{text.replace(': ', ':   ')}", encoding="utf-8")
    (root / "library.bib").write_text(LIBRARY, encoding="utf-8")
    (root / "one.bib").write_text(LIBRARY.strip().splitlines()[0], encoding="utf-8")
    return root


def files(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def data(folder: Path) -> dict[str, bytes]:
    """Return the data files of a knowledge base, without what killed runs left."""
    found = files(folder)
    return {
        name: content
        for name, content in found.items()
        if name.startswith(("papers/", "taxonomy/")) and not is_left_over(Path(name).name)
    }


def left_over(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix() for path in folder.rglob(".rekb-*") if path.name != ".rekb-site"
    ]


def errors(root: Path) -> list[str]:
    base, report = load(root)
    report.extend(run(base))
    return [str(d) for d in report if d.severity is Severity.ERROR]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_run_loses_and_tears_nothing(tmp_path: Path, command: str) -> None:
    base = base_for(tmp_path, command)
    program = [sys.executable, str(Path(__file__).with_name("killed.py")), str(base), str(POINTS)]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "NO_MKDOCS_2_WARNING": "1"}
    work = tmp_path / "work"
    work.mkdir()
    subprocess.run([*program, *COMMANDS[command]], cwd=work, env=environment, check=True)
    before, after = data(base), data(work / "whole")
    sites = [files(folder / "site") for folder in (base, work / "whole")] if command == "build" else []
    assert before != after or sites[0] != sites[1]
    for number in range(POINTS):
        folder = work / f"killed-{number}"
        found = data(folder)
        assert before.keys() <= found.keys() <= before.keys() | after.keys()
        for name, content in found.items():
            assert content in (before.get(name), after.get(name)), (folder, name)
        if sites and (folder / "site").exists():
            assert files(folder / "site") in sites, folder
        assert errors(folder) == []
        with beside(folder / "next"):
            pass
        sweep(folder / ".cache" / "rekb" / "cards")
        assert left_over(folder) == []


def test_what_a_living_run_writes_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def during(_: int) -> None:
        sweep(tmp_path)
        seen.append(len(list(tmp_path.iterdir())))

    monkeypatch.setattr(os, "fsync", during)
    write_file(tmp_path / "x", b"whole")
    assert seen == [1]
    assert files(tmp_path) == {"x": b"whole"}
    with beside(tmp_path / "y") as made:
        sweep_folders(tmp_path)
        assert made.is_dir()
    assert files(tmp_path) == {"x": b"whole"}


def test_left_overs_are_no_data_and_what_is_like_them_is(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    shutil.copytree(KB, root)
    folder = (root / TILE).parent
    (folder / ".rekb-0123456789abcdef.part").write_text("half", encoding="utf-8")
    (folder / ".rekb-0123456789abcdef.part.yaml").write_text("a: 1", encoding="utf-8")
    (folder / ".rekb-fedcba9876543210.part").symlink_to("/etc/passwd")
    found = [(d.place.path, d.rule) for d in load(root)[1]]
    assert found == [
        ("papers/2022/.rekb-0123456789abcdef.part.yaml", "stray-file"),
        ("papers/2022/.rekb-fedcba9876543210.part", "symbolic-link"),
    ]
    assert sorted(f.name for f in folder.iterdir()) == [
        ".rekb-0123456789abcdef.part.yaml",
        ".rekb-fedcba9876543210.part",
        "moth2022tile.yaml",
    ]


def test_git_passes_over_what_killed_runs_leave() -> None:
    root = Path(__file__).parents[1]
    for file in (root / ".gitignore", root / "src/rekb/scaffold/templates/dot-gitignore.j2"):
        assert {".rekb-*.part", ".rekb-making-*/", ".cache/"} <= set(
            file.read_text(encoding="utf-8").splitlines()
        )
