"""A knowledge base of another field: what `rekb init` makes, with levels of other names."""

import re
from pathlib import Path

from click.testing import CliRunner

from rekb.cli import cli

ENTRY = "papers/1984/knuth1984literate.yaml"
TOPIC = "taxonomy/topics/practice/tools.yaml"
LEVELS = """\
levels:
  easy:
    label: Easy
    audience: for walkers
    entry: {fewest: 20, most: 90}
    topic: {fewest: 10, most: 140}
    hardest_grade: 12
  deep-dive:
    label: Deep dive
    audience: for ecologists
    entry: {fewest: 20, most: 140}
    topic: {fewest: 10, most: 400}
"""


def other_field(target: Path) -> Path:
    """Return the root of a new knowledge base whose summaries have the levels `easy` and `deep-dive`."""
    result = CliRunner().invoke(
        cli, ["init", str(target), "--yes", "--today", "2026-11-25"], standalone_mode=False
    )
    assert result.return_value == 0, result.exception
    _change(target / "rekb.yaml", r"levels:\n(?:  .*\n)+", LEVELS)
    for file in (*target.glob("papers/*/*.yaml"), *target.glob("taxonomy/topics/**/*.yaml")):
        _change(file, r"  practitioner: .*\n(?:    .*\n)+", "")
        _change(file, r"  plain:", "  easy:")
        _change(file, r"  expert:", "  deep-dive:")
    return target


def _change(file: Path, old: str, new: str) -> None:
    text, count = re.subn(old, lambda _: new, file.read_text(encoding="utf-8"))
    assert count == 1, f"{old} stands {count} times in {file}"
    file.write_text(text, encoding="utf-8")
