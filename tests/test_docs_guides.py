"""What the guides promise holds: their queries run, their commands and files are there."""

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import rekb
from rekb.cli import cli

ROOT = Path(__file__).parents[1]
GUIDES = [
    ROOT / "docs" / "scope.md",
    ROOT / "docs" / "contributing.md",
    *(ROOT / "docs" / "guide").glob("*.md"),
]
TEXTS = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in sorted(GUIDES)}


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[page], re.DOTALL | re.MULTILINE)


def test_every_query_finds_something(tmp_path: Path) -> None:
    file = tmp_path / "all.sqlite"
    command = [sys.executable, "-m", "rekb", "export", "sqlite", "-o", str(file)]
    subprocess.run(command, cwd=ROOT, check=True)
    (block,) = blocks("docs/guide/data.md", "sql")
    queries = [query for query in block.split(";") if query.strip()]
    assert len(queries) == 4
    with sqlite3.connect(file) as database:
        for query in queries:
            assert database.execute(query).fetchall(), query
        assert database.execute("PRAGMA user_version").fetchone() == (2,)


def test_the_json_example_prints_the_works_of_a_topic() -> None:
    (block,) = [b for b in blocks("docs/guide/data.md", "sh") if "export json" in b]
    program = f'rekb() {{ {shlex.quote(sys.executable)} -m rekb "$@"; }}\n{block}'
    done = subprocess.run(["bash", "-euc", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert any(line.startswith("frantar2022gptq GPTQ") for line in done.stdout.splitlines())


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_commands_of_a_guide_exist(page: str) -> None:
    named = set(re.findall(r"(?:^|[`/ ])rekb ([a-z][a-z-]+)(?=[ `\n])", "\n".join(blocks(page, "sh"))))
    coming = {"init"}
    assert named - coming <= set(cli.commands)


def test_the_forms_that_pages_link_are_there() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"template=([\w.-]+)", text)}
    assert named == {"correct-fact.yml", "suggest-work.yml"}
    assert all((ROOT / ".github" / "ISSUE_TEMPLATE" / name).is_file() for name in named)


def test_the_navigation_has_a_guide_for_everybody() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in TEXTS:
        assert f": {page.removeprefix('docs/')}\n" in nav


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((.+?)\)", (folder / "index.md").read_text(encoding="utf-8"))
    assert listed == sorted(file.name for file in folder.glob("*.md") if file.name != "index.md")
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))


@pytest.mark.parametrize("file", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda f: f.stem)
def test_a_decision_is_short_and_whole(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\* \S", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
    # Readers' search passes over it: it is for those who change the code.
    assert text.startswith(f"---\nsearch: {{exclude: true}}\n---\n\n# {int(file.stem[:4])}. ")
    assert text.count("\n") <= 24


NAMED = re.findall(r"`((?:src|tests|docs|tools|benchmarks)/[\w./-]*)`", TEXTS["docs/guide/developer.md"])
"""Files and folders that the guide for developers names."""


@pytest.mark.parametrize("path", sorted(set(NAMED)))
def test_what_the_guide_for_developers_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_guide_for_developers_names_every_target_of_make_that_checks() -> None:
    text = TEXTS["docs/guide/developer.md"]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    other = {"help", "environment", "serve", "build", "lock", "clean", "package", "screenshots"}
    assert [name for name in targets if name not in other and f"`make {name}`" not in text] == []


def test_the_design_note_names_every_part_of_the_package() -> None:
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    package = Path(rekb.__file__).parent
    rooms = [f"`{file.parent.name}/`" for file in package.glob("*/__init__.py")]
    modules = [f"`{file.name}`" for file in package.glob("*.py")]
    assert [name for name in (*rooms, *modules) if name not in text] == []
