"""The commands by which the knowledge base grows and stays true, declared as those of `commands`."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekb.cli.app.commands import F, _root, command

SOURCE_FORMS = ("bibtex", "ris", "csl-json", "markdown")
"""Names of `rekb.sources.formats.FORMS`, written out so that help needs no import; a test compares them."""
PROPOSAL_FORMS = ("text", "json", "markdown")
"""Names of `rekb.upkeep.proposals.REPORTS`, for the same reason."""


def _asks_hosts(function: F) -> F:
    """Give a command the option of those that ask other hosts."""
    return click.option("--mailto", metavar="ADDRESS", help="Whom hosts may write to (or set REKB_MAILTO).")(
        function
    )


def _caches(function: F) -> F:
    """Give a command the option of those that keep answers."""
    return click.option("--no-cache", is_flag=True, help="Neither read nor keep answers of other hosts.")(
        function
    )


def _dates(function: F) -> F:
    """Give a command the option of those that write a day."""
    return click.option("--today", metavar="DAY", help="The day to write, YYYY-MM-DD (default: today).")(
        function
    )


@command("add")
@click.option("--topic", "topics", multiple=True, help="A leaf of the topic tree; the first is primary.")
@click.option("--venue", help="The venue's id, where the source's spelling of it is not known.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the topic that fits best.")
@click.option("--dry-run", is_flag=True, help="Print the file instead of writing it.")
@_asks_hosts
@_caches
@_dates
@click.argument("source", required=False)
def add(  # noqa: PLR0913 - one for each option
    source: str | None, topics: Sequence[str], venue: str | None, mailto: str | None, today: str | None,
    *, no_cache: bool, yes: bool, dry_run: bool,
) -> int:  # fmt: skip
    """Add a work: look it up and write its entry file with the blanks marked.

    SOURCE is an arXiv id, a DOI, an OpenReview or ACL Anthology id, the address of any of them, BibTeX, a
    file of it, or - for standard input. With BibTeX no other host is asked.

    Example: rekb add work.bib --dry-run
    """
    from rekb.cli.commands.add import Choices  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.commands.add import add as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import day, services  # noqa: PLC0415 - the same

    choices = Choices(day(today), tuple(topics), venue, yes=yes, dry_run=dry_run)
    return run(_root(), source, choices, lambda: services(mailto, cached=not no_cache))


@command("from-issue")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="The file for the report, in Markdown."
)
@click.option("--dry-run", is_flag=True, help="Report only, write nothing.")
@_asks_hosts
@_caches
@_dates
@click.argument("file")
def from_issue(
    file: str, report: Path | None, mailto: str | None, today: str | None, *, no_cache: bool, dry_run: bool
) -> int:
    """Add the work that the issue form "Suggest a work" names, as `rekb add` does.

    FILE holds the issue's body as GitHub shows it, - is standard input. The body is untrusted: it is read as
    the form's answers and nothing else, and whatever it claims is marked for a person to look at.

    Example: rekb from-issue form.md --report report.md
    """
    from rekb.cli.commands.add import Choices  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.commands.from_issue import from_issue as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import day, services  # noqa: PLC0415 - the same

    choices = Choices(day(today), yes=True, dry_run=dry_run)
    return run(_root(), file, choices, report, lambda: services(mailto, cached=not no_cache))


@command("import")
@click.option("--topic", "topics", multiple=True, help="A leaf for every new entry; the first is primary.")
@click.option("--from", "source_form", type=click.Choice(SOURCE_FORMS), help="The form of the files.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--offline", is_flag=True, help="Ask no other host; works without authors are doubted.")
@click.option("--make-topics", is_flag=True, help="Make the topics that the headings of a list name.")
@click.option("--make-venues", is_flag=True, help="Make the venues that works name and that are missing.")
@click.option("--dry-run", is_flag=True, help="Report only, write nothing.")
@_asks_hosts
@_caches
@_dates
@click.argument("files", nargs=-1, required=True)
def import_works(  # noqa: PLR0913 - one for each option
    files: Sequence[str], topics: Sequence[str], source_form: str | None, form: str, mailto: str | None,
    today: str | None, *, offline: bool, make_topics: bool, make_venues: bool, dry_run: bool,
    no_cache: bool,
) -> int:  # fmt: skip
    """Import files of works: BibTeX, RIS, CSL-JSON, or a list of papers in Markdown.

    New works become draft entries, works that are there gain what they lack, and the report names the line of
    each. A second run adds nothing. A list in Markdown rarely names authors, so its works are looked up;
    where nobody can be asked, drafts hold what the list says. docs/schema/import.json describes the JSON.

    Example: rekb import library.bib awesome.md --dry-run
    """
    from rekb.cli.commands.import_works import Choices, import_files  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.shared.lookups import day, services  # noqa: PLC0415 - the same

    choices = Choices(
        day(today), tuple(topics), source_form, form, offline=offline, dry_run=dry_run,
        make_topics=make_topics, make_venues=make_venues,
    )  # fmt: skip
    return import_files(_root(), files, choices, lambda: services(mailto, cached=not no_cache))


def _reports(function: F) -> F:
    """Give a command the options of those that propose changes."""
    form = click.option(
        "--format", "form", type=click.Choice(PROPOSAL_FORMS), default="text", help="How to report."
    )
    write = click.option("--write", is_flag=True, help="Write the proposed changes into the files.")
    return form(write(function))


@command("refresh")
@_reports
@_asks_hosts
@_caches
@click.argument("keys", nargs=-1)
def refresh(keys: Sequence[str], form: str, mailto: str | None, *, write: bool, no_cache: bool) -> int:
    """Ask what became of works: published preprints, code that appeared or moved, newer versions.

    Crossref is asked about entries that are preprints only; titles must agree letter by letter. Code is
    written only when a record names it and its page names the work. A newer version is reported, never
    written. Without KEYS, all entries are asked after. Nothing is changed without --write.
    docs/schema/proposals.json describes the JSON.

    Example: rekb refresh KEY --format markdown
    """
    from rekb.cli.commands.upkeep import Wanted  # noqa: PLC0415 - the same
    from rekb.cli.commands.upkeep import refresh as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import services  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), keys, Wanted(form, write), services(mailto, cached=not no_cache))


@command("check-links")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Where failures are kept.")
@_reports
@_asks_hosts
@_dates
def check_links(state: Path | None, form: str, mailto: str | None, today: str | None, *, write: bool) -> int:
    """Look at every address in the data.

    Failures are kept with their days in a file (.rekb/links.json); an address is called dead after three
    failures over at least two weeks. What moved for good is proposed, and changed with --write.
    docs/schema/proposals.json describes the JSON.

    Example: rekb check-links --today 2026-11-24 --format json
    """
    from rekb.cli.commands.upkeep import Wanted  # noqa: PLC0415 - the same
    from rekb.cli.commands.upkeep import check_links as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import day, transport  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), state, Wanted(form, write), day(today), transport(mailto))


@command("watch")
@click.option("--limit", type=click.IntRange(1), default=20, help="Most works to print.")
@click.option("--format", "form", type=click.Choice(PROPOSAL_FORMS), default="text", help="How to print.")
@click.option(
    "--draft", "drafts", type=click.IntRange(0), default=0, help="Draft the entries of so many works."
)
@click.option("--record", is_flag=True, help="Write what the lists name into taxonomy/candidates.json.")
@click.option(
    "--offline", is_flag=True, help="Ask no other host: read the files given, and what is recorded."
)
@click.option("--decline", metavar="ID", help="Write down that this work does not belong here.")
@click.option("--because", metavar="REASON", help="Why it is declined: a reason of taxonomy/declined.yaml.")
@click.option("--note", help="What is to be said of a declined work beyond the reason.")
@_asks_hosts
@_caches
@_dates
@click.argument("files", nargs=-1, metavar="[LIST=FILE]...")
def watch(  # noqa: PLR0913 - one for each option
    files: Sequence[str], limit: int, form: str, drafts: int, mailto: str | None, today: str | None,
    *, decline: str | None, because: str | None, note: str | None, record: bool, offline: bool,
    no_cache: bool,
) -> int:  # fmt: skip
    """Look for new works in the lists, archives and proceedings that rekb.yaml watches.

    Works that are neither entered nor declined are printed, the most promising first: those that many lists
    name and that read like the works here, unlike those that were declined. A FILE is read in place of the
    address of its LIST. With --decline, nothing is looked for: the decision is written down, and the work is
    never proposed again. docs/schema/watch.json describes the JSON.

    Example: rekb watch --offline --format json
    """
    from rekb.cli.commands.watch import Wanted  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.commands.watch import decline as refuse  # noqa: PLC0415 - the same
    from rekb.cli.commands.watch import watch as run  # noqa: PLC0415 - the same
    from rekb.cli.shared.lookups import day, services  # noqa: PLC0415 - the same

    if (decline is None) != (because is None):
        raise click.UsageError("--decline ID and --because REASON go together")
    if decline is not None and because is not None:
        return refuse(_root(), decline, because, note, day(today))
    wanted = Wanted(day(today), form, limit, drafts, record=record, offline=offline)
    return run(_root(), files, wanted, lambda: services(mailto, cached=not no_cache))
