"""The door against documents of strangers: each is read as meant, or refused at its line with advice."""

import shutil
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest

from fixture_kb import KB
from hostile_rows import ROWS
from rekb.checks import run
from rekb.diagnostics import Diagnostic
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.model.introspection import inside

FILE = "papers/2022/moth2022row.yaml"
ENTRY = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: "A Row"
kind: paper
authors: ["Moth, Ada"]
records:
  - {venue: imaginary-conf, year: 2022}
topics: [architectures/attention]
added: 2026-11-23
"""
RESULT = 'results: [{id: m, wording: m, unit: x, source: {kind: page, url: "https://doi.org/"}, WORDS}]\n'


def replacing(old: str, new: str) -> Callable[[str], str]:
    """Return what puts words into the entry, in place of a part of it."""
    return lambda words: ENTRY.replace(old, new.replace("WORDS", words))


def behind(text: str) -> Callable[[str], str]:
    """Return what puts words behind the entry."""
    return lambda words: ENTRY + text.replace("WORDS", words)


WAYS: dict[str, Callable[[str], str]] = {
    "year": replacing("year: 2022", "year: WORDS"),
    "month": replacing("year: 2022", "year: 2022, month: WORDS"),
    "rec": replacing("year: 2022}", "year: 2022, WORDS}"),
    "title": replacing('title: "A Row"', "title: WORDS"),
    "name": behind("name: WORDS\n"),
    "author": replacing('["Moth, Ada"]', '["Moth, Ada", WORDS]'),
    "project": behind("links: {project: WORDS}\n"),
    "day": replacing("2026-11-23", "WORDS"),
    "topics": replacing("[architectures/attention]", "WORDS"),
    "result": behind(RESULT),
    "more": behind("WORDS"),
    "whole": lambda words: words,
}
PLACES: dict[str, tuple[str | int, ...]] = {
    "year": ("records", 0, "year"),
    "month": ("records", 0, "month"),
    "title": ("title",),
    "name": ("name",),
    "project": ("links", "project"),
    "day": ("added",),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile") / "kb"
    shutil.copytree(KB, made)
    return made


def seen(root: Path, text: str) -> tuple[KnowledgeBase, list[Diagnostic]]:
    (root / FILE).write_bytes(text.encode())
    base, report = load(root)
    report.extend(run(base))
    return base, [d for d in report.capped() if d.rule != "incomplete-entry"]


NAMES = [f"{number} {way} {words[:40]!a}" for number, (way, words, _) in enumerate(ROWS)]


@pytest.mark.parametrize(("way", "words", "expected"), ROWS, ids=NAMES)
def test_a_document_is_read_or_refused(
    root: Path, way: str, words: str, expected: tuple[object, ...]
) -> None:
    base, found = seen(root, WAYS[way](words))
    if expected[0] == "accepted":
        assert found == []
        value = reduce(inside, PLACES.get(way, ()), base.documents[FILE].value)
        assert way not in PLACES or value == expected[1]
    else:
        assert tuple(f"{d.place.line}:{d.place.column} {d.rule}" for d in found) == expected
        assert {d.place.path for d in found} == {FILE}
        assert all(d.hint for d in found)


def test_there_are_enough_documents() -> None:
    assert len({row[:2] for row in ROWS}) == len(ROWS) >= 450
