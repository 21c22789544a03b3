"""`rekb init`: a new repository for the knowledge base of another survey."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from rekb.cli.commands.import_works import Choices, import_files, list_title, refuse_empty
from rekb.cli.shared.lookups import services
from rekb.files import write_file
from rekb.loading.loader import load
from rekb.reference import schemas
from rekb.scaffold import LICENCES, Plan, default_requirement, write_scaffold
from rekb.scaffold.plan import is_placeholder, name_in_address, requirement_of, site_of, title_of
from rekb.scaffold.writing import refuse_occupied
from rekb.text import amount

_THEN = "fill what is marked TODO in the drafts below papers/, and look at taxonomy/venues.yaml"
_PLACEHOLDER = """
note: requirements.txt asks for `{requirement}`,
  a placeholder from which nothing can be installed. Before `make serve`, write there where you have the tool:
    rekb @ file:///path/to/rekb-0.1.0-py3-none-any.whl    a wheel
    rekb @ file:///path/to/rekb                           a checkout
    rekb @ git+https://host/owner/rekb@COMMIT             a repository
  `rekb init --rekb PATH` writes the first two for you."""
COLOUR = "#0a6b62"
_DESCRIPTION = "A living survey: every work checked, compared and ready to cite."
_OF_A_LIST = "A living survey: works by topic, searched, compared and ready to cite."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about the new knowledge base; empty where nothing was said."""

    today: date
    title: str = ""
    description: str = ""
    site_url: str = ""
    repo_url: str = ""
    colour: str = ""
    licence: str = ""
    owner: str = ""
    requirement: str = ""
    yes: bool = False
    """Whether nothing is asked."""


def init(target: Path, wishes: Wishes, source: str | None = None, *, offline: bool = False) -> int:
    """Make a knowledge base in a new folder and say what to do next.

    Args:
        target: the folder.
        wishes: what was asked for.
        source: a list or library that the base is made of, in place of samples.
        offline: whether no other host is asked about the works of `source`.

    Returns:
        1 when a work of `source` is doubted, else 0.

    Raises:
        RekbError: when the folder is not empty, `source` holds no work, or a wish cannot be met.
    """
    target = target.resolve()
    # Both before the first question, so that nobody answers for nothing.
    refuse_occupied(target)
    if source is not None:
        refuse_empty(source)
    named = list_title(source) if source is not None else ""
    # Nobody has checked the works of a list yet, so the site does not say that.
    described = _DESCRIPTION if source is None else _OF_A_LIST
    plan = _plan(named or title_of(target.name), target.name, wishes, described).checked()
    written = write_scaffold(target, plan, samples=source is None)
    name = _shown(target)
    click.echo(f"made {name} with {amount(len(written), 'file')}", err=True)
    status = 0
    if source is not None:
        choices = Choices(wishes.today, report="short", offline=offline, make_topics=True, make_venues=True)
        status = import_files(target, [source], choices, lambda: services(None, cached=True))
        _write_schemas(target)
    if is_placeholder(plan.requirement):
        click.echo(_PLACEHOLDER.format(requirement=plan.requirement), err=True)
    then = "put your topics below taxonomy/topics/ and run `rekb import LIST`" if source is None else _THEN
    click.echo(
        f"\nnext:\n  cd {name}\n  git init -b main && git add -A && git commit -m 'A new knowledge base'\n"
        f"  make serve     # http://127.0.0.1:8000/\n\nthen {then}; README.md says more",
        err=True,
    )
    return status


def _write_schemas(target: Path) -> None:
    """Write the schemas again, by which editors complete the topics and venues that were made."""
    base, _ = load(target)
    for path, text in schemas(base).items():
        write_file(target / path, text.encode())


def _shown(target: Path) -> str:
    if target.is_relative_to(Path.cwd()):
        return str(target.relative_to(Path.cwd()))
    return str(target)


def _plan(name: str, folder: str, wishes: Wishes, described: str) -> Plan:
    """Return the plan of a knowledge base.

    Args:
        name: its title, where a person names none.
        folder: the name of its folder.
        wishes: what was asked for.
        described: what it is, where a person says nothing.
    """
    asks = not wishes.yes and sys.stdin.isatty()

    def answer(given: str, question: str, default: str) -> str:
        if given or not asks:
            return given or default
        return str(click.prompt(question, default=default, err=True))

    title = answer(wishes.title, "Title", name)
    description = answer(wishes.description, "Description, one sentence", described)
    repo_url = answer(
        wishes.repo_url, "Address of the repository", f"https://github.com/example/{name_in_address(folder)}"
    )
    licence = wishes.licence or "CC-BY-4.0"
    if asks and not wishes.licence:
        kinds = click.Choice(list(LICENCES))
        licence = click.prompt("Licence of facts and texts", default=licence, type=kinds, err=True)
    return Plan(
        title=title,
        description=description,
        site_url=answer(wishes.site_url, "Address of the site", site_of(repo_url, folder)),
        repo_url=repo_url.rstrip("/").removesuffix(".git"),
        colour=answer(wishes.colour, "Accent colour", COLOUR),
        licence=LICENCES[licence],
        owner=answer(wishes.owner, "Who holds the rights", f"The maintainers of {title}"),
        requirement=requirement_of(wishes.requirement) or default_requirement(),
        today=wishes.today,
    )
