"""The day by which dates are judged: the clock's, unless it is plainly wrong."""

from datetime import date
from pathlib import Path

import pytest

from fixture_kb import GUESS, KB, copy, replaced
from rekb.checks import run
from rekb.kb import today
from rekb.loading.loader import load

ROWS = [
    # clock, changed day, what is found; all other entries are of 2026-11-23
    (date(2026, 11, 22), None, 0),
    (date(2026, 11, 23), "2026-11-24", 0),
    (date(2026, 11, 23), "2026-11-25", 1),
    (date(2030, 1, 1), "2030-01-03", 1),
    (date(2001, 1, 1), None, 0),  # a clock that is behind all entries says nothing of them
]


@pytest.mark.parametrize(("clock", "day", "count"), ROWS)
def test_what_is_later_than_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: date, day: str | None, count: int
) -> None:
    monkeypatch.setattr(today, "today", lambda: clock)
    root = copy(tmp_path, replaced(GUESS, "added: 2026-11-23", f"added: {day}")) if day else KB
    base, _ = load(root)
    assert len([found for found in run(base) if found.rule == "future-date"]) == count
