"""What the rules say of a file before it is written: an import leaves a knowledge base as valid as it was."""

from collections.abc import Iterable
from dataclasses import replace

from rekb.checks import run
from rekb.diagnostics import Diagnostic, Severity
from rekb.errors import SourceError
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.yamlio.document import Document


def checked(
    base: KnowledgeBase, key: str, path: str, entry: Entry, document: Document, beside: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Return the warnings about a file that is new or changed.

    Args:
        base: the knowledge base without the change.
        key: the entry's key.
        path: the path of its file below the root.
        entry: the entry as it would be.
        document: its file as it would be.
        beside: keys of the entries that rules compare with it; all others play no part.

    Raises:
        SourceError: when a rule finds an error, in this file or in one beside it, that is not there today.
    """
    keys = []
    for k in dict.fromkeys(beside):
        if k != key:
            keys.append(k)
    before = _part(base, [*keys, key] if key in base.entries else keys)
    after = replace(
        before,
        entries={**before.entries, key: entry},
        documents={**before.documents, path: document},
        entry_paths={**before.entry_paths, key: path},
    )
    paths = set(after.entry_paths.values())
    findings = []
    for d in run(after):
        if d.place.path in paths:
            findings.append(d)
    if before.entries:
        known = {(d.rule, d.place.path, d.message) for d in run(before)}
    else:
        known = set()
    errors = [d for d in findings if d.severity is Severity.ERROR]
    if new := [d for d in errors if (d.rule, d.place.path, d.message) not in known]:
        faults = "; ".join(f"{d.rule}: {d.message}{f' ({d.hint})' if d.hint else ''}" for d in new)
        raise SourceError(f"the entry would break rules: {faults}")
    others: list[Diagnostic] = []
    for d in findings:
        # Every draft is incomplete, so the warning would say nothing of this one.
        if d.place.path == path and d.rule != "incomplete-entry":
            others.append(d)
    return tuple(others)


def _part(base: KnowledgeBase, keys: Iterable[str]) -> KnowledgeBase:
    """Return a knowledge base with some entries only; topics are without texts, which may cite the others."""
    paths = {key: base.entry_paths[key] for key in keys}
    return replace(
        base,
        topics={i: topic.model_copy(update={"summary": None}) for i, topic in base.topics.items()},
        entries={key: base.entries[key] for key in paths},
        documents={path: base.documents[path] for path in paths.values()},
        entry_paths=paths,
    )
