"""A knowledge base of another field: what `rekb init` makes, with levels and facets of other names."""

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


FACETS = """\
facets:
  habitat:
    title: Lives in
    help: Where it was seen
  soil-type:
    title: Soil
  hardware:
    title: Seen by
    help: Who looked
questions:
  - title: What lives in the forest?
    why: "These works saw it there."
    state:
      habitat: [forest]
    without:
      soil-type: [clay]
"""
WORDS = """\
habitat:
  - {id: forest, label: Forest, description: "Under trees."}
  - {id: town, label: Town, description: "Among houses."}
soil-type:
  - {id: clay, label: Clay, description: "Heavy soil."}
"""
SECOND = "papers/1990/moth1990lamps.yaml"
SECOND_TEXT = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: "Lamps in Towns"
kind: paper
authors:
  - "Moth, Ada"
records:
  - {venue: comjnl, year: 1990}
topics:
  - practice/tools
tags:
  habitat: [town, forest]
  soil-type: [clay]
added: 2026-11-25
"""


def with_own_facets(root: Path) -> Path:
    """Return the root of such a knowledge base with facets of its own, and without one of the built-in."""
    _change(root / "rekb.yaml", r"# Questions of the home page[^\n]*\nquestions:\n(?:  .*\n)+", FACETS)
    _change(root / "taxonomy/facets.yaml", r"modality:\n(?:  .*\n)+", WORDS)
    _change(root / ENTRY, r"modalities: \[text\]\n", "tags:\n  habitat: [forest]\n")
    (root / SECOND).parent.mkdir()
    (root / SECOND).write_text(SECOND_TEXT, encoding="utf-8")
    return root
