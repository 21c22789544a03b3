"""What `validate --fix` writes: rows of what stood in a file and what stands there afterwards."""
# ruff: noqa: E501 - a row holds the whole line that a user reads

from pathlib import Path

import pytest

from fixture_kb import (
    ATTENTION,
    CACHING,
    FACETS,
    GIANT,
    GUESS,
    REPORT,
    SPARSE,
    TILE,
    Change,
    added,
    copy,
    findings,
    moved,
    replaced,
)
from rekb.checks import run
from rekb.checks.addresses import tidied
from rekb.edit.edits import Edit
from rekb.fixes import Fixes, fixes
from rekb.loading.loader import load
from rekb.yamlio.document import Path_


def fixed_files(root: Path) -> Fixes:
    """Return the fixes of a knowledge base, written into it."""
    base, report = load(root)
    found = [*report, *run(base)]
    result = fixes(base, found, set(base.documents))
    for shown, text in result.texts.items():
        (root / shown).write_text(text, encoding="utf-8")
    return result


ROWS: list[tuple[str, Change, str, list[str]]] = [
    (GUESS, replaced(GUESS, "venue: arxiv", "venue: corr"), "{venue: arxiv,", ["records[0].venue: corr -> arxiv (unknown-venue)"]),
    (GUESS, replaced(GUESS, "venue: arxiv", "venue: CoRR"), "{venue: arxiv,", ["records[0].venue: CoRR -> arxiv (unknown-venue)"]),
    (GUESS, replaced(GUESS, '"2101.99992"', '"https://arxiv.org/abs/2101.99992v3"'), 'arxiv: "2101.99992"}', ["records[0].arxiv: https://arxiv.org/abs/2101.99992v3 -> 2101.99992 (wrong-form)"]),
    (GUESS, replaced(GUESS, '"2101.99992"', '"arXiv:2101.99992"'), 'arxiv: "2101.99992"}', ["records[0].arxiv: arXiv:2101.99992 -> 2101.99992 (wrong-form)"]),
    (GUESS, replaced(GUESS, '"2101.99992"', "http://www.arxiv.org/pdf/2101.99992.pdf"), 'arxiv: "2101.99992"}', ["records[0].arxiv: http://www.arxiv.org/pdf/2101.99992.pdf -> 2101.99992 (wrong-form)"]),
    (SPARSE, replaced(SPARSE, 'pages: "1-9"', 'doi: "https://doi.org/10.99999/X.1"'), 'doi: "10.99999/X.1"', ["records[0].doi: https://doi.org/10.99999/X.1 -> 10.99999/X.1 (wrong-form)"]),
    (SPARSE, replaced(SPARSE, 'pages: "1-9"', 'pages: "1\N{EN DASH}9"'), 'pages: "1-9"', ["records[0].pages: 1\N{EN DASH}9 -> 1-9 (wrong-form)"]),
    (SPARSE, replaced(SPARSE, 'pages: "1-9"', 'doi: "10.99999/X.1."'), 'doi: "10.99999/X.1"', ["records[0].doi: 10.99999/X.1. -> 10.99999/X.1 (wrong-form)"]),
    (GUESS, replaced(GUESS, "Guess Which", "Con\ufb01dent Guess Which"), 'title: "Confident Guess Which', ["title: Con\ufb01dent Guess Which Words Matter -> Confident Guess Which Words Matter (styled-letter)"]),
    (GUESS, replaced(GUESS, "month: 1, ", ""), "month: 1,", ["records[0].month: 1 added (month-missing)"]),
    (
        TILE,
        replaced(TILE, "imaginary-conf, year: 2023", "imaginary-conf, year: 2022, month: 4"),
        "records:\n  - {venue: imaginary-conf, year: 2022, month: 4, doi",
        ["records: put in order (records-out-of-order)"],
    ),
    (TILE, replaced(TILE, "[language, 3d]", "[Language, 3d, language]"), "modalities: [language, 3d]", ["modalities[0]: Language -> language (unknown-facet-value)", "modalities[2] taken out (repeated-word)"]),
    (TILE, replaced(TILE, "resource: memory", "resource: Memory"), "{resource: memory,", ["effects[0].resource: Memory -> memory (unknown-facet-value)"]),
    (SPARSE, replaced(SPARSE, "architectures/attention", "Attention"), "  - architectures/attention", ["topics[0]: Attention -> architectures/attention (unknown-topic)"]),
    (SPARSE, replaced(SPARSE, "architectures/attention", "systems/attention"), "  - architectures/attention", ["topics[0]: systems/attention -> architectures/attention (unknown-topic)"]),
    (TILE, replaced(TILE, "rows: [1, 2]", "rows: [2, 1]"), "rows: [1, 2]", ["survey.rows: [2, 1] -> [1, 2] (survey-rows-out-of-order)"]),
    (
        GUESS,
        replaced(GUESS, "type: extends, entry: moth2020sparse", "type: competes-with, entry: moth2022tile"),
        "rows: [3]}\n",
        ["relations[0] taken out (relation-stated-twice)"],
    ),
    (REPORT, replaced(REPORT, "rule: duplicate-title", "rule: wrong-folder"), "", ["exempt[0] taken out (needless-exemption)"]),
    (TILE, replaced(TILE, "https://example.org/tile/docs", "https://example.org/tile/docs?utm_source=x"), "docs: https://example.org/tile/docs\n", ["links.docs: https://example.org/tile/docs?utm_source=x -> https://example.org/tile/docs (untidy-link)"]),
    (GUESS, replaced(GUESS, "Guess Which Words", "Guess  Which Words"), "Guess Which Words", []),
    (TILE, replaced(TILE, "Émile", "E\u0301mile"), "Émile", ["`authors[1]` is not in composed form (NFC) (not-normalised)"]),
    (SPARSE, replaced(SPARSE, "entry.json", "other.json"), "docs/schema/entry.json\n", ["the first line does not name the schema (schema-line)"]),
    (CACHING, replaced(CACHING, "title: ", "title:   "), "", []),
    (TILE, replaced(TILE, "metric: memory-reduction", "metric: Less memory"), "metric: memory-reduction\n", ["results[0].metric: Less memory -> memory-reduction (unknown-metric)"]),
    (TILE, replaced(TILE, "model: imaginary-1b\n", "model: Imaginary-1B\n"), "model: imaginary-1b\n", ["results[0].model: Imaginary-1B -> imaginary-1b (unknown-model)"]),
    (TILE, replaced(TILE, "device: imaginary-card", "device: ICard"), "device: imaginary-card\n", ["results[0].device: ICard -> imaginary-card (unknown-device)"]),
    (TILE, replaced(TILE, "unit: x", "unit: ×"), "unit: x\n", ["results[0].unit: × -> x (unknown-unit)"]),
    (TILE, replaced(TILE, "  - id: training-speed-up\n    metric", "  - metric"), "  - id: training-speed-up\n    metric", ["results[1].id: training-speed-up added (missing-field)"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "expected", "reported"), ROWS)
def test_what_is_certain_is_mended(
    tmp_path: Path, file: str, change: Change, expected: str, reported: list[str]
) -> None:
    root = copy(tmp_path, change)
    before = {d.rule for d in findings(root)}
    result = fixed_files(root)
    text = (root / file).read_text(encoding="utf-8")
    assert expected in text
    assert [line for line in result.reported if "surplus-space" not in line] == [
        f"{file}: {t}" for t in reported
    ]
    assert set(result.texts) <= {file}
    left = {d.rule for d in findings(root)}
    for line in reported:
        assert line.rpartition("(")[2].rstrip(")") not in left - {"duplicate-title"}
    assert left <= before | {"duplicate-title"}
    assert fixed_files(root).texts == {}


LEFT: list[tuple[str, Change]] = [
    ("two venues share a spelling", replaced(GUESS, "venue: arxiv", "venue: imaginary")),
    ("a number lost its zeros", replaced(GUESS, '"2101.99992"', "2101.99992")),
    ("identifier and date differ", replaced(GUESS, "2101.99992", "2102.99992")),
    ("it may be another author", replaced(GUESS, '"Nobody, N."', '"N. Nobody"')),
    ("no such topic", replaced(SPARSE, "architectures/attention", "architectures/atention")),
    ("near, not the same", replaced(TILE, "resource: memory", "resource: memmory")),
    ("how differs", replaced(TILE, "resource: quality, phase: inference, change: costs", "resource: memory, phase: training, change: saves")),
    ("no arXiv record", replaced(SPARSE, "year: 2020", "year: 2021")),
    ("a host that may not speak https", replaced(TILE, "https://example.org/tile/docs", "http://example.org/tile/docs")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "change"), LEFT)
def test_what_is_not_certain_is_left(tmp_path: Path, why: str, change: Change) -> None:
    result = fixed_files(copy(tmp_path, change))
    assert (result.texts, result.reported, result.refused) == ({}, [], []), why


def test_comments_stay_with_what_they_are_at(tmp_path: Path) -> None:
    root = copy(
        tmp_path,
        replaced(TILE, "imaginary-conf, year: 2023", "imaginary-conf, year: 2022, month: 4"),
        replaced(TILE, "  - {venue: arxiv", "  # the preprint\n  - {venue: arxiv"),
        replaced(TILE, "  - {venue: imaginary-conf", "  # the talk\n  - {venue: imaginary-conf"),
        replaced(TILE, "title: ", "# all of it\ntitle: "),
        added(TILE, "# at the end\n"),
    )
    fixed_files(root)
    text = (root / TILE).read_text(encoding="utf-8")
    assert "records:\n  # the talk\n  - {venue: imaginary-conf" in text
    assert "\n  # the preprint\n  - {venue: arxiv" in text
    assert "\n# all of it\ntitle: " in text
    assert text.endswith("# at the end\n")


def test_a_comment_of_what_is_taken_out_stays(tmp_path: Path) -> None:
    root = copy(
        tmp_path,
        replaced(REPORT, "rule: duplicate-title", "rule: wrong-folder"),
        replaced(REPORT, "  - {rule", "  # why it is so\n  - {rule"),
    )
    fixed_files(root)
    text = (root / REPORT).read_text(encoding="utf-8")
    assert "exempt" not in text
    assert text.endswith("# why it is so\n")


def test_other_faults_do_not_stop_a_fix(tmp_path: Path) -> None:
    root = copy(
        tmp_path,
        replaced(GUESS, '"2101.99992"', '"arXiv:2101.99992"'),
        replaced(GUESS, '"Nobody, N."', '"N. Nobody"'),
    )
    fixed_files(root)
    assert {d.rule for d in findings(root) if d.place.path == GUESS} == {"wrong-form"}
    assert 'arxiv: "2101.99992"' in (root / GUESS).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        replaced(GUESS, "records:\n", "records: 7\nrelations:\n"),
        replaced(GUESS, "topics:\n", "topics: {a: b}\nhardware:\n"),
        replaced(TILE, "survey: {rows: [1, 2]", "survey: {rows: [2, x]"),
        replaced(GUESS, '"2101.99992"', "[1, {a: 2}]"),
        replaced(GIANT, "added: 2026-11-23", "added: [1]"),
        replaced(ATTENTION, "title: ", "exempt: 1\ntitle: "),
        replaced(FACETS, "id: 3d", "id: [3d]"),
        moved(SPARSE, "papers/2020/strayfile.yaml"),
    ],
)
def test_nothing_in_a_file_makes_mending_fail(tmp_path: Path, change: Change) -> None:
    root = copy(tmp_path, change, replaced(TILE, "Émile", "E\u0301mile"))
    for file in (GUESS, TILE, GIANT):
        with (root / file).open("a", encoding="utf-8") as stream:
            stream.write("# x\n")
    assert TILE in fixed_files(root).texts


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://arxiv.org/abs/2205.14135", "https://arxiv.org/abs/2205.14135"),
        ("http://www.arxiv.org/abs/2205.14135", "https://www.arxiv.org/abs/2205.14135"),
        ("https://github.com/a/b/", "https://github.com/a/b"),
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("https://github.com/a/b/tree/main/", "https://github.com/a/b/tree/main/"),
        ("https://github.com/a/", "https://github.com/a/"),
        ("https://github.com/a/b/?x=1", "https://github.com/a/b/?x=1"),
        ("https://x.org/a?utm_source=b&id=1&utm_campaign=c#d", "https://x.org/a?id=1#d"),
        ("https://x.org/a?fbclid=abc", "https://x.org/a"),
        ("https://x.org/a?notutm_source=1&gclid2=3", "https://x.org/a?notutm_source=1&gclid2=3"),
        ("http://x.org/a/", "http://x.org/a/"),
        ("http://github.com:8080/a/b", "http://github.com:8080/a/b"),
        ("http://[", "http://["),
    ],
)
def test_tidied(address: str, expected: str) -> None:
    assert tidied(address) == expected
    assert tidied(expected) == expected


@pytest.mark.parametrize(
    ("path", "after"),
    [
        (("list", 0), ("list", 0)),
        (("list", 1, "name"), ("list", 2, "name")),
        (("list", 3), ("list", 4)),
        (("list",), ("list",)),
        (("other", 3), ("other", 3)),
    ],
)
def test_what_stands_behind_an_added_row_moves(path: Path_, after: Path_) -> None:
    mover = Edit(("list", 1), "new", insert=True).mover()
    assert mover is not None
    assert mover(path) == after
    assert Edit(("list", 1), "new").mover() is None
