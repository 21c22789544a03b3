"""`rekb from-issue`: the filled-in form of an issue becomes an entry file, as `rekb add` writes it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from rekb.cli.commands.add import Choices, Taken, take_in, write_entry
from rekb.cli.shared.inputs import text_of_file, without_mark
from rekb.errors import RekbError
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.sources.issue_form import Suggestion, fenced, read_suggestion
from rekb.sources.work import Doubt, FoundWork
from rekb.text import printable

_LARGEST = 1024 * 1024


def from_issue(
    root: Path, source: str, choices: Choices, report: Path | None, asked: Callable[[], Services]
) -> int:
    """Draft the entry of a work that an issue suggests, and say in Markdown what became of it.

    Args:
        root: the knowledge base's folder.
        source: the file that holds the issue's body, or ``-``.
        choices: what was decided; nothing is asked.
        report: the file for the report; standard output when absent.
        asked: gives the services, when they are needed.

    Returns:
        1 when the work is there already, else 0.

    Raises:
        RekbError: when the form or the work cannot be read; the report says so, too.
    """
    try:
        suggestion, taken = _drafted(root.resolve(), source, choices, asked)
    except RekbError as error:
        _write_report(report, ["No entry could be drafted from this form.", fenced(str(error))])
        raise
    except Exception as error:
        # Whoever filled in the form gets an answer even where the fault is ours or the machine's.
        cause = f"{type(error).__name__}: {error}"
        _write_report(
            report, ["No entry could be drafted from this form: the program failed.", fenced(cause)]
        )
        raise
    if taken.made is None:
        _write_report(report, ["This work is here already.", fenced(taken.refusal)])
        click.echo(f"rekb: {printable(taken.refusal)}", err=True)
        return 1
    click.echo(f"{'would write' if choices.dry_run else 'wrote'} {taken.made.path}", err=True)
    _write_report(report, _lines(suggestion, taken))
    return 0


def _drafted(
    root: Path, source: str, choices: Choices, asked: Callable[[], Services]
) -> tuple[Suggestion, Taken]:
    """Return what the form suggests and what becomes of it; its entry is written unless it is a dry run."""
    base, _ = load(root)
    suggestion = read_suggestion(_body(source))
    taken = _taken(base, suggestion, choices, asked)
    if taken.made is not None and not choices.dry_run:
        write_entry(root / taken.made.path, taken.made.text)
    return suggestion, taken


def _body(source: str) -> str:
    return without_mark(text_of_file(source, _LARGEST, "it is no form"))


def _taken(
    base: KnowledgeBase, suggestion: Suggestion, choices: Choices, asked: Callable[[], Services]
) -> Taken:
    leaves = tuple(t for t in suggestion.topics if t in base.topics and base.is_leaf(t))
    others = []
    for t in suggestion.topics:
        if t not in leaves:
            others.append(t)
    # Anybody may fill in the form: what it names is cut, so that the report stays short.
    doubts = [Doubt("topics", f"the form names `{t[:80]}`, which is no leaf of the tree") for t in others[:5]]
    doubts += [Doubt("topics", "from the form; look whether they fit")] if leaves else []
    more = FoundWork("", code=suggestion.code, doubts=(*doubts, *suggestion.doubts))
    wanted = replace(choices, topics=leaves, yes=True)
    return take_in(base, suggestion.work, wanted, asked, replace(more, results=suggestion.results))


def _lines(suggestion: Suggestion, taken: Taken) -> list[str]:
    assert taken.made is not None  # noqa: S101 - a refusal has been reported
    look = [f"{doubt.field}: {doubt.text}" for doubt in taken.doubts]
    look += [f"{warning.rule}: {warning.message}" for warning in taken.made.warnings]
    drafted = (
        f"Drafted from the form as `{taken.made.path}`. Before it is merged, somebody fills what the file "
        "marks as TODO and looks the facts up at their sources."
    )
    parts = [drafted, f"The work:\n\n{fenced(taken.made.entry.title)}"]
    if suggestion.why:
        parts.append(f"Why it belongs here, in the words of who suggests it:\n\n{fenced(suggestion.why)}")
    if look:
        return [*parts, f"To look at:\n\n{fenced(chr(10).join(look))}"]
    return parts


def _write_report(report: Path | None, parts: Sequence[str]) -> None:
    text = "\n\n".join(parts) + "\n"
    if report is None:
        click.echo(text, nl=False)
    else:
        write_file(report, text.encode())
