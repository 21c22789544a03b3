"""The reader of regular files: what it reads is what the walk over the events reads, or it says nothing."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekb.yamlio import events, ordinary, reader, regular
from rekb.yamlio.events import MAX_VALUES, Tree
from rekb.yamlio.reader import parse
from rekb.yamlio.regular import NOT_REGULAR, regular_value

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", {"a": "b"}),
        ("# one\n# two\na: b\n", {"a": "b"}),
        ("a: 1\nb: -0.5\nc: true\n", {"a": 1, "b": -0.5, "c": True}),
        ('a: ""\n', {"a": ""}),
        ('a: " # : {"\n', {"a": " # : {"}),
        ("a: x:y#z, [b] {c}\n", {"a": "x:y#z, [b] {c}"}),
        ("a: https://example.org/?q=1#top\n", {"a": "https://example.org/?q=1#top"}),
        ("a: Zoë (né 1)\n", {"a": "Zoë (né 1)"}),
        ("a:\n  - b\n  - 1\n", {"a": ["b", 1]}),
        ('a:\n  - b: c\n    d: "e"\n  - b: f\n', {"a": [{"b": "c", "d": "e"}, {"b": "f"}]}),
        ("a:\n  - b:\n      - c: d\n", {"a": [{"b": [{"c": "d"}]}]}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ('a: {b: c d, e: "f, g", h: [1, x]}\n', {"a": {"b": "c d", "e": "f, g", "h": [1, "x"]}}),
        ('a: {b: {c: 1, d: "e"}, f: {}, g: h}\n', {"a": {"b": {"c": 1, "d": "e"}, "f": {}, "g": "h"}}),
        ('a: [b, "c]", 2]\n', {"a": ["b", "c]", 2]}),
        ("a: >-\n  one\n  two # : -\nb: c\n", {"a": "one two # : -", "b": "c"}),
        ("a: >-\n  one\n  two\n\n  three\n\n\n  four\n", {"a": "one two\nthree\n\nfour"}),
        ("a: |-\n  one\n    two\n\n  three\n", {"a": "one\n  two\n\nthree"}),
        ("a:\n  - b: >-\n      one\n      two\n    c: d\n", {"a": [{"b": "one two", "c": "d"}]}),
        ("a:\n  - b: |-\n      - one\n      two\n", {"a": [{"b": "- one\ntwo"}]}),
        ("nullable: no\n", {"nullable": "no"}),
    ],
)
def test_what_is_regular(text: str, expected: Any) -> None:
    assert repr(regular_value(text)) == repr(expected)
    assert repr(Tree(text, "x.yaml").build()) == repr(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a",
        "a: b",
        "- a\n",
        "[a]\n",
        "{a: b}\n",
        "# only\n",
        "a:b\n",
        "a : b\n",
        "a:  b\n",
        "a: b \n",
        "a:\n",
        "a:\nb: c\n",
        "a: b\n\n",
        "a: b\r\n",
        "a: b\na: c\n",
        "a: {b: 1, b: 2}\n",
        "true: 1\n",
        "null: 1\n",
        "1: a\n",
        "<<: a\n",
        "A: b\n",
        '"a": b\n',
        "a: {true: 1}\n",
        f"{'a' * 1100}: b\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !x b\n",
        "a: {b: &x c}\n",
        "a: [*x]\n",
        "&x a: b\n",
        "a:\n  - &x b\n",
        "%YAML 1.2\n---\na: b\n",
        "---\na: b\n",
        "a: b\n---\nb: c\n",
        "a: b\n...\n",
        "a: b # c\n",
        "a: b #c\n",
        "a: {b: c} # d}\n",
        "a: [b] # c]\n",
        "a: b\n# c\n",
        "a: b: c\n",
        "a: b:\n",
        'a: "b\\n"\n',
        'a: "b\n',
        'a: "b" c\n',
        'a: "b\n  c"\n',
        "a: 'b'\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: ~\n",
        "a: null\n",
        "a: 1.50\n",
        "a: 0x1F\n",
        "a: 017\n",
        "a: TRUE\n",
        "a: .inf\n",
        "a: 1e3\n",
        "a: {b: 1.50}\n",
        "a: [017]\n",
        "a:\n- b\n",
        "a:\n   - b\n",
        "a:\n  -   b\n",
        "a:\n  - - b\n",
        "a:\n    b: c\n",
        "a:\n  b: c\n   d: e\n",
        "a:\n  - b\n c: d\n",
        "a:\n  - b: c\n     d: e\n",
        "a:\n  - b: c\n  d: e\n",
        " a: b\n",
        "  a: b\n",
        "a: >\n  b\n",
        "a: >+\n  b\n",
        "a: |\n  b\n",
        "a: >2-\n  b\n",
        "a: >-\n",
        "a: >-\nb: c\n",
        "a: >-\n\n  b\n",
        "a: >-\n   b\n",
        "a: >-\n    b\n  c\n",
        "a: >-\n  b\n    c\n",
        "a: >-\n  b\n c\n",
        "a: >-\n  b\n\n",
        "a: |-\n   b\n  c\n",
        "a: |-\n  b\n c: d\n",
        "a:\n  - >-\n    b\n",
        "a: [b\n",
        "a: [b,c]\n",
        "a: [b , c]\n",
        "a: [b, ]\n",
        "a: [ b]\n",
        "a: [[b]]\n",
        "a: [{b: c}]\n",
        "a: [b}\n",
        "a: {b: {c: {d: e}}}\n",
        "a: {b: {c: [d]}}\n",
        "a: {b: {c: d, c: e}}\n",
        "a: {b: {c}}\n",
        "a: {b: {c: d}\n",
        "a: {b: [c}}\n",
        "a: {b: {c: d]}\n",
        "a: {b: [[c]]}\n",
        "a: {b:c}\n",
        "a: {b: }\n",
        "a: {b}\n",
        "a: {b: c: d}\n",
        "a: {b: c?}\n",
        "a: {b: [c]\n",
        "a: -\n",
        "a: - b\n",
        "a: ? b\n",
        "a: @b\n",
        "a: `b\n",
        "a: , b\n",
        "a: % b\n",
        "a: #b\n",
        "? a\n: b\n",
        "a:\n  - b:\n",
        "a:\n  - b:\n    c: d\n",
        "".join(f"{' ' * 2 * level}a:\n" for level in range(8)) + f"{' ' * 16}b: c\n",
        f"a: [{', '.join('1' * MAX_VALUES)}]\n",
    ],
)
def test_what_another_reader_has_to_read(text: str) -> None:
    assert regular_value(text) is NOT_REGULAR


PADS = ["", "", "  ", "    ", " "]
DASHES = ["", "", "- ", "-", "-  "]
NAMES = ["a:", "b:", "c-d:", "true:", "1:", "<<:", "a", '"a":', "a :", ""]
SPACES = [" ", " ", "", "  "]
VALUES = [
    "",
    "",
    "b",
    "two words",
    "x:y",
    "x: y",
    "x #y",
    "x#y",
    "1",
    "-1",
    "1.50",
    "2205.1",
    "true",
    "no",
    "~",
    "null",
    '"q"',
    '""',
    '"a # b: [c]"',
    '"a\\n"',
    '"',
    "'q'",
    "[]",
    "{}",
    "[b, c]",
    "[b,c]",
    "[b, ]",
    '["b, ]", 1]',
    "{b: c}",
    "{b: c, b: d}",
    '{b: "x}", c: [1, d]}',
    "{b: [c], d: }",
    "{b: {c: d}}",
    '{b: {c: "d}", e: 1}, f: {}}',
    "{b: {c: {d: e}}}",
    "{b: {c: [d]}, e: {c: d]}",
    "[[b]]",
    ">-",
    ">-",
    "|-",
    "|",
    ">",
    ">+",
    "&x b",
    "*x",
    "!t b",
    "- b",
    "? b",
    "# b",
    "b #",
    "@b",
    "%b",
    "é",
    "\u00a0b",
    "(b)",
    "/b",
    "<b",
    "...",
    "---",
    ".5",
    "+1",
]
ODD_LINES = st.builds("".join, st.tuples(*map(st.sampled_from, (PADS, DASHES, NAMES, SPACES, VALUES))))
TIDY_LINES = st.builds("{}: {}".format, st.sampled_from("defghijklmnop"), st.sampled_from(VALUES[2:4]))
LINES = TIDY_LINES | TIDY_LINES | ODD_LINES
RARE_ENDS = st.sampled_from(["\n", "\n", "\n", "", "\n\n", " \n", "\r\n"])


def is_the_same(text: str) -> bool:
    """Whether a text is regular; then every reader must say the same of it, positions included."""
    found = regular_value(text)
    if found is NOT_REGULAR:
        return False
    tree = Tree(text, "x.yaml")
    assert repr(tree.build()) == repr(found)
    assert not tree.faults
    assert not tree.source_map.written
    reading = parse(text.encode(), "x.yaml")
    assert reading.document
    assert not reading.diagnostics
    places = reading.document.source_map
    for path, place in tree.source_map.values.items():
        assert places.locate(path) == place
    for path, place in tree.source_map.keys.items():
        assert places.locate(path, key=True) == place
    assert (places.values, places.keys) == (tree.source_map.values, tree.source_map.keys)
    return True


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4), RARE_ENDS)
def test_lines_of_any_kind(lines: list[str], end: str) -> None:
    is_the_same("\n".join(lines) + end)


TIDY = st.sampled_from(["b", "two words", "x:y", "C#", "2x", "no", "one\nmore", "one\n\ntwo\nmore", ""])
WORDS = TIDY | TIDY | st.text(st.sampled_from("ab1 :#,-[]{}\"'é.x\n?!&*>|%@"), max_size=12)
FIELDS = st.sampled_from(["a", "b", "name", "note", "true", "x-1"])
DOCUMENTS = st.recursive(
    WORDS | WORDS | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any, pad: str, style: int) -> str:
    """Return a value as the canonical form has it, or nearly: what must be in quotes may be without."""
    if isinstance(value, dict) and value and style % 2:
        return "".join(f"\n{pad}{name}:{written(inner, pad + '  ', style)}" for name, inner in value.items())
    if isinstance(value, list) and value and style % 2:
        return "".join(f"\n{pad}- {written(inner, pad + '  ', style).lstrip()}" for inner in value)
    if isinstance(value, str) and style > 1 and "\n" in value:
        lines = "".join(f"\n{pad}{line}" if line else "\n" for line in value.split("\n"))
        return f" {'>-' if style == 2 else '|-'}{lines}"
    return f" {flow(value, style)}"


def flow(value: Any, style: int) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(inner, style)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner, style) for inner in value) + "]"
    if isinstance(value, str):
        return f'"{value}"' if style == 1 else value
    return events.plain(value)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(FIELDS, DOCUMENTS, min_size=1, max_size=4), st.integers(0, 3))
def test_documents_of_any_kind(value: dict[str, Any], style: int) -> None:
    is_the_same(written(value, "", style).lstrip("\n") + "\n")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damaged_works(data: st.DataObject) -> None:
    text = SAMPLE
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        sign = data.draw(st.sampled_from(SIGNS))
        text = text[:at] + sign + text[at + data.draw(st.integers(0, 2)) :]
    is_the_same(text)


SIGNS = ["", " ", "\n", "  ", ": ", "#", " #", '"', "- ", "[", "}", "&a ", "\n\n", ","]
SAMPLE = (ROOT / "papers/2023/ainslie2023gqa.yaml").read_text(encoding="utf-8")


def test_nearly_all_works_are_regular() -> None:
    """Otherwise nothing is gained; that their values are the same is tested with those of all readers."""
    files = sorted((ROOT / "papers").rglob("*.yaml"))
    others = [file for file in files if regular_value(file.read_text(encoding="utf-8")) is NOT_REGULAR]
    assert len(others) < len(files) / 50


def test_a_regular_file_is_neither_composed_nor_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        pytest.fail("a regular file was read by another reader")

    monkeypatch.setattr(reader, "value_of", refused)
    monkeypatch.setattr(reader, "Tree", refused)
    monkeypatch.setattr(ordinary, "_Composer", refused)
    assert parse(SAMPLE.encode(), "x.yaml").document


def test_without_libyaml_nothing_is_regular(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positions would be missing: only the walk over the events knows them there."""
    monkeypatch.setattr(regular, "HAS_COMPOSER", False)
    assert regular_value("a: b\n") is NOT_REGULAR


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "b" * 250_000 + " #",
        "a: " + "b#" * 120_000 + " #",
        "a: " + ":b" * 120_000 + ": ",
        "a: [" + "b, " * 80_000,
        "a: [" + "]" * 250_000 + "x",
        "a: {b: [" + "c" * 250_000,
        "a: >-\n  b" + "\n" * 250_000,
        "a: >-" + "\n  b\n" * 60_000 + "\n  c ",
        "a: |-\n" + " " * 250_000,
        " " * 250_000 + "a: b",
        "a" * 250_000,
        "- " * 120_000,
        "a:\n" * 80_000,
        "".join(f"{' ' * level}a:\n" for level in range(0, 1400, 2)),
    ],
)
def test_no_text_keeps_the_pattern_busy(text: str) -> None:
    """Each is small enough to be read, and takes no time that grows with the square of its length."""
    assert regular_value(text + "\n") is NOT_REGULAR
