"""The commands by which the knowledge base grows and stays true, declared as those in `rekb.cli.commands`."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from rekb.cli.commands import F, _root, command


def _asks_hosts(function: F) -> F:
    """Give a command the options of those that ask other hosts."""
    options: tuple[Callable[[Any], Any], ...] = (
        click.option("--mailto", metavar="ADDRESS", help="Whom hosts may write to (or set REKB_MAILTO)."),
        click.option("--no-cache", is_flag=True, help="Neither read nor keep answers of other hosts."),
        click.option("--today", metavar="DAY", help="The day to write, YYYY-MM-DD (default: today)."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@command("add")
@click.option("--topic", "topics", multiple=True, help="A leaf of the topic tree; the first is primary.")
@click.option("--venue", help="The venue's id, where the source's spelling of it is not known.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the topic that fits best.")
@click.option("--dry-run", is_flag=True, help="Print the file instead of writing it.")
@_asks_hosts
@click.argument("source", required=False)
def add(  # noqa: PLR0913 - one for each option
    source: str | None, topics: Sequence[str], venue: str | None, mailto: str | None, today: str | None,
    *, no_cache: bool, yes: bool, dry_run: bool,
) -> int:  # fmt: skip
    """Add a work: look it up and write its entry file with the blanks marked.

    SOURCE is an arXiv id, a DOI, an OpenReview or ACL Anthology id, the address of any of them, BibTeX, a
    file of it, or - for standard input. With BibTeX no other host is asked.

    Example: rekb add 2205.14135 --topic architectures/efficient-attention/exact-attention
    """
    from rekb.cli.add import Choices  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.add import add as run  # noqa: PLC0415 - the same
    from rekb.cli.lookups import day, services  # noqa: PLC0415 - the same

    choices = Choices(day(today), tuple(topics), venue, yes=yes, dry_run=dry_run)
    return run(_root(), source, choices, lambda: services(mailto, cached=not no_cache))
