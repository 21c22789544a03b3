"""Change random places of the package, one at a time, and ask whether the tests that run the place notice.

usage: mutate_sample.py PYTHON COVERAGE SEED NUMBER [again]

PYTHON is that of an environment with cosmic-ray, COVERAGE a folder with coverage.py. All is done in a copy
below build/mutate/. Which test runs which line is found once, in about 20 minutes, and kept there in
lines.json until the package changes. Results are added to sample-SEED.jsonl as they come; what was ended goes
on. With `again`, what was not noticed is tried once more: first by tests that are new since lines.json was
written.
"""

import difflib
import hashlib
import importlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from mutate import COPY, WORK, copy_files
from mutate_choice import Files, Known, Plan, asked_files, digest, module_of, plans, reading_seconds

PACKAGE = COPY / "src" / "rekb"
LINES = WORK / "lines.json"
BYTES = 6 << 30
"""What a change may fill before it is ended."""
FRESH_SECONDS = 30
"""What tests that are new may take; nobody knows yet."""
NEEDED = (
    "bibtexparser", "click", "hypothesis", "jinja2", "jsonschema", "markdown", "markdown_it",
    "mkdocs.commands.build", "PIL.Image", "playwright.sync_api", "pydantic", "pylatexenc.latex2text", "yaml",
)  # fmt: skip
"""What tests import that no change touches: it is imported once, before each try."""


def main() -> int:
    """Try the changes; 1 where one was not noticed."""
    python, library = str(Path(sys.argv[1]).absolute()), Path(sys.argv[2]).absolute()
    seed, number = sys.argv[3:5]
    again = sys.argv[5:] == ["again"]
    copy_files()
    known = Known(lines_of_tests(library))
    changes = drawn(python, seed, number)
    out = WORK / f"sample-{seed}.jsonl"
    before = results(out)
    prepare()
    asker = Asker(known, Files(COPY))
    for place, change in enumerate(changes):
        if place not in before or (again and not before[place]["noticed"]):
            about = {"number": place, **asker.tried(change)}
            with out.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(about) + "\n")
            print(*(about[name] for name in ("number", "path", "line", "noticed", "by", "took")), flush=True)
    return report(results(out))


def drawn(python: str, seed: str, number: str) -> list[dict[str, Any]]:
    """Return changes drawn by chance: each with `path`, `line`, `operator` and the changed `text`."""
    script = Path(__file__).with_name("mutants.py")
    command = [python, str(script), seed, number, str(PACKAGE)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in listed.splitlines()]


def lines_of_tests(library: Path) -> dict[str, Any]:
    """Return which test runs which line: found anew where the package changed, else for what was left out."""
    package = digest_of_package()
    if LINES.exists() and json.loads(LINES.read_text(encoding="utf-8")).get("package") != package:
        LINES.unlink()
    script = Path(__file__).with_name("mutate_lines.py")
    command = [sys.executable, str(script), str(COPY), str(LINES), str(library)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(library)})
    found = {**json.loads(LINES.read_text(encoding="utf-8")), "package": package}
    LINES.write_text(json.dumps(found), encoding="utf-8")
    return found


def digest_of_package() -> str:
    """Return by what the package is known again."""
    whole = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*.py")):
        whole.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def results(file: Path) -> dict[int, dict[str, Any]]:
    """Return what is known of each change, the last try of it."""
    if not file.exists():
        return {}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {row["number"]: row for row in rows}


def report(rows: dict[int, dict[str, Any]]) -> int:
    """Print each change that no test noticed, and the count."""
    left = [row for _, row in sorted(rows.items()) if not row["noticed"]]
    for row in left:
        print(f"{row['number']} src/rekb/{row['path']}:{row['line']}", *row["changed"], sep="\n  ")
    print(f"{len(rows) - len(left)} of {len(rows)} changes were noticed")
    return int(bool(left))


def prepare() -> None:
    """Read what each try needs; work in the copy, whose package goes before the installed one."""
    os.chdir(COPY)
    os.environ["PYTHONPATH"] = str(COPY / "src")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each try would compile all anew
    sys.path[:0] = [str(COPY / "tests"), str(COPY / "src")]
    for name in NEEDED:
        importlib.import_module(name)


class Asker:
    """Asks tests about changes, one change at a time."""

    def __init__(self, known: Known, files: Files) -> None:
        self.known = known
        self.files = files
        known.reading = reading_seconds(files)
        self.fresh = list(fresh_files(known))
        self.tries = 0
        if self.fresh:
            failed, by = ask(Plan([], FRESH_SECONDS, is_known=False), self.fresh, set(known.tests))
            if failed:
                sys.exit(f"{by} fails as things are: it would notice every change")

    def tried(self, change: dict[str, Any]) -> dict[str, Any]:
        """Return a change without its text, whether tests noticed it, which did, and how many were asked."""
        file = PACKAGE / change["path"]
        before, stamp = file.read_bytes(), file.stat()
        started, asked, noticed, by = time.monotonic(), 0, False, ""
        try:
            file.write_text(change["text"], encoding="utf-8")
            # Compiled files are known by whole seconds: with a time of its own, none of another try is taken.
            self.tries += 1
            later = stamp.st_mtime + 1000 * self.tries
            os.utime(file, (later, later))
            for plan in self.plans(change, before.decode()):
                asked += len(plan.tests)
                noticed, by = ask(plan, self.fresh, set(self.known.tests))
                if noticed:
                    break
        finally:
            file.write_bytes(before)
            os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        about = {key: value for key, value in change.items() if key != "text"}
        about |= {"changed": list(changed(before.decode(), change["text"]))}
        took = round(time.monotonic() - started, 1)
        return about | {"noticed": noticed, "by": by, "asked": asked, "took": took}

    def plans(self, change: dict[str, Any], before: str) -> Iterator[Plan]:
        """Yield what to ask: tests that are new, those of near files, the others."""
        if self.fresh:
            yield Plan([], FRESH_SECONDS, is_known=False)
        near = self.files.nearest(module_of(change["path"]), self.known.files)
        yield from plans(change, before, self.known, near)


def fresh_files(known: Known) -> Iterator[str]:
    """Yield the test files that changed since the lines were kept."""
    for file in asked_files(COPY):
        # Those that had no time, or are new, are in no list: the next start of all asks them.
        if known.files.get(file.stem) not in (None, digest(file)):
            yield file.stem


def changed(before: str, after: str) -> Iterator[str]:
    """Yield the lines that differ, with - and + before them."""
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            yield line


class Chosen:
    """Leaves the chosen tests, in their order, or those not known; keeps the first that failed."""

    def __init__(self, tests: list[str], known: set[str]) -> None:
        self.order = {name: place for place, name in enumerate(tests)}
        self.known = known
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        if self.known:
            items[:] = [item for item in items if item.nodeid not in self.known]
            return
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name."""
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the name of a file that cannot be read."""
        if report.failed and not self.failed:
            self.failed = f"collecting {report.nodeid}"


def ask(plan: Plan, fresh: list[str], known: set[str]) -> tuple[bool, str]:
    """Run tests in a process of their own, a copy of this one; return whether one failed, and which.

    Args:
        plan: the tests; without any, those of the fresh files that are not known are run.
        fresh: test files that changed since the lines were kept.
        known: the tests that were there then.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            os.write(writing, answer(plan, fresh, known).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        # By the clock, too: a change may wait for ever. As it is, the machine may be busy.
        ready, _, _ = select.select([stream], [], [], 120 + 10 * plan.seconds)
        found = stream.read().decode() if ready else ""
        end(child)
    code, _, by = found.partition(" ")
    if not code:
        return plan.is_known, "took too long, or ended the process"
    # 5: no test was left to run.
    return code not in ("0", "5"), by


def end(child: int) -> None:
    """End a process and what its tests started and did not end."""
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def answer(plan: Plan, fresh: list[str], known: set[str]) -> str:
    """Run tests, here; return pytest's exit code and the name of the first that failed."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    seconds = 30 + 4 * int(plan.seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    if plan.tests:
        chosen = Chosen(plan.tests, set())
        files = list(dict.fromkeys(name.partition("::")[0] for name in plan.tests))
    else:
        chosen = Chosen([], known)
        files = [f"tests/{name}.py" for name in fresh]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--basetemp", str(WORK / "tmp")]
    ended = pytest.main([*options, *files], plugins=[chosen])
    return f"{int(ended)} {chosen.failed}"


if __name__ == "__main__":
    sys.exit(main())
