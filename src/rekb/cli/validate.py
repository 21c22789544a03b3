"""`rekb validate`: read everything, apply every rule, print what was found."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rekb.checks import run
from rekb.cli.paths import chosen, limits
from rekb.diagnostics import Report, Severity
from rekb.load import load
from rekb.render import render


def validate(root: Path, form: str, paths: Sequence[str] = (), *, strict: bool = False) -> int:
    """Print all findings in the chosen form.

    Args:
        root: the knowledge base's folder.
        form: a name of `rekb.render.FORMS`.
        paths: files or folders to speak of; all when empty.
        strict: whether warnings count as failures.

    Returns:
        1 with findings that fail the run, else 0.
    """
    wanted = limits(root, paths)
    base, report = load(root)
    report.extend(run(base))
    shown = Report([d for d in report if chosen(d.place.path, wanted)])
    documents = {path: document for path, document in base.documents.items() if chosen(path, wanted)}
    click.echo(render(shown, documents, form, colour=_may_colour()), nl=False)
    return 1 if shown.failed or (strict and shown.count(Severity.WARNING)) else 0


def _may_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
