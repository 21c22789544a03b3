"""What `rekb validate --fix` and `--diff` do with the fixes: write them, or show them."""

from collections.abc import Collection
from pathlib import Path

import click

from rekb.cli.shared.difference import unified
from rekb.diagnostics import Report
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase


def show_fixes(base: KnowledgeBase, report: Report, files: Collection[str]) -> int:
    """Print what would be mended as a patch; return 1 when that is anything, else 0."""
    from rekb.fixes import fixes  # noqa: PLC0415 - only a run that fixes pays for it

    found = fixes(base, list(report), files)
    for shown, text in found.texts.items():
        click.echo(unified(base.documents[shown].text, text, shown), nl=False)
    for line in (*(f"would mend {told}" for told in found.told), *(f"left {why}" for why in found.refused)):
        click.echo(line, err=True)
    return 1 if found.texts else 0


def write_fixes(root: Path, base: KnowledgeBase, report: Report, files: Collection[str]) -> bool:
    """Mend files, say what was mended, and return whether there was anything."""
    from rekb.files import write_file  # noqa: PLC0415 - only a run that fixes pays for it
    from rekb.fixes import fixes  # noqa: PLC0415 - the same

    found = fixes(base, list(report), files)
    for shown, text in found.texts.items():
        if (root / shown).read_bytes() != base.documents[shown].text.encode():
            raise RekbError(f"{shown} changed while it was read; run again")
        write_file(root / shown, text.encode())
    for line in (*(f"mended {told}" for told in found.told), *(f"left {why}" for why in found.refused)):
        click.echo(line, err=True)
    return bool(found.texts)
