"""What stands in an author's name that is no part of one, and names that are welcome as they are."""
# ruff: noqa: E501 - a row holds the whole message that a user reads

from pathlib import Path

import pytest

from fixture_kb import GUESS, copy, findings, replaced
from rekb.checks.names import _JOINED, _OTHERS, fault_of

HONEST = [
    "O'Neil, Kay", "O’Neil, Kay", "d'Alembert, Jean", "D'Arcy, Q.", "van der Maaten, Laurens", "'t Hooft, Gerard",
    "’t Hooft, Gerard", "Agüera y Arcas, Blaise", "Silva e Costa, Ana", "Chen, Chun-Fu (Richard)", "W, Xing",
    "GV, Kranthi Kiran", "PNVR, Koutilya", "GV, K. K.", "LI, X", "Li, X.", "Devvrit", "Fern", "王, 小明", "김, 민수",
    "Иванов, Иван", "King, Jr., Martin Luther", "King, Martin Luther, Jr.", "Gates, III, William", "hooks, bell",
    "Öst, Åke", "Ng, Andrew", "E, Weinan", 'Gil, Ana "Annie"', "Gil, Ana “Annie”", "MacDonald, Ian M. D.",
    "Andersen, Hans", "Ander, Ann", "Alander, Etta", "Al-Rfou, Rami", "Et-Tahir, Al", "Msaad, Ann",
    "Others-Smith, Ann",
]  # fmt: skip
ODD = [
    ("Gil, Ana (MIT)", "holds a place of work: `(MIT)`", 'write "Gil, Ana"'),
    ("Gil, Ana (University of Nowhere)", "holds a place of work: `(University of Nowhere)`", 'write "Gil, Ana"'),
    ("Gil, Ana <a@b.org>", "holds an address", 'write "Gil, Ana"'),
    ("Gil, Ana a@b.org", "holds an address", 'write "Gil, Ana"'),
    ("Gil, Ana1", "holds `1`, which is in no name", 'write "Gil, Ana"'),
    ("Gil*, Ana", "holds `*`, which is in no name", 'write "Gil, Ana"'),
    ("Gil, Ana†", "holds `†`, which is in no name", 'write "Gil, Ana"'),
    ("Gil, Ana²", "holds `²`, which is in no name", 'write "Gil, Ana"'),
    ("Gil, [Ana", "holds `[`, which is in no name", 'write "Gil, Ana"'),
    ("“Gil, Ana”", "begins with quotes that are part of the text", 'write "Gil, Ana"'),
    ("Gil, Dr. Ana", "holds a title: `Dr.`", 'write "Gil, Ana"'),
    ("Gil, Ana PhD", "holds a title: `PhD`", 'write "Gil, Ana"'),
    ("GIL, ANA", "is all in capitals", 'write it as the work prints it, such as "Gil, Ana"'),
    ("LI, XIAO", "is all in capitals", 'write it as the work prints it, such as "Li, Xiao"'),
    ("Gil, Ana, Li Bo", "has three parts", 'write "Family, Given"; only Jr.'),
    ("Gil, -", "has a part without a letter: `-`", "write the name as the work prints it"),
]  # fmt: skip
PEOPLE = [
    ("Li, Bo et al.", "`Li, Bo et al.` leaves authors out: list every author, one a line"),
    ("Li, Bo, et al", "`Li, Bo, et al` leaves authors out: list every author, one a line"),
    ("Gil, Ana and others", "`Gil, Ana and others` leaves authors out: list every author, one a line"),
    (
        "Gil, Ana and Li, Bo",
        '`Gil, Ana and Li, Bo` is more than one person: write one author a line: "Gil, Ana", "Li, Bo"',
    ),
    (
        "Gil, Ana & Li, Bo",
        '`Gil, Ana & Li, Bo` is more than one person: write one author a line: "Gil, Ana", "Li, Bo"',
    ),
    (
        "Gil, Ana; Li, Bo",
        '`Gil, Ana; Li, Bo` is more than one person: write one author a line: "Gil, Ana", "Li, Bo"',
    ),
]


@pytest.mark.parametrize("name", HONEST)
def test_names_that_are_welcome(name: str) -> None:
    assert fault_of(name) is None
    assert not _OTHERS.search(name)
    assert not _JOINED.search(name)


@pytest.mark.parametrize(("name", "message", "hint"), ODD)
def test_what_is_no_part_of_a_name(name: str, message: str, hint: str) -> None:
    fault = fault_of(name)
    assert fault is not None
    assert fault[0] == message
    assert fault[1].startswith(hint)


@pytest.mark.parametrize(("name", "expected"), PEOPLE)
def test_one_author_has_one_line(tmp_path: Path, name: str, expected: str) -> None:
    root = copy(tmp_path, replaced(GUESS, '"Nobody, N."', f'"Nobody, N."\n  - "{name}"'))
    found = [f"{d.message}: {d.hint}" for d in findings(root) if d.rule == "several-people"]
    assert found == [expected]
