"""What an earlier check says of the data that a build reads: no rule looks twice at the same files."""

from functools import lru_cache
from pathlib import Path

from rekb.checks import ALL_RULES, run
from rekb.checks.again import check_again, record_of
from rekb.diagnostics import Report
from rekb.kb import KnowledgeBase
from rekb.loading.record import keep_record, record_of_few
from rekb.loading.verdicts import Seen, Verdict, key_of, lines_of, look, look_again, recall, remember


def data_key(root: Path) -> str:
    """Return `key_of` a knowledge base; files that have the stamps of before are not read again.

    A build asks before and after it reads, and for several purposes.
    """
    whole = look(root).whole
    if whole:
        return _key_at(root, whole)
    return key_of(root)


@lru_cache(maxsize=4)
def _key_at(root: Path, whole: str) -> str:  # noqa: ARG001 - identifies the files
    return key_of(root)


def was_right(root: Path) -> bool:
    """Whether an earlier check found that the files hold no error, as they are or but for a few works."""
    seen = look(root)
    known = recall(root, data_key(root), seen.whole) or _where_changed(root, seen)
    return known is not None and not known.report.failed


def _where_changed(root: Path, seen: Seen) -> Verdict | None:
    """Return what a check of the changed works alone finds; None where that is not enough."""
    record = record_of_few(root, seen)
    if record is None or seen.files is None:
        return None
    found = check_again(root, record, seen.files)
    if found is None or not look_again(root, seen):
        return None
    return found


def check_all(root: Path, seen: Seen, base: KnowledgeBase, report: Report) -> None:
    """Add what all rules find to what reading found; it is kept for the next build or check.

    Args:
        root: the folder of the data.
        seen: what was seen of it before it was read.
        base: what was read.
        report: what reading found.
    """
    report.extend(run(base))
    key = data_key(root)
    # Young files may be written without a trace; then the next check looks at everything once more.
    if not seen.whole or not key or seen.files is None or not look_again(root, seen):
        return
    with_findings = {found.rule for found in report}
    fixable = frozenset(rule for rule in with_findings if rule in ALL_RULES and ALL_RULES[rule].fixable)
    verdict = Verdict(report, tuple(base.documents), fixable, lines_of(report, base.documents))
    remember(root, key, verdict, seen)
    record = record_of(base, verdict, seen.files, key)
    if record is not None:
        keep_record(root, record, seen.code)
