"""`rekb validate` as a user calls it: what changed, what fails, what is fixed, where it is written."""

import json
import subprocess
from pathlib import Path

import pytest

from fixture_kb import (
    ATTENTION,
    CACHING,
    GUESS,
    KB,
    SPARSE,
    TILE,
    VENUES,
    Change,
    added,
    copy,
    moved,
    removed,
    replaced,
)
from rekb.cli import main
from rekb.cli.shared.changes import changed_since
from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.reports import as_markdown

TYPO = replaced(SPARSE, "architectures/attention", "architectures/atention")


def call(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return status, output and error output of `rekb validate`."""
    with pytest.raises(SystemExit) as ended:
        main(["validate", *map(str, arguments)])
    captured = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, captured.out, captured.err


def git(root: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *settings, *arguments], check=True, capture_output=True)


def repository(tmp_path: Path, *changes: Change, inside: str = "") -> Path:
    """Return the root of a copy in a git repository with one commit, changed since."""
    whole = tmp_path / "repository" / inside
    whole.mkdir(parents=True)
    root = copy(whole)
    git(tmp_path / "repository", "init", "-q", "-b", "main")
    git(tmp_path / "repository", "add", ".")
    git(tmp_path / "repository", "commit", "-q", "-m", "one")
    for change in changes:
        change(root)
    return root


def places(output: str) -> list[str]:
    """Return the findings of a JSON report as ``path rule``."""
    return [f"{d['path']} {d['rule']}" for d in json.loads(output)["findings"]]


SINCE: list[tuple[list[Change], list[str]]] = [
    ([], []),
    ([added(SPARSE, "# x\n")], [f"{SPARSE} incomplete-entry"]),
    ([TYPO], [f"{SPARSE} incomplete-entry", f"{SPARSE} unknown-topic"]),
    (
        [removed(SPARSE)],  # what others say of it leads nowhere now
        [f"{GUESS} unknown-entry", f"{TILE} unknown-entry", f"{ATTENTION} unknown-citation"],
    ),
    (
        [moved(SPARSE, "papers/2020/moth2020sparsex.yaml")],
        [
            "papers/2020/moth2020sparsex.yaml incomplete-entry",
            f"{GUESS} unknown-entry",
            f"{TILE} unknown-entry",
            f"{ATTENTION} unknown-citation",
        ],
    ),
    (
        [replaced(SPARSE, 'pages: "1-9"', 'doi: "10.99999/TILE.2023.1"')],  # reported at the other file
        [f"{SPARSE} incomplete-entry", f"{TILE} duplicate-identifier"],
    ),
    ([replaced(VENUES, "id: imaginary-journal", "id: imaginary-paper")], [f"{SPARSE} unknown-venue"]),
    (
        [removed("taxonomy/topics/systems/serving/_topic.yaml")],
        [f"{CACHING} topic-without-parent"],
    ),
    ([replaced(TILE, "kind: paper", "kind: poem")], [f"{TILE} unknown-word"]),
    ([added("papers/2020/notes.txt", "x")], ["papers/2020/notes.txt stray-file"]),
    ([added("docs/x.md", "x"), added("README.md", "x")], []),
]


@pytest.mark.parametrize("inside", ["", "deep/down"])
@pytest.mark.parametrize(("changes", "expected"), SINCE)
def test_only_what_a_change_answers_for(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: list[Change],
    expected: list[str],
    inside: str,
) -> None:
    root = repository(tmp_path, *changes, inside=inside)
    for commit in (False, True):
        if commit:
            git(root, "checkout", "-q", "-b", "mine")
            git(root, "add", ".")
            git(root, "commit", "-q", "--allow-empty", "-m", "two")
        _, output, _ = call("--root", root, "--changed-since", "main", "--format", "json", capsys=capsys)
        assert places(output) == sorted(expected)


def test_what_a_change_caused_is_shown_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path, replaced(VENUES, "id: imaginary-journal", "id: imaginary-paper"))
    _, output, _ = call("--root", root, "--changed-since", "main", capsys=capsys)
    assert output.splitlines()[0].startswith(f"{SPARSE}:7:13: error unknown-venue:")
    assert output.splitlines()[1].startswith("    7 |   - {venue: imaginary-journal")
    assert "1 file: 1 error" in output


def test_what_others_did_meanwhile_is_not_of_this_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path)
    git(root, "checkout", "-q", "-b", "mine")
    git(root, "commit", "-q", "--allow-empty", "-m", "mine")
    git(root, "checkout", "-q", "main")
    TYPO(root)
    git(root, "commit", "-qam", "theirs")
    git(root, "checkout", "-q", "mine")
    assert call("--root", root, "--changed-since", "main", capsys=capsys)[:2] == (
        0, "0 files: nothing to report\n",
    )  # fmt: skip


def test_a_needless_exemption_elsewhere_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = repository(
        tmp_path, replaced("papers/2021/cachecrew2021larder.yaml", 'title: "Larder"', 'title: "Larder!x"')
    )
    _, output, _ = call("--root", root, "--changed-since", "HEAD", "--format", "json", capsys=capsys)
    assert "papers/2023/cachecrew2023larder.yaml needless-exemption" in places(output)


def twin(root: Path) -> None:
    """Add a second entry of the work in `TILE`, whose file comes behind it."""
    text = (root / TILE).read_text(encoding="utf-8").replace("survey: {rows: [1, 2]", "survey: {rows: [3]")
    (root / "papers/2022/moth2022tileb.yaml").write_text(text, encoding="utf-8")


def twice(root: Path) -> None:
    """Put the file of an entry into the folder of another year as well."""
    (root / "papers/2023/moth2022tile.yaml").write_bytes((root / TILE).read_bytes())


def declined(work: str) -> Change:
    """Return the change that declines a work."""
    row = f'{{id: "{work}", title: Some Work, because: overview, on: 2026-01-02}}'
    text = f'reasons:\n  - {{id: overview, text: "Is it a work?"}}\ndeclined:\n  - {row}\n'
    return added("taxonomy/declined.yaml", text)


FROM_BESIDE = [
    (TILE, [twin], "papers/2022/moth2022tileb.yaml duplicate-identifier"),
    (TILE, [twin], "papers/2022/moth2022tileb.yaml duplicate-title"),
    (TILE, [twin], "papers/2022/moth2022tileb.yaml shared-sentence"),
    ("papers/2022", [twin], "papers/2022/moth2022tileb.yaml duplicate-title"),
    ("papers/2022/moth2022tileb.yaml", [twin], "papers/2022/moth2022tileb.yaml duplicate-title"),
    (TILE, [twice], "papers/2023/moth2022tile.yaml duplicate-file"),
    (
        SPARSE,
        [added(SPARSE, "relations: [{type: builds-on, entry: moth2022tile}]\n")],
        f"{TILE} relation-cycle",
    ),
    (TILE, [replaced(GUESS, "rows: [3]", "rows: [2]")], f"{GUESS} survey-row-claimed-twice"),
    (
        "taxonomy/topics/architectures/_topic.yaml",
        [replaced("taxonomy/topics/systems/_topic.yaml", "order: 2", "order: 1")],
        "taxonomy/topics/systems/_topic.yaml topic-order",
    ),
    (
        TILE,
        [declined("arxiv:2205.99991")],
        "taxonomy/declined.yaml declined-and-entered",
    ),
]
"""The file that is named, what changes, and a finding that is about that file, wherever it is reported."""


@pytest.mark.parametrize(("named", "changes", "expected"), FROM_BESIDE)
def test_what_is_about_a_named_file_is_shown_wherever_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str, changes: list[Change], expected: str
) -> None:
    root = copy(tmp_path, *changes)
    status, output, _ = call("--root", root, named, "--format", "json", capsys=capsys)
    assert status == 1
    assert expected in places(output)


def test_what_is_about_other_files_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, twin)
    status, output, _ = call("--root", root, SPARSE, "--format", "json", capsys=capsys)
    assert (status, places(output)) == (0, [f"{SPARSE} incomplete-entry"])


def test_names_that_git_would_quote(tmp_path: Path) -> None:
    root = repository(
        tmp_path, added("papers/2020/a\nb\t\u00e9.yaml", "x"), added(SPARSE, "# x\n"), added(TILE, "# x\n")
    )
    found = changed_since(root, "main")
    assert found == {
        "papers/2020/a\\nb\\té.yaml": None,
        SPARSE: (KB / SPARSE).read_bytes(),
        TILE: (KB / TILE).read_bytes(),
    }


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "git knows no revision `nowhere`"),
        ("--output=x", "git knows no revision `--output=x`"),
        ("main; true", "git knows no revision"),
        ("", "git knows no revision"),
    ],
)
def test_a_revision_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], revision: str, message: str
) -> None:
    root = repository(tmp_path)
    status, _, error = call("--root", root, f"--changed-since={revision}", capsys=capsys)
    assert status == 2
    assert message in error
    assert not (root / "x").exists()


def test_without_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = call("--root", copy(tmp_path), "--changed-since", "main", capsys=capsys)
    assert status == 2
    assert "git rev-parse: fatal: not a git repository" in error


def test_without_git(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    status, _, error = call("--root", copy(tmp_path), "--changed-since", "main", capsys=capsys)
    assert (status, "needs git" in error) == (2, True)


@pytest.mark.parametrize(
    ("changes", "options", "status"),
    [
        ([], [], 0),
        ([], ["--fail-on", "error"], 0),
        ([], ["--fail-on", "warning"], 1),
        ([], ["--strict"], 1),
        ([], ["--fail-on", "hint", TILE], 0),
        ([replaced(TILE, "So this trick", "So this novel trick")], ["--fail-on", "warning", TILE], 0),
        ([replaced(TILE, "So this trick", "So this novel trick")], ["--fail-on", "hint", TILE], 1),
        ([TYPO], [], 1),
    ],
)
def test_what_fails_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[Change], options: list[str], status: int
) -> None:
    root = copy(tmp_path, *changes)
    assert call("--root", root, *options, capsys=capsys)[0] == status
    quiet = call("--root", root, "--quiet", *options, capsys=capsys)
    assert (quiet[0], bool(quiet[1])) == (status, status == 1)


def test_the_end_of_a_report_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(
        tmp_path, replaced(TILE, "https://example.org/tile/docs", "https://example.org/?utm_source=x")
    )
    _, output, _ = call("--root", root, capsys=capsys)
    assert output.splitlines()[-4:] == [
        "16 files: 5 warnings, 1 hint",
        "  incomplete-entry 5, untidy-link 1",
        "Next: `rekb explain incomplete-entry` says why and what to write.",
        "`rekb validate --diff` shows what --fix would change for untidy-link.",
    ]


def test_a_report_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    root = copy(tmp_path, TYPO)
    file = tmp_path / "report.txt"
    status, output, _ = call("--root", root, "-o", file, capsys=capsys)
    assert (status, output) == (1, "")
    assert file.read_text(encoding="utf-8").startswith(f"{SPARSE}:1:1: warning incomplete-entry:")
    assert "\x1b" not in file.read_text(encoding="utf-8")
    assert call("--root", root, "-o", tmp_path / "no" / "x", capsys=capsys)[0] == 2


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_colours_where_nobody_is_asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    coloured: bool,  # noqa: FBT001 - a row
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in call("--root", KB, capsys=capsys)[1]) is coloured


def test_the_summary_of_a_workflow_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    call("--root", copy(tmp_path, TYPO), SPARSE, capsys=capsys)
    assert summary.read_text(encoding="utf-8") == "before\n"
    call("--root", tmp_path / "kb", SPARSE, "--format", "github", capsys=capsys)
    lines = summary.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["before", "### rekb validate: 1 file: 1 error, 1 warning"]
    assert lines[5].startswith(
        f"| error | `unknown-topic` | `{SPARSE}:9` | `there is no topic 'architectures/atention'"
    )


def test_a_summary_holds_no_markup() -> None:
    hostile = "a | b `c` <img src=x> [l](http://x.y) @someone \n::error::x"
    report = Report([Diagnostic("unknown-topic", Severity.ERROR, Place("p`|\n.yaml", 3), hostile)])
    row = as_markdown(report, {}).splitlines()[4]
    assert row == (
        "| error | `unknown-topic` | `p'\\|\\n.yaml:3` | "
        "`a \\| b 'c' <img src=x> [l](http://x.y) @someone \\n::error::x` |"
    )


def test_a_long_summary_is_cut() -> None:
    report = Report(
        [Diagnostic("unknown-topic", Severity.ERROR, Place("a.yaml", n), "x") for n in range(300)]
    )
    assert "In the log of the step: 100 more findings." in as_markdown(report, {}).splitlines()


ARXIV = replaced(GUESS, '"2101.99992"', '"arXiv:2101.99992"')


def test_mends_are_shown_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, ARXIV)
    before = (root / GUESS).read_text(encoding="utf-8")
    status, patch, error = call("--root", root, "--diff", capsys=capsys)
    assert status == 1
    assert error == f"would fix {GUESS}: records[0].arxiv: arXiv:2101.99992 -> 2101.99992 (wrong-form)\n"
    assert (root / GUESS).read_text(encoding="utf-8") == before
    subprocess.run(["git", "apply", "--check", "-"], cwd=root, input=patch, text=True, check=True)
    status, output, error = call("--root", root, "--fix", GUESS, capsys=capsys)
    assert status == 0
    assert error == f"fixed {GUESS}: records[0].arxiv: arXiv:2101.99992 -> 2101.99992 (wrong-form)\n"
    assert output.startswith(f"{GUESS}:1:1: warning incomplete-entry")
    assert (root / GUESS).read_bytes() == (KB / GUESS).read_bytes()
    assert call("--root", root, "--diff", capsys=capsys) == (0, "", "")


def test_only_files_that_were_named_are_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, ARXIV)
    assert call("--root", root, "--fix", TILE, capsys=capsys)[2] == ""
    assert b"arXiv:" in (root / GUESS).read_bytes()


def test_a_fix_in_a_change_touches_only_the_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path, ARXIV, removed(SPARSE))
    _, _, error = call("--root", root, "--fix", "--changed-since", "HEAD", capsys=capsys)
    assert error.startswith(f"fixed {GUESS}: ")
    assert error.count("\n") == 1
