"""The commands as a user calls them: options, output, exit status, and what they leave on disk."""

import contextlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from fixture_kb import KB, SPARSE, TILE, Change, added, configured, copy, replaced
from rekb.cli import cli, main
from rekb.cli.app.commands import EXPORT_FORMS, REPORT_FORMS
from rekb.exports import ALL_EXPORTERS
from rekb.reports import FORMS

ROOT = Path(__file__).parents[1]


def call(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return status, output and error output of a command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    captured = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, captured.out, captured.err


def spawn(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    command = [sys.executable, "-m", "rekb", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


LISTED = configured("survey: {title: A Survey, rows: 433}")
BAD = replaced(TILE, "kind: paper", "kind: poem")


@pytest.mark.parametrize(
    ("changes", "arguments", "status", "output"),
    [
        ([], ["validate"], 0, "16 files: 5 warnings"),
        ([], ["validate", "--strict"], 1, "16 files: 5 warnings"),
        ([], ["validate", TILE], 0, "1 file: nothing to report"),
        ([], ["validate", "--strict", TILE], 0, "1 file: nothing to report"),
        ([], ["validate", f"./{TILE}"], 0, "1 file: nothing to report"),
        ([], ["validate", "papers/2022/../2022/"], 0, "1 file: nothing to report"),
        ([], ["validate", "papers/2023", "taxonomy"], 0, "12 files: 2 warnings"),
        ([], ["validate", "."], 0, "16 files: 5 warnings"),
        ([BAD], ["validate"], 1, "16 files: 1 error, 5 warnings"),
        ([BAD], ["validate", TILE], 1, "1 file: 1 error"),
        ([BAD], ["validate", SPARSE], 0, "1 file: 1 warning"),
        (
            [BAD],
            ["validate", "--format", "github", TILE],
            1,
            "known here: paper, book, chapter, thesis, software, report, post",
        ),
        ([], ["fmt", "--check"], 0, "16 files: 0 would change"),
        ([], ["fmt"], 0, "16 files: 0 changed"),
        ([added(SPARSE, "# x\n\n")], ["fmt", "--check"], 1, "16 files: 1 would change"),
        ([added(SPARSE, "# x\n\n")], ["fmt", "--check", TILE], 0, "1 file: 0 would change"),
        ([added(SPARSE, "# x\n\n")], ["fmt"], 0, "16 files: 1 changed"),
        ([BAD], ["fmt"], 1, "16 files: 0 changed"),
        ([], ["explain", "unknown-topic"], 0, "Fix:     write the path of a file below taxonomy/topics"),
        ([], ["explain"], 0, "needless-exemption"),
        (
            [],
            ["show", "moth2022tile"],
            0,
            "  less peak memory: up to 10 to 20.5x, vs plain attention, 1, on Imaginary 1B, base",
        ),
        ([], ["show", "moth2020sparse"], 0, "Named by\n  moth2022tile (builds-on)"),
        ([], ["show", "--level", "plain", "moth2022tile"], 0, "Plain\n  To read a long text"),
        ([], ["search", "tile"], 0, "moth2022tile                     2022  "),
        ([], ["search", "zebra"], 1, ""),
        ([LISTED], ["stats"], 0, "rows of the survey     3 of 433"),
        ([], ["stats"], 0, "model cards            1\noverviews              1 of 5 topics\n"),
        (
            [LISTED],
            ["stats", "--coverage"],
            0,
            "survey rows without an entry:   430  4, 5, 6,",
        ),
        ([LISTED], ["stats", "--format", "json"], 0, '"survey_total": 433'),
        (
            [],
            ["stats", "--coverage", "--format", "json"],
            0,
            '"unconfirmed": [\n      "nobody2021guess"\n    ]',
        ),
        ([], ["show", "tILE"], 0, "(papers/2022/moth2022tile.yaml)"),
        ([], ["show", "https://arxiv.org/abs/2205.99991v3"], 0, "(papers/2022/moth2022tile.yaml)"),
        ([], ["export", "csl-json", "--key", "moth2022tile"], 0, '"moth2022tile"'),
    ],
)
def test_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changes: list[Change],
    arguments: list[str],
    status: int,
    output: str,
) -> None:
    # Long lines are broken where the terminal ends, which differs from machine to machine.
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(copy(tmp_path, *changes))
    found = call(*arguments, capsys=capsys)
    assert found[0] == status, found
    assert output in found[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validate", "nowhere.yaml"], "no such file in the knowledge base"),
        (["validate", "/etc/passwd"], "no such file in the knowledge base"),
        (["validate", "--format", "xml"], "Invalid value for '--format'"),
        (["validat"], "No such command 'validat'"),
        (["fmt", "--chekc"], "No such option"),
        (["fmt", "--root", "/nonexistent"], "no knowledge base in"),
        (["validate", "--root", "/nonexistent"], "the folder papers/ is missing; use --root DIR"),
        (["explain", "unknown-topik"], "there is no rule `unknown-topik`: did you mean `unknown-topic`?"),
        (["show", "moth2022tiles"], "there is no entry `moth2022tiles`: did you mean `moth2022tile`?"),
        (["show"], "Missing argument 'KEY'"),
        (["import", "--offline"], "Missing argument 'FILES...'"),
        (["search"], "nothing to search for: give WORDS, --facet NAME=WORD or --query"),
        (["search", "--limit", "0", "x"], "Invalid value for '--limit'"),
        (["export", "word"], "is not one of"),
        (["validate", "\x1b[31m"], "\\x1b[31m"),
    ],
)
def test_wrong_use_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(KB)
    status, output, error = call(*arguments, capsys=capsys)
    assert (status, output) == (2, "")
    assert message in error
    assert "Traceback" not in error


@pytest.mark.parametrize("arguments", [["--root", str(KB), "validate"], ["validate", "--root", str(KB)]])
def test_root_is_given_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*arguments, capsys=capsys)[:2] == call("validate", "--root", str(KB), capsys=capsys)[:2]
    assert call(*arguments, TILE, capsys=capsys)[1] == "1 file: nothing to report\n"


def test_paths_are_looked_for_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(tmp_path, BAD)
    monkeypatch.chdir(root / "papers" / "2022")
    for path in ("moth2022tile.yaml", str(root / TILE), "../2022", TILE):
        status, output, _ = call("validate", "--root", str(root), path, capsys=capsys)
        assert (status, output.splitlines()[-2]) == (1, "1 file: 1 error")


@pytest.mark.parametrize("form", REPORT_FORMS)
def test_every_form_of_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    root = copy(tmp_path, BAD)
    status, output, _ = call("validate", "--format", form, "--root", str(root), capsys=capsys)
    assert status == 1
    assert "unknown-word" in output
    if form in ("json", "sarif"):
        assert json.loads(output)


def test_a_message_with_source_line_and_caret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, replaced(SPARSE, "architectures/attention", "architectures/atention"))
    _, output, _ = call("validate", "--root", str(root), SPARSE, capsys=capsys)
    assert output.splitlines()[1:] == [
        (
            f"{SPARSE}:9:5: error unknown-topic: there is no topic `architectures/atention`: "
            "did you mean `architectures/attention`?"
        ),
        "    9 |   - architectures/atention",
        "      |     ^",
        "1 file: 1 error, 1 warning",
        "  incomplete-entry 1, unknown-topic 1",
        "Next: `rekb explain unknown-topic` says why and what to write.",
        "`rekb validate --diff` shows what --fix would change for unknown-topic.",
    ]


def test_fmt_writes_whole_files_and_keeps_their_mode(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(tmp_path, added(SPARSE, "\n\n"), BAD)
    (root / SPARSE).chmod(0o640)
    before = (root / TILE).read_bytes()
    status, output, error = call("fmt", "--root", str(root), capsys=capsys)
    assert status == 1
    assert f"formatted {SPARSE}\n" in output
    assert "left as they are, since they have faults: 1 file\n" in error
    assert (root / SPARSE).read_bytes() == (KB / SPARSE).read_bytes()
    assert stat.S_IMODE((root / SPARSE).stat().st_mode) == 0o640
    assert (root / TILE).read_bytes() == before
    assert sorted(p.name for p in (root / SPARSE).parent.iterdir()) == ["moth2020sparse.yaml"]


def test_fmt_check_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, added(SPARSE, "\n\n"))
    before = (root / SPARSE).read_bytes()
    assert call("fmt", "--check", "--root", str(root), capsys=capsys)[0] == 1
    assert (root / SPARSE).read_bytes() == before


def test_generate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path)
    assert call("generate", "--check", "--root", str(root), capsys=capsys)[0] == 1
    assert not (root / "docs").exists()
    assert call("generate", "--root", str(root), capsys=capsys)[0] == 0
    assert call("generate", "--check", "--root", str(root), capsys=capsys)[:2] == (0, "")
    assert not (root / "docs/reference").exists()
    (root / "docs/reference").mkdir()
    assert call("generate", "--root", str(root), capsys=capsys)[1].count("wrote docs/reference/") == 5
    (root / "docs/reference/rules.md").write_text("stale", encoding="utf-8")
    assert call("generate", "--check", "--root", str(root), capsys=capsys)[:2] == (
        1, "stale docs/reference/rules.md\n",
    )  # fmt: skip
    (root / "taxonomy/venues.yaml").write_text("venues: [", encoding="utf-8")
    assert call("generate", "--root", str(root), capsys=capsys)[0] == 2


def commands() -> Iterator[click.Command]:
    yield cli
    yield from cli.commands.values()


@pytest.mark.parametrize("command", list(commands()), ids=lambda command: command.name)
def test_help_shows_an_example_that_parses(command: click.Command) -> None:
    text = command.get_help(click.Context(command, info_name=command.name, **cli.context_settings))
    (example,) = (line.strip() for line in text.splitlines() if line.strip().startswith("Example: rekb "))
    arguments = example.removeprefix("Example: rekb ").split()
    name, rest = arguments[0], arguments[1:]
    found = cli.commands[name]
    assert command in (cli, found)
    found.make_context(name, rest, parent=click.Context(cli, **cli.context_settings))


def test_choices_are_those_of_the_library() -> None:
    assert tuple(FORMS) == REPORT_FORMS
    assert set(EXPORT_FORMS) == set(ALL_EXPORTERS)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from rekb.cli import cli; cli.main(['--help'], standalone_mode=False)\n"
        "print([m for m in ('pydantic', 'yaml', 'mkdocs', 'textstat', 'rekb.loading') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_validate_imports_no_site() -> None:
    code = (
        "import sys; from rekb.cli import main\n"
        "try: main(['validate'])\n"
        "except SystemExit: pass\n"
        "heavy = ('mkdocs', 'jinja2', 'textstat', 'rekb.site', 'rekb.exports')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=KB
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def on_a_terminal(*arguments: str, **settings: str) -> bytes:
    """Return what a command prints on a terminal."""
    master, terminal = os.openpty()
    command = [sys.executable, "-m", "rekb", *arguments]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "", **settings}
    with subprocess.Popen(command, stdout=terminal, stdin=terminal, env=environment) as process:
        os.close(terminal)
        printed = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while part := os.read(master, 4096):
                printed += part
    os.close(master)
    assert process.returncode == 1
    return printed


@pytest.mark.parametrize(
    ("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_only_on_a_terminal(tmp_path: Path, settings: dict[str, str], coloured: bool) -> None:  # noqa: FBT001 - a row
    root = str(copy(tmp_path, BAD))
    assert (
        b"\x1b[1;31merror unknown-word:" in on_a_terminal("validate", "--root", root, **settings)
    ) is coloured
    assert "\x1b" not in spawn("validate", "--root", root, **settings).stdout


def test_a_terminal_shows_the_first_of_many(tmp_path: Path) -> None:
    root = copy(tmp_path, BAD)
    for number in range(12):
        text = (root / SPARSE).read_text(encoding="utf-8")
        changed = text.replace("A Sparse Moth", f"Sparse {number}").replace(
            "Moth, ", f"Moth{chr(97 + number)}, "
        )
        file = root / f"papers/2020/moth2020sparse{number}.yaml"
        file.write_text(changed, encoding="utf-8")
    short = on_a_terminal("validate", "--root", str(root)).decode()
    assert short.count(" warning incomplete-entry:") + short.count("warning incomplete-entry:\x1b") == 3
    assert "14 of them are not shown; --full prints them all" in short
    full = on_a_terminal("validate", "--full", "--root", str(root)).decode()
    assert full.count("incomplete: summary") == 17
    assert spawn("validate", "--root", str(root)).stdout.count("incomplete: summary") == 17


def test_output_that_nobody_reads_is_no_fault(tmp_path: Path) -> None:
    root = copy(tmp_path)
    with (root / TILE).open("a", encoding="utf-8") as stream:
        stream.write("x: 1\n" * 90)
    command = f"{sys.executable} -m rekb explain | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_a_terminal_that_knows_ascii_only() -> None:
    done = spawn("show", "moth2022tile", "--root", str(KB), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "van Nowhere, Émile" in done.stdout


def test_a_broken_entry_is_named_by_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy(tmp_path, BAD)
    status, _, error = call("show", "moth2022tile", "--root", str(root), capsys=capsys)
    assert status == 2
    assert "its file has faults; see `rekb validate`" in error


MKDOCS = "site_name: A\nsite_url: https://example.org/kb/\ntheme: {name: material, font: false}\n"


@pytest.mark.parametrize(
    ("settings", "entry", "status", "message"),
    [
        (f"{MKDOCS}plugins: [search, rekb]\n", "title: [\n", 1, "rekb: nothing was written: "),
        (f"{MKDOCS}plugins: [search]\n", "", 2, "mkdocs.yml does not list the plugin `rekb`"),
        ("site_name: [\n", "", 2, "mkdocs.yml: "),
        ("site_name: A\nplugins: [nowhere]\n", "", 2, "mkdocs.yml: "),
    ],
    ids=["faults-of-data", "no-plugin", "no-yaml", "unknown-plugin"],
)
def test_no_project_is_written(
    tmp_path: Path, settings: str, entry: str, status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = [added("mkdocs.yml", settings), added("docs/index.md", "# A\n")]
    if entry:
        changes.append(added("papers/2021/bad2021yaml.yaml", entry))
    root = copy(tmp_path, *changes)
    ended, output, error = call("materialize", "--root", str(root), str(tmp_path / "out"), capsys=capsys)
    assert (ended, output) == (status, "")
    assert message in error
    assert not (tmp_path / "out").exists()
