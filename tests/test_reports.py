"""How findings are printed: one row for each form, hostile names and texts included."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from fixture_kb import KB, report_of
from rekb.checks.content import repeated_author
from rekb.checks.letters import garbled_text, look_alike_letter, styled_letter
from rekb.checks.registry import Finding
from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.model.entry import Mononym
from rekb.reports import FORMS, render
from rekb.text import display_width, printable
from rekb.yamlio.document import Document, SourceMap

FILE = "papers/2022/x2022y.yaml"
TEXT = "title: 漢字 x\nyear: 2022\n"
DOCUMENTS = {FILE: Document(FILE, {}, SourceMap(), TEXT)}
ERROR = Diagnostic(
    "unknown-topic", Severity.ERROR, Place(FILE, 2, 7), "there is no `a,b:c%`", "did you mean `d`?", "year"
)
WARNING = Diagnostic("markup-in-text", Severity.WARNING, Place(FILE, 1, 11), "it holds <b>\n")
HINT = Diagnostic("stray-file", Severity.HINT, Place("a b/é,:.txt"), "no entry")
REPORT = report_of(WARNING, ERROR, HINT, ERROR)
EMPTY = Report()


def test_text() -> None:
    assert render(REPORT, DOCUMENTS, "text") == (
        "a b/é,:.txt:1:1: hint stray-file: no entry\n"
        f"{FILE}:1:11: warning markup-in-text: it holds <b>\\n\n"
        "    1 | title: 漢字 x\n"
        "      |             ^\n"
        f"{FILE}:2:7: error unknown-topic: there is no `a,b:c%`: did you mean `d`?\n"
        "    2 | year: 2022\n"
        "      |       ^\n"
        "1 file: 1 error, 1 warning, 1 hint\n"
    )


def test_text_of_nothing() -> None:
    assert render(EMPTY, DOCUMENTS, "text") == "1 file: nothing to report\n"


def test_a_long_line_is_shown_around_the_place() -> None:
    line = "a" * 300 + "HERE" + "b" * 300
    documents = {FILE: Document(FILE, {}, SourceMap(), line)}
    report = report_of(Diagnostic("yaml-syntax", Severity.ERROR, Place(FILE, 1, 301), "x"))
    _, source, caret, _ = render(report, documents, "text").splitlines()
    assert len(source) < 130
    assert source[caret.index("^") :].startswith("HERE")


def test_what_a_terminal_would_obey_is_never_printed() -> None:
    text = "a: \x1b[31m\u202e\x07\r\n"
    documents = {FILE: Document(FILE, None, SourceMap(), text, parsed=False)}
    report = report_of(
        Diagnostic("hidden-character", Severity.ERROR, Place(FILE, 1, 6), "said \x1b[2J \u202e", "\x9b")
    )
    for form in FORMS:
        printed = render(report, documents, form)
        assert not set("\x1b\u202e\x07\r\x9b") & set(printed)
    lines = render(report, documents, "text").splitlines()
    assert lines[1] == "    1 | a: \\x1b[31m\\u202e\\x07"
    assert lines[2].index("^") == lines[1].index("31m")


OBEYED = "\x1b[31m\x1b]0;x\x07\x9b\r\u202e\x00"
"""What changes the colour, writes a title, goes back, turns the text round."""


@pytest.mark.parametrize(
    ("rule", "field", "text"),
    [
        # U+009B alone, which is the second byte of many garbled letters, begins such a sequence, too.
        (garbled_text, "name", "Ren\u00c3\u009b\u00c3\u00a9"),
        (garbled_text, f"na{OBEYED}me", f"{OBEYED}Ren\u00c3\u00a9"),
        (styled_letter, f"na{OBEYED}me", f"{OBEYED}\uff2e"),
        (look_alike_letter, f"na{OBEYED}me", f"N\u0456l{OBEYED}"),
        (repeated_author, "authors", f"No{OBEYED}body"),
    ],
)
def test_data_that_a_terminal_would_obey_is_never_printed(
    rule: Callable[[KnowledgeBase], Iterable[Finding]], field: str, text: str
) -> None:
    """A file with such characters is refused before; here the messages are made from it all the same."""
    known = load(KB)[0]
    document = Document(FILE, {field: text}, SourceMap(), f"{field}: {text}\n")
    twice = [Mononym.model_construct(mononym=text)] * 2
    entry = next(iter(known.entries.values())).model_copy(update={"authors": twice})
    base = replace(
        known,
        documents={**known.documents, FILE: document},
        entries={**known.entries, "x2022y": entry},
        entry_paths={**known.entry_paths, "x2022y": FILE},
    )
    found = [finding for finding in rule(base) if finding.file == FILE]
    told = [f"{finding.message} {finding.hint}" for finding in found]
    assert any(set(OBEYED) & set(message) - set("[31m]0;x") for message in told)
    report = report_of(
        *(Diagnostic("x", Severity.ERROR, Place(FILE, 1, 1), one.message, str(one.hint)) for one in found)
    )
    for form in FORMS:
        printed = render(report, base.documents, form)
        assert set("\x1b\x07\x9b\r\u202e\x00") & set(printed) == set()


def test_colour_only_on_request() -> None:
    coloured = render(REPORT, DOCUMENTS, "text", colour=True)
    assert "\x1b[1;31merror unknown-topic:\x1b[0m" in coloured
    assert "\x1b" not in render(REPORT, DOCUMENTS, "json", colour=True)


def test_json() -> None:
    body = json.loads(render(REPORT, DOCUMENTS, "json"))
    assert {name: body[name] for name in ("schema_version", "files", "counts")} == {
        "schema_version": 1, "files": 1, "counts": {"error": 1, "warning": 1, "hint": 1},
    }  # fmt: skip
    assert body["findings"][2] == {
        "rule": "unknown-topic", "severity": "error", "path": FILE, "line": 2, "column": 7, "field": "year",
        "message": "there is no `a,b:c%`", "hint": "did you mean `d`?",
    }  # fmt: skip


def test_github() -> None:
    assert render(REPORT, DOCUMENTS, "github").splitlines() == [
        "::notice file=a b/é%2C%3A.txt,line=1,col=1,title=stray-file::no entry",
        f"::warning file={FILE},line=1,col=11,title=markup-in-text::it holds <b>\\n",
        f"::error file={FILE},line=2,col=7,title=unknown-topic::there is no `a,b:c%25`: did you mean `d`?",
    ]


SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {"driver": {"required": ["name", "version", "rules"]}},
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note"]},
                                "message": {"required": ["text"]},
                            },
                        }
                    },
                },
            },
        },
    },
}
"""What code scanning reads of SARIF 2.1.0."""


def test_sarif() -> None:
    body = json.loads(render(REPORT, DOCUMENTS, "sarif"))
    Draft202012Validator(SARIF).validate(body)
    (run,) = body["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "markup-in-text", "stray-file", "unknown-topic",
    ]  # fmt: skip
    places = [r["locations"][0]["physicalLocation"] for r in run["results"]]
    assert places[0]["artifactLocation"]["uri"] == "a%20b/%C3%A9%2C%3A.txt"
    assert places[2]["region"] == {"startLine": 2, "startColumn": 7}


def test_junit() -> None:
    suites = ET.fromstring(render(REPORT, DOCUMENTS, "junit"))  # noqa: S314 - our own output
    assert (suites.get("tests"), suites.get("failures")) == ("2", "1")
    cases = {case.get("name"): case for case in suites.iter("testcase")}
    assert list(cases) == ["a b/é,:.txt", FILE]
    assert cases[FILE].findtext("failure") == (
        "2:7: error unknown-topic: there is no `a,b:c%`: did you mean `d`?"
    )
    assert cases[FILE].findtext("system-out") == "1:11: warning markup-in-text: it holds <b>\\n"
    assert cases["a b/é,:.txt"].find("failure") is None


@pytest.mark.parametrize(
    ("text", "shown", "width"),
    [
        ("plain é 漢", "plain é 漢", 10),
        ("\x1b[31m", "\\x1b[31m", 8),
        ("a\tb\n", "a\\tb\\n", 6),
        ("\udcff\u202e\u200b", "\\udcff\\u202e\\u200b", 18),
        ("\U000e0041", "\\U000e0041", 10),
        ("e\u0301", "e\u0301", 1),
    ],
)
def test_printable(text: str, shown: str, width: int) -> None:
    assert printable(text) == shown
    assert display_width(shown) == width


def test_forms_agree_on_what_was_found() -> None:
    assert set(FORMS) == {"text", "json", "github", "sarif", "junit"}
    for form in FORMS:
        printed = render(REPORT, DOCUMENTS, form)
        assert all(rule in printed for rule in ("unknown-topic", "stray-file", "markup-in-text"))
