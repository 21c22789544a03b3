"""Two builds and two exports of the same data are the same to the byte, whoever makes them and where."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from test_text_in_pages import knowledge_base

ONE = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
OTHER = {"PYTHONHASHSEED": "4711", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"}
EACH_IN_A_COPY = """
import json, os, sys

import mkdocs.commands.build
import rekb.cli.commands.site
import rekb.mkdocs.plugin
from rekb.cli import main

for command in json.loads(sys.argv[1]):
    child = os.fork()
    if child == 0:
        sys.exit(main(command))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, (command, status)
"""
"""Runs commands, each in a copy of a process that has read all code: reading takes longer than exporting."""
FORMS = ("bibtex", "ris", "csl-json", "json", "csv", "sqlite", "markdown")


def made(folder: Path, changes: Mapping[str, str], umask: int) -> dict[str, bytes]:
    """Return the files of the site, of its materialized form and of all exports, made in a folder."""
    root = folder / "kb"
    knowledge_base(root, lambda name: f"Wörter of {name}, \u0131 İ")
    environment = (
        os.environ
        | dict(changes)
        | {
            "SOURCE_DATE_EPOCH": "1700000000",
            "NO_MKDOCS_2_WARNING": "1",
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
    )
    commands = [
        ["build"],
        ["materialize", "plain"],
        ["export", "markdown", "--layout", "index", "-o", "index"],
    ]
    commands += [["export", form, "-o", f"all.{form}"] for form in FORMS]
    program = [sys.executable, "-c", EACH_IN_A_COPY, json.dumps(commands)]
    subprocess.run(program, cwd=root, env=environment, check=True, capture_output=True, umask=umask)
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def test_two_builds_on_unlike_machines_are_the_same_to_the_byte(tmp_path: Path) -> None:
    one = made(tmp_path / "here", ONE, 0o022)
    other = made(tmp_path / "far" / "away from here é", OTHER, 0o077)
    assert one.keys() == other.keys()
    assert len([name for name in one if name.startswith("site/")]) > 30
    assert [name for name in one if one[name] != other[name]] == []
