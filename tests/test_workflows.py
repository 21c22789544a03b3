"""The workflows hold to their rules: read-only by default, pinned, no stranger's text in a shell."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import LONGEST_FIRST
from rekb.cli import cli

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"^\s*(?:- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$")
WRITES = {
    ("deploy.yml", "publish"): {"pages", "id-token"},
    ("index.yml", "publish"): {"contents"},
    ("release.yml", "attest"): {"id-token", "attestations"},
    ("release.yml", "publish"): {"id-token"},
    ("release.yml", "release"): {"contents"},
    ("suggestion.yml", "propose"): {"contents", "pull-requests", "issues", "actions"},
    ("upkeep.yml", "propose"): {"contents", "pull-requests", "issues", "actions"},
}
"""What jobs may change; no other job may change anything."""


def parsed(text: str) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 takes its key `on` for true."""
    value: dict[Any, Any] = yaml.safe_load(text)
    return {("on" if name is True else name): part for name, part in value.items()}


def faults(name: str, text: str) -> Iterator[str]:
    """Yield what breaks a rule of ours in a workflow."""
    flow = parsed(text)
    triggers = flow["on"] if isinstance(flow["on"], (dict, list)) else [flow["on"]]
    if {"pull_request_target", "workflow_run"} & set(triggers):
        yield "runs a stranger's pull request with our token"
    if any(access != "read" for access in _access(flow.get("permissions"))):
        yield "the token is not read-only by default"
    if "concurrency" not in flow:
        yield "no concurrency"
    for job_name, job in flow["jobs"].items():
        yield from (f"{job_name}: {fault}" for fault in _job_faults(name, job_name, job))
    for line in text.splitlines():
        if re.match(r"\s*(?:- )?uses:", line) and not PINNED.match(line):
            yield f"not pinned by commit, with its version behind it: {line.strip()}"


def _access(permissions: Any) -> list[str]:
    return list(permissions.values()) if isinstance(permissions, dict) else [str(permissions)]


def _job_faults(name: str, job_name: str, job: dict[str, Any]) -> Iterator[str]:
    if not isinstance(job.get("permissions"), dict):
        yield "no permissions of its own"
    else:
        writes = {what for what, access in job["permissions"].items() if access != "read"}
        if writes != WRITES.get((name, job_name), set()):
            yield f"may change {sorted(writes)}"
    if not 0 < job.get("timeout-minutes", 0) <= 90:
        yield "no timeout"
    for step in job["steps"]:
        if "${{" in step.get("run", ""):
            yield "an expression in a shell command"
        if step.get("uses", "").startswith("actions/checkout@") and (
            step.get("with", {}).get("persist-credentials") is not False
        ):
            yield "a checkout that keeps the token"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_hold_to_the_rules(file: Path) -> None:
    assert list(faults(file.name, file.read_text(encoding="utf-8"))) == []


GOOD = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "runs a stranger's pull request with our token"),
        ("permissions:\n  contents: read\n", "permissions: write-all\n", "the token is not read-only"),
        ("permissions:\n  contents: read\n", "", "the token is not read-only by default"),
        ("concurrency:\n", "x-concurrency:\n", "no concurrency"),
        ("    permissions:\n      contents: read\n", "", "data: no permissions of its own"),
        ("      contents: read\n", "      contents: write\n", "data: may change ['contents']"),
        ("    timeout-minutes: 10\n", "", "data: no timeout"),
        ('--changed-since "$BASE"', "${{ github.head_ref }}", "data: an expression in a shell command"),
        ("          persist-credentials: false\n", "", "data: a checkout that keeps the token"),
        (" # v4.2.2", "", "not pinned by commit"),
        ("@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4", "not pinned by commit"),
    ],
)
def test_a_broken_rule_is_seen(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = list(faults("check.yml", GOOD.replace(old, new, 1)))
    assert any(one.startswith(fault) for one in found), found


PIN = re.compile(r"([\w-]+/[\w./-]+)@([0-9a-f]{40} # v[\d.]+)")
PINNING = [
    *WORKFLOWS,
    ROOT / "action.yml",
    ROOT / "src/rekb/scaffold/render.py",
    ROOT / "docs/guide/other-surveys.md",
]


def test_each_action_has_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for file in PINNING:
        found = PIN.findall(file.read_text(encoding="utf-8"))
        assert found, file
        for action, commit in found:
            pins.setdefault(action, set()).add(commit)
    assert len(pins) >= 10
    assert {action: commits for action, commits in pins.items() if len(commits) > 1} == {}


def test_the_files_that_begin_first_are_there() -> None:
    assert [name for name in LONGEST_FIRST if not (ROOT / "tests" / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)


def test_known_holes_are_looked_up_for_each_change_and_each_week() -> None:
    for name, trigger in (("check.yml", "pull_request"), ("check.yml", "push"), ("upkeep.yml", "schedule")):
        flow = parsed((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
        assert trigger in flow["on"]
        assert flow["jobs"]["holes"]["steps"][-1]["run"] == "make holes"
        assert "github.event_name" not in flow["jobs"]["holes"].get("if", "")


def test_zizmor_finds_nothing() -> None:
    program = str(Path(sys.executable).parent / "zizmor")
    command = [program, "--offline", "--no-progress", "--persona=pedantic", "--format=json", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout) == [], done.stdout


def action() -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return value


def test_the_action_passes_its_inputs_as_data() -> None:
    steps = action()["runs"]["steps"]
    assert set(action()["inputs"]) == {"root", "format", "changed-since", "version"}
    assert [step for step in steps if "${{" in step.get("run", "")] == []
    lines = (ROOT / "action.yml").read_text(encoding="utf-8").splitlines()
    assert all(PINNED.match(line) for line in lines if "uses:" in line)


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        ({"ROOT": ".", "FORMAT": "github", "SINCE": ""}, ["validate", "--root", ".", "--format", "github"]),
        (
            {"ROOT": "my survey", "FORMAT": "text", "SINCE": "$(touch x)"},
            ["validate", "--root", "my survey", "--format", "text", "--changed-since", "$(touch x)"],
        ),
    ],
)
def test_the_action_calls_validate(tmp_path: Path, settings: dict[str, str], arguments: list[str]) -> None:
    program = tmp_path / "rekb" / "bin" / "rekb"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    command = ["bash", "-euo", "pipefail", "-c", action()["runs"]["steps"][-1]["run"]]
    environment = {**os.environ, **settings, "RUNNER_TEMP": str(tmp_path)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path
    )  # fmt: skip
    assert done.stdout.splitlines() == arguments
    assert not (tmp_path / "x").exists()


JUDGED = [
    (["papers/2022/a.yaml", "taxonomy/venues.yaml", "docs/about.md"], True),
    (["rekb.yaml"], True),
    (["papers/2022/a.yaml", "src/rekb/checks/links.py"], False),
    (["scripts/judge-data"], False),
    ([".github/workflows/check.yml"], False),
    (["mkdocs.yml"], False),
    (["papersx/a"], False),
]


@pytest.mark.parametrize(("files", "judged"), JUDGED)
def test_a_change_of_data_alone_is_judged_by_the_validator_of_main(
    tmp_path: Path, files: list[str], *, judged: bool
) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        subprocess.run(command, cwd=tmp_path / "proposed", check=True, capture_output=True)

    (tmp_path / "proposed").mkdir()
    git("init", "-b", "main")
    git("commit", "--allow-empty", "-m", "base")
    git("tag", "base")
    for file in files:
        (tmp_path / "proposed" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "proposed" / file).write_text("x", encoding="utf-8")
    git("add", "-A")
    git("commit", "-m", "change")
    rekb = tmp_path / "rekb"
    rekb.write_text('#!/bin/sh\necho "$@"\nexit 1\n', encoding="utf-8")
    rekb.chmod(0o755)
    command = [str(ROOT / "scripts" / "judge-data"), str(rekb), "proposed", "base"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    if judged:
        asked = "validate --root proposed --format github --changed-since base\n"
        assert (done.returncode, done.stdout) == (1, asked)
    else:
        assert done.returncode == 0
        assert "code owner" in done.stdout


def test_each_promise_names_a_check_that_there_is() -> None:
    rows = [
        line
        for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| [A-Z]", line)
    ]
    assert len(rows) > 15
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for row in rows:
        command = re.search(r"`([^`]+)` \|$", row)
        assert command, row
        assert set(re.findall(r"make (\w+)", command[1])) <= targets
        assert all((ROOT / file).is_file() for file in re.findall(r"tests/\w+\.py", command[1])), row


def test_everything_that_judges_has_an_owner() -> None:
    owned = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
    for path in (
        "/.github/",
        "/src/",
        "/scripts/",
        "/tests/",
        "/requirements*.lock",
        "/pyproject.toml",
        "/mkdocs.yml",
    ):
        assert re.search(rf"(?m)^{re.escape(path)} +@", owned), path


def test_the_hooks_call_commands() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["rekb-validate", "rekb-fmt"]
    for hook in hooks:
        name = hook["entry"].removeprefix("rekb ")
        assert name in cli.commands
        assert re.search(hook["files"], "survey/papers/2022/dao2022flashattention.yaml")
        assert not re.search(hook["files"], "docs/index.md")
