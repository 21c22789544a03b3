"""Rules on the ties between works: what builds on what, and who competes with whom."""

from collections.abc import Iterator

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase

_FORWARD = ("builds-on", "extends", "supersedes")
"""Types of relation whose goal came first."""


@rule("relation-to-itself", local=True)
def relation_to_itself(base: KnowledgeBase) -> Iterator[Finding]:
    """A work has no relation to itself.

    Example: in dao2022flashattention.yaml, `entry: dao2022flashattention`
    Fix: name the other work.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            if relation.entry == key:
                file, path = base.entry_paths[key], ("relations", number, "entry")
                yield Finding(file, path, "this is the entry itself", "name the other work, or delete it")


@rule("relation-stated-twice", fixable=True)
def relation_stated_twice(base: KnowledgeBase) -> Iterator[Finding]:
    """Competing goes both ways: stated from one side, the page of the other shows it already.

    Example: A competes-with B, and B competes-with A.
    Fix: delete one of the two.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            other = base.entries.get(relation.entry)
            if relation.type != "competes-with" or other is None or relation.entry >= key:
                continue
            if any(back.type == relation.type and back.entry == key for back in other.relations):
                file, also = base.entry_paths[key], (base.entry_paths[relation.entry],)
                message = f"`{relation.entry}` states this relation already, which holds both ways"
                yield Finding(file, ("relations", number), message, "delete one of the two", also=also)


@rule("relation-to-later-work", Severity.WARNING)
def relation_to_later_work(base: KnowledgeBase) -> Iterator[Finding]:
    """A work builds on, extends or supersedes what was public before it.

    Example: `{type: builds-on, entry: x2024y}` in a work of 2022.
    Fix: turn the relation round, or mend the year that is wrong.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            other = base.entries.get(relation.entry)
            if relation.type in _FORWARD and other and other.year > entry.year:
                message = f"`{relation.entry}` is of {other.year}, this work of {entry.year}"
                hint = "turn the relation round, or mend the year that is wrong"
                yield Finding(base.entry_paths[key], ("relations", number, "entry"), message, hint)


@rule("relation-cycle")
def relation_cycle(base: KnowledgeBase) -> Iterator[Finding]:
    """What builds on something came after it: a cycle means that one arrow is wrong.

    Example: A builds-on B, and B builds-on A.
    Fix: drop or turn round the arrow that is wrong.
    """
    for key, entry in base.entries.items():
        for number, relation in enumerate(entry.relations):
            if relation.type in _FORWARD and _reaches(base, relation.entry, key):
                message = f"`{relation.entry}` comes back to `{key}` by its own relations"
                hint = "one of them came later: drop the arrow that is wrong, or turn it round"
                yield Finding(base.entry_paths[key], ("relations", number), message, hint)


def _reaches(base: KnowledgeBase, start: str, goal: str) -> bool:
    seen: set[str] = set()
    pending = [start]
    while pending:
        key = pending.pop()
        if key == goal:
            return True
        if key in seen or key not in base.entries:
            continue
        seen.add(key)
        pending += [r.entry for r in base.entries[key].relations if r.type in _FORWARD]
    return False
