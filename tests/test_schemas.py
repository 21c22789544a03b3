"""The schemas are read alike by two validators: Python's own, and one that reads patterns as ECMA does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema  # type: ignore[import-untyped] # it has no types
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from fixture_kb import KB
from rekb.answers.counted import STATS_SCHEMA
from rekb.answers.json_of_reports import PRINTED as REPORTED
from rekb.answers.json_of_works import ANSWERS, FoundWorks, Numbers, ShownWork
from rekb.answers.library import Shelf
from rekb.answers.works import shown_work
from rekb.cli import main
from rekb.exports import EXPORTERS, json_schema
from rekb.loading.layout import SCHEMAS, kind_of
from rekb.loading.loader import load
from rekb.model.base import Model

ROOT = Path(__file__).parents[1]
CHECKER = Path(sys.executable).parent / "check-jsonschema"
OURS = sorted([*SCHEMAS.values(), *ANSWERS.values(), *REPORTED.values(), STATS_SCHEMA])
"""Every schema below docs/."""
EVERY_TENTH = 10
"""Of the entries; the checker's own reader of YAML takes its time, and all go through the first validator."""


def checker(*arguments: object) -> str:
    """Return what the second validator says; nothing where all is well.

    It runs in this process: to begin a program takes longer than most of these files take.
    """
    done = CliRunner().invoke(check_jsonschema, list(map(str, arguments)))
    said: str = done.output or repr(done.exception)
    return "" if done.exit_code == 0 else said


@pytest.mark.parametrize(("text", "status"), [('{"a": 1}', 0), ('{"a": "one"}', 1)])
def test_the_second_says_the_same_as_a_program(text: str, status: int, tmp_path: Path) -> None:
    schema, file = tmp_path / "schema.json", tmp_path / "file.json"
    schema.write_text('{"properties": {"a": {"type": "integer"}}}', encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    command = [str(part) for part in (CHECKER, "--schemafile", schema, file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status
    said = checker("--schemafile", schema, file)
    assert said == ("" if status == 0 else done.stdout)


def schema_at(path: str) -> Any:
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the JSON export of the survey and its schema."""
    folder = tmp_path_factory.mktemp("exported")
    base, _ = load(ROOT)
    (folder / "all.json").write_bytes(EXPORTERS["json"].encode(base, tuple(base.entries)))
    (folder / "schema.json").write_text(json.dumps(json_schema()), encoding="utf-8")
    return folder


def test_both_take_every_schema(exported: Path) -> None:
    files = [exported / "schema.json", *(ROOT / path for path in OURS)]
    for file in files:
        Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))
    assert checker("--check-metaschema", *files) == ""


ANNOTATIONS = {"$schema", "$defs", "title", "description", "default", "examples", "format", "then", "else"}
OF_NAMES = {"properties", "patternProperties", "$defs"}


def keywords(schema: Any) -> Iterator[str]:
    """Yield every keyword of a schema and of what stands in it."""
    for keyword, value in schema.items():
        yield keyword
        if keyword in OF_NAMES:
            inner = list(value.values())
        elif isinstance(value, list):
            inner = value
        else:
            inner = [value]
        for part in inner:
            if isinstance(part, dict) and keyword not in {"default", "const", "examples", "enum"}:
                yield from keywords(part)


@pytest.mark.parametrize("path", OURS)
def test_no_schema_has_a_keyword_that_a_strict_validator_does_not_know(path: str) -> None:
    known = set(Draft202012Validator.VALIDATORS) | ANNOTATIONS
    assert set(keywords(schema_at(path))) - known == set()


def test_both_take_the_whole_export(exported: Path) -> None:
    data = json.loads((exported / "all.json").read_text(encoding="utf-8"))
    Draft202012Validator(json_schema()).validate(data)
    assert checker("--schemafile", exported / "schema.json", exported / "all.json") == ""


def data_files() -> dict[str, list[Path]]:
    """Return the data files of the survey by the schema that they are held to, sorted."""
    folders = (ROOT / "papers", ROOT / "taxonomy")
    found: dict[str, list[Path]] = {}
    for file in sorted([*ROOT.glob("*.yaml"), *(f for folder in folders for f in folder.rglob("*.yaml"))]):
        kind = kind_of(file.relative_to(ROOT).as_posix())
        if kind:
            found.setdefault(SCHEMAS[kind], []).append(file)
    return found


@pytest.mark.parametrize("path", sorted(data_files()))
def test_the_second_takes_the_data_files(path: str) -> None:
    files = data_files()[path]
    step = EVERY_TENTH if len(files) > EVERY_TENTH else 1
    assert checker("--schemafile", ROOT / path, *files[::step]) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2205.14135"', '"2205.14.1"'),
        ("kind: paper", "kind: poem"),
        ("added: 2026", "adde: 2026"),
    ],
)
def test_the_second_refuses_what_is_wrong(old: str, new: str, tmp_path: Path) -> None:
    text = (ROOT / "papers/2022/dao2022flashattention.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "entry.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert checker("--schemafile", ROOT / "docs/schema/entry.json", file)


PRINTED: list[tuple[list[str], str]] = [
    (["search", "kv cache", "--limit", "40"], ANSWERS[FoundWorks]),
    (["search", "zzzz"], ANSWERS[FoundWorks]),
    (["show", "FlashAttention"], ANSWERS[ShownWork]),
    (["show", "FlashAttention", "--level", "plain"], ANSWERS[ShownWork]),
    (["numbers"], ANSWERS[Numbers]),
    (["numbers", "--entry", "dao2022flashattention", "--resource", "storage"], ANSWERS[Numbers]),
    (["stats"], STATS_SCHEMA),
    (["stats", "--coverage"], STATS_SCHEMA),
]
"""Commands, and the schema of what they print as JSON."""


@pytest.mark.parametrize(("command", "schema"), PRINTED, ids=[" ".join(row[0]) for row in PRINTED])
def test_both_take_what_commands_print(
    command: list[str], schema: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--root", str(ROOT), *command, "--format", "json"])
    printed = capsys.readouterr().out
    Draft202012Validator(schema_at(schema)).validate(json.loads(printed))
    (tmp_path / "printed.json").write_text(printed, encoding="utf-8")
    assert checker("--schemafile", ROOT / schema, tmp_path / "printed.json") == ""


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 2},
        {"entries": "many"},
        {"entries": None},
        {"works": 1},
        {"coverage": {}},
        {"evidence": {"results": 1}},
        {"recall": [{"id": "a", "whole": {}, "years": {}}]},
    ],
)
def test_the_schema_of_counts_refuses_what_is_wrong(
    change: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--root", str(KB), "stats", "--coverage", "--format", "json"])
    counts = json.loads(capsys.readouterr().out)
    validator = Draft202012Validator(schema_at(STATS_SCHEMA))
    validator.validate(counts)
    assert not validator.is_valid(counts | change)


def test_the_schema_takes_every_work() -> None:
    validator = Draft202012Validator(schema_at(ANSWERS[ShownWork]))
    library = Shelf(ROOT).library()
    for work in library.base:
        validator.validate(shown_work(library, work))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (FoundWorks, {"total": "many"}),
        (FoundWorks, {"works": [{"key": "x"}]}),
        (ShownWork, {"work": {}}),
        (Numbers, {"schema_version": 0}),
        (Numbers, {"ranked": True}),
    ],
)
def test_the_schema_of_an_answer_refuses_what_is_wrong(model: type[Model], change: dict[str, Any]) -> None:
    empty = {
        FoundWorks: {"schema_version": 1, "total": 0, "works": []},
        ShownWork: shown_work(Shelf(KB).library(), Shelf(KB).library().base["moth2022tile"]),
        Numbers: {"schema_version": 1, "numbers": []},
    }
    validator = Draft202012Validator(schema_at(ANSWERS[model]))
    validator.validate(empty[model])
    assert not validator.is_valid(empty[model] | change)


@pytest.mark.parametrize(("change", "valid"), [({}, True), ({"schema_version": 0}, False), ({"x": 1}, False)])
def test_the_second_judges_an_export(change: dict[str, int], valid: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column of the rows
    schema, file = tmp_path / "schema.json", tmp_path / "all.json"
    schema.write_text(json.dumps(json_schema()), encoding="utf-8")
    base, _ = load(ROOT)
    key = "dao2022flashattention"
    data = json.loads(EXPORTERS["json"].encode(base, (key,))) | change
    file.write_text(json.dumps(data), encoding="utf-8")
    assert (checker("--schemafile", schema, file) == "") is valid
