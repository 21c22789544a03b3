"""The scripts that the workflows call: with a fake `gh` and a bare repository in place of GitHub."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from test_cli_from_issue import NEW, body

ROOT = Path(__file__).parents[1]
GH = """\
#!/bin/sh
echo "gh $*" >> "$GH_LOG"
for last; do :; done
case "$1 $2" in
*" comment" | "issue create" | "issue edit" | "pr create" | "pr edit") sed 's/^/    /' "$last" >> "$GH_LOG" ;;
"pr list" | "issue list") echo "$GH_OPEN" ;;
esac
"""
BASE = "papers/2022/moth2022tile.yaml"


@dataclass(frozen=True)
class Repository:
    """A clone of a bare repository that holds the fixture knowledge base, and what `gh` was asked."""

    root: Path
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Return what a command in the clone did."""
        return subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, check=False, env=self.environment
        )

    def git(self, *arguments: str) -> str:
        """Return what git printed."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def asked(self) -> str:
        """Return every call of `gh` so far, with the text that it was given."""
        log = Path(self.environment["GH_LOG"])
        return log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    home = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "GH_LOG": str(tmp_path / "log"), "GH_OPEN": ""}
    made = Repository(tmp_path / "clone", {**os.environ, **home, "PATH": f"{tools}:{os.environ['PATH']}"})
    shutil.copytree(ROOT / "tests" / "fixtures" / "kb", made.root)
    shutil.copytree(ROOT / "scripts", made.root / "scripts")
    (made.root / ".venv").symlink_to(Path(sys.executable).parents[1])
    (made.root / ".gitignore").write_text(".venv\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "remote")], check=True)
    for arguments in (
        ("init", "--quiet", "--initial-branch", "main"),
        ("config", "user.name", "Ada Moth"),
        ("config", "user.email", "ada@example.org"),
        ("remote", "add", "origin", str(tmp_path / "remote")),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "start"),
        ("push", "--quiet", "origin", "main"),
    ):
        made.git(*arguments)
    return made


def draft(repository: Repository, text: str) -> tuple[Path, str]:
    """Return the folder and status that a drafted issue leaves, the checkout being clean as in a new job."""
    event, folder = repository.root.parent / "event.json", repository.root.parent / "draft"
    event.write_text(json.dumps({"issue": {"number": 7, "body": text}}), encoding="utf-8")
    done = repository.run("scripts/draft-suggestion", str(event), str(folder))
    assert done.returncode == 0, done.stderr
    repository.git("clean", "--quiet", "--force", "-d")
    return folder, done.stdout


def test_an_approved_form_becomes_a_pull_request(repository: Repository) -> None:
    folder, printed = draft(repository, body(why="$(touch owned) `touch owned`"))
    assert printed == "status=0\n"
    done = repository.run("scripts/propose-suggestion", str(folder), "7", "0")
    assert done.returncode == 0, done.stderr
    assert "gh pr create --head suggestion/7 --title Add lamp2024lantern --body-file" in repository.asked()
    assert "    Closes #7.\n" in repository.asked()
    assert repository.asked().endswith("gh workflow run check.yml --ref suggestion/7\n")
    changed = repository.git("diff", "--name-only", "main", "origin/suggestion/7")
    assert changed == f"{NEW}\n"
    assert not list(repository.root.rglob("owned"))


def test_a_second_label_renews_the_pull_request(repository: Repository) -> None:
    folder, _ = draft(repository, body())
    repository.environment["GH_OPEN"] = "12"
    assert repository.run("scripts/propose-suggestion", str(folder), "7", "0").returncode == 0
    assert "gh pr edit 12 --body-file" in repository.asked()
    assert "pr create" not in repository.asked()
    assert repository.asked().endswith("gh workflow run check.yml --ref suggestion/7\n")


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (body(work="2205.99991"), "1", f"it is there already: {BASE}"),
        (body(work="nonsense"), "2", "'nonsense' is no identifier"),
        ("", "2", "its heading `The work` is missing"),
    ],
)
def test_a_form_of_no_use_is_answered(repository: Repository, text: str, status: str, words: str) -> None:
    folder, printed = draft(repository, text)
    assert printed == f"status={status}\n"
    assert repository.run("scripts/propose-suggestion", str(folder), "7", status).returncode == 0
    assert "gh issue comment 7 --body-file" in repository.asked()
    assert words in repository.asked()
    assert repository.git("branch", "--all", "--list", "*suggestion*") == ""


@pytest.mark.parametrize(
    "files", [[], ["papers/x.sh"], [NEW, "papers/2024/a2024b.yaml"], [BASE], ["papers/2024/../x.yaml"]]
)
def test_a_draft_that_is_not_one_new_entry_is_refused(repository: Repository, files: list[str]) -> None:
    folder = repository.root.parent / "draft"
    for name in ("papers", *files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name in files:
            (folder / name).write_text("x", encoding="utf-8")
    assert repository.run("scripts/propose-suggestion", str(folder), "7", "0").returncode != 0
    assert repository.asked() == ""
    assert repository.git("status", "--porcelain") == ""


def test_upkeep_opens_a_pull_request_and_an_issue(repository: Repository) -> None:
    folder = repository.root.parent / "upkeep"
    folder.mkdir()
    file = repository.root / BASE
    file.write_text(file.read_text(encoding="utf-8") + "# moved\n", encoding="utf-8")
    (folder / "changes.patch").write_text(repository.git("diff"), encoding="utf-8")
    (folder / "links.md").write_text("One address is dead.\n", encoding="utf-8")
    repository.git("checkout", "--quiet", "--", ".")
    done = repository.run("scripts/propose-upkeep", str(folder))
    assert done.returncode == 0, done.stderr
    asked = repository.asked()
    assert "gh pr create --head upkeep --title What changed elsewhere" in asked
    assert "gh issue create --title What changed elsewhere --label upkeep" in asked
    assert asked.count("    One address is dead.") == 2
    assert repository.git("diff", "--name-only", "main", "origin/upkeep") == f"{BASE}\n"


def test_upkeep_with_nothing_to_say_says_nothing(repository: Repository) -> None:
    folder = repository.root.parent / "upkeep"
    folder.mkdir()
    (folder / "changes.patch").write_text("", encoding="utf-8")
    assert repository.run("scripts/propose-upkeep", str(folder)).returncode == 0
    assert repository.asked() == ""


def test_upkeep_never_edits_outside_papers(repository: Repository) -> None:
    folder = repository.root.parent / "upkeep"
    folder.mkdir()
    script = repository.root / "scripts" / "lock"
    script.write_text("#!/bin/sh\necho owned\n", encoding="utf-8")
    (folder / "changes.patch").write_text(repository.git("diff"), encoding="utf-8")
    repository.git("checkout", "--quiet", "--", ".")
    repository.run("scripts/propose-upkeep", str(folder))
    assert "owned" not in script.read_text(encoding="utf-8")
    assert repository.git("branch", "--all", "--list", "*upkeep*") == ""


def test_new_works_become_one_pull_request(repository: Repository) -> None:
    folder = repository.root.parent / "upkeep"
    folder.mkdir()
    file = repository.root / "papers/2024/moth2024new.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("# a draft\n", encoding="utf-8")
    lock = repository.root / "scripts" / "lock"
    before = lock.read_text(encoding="utf-8")
    lock.write_text("echo owned\n", encoding="utf-8")
    repository.git("add", "--intent-to-add", "--", "papers")
    (folder / "watch.patch").write_text(repository.git("diff"), encoding="utf-8")
    (folder / "watch.md").write_text("| work |\n", encoding="utf-8")
    repository.git("reset", "--quiet", "--hard")
    file.unlink(missing_ok=True)
    done = repository.run("scripts/propose-watch", str(folder))
    assert done.returncode == 0, done.stderr
    assert "gh pr create --head watch --title New works that other lists name" in repository.asked()
    assert "    | work |" in repository.asked()
    assert repository.git("diff", "--name-only", "main", "origin/watch") == "papers/2024/moth2024new.yaml\n"
    assert lock.read_text(encoding="utf-8") == before


def test_no_new_work_is_no_pull_request(repository: Repository) -> None:
    folder = repository.root.parent / "upkeep"
    folder.mkdir()
    (folder / "watch.patch").write_text("", encoding="utf-8")
    assert repository.run("scripts/propose-watch", str(folder)).returncode == 0
    assert repository.asked() == ""


def test_changed_pages(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD").strip()
    for name in (BASE, "taxonomy/topics/systems/_topic.yaml", "taxonomy/topics/architectures/attention.yaml"):
        file = repository.root / name
        file.write_text(file.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    (repository.root / "papers/2022/`id`.yaml").write_text("", encoding="utf-8")
    (repository.root / "papers/2020/moth2020sparse.yaml").unlink()
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "change")
    done = repository.run("scripts/changed-pages", start, "https://example.org/a")
    assert done.stdout.splitlines()[2].startswith(
        "[Download the built site](https://example.org/a), unpack it"
    )
    assert [line for line in done.stdout.splitlines() if line.startswith("- ")] == [
        "- http://127.0.0.1:8000/papers/moth2022tile/",
        "- http://127.0.0.1:8000/topics/architectures/attention/",
        "- http://127.0.0.1:8000/topics/systems/",
    ]
    done = repository.run("scripts/changed-pages", "HEAD", "https://example.org/a")
    assert "No entry and no topic changed." in done.stdout


def test_the_form_of_files_is_reported_in_plain_words(repository: Repository) -> None:
    summary = repository.root.parent / "summary.md"
    repository.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    assert repository.run("scripts/check-form").returncode == 0
    assert not summary.exists()
    file = repository.root / BASE
    file.write_text(file.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    done = repository.run("scripts/check-form")
    assert done.returncode == 1
    assert f"would change {BASE}" in done.stdout
    assert summary.read_text(encoding="utf-8").splitlines() == [
        "### The form of the files", "",
        "Run `rekb fmt` and commit what it changes. It would rewrite:", "",
        "```text", BASE, "```", "",
    ]  # fmt: skip
