"""What `rekb validate --fix` and `--diff` do with the fixes: write them, or show them."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import click

from rekb.cli.shared.difference import unified
from rekb.diagnostics import Report
from rekb.kb import KnowledgeBase


def show_fixes(base: KnowledgeBase, report: Report, files: Collection[str]) -> int:
    """Print what would be fixed as a patch; return 1 when that is anything or a file is left, else 0."""
    from rekb.fixes import fixes  # noqa: PLC0415 - only a run that fixes pays for it

    found = fixes(base, list(report), files)
    for path, text in found.texts.items():
        click.echo(unified(base.documents[path].text, text, path), nl=False)
    # Standard output holds the patch alone, so that `git apply` can read it.
    for line in (*(f"would fix {fix}" for fix in found.reported), *(f"left {why}" for why in found.refused)):
        click.echo(line, err=True)
    if found.texts or found.refused:
        return 1
    return 0


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing a knowledge base did."""

    changed: bool
    """Whether a file was written."""
    left: bool
    """Whether a file was left as it is."""


def write_fixes(root: Path, base: KnowledgeBase, report: Report, files: Collection[str]) -> Fixed:
    """Fix files and say what was fixed, and what was left with why."""
    from rekb.cli.shared.saving import save  # noqa: PLC0415 - only a run that fixes pays for it
    from rekb.fixes import fixes  # noqa: PLC0415 - the same

    found = fixes(base, list(report), files)
    for path, text in found.texts.items():
        save(root, base.documents[path], text)
    for line in (*(f"fixed {fix}" for fix in found.reported), *(f"left {why}" for why in found.refused)):
        click.echo(line, err=True)
    return Fixed(bool(found.texts), bool(found.refused))
