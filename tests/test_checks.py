"""Every rule: what breaks it, where it is reported, and that nothing else is reported with it."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import rekb
from fixture_kb import (
    CACHING,
    GUESS,
    TILE,
    Change,
    added,
    copy,
    findings,
    replaced,
    reported,
)
from rekb.checks import ALL_RULES, RULES, Rule, content, run
from rekb.checks.addresses import identifiers_in
from rekb.checks.files import loose_lines
from rekb.checks.reading import READING_RULES
from rekb.diagnostics import Severity
from rekb.fixes import FIXABLE
from rekb.loading import validation
from rekb.loading.loader import load
from rule_rows import ROWS

FOLLOWING: dict[str, set[str]] = {
    "unknown-rule": {"duplicate-title"},  # the exemption does not hold
    "needless-exemption": {"duplicate-title"},
    "relation-cycle": {"relation-to-later-work"},  # a cycle goes back in time somewhere
    "duplicate-identifier": {"identifier-in-address", "untidy-link"},
    "same-beginning": {"summary-length"},
    "formal-before-preprint": {"relation-to-later-work"},
    "key-mismatch": {"unknown-entry"},  # what named the work by its key leads nowhere now
    "unknown-facet-value": {"result-and-effects"},  # the effect that is misspelled is missing
    "incomplete-entry": {"unseen-identifier"},  # the page on which it was seen is no longer named
}
"""What else is rightly reported where a rule is broken."""


@pytest.mark.parametrize(("rule", "changes", "expected"), ROWS)
def test_rule(tmp_path: Path, rule: str, changes: list[Change], expected: list[str]) -> None:
    found = findings(copy(tmp_path, *changes))
    assert {d.rule for d in found} - FOLLOWING.get(rule, set()) - {"incomplete-entry"} <= {rule}
    lines = [
        f"{d.place.path}:{d.place.line}:{d.place.column}: {d.message}" + (f": {d.hint}" if d.hint else "")
        for d in found
        if d.rule == rule and (rule != "incomplete-entry" or not changes or d.place.path == TILE)
    ]
    assert len(lines) == len(expected), lines
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)


@pytest.mark.parametrize(
    "change",
    [
        replaced(
            TILE, "https://arxiv.org/abs/2205.99991", "https://example.org/tile/code#:~:text=2205.99991"
        ),
        replaced(
            TILE,
            "    - https://arxiv.org/abs/2205.99991\n",
            '  facts:\n    - {fields: [arxiv], url: "https://git.example.org/tile"}\n',
        ),
        replaced(TILE, 'arxiv: "2205.99991"', 'arxiv: "2205.99991", doi: "10.48550/arXiv.2205.99991"'),
        replaced(TILE, 'arxiv: "2205.99991"', 'doi: "10.48550/arXiv.2205.99991"'),
    ],
)
def test_an_identifier_is_seen_where_a_page_shows_it(tmp_path: Path, change: Change) -> None:
    assert [d for d in findings(copy(tmp_path, change)) if d.rule == "unseen-identifier"] == []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a  b", []),
        ({"a  b": "c"}, []),
        ({"a": "b  c", "d": ["e", " f"]}, [(("a",), "b  c"), (("d", 1), " f")]),
        ({"summary": {"expert": "a  b"}, "a": "b \nc"}, []),
    ],
)
def test_lines_with_a_space_too_many(value: Any, found: list[tuple[tuple[object, ...], str]]) -> None:
    assert list(loose_lines(value)) == found


CHANGED = [(rule, changes) for rule, changes, _ in ROWS if rule in RULES and RULES[rule].local]


@pytest.mark.parametrize(("rule", "changes"), CHANGED, ids=[rule for rule, _ in CHANGED])
def test_a_local_rule_needs_no_other_file(tmp_path: Path, rule: str, changes: list[Change]) -> None:
    base, _ = load(copy(tmp_path, *changes))
    found = [d for d in run(base) if d.rule == rule]
    assert found
    for file in {d.place.path for d in found}:
        alone = [d for d in run(base, {file}) if d.rule == rule]
        assert alone == [d for d in found if d.place.path == file]


SHAPE = replaced(TILE, "kind: paper", "kind: papr")
"""A fault of form: the file fits no entry any more."""


@pytest.mark.parametrize(("rule", "changes"), CHANGED, ids=[rule for rule, _ in CHANGED])
def test_a_fault_of_form_hides_no_other_of_its_file(tmp_path: Path, rule: str, changes: list[Change]) -> None:
    (tmp_path / "one").mkdir()
    alone = [
        d
        for d in findings(copy(tmp_path / "one", *changes))
        if (d.rule, d.place.path) == (rule, TILE) and d.field
    ]
    (tmp_path / "two").mkdir()
    both = findings(copy(tmp_path / "two", *changes, SHAPE))
    assert "unknown-word" in {d.rule for d in both}
    assert [d for d in both if (d.rule, d.place.path) == (rule, TILE) and d.field] == alone


def test_one_run_says_all_of_a_draft(tmp_path: Path) -> None:
    faults = (
        replaced(TILE, '  - "Moth, Ada"', '  - "Ada Moth"'),
        replaced(TILE, "  - systems/serving/caching", "  - systems/serving/cashing"),
        replaced(TILE, "{resource: memory, phase: training", "{resource: ram, phase: later"),
        replaced(TILE, "change: costs", "change: spends"),
        replaced(TILE, "metric: memory-reduction", "metric: 7"),
        replaced(TILE, "metric: training-speed-up", "metric: speed"),
        replaced(TILE, "entry: nobody2021guess", "entry: nobody1999"),
        replaced(TILE, "added: 2026-11-23", "added: today"),
    )
    found = findings(copy(tmp_path, SHAPE, *faults))
    assert [(d.rule, d.field) for d in found if d.place.path == TILE] == [
        ("unknown-word", "kind"),
        ("wrong-form", "authors[0]"),
        ("unknown-topic", "topics[1]"),
        ("unknown-facet-value", "effects[0].resource"),
        ("unknown-facet-value", "effects[0].phase"),
        ("unknown-word", "effects[1].change"),
        ("wrong-type", "results[0].metric"),
        ("unknown-metric", "results[1].metric"),
        ("wrong-form", "relations[1].entry"),
        ("bad-date", "added"),
    ]


NEVER_EXEMPT = {"unknown-rule", "needless-exemption"}
VOCABULARIES = {"repeated-id", "ambiguous-venue", "ambiguous-spelling", "vocabulary-reference"}
EXEMPT = [(r, c) for r, c, _ in ROWS if r not in {*NEVER_EXEMPT, *VOCABULARIES}]
"""What an exemption can silence; those of the vocabularies are about files that hold none."""


@pytest.mark.parametrize(("rule", "changes"), EXEMPT, ids=[rule for rule, _ in EXEMPT])
def test_every_rule_can_be_exempted_with_a_reason(tmp_path: Path, rule: str, changes: list[Change]) -> None:
    root = copy(tmp_path, *changes)
    concerned = {d.place.path for d in findings(root) if d.rule == rule}
    for file in concerned:
        text = (root / file).read_text(encoding="utf-8")
        line = f'  - {{rule: {rule}, reason: "It is right here."}}\n'
        line = line if "\nexempt:" in text else f"exempt:\n{line}"
        (root / file).write_text(text + line, encoding="utf-8")
    assert {d.rule for d in findings(root)} & {rule, "needless-exemption", "unknown-rule"} == set()


def test_a_topic_says_when_an_exemption_is_not_needed(tmp_path: Path) -> None:
    reason = 'exempt:\n  - {rule: summary-length, reason: "It is short."}\n'
    assert reported(copy(tmp_path, added(CACHING, reason))) == [f"{CACHING}:7:12 needless-exemption"]


def test_what_can_be_mended_is_said_by_the_rules() -> None:
    assert {name for name, rule in ALL_RULES.items() if rule.fixable} == FIXABLE


def test_every_rule_is_broken_by_some_row() -> None:
    assert {rule for rule, _, _ in ROWS} == {*RULES, "needless-exemption"}


@pytest.mark.parametrize("rule", list(ALL_RULES.values()), ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule: Rule) -> None:
    assert len(rule.why) > 20
    assert rule.example
    assert len(rule.fix) > 5


def words_in(node: ast.AST) -> set[str]:
    """Return the string constants inside a piece of code."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def reported_while_reading() -> set[str]:
    """Return the rule names in the calls that report faults, read from the source."""
    makers = {"Diagnostic", "_fault", "_stop", "_refused", "fault"}
    names = {*validation._RULES.values(), "wrong-type", "result-without-source"}  # noqa: SLF001 - the table itself
    for module in (
        "yamlio/reader",
        "yamlio/events",
        "loading/validation",
        "loading/loader",
        "loading/candidates",
    ):
        tree = ast.parse((Path(rekb.__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            maker = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
            if maker in makers:
                constants = [a.value for a in call.args if isinstance(a, ast.Constant)]
                names |= {
                    c for c in constants if isinstance(c, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", c)
                }
    return names


def test_every_name_that_can_be_printed_is_documented_and_the_other_way_round() -> None:
    assert reported_while_reading() | {"needless-exemption"} == set(READING_RULES)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://arxiv.org/abs/2205.14135", [("arxiv", "2205.14135")]),
        ("https://arxiv.org/pdf/2205.14135v2.pdf", [("arxiv", "2205.14135")]),
        ("https://export.arxiv.org/abs/cs.LG/0501001v1", [("arxiv", "cs/0501001")]),
        (
            "https://doi.org/10.48550/arXiv.2205.14135",
            [("arxiv", "2205.14135"), ("doi", "10.48550/arxiv.2205.14135")],
        ),
        ("https://dx.doi.org/10.1145%2F3600006.3613165", [("doi", "10.1145/3600006.3613165")]),
        (
            "https://doi.org/10.18653/v1/2022.acl-long.577",
            [("acl", "2022.acl-long.577"), ("doi", "10.18653/v1/2022.acl-long.577")],
        ),
        ("https://openreview.net/forum?id=H4DqfPSibmx&noteId=x", [("openreview", "H4DqfPSibmx")]),
        ("https://aclanthology.org/2022.acl-long.577.pdf", [("acl", "2022.acl-long.577")]),
        ("https://www.aclweb.org/anthology/P19-1001/", [("acl", "p19-1001")]),
        ("https://proceedings.mlr.press/v162/du22c.html", [("pmlr", "v162/du22c")]),
        ("https://proceedings.mlr.press/v162/du22c/du22c.pdf", [("pmlr", "v162/du22c")]),
        ("https://example.org/abs/2205.14135", []),
        ("https://arxiv.org/list/cs.LG/recent", []),
        ("https://openreview.net/group?id=", []),
        ("http://[", []),
        ("", []),
    ],
)
def test_identifiers_in_addresses(address: str, expected: list[tuple[str, str]]) -> None:
    assert list(identifiers_in(address)) == expected


def test_an_exemption_silences_one_rule_of_one_file(tmp_path: Path) -> None:
    reason = '\nexempt:\n  - {rule: survey-row-claimed-twice, reason: "The row names both."}\n'
    root = copy(tmp_path, replaced(GUESS, "rows: [3]", "rows: [2]"), added(TILE, reason.lstrip()))
    assert [d.rule for d in findings(root) if d.severity is Severity.ERROR] == []


def test_texts_that_did_not_change_are_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def grade(text: str) -> float:
        judged.append(text)
        return 5.0

    monkeypatch.setattr(content, "reading_grade", grade)
    base, _ = load(copy(tmp_path))
    list(run(base, {GUESS}))
    assert judged == []
    list(run(base, {TILE}))
    assert [text[:12] for text in judged] == ["To read a lo"]
