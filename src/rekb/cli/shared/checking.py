"""A knowledge base checked: what is found of it, by as little work as is sure to find the same.

Before a file is read, three things may be known: nothing was written since the last check; a few works were;
files were, with the same bytes. Each takes more work to find out than the one before: `whole_check` asks in
this order, and checks everything where none is known.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rekb.cli.shared.paths import chosen, limits
from rekb.cli.shared.progress import counting
from rekb.diagnostics import Diagnostic, Report
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
from rekb.yamlio.document import Document, SourceMap

if TYPE_CHECKING:
    from rekb.kb import KnowledgeBase
    from rekb.loading.cache import Cache


@dataclass(frozen=True, slots=True)
class Checked:
    """A knowledge base and what is found of it."""

    documents: Mapping[str, Document]
    """All files by the path that messages show; those without findings may be without their text."""
    report: Report
    files: frozenset[str]
    """The files that were asked for."""
    fixable: frozenset[str]
    """The rules that found something and can be satisfied by a fix."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The files that were read without a fault, each with the digest of its bytes; see `loading.cache`."""


def whole_check(root: Path) -> Checked:
    """Return what a check of all files finds, and keep it for the next one."""
    seen = look(root)
    for known in _KNOWN:
        verdict = known(root, seen)
        if verdict is not None:
            return _as_before(verdict)
    # Worked out before the files are read, so that what is written meanwhile is noticed.
    key = "" if seen.whole else key_of(root)
    base, checked = check(root)
    _keep(root, seen, key, base, checked)
    return checked


def check(
    root: Path, paths: tuple[str, ...] = (), since: str | None = None
) -> tuple["KnowledgeBase", Checked]:
    """Read all files, and return what the rules find in those that are asked for.

    Args:
        root: the knowledge base's folder.
        paths: files or folders to report on; all when empty.
        since: a revision: report only what changed since, and what the change caused elsewhere.
    """
    from rekb.checks import ALL_RULES, run  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.loading.cache import cache_of  # noqa: PLC0415 - the same
    from rekb.loading.loader import load  # noqa: PLC0415 - the same

    limit = limits(root, paths)
    old = _old(root, since)
    cache = cache_of(root)
    with counting("reading") as step:
        base, report = load(root, cache, step)
    cache.keep()
    files = frozenset(path for path in base.documents if chosen(path, limit))
    if old is not None:
        from rekb.checks.baseline import caused  # noqa: PLC0415 - only where it is asked for

        files &= old.keys()
        report = caused(root, base, report, old)
    elif limit:
        report.extend(run(base, files))
    else:
        report.extend(_findings(root, base, cache))
    reported = []
    for d in report:
        # A work that is here twice is reported at one of its two files, and matters to who wrote the other.
        if any(chosen(file, limit) for file in d.files):
            reported.append(d)
    fixable = frozenset(d.rule for d in reported if d.rule in ALL_RULES and ALL_RULES[d.rule].fixable)
    return base, Checked(base.documents, Report(reported), files, fixable, cache.digests)


def _by_stamps(root: Path, seen: Seen) -> Verdict | None:
    """Return what the last check found, where nothing was written since."""
    return recall(root, "", seen.whole)


def _by_changed_works(root: Path, seen: Seen) -> Verdict | None:
    """Return a verdict for which only the works that changed were checked; None where that is not enough."""
    from rekb.loading.record import record_of_few  # noqa: PLC0415 - only where files changed

    record = record_of_few(root, seen)
    if record is None or seen.files is None:
        return None
    from rekb.checks.again import check_again  # noqa: PLC0415 - only where few files changed

    found = check_again(root, record, seen.files)
    if found is None or not look_again(root, seen):
        return None
    if seen.whole:
        remember(root, "", found, seen)
    return found


def _by_bytes(root: Path, seen: Seen) -> Verdict | None:
    """Return what the last check found in files that were written since, but hold the same bytes."""
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


_KNOWN: tuple[Callable[[Path, Seen], Verdict | None], ...] = (_by_stamps, _by_changed_works, _by_bytes)
"""What an earlier check may have left, the quickest to look at first."""


def _as_before(known: Verdict) -> Checked:
    """Return what an earlier check found, of the same files."""
    nowhere = SourceMap()
    documents = {}
    for path in known.files:
        text = known.text_of(path) if path in known.lines else ""
        documents[path] = Document(path, None, nowhere, text)
    return Checked(documents, known.report, frozenset(known.files), known.fixable)


def _keep(root: Path, seen: Seen, key: str, base: "KnowledgeBase", checked: Checked) -> None:
    """Keep what was found, unless a file changed while they were read."""
    from rekb.checks.again import record_of  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.checks.registry import is_passing  # noqa: PLC0415 - the same
    from rekb.loading.record import keep_record  # noqa: PLC0415 - the same

    if any(map(is_passing, checked.report)):
        return
    lines = lines_of(checked.report, checked.documents)
    verdict = Verdict(checked.report, tuple(checked.documents), checked.fixable, lines)
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


def _findings(root: Path, base: "KnowledgeBase", cache: "Cache") -> Iterator[Diagnostic]:
    """Yield every finding; what a file alone leads to is kept of files that did not change."""
    from rekb.checks import run  # noqa: PLC0415 - a run that finds nothing changed needs no rules
    from rekb.checks.registry import is_passing  # noqa: PLC0415 - the same
    from rekb.kb.base import Unread  # noqa: PLC0415 - the same
    from rekb.loading.findings import KeptFindings, kept_findings  # noqa: PLC0415 - the same

    kept = KeptFindings(None)
    # What could not be read may be what an exemption is there for.
    if base.unread == Unread():
        kept = kept_findings(root, cache.digests)
    fresh: dict[str, list[Diagnostic]] = {path: [] for path in kept.digests if path not in kept.known}

    def note(found: Diagnostic) -> None:
        if is_passing(found):
            fresh.pop(found.place.path, None)
        elif found.place.path in fresh:
            fresh[found.place.path].append(found)

    yield from run(base, base.documents.keys() - kept.known.keys() if kept.known else None, note)
    for found in kept.known.values():
        yield from found
    kept.keep(fresh)


def _old(root: Path, since: str | None) -> Mapping[str, bytes | None] | None:
    if since is None:
        return None
    from rekb.cli.shared.changes import changed_since  # noqa: PLC0415 - only where it is asked for

    return changed_since(root, since)
