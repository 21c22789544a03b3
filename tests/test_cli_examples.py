"""The example in each command's help, run as it stands there on a copy of the data, without network."""

import contextlib
import http.client
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml
from click.testing import CliRunner

from fixture_kb import copy
from rekb.cli import cli
from rekb.cli.shared.manual import MANUAL
from test_cli_commands import call
from test_cli_from_issue import BIBTEX, body

ROOT = Path(__file__).parents[1]
GIVEN = {
    "library.bib": "@misc{x, title={A Lantern}, author={Lamp, Jo}, eprint={2401.99999}, year={2024}}",
    "paper.bib": "@misc{dao, title={FlashAttention}, author={Dao, Tri}, eprint={2205.14135}, year={2022}}",
    "work.bib": "@misc{y, title={A KV Cache Candle}, author={Lamp, Jo}, eprint={2401.99998}, year={2024}}",
    "awesome.md": "- A Lantern. *[arXiv'2024]* [[Paper]](https://arxiv.org/abs/2401.99999)\n",
    "form.md": body(work=BIBTEX.replace("JIR", "ICLR"), topics="algorithms/inference/key-value-cache"),
}
"""Files that examples name."""
WORDS = {"KEY": "dao2022flashattention", "TOPIC": "algorithms/fine-tuning", "WORDS": "cache"}
"""What the words in capitals of an example stand for in this survey."""
ELSEWHERE = {"KEY": "knuth1984literate", "TOPIC": "foundations/concepts", "WORDS": "literate"}
"""The same in a knowledge base that `rekb init` makes."""
ENDS = {
    "add": (0, "would write papers/2024/lamp2024kv.yaml"),
    "bibliography": (1, "paper.bib:1: dao: has appeared: NeurIPS 2022"),
    "build": (0, "pages in "),
    "check-links": (0, '"schema_version"'),
    "explain": (0, "unknown-topic (error)"),
    "export": (0, ""),
    "finish": (2, "was not made by `rekb materialize`; name the folder it wrote"),
    "fmt": (0, " files: 0 changed"),
    "from-issue": (0, "wrote papers/2024/lamp2024lantern.yaml"),
    "generate": (0, ""),
    "import": (0, "2 works: 1 added"),
    "init": (0, "my-survey"),
    "levels": (0, "files would change"),
    "materialize": (0, "plain"),
    "numbers": (0, "dao2022flashattention"),
    "refresh": (1, "unanswered"),
    "search": (0, "cache"),
    "show": (0, "Plain\n"),
    "stats": (0, "rows of the survey"),
    "validate": (0, ""),
    "watch": (0, '"undecided"'),
}
"""How the example of each command ends, and what it says; `serve` and `mcp` have tests of their own."""


def examples(command: click.Command, words: dict[str, str] = WORDS) -> list[list[str]]:
    """Return the arguments of each example in a command's help, with words in the place of capitals."""
    found = []
    for line in str(command.help).splitlines():
        if line.strip().startswith("Example: rekb "):
            found.append([words.get(argument, argument) for argument in shlex.split(line)[2:]])
    return found


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples") / "kb"
    for name in ("papers", "taxonomy", "docs"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "rekb.yaml"):
        shutil.copy(ROOT / name, root)
    for name, text in GIVEN.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


OF_ANY_BASE = frozenset({"build", "materialize"})
"""Commands whose example names nothing of this survey: a new base shows the same, and sooner."""


def small(folder: Path) -> Path:
    """Return the root of a new knowledge base."""
    root = folder / "kb"
    CliRunner().invoke(cli, ["init", str(root), "--yes"], standalone_mode=False)
    return root


@pytest.fixture
def without_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("no network in tests")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setenv("REKB_SPACING", "0")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.usefixtures("without_network")
@pytest.mark.parametrize("name", sorted(set(cli.commands) - {"mcp", "serve"}))
def test_the_example_runs(
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    if name == "check-links":
        monkeypatch.chdir(copy(tmp_path))
    elif name in OF_ANY_BASE:
        monkeypatch.chdir(small(tmp_path))
    else:
        monkeypatch.chdir(corpus)
    monkeypatch.delenv("COLUMNS", raising=False)  # a narrow terminal cuts the words that are looked for
    assert examples(cli.commands[name])
    for arguments in examples(cli.commands[name]):
        status, output, error = call(*arguments, capsys=capsys)
        assert (status, ENDS[name][1] in output + error) == (ENDS[name][0], True), (output + error)[-2000:]
        assert "Traceback" not in error


READING = ["export", "explain", "fmt", "levels", "numbers", "refresh", "search", "show", "stats", "validate"]
"""Commands whose examples ask for something of the knowledge base itself."""
SILENT = {"numbers": 1}
"""Which of them find nothing in a base of one sample."""


@pytest.mark.usefixtures("without_network")
@pytest.mark.parametrize("name", READING)
def test_the_example_runs_in_another_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root = tmp_path / "night"
    assert call("init", str(root), "--yes", capsys=capsys)[0] == 0
    monkeypatch.chdir(root)
    for arguments in examples(cli.commands[name], ELSEWHERE):
        status, output, error = call(*arguments, capsys=capsys)
        assert (name, status) == (name, SILENT.get(name, 0)), (output + error)[-2000:]


def test_no_help_names_what_only_this_survey_has() -> None:
    for name, command in cli.commands.items():
        text = command.get_help(click.Context(command, info_name=name))
        found = re.findall(r"(?i)flashattention|llama|retraining|\bgpu\b|kv.cache|inference", text)
        assert (name, found) == (name, [])


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
        return port


@pytest.mark.usefixtures("interruptible")
def test_the_example_of_serve_serves_until_it_is_ended(tmp_path: Path) -> None:
    port = free_port()
    (arguments,) = examples(cli.commands["serve"])
    assert arguments[-1] == "127.0.0.1:8080"
    arguments[-1] = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "rekb", *arguments]
    root = small(tmp_path)
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            assert answer(port, time.monotonic() + 300, folder_of(root)) == http.HTTPStatus.OK
        finally:
            process.send_signal(signal.SIGINT)
            error = process.communicate(timeout=300)[1]
    assert process.returncode == 0
    assert b"Traceback" not in error


def folder_of(root: Path) -> str:
    """Return the path under which a base is served, as its own configuration has it."""
    configured = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    address: str = configured["site_url"]
    return urlsplit(address).path


def answer(port: int, deadline: float, path: str) -> int:
    """Return the status of the front page, once it is built."""
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", path)
            status = connection.getresponse().status
            if status != http.HTTPStatus.SERVICE_UNAVAILABLE:  # so it answers while it builds
                return status
        time.sleep(0.2)
    return 0


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_says_status_and_neighbours(name: str) -> None:
    command = cli.commands[name]
    text = " ".join(command.get_help(click.Context(command, info_name=name)).split())
    status, near = MANUAL[name]
    assert f"Exit status: {status}." in text
    assert text.index("Example: rekb") < text.index("Options:") < text.index("Exit status: ")
    assert set(near) <= set(cli.commands)
    assert ", ".join(f"rekb {one}" for one in near) in text


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_is_described(name: str) -> None:
    for parameter in cli.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith((".", "].")), parameter.name


@pytest.mark.parametrize(
    ("shell", "words"),
    [("bash", "complete -o nosort -F"), ("zsh", "compdef"), ("fish", "complete --no-files")],
)
def test_shells_complete(shell: str, words: str) -> None:
    def asked(**settings: str) -> str:
        command = ["rekb"]
        program = str(Path(sys.executable).parent / "rekb")
        environment = {**os.environ, "_REKB_COMPLETE": f"{shell}_source", **settings}
        done = subprocess.run(
            command, executable=program, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    if shutil.which(shell) or shell != "bash":
        assert words in asked()
    last = "check" if shell == "fish" else "1"
    completed = asked(_REKB_COMPLETE=f"{shell}_complete", COMP_WORDS="rekb check", COMP_CWORD=last)
    assert "check-links" in completed
