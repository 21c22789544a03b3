"""`rekb init`: a new repository for the knowledge base of another survey."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from rekb.scaffold import LICENCES, Plan, default_requirement, write_scaffold
from rekb.scaffold.plan import site_of, slug, title_of
from rekb.scaffold.writing import refuse_occupied

COLOUR = "#0a6b62"
_DESCRIPTION = "A living survey: every work checked, compared and ready to cite."


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


def init(target: Path, wishes: Wishes) -> int:
    """Make a knowledge base in a new folder and say what to do next.

    Raises:
        RekbError: when the folder is not empty, or a wish cannot be met.
    """
    target = target.resolve()
    refuse_occupied(target)
    plan = _plan(target.name, wishes).checked()
    written = write_scaffold(target, plan)
    shown = _shown(target)
    click.echo(
        f"made {shown} with {len(written)} files\n\n"
        f"next:\n  cd {shown}\n  git init -b main && git add -A && git commit -m 'A new knowledge base'\n"
        "  make serve     # http://127.0.0.1:8000/\n\n"
        "then put your topics below taxonomy/topics/ and run `rekb import LIST`; README.md says more",
        err=True,
    )
    return 0


def _shown(target: Path) -> str:
    return str(target.relative_to(Path.cwd())) if target.is_relative_to(Path.cwd()) else str(target)


def _plan(folder: str, wishes: Wishes) -> Plan:
    asks = not wishes.yes and sys.stdin.isatty()

    def told(said: str, question: str, default: str) -> str:
        if said or not asks:
            return said or default
        return str(click.prompt(question, default=default, err=True))

    title = told(wishes.title, "Title", title_of(folder))
    description = told(wishes.description, "Description, one sentence", _DESCRIPTION)
    repo_url = told(
        wishes.repo_url, "Address of the repository", f"https://github.com/example/{slug(folder)}"
    )
    licence = wishes.licence or "CC-BY-4.0"
    if asks and not wishes.licence:
        kinds = click.Choice(list(LICENCES))
        licence = click.prompt("Licence of facts and texts", default=licence, type=kinds, err=True)
    return Plan(
        title=title,
        description=description,
        site_url=told(wishes.site_url, "Address of the site", site_of(repo_url, folder)),
        repo_url=repo_url.rstrip("/").removesuffix(".git"),
        colour=told(wishes.colour, "Accent colour", COLOUR),
        licence=LICENCES[licence],
        owner=told(wishes.owner, "Who holds the rights", f"The maintainers of {title}"),
        requirement=wishes.requirement or default_requirement(),
        today=wishes.today,
    )
