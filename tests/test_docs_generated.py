"""The docs follow from the code: generated files are current, every command, rule and field is described."""

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fixture_kb import KB
from rekb.checks import ALL_RULES
from rekb.cli import cli
from rekb.cli.commands import generate
from rekb.loading.layout import SCHEMAS, kind_of
from rekb.loading.loader import load
from rekb.model import CandidateFile, CombinesFile, Config, DeclinedFile, Entry, FacetFile, Topic, VenueFile
from rekb.model.base import Line, Link, Slug
from rekb.model.documented import descriptions
from rekb.model.entry import Author, Kind
from rekb.model.levels import Summary
from rekb.model.results import Number
from rekb.reference import fields_page, schemas, type_words

ROOT = Path(__file__).parents[1]


@functools.cache
def made() -> dict[str, str]:
    """Return the text of every file that `rekb generate` would write, by its path; made once for all rows."""
    return generate.pages(ROOT, cli)


@pytest.mark.parametrize("path", sorted(made()))
def test_generated_files_are_current(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == made()[path], "run `rekb generate`"


def test_every_command_is_described() -> None:
    text = made()["docs/reference/commands.md"]
    visible = [name for name, command in cli.commands.items() if not command.hidden]
    assert [line for line in text.splitlines() if line.startswith("## rekb ")] == [
        f"## rekb {name}" for name in sorted(visible)
    ]
    assert all(command.help and "Example: rekb" in command.help for command in cli.commands.values())


def test_every_rule_is_described() -> None:
    text = made()["docs/reference/rules.md"]
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == sorted(ALL_RULES)


def test_every_field_is_described() -> None:
    text = fields_page(Config())
    assert all(f"| `{level}` |" in text for level in Config().levels)
    for model in (Entry, Topic, FacetFile, VenueFile, CandidateFile, DeclinedFile, CombinesFile):
        for name in model.model_fields:
            assert descriptions(model).get(name), f"{model.__name__}.{name} has no docstring"
            assert f"| `{name}` |" in text


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (Line, "one line of text"),
        (Line | None, "one line of text"),
        (Number, "number"),
        (bool, "true or false"),
        (Kind, "`paper`, `book`, `chapter`, `thesis`, `software`, `report`, `post`"),
        (Author, "`Family, Given` or [Group](#group) or [Mononym](#mononym)"),
        (tuple[Slug, ...] | None, "list of: word"),
        (tuple[Link, ...], "list of: web address"),
        (Summary | None, "[Summary](#summary)"),
    ],
)
def test_type_words(hint: Any, words: str) -> None:
    assert type_words(hint) == words


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("root", [KB, ROOT], ids=["fixture", "corpus"])
def test_every_data_file_fits_its_schema(root: Path) -> None:
    base, _ = load(root)
    made = {path: json.loads(text) for path, text in schemas(base).items()}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    for shown, document in base.documents.items():
        kind = kind_of(shown)
        assert kind is not None
        Draft202012Validator(made[SCHEMAS[kind]]).validate(as_json(document.value))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "poem"},
        {"topics": ["systems/serving/cashing"]},
        {"topics": ["systems"]},
        {"requires": ["magic"]},
        {"requires": None},
        {"records": [{"venue": "nowhere", "year": 2020}]},
        {"records": [{"venue": "arxiv", "year": 2020, "arxiv": "2205.14135v2"}]},
        {"effects": [{"resource": "ram", "phase": "training", "change": "saves", "how": "x"}]},
        {"autors": []},
    ],
)
def test_editors_mark_what_validate_refuses(change: dict[str, Any]) -> None:
    base, _ = load(KB)
    schema = json.loads(schemas(base)["docs/schema/entry.json"])
    good = base.entry_document("moth2020sparse").value
    assert Draft202012Validator(schema).is_valid(good)
    assert not Draft202012Validator(schema).is_valid(good | change)


def test_the_schema_offers_the_words_of_the_taxonomy() -> None:
    base, _ = load(KB)
    schema = json.loads(schemas(base)["docs/schema/entry.json"])
    topics = schema["properties"]["topics"]["items"]["anyOf"]
    assert [topic["const"] for topic in topics] == ["architectures/attention", "systems/serving/caching"]
    venues = schema["$defs"]["Record"]["properties"]["venue"]["anyOf"]
    assert [venue["const"] for venue in venues] == list(base.venues)
    resource = schema["$defs"]["Effect"]["properties"]["resource"]
    assert [word["const"] for word in resource["anyOf"]] == ["memory", "latency", "quality"]
    assert resource["anyOf"][0]["description"] == "Bytes that are held."
    assert resource["description"].startswith("Which, a word of the facet")
