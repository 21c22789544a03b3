"""Reading the folders: what belongs where, what is refused, no complaint that only follows from another."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import (
    ATTENTION,
    CACHING,
    FACETS,
    GIANT,
    GUESS,
    KB,
    LARDER,
    SPARSE,
    TILE,
    VENUES,
    Change,
    added,
    copy,
    moved,
    removed,
    replaced,
    reported,
)
from rekb.errors import RekbError
from rekb.loading.layout import kind_of, schema_line, topic_id_of
from rekb.loading.loader import load


def test_fixture() -> None:
    base, report = load(KB)
    assert list(report) == []
    assert list(base.entries) == sorted(base.entries)
    assert base.entry_paths["moth2022tile"] == TILE
    assert list(base.topics) == [
        "architectures",
        "architectures/attention",
        "systems",
        "systems/serving",
        "systems/serving/caching",
    ]
    assert list(base.venues) == ["arxiv", "github", "imaginary-conf", "imaginary-journal"]


def linked(target: str, link: str) -> Change:
    """Return the change that moves something away and puts a link in its place."""

    def change(root: Path) -> None:
        away = root.parent / "away"
        (root / target).rename(away)
        (root / link).symlink_to(away)

    return change


def pipe(root: Path) -> None:
    os.mkfifo(root / "papers/2022/pipe2022x.yaml")


def escape_in_name(root: Path) -> None:
    (root / "papers/2022" / "\x1b[31m\udcff.yaml").write_text("a: 1", encoding="utf-8")


def loop(root: Path) -> None:
    (root / "papers/2022/again").symlink_to(root / "papers")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (added("papers/notes.txt", "x"), ["papers/notes.txt:1:1 stray-file"]),
        (added("papers/2022/.swp", "x"), ["papers/2022/.swp:1:1 stray-file"]),
        (added("papers/2022/Dao2022Flash.yaml", "x"), ["papers/2022/Dao2022Flash.yaml:1:1 stray-file"]),
        (added("papers/2022/sub/x2022y.yaml", "x"), ["papers/2022/sub/x2022y.yaml:1:1 stray-file"]),
        (added("taxonomy/notes.yaml", "x"), ["taxonomy/notes.yaml:1:1 stray-file"]),
        (added("taxonomy/topics/_topic.yaml", "x"), ["taxonomy/topics/_topic.yaml:1:1 stray-file"]),
        (
            added("taxonomy/topics/systems/README.md", "x"),
            ["taxonomy/topics/systems/README.md:1:1 stray-file"],
        ),
        (pipe, ["papers/2022/pipe2022x.yaml:1:1 unreadable-file"]),
        (loop, ["papers/2022/again:1:1 symbolic-link"]),
        (escape_in_name, ["papers/2022/\\x1b[31m\\udcff.yaml:1:1 stray-file"]),
        (linked(SPARSE, SPARSE), [f"{SPARSE}:1:1 symbolic-link"]),
        (linked("papers/2020", "papers/2020"), ["papers/2020:1:1 symbolic-link"]),
        (linked("papers", "papers"), ["papers:1:1 symbolic-link"]),
        (
            added("papers/2022/empty2022x.yaml", ""),
            ["papers/2022/empty2022x.yaml:1:1 empty-file", "papers/2022/empty2022x.yaml:1:1 schema-line"],
        ),
        (
            moved(ATTENTION, "taxonomy/topics/systems/other/attention.yaml"),
            [
                f"{path}:{line}:5 unknown-topic"
                for path, line in ((SPARSE, 9), (TILE, 21), (GUESS, 9), (GIANT, 10))
            ]
            + [
                "taxonomy/topics/systems/other/attention.yaml:1:1 schema-line",
                "taxonomy/topics/systems/other/attention.yaml:1:1 topic-without-parent",
            ],
        ),
    ],
)
def test_what_is_found(tmp_path: Path, change: Change, expected: list[str]) -> None:
    assert sorted(reported(copy(tmp_path, change))) == sorted(expected)


def spoiled(file: str) -> Change:
    return lambda root: (root / file).write_text("title: [\n", encoding="utf-8")


@pytest.mark.parametrize("how", [spoiled, lambda file: replaced(file, "added: 2026-11-23", "added: today")])
@pytest.mark.parametrize("file", [SPARSE, LARDER, TILE])
def test_a_broken_entry_causes_no_other_complaint(
    tmp_path: Path, file: str, how: Callable[[str], Change]
) -> None:
    found = reported(copy(tmp_path, how(file)))
    assert {line.split(":")[0] for line in found} == {file}


@pytest.mark.parametrize("file", [ATTENTION, CACHING, VENUES, FACETS, "taxonomy/topics/systems/_topic.yaml"])
def test_a_broken_taxonomy_file_causes_no_other_complaint(tmp_path: Path, file: str) -> None:
    found = reported(copy(tmp_path, spoiled(file)))
    assert [line.rpartition(" ")[2] for line in found] == ["schema-line", "yaml-syntax"]
    assert {line.split(":")[0] for line in found} == {file}


def test_a_missing_vocabulary_is_one_fault(tmp_path: Path) -> None:
    assert reported(copy(tmp_path, removed(VENUES))) == [f"{VENUES}:1:1 unreadable-file"]


def test_a_linked_taxonomy_is_not_followed(tmp_path: Path) -> None:
    assert reported(copy(tmp_path, linked("taxonomy", "taxonomy"))) == ["taxonomy:1:1 symbolic-link"]


def test_all_faults_of_all_files_in_one_run(tmp_path: Path) -> None:
    root = copy(
        tmp_path,
        spoiled(SPARSE),
        replaced(TILE, "kind: paper", "kind: poem"),
        replaced(LARDER, "systems/serving/caching", "systems/serving/cashing"),
        replaced(VENUES, "kind: web", "kind: weeb"),
        added("papers/x", ""),
    )
    rules = {
        line.split(":")[0]: line.rpartition(" ")[2]
        for line in reported(root, but="schema-line")
        if "incomplete-entry" not in line
    }
    assert rules == {
        SPARSE: "yaml-syntax",
        TILE: "unknown-word",
        LARDER: "unknown-topic",
        VENUES: "unknown-word",
        "papers/x": "stray-file",
    }


@pytest.mark.parametrize("missing", ["papers", "taxonomy"])
def test_no_knowledge_base(tmp_path: Path, missing: str) -> None:
    root = copy(tmp_path)
    (root / missing).rename(tmp_path / "elsewhere")
    with pytest.raises(RekbError, match=f"the folder {missing}/ is missing; use --root DIR"):
        load(root)


@pytest.mark.parametrize(
    ("path", "kind", "line"),
    [
        ("papers/2022/dao2022flashattention.yaml", "Entry", "../../docs/schema/entry.json"),
        ("taxonomy/topics/a/_topic.yaml", "Topic", "../../../docs/schema/topic.json"),
        ("taxonomy/topics/a/b-c/d.yaml", "Topic", "../../../../docs/schema/topic.json"),
        ("taxonomy/facets.yaml", "FacetFile", "../docs/schema/facets.json"),
        ("taxonomy/venues.yaml", "VenueFile", "../docs/schema/venues.json"),
        ("papers/22/dao2022x.yaml", None, None),
        ("papers/2022/dao2022x.yml", None, None),
        ("papers/2022/dao2022x.yaml\n", None, None),
        ("taxonomy/topics/_topic.yaml", None, None),
        ("taxonomy/topics/A/b.yaml", None, None),
        ("docs/x.yaml", None, None),
    ],
)
def test_places(path: str, kind: str | None, line: str | None) -> None:
    found = kind_of(path)
    assert (found and found.__name__) == kind
    assert schema_line(path) == (f"# yaml-language-server: $schema={line}" if line else None)


@pytest.mark.parametrize(
    ("path", "topic"), [("taxonomy/topics/a/_topic.yaml", "a"), ("taxonomy/topics/a/b.yaml", "a/b")]
)
def test_topic_ids(path: str, topic: str) -> None:
    assert topic_id_of(path) == topic


def test_every_file_is_a_step() -> None:
    steps: list[int] = []
    base, _ = load(KB, step=lambda: steps.append(1))
    assert len(steps) == len(base.documents)
