"""What the system refuses is one line and exit status 2, whatever it is, and nothing is lost."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands import python
from fixture_kb import TILE as ENTRY
from rekb.loading.loader import load
from test_text_in_pages import knowledge_base

REFUSING = """
import builtins, errno, io, os, sys
number, words, beginning = int(sys.argv[1]), sys.argv[2], sys.argv[3]
def refuse(event, arguments):
    if event != words.split(":")[0]:
        return
    path = os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes, os.PathLike)) else ""
    writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
    wanted = writes if words.endswith(":write") else True
    if wanted and os.path.abspath(path).startswith(beginning):
        raise OSError(number, os.strerror(number), path)
from rekb.cli import main
sys.addaudithook(refuse)
main(sys.argv[4:])
"""
"""The command on a system that refuses: the error, the act, and what the path begins with."""
FULL, READ_ONLY, FORBIDDEN, TOO_MANY = 28, 30, 13, 24
TOPIC = ("--topic", "systems/serving/caching")
ROWS = [
    ("fmt", "open:write", FULL, "papers", ["fmt"]),
    ("fmt", "os.rename", FULL, "papers", ["fmt"]),
    ("fmt", "open:write", READ_ONLY, "papers", ["fmt"]),
    ("fmt", "open:write", FORBIDDEN, "papers", ["fmt"]),
    ("fmt", "open:write", TOO_MANY, "", ["fmt"]),
    ("add", "open:write", FULL, "papers", ["add", "one.bib", *TOPIC]),
    ("add", "os.mkdir", READ_ONLY, "papers", ["add", "one.bib", *TOPIC]),
    ("import", "open:write", FULL, "papers", ["import", "one.bib", "--offline", *TOPIC]),
    ("import", "open", FORBIDDEN, "one.bib", ["import", "one.bib"]),
    ("export", "open:write", FULL, ".rekb-", ["export", "bibtex", "-o", "out.bib"]),
    ("bibliography", "open", FORBIDDEN, "one.bib", ["bibliography", "one.bib"]),
    ("init", "os.mkdir", READ_ONLY, ".rekb-making", ["init", "new", "--title", "New"]),
    ("init", "open:write", FULL, ".rekb-making", ["init", "new", "--title", "New"]),
    ("materialize", "open:write", FULL, ".rekb-making", ["materialize", "plain"]),
    ("materialize", "os.mkdir", READ_ONLY, "", ["materialize", "plain"]),
    ("build", "open:write", FULL, ".rekb-making", ["build"]),
    ("build", "os.mkdir", READ_ONLY, "", ["build"]),
    ("build", "os.rename", FULL, "", ["build"]),
    ("build", "open", FORBIDDEN, "mkdocs.yml", ["build"]),
    ("build", "open:write", FULL, ".cache", ["build"]),
    ("serve", "open", FORBIDDEN, "mkdocs.yml", ["serve"]),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a knowledge base with something to do for each command."""
    root = tmp_path_factory.mktemp("faults") / "kb"
    knowledge_base(root, lambda name: f"Words of {name}")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        config.replace("nav:\n", "nav:\n- Explore: explore/index.md\n"), encoding="utf-8"
    )
    text = "@article{one, title={A First Work}, author={Moth, Ada}, year={2021}, journal={Words of venue}}"
    (root / "one.bib").write_text(text, encoding="utf-8")
    return root


def names(root: Path) -> set[str]:
    """Return the files that are there, without the cache of drawn pictures."""
    files = (f.relative_to(root) for f in root.rglob("*") if f.is_file())
    return {str(file) for file in files if file.parts[0] != ".cache"}


@pytest.mark.parametrize(
    ("act", "number", "where", "command"),
    [row[1:] for row in ROWS],
    ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in ROWS],
)
def test_a_refusal_is_one_line(
    root: Path, tmp_path: Path, act: str, number: int, where: str, command: list[str]
) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(root, kb)
    place = f"{kb}/{where}"
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    done = python(kb, "-c", REFUSING, str(number), act, place, *command, env=cache)
    lines = [line for line in done.stderr.splitlines() if line]
    assert "Traceback" not in done.stderr
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert lines[0].startswith("rekb: ")
    assert os.strerror(number).lower() in lines[0].lower()
    assert names(kb) == names(root)
    assert (kb / ENTRY).read_bytes() == (root / ENTRY).read_bytes()
    assert not load(kb)[1].failed


def test_eight_builds_at_once(root: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(root, kb)
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "rekb", "build"]
    builds = [
        subprocess.Popen(
            command, cwd=kb, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
        )
        for _ in range(8)
    ]
    ends = [(build.communicate()[1], build.returncode) for build in builds]
    said = {text for text, _ in ends}
    assert [status for _, status in ends] == [0] * 8
    # Each says once that the addresses of this base are placeholders, and nothing else.
    assert [text.count("\n") for text in said] == [1]
    assert "placeholders in mkdocs.yml" in said.pop()
    assert (kb / "site" / "papers" / "moth2022tile" / "index.html").is_file()
    assert list(kb.glob(".rekb-*")) == []
    assert list((kb / ".cache").rglob("*.part")) == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1:TAKEN", "another program listens there"),
        ("127.0.0.1:99999", "port"),
        ("127.0.0.1:-1", "port"),
        ("127.0.0.1:x", "port"),
        ("nowhere", "port"),
        ("[::1]:8000", "address of this machine"),
        ("host.invalid:8000", "address of this machine"),
        ("203.0.113.1:8000", "203.0.113.1"),
    ],
)
def test_an_address_that_cannot_be_served(root: Path, address: str, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = address.replace("TAKEN", str(taken.getsockname()[1]))
        done = python(root, "-m", "rekb", "serve", "--address", wanted)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith(("rekb:", "Error:"))]) == 1


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"a: [", b"\x00", b"plugins: 3", b"- a", b"", b"plugins: [rekb, {x: }]"]
)
@pytest.mark.parametrize("command", ["build", "materialize"])
def test_a_site_configuration_that_cannot_be_read(
    root: Path, tmp_path: Path, content: bytes, command: str
) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(root, kb)
    (kb / "mkdocs.yml").write_bytes(content)
    arguments = [command, *(["plain"] if command == "materialize" else [])]
    done = python(kb, "-m", "rekb", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2, done.stderr
