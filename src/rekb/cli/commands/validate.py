"""`rekb validate`: read everything, apply every rule, print what was found, fix what is certain."""

import contextlib
import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from rekb.cli.shared import checking
from rekb.cli.shared.checking import Checked
from rekb.cli.shared.colour import may_colour
from rekb.diagnostics import Report, Severity
from rekb.errors import RekbError
from rekb.reports import as_markdown, closing, counted, findings, render

_MANY = 10
"""Findings of one rule from which on a terminal shows the first few only."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at, and how to say it."""

    form: str = "text"
    """A name of `rekb.reports.FORMS`."""
    paths: tuple[str, ...] = ()
    """Files or folders to report on; all when empty."""
    since: str | None = None
    """A revision: report only what changed since, and what the change caused elsewhere."""
    fail_on: Severity = Severity.ERROR
    """The least severity that fails the run."""
    output: Path | None = None
    """A file to write instead of standard output."""
    quiet: bool = False
    """Say only what fails the run."""
    full: bool = False
    """Never shorten what a terminal shows."""
    fix: bool = False
    """Fix what is certain before reporting what is left."""
    diff: bool = False
    """Say only what would be fixed."""


def validate(root: Path, wanted: Wanted) -> int:
    """Print all findings, or with `diff` what would be fixed.

    Args:
        root: the knowledge base's folder.
        wanted: what to look at, and how to say it.

    Returns:
        1 with findings that fail the run, or a file that could not be fixed (with `diff`: when a file would
        change, or could not), else 0.
    """
    with _without_garbage():
        return _validated(root.resolve(), wanted)


def _validated(root: Path, wanted: Wanted) -> int:
    if wanted.fix or wanted.diff:
        return _fixed(root, wanted)
    if wanted.paths or wanted.since is not None:
        _, checked = checking.check(root, wanted.paths, wanted.since)
        return _print(checked, wanted)
    return _print(checking.whole_check(root), wanted)


@contextlib.contextmanager
def _without_garbage() -> Iterator[None]:
    """Look for no garbage in what is read or imported: it is kept to the end, and looking costs a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _fixed(root: Path, wanted: Wanted) -> int:
    """Fix what is found, or show how, and report what is left."""
    from rekb.cli.shared.fixing import show_fixes, write_fixes  # noqa: PLC0415 - only a run that fixes

    base, checked = checking.check(root, wanted.paths, wanted.since)
    if wanted.diff:
        return show_fixes(base, checked.report, checked.files)
    fixed = write_fixes(root, base, checked.report, checked.files)
    if fixed.changed:
        _, checked = checking.check(root, wanted.paths, wanted.since)
    return max(_print(checked, wanted), int(fixed.left))


def _print(checked: Checked, wanted: Wanted) -> int:
    everything = checked.report.capped()
    failing = everything.at_least(wanted.fail_on)
    if wanted.quiet:
        report = Report(failing)
    else:
        report = everything
    documents = {path: checked.documents[path] for path in checked.files}
    is_text = wanted.form == "text"
    _put(_text(report, checked, wanted) if is_text else render(report, documents, wanted.form), wanted.output)
    # GitHub shows ten annotations of each level for a step; the summary of the step has more.
    if wanted.form == "github":
        _add_summary(as_markdown(everything, documents))
    if failing:
        return 1
    return 0


def _text(report: Report, checked: Checked, wanted: Wanted) -> str:
    to_terminal = wanted.output is None and sys.stdout.isatty()
    if to_terminal and not wanted.full:
        shown = _shortened(report)
    else:
        shown = report
    # What a change caused is in files that are not counted.
    everywhere = checked.documents
    text = findings(shown, everywhere, colour=wanted.output is None and may_colour(sys.stdout))
    if wanted.quiet:
        return text
    hidden = len(list(report)) - len(list(shown))
    documents = {path: everywhere[path] for path in checked.files}
    return f"{text}{counted(report, documents)}\n{closing(report, checked.fixable, hidden)}"


def _shortened(report: Report) -> Report:
    """Return a report in which a rule that speaks often, and is no error, speaks a few times only."""
    often = Counter(d.rule for d in report if d.severity is not Severity.ERROR)
    counts: Counter[str] = Counter()
    shown = []
    for d in report:
        counts[d.rule] += 1
        if often[d.rule] < _MANY or counts[d.rule] <= _FEW:
            shown.append(d)
    return Report(shown)


def _put(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        # Left to itself, click takes colours out of what goes to no terminal, and FORCE_COLOR asks for them.
        click.echo(text, nl=False, color=may_colour(sys.stdout))
        return
    from rekb.files import write_file  # noqa: PLC0415 - only where it is asked for

    write_file(output, text.encode())


def _add_summary(text: str) -> None:
    """Append to the summary of the workflow step, where there is one."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            # Appended: other commands of the same step may have written into the file.
            with Path(file).open("a", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as error:
            raise RekbError(f"cannot write the summary of the step: {error.strerror or error}") from error
