"""Whatever a field of a data file holds, a command ends with findings or a line of its own, never in a crash.

The fields come from the models, so a new one is tried as well. Each file has one odd value; a base has many
such files, so that reading it once tries them all.
"""

import copy
import json
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from click.testing import CliRunner

from fixture_kb import ATTENTION, KB, TILE
from rekb.checks import run
from rekb.cli import cli
from rekb.errors import RekbError
from rekb.loading.candidates import read_candidates
from rekb.loading.layout import (
    CANDIDATES,
    COMBINES,
    CONFIG,
    DECLINED,
    DEVICES,
    FACETS,
    METRICS,
    MODELS,
    PATHS,
    VENUES,
    kind_of,
)
from rekb.loading.loader import load
from rekb.model.config import FacetWords
from rekb.model.introspection import bare, map_values, model_of, union_members
from rekb.model.watch import CandidateFile

ROOT = Path(__file__).parents[1]
DAY = "@a day@"
"""Stands for a date without quotes, which JSON has no way to write."""
VALUES: dict[str, Any] = {
    "empty": "",
    "space": " ",
    "no-break space": "\u00a0",
    "commas": ", ,",
    "list": [],
    "mapping": {},
    "null": None,
    "zero": 0,
    "true": True,
    "day": DAY,
    "long": "word " * 2500,
    "nested": [[["a"], []], [{}], [{"a": [1]}]],
    "nothing inside": [None, "", " ", 0, {"a": None, " ": ""}],
}
MORE: dict[str, Any] = {
    "aliases": ["tile attention"],
    "edited": False,
    "tags": {"habitat": ["forest"]},
    "reproductions": [],
    "model": {
        "variants": [
            {
                "name": "Tile 1B",
                "parameters": 1000,
                "layers": 2,
                "sources": [
                    {"where": "Table 1", "url": "https://example.org/a", "fields": ["parameters", "layers"]}
                ],
            }
        ]
    },
    "corrections": [{"on": "2026-11-24", "what": "The year was wrong."}],
    "formerly": ["moth2021tile"],
    "exempt": [{"rule": "duplicate-title", "reason": "A test."}],
}
"""Fields that the fixture's entry does not use."""
COMMANDS = [
    ["fmt"],
    ["validate", "--diff"],
    ["search", "tile"],
    ["show", "moth2022tile"],
    ["stats"],
    ["numbers"],
    ["export", "bibtex"],
    ["export", "json"],
    ["export", "markdown"],
]
"""What is run beside `validate`, a different one for each value."""
NAMED = (FACETS, VENUES, METRICS, MODELS, DEVICES, DECLINED, COMBINES, PATHS, CONFIG)
OTHER_FACETS = {*list(FacetWords.model_fields)[1:]}
Place = tuple[str | int, ...]


def places(annotation: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the place of each field, element and value of a map that a type has."""
    if path:
        yield path
    inner = bare(annotation)
    for member in union_members(inner):
        yield from places(member, path)
    if get_origin(inner) is tuple:
        yield from places(get_args(inner)[0], (*path, 0))
    if values := map_values(annotation):
        yield from places(values, (*path, "plain"))
    elif model := model_of(annotation):
        for name, field in model.model_fields.items():
            yield from places(field.annotation, (*path, name))


def with_value(document: Any, place: Place, value: Any) -> Any:
    """Return a document with a value at a place; what is missing above it is made."""
    if not place:
        return copy.deepcopy(value)
    first, *rest = place
    if isinstance(first, int):
        holder: Any = list(document) if isinstance(document, list) else []
        old = holder[0] if holder else None
        return [with_value(old, tuple(rest), value), *holder[1:]]
    holder = dict(document) if isinstance(document, dict) else {}
    return holder | {first: with_value(holder.get(first), tuple(rest), value)}


def written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, default=str).replace(f'"{DAY}"', "2026-01-01") + "\n"


def short(value: Any) -> Any:
    """Return a document with no more than one element in a list."""
    if isinstance(value, list):
        return [short(one) for one in value[:1]]
    if isinstance(value, dict):
        return {name: short(one) for name, one in value.items()}
    return value


@cache
def document(path: str) -> Any:
    """Return what a data file holds: one of the fixture, or, where that has none, of our own survey."""
    file = KB / path
    if not file.exists():
        file = ROOT / path
    value = short(yaml.safe_load(file.read_text(encoding="utf-8")))
    if path == TILE:
        return value | MORE
    return value


def fields(path: str) -> list[Place]:
    """Return the places of a data file; of a question's many facets, which are of one form, the first."""
    kind = kind_of(path)
    assert kind is not None
    found = dict.fromkeys(places(kind))
    return [place for place in found if not {"state", "without"} & {*place} or not {*place} & OTHER_FACETS]


def ended(root: Path, arguments: Sequence[str]) -> int:
    """Run a command in this process; return the exit status that it ends with."""
    result = CliRunner().invoke(cli, [*arguments, "--root", str(root)], standalone_mode=False)
    if isinstance(result.exception, RekbError):
        return 2
    if result.exception is not None:
        raise result.exception
    return result.return_value or 0


@pytest.mark.parametrize("number", range(len(VALUES)), ids=VALUES)
def test_in_a_work_or_a_topic(tmp_path: Path, number: int) -> None:
    root = tmp_path / "kb"
    shutil.copytree(KB, root)
    value = list(VALUES.values())[number]
    for count, place in enumerate(fields(TILE)):
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{count:03}")
        file = root / f"papers/2022/moth2022{letters}.yaml"
        file.write_text(written(with_value(document(TILE), place, value)), encoding="utf-8")
    for count, place in enumerate(fields(ATTENTION)):
        file = root / f"taxonomy/topics/architectures/t{count}.yaml"
        file.write_text(written(with_value(document(ATTENTION), place, value)), encoding="utf-8")
    assert ended(root, ["validate"]) == 1
    assert ended(root, COMMANDS[number % len(COMMANDS)]) in (0, 1)


@pytest.mark.parametrize("name", VALUES)
def test_in_a_vocabulary_or_the_settings(tmp_path: Path, name: str) -> None:
    root = tmp_path / "kb"
    shutil.copytree(KB, root, ignore=shutil.ignore_patterns("2020", "2021", "2023"))
    for number in range(max(len(fields(path)) for path in NAMED)):
        for path in NAMED:
            # Of a file with fewer fields some are tried again, beside others.
            place = fields(path)[number % len(fields(path))]
            text = written(with_value(document(path), place, VALUES[name]))
            (root / path).write_text(text, encoding="utf-8")
        base, report = load(root)
        assert [*report, *run(base)] != []


@pytest.mark.parametrize("name", VALUES)
def test_in_the_record_of_watched_lists(tmp_path: Path, name: str) -> None:
    (tmp_path / "taxonomy").mkdir()
    for place in dict.fromkeys(places(CandidateFile)):
        text = json.dumps(with_value(document(CANDIDATES), place, VALUES[name]))
        (tmp_path / CANDIDATES).write_text(text, encoding="utf-8")
        found, faults = read_candidates(tmp_path)
        assert bool(faults) or isinstance(found, tuple)
