"""How far the work is: a bar on a terminal, plain lines in CI, nothing elsewhere."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click

T = TypeVar("T")

SECONDS_BETWEEN = 2.0
"""Least time between two lines in CI."""


def in_ci() -> bool:
    """Whether a machine runs this and keeps a log."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def told(things: Iterable[T], label: str, length: int, *, quiet: bool = False) -> Iterator[T]:
    """Yield things while saying on standard error how far the work is.

    Args:
        things: what the work is done on, one by one.
        label: what is done, such as `asking`.
        length: how many there are.
        quiet: whether to say nothing at all.
    """
    if quiet or length == 0:
        yield from things
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        shown: Any = click.progressbar(
            things, length=length, label=label, file=sys.stderr
        )  # its type loses T
        with shown as bar:
            yield from bar
    elif in_ci():
        yield from _in_lines(things, label, length)
    else:
        yield from things


def _in_lines(things: Iterable[T], label: str, length: int) -> Iterator[T]:
    last = time.monotonic()
    for number, thing in enumerate(things):
        if number and time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            click.echo(f"{label}: {number} of {length}", err=True)
        yield thing
    click.echo(f"{label}: {length} of {length}", err=True)
