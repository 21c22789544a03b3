"""Which tests are asked about a change: those that run its line, the nearest and the quickest first.

What is known comes from `mutate_lines.py`. Nothing is run here.
"""

import ast
import hashlib
import re
from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

FILES = 4
"""Test files that count as near."""
FIRST_SECONDS = 20
"""What the tests of near files may take, by what they took when the lines were kept."""
IMPORT_SECONDS = 60
"""The same for a line that runs at import: which of their tests depend on it, nobody knows."""
ALL_SECONDS = 120
"""What all tests that are asked may take."""
LEFT_SECONDS = 20
"""What tests may take of which nobody knows what they run: those of near files that had no time before."""
FILE_SECONDS = 0.3
"""What it takes to read a test file."""
COMMAND_SECONDS = 4
"""What the first test of a file takes longer that runs commands: each try reads their code anew."""
LEFT_OUT = (
    "test_bench", "test_browser", "test_density", "test_docs_guides", "test_engines", "test_faults",
    "test_frontend", "test_hostile_engines", "test_incremental", "test_killed", "test_layers", "test_mutate",
    "test_properties", "test_release", "test_same_bytes", "test_scripts", "test_serving", "test_slow_input",
    "test_wheel", "test_workflows",
)  # fmt: skip
"""Beginnings of test files that take long, are drawn by chance, or read the code instead of running it."""
_WORD = re.compile(r"\w+")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def asked_files(copy: Path) -> list[Path]:
    """Return the test files that are asked."""
    files = sorted((copy / "tests").glob("test_*.py"))
    return [file for file in files if not file.name.startswith(LEFT_OUT)]


def digest(file: Path) -> str:
    """Return by what a file is known again."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


Lines = dict[str, dict[int, AbstractSet[str]]]
"""For each file of the package and each line, what ran it: tests and shared fixtures, by name."""


class Plan(NamedTuple):
    """Tests to ask, in this order, and the seconds they take as things are."""

    tests: list[str]
    seconds: float
    is_known: bool = True
    """Whether they were measured. If not, it says nothing that they take longer."""


class Place(NamedTuple):
    """The lines whose tests are asked about a change."""

    lines: set[int]
    at_import: bool
    """Whether the lines say little: what depends on a constant may run none of them."""


def place_of(text: str, line: int) -> Place:
    """Return the lines to look up for a change of a line.

    Within a function these are the lines of the statement. The head of a function runs at import: those of
    its body are taken. For all else that runs at import, every line of the module counts.
    """
    tree = ast.parse(text)
    statement: ast.stmt | None = None
    function: _Function | None = None
    for node in ast.walk(tree):  # outer ones come first
        if isinstance(node, ast.stmt) and first_line(node) <= line <= last_line(node):
            statement = node
            if isinstance(node, _Function):
                function = node
    if statement is None or function is None:
        return Place(set(range(1, len(text.splitlines()) + 1)), at_import=True)
    if statement is function:
        return Place(set(range(function.body[0].lineno, last_line(function) + 1)), at_import=False)
    # The line itself may be below: that of an `except` or a `case` is no statement.
    return Place({line, *range(first_line(statement), head_end(statement) + 1)}, at_import=False)


def first_line(node: ast.stmt) -> int:
    """Return the first line of a statement, decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def last_line(node: ast.stmt) -> int:
    """Return the last line of a statement."""
    return node.end_lineno or node.lineno


def head_end(node: ast.stmt) -> int:
    """Return the last line of a statement before what stands below it."""
    below: list[ast.stmt] = getattr(node, "body", [])
    if not below:
        return last_line(node)
    return max(node.lineno, below[0].lineno - 1)


def packed(lines: Lines) -> dict[str, Any]:
    """Return what ran each line, small enough to keep: each set of owners once, their names once."""
    names: dict[str, int] = {}
    groups: dict[tuple[int, ...], int] = {}
    by_path: dict[str, dict[str, int]] = {}
    for path, owners in lines.items():
        by_path[path] = {}
        for line, of_line in owners.items():
            group = tuple(names.setdefault(name, len(names)) for name in sorted(of_line))
            by_path[path][str(line)] = groups.setdefault(group, len(groups))
    return {"names": list(names), "groups": list(groups), "lines": by_path}


def unpacked(found: dict[str, Any]) -> Lines:
    """Return what ran each line; lines with the same owners share one set."""
    names = found["names"]
    groups = [frozenset(names[number] for number in group) for group in found["groups"]]
    lines: Lines = {}
    for path, owners in found["lines"].items():
        lines[path] = {int(line): groups[group] for line, group in owners.items()}
    return lines


class Known:
    """What is known of tests: see `Recorder.result` in mutate_lines.py."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.tests: dict[str, dict[str, Any]] = found["tests"]
        self.fixtures: dict[str, float] = found["fixtures"]
        self.files: dict[str, str] = found["files"]
        self.lines = unpacked(found["ran"])
        self.left: list[str] = found["left"]
        self.reading: dict[str, float] = {}
        self.asking: dict[str, set[str]] = {}
        for name, about in self.tests.items():
            for fixture in about["fixtures"]:
                self.asking.setdefault(fixture, set()).add(name)

    def running(self, path: str, lines: Iterable[int]) -> set[str]:
        """Return the tests that run one of the lines of a file, themselves or by a shared fixture."""
        found: set[str] = set()
        by_line = self.lines.get(path, {})
        for line in lines:
            for owner in by_line.get(line, ()):
                found |= self.asking.get(owner, set()) if owner in self.fixtures else {owner}
        return found

    def of_files(self, files: Iterable[str]) -> set[str]:
        """Return the tests of some files."""
        wanted = set(files)
        return {name for name in self.tests if file_of(name) in wanted}

    def alone(self, test: str) -> tuple[float, str]:
        """Return by what tests are sorted, the quickest first: what one takes without others."""
        return self.tests[test]["seconds"] + self.reading.get(file_of(test), FILE_SECONDS), test

    def within(self, tests: Iterable[str], seconds: float, plan: Plan | None = None) -> Plan:
        """Return the quickest of some tests that take so many seconds together, after what is planned."""
        chosen, spent = (list(plan.tests), plan.seconds) if plan else ([], 0.0)
        paid = {fixture for name in chosen for fixture in self.tests[name]["fixtures"]}
        read = {file_of(name) for name in chosen}
        for name in sorted(set(tests) - set(chosen), key=self.alone):
            fresh = set(self.tests[name]["fixtures"]) - paid
            cost = self.tests[name]["seconds"] + sum(self.fixtures.get(fixture, 0) for fixture in fresh)
            if file_of(name) not in read:
                cost += self.reading.get(file_of(name), FILE_SECONDS)
            if spent + cost <= seconds:
                chosen.append(name)
                spent += cost
                paid |= fresh
                read.add(file_of(name))
        return Plan(chosen, spent)


def file_of(test: str) -> str:
    """Return the name of the file of a test: test_query of tests/test_query.py::test_x."""
    return Path(test.partition("::")[0]).stem


def plans(change: dict[str, Any], before: str, known: Known, near: list[str]) -> list[Plan]:
    """Return what to ask about a change: first near files, then all, then tests that had no time before.

    Args:
        change: its `path` below the package and its `line`.
        before: the text of the file as it is.
        known: what is known of the tests.
        near: the test files that are nearest to the module.
    """
    place = place_of(before, change["line"])
    running = known.running(change["path"], place.lines)
    close = known.of_files(near)
    if place.at_import:
        first = known.within(close, IMPORT_SECONDS)
    else:
        first = known.within(close & running, FIRST_SECONDS)
    everything = known.within(running, ALL_SECONDS, first)
    rest = Plan(everything.tests[len(first.tests) :], everything.seconds - first.seconds)
    left = [name for file in near for name in known.left if file_of(name) == file]
    return [plan for plan in (first, rest, Plan(left, LEFT_SECONDS, is_known=False)) if plan.tests]


def module_of(path: str) -> str:
    """Return the name of a module by its file below the package."""
    parts = ["rekb", *Path(path).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Files:
    """What the files of a copy of the repository import and define."""

    def __init__(self, copy: Path) -> None:
        package = copy / "src" / "rekb"
        self.texts = {
            module_of(file.relative_to(package).as_posix()): file.read_text("utf-8")
            for file in package.rglob("*.py")
        }
        self.texts |= {file.stem: file.read_text("utf-8") for file in (copy / "tests").glob("*.py")}
        self.importers: dict[str, set[str]] = {}
        for name, text in self.texts.items():
            for other in imported(text):
                self.importers.setdefault(other, set()).add(name)

    def steps_to(self, module: str) -> dict[str, int]:
        """Return how many imports each file is away from a module."""
        steps = {module: 0}
        waiting = deque([module])
        while waiting:
            name = waiting.popleft()
            for above in self.importers.get(name, ()):
                if above not in steps:
                    steps[above] = steps[name] + 1
                    waiting.append(above)
        return steps

    def nearest(self, module: str, tests: Iterable[str]) -> list[str]:
        """Return the test files that are nearest to a module: by imports, its name, and what it defines."""
        steps = self.steps_to(module)
        words = set(module.split(".")[1:])
        words |= {word.rstrip("s") for word in words}
        names = defined(self.texts[module])

        def rank(test: str) -> tuple[int, int, str]:
            text = self.texts[test]
            same = len(words & set(test.split("_")))
            named = len(names & set(_WORD.findall(text)))
            return (steps.get(test, 9) - 2 * same - min(named, 4), len(text), test)

        return sorted(tests, key=rank)[:FILES]


def reading_seconds(files: Files) -> dict[str, float]:
    """Return what it takes to read each test file that runs commands; see tests/commands.py."""
    found = {}
    for name, text in files.texts.items():
        if "commands" in imported(text):
            found[name] = FILE_SECONDS + COMMAND_SECONDS
    return found


def imported(text: str) -> set[str]:
    """Return the modules that a text imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def defined(text: str) -> set[str]:
    """Return the public functions and classes of a module, by which tests name it."""
    found = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.add(node.name)
    return found
