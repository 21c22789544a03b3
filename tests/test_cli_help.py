"""The help and the tables of the commands: grouped, whole, within the terminal, numbers with their words."""

import pytest

from fixture_kb import KB
from rekb.cli import cli
from rekb.cli.shared.manual import GROUPS
from rekb.cli.shared.table import cut, table, wrapped
from rekb.text import amount, display_width
from test_cli_commands import call

TABLES = [
    ["stats"],
    ["stats", "--coverage"],
    ["search", "attention"],
    ["search", "--facet", "phase=inference"],
    ["numbers"],
    ["explain"],
    ["show", "moth2022tile"],
]
"""Commands that print lines for people."""


def test_every_command_is_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(cli.commands)


@pytest.mark.parametrize("columns", ["50", "80", "200"])
def test_the_help_is_grouped_whole_and_fits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = call("--help", capsys=capsys)
    lists = out.partition("Start:")[2].partition("Environment:")[0]
    assert [line for line in out.splitlines() if line.endswith(":") and line[:-1] in GROUPS] == [
        f"{heading}:" for heading in GROUPS
    ]
    assert "..." not in lists
    assert max(map(len, lists.splitlines())) <= int(columns)


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_what_is_printed_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str], columns: str
) -> None:
    root = () if command == ["explain"] else ("--root", str(KB))
    monkeypatch.setenv("COLUMNS", columns)
    _, narrow, _ = call(*root, *command, capsys=capsys)
    # Seven columns of eight letters are the narrowest table of numbers.
    most = max(int(columns), 68 if command == ["numbers"] else 0)
    assert [line for line in narrow.splitlines() if len(line) > most] == []


@pytest.mark.parametrize(
    ("written", "meant"), [("vlidate", "validate"), ("stat", "stats"), ("chek-links", "check-links")]
)
def test_a_command_with_a_slip_is_answered_with_the_right_one(
    capsys: pytest.CaptureFixture[str], written: str, meant: str
) -> None:
    status, _, error = call(written, capsys=capsys)
    assert status == 2
    assert f"Did you mean '{meant}'?" in error


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 works"), (1, "1 work"), (2, "2 works"), (1090, "1,090 works")]
)
def test_a_number_has_its_word(number: int, text: str) -> None:
    assert amount(number, "work") == text
    assert amount(number, "entry", "entries") == text.replace("works", "entries").replace("work", "entry")


def test_what_people_copy_is_cut_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    rows = [("moth2022tileofaverylongname", "2022", "A title that is much longer than the line")]
    (line,) = table(rows, whole=(0, 1))
    assert line.startswith("moth2022tileofaverylongname  2022  ")
    assert line.endswith("…")


def test_a_file_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    long = "word " * 100 + "end"
    assert list(table([(long,)])) == [long]
    assert wrapped(long, 4) == long


def test_wide_letters_take_two_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "22")
    title = "\u591c\u95f4\u98de\u86fe\u7684\u7814\u7a76\u4e0e\u4fdd\u62a4"
    lines = list(table([("moth2022", title, "x"), ("tile2022", "Tile", "y")]))
    assert [display_width(line) for line in lines] == [22, 22]
    assert lines[0].endswith("\u2026  x")
    assert lines[1] == "tile2022  Tile       y"
    for line in wrapped(f"  {title} and {title}", 4).split("\n"):
        assert display_width(line) <= 22
    assert "".join(wrapped(f"  {title} and {title}", 4).split()) == f"{title}and{title}"


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("", 0, ""),
        ("\u98de\u86fe", 4, "\u98de\u86fe"),
        ("\u98de\u86fe", 3, "\u98de\u2026"),
        # Half a letter cannot be shown.
        ("\u98de\u86fe\u98de", 4, "\u98de\u2026"),
        ("E\u0301a", 2, "E\u0301a"),
    ],
)
def test_a_cut_is_shown(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
