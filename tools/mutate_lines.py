"""Run the tests that need no browser once, and keep which test runs which line of the package.

usage: mutate_lines.py COPY OUT COVERAGE

COPY is a copy of the repository with the package to watch, OUT the file to write (see `Recorder.result` for
its shape), COVERAGE the folder of coverage.py. `mutate_sample.py` starts this. Test files that are in OUT
already are not asked again; those for which there was no time are not in it.
What processes of a test run (commands, builds) is counted as the test's own: each leaves a file of its own.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
from mutate_choice import asked_files, digest, packed, unpacked

FILE_SECONDS = 30
"""What one file of tests may take, see `Watch`; the rest of it is left out."""
ALL_SECONDS = 1300
"""What all may take, by the clock; the rest is left out."""
BROWSER = {"built_site", "browser", "visit", "address", "reader", "hosted"}
"""What a test asks for that needs a browser, or the site of the whole corpus."""
LAST = {
    "test_again.py", "test_cli_examples.py", "test_corpus.py", "test_init.py", "test_mcp.py",
    "test_mkdocs.py", "test_own_facets.py", "test_shell.py", "test_tasks.py", "test_text_in_pages.py",
}  # fmt: skip
"""Test files that take long; see `LONGEST_FIRST` of tests/conftest.py."""
CONFIG = """\
[run]
source = {source}
data_file = {data}
parallel = true
patch = _exit, fork
disable_warnings = no-data-collected, module-not-measured, module-not-imported, no-ctracer
"""
"""What coverage.py reads; a process that is a copy of another, or that ends at once, leaves them, too."""
START = "import coverage\n\ncoverage.process_startup()\n"
"""What each process of Python does first (`sitecustomize`)."""


def main() -> int:
    """Run the tests and write what they ran."""
    copy, out, library = map(Path, sys.argv[1:4])
    os.chdir(copy)
    sys.path[:0] = [str(copy / "tests"), str(copy / "src")]
    before = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"files": {}}
    files = [file for file in asked_files(copy) if file.stem not in before["files"]]
    if not files:
        return 0
    recorder = Recorder(copy, prepared(copy, out.parent / "lines", library))
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--basetemp", str(out.parent / "tmp")]
    pytest.main([*options, *map(str, files)], plugins=[recorder])
    found = recorder.result(files)
    out.write_text(json.dumps(joined(before, found) if before["files"] else found), encoding="utf-8")
    return 0


def joined(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Return what two runs found, which asked different files; the shape is that of `Recorder.result`."""
    lines = unpacked(before["ran"])
    for path, owners in unpacked(now["ran"]).items():
        known = lines.setdefault(path, {})
        for line, names in owners.items():
            known[line] = names | known.get(line, frozenset())
    parts = {part: {**before[part], **now[part]} for part in ("tests", "fixtures", "files")}
    return {**before, **parts, "left": before["left"] + now["left"], "ran": packed(lines)}


def prepared(copy: Path, folder: Path, library: Path) -> Path:
    """Have each process of Python that a test starts leave what it ran in a folder; return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    config = folder / "config.ini"
    config.write_text(CONFIG.format(source=copy / "src" / "rekb", data=folder / "other"), encoding="utf-8")
    (folder / "sitecustomize.py").write_text(START, encoding="utf-8")
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (copy / "src", folder, library)))
    os.environ["COVERAGE_PROCESS_START"] = str(config)
    return folder


class Watch:
    """Measures from when it is made."""

    def __init__(self) -> None:
        self.clock = time.monotonic()
        self.worked = self.work()

    @staticmethod
    def work() -> float:
        """Return the seconds that this process and those it waited for were at work."""
        user, system, of_others, system_of_others, _ = os.times()
        return user + system + of_others + system_of_others

    def seconds(self) -> float:
        """Return the seconds of work; where others worked, a quarter of the clock's, as machines are busy."""
        return max(self.work() - self.worked, (time.monotonic() - self.clock) / 4)


class Recorder:
    """Keeps what each test and each shared fixture ran, and how many seconds it took."""

    def __init__(self, copy: Path, folder: Path) -> None:
        self.copy = copy
        self.folder = folder
        self.cover = coverage.Coverage(data_file=str(folder / "own"), config_file=str(folder / "config.ini"))
        self.owner = ""
        self.tests: dict[str, dict[str, Any]] = {}
        self.fixtures: dict[str, float] = {}
        self.failed: set[str] = set()
        self.late: set[str] = set()
        self.left: list[str] = []
        self.lines: dict[str, dict[int, set[str]]] = {}
        self.spent: dict[str, float] = {}
        self.began = time.monotonic()
        self.cover.start()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out tests with a browser; files that take long come last."""
        items[:] = [item for item in items if not BROWSER & set(item.fixturenames)]
        items.sort(key=lambda item: item.path.name in LAST)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Take what a test ran as its own."""
        self.owner = item.nodeid
        self.cover.switch_context(self.owner)
        before, watch = sum(self.fixtures.values()), Watch()
        result = yield
        took = watch.seconds()
        self.spent[item.path.name] = self.spent.get(item.path.name, 0) + took
        seconds = took - (sum(self.fixtures.values()) - before)
        self.tests[item.nodeid] = {"seconds": round(max(0, seconds), 3), "fixtures": shared(item)}
        self.gather()
        return result

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Leave out what would take too long."""
        if time.monotonic() - self.began > ALL_SECONDS:
            self.late.add(item.path.stem)
        elif self.spent.get(item.path.name, 0) > FILE_SECONDS:
            self.left.append(item.nodeid)
        else:
            return
        self.failed.add(item.nodeid)
        pytest.skip("takes too long")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Take what a shared fixture ran as the fixture's, not as that of the test that came first."""
        if fixturedef.scope == "function":
            return (yield)
        self.gather()
        test, self.owner = self.owner, fixture_name(fixturedef)
        self.cover.switch_context(self.owner)
        within, watch = sum(self.fixtures.values()), Watch()
        try:
            return (yield)
        finally:
            others = sum(self.fixtures.values()) - within
            self.fixtures[self.owner] = round(max(0, watch.seconds() - others), 3)
            self.gather()
            self.owner = test
            self.cover.switch_context(test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Know which tests cannot be asked: they fail as things are, or need what is not here."""
        if report.outcome != "passed":
            self.failed.add(report.nodeid)

    def gather(self) -> None:
        """Take in what other processes have left."""
        for file in self.folder.glob("other.*"):
            data = coverage.CoverageData(basename=str(file))
            try:
                data.read()
            except coverage.exceptions.DataError:
                continue  # is being written
            for path in data.measured_files():
                self.keep(path, {line: [self.owner] for line in data.lines(path) or ()})
            data.close()
            file.unlink(missing_ok=True)

    def keep(self, path: str, owners: dict[int, list[str]]) -> None:
        """Add what ran the lines of a file."""
        file = Path(path)
        if not file.is_relative_to(self.copy / "src"):
            return
        lines = self.lines.setdefault(file.relative_to(self.copy / "src" / "rekb").as_posix(), {})
        for line, names in owners.items():
            lines.setdefault(line, set()).update(name for name in names if name)

    def result(self, asked: list[Path]) -> dict[str, Any]:
        """Return what was found.

        `tests`: for each test that passed, by id, `seconds` and the shared `fixtures` it asks for.
        `fixtures`: the seconds of each. `ran`: what ran which line, see `packed`.
        `files`: each test file that there was time for, and its digest. `left`: tests of these without.

        Args:
            asked: the test files.
        """
        self.cover.stop()
        data = self.cover.get_data()
        for path in data.measured_files():
            self.keep(path, data.contexts_by_lineno(path))
        good = {name: about for name, about in self.tests.items() if name not in self.failed}
        known = good.keys() | self.fixtures.keys()
        lines = {
            path: {line: names & known for line, names in owners.items()}
            for path, owners in self.lines.items()
        }
        files = {file.stem: digest(file) for file in asked if file.stem not in self.late}
        return {
            "tests": good, "fixtures": self.fixtures, "files": files, "left": self.left, "ran": packed(lines)
        }  # fmt: skip


def fixture_name(fixturedef: Any) -> str:
    """Return the name of a shared fixture: two files may each have one of the same name."""
    return f"{fixturedef.baseid}::fixture {fixturedef.argname}"


def shared(item: Any) -> list[str]:
    """Return the shared fixtures that a test asks for."""
    found = []
    for definitions in item._fixtureinfo.name2fixturedefs.values():  # noqa: SLF001 - no other way to know
        if definitions[-1].scope != "function":
            found.append(fixture_name(definitions[-1]))
    return sorted(found)


if __name__ == "__main__":
    sys.exit(main())
