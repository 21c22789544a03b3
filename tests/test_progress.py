"""Progress: a bar on a terminal, lines in CI, nothing elsewhere; what is worked on passes through."""

import contextlib
import os
import subprocess
import sys

import pytest

from rekb.cli import progress
from rekb.cli.progress import in_ci, told

SCRIPT = "from rekb.cli.progress import told\nprint(list(told([1, 2, 3], 'asking', 3, quiet={quiet})))"


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
    assert list(told("abc", "asking", 3, quiet=quiet)) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "".join(f"{line}\n" for line in lines))


def test_nothing_to_do_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "1")
    assert list(told([], "asking", 0)) == []
    assert capsys.readouterr() == ("", "")


def on_a_terminal(quiet: bool, **settings: str) -> tuple[str, bytes]:  # noqa: FBT001 - yes or no
    """Return what goes to standard output, and what a terminal at standard error shows."""
    master, terminal = os.openpty()
    environment = {**os.environ, "TERM": "xterm", **settings}
    command = [sys.executable, "-c", SCRIPT.format(quiet=quiet)]
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
    output, shown = on_a_terminal(quiet=False)
    assert output == "[1, 2, 3]\n"
    assert b"asking" in shown
    assert b"100%" in shown
    assert on_a_terminal(quiet=True) == ("[1, 2, 3]\n", b"")
    assert on_a_terminal(quiet=False, TERM="dumb", CI="") == ("[1, 2, 3]\n", b"")
