"""Rules on what others got who measured a work's results again."""

from collections.abc import Iterator

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, rule
from rekb.kb import KnowledgeBase
from rekb.model.reproductions import Reproduction

Place = tuple[str, int, Reproduction]
"""The key of an entry, and one of its reproductions with its number."""


def _reproductions(base: KnowledgeBase) -> Iterator[Place]:
    for key, entry in base.entries.items():
        for number, reproduction in enumerate(entry.reproductions):
            yield key, number, reproduction


@rule("unknown-result", local=True)
def unknown_result(base: KnowledgeBase) -> Iterator[Finding]:
    """What others got stands beside the number that they measured again, so that number must be there.

    Example: `reproductions: [{result: perplexity-llama, ...}]` where no result has this id
    Fix: write the id of one of the entry's results, or add the result.
    """
    for key, number, reproduction in _reproductions(base):
        ids = [result.id for result in base.entries[key].results]
        if reproduction.result not in ids:
            path = ("reproductions", number, "result")
            message = f"there is no result `{reproduction.result}` in this entry"
            hint = nearest(reproduction.result, ids, "write the id of one of its results, or add the result")
            yield Finding(base.entry_paths[key], path, message, hint)


@rule("bare-difference", local=True)
def bare_difference(base: KnowledgeBase) -> Iterator[Finding]:
    """Who says that others got another number says which one, or why; an explanation has a reason.

    Example: `{result: decoding-speed-up, outcome: differs, source: ..., on: 2024-05-01}`
    Fix: add `value` or `why`; where the outcome is `explained`, add `why`.
    """
    for key, number, reproduction in _reproductions(base):
        missing = _missing(reproduction)
        if missing:
            path = ("reproductions", number, "outcome")
            message = f"the outcome is `{reproduction.outcome}`, and {missing} is not there"
            yield Finding(base.entry_paths[key], path, message, f"add {missing}")


def _missing(reproduction: Reproduction) -> str:
    if reproduction.why:
        return ""
    if reproduction.outcome == "explained":
        return "`why`"
    if reproduction.outcome == "differs" and reproduction.value is None:
        return "`value` or `why`"
    return ""
