"""What `rekb validate --fix` writes: changes that follow from the data beyond doubt, and nothing else.

Every change is made on the value as it was read and written in the canonical style. The result is read back;
a file that would then say anything else, or lose a comment, is left as it is.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from rekb.diagnostics import Diagnostic
from rekb.edit.change import Change, without
from rekb.edit.comments import place
from rekb.edit.format import composed
from rekb.edit.writer import Writer
from rekb.fixes import lists, records, texts, words
from rekb.kb import KnowledgeBase
from rekb.loading.layout import kind_of, schema_line
from rekb.model import Entry
from rekb.model.levels import ReadingLevels
from rekb.text import printable
from rekb.yamlio.document import Document, Path_
from rekb.yamlio.reader import parse

Fixer = Callable[[Any, words.Words, str], Iterator[Change]]

_ENTRY_FIXERS: tuple[Fixer, ...] = (
    texts.spaces, records.identifiers, texts.links, words.venue_ids, words.facet_ids, words.topic_ids,
    records.months, records.order, lists.repeated, lists.survey_rows, lists.both_ways,
)  # fmt: skip
"""In this order: what a word means is settled before words are compared."""
_WRITING = frozenset({"schema-line", "not-normalised"})
"""Rules that the canonical style satisfies by itself."""
FIXABLE = _WRITING | {
    "needless-exemption", "surplus-space", "untidy-link", "unknown-venue", "unknown-facet-value",
    "unknown-topic", "wrong-form", "month-missing", "records-out-of-order", "repeated-word",
    "survey-rows-out-of-order", "relation-stated-twice",
}  # fmt: skip
"""Rules some of whose findings can be mended."""


@dataclass(slots=True)
class Fixes:
    """Files as they would be, what was changed in them, and files that were left."""

    texts: dict[str, str] = field(default_factory=dict)
    """Path to new text."""
    told: list[str] = field(default_factory=list)
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
    concerned = {d.place.path for d in found if d.rule in FIXABLE}
    for shown in sorted(concerned & set(files)):
        document, kind = base.documents.get(shown), kind_of(shown)
        if document is not None and document.parsed and kind is not None:
            own = [d for d in found if d.place.path == shown]
            _fix(parse(document.text.encode(), shown).document or document, own, known, result)
    return result


def _fix(document: Document, own: list[Diagnostic], known: words.Words, result: Fixes) -> None:
    writer = Writer(kind_of(document.path) or Entry)
    value = composed(document.value, ())
    placed = place(document, set(writer.own_lines(value)))
    comments = [(path, text) for path, lines in placed.above.items() for text in lines]
    said = [f"{d.message} ({d.rule})" for d in own if d.rule in _WRITING]
    for change in _changes(value, own, known, document.path):
        said.append(f"{change.told(value)} ({change.rule})")
        change.apply(value)
        comments = [(change.moved(path), text) for path, text in comments]
    if not said:
        return
    text = _written(document.path, value, comments, placed.below, known.base.config.reading)
    if text is None:
        result.refused.append(f"{document.path}: mend what else is wrong with it first")
    elif text != document.text:
        result.texts[document.path] = text
        result.told += [printable(f"{document.path}: {line}") for line in said]


def _changes(value: Any, own: list[Diagnostic], known: words.Words, shown: str) -> Iterator[Change]:
    """Yield changes; each is carried out before the next fixer looks at the value."""
    key = PurePosixPath(shown).stem
    if isinstance(value, dict):
        for fixer in _ENTRY_FIXERS if kind_of(shown) is Entry else (texts.spaces,):
            yield from list(fixer(value, known, key))
    needless = [int(d.field[7:].partition("]")[0]) for d in own if d.rule == "needless-exemption" and d.field]
    if needless:
        yield Change("needless-exemption", ("exempt",), order=without(needless, len(value["exempt"])))


def _written(
    shown: str, value: Any, comments: list[tuple[Path_, str]], below: list[str], levels: ReadingLevels
) -> str | None:
    """Return the text of a value with its comments, or None when it would be read as something else."""
    kind = kind_of(shown) or Entry
    lines = set(Writer(kind).own_lines(value))
    above: dict[Path_, list[str]] = {}
    for path, text in comments:
        if path in lines:
            above.setdefault(path, []).append(text)
    below = [*(text for path, text in comments if path not in lines), *below]
    try:
        body = list(Writer(kind, above, levels).lines(value))
    except (AttributeError, TypeError, ValueError):  # a value that no file of this kind can have
        return None
    text = "\n".join([schema_line(shown) or "", *body, *below]) + "\n"
    again = parse(text.encode(), shown)
    if again.diagnostics or again.document is None or again.document.value != value:
        return None
    kept = place(again.document, lines).everything()
    return text if kept == sorted([*below, *(t for texts_ in above.values() for t in texts_)]) else None
