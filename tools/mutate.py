"""Change modules in small ways, one at a time, and ask whether a test notices.

usage: mutate.py COSMIC_RAY NUMBER TESTS MODULE...

COSMIC_RAY is the program of that name. It edits files in place, so all is done in a copy below build/mutate/.
Of all changes it knows, NUMBER are tried, chosen the same way each time. What no test noticed is printed.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutate"
COPY = WORK / "copy"
SECONDS = 300
"""What the tests may take for one change; a loop without an end counts as noticed."""


def main() -> int:
    """Try the changes; 1 where a change was not noticed."""
    program, number, tests, *modules = sys.argv[1:]
    copy_files()
    run(
        [sys.executable, "-m", "pytest", "-q", "-x", *tests.split()]
    )  # a test that fails now would notice all
    session = WORK / "session.sqlite"
    session.unlink(missing_ok=True)
    config = WORK / "config.toml"
    config.write_text(configuration(tests, modules), encoding="utf-8")
    run([program, "init", str(config), str(session)])
    choose(session, int(number))
    run([program, "exec", str(config), str(session)])
    return report(session)


def copy_files() -> None:
    """Copy what git knows, as it stands now."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)


def run(command: list[str]) -> None:
    """Run a command in the copy, whose package goes before the installed one."""
    path = f"PYTHONPATH={COPY / 'src'}"
    subprocess.run(["env", path, "PYTHONDONTWRITEBYTECODE=1", *command], cwd=COPY, check=True)


def configuration(tests: str, modules: list[str]) -> str:
    """Return what cosmic-ray reads; strings of JSON are strings of TOML."""
    command = f"{sys.executable} -m pytest -q -x -p no:cacheprovider {tests}"
    lines = (
        "[cosmic-ray]",
        f"module-path = {json.dumps(modules)}",
        f"timeout = {SECONDS}.0",
        "excluded-modules = []",
        f"test-command = {json.dumps(command)}",
        "[cosmic-ray.distributor]",
        'name = "local"',
    )
    return "\n".join(lines) + "\n"


def choose(session: Path, number: int) -> None:
    """Leave so many of the changes in the session."""
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "SELECT job_id FROM mutation_specs ORDER BY module_path, operator_name, occurrence"
        )
        jobs = [job for (job,) in rows]
        kept = set(random.Random(1).sample(jobs, min(number, len(jobs))))  # noqa: S311 - the same each time
        for job in jobs:
            if job not in kept:
                database.execute("DELETE FROM mutation_specs WHERE job_id = ?", (job,))
                database.execute("DELETE FROM work_items WHERE job_id = ?", (job,))


def report(session: Path) -> int:
    """Print each change that no test noticed, and the count."""
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "SELECT test_outcome, module_path, start_pos_row, diff FROM mutation_specs "
            "JOIN work_results USING (job_id) ORDER BY module_path, start_pos_row"
        ).fetchall()
    left = [row for row in rows if row[0] == "SURVIVED"]
    for _, module, line, diff in left:
        changed = [text for text in diff.splitlines() if text[:1] in "+-" and text[:3] not in ("+++", "---")]
        print(f"{module}:{line}", *changed, sep="\n  ")
    print(f"{len(rows) - len(left)} of {len(rows)} changes were noticed")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
