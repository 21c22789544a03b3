"""What a check costs beside a parse of the same files, and how quickly commands start.

Usage: python benchmarks/checks.py [COPIES ...] [--record]

Everything is CPU, user and system, of whole processes; each row holds medians of runs that alternate with
those that they are divided by, so a busy machine slows both. Two parses are measured: libyaml's events alone,
and `yaml.load` with libyaml, which is what a program without any check would do.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from build import RESULTS, cpu
from grow import ROOT, grow

RUNS = 3
HEADING = "## What a check costs"
_EVENTS = """import sys, yaml
for file in sys.stdin.read().splitlines():
    for event in yaml.parse(open(file, "rb").read(), Loader=yaml.CSafeLoader):
        pass
"""
_LOAD = """import sys, yaml
for file in sys.stdin.read().splitlines():
    yaml.load(open(file, "rb").read(), Loader=yaml.CSafeLoader)
"""
_COLUMNS = (
    "works", "parse, events", "parse, load", "cold", "warm", "one file changed", "show", "search",
    "cold by events", "cold by load", "warm by events",
)  # fmt: skip
_REKB = (sys.executable, "-m", "rekb")
_YOUNG = 3
"""Seconds until files are so old that their stamps are trusted; see `rekb.loading.stamps`."""


@dataclass(frozen=True, slots=True)
class Row:
    """Medians at one size, in seconds."""

    works: int
    events: float
    load: float
    cold: float
    warm: float
    changed: float
    """A check after one file was changed."""
    show: float
    search: float


def measured(root: Path, works: int, runs: int) -> Row:
    """Run each in turn."""
    files = [str(file) for part in ("papers", "taxonomy") for file in sorted((root / part).rglob("*.yaml"))]
    told = "\n".join(files)
    entry = min((root / "papers").rglob("*.yaml"))
    found: dict[str, list[float]] = {field.name: [] for field in fields(Row)}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as cache:
            look = _looking(root, cache)
            time.sleep(_YOUNG)
            found["events"].append(cpu([sys.executable, "-c", _EVENTS], root, told))
            found["load"].append(cpu([sys.executable, "-c", _LOAD], root, told))
            found["cold"].append(look("validate"))
            found["warm"].append(look("validate"))
            look("search", "attention")
            found["show"].append(look("show", entry.stem))
            found["search"].append(look("search", "attention"))
            entry.write_text(f"{entry.read_text(encoding='utf-8')}\n", encoding="utf-8")
            found["changed"].append(look("validate"))
    medians = {name: statistics.median(values) for name, values in found.items() if values}
    return Row(works=works, **medians)


def _looking(root: Path, cache: str) -> Callable[..., float]:
    def look(*words: str) -> float:
        return cpu([*_REKB, *words], root, XDG_CACHE_HOME=cache)

    return look


def start() -> tuple[float, float]:
    """Return the CPU of `rekb --help` and of importing click, sums of runs that alternate."""
    help_, click = 0.0, 0.0
    for _ in range(4 * RUNS):
        help_ += cpu([*_REKB, "--help"], ROOT)
        click += cpu([sys.executable, "-c", "import click"], ROOT)
    return help_, click


def table(rows: list[Row], begin: tuple[float, float]) -> str:
    """Return the figures as Markdown."""
    python = ".".join(map(str, sys.version_info[:3]))
    named = ("rekb", "PyYAML", "pydantic", "click")
    versions = ", ".join([f"Python {python}", *(f"{name} {version(name)}" for name in named)])
    load = os.getloadavg()[1]
    lines = [
        HEADING,
        "",
        f"Written by `benchmarks/checks.py --record`. {versions}; medians of alternating runs, in CPU.",
        f"The machine was shared ({os.cpu_count()} cores, load {load:.0f}): compare ratios, not seconds.",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"| {' | '.join(['---'] * len(_COLUMNS))} |",
    ]
    for row in rows:
        seconds = (row.events, row.load, row.cold, row.warm, row.changed, row.show, row.search)
        ratios = (row.cold / row.events, row.cold / row.load, row.warm / row.events)
        cells = [*(f"{one:.2f} s" for one in seconds), *(f"{one:.2f}" for one in ratios)]
        lines.append(f"| {row.works} | {' | '.join(cells)} |")
    lines += ["", f"`rekb --help` takes {begin[0] / begin[1]:.2f} times what importing click takes."]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Measure each size, and record or print."""
    sizes = [int(a) for a in arguments if a.isdigit()] or [1, 2, 4]
    rows = []
    for copies in sizes:
        with tempfile.TemporaryDirectory() as room:
            works = grow(Path(room) / "base", copies)
            rows.append(measured(Path(room) / "base", works, RUNS if copies == 1 else 1))
        print(rows[-1], flush=True)
    text = table(rows, start())
    print(text)
    if "--record" in arguments:
        before = RESULTS.read_text(encoding="utf-8").partition(HEADING)[0].rstrip("\n")
        RESULTS.write_text(f"{before}\n\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
