"""The door: what comes in as which value, what is refused and where, under both of PyYAML's parsers."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from fixture_kb import KB
from rekb.yamlio import events, ordinary, reader
from rekb.yamlio.ordinary import NOT_ORDINARY, value_of
from rekb.yamlio.reader import MAX_BYTES, MAX_FAULTS, Reading, dotted, parse, read
from rekb.yamlio.regular import NOT_REGULAR, regular_value
from slowness import is_too_slow

WAYS = {"regular": None, "composed": None, "libyaml": yaml.CSafeLoader, "pure Python": yaml.SafeLoader}
"""The ways to read a text: line by line or composed where it is fit for that, or event by event."""


def go(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = WAYS[way]
    by_line = regular_value if way == "regular" else lambda _: NOT_REGULAR
    monkeypatch.setattr(reader, "regular_value", by_line)
    monkeypatch.setattr(reader, "value_of", (lambda _: NOT_ORDINARY) if loader else value_of)
    monkeypatch.setattr(events, "LOADER", loader or yaml.CSafeLoader)


@pytest.fixture(params=WAYS, autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    go(request.param, monkeypatch)


def value(reading: Reading) -> Any:
    assert reading.diagnostics == ()
    assert reading.document is not None
    return reading.document.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("a: -12", {"a": -12}),
        ("a: +3", {"a": 3}),
        ("a: 0o17", {"a": 15}),
        ("a: 0x1F", {"a": 31}),
        ("a: 017", {"a": 17}),
        ("a: 1.5", {"a": 1.5}),
        ("a: .5", {"a": 0.5}),
        ("a: 5.", {"a": 5.0}),
        ("a: 1e3", {"a": 1000.0}),
        ("a: 2205.14130", {"a": 2205.1413}),
        ('a: "2205.14130"', {"a": "2205.14130"}),
        ("a: '1'", {"a": "1"}),
        ("a: true", {"a": True}),
        ("a: FALSE", {"a": False}),
        ("a: yes", {"a": "yes"}),
        ("a: no", {"a": "no"}),
        ("a: on", {"a": "on"}),
        ("a: y", {"a": "y"}),
        ("a: null", {"a": None}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ('a: ""', {"a": ""}),
        ("a: 2026-11-23", {"a": "2026-11-23"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 1.2.3", {"a": "1.2.3"}),
        ("a: http://x.y/z", {"a": "http://x.y/z"}),
        ("a: >-\n  x\n  y\n\n  z\n", {"a": "x y\nz"}),
        ("a: |-\n  x\n  y\n", {"a": "x\ny"}),
        ("a: x\n  y\n", {"a": "x y"}),
        ("a: 1\r\nb: [x, y]\r\n", {"a": 1, "b": ["x", "y"]}),
        ("a: {b: {c: [1, 2]}}", {"a": {"b": {"c": [1, 2]}}}),
        ("[a: 1]", [{"a": 1}]),
        ("---\na: 1\n...\n", {"a": 1}),
        ('"true": x', {"true": "x"}),
        ("yes: x", {"yes": "x"}),
        ("", None),
        ("# only a comment\n", None),
        ("---\n", None),
        ('a: "tab\\tand\\nline"', {"a": "tab\tand\nline"}),
    ],
)
def test_core_schema(text: str, expected: Any) -> None:
    found = value(parse(text.encode(), "x.yaml"))
    assert (found, repr(found)) == (expected, repr(expected))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa: 1", ["1:1 byte-order-mark"]),
        ("a: 1".encode("utf-16"), ["1:1 not-utf8"]),
        ("x: é\nñ: caf".encode() + b"\xe9", ["2:7 not-utf8"]),
        (b"a: \0", ["1:4 hidden-character"]),
        ("a: x\u200by\nb: \u202ez".encode(), ["1:5 hidden-character", "2:4 hidden-character"]),
        ("a: x\u2028y".encode(), ["1:5 hidden-character"]),
        ("a: x\ufeff".encode(), ["1:5 hidden-character"]),
        ("a: \ufffd".encode(), ["1:4 hidden-character"]),
        ("a: x\U000e0041".encode(), ["1:5 hidden-character"]),
        (b"a:\n\tb: 1", ["2:1 hidden-character"]),
        (b"a: 1\rb: 2", ["1:5 hidden-character"]),
        (b'a: [b, "\\e[31m"]', ["1:8 hidden-character"]),
        (b'a: "\\u202e"', ["1:4 hidden-character"]),
        (b'"a\\0b": 1', ["1:1 hidden-character"]),
        (b"a: &x 1", ["1:4 yaml-anchor"]),
        (b"a: &x [1]\nb: *x", ["1:4 yaml-anchor", "2:4 yaml-alias"]),
        (b"a: !!str 1", ["1:4 yaml-tag"]),
        (b"a: !!python/object:os.system x", ["1:4 yaml-tag"]),
        (b"a: ! 1", ["1:4 yaml-tag"]),
        (b"- !x [1]", ["1:3 yaml-tag"]),
        (b"<<: {a: 1}", ["1:1 yaml-merge-key"]),
        (b"%YAML 1.1\n---\na: 1", ["1:1 yaml-directive"]),
        (b"a: 1\n---\nb: 2", ["2:1 several-documents"]),
        (b"a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key"]),
        (b"a: {b: 1, c: 2, b: 3}", ["1:17 duplicate-key"]),
        (b"1: x", ["1:1 key-not-text"]),
        (b"true: x", ["1:1 key-not-text"]),
        (b"~: x", ["1:1 key-not-text"]),
        (b"? [a]\n: x", ["1:3 key-not-text"]),
        (b"? {a: 1}\n: x", ["1:3 key-not-text"]),
        (b"a: .inf", ["1:4 not-a-number"]),
        (b"a: -.INF", ["1:4 not-a-number"]),
        (b"a: .NaN", ["1:4 not-a-number"]),
        (b"a: 1e999", ["1:4 not-a-number"]),
        (b"a: 12345678901234567890123", ["1:4 not-a-number"]),
        (b"a: b: c", ["1:5 yaml-syntax"]),
        (b"a: @x", ["1:4 yaml-syntax"]),
        (b'a: "x\nb: 1\n', ["1:4 yaml-syntax"]),
        (b"[" * 25_000, ["1:13 nested-too-deep"]),
        (b"{a: " * 25_000, ["1:49 nested-too-deep"]),
        (b"- " * 25_000 + b"x", ["1:25 nested-too-deep"]),
        (b"a: " + b"x" * MAX_BYTES, ["1:1 file-too-large"]),
    ],
)
def test_refused_at_line_and_column(data: bytes, expected: list[str]) -> None:
    reading = parse(data, "x.yaml")
    assert [f"{d.place.line}:{d.place.column} {d.rule}" for d in reading.diagnostics] == expected
    assert all(d.hint for d in reading.diagnostics)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"a: b: c", "put a text that holds `: ` in quotes"),
        (b"a: @x", "put a text that starts with a sign in quotes"),
        (b'a: "x\nb: 1\n', "a quotation mark is open or missing on this line"),
        (b"a: [1, 2\nb: 3\n", "a bracket is open since line 1"),
        (b"a:\n\tb: 1", "write spaces"),
        (b"a: 9999999999999999999999", "write a finite number, put text in quotes, or leave the field out"),
    ],
)
def test_advice(data: bytes, hint: str) -> None:
    assert parse(data, "x.yaml").diagnostics[-1].hint == hint


@pytest.mark.parametrize(
    ("data", "tag"),
    [(b"a: !!str 1", "!!str"), (b"a: !<tag:x.org,2022:y> 1", "!<tag:x.org,2022:y>"), (b"a: ! 1", "!")],
)
def test_a_tag_is_named_as_it_is_written(data: bytes, tag: str) -> None:
    assert parse(data, "x.yaml").diagnostics[0].message == f"tag `{tag}` is not allowed"


def bomb() -> bytes:
    """Return 950 bytes that hold `yaml.safe_load` for many seconds."""
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 4)}]}}" for n in range(1, 27)]
    return "\n".join(lines).encode()[:950]


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        b"a: [" + b"*x, " * 60_000 + b"1]",
        b"? a\n" * 60_000,
        b"a: !x\n" * 40_000,
        b"#" * 250_000,
        b"---\n" * 60_000,
        b'"' * 100_001,
        "\u200b\n".encode() * 60_000,
    ],
    ids=["merge keys", "aliases", "repeated keys", "tags", "a comment", "documents", "quotes", "hidden"],
)
def test_hostile_files_are_done_with_at_once(data: bytes) -> None:
    assert not is_too_slow(lambda given: parse(given, "x.yaml"), data)
    assert len(parse(data, "x.yaml").diagnostics) <= MAX_FAULTS + 1


def test_reading_stops_after_too_many_faults() -> None:
    reading = parse(b"a: [" + b"*x, " * 1000 + b"1]", "x.yaml")
    assert reading.diagnostics[-1].rule == "too-many-faults"
    assert reading.document is not None
    assert not reading.document.parsed


def corpus() -> Iterator[bytes]:
    for root in (KB, Path(__file__).parents[1]):
        for folder in ("papers", "taxonomy"):
            yield from (file.read_bytes() for file in sorted((root / folder).rglob("*.yaml")))


def seen(data: bytes, way: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """Return all that reading a text in one way tells, positions looked up in that way too."""
    go(way, monkeypatch)
    reading = parse(data, "x.yaml")
    found = reading.document
    if found is None:
        return (reading.diagnostics,)
    places = found.source_map
    value = repr(found.value)  # 1 and true are equal
    return reading.diagnostics, value, found.parsed, places.values, places.keys, places.written


@pytest.mark.parametrize("_way", ["regular"], indirect=True)  # it goes all ways by itself
def test_all_ways_give_the_same_values_and_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in corpus():
        first, *others = [seen(data, way, monkeypatch) for way in WAYS]
        assert all(other == first for other in others)


@pytest.mark.parametrize("_way", ["regular"], indirect=True)  # it goes all ways by itself
def test_the_files_of_the_corpus_are_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []
    tree = events.Tree

    def counted(text: str, shown: str) -> events.Tree:
        walked.append(shown)
        return tree(text, shown)

    go("composed", monkeypatch)
    monkeypatch.setattr(reader, "Tree", counted)
    files = [parse(data, "x.yaml") for data in corpus()]
    assert len(walked) < len(files) / 50
    for reading in files:
        assert reading.document
        assert reading.document.source_map.locate(())[0] > 1
    assert len(walked) < len(files) / 50, "positions are found without a walk as well"


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1",
        "a: *x",
        "a: !x 1",
        "a: ! 1",
        "? !x a\n: 1",
        "{&a b: 1}",
        "[&a b]",
        "[1,&a b]",
        '{"a":&b c}',
        '{"a":*b}',
        "{'a':!b c}",
        "{?&a b}",
        "&a\nb: 1",
        "%YAML 1.2\n---\na: 1",
        "# x\n%YAML 1.2\n---\na: 1",
        "a: b #c",
        "a: b  #c",
        "a: 1\na: 2",
        "{a: 1, a: 2}",
        "1: a",
        "<<: {a: 1}",
        "[a]: 1",
        "{[a]: 1}",
        "? {a: 1}\n: 2",
        "a: 1\n---\nb: 2",
        "a: 1.50",
        "a: 0x1F",
        "a: TRUE",
        "a: ~",
        "a: .nan",
        f"a: {'9' * 30}",
        "[" * 13 + "]" * 13,
        "[" * 100_000,
        "{a: " * 201,
        "- " * 13 + "a",
        "-  " * 5000 + "a",
        "? " * 5000 + "a",
        "- ? " * 2000 + "a",
        "\n".join(f"{' ' * n}a:" for n in range(60)),
        f"[{'1,' * 25_001}]",
        "a: [",
    ],
)
def test_what_is_not_ordinary(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these may be refused, or needs its spelling: the walk over the events has the say."""
    assert value_of(text) is NOT_ORDINARY
    assert seen(text.encode(), "composed", monkeypatch) == seen(text.encode(), "libyaml", monkeypatch)


@pytest.mark.parametrize(
    "text", ["a: R&D * 2!", 'a: "&b"', "a: x*y\nb: [c, d#e]", "a: [[[[1]]]]", "a:\nb: ''"]
)
def test_what_only_looks_odd_is_ordinary_or_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = [seen(text.encode(), way, monkeypatch) for way in WAYS]
    assert all(other == first for other in others)


@pytest.mark.parametrize("_way", ["regular"], indirect=True)  # it goes all ways by itself
def test_nothing_deep_reaches_the_composer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The composer recurses: what it is given cannot nest deeper than its letters allow."""
    given: list[str] = []
    composer = ordinary._Composer  # noqa: SLF001 - whether it is asked is the question

    def counted(text: str) -> object:
        given.append(text)
        return composer(text)

    monkeypatch.setattr(ordinary, "_Composer", counted)
    for opening in ("[", "{", "{a: ", "[{a: ", "- ", "- - ", "-  ", "? ", "- ? ", "? - ", "\n- ", "[\n"):
        value_of(opening * 300)
        value_of(opening * 20_000)
    value_of("\n".join(f"{' ' * n}- a:" for n in range(0, 400, 2)))
    assert all(text.count("[") + text.count("{") <= 200 for text in given)
    assert all(len(line) - len(line.lstrip(" -?")) < 60 for text in given for line in text.split("\n"))


@pytest.mark.parametrize("_way", ["regular"], indirect=True)  # it goes all ways by itself
def test_damaged_files_never_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (KB / "papers/2022/moth2022tile.yaml").read_bytes()
    signs = [
        b"[",
        b"{",
        b"]",
        b": ",
        b"- ",
        b"&a ",
        b"*a",
        b"!x ",
        b'"',
        b"|",
        b"\n",
        b"<<: ",
        b"? ",
        b"\xff",
    ]
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    outcomes = set()
    for _ in range(400):
        data = bytearray(source)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.randint(0, 3)] = chance.choice(signs)
        reading = parse(bytes(data), "x.yaml")
        outcomes.add(bool(reading.diagnostics))
        assert reading.diagnostics or reading.document
        first, *others = [seen(bytes(data), way, monkeypatch) for way in ("regular", "composed", "libyaml")]
        assert others == [first, first]
    assert outcomes == {True, False}


def test_positions_of_keys_and_values() -> None:
    document = parse(b"a: 1\nb:\n  - {c: x}\n  -   d: y\n", "x.yaml").document
    assert document is not None
    rows = [
        ((), False),
        (("a",), True),
        (("a",), False),
        (("b", 0, "c"), True),
        (("b", 0, "c"), False),
        (("b", 1), False),
        (("b", 1, "d"), False),
        (("b", 7, "q"), False),
    ]
    found = [document.source_map.locate(path, key=key) for path, key in rows]
    assert found == [(1, 1), (1, 1), (1, 4), (3, 6), (3, 9), (4, 7), (4, 10), (3, 3)]


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("records", 0, "arxiv"), "records[0].arxiv"), ((0, 1), "[0][1]")],
)
def test_dotted(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_files_that_are_no_files(tmp_path: Path) -> None:
    target = tmp_path / "target.yaml"
    target.write_text("a: 1", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(target)
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    messages = {
        "link.yaml": "this is a symbolic link",
        "pipe.yaml": "this is not an ordinary file",
        "folder.yaml": "this is not an ordinary file",
        "none.yaml": "there is no such file",
    }
    for name, message in messages.items():
        (fault,) = read(tmp_path / name, name).diagnostics
        assert (fault.rule, fault.message) == ("unreadable-file", message)
    assert value(read(target, "target.yaml")) == {"a": 1}


def test_size_is_asked_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(10 * 2**30)  # a file of holes: 10 GB that take no room
    monkeypatch.setattr("rekb.yamlio.reader.parse", lambda *_: pytest.fail("the file was read"))
    (fault,) = read(file, "large.yaml").diagnostics
    assert fault.message == "the file has 10,737,418,240 bytes; at most 262,144 are read"
