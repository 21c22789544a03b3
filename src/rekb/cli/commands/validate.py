"""`rekb validate`: read everything, apply every rule, print what was found, fix what is certain."""

import contextlib
import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rekb.cli.shared.colour import may_colour
from rekb.cli.shared.paths import chosen, limits
from rekb.cli.shared.progress import counting
from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.errors import RekbError
from rekb.loading.verdicts import (
    Seen,
    Verdict,
    is_remembered,
    key_of,
    lines_of,
    look,
    look_again,
    recall,
    remember,
)
from rekb.reports import as_markdown, closing, counted, findings, render
from rekb.yamlio.document import Document, SourceMap

if TYPE_CHECKING:
    from rekb.kb import KnowledgeBase
    from rekb.loading.cache import Cache

_MANY = 10
"""Findings of one rule from which on a terminal shows the first few only."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at, and how to say it."""

    form: str = "text"
    """A name of `rekb.reports.FORMS`."""
    paths: tuple[str, ...] = ()
    """Files or folders to speak of; all when empty."""
    since: str | None = None
    """A revision: speak only of what changed since, and of what the change caused elsewhere."""
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


@dataclass(frozen=True, slots=True)
class _Checked:
    """A knowledge base and what is to be said of it."""

    documents: Mapping[str, Document]
    """All files by the path that messages show; those without findings may be without their text."""
    report: Report
    files: frozenset[str]
    """The files that are spoken of."""
    fixable: frozenset[str]
    """The rules that spoke and can be satisfied by a fix."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The files that were read without a fault, each with the digest of its bytes; see `loading.cache`."""


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
    if wanted.paths or wanted.since or wanted.fix or wanted.diff:
        base, checked = _checked(root, wanted)
        if wanted.diff or wanted.fix:
            return _fixed(root, wanted, base, checked)
        return _print(checked, wanted)
    seen = look(root)
    known = recall(root, "", seen.whole) or _judged_again(root, seen) or _same_bytes(root, seen)
    if known:
        return _print(_as_before(known), wanted)
    key = key_of(root) if not seen.whole else ""
    base, checked = _checked(root, wanted)
    _keep(root, seen, key, base, checked)
    return _print(checked, wanted)


@contextlib.contextmanager
def _without_garbage() -> Iterator[None]:
    """Look for no garbage in what is read or imported: it is kept to the end, and looking costs a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _as_before(known: Verdict) -> _Checked:
    """Return what the last run said, of the same files."""
    nowhere = SourceMap()
    documents = {}
    for path in known.files:
        text = known.text_of(path) if path in known.lines else ""
        documents[path] = Document(path, None, nowhere, text)
    return _Checked(documents, known.report, frozenset(known.files), known.fixable)


def _verdict_of(checked: _Checked) -> Verdict:
    lines = lines_of(checked.report, checked.documents)
    return Verdict(checked.report, tuple(checked.documents), checked.fixable, lines)


def _same_bytes(root: Path, seen: Seen) -> Verdict | None:
    """Return what the last run said of files that were written since, but hold the same bytes."""
    from rekb.loading.record import keep_record, read_record  # noqa: PLC0415 - only where files were written

    if not is_remembered(root):
        return None
    key = key_of(root)
    known = recall(root, key)
    if known is None or seen.files is None or not look_again(root, seen):
        return known
    if seen.whole:
        remember(root, key, known, seen)
    record = read_record(root, seen.code)
    if record is not None and record.key == key:
        keep_record(root, replace(record, stamps=seen.files), seen.code)
    return known


def _judged_again(root: Path, seen: Seen) -> Verdict | None:
    """Return a verdict for which only the works that changed were judged; None where that is not enough."""
    from rekb.loading.record import read_record  # noqa: PLC0415 - only where files changed

    record = read_record(root, seen.code)
    if record is None or seen.files is None or not record.few_changed(seen.files):
        return None
    from rekb.checks.again import judged_again  # noqa: PLC0415 - only where few files changed

    found = judged_again(root, record, seen.files)
    if found is None or not look_again(root, seen):
        return None
    if seen.whole:
        remember(root, "", found, seen)
    return found


def _keep(root: Path, seen: Seen, key: str, base: "KnowledgeBase", checked: _Checked) -> None:
    """Remember what was found, unless a file changed while they were read."""
    from rekb.checks.again import record_of  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.loading.record import keep_record  # noqa: PLC0415 - the same

    verdict = _verdict_of(checked)
    # Young files may be written without a trace, so their bytes are read once more.
    after = key_of(root, checked.digests if seen.whole else None)
    # Looked at last, so that it holds for the bytes that the key was made of as well.
    is_unchanged = look_again(root, seen)
    if not after or not (is_unchanged if seen.whole else key == after):
        return
    remember(root, after, verdict, seen)
    if seen.files is None or not is_unchanged:
        return
    record = record_of(base, verdict, seen.files, after)
    if record is not None:
        keep_record(root, record, seen.code)


def _fixed(root: Path, wanted: Wanted, base: "KnowledgeBase", checked: _Checked) -> int:
    """Fix what was found, or show how, and say what is left."""
    from rekb.cli.shared.fixing import show_fixes, write_fixes  # noqa: PLC0415 - only a run that fixes

    if wanted.diff:
        return show_fixes(base, checked.report, checked.files)
    fixed = write_fixes(root, base, checked.report, checked.files)
    if fixed.changed:
        _, checked = _checked(root, wanted)
    return max(_print(checked, wanted), int(fixed.left))


def _checked(root: Path, wanted: Wanted) -> tuple["KnowledgeBase", _Checked]:
    from rekb.checks import ALL_RULES, run  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.loading.cache import cache_of  # noqa: PLC0415 - the same
    from rekb.loading.loader import load  # noqa: PLC0415 - the same

    limit = limits(root, wanted.paths)
    old = _old(root, wanted.since)
    cache = cache_of(root)
    with counting("reading") as step:
        base, report = load(root, cache, step)
    cache.keep()
    files = frozenset(path for path in base.documents if chosen(path, limit))
    if old is not None:
        from rekb.checks.baseline import caused  # noqa: PLC0415 - only where it is asked for

        files &= old.keys()
        report = caused(root, base, report, old)
    else:
        report.extend(run(base, files) if limit else _judged(root, base, cache))
    shown = []
    for d in report:
        if chosen(d.place.path, limit):
            shown.append(d)
    fixable = frozenset(d.rule for d in shown if d.rule in ALL_RULES and ALL_RULES[d.rule].fixable)
    return base, _Checked(base.documents, Report(shown), files, fixable, cache.digests)


def _judged(root: Path, base: "KnowledgeBase", cache: "Cache") -> Iterator[Diagnostic]:
    """Yield every finding; what a file alone leads to is remembered of files that did not change."""
    from rekb.checks import run  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.kb.base import Unread  # noqa: PLC0415 - the same
    from rekb.loading.judged import Judged, judged_of  # noqa: PLC0415 - the same

    judged = Judged(None)
    # What could not be read may be what an exemption is there for.
    if base.unread == Unread():
        judged = judged_of(root, cache.digests)
    fresh: dict[str, list[Diagnostic]] = {path: [] for path in judged.digests if path not in judged.known}

    def note(found: Diagnostic) -> None:
        if found.place.path in fresh:
            fresh[found.place.path].append(found)

    yield from run(base, base.documents.keys() - judged.known.keys() if judged.known else None, note)
    for found in judged.known.values():
        yield from found
    judged.keep(fresh)


def _old(root: Path, since: str | None) -> Mapping[str, bytes | None] | None:
    if since is None:
        return None
    from rekb.cli.shared.changes import changed_since  # noqa: PLC0415 - only where it is asked for

    return changed_since(root, since)


def _print(checked: _Checked, wanted: Wanted) -> int:
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


def _text(report: Report, checked: _Checked, wanted: Wanted) -> str:
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
