"""Code reads once: each room keeps its complexity per line, its ternaries and its comprehensions low.

A function of ten lines that holds eight decisions is read three times. What is counted is what a reader must
hold in mind: one path through a function, and one more for each branch, loop, condition, `and` and `or`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

import rekb

PACKAGE = Path(rekb.__file__).parent
MOST_COMPLEXITY = 0.45
"""Mean complexity per line of a room's functions."""
MOST_TERNARIES = 15.0
"""In 1,000 lines that are not blank."""
MOST_COMPREHENSIONS = 42.0
"""The same, of comprehensions and generators in brackets."""
SETTLED_LATER: dict[str, tuple[float, float, float]] = {
    "checks": (0.47, 15.0, 42.0),
    "cli": (0.45, 18.0, 42.0),
    "cli/commands": (0.45, 20.0, 42.0),
    "intake": (0.49, 15.0, 51.0),
    "kb": (0.46, 15.0, 42.0),
    "mkdocs": (0.46, 18.0, 42.0),
    "site/pages": (0.45, 15.0, 46.0),
    "sources": (0.55, 27.0, 42.0),
}
"""Rooms that are not there yet, with the bounds that they keep until then. Numbers here only ever fall."""
CHOICES = {
    "checks/references.py": 3,
    "intake/venues.py": 1,
    "sources/csl.py": 1,
}
"""Modules with loops over a choice of two lists, and how many; an early return says the same plainly."""
_WORST = 5
"""Functions that a failure names."""
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.IfExp, ast.Lambda)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method with what it asks of a reader."""

    place: str
    complexity: int
    lines: int

    @property
    def density(self) -> float:
        """Complexity per line."""
        return self.complexity / self.lines


@dataclass(frozen=True, slots=True)
class Density:
    """What was counted in a room."""

    functions: tuple[Function, ...]
    ternaries: float
    comprehensions: float

    @property
    def complexity(self) -> float:
        """Mean complexity per line; 0 for a room without functions."""
        if not self.functions:
            return 0.0
        return mean(function.density for function in self.functions)

    def worst(self) -> str:
        """Return the functions that are hardest to read, one a line."""
        hardest = sorted(self.functions, key=lambda function: -function.density)[:_WORST]
        return "\n".join(f"  {f.density:.2f} = {f.complexity} in {f.lines} lines, {f.place}" for f in hardest)


def rooms() -> list[str]:
    """Return every folder of the package that holds modules, by its path below the package."""
    folders = {file.parent.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py")}
    return sorted(folders)


def density_of(files: list[Path]) -> Density:
    """Count what is in some modules."""
    functions: list[Function] = []
    lines = 0
    ternaries = 0
    comprehensions = 0
    for file in files:
        text = file.read_text(encoding="utf-8")
        lines += sum(1 for line in text.splitlines() if line.strip())
        tree = ast.parse(text)
        functions.extend(functions_of(tree, file))
        for node in ast.walk(tree):
            ternaries += isinstance(node, ast.IfExp)
            comprehensions += isinstance(node, _COMPREHENSIONS)
    thousands = max(lines, 1) / 1000
    return Density(tuple(functions), ternaries / thousands, comprehensions / thousands)


def functions_of(tree: ast.Module, file: Path) -> Iterator[Function]:
    """Yield the functions of a module and of its classes; one inside another is part of the outer one."""
    for node in _outermost(tree):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        place = f"{file.relative_to(file.parents[1])}:{node.lineno} {node.name}"
        yield Function(place, complexity_of(node), lines)


def _outermost(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _FUNCTIONS):
            yield child
        else:
            yield from _outermost(child)


def complexity_of(function: ast.AST) -> int:
    """Return the paths through a function: one, and one more for each place where the way may part."""
    total = 1
    for node in ast.walk(function):
        if isinstance(node, _BRANCHES):
            total += 1
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            total += 1 + len(node.ifs)
        elif isinstance(node, ast.match_case):
            total += 1
    return total


@pytest.mark.parametrize("room", rooms())
def test_a_room_reads_once(room: str) -> None:
    density = density_of(sorted((PACKAGE / room).glob("*.py")))
    bounds = SETTLED_LATER.get(room, (MOST_COMPLEXITY, MOST_TERNARIES, MOST_COMPREHENSIONS))
    counted = (density.complexity, density.ternaries, density.comprehensions)
    names = ("complexity per line", "ternaries in 1,000 lines", "comprehensions in 1,000 lines")
    over = [
        f"{name} {count:.3f}, at most {bound}"
        for name, count, bound in zip(names, counted, bounds, strict=True)
        if count > bound
    ]
    assert not over, f"{room}: {'; '.join(over)}. Hardest to read:\n{density.worst()}"


def test_no_further_loop_goes_over_a_choice() -> None:
    lines: dict[str, list[int]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.For) and isinstance(node.iter, ast.IfExp):
                lines.setdefault(file.relative_to(PACKAGE).as_posix(), []).append(node.lineno)
    further = {file: at for file, at in lines.items() if len(at) > CHOICES.get(file, 0)}
    assert further == {}


@pytest.mark.parametrize(
    ("code", "complexity"),
    [
        ("def f():\n    return 1\n", 1),
        ("def f(x):\n    if x:\n        return 1\n    return 2\n", 2),
        ("def f(x):\n    return 1 if x else 2\n", 2),
        ("def f(x, y, z):\n    return x and y and z\n", 3),
        ("def f(x):\n    for one in x:\n        print(one)\n", 2),
        ("def f(x):\n    while x:\n        x -= 1\n", 2),
        ("def f(x):\n    return [one for one in x if one if one > 1]\n", 4),
        ("def f():\n    try:\n        g()\n    except OSError:\n        pass\n", 2),
        (
            "def f(x):\n    match x:\n        case 1:\n            pass\n        case 2:\n            pass\n",
            3,
        ),
        ("def f(x):\n    def g():\n        return 1 if x else 2\n    return g\n", 2),
    ],
)
def test_what_is_counted(code: str, complexity: int) -> None:
    (function,) = functions_of(ast.parse(code), Path("rekb/room/module.py"))
    assert function.complexity == complexity
    assert function.lines == code.count("\n")
