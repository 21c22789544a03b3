"""The made-up knowledge base under tests/fixtures/kb, and copies of it with one thing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

from rekb.checks import run
from rekb.diagnostics import Diagnostic, Report
from rekb.loading.loader import load

KB = Path(__file__).parent / "fixtures" / "kb"
TILE = "papers/2022/moth2022tile.yaml"
SPARSE = "papers/2020/moth2020sparse.yaml"
GUESS = "papers/2021/nobody2021guess.yaml"
LARDER = "papers/2021/cachecrew2021larder.yaml"
REPORT = "papers/2023/cachecrew2023larder.yaml"
GIANT = "papers/2023/solo2023giant.yaml"
ATTENTION = "taxonomy/topics/architectures/attention.yaml"
CACHING = "taxonomy/topics/systems/serving/caching.yaml"
VENUES = "taxonomy/venues.yaml"
FACETS = "taxonomy/facets.yaml"
CONFIG = "rekb.yaml"

Change = Callable[[Path], object]


def copy(tmp_path: Path, *changes: Change) -> Path:
    """Return the root of a copy with these changes."""
    root = tmp_path / "kb"
    shutil.copytree(KB, root)
    for change in changes:
        change(root)
    return root


def replaced(file: str, old: str, new: str) -> Change:
    """Return the change that replaces the one place where `old` stands in a file."""

    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def added(file: str, text: str) -> Change:
    """Return the change that puts text at the end of a file, which it makes where there is none."""

    def change(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        with (root / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def configured(text: str) -> Change:
    """Return the change that gives the knowledge base a rekb.yaml of this text."""
    return added(CONFIG, f"# yaml-language-server: $schema=docs/schema/config.json\n{text}\n")


def moved(file: str, target: str) -> Change:
    """Return the change that moves a file."""

    def change(root: Path) -> None:
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        (root / file).rename(root / target)

    return change


def removed(file: str) -> Change:
    """Return the change that deletes a file."""
    return lambda root: (root / file).unlink()


def findings(root: Path) -> list[Diagnostic]:
    """Return everything that is found in a knowledge base, in order."""
    base, report = load(root)
    report.extend(run(base))
    return list(report)


def reported(root: Path, *, but: str = "incomplete-entry") -> list[str]:
    """Return the findings as ``path:line:column rule``, one rule left out."""
    return [
        f"{d.place.path}:{d.place.line}:{d.place.column} {d.rule}" for d in findings(root) if d.rule != but
    ]


def report_of(*diagnostics: Diagnostic) -> Report:
    """Return a report of these findings."""
    return Report(list(diagnostics))
