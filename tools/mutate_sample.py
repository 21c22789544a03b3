"""Change random places of the package, one at a time, and ask whether the tests of the module notice.

usage: mutate_sample.py PYTHON SEED NUMBER [FIRST]

PYTHON is that of an environment with cosmic-ray. Each change is tried in a copy below build/mutate/, with the
few test files that are nearest to its module, without a browser; see `nearest`. What these do not notice is
shown to the nearest tests that read the whole corpus. Results are added to
build/mutate/sample-SEED.jsonl as they come, so a run that was ended goes on from change FIRST.
"""

import ast
import importlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from mutate import COPY, WORK, copy_files

SECONDS = 25
"""Processor time that tests may take for one change. What takes longer has to be looked at: it may be a loop
without an end, or only slow tests."""
FILES = 3
"""Test files that are tried for a change."""
CORPUS_SECONDS = 90
"""The same where tests read the whole corpus, which takes most of it."""
BROWSER = {"built_site", "browser", "visit", "address", "reader", "hosted"}
"""What a test asks for that needs a browser."""
CORPUS = {"base"}
"""What a test asks for that needs the whole corpus; only what quick tests did not notice is shown to it."""
SLOW = (
    "test_benchmarks", "test_browser", "test_cli_examples", "test_corpus", "test_density", "test_docs",
    "test_engines", "test_faults", "test_frontend", "test_hostile", "test_incremental", "test_init",
    "test_killed", "test_layers", "test_mcp", "test_mkdocs", "test_own_facets", "test_properties",
    "test_release", "test_same_bytes", "test_scripts", "test_serving", "test_slow_input", "test_tasks",
    "test_wheel", "test_workflows",
)  # fmt: skip
"""Beginnings of test files that take long, or that read the code instead of running it."""
_WORD = re.compile(r"\w+")
NEEDED = ("pydantic", "jinja2", "yaml", "mkdocs.commands.build", "playwright.sync_api", "hypothesis", "click")
"""What tests import that no change touches: it is imported once, before each try."""


def main() -> int:
    """Try the changes."""
    python, seed, number = str(Path(sys.argv[1]).absolute()), *sys.argv[2:4]
    first = int(sys.argv[4]) if sys.argv[4:] else 0
    if not first:
        copy_files()
    os.chdir(COPY)
    os.environ["PYTHONPATH"] = str(COPY / "src")
    sys.path[:0] = [str(COPY / "tests"), str(COPY / "src")]
    for name in NEEDED:
        importlib.import_module(name)
    script = Path(__file__).with_name("mutants.py")
    command = [python, str(script), seed, number, str(COPY / "src" / "rekb")]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    graph = imports()
    out = WORK / f"sample-{seed}.jsonl"
    if not first:
        out.unlink(missing_ok=True)
    for place, line in enumerate(listed.splitlines()):
        if place >= first:
            change = json.loads(line)
            module = module_of(change["path"])
            found = tried(change, nearest(module, graph))
            if not found["noticed"]:
                found = tried(change, nearest(module, graph, CORPUS), CORPUS)
            with out.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"number": place, **change, **found, "text": ""}) + "\n")
            print(place, change["path"], change["line"], change["operator"], found, flush=True)
    return 0


def module_of(path: str) -> str:
    """Return the name of a module by its file below the package."""
    parts = ["rekb", *Path(path).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports() -> dict[str, set[str]]:
    """Return what each module and each test file imports."""
    found: dict[str, set[str]] = {}
    for file in (COPY / "src" / "rekb").rglob("*.py"):
        found[module_of(file.relative_to(COPY / "src" / "rekb").as_posix())] = imported(file)
    for file in (COPY / "tests").glob("*.py"):
        found[file.stem] = imported(file)
    return found


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def nearest(module: str, graph: dict[str, set[str]], needed: set[str] | None = None) -> list[str]:
    """Return the test files that are nearest to a module: by imports, by its name and by what it defines.

    Args:
        module: the module.
        graph: what each module and test file imports.
        needed: only files with a test that asks for one of these; all when `None`.
    """
    by: dict[str, set[str]] = {}
    for name, others in graph.items():
        for other in others:
            by.setdefault(other, set()).add(name)
    steps = {module: 0}
    waiting = deque([module])
    while waiting:
        name = waiting.popleft()
        for above in by.get(name, ()):
            if above not in steps:
                steps[above] = steps[name] + 1
                waiting.append(above)
    words = set(module.split(".")[1:]) | {word.rstrip("s") for word in module.split(".")[1:]}

    names = defined(module)

    def rank(test: str) -> tuple[int, int, str]:
        text = (COPY / "tests" / f"{test}.py").read_text(encoding="utf-8")
        same = len(words & set(test.split("_")))
        named = len(names & set(_WORD.findall(text)))
        return (steps.get(test, 9) - 2 * same - min(named, 4), len(text), test)

    tests = [name for name in graph if name.startswith("test_") and not name.startswith(SLOW)]
    if needed:
        tests += [name for name in graph if name.startswith("test_corpus")]
        asking = re.compile(rf"^def test_\w+\([^)]*\b(?:{'|'.join(sorted(needed))})\b", re.MULTILINE)
        tests = [name for name in tests if asking.search((COPY / "tests" / f"{name}.py").read_text("utf-8"))]
    return sorted(tests, key=rank)[:FILES]


def defined(module: str) -> set[str]:
    """Return the public functions and classes of a module, by which tests name it."""
    file = COPY / "src" / Path(*module.split("."))
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.add(node.name)
    return found


class Chosen:
    """Runs the tests of one step, none that needs a browser; keeps the name of the first that failed."""

    def __init__(self, needed: set[str] | None) -> None:
        self.needed = needed
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave the others out."""
        items[:] = [item for item in items if self.is_chosen(set(item.fixturenames))]

    def is_chosen(self, fixtures: set[str]) -> bool:
        """Whether a test with these fixtures belongs to the step: the first is without the corpus."""
        if BROWSER & fixtures:
            return False
        if self.needed is None:
            return not CORPUS & fixtures
        return bool(self.needed & fixtures)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep the name."""
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        """Keep the name of a file that cannot be read."""
        if report.failed and not self.failed:
            self.failed = f"collecting {report.nodeid}"


def tried(change: dict[str, Any], tests: list[str], needed: set[str] | None = None) -> dict[str, Any]:
    """Return whether the tests noticed a change, and which did.

    Args:
        change: the file and its changed text.
        tests: the test files to ask.
        needed: only tests with one of these fixtures; those without the corpus when `None`.
    """
    file = COPY / "src" / "rekb" / change["path"]
    before, stamp = file.read_bytes(), file.stat()
    started = time.monotonic()
    try:
        file.write_text(change["text"], encoding="utf-8")
        # Compiled files are known by whole seconds: another time, and the old one is not taken for the new.
        os.utime(file, (stamp.st_mtime + 1000, stamp.st_mtime + 1000))
        noticed, by = asked(tests, needed)
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    return {"noticed": noticed, "by": by, "tests": tests, "took": round(time.monotonic() - started, 1)}


def asked(tests: list[str], needed: set[str] | None) -> tuple[bool, str]:
    """Run the tests in a process of their own."""
    seconds = CORPUS_SECONDS if needed else SECONDS
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        chosen = Chosen(needed)
        names = [f"tests/{test}.py" for test in tests]
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--basetemp", str(WORK / "tmp")]
        ended = pytest.main([*options, *names], plugins=[chosen])
        os.write(writing, f"{int(ended)} {chosen.failed}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(child, 0)
    with suppress(ProcessLookupError):  # what a test started and did not end
        os.killpg(child, signal.SIGKILL)
    code, _, by = answer.partition(" ")
    if not code:
        return True, "took too long, or ended the process"
    # 5: no test was left to run.
    return code not in ("0", "5"), by


if __name__ == "__main__":
    sys.exit(main())
