"""The command by which a knowledge base begins, declared as those of `commands`."""

from collections.abc import Callable
from pathlib import Path

import click

from rekb.cli.app.commands import F, cli

DATA_LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "ODC-By-1.0")
"""Names of `rekb.scaffold.LICENCES`, written out so that help needs no import; a test compares them."""


def _wish(*names: str, metavar: str = "TEXT", help_text: str) -> Callable[[F], F]:
    """Return an option whose text is empty when nothing was said."""
    return click.option(*names, default="", metavar=metavar, help=help_text)


@cli.command("init")
@_wish("--title", help_text="The name of the survey and its site (default: made of the folder's name).")
@_wish("--description", help_text="What it is, in one sentence.")
@_wish("--repo-url", metavar="URL", help_text="Where the repository will live.")
@_wish(
    "--site-url",
    metavar="URL",
    help_text="Where the site will live (default: the repository's GitHub pages).",
)
@_wish("--colour", metavar="#RRGGBB", help_text="The accent; shades with enough contrast are made of it.")
@click.option("--licence", type=click.Choice(DATA_LICENCES), help="Of facts and texts (default: CC-BY-4.0).")
@_wish("--author", "--owner", "owner", metavar="NAME", help_text="Who holds the rights and is cited.")
@_wish("--rekb", "requirement", metavar="REQUIREMENT", help_text="How pip finds this tool; see above.")
@click.option(
    "--from", "source", metavar="FILE", help="A list in Markdown or a library; the base is made of it."
)
@click.option("--offline", is_flag=True, help="With --from: ask no other host about its works.")
@click.option("--today", metavar="DAY", help="The day to write, YYYY-MM-DD (default: today).")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def init(  # noqa: PLR0913 - one for each option
    directory: Path, *, title: str, description: str, repo_url: str, site_url: str, colour: str,
    licence: str | None, owner: str, requirement: str, source: str | None, offline: bool, today: str | None,
    yes: bool,
) -> int:  # fmt: skip
    """Make a repository for the knowledge base of another survey.

    DIRECTORY must be new or empty. It gets data that validates, a site that builds and tests that pass:
    topics, vocabularies and a sample entry to replace, pages, colours, licences, and workflows that check
    and publish. On a terminal, what no option says is asked. No other host is asked, unless with --from.

    With --from, the samples are left out: topics are made of the headings of FILE, venues of the names in it,
    and its works become drafts at their leaves. What is doubted is reported by reason.

    REQUIREMENT is a line of requirements.txt that starts with rekb, such as `rekb==1.0` or
    `rekb @ git+https://host/owner/rekb@COMMIT`, or the path of a wheel or a checkout. The default is the
    commit that this tool was installed from or, failing that, the tag of its version.

    Example: rekb init my-survey --licence CC0-1.0 --yes
    """
    from rekb.cli.commands.init import Wishes  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.commands.init import init as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import day  # noqa: PLC0415 - the same

    wishes = Wishes(
        day(today), title, description, site_url, repo_url, colour, licence or "", owner, requirement, yes=yes
    )
    return run(directory, wishes, source, offline=offline)
