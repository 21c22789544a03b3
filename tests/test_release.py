"""A release names one version everywhere, its notes are in the changelog, and each job does its part."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rekb.about import __version__

ROOT = Path(__file__).parents[1]
FILES = ("pyproject.toml", "src/rekb/about.py", "CITATION.cff")
CHANGELOG = "# Changelog\n\n## 0.1.0 (2026-12-01)\n\n- First.\n- Second.\n\n## 0.0.9\n\n- Older.\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with the files that name the version, as at 0.1.0, and a changelog that has it."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(__version__, "0.1.0"), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "changelog.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def notes(tree: Path, tag: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the release workflow."""
    command = [sys.executable, str(ROOT / "scripts" / "release-notes"), tag]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_notes_are_those_of_the_version(tree: Path) -> None:
    done = notes(tree, "v0.1.0")
    assert (done.returncode, done.stdout) == (0, "- First.\n- Second.\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "tag", "said"),
    [
        ("pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"', "v0.1.0", "pyproject.toml says 0.2.0"),
        ("src/rekb/about.py", '"0.1.0"', '"0.2.0"', "v0.1.0", "src/rekb/about.py says 0.2.0"),
        ("CITATION.cff", "version: 0.1.0", "version: 0.2.0", "v0.1.0", "CITATION.cff says 0.2.0"),
        ("docs/changelog.md", "## 0.1.0 (2026-12-01)", "## Unreleased", "v0.1.0", "no section `## 0.1.0`"),
        ("docs/changelog.md", "First", "First", "v0.1.1", "pyproject.toml says 0.1.0"),
        ("docs/changelog.md", "First", "First", "0.1.0", "a tag of a release is like v1.2.3"),
    ],
)
def test_a_release_that_contradicts_itself_ends(
    tree: Path, file: str, old: str, new: str, tag: str, said: str
) -> None:
    text = (tree / file).read_text(encoding="utf-8")
    assert old in text
    (tree / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = notes(tree, tag)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
MADE = ("rekb-0.1.0-py3-none-any.whl", "rekb-0.1.0.tar.gz", "sbom.cdx.json")
"""What `make package` leaves in dist/; tests/test_wheel.py makes the first two for real."""
STAND_INS = {
    "make": 'test "$*" = package; mkdir dist; cd dist; touch ' + " ".join(MADE),
    ".venv/bin/pytest": 'for file in "$@"; do test -f "$file"; done',
    "scripts/make-environment": 'test -f "$2"; echo "$@" > environment.txt',
    "gh": 'printf "%s\\n" "$@" > asked.txt',
}
"""Programs that have tests of their own, or that ask a host: what each is given is looked at."""


def run_steps(job: str, folder: Path, tag: str) -> list[int]:
    """Run the commands of a job's steps as a runner does, until one fails; return how each ended."""
    environment = {"PATH": f"{folder / 'programs'}:{os.environ['PATH']}", "GITHUB_REF_NAME": tag}
    ended = []
    for step in WORKFLOW["jobs"][job]["steps"]:
        if "run" in step:
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            ended.append(subprocess.run(command, cwd=folder, env=environment, check=False).returncode)
            if ended[-1]:
                break
    return ended


def stand_in(folder: Path) -> None:
    """Put programs in the places where a job looks for them."""
    for name, text in STAND_INS.items():
        file = folder / name if "/" in name else folder / "programs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\nset -eu\n{text}\n", encoding="utf-8")
        file.chmod(0o755)


@pytest.fixture
def checkout(tree: Path) -> Path:
    """Return what the first job has: the files of the repository that it names, and stand-ins."""
    stand_in(tree)
    shutil.copy(ROOT / "scripts" / "release-notes", tree / "scripts" / "release-notes")
    shutil.copy(ROOT / "requirements-test.lock", tree)
    (tree / "tests").mkdir()
    for name in ("test_wheel.py", "test_release.py"):
        shutil.copy(ROOT / "tests" / name, tree / "tests")
    return tree


def handed_on(checkout: Path, target: Path) -> Path:
    """Return a folder with what the first job hands to the others."""
    (step,) = (
        step for step in WORKFLOW["jobs"]["build"]["steps"] if "upload-artifact" in step.get("uses", "")
    )
    for name in step["with"]["path"].split():
        if (checkout / name).is_dir():
            shutil.copytree(checkout / name, target / name)
        else:
            shutil.copy(checkout / name, target / name)
    stand_in(target)
    return target


@pytest.mark.parametrize(
    ("tag", "ended"),
    [
        ("v0.1.0", [0, 0, 0, 0]),
        ("v0.1.1", [1]),
        ("0.1.0", [1]),
        ("v0.1.0; touch x", [1]),
    ],
)
def test_the_first_job_ends_before_it_builds_what_the_tag_is_not(
    checkout: Path, tag: str, ended: list[int]
) -> None:
    assert run_steps("build", checkout, tag) == ended
    assert (checkout / "dist").is_dir() == (ended[-1] == 0)
    assert not (checkout / "x").exists()


def test_each_later_job_has_its_files_and_publishes_no_other(checkout: Path, tmp_path: Path) -> None:
    assert run_steps("build", checkout, "v0.1.0") == [0, 0, 0, 0]
    attested = handed_on(checkout, tmp_path / "attest")
    for step in WORKFLOW["jobs"]["attest"]["steps"][1:]:
        for name, pattern in step["with"].items():
            assert name in {"subject-path", "sbom-path"}
            assert list(attested.glob(pattern)), pattern
    published = handed_on(checkout, tmp_path / "publish")
    assert run_steps("publish", published, "v0.1.0") == [0]
    assert sorted(file.name for file in (published / "dist").iterdir()) == list(MADE[:2])
    assert WORKFLOW["jobs"]["publish"]["steps"][-1]["with"] == {"packages-dir": "dist", "attestations": True}
    released = handed_on(checkout, tmp_path / "release")
    assert run_steps("release", released, "v0.1.0") == [0]
    files = [f"dist/{name}" for name in MADE]
    asked = (released / "asked.txt").read_text(encoding="utf-8").splitlines()
    titled = ["--title", "v0.1.0", "--notes-file", "notes.md", "--verify-tag"]
    assert asked == ["release", "create", "v0.1.0", *files, *titled]
    assert (released / "notes.md").read_text(encoding="utf-8") == "- First.\n- Second.\n"


def test_jobs_follow_each_other_and_the_package_is_built_once() -> None:
    jobs = WORKFLOW["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "build": None,
        "attest": "build",
        "publish": "attest",
        "release": "publish",
    }
    assert [name for name, job in jobs.items() if "make package" in str(job)] == ["build"]
    assert jobs["publish"]["environment"] == "pypi"
    assert "id-token" not in jobs["build"]["permissions"]


@pytest.mark.parametrize(
    ("tag", "early"),
    [("v1.2.3", False), ("v1.2.3a1", True), ("v1.2.3b2", True), ("v1.2.3rc1", True)],
)
def test_what_is_tried_early_is_not_shown_as_the_newest(tmp_path: Path, tag: str, early: bool) -> None:  # noqa: FBT001 - a column of the rows
    stand_in(tmp_path)
    assert run_steps("release", tmp_path, tag) == [0]
    asked = (tmp_path / "asked.txt").read_text(encoding="utf-8").splitlines()
    assert ("--prerelease" in asked) is early
