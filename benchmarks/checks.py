"""What a check costs beside a parse of the same files, and how quickly commands start.

Usage: python benchmarks/checks.py [WORKS ...] [--record]

Without WORKS, bases of 491, of all and of 4,910 works are measured: the first of the real works, or all of
them and copies; see `grow.py`.

Everything is CPU, user and system, of whole processes. Each ratio divides medians of runs that alternate, so
a busy machine slows both sides. Checks are divided by a bare parse of the same files (libyaml's events, and
nothing made of them). What should not depend on the number of works is divided by the import of click. A
ratio that is worse than the recorded one by a third ends with exit 1.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from build import RESULTS, WORSE, cpu
from grow import ROOT, grow_to

RUNS = 3
HEADING = "## What a check costs"
_EVENTS = """import sys, yaml
for file in sys.stdin.read().splitlines():
    for event in yaml.parse(open(file, "rb").read(), Loader=yaml.CSafeLoader):
        pass
"""
_CLICK = "import click"
_REKB = (sys.executable, "-m", "rekb")
SIZES = (491, 4910)
"""Works of the bases for which targets were set; the real works are measured besides."""
_YOUNG = 3
"""Seconds until files are so old that their stamps are trusted; see `rekb.loading.stamps`."""


@dataclass(frozen=True, slots=True)
class Row:
    """Medians at one size, in seconds."""

    works: int
    parse: float
    click: float
    cold: float
    """A check that remembers nothing."""
    warm: float
    """A check of files that did not change."""
    changed: float
    """A check after one word of one work was changed."""
    show: float
    search: float
    help: float

    def ratios(self) -> dict[str, float]:
        """Return what is compared with the record, by the name of the column."""
        found = {}
        for name in COLUMNS:
            seconds = getattr(self, name.partition(" ")[0])
            found[name] = seconds / (self.parse if name.endswith("parse") else self.click)
        return found


COLUMNS = (
    "cold by parse", "warm by parse", "changed by click", "show by click", "search by click", "help by click",
)  # fmt: skip


def measured(root: Path, works: int, runs: int) -> Row:
    """Run each in turn."""
    files = [str(file) for part in ("papers", "taxonomy") for file in sorted((root / part).rglob("*.yaml"))]
    listed = "\n".join(files)
    entry = next(file for file in sorted((root / "papers").rglob("*.yaml")) if _is_explained(file))
    found: dict[str, list[float]] = {field.name: [] for field in fields(Row)}
    if not _compiled(root).exists():
        with tempfile.TemporaryDirectory() as cache:
            for command in (("validate",), ("show", entry.stem), ("search", "attention")):
                _looking(root, cache)(*command)
    for number in range(runs):
        with tempfile.TemporaryDirectory() as cache:
            look = _looking(root, cache)
            time.sleep(_YOUNG)
            found["parse"].append(cpu([sys.executable, "-c", _EVENTS], root, listed))
            found["cold"].append(look("validate"))
            found["warm"].append(look("validate"))
            look("show", entry.stem)
            look("search", "attention")
            found["click"].append(cpu([sys.executable, "-c", _CLICK], root))
            found["show"].append(look("show", entry.stem))
            found["search"].append(look("search", "attention"))
            found["help"].append(look("--help"))
            _change(entry, number)
            found["changed"].append(look("validate"))
    medians = {name: statistics.median(values) for name, values in found.items() if values}
    return Row(works=works, **medians)


def _is_explained(file: Path) -> bool:
    return " the " in file.read_text(encoding="utf-8").partition("summary")[2]


def _change(file: Path, number: int) -> None:
    """Change one word of a work's summary."""
    before, summary, rest = file.read_text(encoding="utf-8").partition("summary")
    rest = rest.replace(" the ", f" every{number} ", 1)
    file.write_text(f"{before}{summary}{rest}", encoding="utf-8")


def _compiled(root: Path) -> Path:
    """Return the folder of compiled code, which all bases of a run share."""
    return root.parent / "compiled"


def _looking(root: Path, cache: str) -> Callable[..., float]:
    def look(*words: str) -> float:
        # As where it is installed, code is compiled before: by first runs, which nobody counts.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(_compiled(root))}
        return cpu([*_REKB, *words], root, XDG_CACHE_HOME=cache, **compiled)

    return look


def table(rows: list[Row]) -> str:
    """Return the figures as Markdown."""
    python = ".".join(map(str, sys.version_info[:3]))
    named = ("rekb", "PyYAML", "pydantic", "click")
    versions = ", ".join([f"Python {python}", *(f"{name} {version(name)}" for name in named)])
    machine = f"{os.cpu_count()} cores and a load of {os.getloadavg()[1]:.0f}"
    lines = [
        HEADING,
        "",
        f"Written by `benchmarks/checks.py --record`. {versions}; medians of alternating runs, in CPU.",
        f"The machine had {machine}: compare ratios, not seconds.",
        "",
        f"| works | {' | '.join(COLUMNS)} | parse | import click |",
        f"| {' | '.join(['---'] * (len(COLUMNS) + 3))} |",
    ]
    for row in rows:
        cells = [
            *(f"{ratio:.2f}" for ratio in row.ratios().values()),
            f"{row.parse:.2f} s",
            f"{row.click:.3f} s",
        ]
        lines.append(f"| of {row.works} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def with_section(known: str, section: str) -> str:
    """Return the results with a new section on checks; the sections before and behind it stay."""
    before, _, behind = known.partition(HEADING)
    _, following, rest = behind.partition("\n## ")
    text = f"{before.rstrip()}\n\n{section}"
    if following:
        return f"{text}{following}{rest}"
    return text


def recorded(text: str) -> dict[tuple[int, str], float]:
    """Return the ratios that a table holds, by works, rounded so that a few new ones compare, and column."""
    found = {}
    for line in text.partition(HEADING)[2].splitlines():
        cells = line.strip("| ").split(" | ")
        if not cells[0].startswith("of "):
            continue
        works = round(int(cells[0].removeprefix("of ")), -2)
        for name, cell in zip(COLUMNS, cells[1:], strict=False):
            found[works, name] = float(cell)
    return found


def worse(rows: list[Row], before: Mapping[tuple[int, str], float]) -> list[str]:
    """Return what is worse than recorded by more than a third, a line each."""
    found = []
    for row in rows:
        for name, ratio in row.ratios().items():
            was = before.get((round(row.works, -2), name))
            if was and ratio > WORSE * was:
                found.append(f"{name} of {row.works} works: {ratio:.2f}, {was:.2f} recorded")
    return found


def main(arguments: list[str]) -> int:
    """Measure each size, and record or print; return 1 when a ratio is worse by a third than recorded."""
    real = len(list((ROOT / "papers").rglob("*.yaml")))
    sizes = [int(a) for a in arguments if a.isdigit()] or sorted({*SIZES, real})
    rows = []
    with tempfile.TemporaryDirectory() as room:
        for size in sizes:
            base = Path(room) / f"of {size}"
            rows.append(measured(base, grow_to(base, size), RUNS if size <= real else 1))
            print(rows[-1], flush=True)
    text = table(rows)
    print(text)
    known = RESULTS.read_text(encoding="utf-8")
    slower = worse(rows, recorded(known))
    for line in slower:
        print(f"slower than recorded by more than a third: {line}", file=sys.stderr)
    if "--record" in arguments:
        RESULTS.write_text(with_section(known, text), encoding="utf-8")
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
