"""What a change answers for: findings are compared with those of the knowledge base before it.

The old knowledge base is made of the one in memory and the old texts of the files that changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rekb.checks import run
from rekb.diagnostics import Diagnostic, Report
from rekb.kb import KnowledgeBase
from rekb.loading.layout import PAPERS, TOPICS
from rekb.loading.loader import Loading, M, assembled
from rekb.text import printable
from rekb.yamlio.document import Reading
from rekb.yamlio.reader import parse

_ABOUT_OTHERS = frozenset({"duplicate-file", "topic-without-parent"})
"""Faults of reading that a change of one file can cause in another."""


@dataclass(slots=True)
class _Past(Loading):
    """Reads changed files from their old bytes, and takes all others as they are in memory."""

    now: KnowledgeBase = field(kw_only=True)
    old: Mapping[str, bytes | None] = field(kw_only=True)
    known: dict[str, Any] = field(kw_only=True)
    """Path to what the file holds now."""

    def model(self, path: str, kind: type[M]) -> M | None:
        """Return what a file held then; of an unchanged file, the model in memory."""
        if path in self.old:
            data = self.old[path]
            if data is None:
                return None
            return self.fitted(parse(data, printable(path)), path, kind)
        document = self.now.documents.get(path)
        if document is None:
            return None
        self.documents[path] = document
        model = self.known.get(path)
        if isinstance(model, kind):
            return model
        return self.fitted(Reading(document, ()), path, kind)

    def files(self, folder: str) -> Iterator[str]:
        """Yield every file that was below a folder then, in the order of a walk."""
        paths = [path for path in self.now.documents if path not in self.old]
        for path, data in self.old.items():
            if data is not None:
                paths.append(path)
        # A walk goes folder by folder: `a/b` comes before `a-b`, though the sign `-` comes before the slash.
        for path in sorted(paths, key=lambda path: path.split("/")):
            if path.startswith(f"{folder}/"):
                yield path


def caused(root: Path, base: KnowledgeBase, report: Report, old: Mapping[str, bytes | None]) -> Report:
    """Return the findings that a change answers for: all in changed files, and those it caused elsewhere.

    Args:
        root: the knowledge base's folder.
        base: what was read after the change.
        report: what was found while reading it.
        old: every path that changed, with its bytes before, or `None` where there was no such file.
    """
    past, faults = baseline(root, base, old)
    # A word that leaves a vocabulary makes a fault in files that name it and did not change: all are checked.
    is_of_works = all(path.startswith((f"{PAPERS}/", f"{TOPICS}/")) for path in old)
    # Rules that check a file alone find the same in files that did not change, so the past is not asked.
    only_before = () if is_of_works else None
    only_now = old.keys() if is_of_works else None
    before = {_identity(diagnostic) for diagnostic in (*faults, *run(past, only=only_before))}
    caused = []
    for diagnostic in report:
        is_here = diagnostic.place.path in old
        if is_here or (diagnostic.rule in _ABOUT_OTHERS and _identity(diagnostic) not in before):
            caused.append(diagnostic)
    for diagnostic in run(base, only=only_now):
        if diagnostic.place.path in old or _identity(diagnostic) not in before:
            caused.append(diagnostic)
    return Report(caused)


def baseline(root: Path, now: KnowledgeBase, old: Mapping[str, bytes | None]) -> tuple[KnowledgeBase, Report]:
    """Return a knowledge base before a change, and what was wrong with where its files were."""
    known: dict[str, Any] = {}
    for key, entry in now.entries.items():
        known[now.entry_paths[key]] = entry
    for topic_id, topic in now.topics.items():
        known[now.topic_paths[topic_id]] = topic
    past = _Past(root, now=now, old=old, known=known)
    return assembled(past), past.report


def _identity(diagnostic: Diagnostic) -> tuple[str, str, str | None, str]:
    """Return what stays the same when lines move: all but the position."""
    return diagnostic.rule, diagnostic.place.path, diagnostic.field, diagnostic.message
