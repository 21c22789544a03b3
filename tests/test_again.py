"""A check that judges only changed works finds what a check of everything finds, whatever changed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import SPARSE, TILE, added, copy, moved, removed, replaced
from rekb.checks import RULES, again
from rekb.checks.registry import Reads
from rekb.cli.commands.validate import Wanted, validate
from rekb.cli.shared import checking
from rekb.loading import stamps
from rekb.loading.loader import load
from rekb.loading.partial import partial_base, values_of
from rekb.loading.verdicts import Verdict
from rule_rows import ROWS

Change = Callable[[Path], object]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "_now", lambda: 2**63)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of runs that read all files."""
    runs: list[Path] = []
    plain = checking.check  # what is counted is how often everything is read

    def counted(root: Path, *narrowed: Any) -> object:
        runs.append(root)
        return plain(root, *narrowed)

    monkeypatch.setattr(checking, "check", counted)
    return runs


def said(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    validate(root, Wanted())
    return capsys.readouterr().out


def said_cold(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a run says that remembers nothing, and leave what is remembered as it is."""
    (tmp_path / "cache").rename(tmp_path / "aside")
    text = said(root, capsys)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    (tmp_path / "aside").rename(tmp_path / "cache")
    return text


@pytest.mark.parametrize("changes", [changes for _, changes, _ in ROWS], ids=[rule for rule, _, _ in ROWS])
def test_whatever_breaks_a_rule_is_found_and_found_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[Change]
) -> None:
    root = copy(tmp_path)
    clean = said(root, capsys)
    texts = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for change in changes:
        change(root)
        assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    for path in {*root.rglob("*")} - texts.keys():
        if path.is_file():
            path.unlink()
            assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    changed = [path for path, text in texts.items() if not path.exists() or path.read_bytes() != text]
    for path in changed:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(texts[path])
        if path != changed[-1]:
            assert said(root, capsys) == said_cold(root, tmp_path, capsys)
    # All is as it was when the first run said so, remembering nothing.
    assert said(root, capsys) == clean


NEEDLESS = added(TILE, 'exempt:\n  - {rule: untidy-link, reason: "It is right."}\n')
FEW: list[tuple[str, Change]] = [
    ("words of a summary", replaced(TILE, "summary:", "# now\nsummary:")),
    ("a fault of its own", NEEDLESS),
    ("its own exemption", added(SPARSE, 'exempt:\n  - {rule: summary-length, reason: "It is short."}\n')),
    ("a line more", added(TILE, "\n")),
    ("a metric that is none", replaced(TILE, "metric: memory-reduction", "metric: memory-reducing")),
    ("markup behind an entity", replaced(TILE, "a running maximum", "a &lt;script src=x> maximum")),
    ("signs that look like markup", replaced(TILE, "a running maximum", "a < b &amp; c > d maximum")),
]
MANY: list[tuple[str, Change]] = [
    ("a work gone", removed(SPARSE)),
    ("another name", moved(TILE, "papers/2022/owl2022tile.yaml")),
    ("a vocabulary", added("taxonomy/facets.yaml", "\n")),
    ("a topic", added("taxonomy/topics/architectures/attention.yaml", "\n")),
    ("the settings", added("rekb.yaml", "{}\n")),
    ("a tie", replaced(TILE, "relations:\n", "relations:\n  - {type: uses, entry: cachecrew2021larder}\n")),
    ("a venue's other name", replaced(TILE, "venue: arxiv", "venue: corr")),
    ("a venue that is none", replaced(TILE, "venue: imaginary-conf", "venue: imaginary-cnof")),
    ("a model's other name", replaced(TILE, "model: imaginary-1b", "model: Imaginary 1B")),
    ("a fault of reading", added(TILE, "title: again\n")),
    ("a topic that is not there", replaced(TILE, "topics:\n", "topics:\n  - systems/nothing\n")),
    ("an exemption", added(SPARSE, 'exempt:\n  - {rule: duplicate-title, reason: "It is another."}\n')),
    ("a file that is no work", added("papers/2020/notes.txt", "?")),
]


ALL = [*((what, change, 1) for what, change in FEW), *((what, change, 2) for what, change in MANY)]
"""What changed, how, and how often everything is judged: at first, again where others may be concerned."""


@pytest.mark.parametrize(("what", "change", "times"), ALL, ids=[what for what, *_ in ALL])
def test_what_may_matter_elsewhere_has_everything_judged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    whole: list[Path],
    what: str,
    change: Change,
    times: int,
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    change(root)
    found = said(root, capsys)
    assert len(whole) == times, what
    assert found == said_cold(root, tmp_path, capsys)


def test_words_that_are_made_when_asked_for_are_those_of_the_files(tmp_path: Path) -> None:
    root = copy(tmp_path)
    base, _ = load(root)
    key = next(key for key, path in base.entry_paths.items() if path == TILE)
    few = partial_base(root, {key: TILE}, base.entry_paths.keys(), values_of(base), base.topic_paths)
    assert few is not None
    assert dict(few.venues) == dict(base.venues)
    assert list(few.venues) == list(base.venues)
    for name in ("units", "metrics", "models", "devices"):
        made, read = getattr(few.measures, name), getattr(base.measures, name)
        assert dict(made) == dict(read)
        assert len(made) == len(read)
        assert next(iter(read)) in made
        assert "nothing" not in made
        assert made.get("nothing") is None


def test_every_rule_says_what_it_looks_at() -> None:
    rules = [rule for rule in RULES.values() if rule.reads is Reads.ALL]
    unsure = [rule.name for rule in rules if not (rule.claims or rule.facts)]
    assert unsure == [], "say by which claims or facts a change of one work is known not to matter"


def test_a_file_that_changes_while_it_is_judged_is_judged_with_all_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, whole: list[Path]
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    added(TILE, "\n")(root)
    plain = again.judged_again

    def slow(*reported: Any) -> Verdict | None:
        found = plain(*reported)
        added(SPARSE, "\n")(root)
        return found

    monkeypatch.setattr(again, "judged_again", slow)
    said(root, capsys)
    assert len(whole) == 2


def test_a_file_that_was_just_written_is_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, whole: list[Path]
) -> None:
    root = copy(tmp_path)
    young = (root / TILE).stat().st_ino
    plain = stamps._stamp  # noqa: SLF001 - what the disk may tell is made up

    def reported(status: os.stat_result, youngest: int) -> str:
        return stamps.UNSURE if status.st_ino == young else plain(status, youngest)

    monkeypatch.setattr(stamps, "_stamp", reported)
    first = said(root, capsys)
    NEEDLESS(root)
    found = said(root, capsys)
    assert found != first
    assert len(whole) == 1
    assert found == said_cold(root, tmp_path, capsys)


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"code": 1}'])
def test_a_spoilt_record_is_as_good_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], whole: list[Path], spoilt: str
) -> None:
    root = copy(tmp_path)
    said(root, capsys)
    (kept,) = (tmp_path / "cache" / "rekb" / "records").iterdir()
    kept.write_text(spoilt)
    added(TILE, "\n")(root)
    found = said(root, capsys)
    assert len(whole) == 2
    assert found == said_cold(root, tmp_path, capsys)
