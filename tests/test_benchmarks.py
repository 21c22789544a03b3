"""The benchmark of checks says which ratio is worse than the recorded one, and by what it is reported."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from checks import COLUMNS, HEADING, Row, recorded, table, with_section, worse

ROW = Row(
    works=1349, parse=0.3, click=0.05, cold=3.0, warm=0.12, changed=0.5, show=0.4, search=0.5, help=0.07
)
RATIOS = (10.0, 0.4, 10.0, 8.0, 10.0, 1.4)


def test_what_is_recorded_is_read_again() -> None:
    text = f"# Other\n\n| 1349 | 1.0 |\n\n{table([ROW])}"
    assert text.partition(HEADING)[2]
    known = recorded(text)
    assert known == {(1300, name): pytest.approx(ratio) for name, ratio in zip(COLUMNS, RATIOS, strict=True)}


@pytest.mark.parametrize(
    ("name", "factor", "lines"),
    [
        ("cold by parse", 1.0, []),
        ("cold by parse", 0.76, []),
        ("cold by parse", 0.74, ["cold by parse of 1349 works: 10.00, 7.40 recorded"]),
        ("help by click", 0.5, ["help by click of 1349 works: 1.40, 0.70 recorded"]),
    ],
)
def test_what_is_worse_by_a_third_is_named(name: str, factor: float, lines: list[str]) -> None:
    before = recorded(table([ROW]))
    before[1300, name] *= factor
    assert worse([ROW], before) == lines


def test_a_size_that_is_not_recorded_is_compared_with_nothing() -> None:
    assert worse([ROW], {(9900, "cold by parse"): 1.0}) == []


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("# Results\n", ""),
        ("# Results\n\n## What a build costs\n\nMuch.\n", "\n## What a change on explore costs\n\nLittle.\n"),
    ],
)
def test_a_new_section_leaves_the_others(before: str, behind: str) -> None:
    known = f"{before}\n{HEADING}\n\nOld.\n{behind}"
    assert with_section(known, f"{HEADING}\n\nNew.\n") == f"{before}\n{HEADING}\n\nNew.\n{behind}"
