"""What can be called, with which options and help; only click is imported here, so `--help` is quick."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from rekb.about import __version__
from rekb.cli.app.grouped import Grouped
from rekb.cli.shared.manual import ENVIRONMENT

F = TypeVar("F", bound=Callable[..., Any])

REPORT_FORMS = ("text", "json", "github", "sarif", "junit")
"""Names of `rekb.reports.FORMS`, written out so that help needs no import; a test compares them."""
TEXT_OR_JSON = ("text", "json")
"""What people read, and what programs read."""
LAYOUTS = ("list", "index")
"""What the Markdown export can be: one file, or a folder that a code host shows."""
EXPORT_FORMS = ("bibtex", "ris", "csl-json", "json", "csv", "sqlite", "markdown", "parquet")
"""Names of `rekb.exports.ALL_EXPORTERS`, for the same reason."""

# Click checks only that it is no file: a folder that is missing gets the message of the command.
_FOLDER = click.Path(file_okay=False, path_type=Path)
_ROOT_HELP = "The knowledge base's folder (default: the current one)."


def _keep_root(context: click.Context, _: click.Parameter, root: Path | None) -> Path | None:
    if root is not None:
        context.find_root().obj = root
    return root


def command(name: str, **settings: Any) -> Callable[[F], click.Command]:
    """Declare a command; `--root` may stand before it or after it."""

    def declare(function: F) -> click.Command:
        option = click.option(
            "--root", type=_FOLDER, callback=_keep_root, expose_value=False, help=_ROOT_HELP
        )
        made: click.Command = cli.command(name, **settings)(option(function))
        return made

    return declare


def _root() -> Path:
    """Return the knowledge base's folder: the one that `--root` names, else the nearest from here upwards."""
    given: Path | None = click.get_current_context().find_root().obj
    if given is not None:
        return given
    here = Path.cwd()
    if _is_base(here):
        return Path()
    for folder in here.parents:
        if _is_base(folder):
            return folder
    return Path()


def _is_base(folder: Path) -> bool:
    """Whether a folder holds a knowledge base."""
    if not (folder / "taxonomy").is_dir():
        return False
    return (folder / "papers").is_dir()


def _narrows(function: F) -> F:
    """Give a command the options that narrow its works: the query language of the explore page."""
    whole = click.option("--query", default="", help="A query as the explore page's address has it.")
    facet = click.option(
        "--facet", "facets", multiple=True, help="NAME=WORD, such as code=official or not-year=2022."
    )
    return facet(whole(function))


# Left to itself, click wraps help at 80 letters and knows no `-h`.
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True}


@click.group(cls=Grouped, context_settings=_SETTINGS, epilog=ENVIRONMENT)
@click.version_option(__version__, prog_name="rekb")
@click.option("--root", type=_FOLDER, callback=_keep_root, expose_value=False, help=_ROOT_HELP)
def cli() -> None:
    """Keep a survey as a living knowledge base: one YAML file per work.

    Commands exit with 0 when all is well, 1 with findings, 2 when the run could not go on.

    Example: rekb validate
    """


@command("validate")
@click.option("--format", "form", type=click.Choice(REPORT_FORMS), default="text", help="How to print.")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), help="The file to write.")
@click.option(
    "--changed-since", "since", metavar="REV", help="Only what changed since, and what that caused."
)
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "hint"]), help="What fails the run [error]."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--fix", is_flag=True, help="Fix what is certain, then report what is left.")
@click.option("--diff", is_flag=True, help="Print what --fix would change; write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what fails the run.")
@click.option("--full", is_flag=True, help="On a terminal, print findings that are many of a kind, too.")
@click.argument("paths", nargs=-1)
def validate(  # noqa: PLR0913 - one for each option
    form: str, output: Path | None, since: str | None, fail_on: str | None, paths: Sequence[str],
    *, strict: bool, fix: bool, diff: bool, quiet: bool, full: bool,
) -> int:  # fmt: skip
    """Check every file against every rule.

    With PATHS, only findings in these files and folders are printed; all files are read nevertheless.
    With --changed-since, findings in files that differ from where this branch left REV, new files included,
    and those that the change caused in other files, such as a relation to an entry that is gone.
    docs/schema/findings.json describes the JSON.

    Example: rekb validate papers --format github
    """
    from rekb.cli.commands.validate import Wanted  # noqa: PLC0415 - a command pays for its own imports
    from rekb.cli.commands.validate import validate as run  # noqa: PLC0415 - the same
    from rekb.diagnostics import Severity  # noqa: PLC0415 - the same

    limit = Severity(fail_on or ("warning" if strict else "error"))
    wanted = Wanted(form, tuple(paths), since, limit, output, quiet=quiet, full=full, fix=fix, diff=diff)
    return run(_root(), wanted)


@command("fmt")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@click.option("--diff", is_flag=True, help="As --check, and print what would change as a patch.")
@click.argument("paths", nargs=-1)
def fmt(paths: Sequence[str], *, check: bool, diff: bool) -> int:
    """Rewrite data files in the one canonical style.

    Values and comments stay; files with faults are left as they are.

    Example: rekb fmt papers taxonomy
    """
    from rekb.cli.commands.fmt import fmt as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), paths, check=check or diff, diff=diff)


@command("levels")
@click.option("--dry-run", is_flag=True, help="Write nothing; say which files would change.")
@click.argument("renames", nargs=-1, metavar="[OLD=NEW]...")
def levels(renames: Sequence[str], *, dry_run: bool) -> int:
    """Rename reading levels in all files, or say which files do not fit those of rekb.yaml.

    Each OLD=NEW renames a level in rekb.yaml and in every entry and topic that has a text for it; OLD= takes
    these texts out. Without any, the files that have texts for other levels, or lack one, are named.

    Example: rekb levels practitioner= --dry-run
    """
    from rekb.cli.commands.levels import levels as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), renames, dry_run=dry_run)


@command("explain")
@click.argument("rule", required=False)
def explain(rule: str | None) -> int:
    """Say why a rule exists, what breaks it and how to satisfy it.

    Without RULE, all rules are listed.

    Example: rekb explain unknown-topic
    """
    from rekb.cli.commands.explain import explain as run  # noqa: PLC0415 - a command pays for its own imports

    return run(rule)


@command("show")
@click.option("--level", help="Only this reading level, by its name in rekb.yaml.")
@click.option("--format", "form", type=click.Choice(TEXT_OR_JSON), default="text", help="How to print.")
@click.argument("key")
def show(key: str, level: str | None, form: str) -> int:
    """Print an entry as plain text, or as JSON: docs/schema/show.json.

    KEY is its citation key, the name of the work, or one of its identifiers:
    `rekb show "Literate Programming"`, `rekb show arXiv:2205.14135`.

    Example: rekb show KEY --level plain
    """
    from rekb.cli.commands.show import show as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), key, level, form)


@command("search")
@click.option("--limit", type=click.IntRange(1), default=20, help="Most entries to print.")
@_narrows
@click.option("--format", "form", type=click.Choice(TEXT_OR_JSON), default="text", help="How to print.")
@click.argument("words", nargs=-1)
def search(words: Sequence[str], limit: int, facets: Sequence[str], query: str, form: str) -> int:
    """Find works as the site's search boxes do, best first, or by facets.

    WORDS are names, systems, words or their beginnings, authors, topics, a venue with its year, an identifier
    or an address. A word that is found nowhere may hold a slip. Facets are those of the explore page:
    docs/reference/query.md. docs/schema/search.json describes the JSON.

    Example: rekb search WORDS --facet not-code=official --limit 5
    """
    from rekb.cli.commands.search import search as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), " ".join(words), limit, facets, query, form)


@command("bibliography")
@click.option("--write", is_flag=True, help="Put the published records in place of preprints.")
@click.option("--format", "form", type=click.Choice(TEXT_OR_JSON), default="text", help="How to print.")
@click.argument("file", type=click.Path(path_type=Path))
def bibliography(file: Path, form: str, *, write: bool) -> int:
    """Say which works that a paper cites as preprints have appeared since.

    FILE is a BibTeX file. Entries are known by identifier or title; those that are named twice or cannot be
    read are reported, too. With --write, entries keep their keys, and all else stays as it is.

    Example: rekb bibliography paper.bib
    """
    from rekb.cli.commands.bibliography import bibliography as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), file, form, write=write)


@command("numbers")
@click.option("--metric", help="An id of taxonomy/metrics.yaml.")
@click.option("--model", help="An id of taxonomy/models.yaml.")
@click.option("--device", help="An id of taxonomy/devices.yaml.")
@click.option("--resource", help="What the metric is about, a resource of taxonomy/facets.yaml.")
@click.option("--phase", help="When, a phase of taxonomy/facets.yaml.")
@click.option("--entry", help="A citation key.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
def numbers(form: str, **asked: str | None) -> int:
    """Print reported results, each with its conditions and source; several options narrow.

    They are never ranked: numbers of different works were mostly measured under different conditions.
    docs/schema/numbers.json describes the JSON.

    Example: rekb numbers --entry KEY --format csv
    """
    from rekb.cli.commands.numbers import print_numbers  # noqa: PLC0415 - a command pays for its own imports
    from rekb.kb.numbers import Asked  # noqa: PLC0415 - the same

    return print_numbers(_root(), Asked(**asked), form)


@command("mcp")
def mcp() -> int:
    """Answer programs that speak the Model Context Protocol, on standard input and output.

    Tools: find, show, numbers, compare, cite and verify_citation, each with answers of at most 1.5 kB.
    Nothing is written, and no other host is asked. Needs the extra `rekb[mcp]`; docs/guide/agents.md says
    how a client is set up.

    Example: rekb mcp
    """
    from rekb.cli.commands.mcp import serve_tools  # noqa: PLC0415 - a command pays for its own imports

    return serve_tools(_root())


@command("stats")
@click.option("--coverage", "with_coverage", is_flag=True, help="Say what is missing, too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def stats(form: str, *, with_coverage: bool) -> int:
    """Count what the knowledge base holds.

    Example: rekb stats --coverage
    """
    from rekb.cli.commands.stats import stats as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), form, with_coverage=with_coverage)


@command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORT_FORMS))
@click.option("--topic", "topics", multiple=True, help="A topic id, with all topics below it.")
@click.option("--key", "keys", multiple=True, help="A citation key.")
@_narrows
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), help="The file to write.")
@click.option(
    "--layout", type=click.Choice(LAYOUTS), default="list", help="Of Markdown: a file, or a folder."
)
def export(
    form: str, topics: Sequence[str], keys: Sequence[str], facets: Sequence[str], query: str,
    output: Path | None, layout: str,
) -> int:  # fmt: skip
    """Write entries for other tools: bibtex, ris, csl-json, json, csv, sqlite, markdown, parquet.

    Without --output, to standard output. Words of one facet widen the choice, different facets narrow it, and
    `not-` before a name leaves out; all as on the explore page: docs/reference/query.md.

    `rekb export markdown --layout index -o index` writes a folder that a code host shows without a build: the
    topic tree with counts, and for each area the works with links to their pages and data files.

    Example: rekb export bibtex --topic TOPIC -o topic.bib
    """
    from rekb.cli.commands.export import export as run  # noqa: PLC0415 - a command pays for its own imports
    from rekb.exports import Selection  # noqa: PLC0415 - the same

    return run(_root(), form, Selection(tuple(topics), tuple(keys), tuple(facets), query), output, layout)


@command("build")
@click.option("--strict/--no-strict", default=True, help="Fail on MkDocs' warnings.")
@click.option("--clean", is_flag=True, help="Make every page, also those that stay as they are.")
@click.option("--offline", is_flag=True, help="Write the offline copy too: downloads/offline.zip.")
def build(*, strict: bool, clean: bool, offline: bool) -> int:
    """Make the site into site/.

    What would be as the last build made it stays; the bytes are those of a build from nothing.

    Example: rekb build
    """
    from rekb.cli.commands.site import build as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), strict=strict, clean=clean, offline=offline)


@command("serve")
@click.option("--address", default="127.0.0.1:8000", help="Host and port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(address: str, *, open_browser: bool) -> int:
    """Serve the site, and make it anew when a file changes.

    Example: rekb serve --address 127.0.0.1:8080
    """
    from rekb.cli.commands.site import serve as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), address, open_browser=open_browser)


@command("materialize")
@click.argument("directory", type=_FOLDER)
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "properdocs", "materialx", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="The program that is to build it.",
)
def materialize(directory: Path, engine: str) -> int:
    """Write the site's pages into DIRECTORY as a plain project of another engine.

    It needs no plugin of ours. Build it with that engine, then run `rekb finish` on it.

    Example: rekb materialize ../plain --engine zensical
    """
    from rekb.cli.commands.site import materialize as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), directory, engine)


@command("finish")
@click.argument("directory", type=_FOLDER)
def finish(directory: Path) -> int:
    """Finish the site that an engine built in DIRECTORY, which `rekb materialize` wrote.

    Each page gets its content policy; the offline copy is packed.

    Example: rekb finish ../plain
    """
    from rekb.cli.commands.finish import finish as run  # noqa: PLC0415 - a command pays for its own imports

    return run(directory)


@command("generate")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file is stale.")
def generate(*, check: bool) -> int:
    """Write the schemas and reference pages that follow from code and taxonomy.

    Example: rekb generate --check
    """
    from rekb.cli.commands.generate import generate as run  # noqa: PLC0415 - a command pays for its own imports

    return run(_root(), cli, check=check)
