"""What commands report as JSON holds to its schema, under two validators. All is hand-made."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fake_hosts import Answer, FakeHosts, atom
from fixture_kb import SPARSE, TILE, added, configured, copy, replaced
from rekb.answers.json_of_reports import PRINTED, Bibliography, Findings, Imported, Proposals, Watched
from rekb.model.base import Model
from test_cli_commands import call
from test_cli_upkeep import PUBLISHED, crossref
from test_schemas import ROOT, checker, schema_at
from test_watch import BIG, DECLINED, REFUSED, WATCHED

TITLE = 'title={The Tile: Moth-Like Attention, "Exact" and Small}'
PAPER = f"""% mine
@misc{{first, {TITLE}, eprint={{2205.99991}}}}
@misc{{own, title={{Of my own}}}}
@inproceedings{{second, {TITLE}, booktitle={{Another Place}}}}
@misc{{cut, title={{open
"""
SITE = "site_url: https://moths.example.org/kb\n"
NO_FINDINGS = {"error": 0, "warning": 0, "hint": 0}
NO_WORKS = {"added": 0, "merged": 0, "skipped": 0, "doubted": 0}


@pytest.fixture
def root(tmp_path: Path, hosts: FakeHosts) -> Path:
    """Return a knowledge base that watches lists, with an address that moved and a field that is wrong."""
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref(PUBLISHED)}
    kind = replaced(TILE, "kind: paper", "kind: poem")
    made = copy(tmp_path, configured(WATCHED), added(DECLINED, REFUSED))
    (tmp_path / "big.md").write_text(BIG, encoding="utf-8")
    (tmp_path / "small.md").write_text("# Lists\n\nNothing.\n", encoding="utf-8")
    (tmp_path / "paper.bib").write_text(PAPER, encoding="utf-8")
    (tmp_path / "other.bib").write_text("@misc{own, title={Of my own}}\n", encoding="utf-8")
    (tmp_path / "faulty").mkdir()
    copy(tmp_path / "faulty", kind)
    return made


@pytest.fixture
def linked(tmp_path: Path, hosts: FakeHosts) -> Path:
    """Return a knowledge base of one preprint whose every address is on the loopback server."""
    made = copy(tmp_path / "linked")
    for file in (made / "papers").rglob("*.yaml"):
        if file.relative_to(made).as_posix() != SPARSE:
            file.unlink()
    venues = made / "taxonomy/venues.yaml"
    text = venues.read_text(encoding="utf-8")
    for address in ("https://arxiv.org/", "https://github.com/"):
        text = text.replace(address, f"{hosts.address}/venue")
    venues.write_text(text, encoding="utf-8")
    links = f"links:\n  project: {hosts.address}/page\n"
    entry = (made / SPARSE).read_text(encoding="utf-8").replace("topics:\n", f"{links}topics:\n")
    (made / SPARSE).write_text(entry, encoding="utf-8")
    hosts.routes["/"] = Answer(b"well")
    hosts.routes["/page"] = Answer(status=301, headers=(("Location", "/new/page"),))
    return made


@dataclass(frozen=True)
class Run:
    """A command, how it ends, and how many lines its report has under a name."""

    command: str
    schema: type[Model]
    status: int
    name: str
    number: int


RUNS = [
    Run("bibliography {folder}/paper.bib", Bibliography, 1, "entries", 4),
    Run("bibliography {folder}/other.bib", Bibliography, 0, "entries", 1),
    Run("watch --offline big-list={folder}/big.md", Watched, 0, "works", 2),
    Run("watch --offline big-list={folder}/big.md small-list={folder}/small.md", Watched, 1, "faults", 1),
    Run("validate", Findings, 0, "findings", 5),
    Run("validate --root {folder}/faulty/kb", Findings, 1, "findings", 6),
    Run("import --offline --dry-run {folder}/paper.bib", Imported, 1, "works", 4),
    Run("import --offline --dry-run {folder}/big.md", Imported, 1, "works", 4),
    Run("refresh nobody2021guess", Proposals, 1, "proposals", 1),
    Run("check-links --root {folder}/linked/kb", Proposals, 1, "proposals", 1),
]


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.command)
def test_both_take_what_is_reported(
    run: Run, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = run.command.format(folder=tmp_path).split()
    status, printed, errors = call("--root", str(root), *command, "--format", "json", capsys=capsys)
    report = json.loads(printed)
    assert (status, len(report[run.name])) == (run.status, run.number), errors + printed
    Draft202012Validator(schema_at(PRINTED[run.schema])).validate(report)
    (tmp_path / "printed.json").write_text(printed, encoding="utf-8")
    assert checker("--schemafile", ROOT / PRINTED[run.schema], tmp_path / "printed.json") == ""


def test_what_is_said_of_a_bibliography(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    options = ("--root", str(root), "--format", "json", str(tmp_path / "paper.bib"))
    status, printed, _ = call("bibliography", *options, capsys=capsys)
    report = json.loads(printed)
    assert (status, report["schema_version"], report["written"]) == (1, 1, False)
    page = "https://moths.example.org/kb/papers/moth2022tile/"
    here = {"is_readable": True, "work": "moth2022tile", "page": page, "same_as": None}
    none = {"work": None, "page": None, "appeared_in": None, "same_as": None}
    assert report["entries"] == [
        {"key": "first", "line": 2, **here, "appeared_in": "ICMMM 2023"},
        {"key": "own", "line": 3, "is_readable": True, **none},
        {"key": "second", "line": 4, **here, "appeared_in": None, "same_as": "first"},
        {"key": "", "line": 5, "is_readable": False, **none},
    ]
    _, printed, _ = call("bibliography", *options, "--write", capsys=capsys)
    assert json.loads(printed)["written"]
    assert (tmp_path / "paper.bib").read_text(encoding="utf-8").startswith("% mine\n@inproceedings{first,")


@pytest.mark.parametrize(
    ("model", "report", "change"),
    [
        (Bibliography, {"entries": [], "written": False}, {"written": None}),
        (Bibliography, {"entries": [], "written": False}, {"entries": [{"key": "x"}]}),
        (Watched, {"undecided": 0, "works": [], "faults": []}, {"undecided": "many"}),
        (Watched, {"undecided": 0, "works": [], "faults": []}, {"faults": ["none"]}),
        (Proposals, {"summary": "", "proposals": []}, {"summary": None}),
        (Proposals, {"summary": "", "proposals": []}, {"proposals": [{"kind": "gone"}]}),
        (Findings, {"files": 0, "counts": NO_FINDINGS, "findings": []}, {"counts": {"error": 0}}),
        (Findings, {"files": 0, "counts": NO_FINDINGS, "findings": []}, {"schema_version": 2}),
        (Imported, {"counts": NO_WORKS, "works": []}, {"counts": NO_FINDINGS}),
        (Imported, {"counts": NO_WORKS, "works": []}, {"other": 1}),
    ],
)
def test_a_schema_refuses_what_is_wrong(
    model: type[Model], report: dict[str, Any], change: dict[str, Any]
) -> None:
    validator = Draft202012Validator(schema_at(PRINTED[model]))
    validator.validate({"schema_version": 1, **report})
    assert not validator.is_valid({"schema_version": 1, **report, **change})
