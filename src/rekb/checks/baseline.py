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

    def model(self, shown: str, kind: type[M]) -> M | None:
        """Return what a file held then; of an unchanged file, the model in memory."""
        if shown in self.old:
            data = self.old[shown]
            return None if data is None else self.fitted(parse(data, printable(shown)), shown, kind)
        document = self.now.documents.get(shown)
        if document is None:
            return None
        self.documents[shown] = document
        found = self.known.get(shown)
        return found if isinstance(found, kind) else self.fitted(Reading(document, ()), shown, kind)

    def files(self, folder: str) -> Iterator[str]:
        """Yield every file that stood below a folder then, in the order of a walk."""
        there = [shown for shown in self.now.documents if shown not in self.old]
        there += [shown for shown, data in self.old.items() if data is not None]
        yield from sorted((s for s in there if s.startswith(f"{folder}/")), key=lambda s: s.split("/"))


def caused(root: Path, base: KnowledgeBase, report: Report, old: Mapping[str, bytes | None]) -> Report:
    """Return the findings that a change answers for: all in changed files, and those it caused elsewhere.

    Args:
        root: the knowledge base's folder.
        base: what was read after the change.
        report: what was found while reading it.
        old: every path that changed, with its bytes before, or `None` where there was no such file.
    """
    past, faults = baseline(root, base, old)
    before = {_identity(d) for d in (*faults, *run(past, only=()))}
    read = (d for d in report if d.place.path in old or d.rule in _ABOUT_OTHERS)
    found = (*read, *run(base, only=old.keys()))
    return Report([d for d in found if d.place.path in old or _identity(d) not in before])


def baseline(root: Path, now: KnowledgeBase, old: Mapping[str, bytes | None]) -> tuple[KnowledgeBase, Report]:
    """Return a knowledge base before a change, and what was wrong with how its files stood."""
    known: dict[str, Any] = {now.entry_paths[key]: entry for key, entry in now.entries.items()}
    known |= {now.topic_paths[topic_id]: topic for topic_id, topic in now.topics.items()}
    past = _Past(root, now=now, old=old, known=known)
    return assembled(past), past.report


def _identity(d: Diagnostic) -> tuple[str, str, str | None, str]:
    return d.rule, d.place.path, d.field, d.message
