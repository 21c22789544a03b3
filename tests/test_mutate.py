"""The run of small changes asks tests that run the line: near ones first, then quick ones, within a time."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from mutate_choice import Files, Known, Lines, packed, place_of, plans, unpacked

TEXT = """\
LIMIT = 3


def shorten(
    text,
    longest=LIMIT,
):
    if (
        len(text) > longest
    ):
        return text[
            :longest
        ]
    try:
        return text
    except ValueError:
        pass


class Kept:
    size = 4

    @property
    def double(self):
        return self.size * 2
"""
WHOLE = list(range(1, 26))


@pytest.mark.parametrize(
    ("line", "lines", "at_import"),
    [
        pytest.param(1, WHOLE, True, id="a constant: the whole module"),
        pytest.param(6, list(range(8, 18)), False, id="a default: the body of its function"),
        pytest.param(9, [8, 9, 10], False, id="a condition over lines: not what stands below it"),
        pytest.param(12, [11, 12, 13], False, id="a statement over lines: all of them"),
        pytest.param(16, [14, 16], False, id="an except: its own line, too"),
        pytest.param(21, WHOLE, True, id="a field of a class: the whole module"),
        pytest.param(23, [25], False, id="a decorator: the body of its function"),
        pytest.param(25, [25], False, id="a statement of a method"),
    ],
)
def test_lines_to_look_up(line: int, lines: list[int], *, at_import: bool) -> None:
    place = place_of(TEXT, line)
    assert (sorted(place.lines), place.at_import) == (lines, at_import)


def quick(seconds: float, *fixtures: str) -> dict[str, Any]:
    return {"seconds": seconds, "fixtures": list(fixtures)}


RAN: Lines = {
    "short.py": {
        9: {"tests/test_near.py::test_slow", "tests/test_near.py::test_quick"},
        10: {"base", "tests/test_far.py::test_quick", "tests/test_far.py::test_endless"},
        25: {"tests/test_near.py::test_other_line"},
    }
}


def test_what_is_kept_is_read_back() -> None:
    assert unpacked(packed(RAN)) == RAN


KNOWN = Known({
    "tests": {
        "tests/test_near.py::test_slow": quick(15),
        "tests/test_near.py::test_quick": quick(2),
        "tests/test_near.py::test_other_line": quick(1),
        "tests/test_far.py::test_quick": quick(1),
        "tests/test_far.py::test_by_fixture": quick(1, "base"),
        "tests/test_far.py::test_by_the_same": quick(1, "base"),
        "tests/test_far.py::test_endless": quick(101),
    },
    "fixtures": {"base": 4},
    "files": {"test_near": "1", "test_far": "2"},
    "left": ["tests/test_slow.py::test_left"],
    "ran": packed(RAN),
})  # fmt: skip


def test_near_files_come_first_and_a_shared_fixture_is_counted_once() -> None:
    first, rest = plans({"path": "short.py", "line": 9}, TEXT, KNOWN, ["test_near"])
    assert first.tests == ["tests/test_near.py::test_quick", "tests/test_near.py::test_slow"]
    assert first.seconds == pytest.approx(17.3)
    assert rest.tests == [
        "tests/test_far.py::test_by_fixture",
        "tests/test_far.py::test_by_the_same",
        "tests/test_far.py::test_quick",
    ]
    assert rest.seconds == pytest.approx(7.3)


@pytest.mark.parametrize(
    ("line", "near", "asked"),
    [
        pytest.param(25, ["test_far"], ["test_other_line"], id="only what runs the line"),
        pytest.param(15, ["test_near"], [], id="nothing runs the line"),
        pytest.param(15, ["test_slow"], ["test_left"], id="a near test that nobody knows"),
        pytest.param(
            1, ["test_far"],
            ["test_by_fixture", "test_by_the_same", "test_quick", "test_other_line", "test_quick",
             "test_slow"],
            id="at import: near files whole, then what runs the module",
        ),
    ],
)  # fmt: skip
def test_asked(line: int, near: list[str], asked: list[str]) -> None:
    found = plans({"path": "short.py", "line": line}, TEXT, KNOWN, near)
    assert [name.partition("::")[2] for plan in found for name in plan.tests] == asked


def test_near_files_import_the_module_or_name_what_it_defines(tmp_path: Path) -> None:
    texts = {
        "src/rekb/short.py": TEXT,
        "src/rekb/long.py": "from rekb.short import shorten\n",
        "tests/test_a.py": "from rekb.long import x\n",
        "tests/test_b.py": "from rekb.short import shorten\n",
        "tests/test_c.py": "import json\n",
        "tests/test_d.py": "import json\n\nshorten = Kept = None\n",
    }
    for name, text in texts.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    tests = ["test_c", "test_a", "test_b", "test_d"]
    assert Files(tmp_path).nearest("rekb.short", tests) == ["test_b", "test_a", "test_d", "test_c"]
