"""A release names one version everywhere, and its notes stand in the changelog."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = ("pyproject.toml", "src/rekb/about.py", "CITATION.cff")
CHANGELOG = "# Changelog\n\n## 0.1.0 (2026-12-01)\n\n- First.\n- Second.\n\n## 0.0.9\n\n- Older.\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with the files that name the version, and a changelog that has it."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
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
