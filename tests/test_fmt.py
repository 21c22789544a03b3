"""The canonical form: it changes no value, keeps every comment, and is its own canonical form."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from fixture_kb import KB, TILE
from rekb.edit.comments import comments
from rekb.edit.format import FormattingError, composed, format_text
from rekb.edit.scalars import WIDTH, prose, quoted, scalar
from rekb.yamlio import events
from rekb.yamlio.reader import parse

LINE = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"
ENTRY: dict[str, Any] = {
    "title": "T",
    "kind": "paper",
    "authors": ["A, B"],
    "records": [{"venue": "arxiv", "year": 2022, "arxiv": "2205.14135"}],
    "topics": ["a/b"],
    "added": "2026-11-23",
}


def formatted(text: str, shown: str = TILE) -> str:
    result = format_text(text.encode(), shown)
    assert result.text is not None, result.faults
    return result.text


def value(text: str) -> Any:
    reading = parse(text.encode(), TILE)
    assert reading.document is not None
    assert reading.diagnostics == ()
    return reading.document.value


HOSTILE = [
    "plain", "a: b", "a #b", "- a", "-", "?", "? a", ": a", "a:", "[a]", "{a}", "a, b", "*a", "&a", "!a",
    "#a", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "a\"b'c", "\\", "\\n", "a\\", "yes", "No", "on", "y",
    "null", "~", "true", "1e5", "2205.14135", "0x1F", "0o7", "1_000", "1:30", "12:30:45", ".5", "5.", ".inf",
    ".nan", "2026-11-23", "=", "<<", "---", "...", "--- a", " a", "a ", " ", "a\tb", "\ta",
    "é漢字", "“q” – ’", "x" * 300, "http://a.b/c?d=e#f", "a,b", "a:b", "{{ x }}", "<b>", "$x$", "a\u00a0b",
    "a\u3000", "-1", "+1", "- ", "# ",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("flow", [True, False])
def test_any_text_comes_back_and_other_readers_agree(text: str, flow: bool) -> None:  # noqa: FBT001 - a row
    for written in (scalar(text, flow=flow), quoted(text)):
        document = f"{{a: {written}, b: 1}}" if flow else f"a: {written}\nb: 1"
        if "\t" not in document:
            assert value(document) == {"a": text, "b": 1}
        assert yaml.safe_load(document) == {"a": text, "b": 1}


@pytest.mark.parametrize(
    ("given", "flow", "expected"),
    [
        ("plain words", False, "plain words"),
        ("https://a.b/c", False, "https://a.b/c"),
        ("https://a.b/c", True, '"https://a.b/c"'),
        ("a, b", False, "a, b"),
        ("a, b", True, '"a, b"'),
        ("2205.14135", False, '"2205.14135"'),
        ("3d", True, "3d"),
        ("x", True, "x"),
        ("%", False, '"%"'),
        (3, False, "3"),
        (2.5, False, "2.5"),
        (1e22, False, "1.0e+22"),
        (1e-06, True, "1.0e-06"),
        (-2.5e-07, False, "-2.5e-07"),
        (True, False, "true"),
        (False, True, "false"),
    ],
)
def test_scalar(given: Any, flow: bool, expected: str) -> None:  # noqa: FBT001 - a row
    assert scalar(given, flow=flow) == expected
    assert value(f"a: {expected}") == {"a": given}
    assert yaml.safe_load(f"a: {expected}") == {"a": given}


WORDS = "Words that stand in a row until the line is full, again and again. " * 8
PROSE = [
    "Short.",
    WORDS.strip(),
    f"{WORDS.strip()}\n{WORDS.strip()}",
    f"{WORDS.strip()}\n\n{WORDS.strip()}",
    f"{WORDS.strip()}\n\n\nEnd.",
    "x" * 300,
    f"A {'y' * 200} b {'z' * 120} c.",
    "Two  spaces   stay. " * 12 + "End.",
    "# no comment\n- no list\n? no key",
    "- a\n- b\n\n1. c\n2. d",
    "Text: with colon. 'Quotes' \"too\" \\ and %.",
    "First.\n  Indented.\nLast.",
    "Broken by hand\nat short lines\n\nand again\nlike this.",
    "Trailing \nspace.",
    "é漢字 " * 60 + "end",
]


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("markdown", [True, False])
def test_any_prose_comes_back(text: str, markdown: bool) -> None:  # noqa: FBT001 - a row
    head, *rest = prose(text, 4, markdown=markdown)
    lines = [f"  expert: {head}", *rest]
    assert value("\n".join(["summary:", *lines, "end: 1", ""])) == {"summary": {"expert": text}, "end": 1}
    if head == ">-":
        assert all(len(line) <= WIDTH or " " not in line.strip() or "  " in line.strip() for line in rest)


@pytest.mark.parametrize("field", ["title", "name"])
@pytest.mark.parametrize("text", [t for t in HOSTILE if t.strip()])
def test_an_entry_with_hostile_text(field: str, text: str) -> None:
    once = formatted(json.dumps(ENTRY | {field: text}))
    assert value(once) == ENTRY | {field: text}
    assert formatted(once) == once


@pytest.mark.parametrize("text", PROSE)
def test_an_entry_with_hostile_prose(text: str) -> None:
    summary = {"expert": text, "practitioner": f"\n{text}\n", "plain": "p"}
    once = formatted(json.dumps(ENTRY | {"summary": summary}))
    assert value(once)["summary"] == {"expert": text, "practitioner": text, "plain": "p"}
    assert formatted(once) == once


def test_whatever_the_source_looks_like_the_form_is_one() -> None:
    source = value((KB / TILE).read_text(encoding="utf-8"))
    backwards = {name: source[name] for name in reversed(source)}
    forms = {
        formatted(json.dumps(source)),
        formatted(json.dumps(backwards, ensure_ascii=True)),
        formatted(yaml.safe_dump(source, allow_unicode=True, default_flow_style=True, width=40)),
        formatted(yaml.safe_dump(source, sort_keys=True, indent=7)),
    }
    without_comment = (
        (KB / TILE)
        .read_text(encoding="utf-8")
        .replace("# Made up for tests: this work does not exist.\n", "")
    )
    assert forms == {without_comment}


COMMENTED = """\
# file
kind: paper   # trailing kind
title: 'A #title'
# above authors
authors: # behind authors
  # above first
  - A, B
  - {group: G} # behind group
added: 2026-11-23
records:
  - venue: arxiv # inside record
    # in the middle
    year: 2022
    arxiv: "2205.14135"
topics: [
  a/b, # behind b
  # above c
  c/d
  ]
results:
  # above result
  - value: 3
    id: m
    # above metric
    metric: m
    unit: x
    source: {kind: abstract, url: "http://a.b"}  # behind source
summary:
  expert: > # behind the style
    text # no comment
    # neither
  # above practitioner
  practitioner: "a # b"
  plain: p
# end
# of file
"""
FORMATTED = (
    LINE
    + """\
title: "A #title"
# file
# trailing kind
kind: paper
# above authors
# behind authors
authors:
  # above first
  - "A, B"
  # behind group
  - {group: G}
records:
  # inside record
  # in the middle
  - {venue: arxiv, year: 2022, arxiv: "2205.14135"}
topics:
  # behind b
  # above c
  - a/b
  - c/d
summary:
  # behind the style
  expert: >-
    text # no comment # neither
  # above practitioner
  practitioner: >-
    a # b
  plain: >-
    p
results:
  # above result
  - id: m
    # above metric
    metric: m
    value: 3
    unit: x
    # behind source
    source: {url: "http://a.b", kind: abstract}
added: 2026-11-23
# end
# of file
"""
)


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
def test_comments(monkeypatch: pytest.MonkeyPatch, loader: Any) -> None:
    monkeypatch.setattr(events, "LOADER", loader)
    monkeypatch.setattr("rekb.edit.comments.LOADER", loader)
    assert formatted(COMMENTED) == FORMATTED
    assert formatted(FORMATTED) == FORMATTED
    assert formatted(COMMENTED.replace("\n", "\r\n")) == FORMATTED.replace("\n", "\r\n")
    assert formatted(COMMENTED.replace("\n", "\r\n", 3)) == FORMATTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1 # b", [("# b", 1, 6, True)]),
        ("# a\nb: '# c'", [("# a", 1, 1, False)]),
        ("a: b#c # d", [("# d", 1, 8, True)]),
        ("a: |\n  # b\n# c\n", [("# c", 3, 1, False)]),
        ("a: >- # b\n  c\n", [("# b", 1, 7, True)]),
        ("a: [1, # b\n  # c\n  2]", [("# b", 1, 8, True), ("# c", 2, 3, True)]),
        ("--- # a\nb: 1", [("# a", 1, 5, True)]),
        ("a: 1 ## b # c  ", [("## b # c", 1, 6, True)]),
    ],
)
def test_where_comments_are(text: str, expected: list[tuple[str, int, int, bool]]) -> None:
    assert [(c.text, c.line, c.column, c.trailing) for c in comments(text)] == expected


def test_text_is_composed() -> None:
    assert formatted(json.dumps(ENTRY | {"name": "Re\u0301"})) == formatted(
        json.dumps(ENTRY | {"name": "R\u00e9"})
    )
    assert composed({"a": ["e\u0301"]}, ()) == {"a": ["é"]}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("title: [", "yaml-syntax"),
        ("title: &a b", "yaml-anchor"),
        ("title: a", "missing-field"),
        (json.dumps(ENTRY | {"kind": "poem"}), "unknown-word"),
        (json.dumps(ENTRY | {"name": None}), "empty-field"),
    ],
)
def test_files_with_faults_have_no_form(text: str, rule: str) -> None:
    result = format_text(text.encode(), TILE)
    assert result.text is None
    assert rule in {fault.rule for fault in result.faults}


def test_a_form_that_would_be_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rekb.edit.rewrite.MAX_BYTES", 20)
    result = format_text(json.dumps(ENTRY).encode(), TILE)
    assert result.text is None
    assert [(fault.rule, fault.place.path) for fault in result.faults] == [("file-too-large", TILE)]
    assert "at most 20 are read" in result.faults[0].message


def test_a_form_that_would_say_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rekb.edit.writer.scalar", lambda value, *, flow: "wrong" if not flow else str(value))
    with pytest.raises(FormattingError, match="would change a value"):
        formatted(json.dumps(ENTRY))


def test_a_form_that_would_lose_a_comment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rekb.edit.writer.Writer._above", lambda *_: iter(()))
    with pytest.raises(FormattingError, match="would lose a comment"):
        formatted(COMMENTED)


def test_only_data_files_have_a_form() -> None:
    with pytest.raises(ValueError, match=r"docs/x\.yaml is no data file"):
        format_text(b"a: 1", "docs/x.yaml")


@pytest.mark.parametrize("file", sorted(KB.rglob("*.yaml")), ids=lambda file: file.stem)
def test_the_fixture_is_in_canonical_form(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert formatted(text, file.relative_to(KB).as_posix()) == text


LONG = "word " * 30 + "end."


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("One sentence.", ">-"),
        (LONG, ">-"),
        (f"{LONG}\n\n{LONG}", ">-"),
        ("One line\nand another.", "|-"),
        # Folded, the break would need an empty line: whoever edits the file would take it for two paragraphs.
        (f"One line\n{LONG}", "|-"),
        ("- a point\n- another", "|-"),
    ],
)
def test_lines_broken_by_hand_stay(text: str, head: str) -> None:
    assert prose(text, 4, markdown=True)[0] == head
