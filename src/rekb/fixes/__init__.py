"""What `rekb validate --fix` writes: changes that follow from the data beyond doubt, and nothing else.

Every change is made on the value as it was read and written in the canonical style (`rekb.edit.rewrite`). A
file that could not be read whole, would say anything else afterwards, or would lose a comment, is left.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from rekb.diagnostics import Diagnostic
from rekb.edit.change import Change, without
from rekb.edit.rewrite import FormattingError, LeftError, Rewriting, TooLargeError, rewriting
from rekb.fixes import lists, records, results, texts, words
from rekb.kb import KnowledgeBase
from rekb.loading.layout import kind_of
from rekb.model import Entry
from rekb.text import printable

Fixer = Callable[[Any, words.Words, str], Iterator[Change]]

_ENTRY_FIXERS: tuple[Fixer, ...] = (
    texts.spaces, texts.letters, records.identifiers, texts.links, words.venue_ids, words.facet_ids,
    words.topic_ids, results.word_ids, results.names, records.months, records.order, lists.repeated,
    lists.survey_rows, lists.both_ways,
)  # fmt: skip
"""In this order: what a word means is settled before words are compared."""
_WRITING = frozenset({"schema-line", "not-normalised"})
"""Rules that the canonical style satisfies by itself."""
FIXABLE = _WRITING | {
    "needless-exemption", "surplus-space", "styled-letter", "untidy-link", "unknown-venue",
    "unknown-facet-value", "unknown-topic", "wrong-form", "month-missing", "records-out-of-order",
    "repeated-word", "survey-rows-out-of-order", "relation-stated-twice",
    "unknown-metric", "unknown-model", "unknown-device", "unknown-unit", "missing-field",
}  # fmt: skip
"""Rules some of whose findings can be fixed."""


@dataclass(slots=True)
class Fixes:
    """Files as they would be, what was changed in them, and files that were left."""

    texts: dict[str, str] = field(default_factory=dict)
    """Path to new text."""
    reported: list[str] = field(default_factory=list)
    """One line for each change."""
    refused: list[str] = field(default_factory=list)
    """Files whose changed form would not say the same, with why."""


def fixes(base: KnowledgeBase, found: Collection[Diagnostic], files: Collection[str]) -> Fixes:
    """Return the changes that satisfy findings beyond doubt.

    Args:
        base: what was read.
        found: all findings of it.
        files: those that may be changed.
    """
    result = Fixes()
    known = words.known_words(base)
    own: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        own.setdefault(diagnostic.place.path, []).append(diagnostic)
    # A set of texts has another order in each run of Python, and so would the lines that are printed.
    for path in sorted(own.keys() & set(files)):
        is_data = path in base.documents and kind_of(path) is not None
        if is_data and any(d.rule in FIXABLE for d in own[path]):
            _fix(path, own[path], known, result)
    return result


def _is_fixed_by_writing(found: Diagnostic) -> bool:
    """Whether the canonical style satisfies a finding by itself."""
    if found.rule in _WRITING:
        return True
    # YAML's block styles have no space around a text, so writing a summary takes it away.
    is_in_summary = (found.field or "").startswith("summary")
    return is_in_summary and found.rule == "surplus-space"


def _fix(path: str, own: list[Diagnostic], known: words.Words, result: Fixes) -> None:
    before = known.base.documents[path].text
    made = []
    for finding in own:
        if _is_fixed_by_writing(finding):
            made.append(f"{finding.message} ({finding.rule})")
    try:
        work = rewriting(known.base, path)
        for change in _changes(work.value, own, known, path):
            made.append(f"{change.described(work.value)} ({change.rule})")
            work.carry_out(change)
        text = _text(work) if made else before
    except LeftError as error:
        result.refused.append(str(error))
        return
    if text != before:
        result.texts[path] = text
        for line in made:
            result.reported.append(printable(f"{path}: {line}"))


def _text(work: Rewriting) -> str:
    try:
        return work.text()
    except TooLargeError as error:
        raise LeftError(f"{work.path}: {error}") from error
    except (AttributeError, TypeError, ValueError, FormattingError) as error:
        # a value that no file of this kind can have
        raise LeftError(f"{work.path}: correct what else is wrong with it first") from error


def _changes(value: Any, own: list[Diagnostic], known: words.Words, path: str) -> Iterator[Change]:
    """Yield changes; each is carried out before the next fixer looks at the value."""
    key = PurePosixPath(path).stem
    fixers = _fixers_of(path)
    if isinstance(value, dict):
        for fixer in fixers:
            # A fixer sees the value as it was when it began, not what its own first changes made of it.
            changes = list(fixer(value, known, key))
            yield from changes
    needless: list[int] = []
    for diagnostic in own:
        if diagnostic.rule == "needless-exemption" and diagnostic.field:
            # The finding names the place as `exempt[2].rule`.
            number = diagnostic.field.removeprefix("exempt[").partition("]")[0]
            needless.append(int(number))
    if needless:
        kept = without(needless, len(value["exempt"]))
        yield Change("needless-exemption", ("exempt",), order=kept)


def _fixers_of(path: str) -> tuple[Fixer, ...]:
    """Return what can be fixed in a file: of an entry much, elsewhere spaces and letters alone."""
    if kind_of(path) is Entry:
        return _ENTRY_FIXERS
    return (texts.spaces, texts.letters)
