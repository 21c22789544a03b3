"""Progress: a bar on a terminal, lines in CI, nothing elsewhere; what is worked on passes through."""

import contextlib
import os
import subprocess
import sys

import pytest

from rekb.cli.shared import progress
from rekb.cli.shared.progress import in_ci, reported

SCRIPT = """
from rekb.cli.shared.progress import reported
print(list(reported([1, 2, 3], "asking", 3, quiet={quiet})))
"""
COUNT = """
from rekb.cli.shared import progress
progress.SECONDS_QUIET = {seconds}
with progress.counting("reading") as step:
    for _ in range(1200):
        step()
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("1", True), ("", False), ("0", False), ("false", False), (None, False)],
)
def test_ci(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: bool) -> None:  # noqa: FBT001 - a row
    monkeypatch.delenv("CI", raising=False)
    if value is not None:
        monkeypatch.setenv("CI", value)
    assert in_ci() is expected


@pytest.mark.parametrize(
    ("ci", "between", "quiet", "lines"),
    [
        ("1", 0.0, False, ["asking: 1 of 3", "asking: 2 of 3", "asking: 3 of 3"]),
        ("1", 60.0, False, ["asking: 3 of 3"]),
        ("1", 0.0, True, []),
        ("", 0.0, False, []),
    ],
)
def test_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    ci: str, between: float, quiet: bool, lines: list[str],  # noqa: FBT001 - a row
) -> None:  # fmt: skip
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", between)
    assert list(reported("abc", "asking", 3, quiet=quiet)) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "".join(f"{line}\n" for line in lines))


def test_nothing_to_do_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "1")
    assert list(reported([], "asking", 0)) == []
    assert capsys.readouterr() == ("", "")


def on_a_terminal(script: str, **settings: str) -> tuple[str, bytes]:
    """Return what goes to standard output, and what a terminal at standard error shows."""
    master, terminal = os.openpty()
    environment = {**os.environ, "TERM": "xterm", **settings}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, env=environment) as process:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while part := os.read(master, 4096):
                shown += part
        assert process.stdout is not None
        output = process.stdout.read().decode()
    os.close(master)
    return output, shown


def test_a_bar_on_a_terminal() -> None:
    loud, quiet = SCRIPT.format(quiet=False), SCRIPT.format(quiet=True)
    output, shown = on_a_terminal(loud)
    assert output == "[1, 2, 3]\n"
    assert b"asking" in shown
    assert b"100%" in shown
    assert on_a_terminal(quiet) == ("[1, 2, 3]\n", b"")
    assert on_a_terminal(loud, TERM="dumb", CI="") == ("[1, 2, 3]\n", b"")


def test_a_count_on_a_terminal_is_wiped_in_the_end() -> None:
    _, shown = on_a_terminal(COUNT.format(seconds=0))
    assert b"\rreading: 1,200 so far" in shown
    assert shown.endswith(b"\r" + b" " * len("reading: 1,200 so far") + b"\r")
    assert on_a_terminal(COUNT.format(seconds=60))[1] == b""


@pytest.mark.parametrize(
    ("ci", "between", "expected"),
    [("1", 0.0, "reading: 1 so far\nreading: 2 so far\n"), ("1", 60.0, ""), ("", 0.0, "")],
)
def test_a_count_in_ci(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ci: str,
    between: float,
    expected: str,
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", between)
    with progress.counting("reading") as step:
        step()
        step()
    assert capsys.readouterr().err == expected
