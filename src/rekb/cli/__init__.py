"""The commands: each a thin function over the library, imported only when it is called."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rekb import __version__
from rekb.errors import RekbError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rekb")
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The knowledge base's folder (default: the current one).",
)
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """Keep a survey as a living knowledge base: one YAML file per work.

    Example: rekb validate
    """
    context.obj = root


@cli.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print."
)
@click.argument("paths", nargs=-1)
@click.pass_obj
def validate(root: Path, form: str, paths: Sequence[str]) -> int:
    """Check every file against every rule.

    Exits 0 when nothing is wrong, 1 with findings, 2 when the run could not go on.

    Example: rekb validate --format github
    """
    from rekb.cli.validate import validate as run  # noqa: PLC0415 - a command pays for its own imports

    return run(root, form, tuple(paths))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    try:
        status = cli.main(args=arguments, standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except RekbError as error:
        click.echo(f"rekb: {error}", err=True)
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
