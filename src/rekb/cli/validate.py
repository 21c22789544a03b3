"""`rekb validate`: read everything, apply every rule, print what was found."""

from pathlib import Path

import click

from rekb.checks import run
from rekb.load import load
from rekb.render import render


def validate(root: Path, form: str, paths: tuple[str, ...] = ()) -> int:
    """Print all findings in the chosen form; return 0 or 1."""
    base, report = load(root)
    report.extend(run(base))
    if paths:
        report.diagnostics = [d for d in report.diagnostics if any(d.place.path.startswith(p) for p in paths)]
    click.echo(render(report, base.documents, form), nl=False)
    return 1 if report.failed else 0
