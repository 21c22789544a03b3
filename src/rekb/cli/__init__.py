"""The commands: each a thin function over the library, which is imported only when a command is called."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

import click

# Looking for plugins takes as long as all of click, and models are checked by nobody else's code.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from rekb.cli.app import intake as _intake  # noqa: F401 - declares its commands
from rekb.cli.app import start as _start  # noqa: F401 - the same
from rekb.cli.app.commands import cli
from rekb.cli.shared.manual import below_options
from rekb.errors import RekbError

__all__ = ["cli", "main"]

for _name, _command in cli.commands.items():
    _command.epilog = _command.epilog or below_options(_name)

_COLLECTED_EVERY = 200_000
"""New objects after which garbage is looked for. Python's own number is 700: models are made of many objects
that stay, and looking through them took a seventh of a short command."""
_INTERRUPTED = 130
"""The status by which shells know that Ctrl+C ended a command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status: 0 fine, 1 findings, 2 the run could not go on."""
    gc.set_threshold(_COLLECTED_EVERY)
    # To look through all models for garbage where the process ends takes a twentieth of a long check.
    atexit.register(gc.freeze)
    try:
        # In its standalone mode click ends the process itself and drops the status that a command returns.
        status = cli.main(args=arguments, standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except RekbError as error:
        _say(str(error))
        sys.exit(2)
    # Before `OSError`, of which it is one.
    except BrokenPipeError:
        _forget_output()
        sys.exit(1)
    except OSError as error:
        _say(_message(error))
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def _say(fault: str) -> None:
    """Say what ended a command."""
    from rekb.text import printable  # noqa: PLC0415 - most commands end well

    click.echo(f"rekb: {printable(fault)}", err=True)


def _message(error: OSError) -> str:
    """Return what the system refused, and about which file: a full disk, a folder that may not be written."""
    why = error.strerror or str(error)
    if error.filename is None:
        return why
    return f"{os.fsdecode(error.filename)}: {why}"


def _forget_output() -> None:
    """Point standard output nowhere: whoever read it (``| head``) has seen enough."""
    # Python writes out what is left when it ends, and would report the broken pipe once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
