"""The schemas are read alike by two validators: Python's own, and one that reads patterns as ECMA does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rekb.exports import EXPORTERS, json_schema
from rekb.loading.layout import SCHEMAS, kind_of
from rekb.loading.loader import load

ROOT = Path(__file__).parents[1]
CHECKER = Path(sys.executable).parent / "check-jsonschema"
EVERY_TENTH = 10
"""Of the entries; the checker's own reader of YAML takes its time, and all go through the first validator."""


def checker(*arguments: object) -> str:
    """Return what the second validator says; nothing where all is well."""
    done = subprocess.run([CHECKER, *map(str, arguments)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the JSON export of the survey and its schema."""
    folder = tmp_path_factory.mktemp("exported")
    base, _ = load(ROOT)
    (folder / "all.json").write_bytes(EXPORTERS["json"].encode(base, tuple(base.entries)))
    (folder / "schema.json").write_text(json.dumps(json_schema()), encoding="utf-8")
    return folder


def test_both_take_every_schema(exported: Path) -> None:
    files = [exported / "schema.json", *(ROOT / path for path in SCHEMAS.values())]
    for file in files:
        Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))
    assert checker("--check-metaschema", *files) == ""


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


@pytest.mark.parametrize(("change", "valid"), [({}, True), ({"schema_version": 0}, False), ({"x": 1}, False)])
def test_the_second_judges_an_export(change: dict[str, int], valid: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column of the rows
    schema, file = tmp_path / "schema.json", tmp_path / "all.json"
    schema.write_text(json.dumps(json_schema()), encoding="utf-8")
    base, _ = load(ROOT)
    key = "dao2022flashattention"
    data = json.loads(EXPORTERS["json"].encode(base, (key,))) | change
    file.write_text(json.dumps(data), encoding="utf-8")
    assert (checker("--schemafile", schema, file) == "") is valid
