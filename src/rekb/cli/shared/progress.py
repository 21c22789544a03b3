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
SECONDS_QUIET = 1.0
"""How long work of unknown length says nothing on a terminal."""


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
        # On standard error, as another program may read the results on standard output.
        shown: Any = click.progressbar(length=length, label=label, file=sys.stderr)
        with shown as bar:
            yield lambda: bar.update(1)
    else:
        # A bar is drawn over itself, which a log would keep as hundreds of lines.
        yield _lines(label, length) if in_ci() else lambda: None


def reported(things: Iterable[T], label: str, length: int, *, quiet: bool = False) -> Iterator[T]:
    """Yield things while saying how far the work on them is; see `progress`."""
    with progress(label, length, quiet=quiet) as step:
        for thing in things:
            yield thing
            step()


@contextmanager
def counting(label: str) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each step of work whose length is not known: `reading: 1,200 so far`.

    Work that is soon done says nothing.
    """
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        step, shown = _counter(label, SECONDS_QUIET, "\r{}")
        try:
            yield step
        finally:
            if shown:
                click.echo(f"\r{' ' * max(map(len, shown))}\r", err=True, nl=False)
    else:
        yield _counter(label, SECONDS_BETWEEN, "{}\n")[0] if in_ci() else lambda: None


def _counter(label: str, between: float, form: str) -> tuple[Callable[[], None], list[str]]:
    """Return a step that says from time to time how many there were, and what it said."""
    # Not the time of day, which may be set back while this runs.
    done, last = 0, time.monotonic()
    lines: list[str] = []

    def step() -> None:
        nonlocal done, last
        done += 1
        if time.monotonic() - last >= between:
            last = time.monotonic()
            lines.append(f"{label}: {done:,} so far")
            click.echo(form.format(lines[-1]), err=True, nl=False)

    return step, lines


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
