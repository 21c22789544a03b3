"""What is remembered of files: it changes no finding, and a cache that is no good costs time only."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import KB, SPARSE, TILE, added, copy, replaced
from rekb.checks import run
from rekb.diagnostics import Report
from rekb.kb import KnowledgeBase
from rekb.loading import cache
from rekb.loading.cache import Cache, cache_of
from rekb.loading.loader import load
from rekb.loading.places import cache_folder
from rekb.loading.record import Record, Stated, keep_record, read_record
from rekb.loading.stamps import FOLDER, is_same
from rekb.loading.verdicts import Verdict
from rekb.yamlio import reader
from rekb.yamlio.document import Reading

FAULTS = (
    replaced(TILE, "Émile", "E\u0301mile"),
    replaced(SPARSE, "architectures/attention", "architectures/atention"),
    added("papers/2021/bad2021yaml.yaml", "title: [\n"),
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_FEWEST", 1)


def loaded(root: Path) -> tuple[KnowledgeBase, list[object], Cache]:
    remembered = cache_of(root)
    base, report = load(root, remembered)
    remembered.keep()
    return base, [*report, *sorted(run(base), key=lambda d: d.sort_key)], remembered


def test_a_second_run_finds_the_same_without_parsing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path, *FAULTS)
    base, found, _ = loaded(root)
    plain = load(root)
    assert found == [*plain[1], *sorted(run(plain[0]), key=lambda d: d.sort_key)]
    parsed: list[str] = []
    monkeypatch.setattr(reader, "parse", _counting(parsed))
    again, found_again, remembered = loaded(root)
    assert found_again == found
    assert [shown for shown in parsed if shown] == ["papers/2021/bad2021yaml.yaml"]
    assert len(remembered.met) == len(plain[0].documents) - 1
    for name in ("entries", "topics", "venues", "facets", "entry_paths", "unread"):
        assert getattr(again, name) == getattr(base, name)
    for shown, document in base.documents.items():
        assert (again.documents[shown].value, again.documents[shown].text) == (document.value, document.text)


def _counting(parsed: list[str]) -> Callable[[bytes, str], Reading]:
    real = reader.parse

    def parse(data: bytes, shown: str) -> Reading:
        parsed.append(shown)
        return real(data, shown)

    return parse


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    root = copy(tmp_path)
    loaded(root)
    replaced(TILE, "kind: paper", "kind: report")(root)
    base, _, _ = loaded(root)
    assert base.entries["moth2022tile"].kind == "report"


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    root = copy(tmp_path)
    _, _, first = loaded(root)
    replaced(TILE, "kind: paper", "kind: report")(root)
    loaded(root)
    assert first.file is not None
    kept = json.loads(first.file.read_bytes())["values"]
    assert len(kept) == len(first.met)
    assert kept.keys() != first.met.keys()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"[" * 100_000,
        b'{"values": 1}',
        b"\xff\xfe",
        b'{"reader": "x", "values": {}}',
    ],
)
def test_a_cache_that_is_no_good_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    root = copy(tmp_path)
    _, found, remembered = loaded(root)
    assert remembered.file is not None
    assert remembered.file.is_file()
    remembered.file.write_bytes(damage)
    assert cache_of(root).known == {}
    assert loaded(root)[1] == found
    assert cache_of(root).known != {}


def test_another_reader_remembers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(tmp_path)
    loaded(root)
    assert cache_of(root).known
    monkeypatch.setattr(cache, "_reader", lambda: "another")
    assert cache_of(root).known == {}


def test_a_place_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    root = copy(tmp_path)
    assert loaded(root)[1] == loaded(root)[1]


def test_nothing_is_written_into_the_knowledge_base_or_left_beside(tmp_path: Path) -> None:
    root = copy(tmp_path)
    before = sorted(p.relative_to(root) for p in root.rglob("*"))
    _, _, remembered = loaded(root)
    assert sorted(p.relative_to(root) for p in root.rglob("*")) == before
    assert remembered.file is not None
    assert list(remembered.file.parent.iterdir()) == [remembered.file]
    assert cache_of(KB).file != remembered.file


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({"XDG_CACHE_HOME": "/somewhere"}, "/somewhere/rekb"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/home/moth"}, "/home/moth/.cache/rekb"),
        ({"HOME": "/home/moth"}, "/home/moth/.cache/rekb"),
        ({}, None),
    ],
)
def test_where_things_are_remembered(
    variables: dict[str, str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)  # a user whom the system does not know
    folder = cache_folder()
    assert (folder and str(folder)) == found


def test_the_keys_of_a_record_are_those_of_files() -> None:
    stamps = {"papers/2022": FOLDER, "papers/2022/a2022b.yaml": "1 2", "papers/2022/c2022d.yaml": "gone"}
    record = Record(
        stamps | {"taxonomy/x.yaml": "1"}, Verdict(Report([]), (), frozenset(), {}), {}, {},
        Stated({}, {}, {}), {}, "key",
    )  # fmt: skip
    assert record.keys == {"a2022b", "c2022d"}


@pytest.mark.parametrize(
    ("written_by", "read_by", "is_found"), [("1", "1", True), ("1", "2", False), ("", "", False)]
)
def test_a_record_is_that_of_the_same_code(
    tmp_path: Path, written_by: str, read_by: str, *, is_found: bool
) -> None:
    verdict = Verdict(Report([]), ("papers/a.yaml",), frozenset(), {})
    record = Record({"papers/a.yaml": "1 2"}, verdict, {}, {}, Stated({}, {}, {}), {}, "key")
    keep_record(tmp_path, record, written_by)
    assert (read_record(tmp_path, read_by) == record) == is_found


@pytest.mark.parametrize(
    ("home", "code"), [("", "1"), ("cache", "")], ids=["nowhere to keep it", "code unknown"]
)
def test_a_record_that_could_not_be_found_again_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str, code: str
) -> None:
    folder = tmp_path / home if home else None
    monkeypatch.setattr("rekb.loading.record.cache_folder", lambda: folder)
    verdict = Verdict(Report([]), ("papers/a.yaml",), frozenset(), {})
    keep_record(tmp_path, Record({}, verdict, {}, {}, Stated({}, {}, {}), {}, "key"), code)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("now", "same"),
    [
        ({"a": "1", "b": "2"}, True),
        ({"a": "1", "b": "2?"}, True),  # it grew older in between
        ({"a": "1", "b": "3"}, False),
        ({"a": "1"}, False),
        ({"a": "1", "b": "2", "c": "3"}, False),
        (None, False),
    ],
)
def test_two_looks_at_files(now: dict[str, str] | None, *, same: bool) -> None:
    assert is_same({"a": "1", "b": "2"}, now) == same
