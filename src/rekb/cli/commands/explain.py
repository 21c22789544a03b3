"""`rekb explain RULE`: why a rule exists, what breaks it, how to satisfy it."""

import click

from rekb.checks import ALL_RULES
from rekb.cli.shared.table import wrapped
from rekb.errors import RekbError
from rekb.meant import did_you_mean

_INDENT = 36
"""Where the reasons of all rules begin."""


def explain(name: str | None) -> int:
    """Print one rule's explanation, or the names of all rules.

    Raises:
        RekbError: for a name that no rule has.
    """
    if name is None:
        for rule in ALL_RULES.values():
            click.echo(wrapped(f"{rule.name:<26} {rule.severity:<8} {rule.why}", _INDENT))
        return 0
    found = ALL_RULES.get(name)
    if found is None:
        hint = did_you_mean(name, ALL_RULES) or "`rekb explain` without a name lists them"
        raise RekbError(f"there is no rule `{name}`: {hint}")
    click.echo(f"{found.name} ({found.severity})\n")
    for label, text in (("Why", found.why), ("Example", found.example), ("Fix", found.fix)):
        shown = click.wrap_text(text, width=80, initial_indent=f"{label + ':':<9}", subsequent_indent=" " * 9)
        click.echo(shown)
    if found.fixable:
        click.echo("\n`rekb validate --fix` fixes it where only one answer is possible.")
    return 0
