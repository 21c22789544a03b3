"""`rekb from-issue`: what strangers write into the issue form is data, whatever it looks like."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from fixture_kb import TILE, copy, reported
from rekb.edit.format import format_text
from rekb.errors import SourceError
from rekb.sources.issue_form import FIELDS, fenced, read_suggestion
from test_cli_commands import call

ROOT = Path(__file__).parents[1]
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
BIBTEX = (
    "@article{x, title={Lantern: Attention by Night}, author={Lamp, Jo}, journal={JIR}, year={2024},"
    " code={https://github.com/lamp/other}}"
)
NEW = "papers/2024/lamp2024lantern.yaml"
ANSWERS = {
    "work": BIBTEX,
    "why": "Needs half the memory.",
    "topics": "architectures/attention",
    "code": "https://github.com/lamp/lantern",
    "results": "metric: less memory; value: 2.5; unit: x; model: Imaginary 1B; where: abstract; url: https://openreview.net/forum?id=Lantern001",
    "terms": "- [X] What I wrote is in my own words and may be published under CC BY 4.0.",
}


def body(**changes: str) -> str:
    """Return an issue's body as GitHub writes it, with some answers changed."""
    answers = {**ANSWERS, **changes}
    return "\n\n".join(f"### {label}\n\n{answers[name] or '_No response_'}" for name, label in FIELDS.items())


def form(name: str) -> Any:
    return yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))


def fields(name: str) -> dict[str, str]:
    return {part["id"]: part["attributes"]["label"] for part in form(name)["body"] if "id" in part}


def run(root: Path, text: str, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    file = root.parent / "form.md"
    file.write_text(text, encoding="utf-8")
    return call(
        "from-issue", str(file), "--root", str(root), "--today", "2026-11-24", *options, capsys=capsys
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy(tmp_path)


def test_the_form_asks_what_the_command_reads() -> None:
    assert fields("suggest-work.yml") == FIELDS
    assert list(fields("correct-fact.yml")) == ["entry", "what", "new", "source"]
    assert form("suggest-work.yml")["labels"] == ["suggestion"]


def test_a_form_becomes_an_entry(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, report, error = run(root, body(), capsys=capsys)
    assert status == 0
    assert f"wrote {NEW}" in error
    text = (root / NEW).read_text(encoding="utf-8")
    assert "topics:\n  - architectures/attention\n" in text
    assert "# TODO topics: from the form; look whether they fit\n" in text
    assert '    source: {url: "https://openreview.net/forum?id=Lantern001", kind: abstract}\n' in text
    assert "  - id: memory-reduction-imaginary-1b\n    metric: memory-reduction\n" in text
    assert "    model: imaginary-1b\n" in text
    assert "# TODO results: from the form; look each up where it says that it is\n" in text
    assert "# TODO results: the main numbers" not in text
    assert "Needs half" not in text
    assert format_text(text.encode(), NEW).text == text
    assert not [line for line in reported(root) if line.startswith(NEW)]
    assert report.startswith(f"Drafted from the form as `{NEW}`.")
    assert "in the words of who suggests it:\n\n```text\nNeeds half the memory.\n```" in report


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"topics": ""}, "TODO topics: suggested from the words of its text; choose"),
        ({"topics": "no/where"}, "TODO topics: the form names `no/where`, which is no leaf of the tree"),
        ({"topics": "architectures"}, "TODO topics: the form names `architectures`, which is no leaf"),
        ({"work": f"```bibtex\n{BIBTEX}\n```"}, 'title: "Lantern: Attention by Night"'),
        ({"code": "", "results": "", "topics": "systems/serving/caching"}, "  - systems/serving/caching\n"),
        ({"code": "javascript:alert(1)"}, "the form names no web address as code: javascript:alert(1)"),
        ({"results": "- metric: a; value: 1; unit: x; where: b; url: https://example.org/"}, "wording: a\n"),
        ({"results": "metric: a; value: 1e9; unit: x"}, "the form, value is no number: metric: a"),
        ({"results": "metric: a; value: 1; unit: x"}, "the form, where: Field required"),
        ({"results": "metric: a; metric: b"}, "with `;` between them, each name once: metric: a; metric: b"),
        ({"results": "twice as fast"}, "not taken from the form, write `name: value` parts"),
        ({"results": "metric: a; value: 1; unit: x; shell: rm; where: a; url: https://example.org/"},
         "not taken from the form, shell: Extra inputs are not permitted"),
        ({"results": "metric: a; value: 1; unit: x; where: a; url: file:///etc/passwd"},
         "not taken from the form, source.url: "),
        ({"results": "\n".join(["metric: a"] * 30)}, "the form has 30; the first 20 were read"),
        ({"why": "### Not of the form\n\n---\n{{ x }} ${{ github.token }}"}, "kind: paper"),
    ],
)  # fmt: skip
def test_what_a_form_says(
    root: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, str], words: str
) -> None:
    status, _, _ = run(root, body(**changes), capsys=capsys)
    assert status == 0
    assert words in (root / NEW).read_text(encoding="utf-8")
    assert not [line for line in reported(root) if line.startswith(NEW) and "error" in line]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "its heading `The work` is missing"),
        ("Hello", "its heading `The work` is missing"),
        (
            body(why="x\n\n### Topics\n\nsystems/serving/caching"),
            "its heading `Topics` is there 2 times, not once",
        ),
        (body(work=f"{BIBTEX}\n### Code\nhttps://evil.example"), "its heading `Code` is there 2 times"),
        ("Read this first\n\n" + body(), "not in order, or have text before them"),
        ("\n\n".join(reversed(body().split("\n\n### "))), "is not the form"),
        (body().replace("### Code", "#### Code"), "its heading `Code` is missing"),
        (body(work=""), "the form's field `The work` is empty"),
        (body(why="x" * 200_000), "the issue is longer than"),
        (body(work="/etc/passwd"), "'/etc/passwd' is no identifier"),
        (body(work="form.md"), "'form.md' is no identifier"),
        (body(work="-"), "'-' is no identifier"),
        (body(work="--topic=x"), "'--topic=x' is no identifier"),
        (body(work="http://169.254.169.254/latest"), "leads to no identifier"),
        (body(work="file:///etc/passwd"), "is no identifier"),
        (body(work="$(id)"), "'$(id)' is no identifier"),
        (body(work="@misc{a, title={T}}\n@misc{b, title={U}}"), "the BibTeX holds 2 entries"),
    ],
)
def test_hostile_and_broken_forms_write_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.chdir(root.parent)
    before = sorted(root.rglob("*"))
    status, report, error = run(root, text, capsys=capsys)
    assert status == 2
    assert words in error
    assert report.startswith("No entry could be drafted from this form.\n\n```")
    assert sorted(root.rglob("*")) == before


def test_text_of_a_form_is_never_markup(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "Lantern <script>alert(1)</script> @everyone ``` [a](b) \u202e{{7*7}}"
    work = BIBTEX.replace("Lantern: Attention by Night", title)
    why = "````\n</details>\n![x](https://evil.example/x.png)\x1b[31m @maintainer\n````"
    status, report, _ = run(root, body(work=work, why=why), "--dry-run", capsys=capsys)
    assert status == 0
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert "![x]" in report
    assert not [mark for mark in ("@", "<", "![", "evil") if mark in outside_fences(report)]


def outside_fences(markdown: str) -> str:
    """Return what a renderer takes for markup; every block must be closed."""
    outside, fence = "", ""
    for line in markdown.splitlines():
        if not fence and line.endswith("```text"):
            fence = line.removesuffix("text")
        elif fence:
            fence = "" if line == fence else fence
        else:
            outside += f"{line}\n"
    assert not fence
    return outside


@pytest.mark.parametrize(
    ("text", "first"), [("a", "```text"), ("```", "````text"), ("x ```````` y", "`````````text")]
)
def test_a_fence_is_longer_than_any_inside(text: str, first: str) -> None:
    lines = fenced(text).split("\n")
    assert (lines[0], lines[-1]) == (first, first.removesuffix("text"))
    assert lines[1:-1] == [text]


def test_a_work_that_is_there_is_answered_with_its_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.md"
    status, output, error = run(root, body(work="2205.99991"), "--report", str(report), capsys=capsys)
    assert (status, output) == (1, "")
    assert f"it is there already: {TILE} has the same arxiv identifier" in error
    text = report.read_text(encoding="utf-8")
    assert text.startswith("This work is here already.\n\n```text\n")
    assert TILE in text


def test_windows_line_ends_and_standard_input(root: Path) -> None:
    command = [sys.executable, "-m", "rekb", "from-issue", "-", "--root", str(root), "--dry-run"]
    text = body().replace("\n", "\r\n").encode()
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    assert f"would write {NEW}".encode() in done.stderr
    assert not (root / NEW).exists()


def test_answers_hold_what_was_written() -> None:
    found = read_suggestion(body(topics=" a/b,\n c/d ; ../x ", why="_No response_"))
    assert (found.work, found.why, found.topics) == (BIBTEX, "", ("a/b", "c/d", "/x"))
    with pytest.raises(SourceError):
        read_suggestion("### The work")
