"""How far the work is, on standard error: a bar on a terminal, plain lines in CI, nothing elsewhere."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

T = TypeVar("T")

SECONDS_BETWEEN = 2.0
"""Least time between two lines in CI."""


@contextmanager
def progress(label: str, length: int, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each step of the work.

    Args:
        label: what is done, such as `asking`.
        length: how many steps there are.
        quiet: whether to say nothing at all.
    """
    if quiet or length == 0:
        yield lambda: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        shown: Any = click.progressbar(length=length, label=label, file=sys.stderr)
        with shown as bar:
            yield lambda: bar.update(1)
    else:
        yield _lines(label, length) if in_ci() else lambda: None


def told(things: Iterable[T], label: str, length: int, *, quiet: bool = False) -> Iterator[T]:
    """Yield things while saying how far the work on them is; see `progress`."""
    with progress(label, length, quiet=quiet) as step:
        for thing in things:
            yield thing
            step()


def in_ci() -> bool:
    """Whether a machine runs this and keeps a log."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _lines(label: str, length: int) -> Callable[[], None]:
    """Return a step that prints a line from time to time, and one at the end."""
    done, last = 0, time.monotonic()

    def step() -> None:
        nonlocal done, last
        done += 1
        if done == length or time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            click.echo(f"{label}: {done} of {length}", err=True)

    return step
