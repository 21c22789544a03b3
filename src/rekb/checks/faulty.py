"""Entries that do not fit the models: what rules find in the parts that do, so that one run reports all."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from rekb.kb import KnowledgeBase
from rekb.loading.layout import PAPERS
from rekb.model import Entry
from rekb.model.introspection import inside
from rekb.yamlio.document import Document, Path_

_COMPARED = frozenset({"title", "authors", "records", "effects", "results", "relations", "checked"})
"""Fields with which rules compare others: what is found beside a gap in them may only follow from the gap."""
_OF_ONE_PLACE = frozenset({
    "unknown-topic", "topic-not-leaf", "unknown-facet-value", "unknown-venue", "unknown-entry",
    "repeated-word", "unknown-rule", "unknown-level", "missing-level", "unknown-metric", "unknown-model",
    "unknown-device",
    "unknown-unit", "unknown-survey-row", "summary-length", "hard-to-read", "markup-in-text", "surplus-space",
    "styled-letter", "garbled-text",
    "untidy-link", "impossible-arxiv-id", "unknown-code-host", "implausible-value",
    "several-people", "not-a-name",
})  # fmt: skip
"""Rules that check a word, a text or a number by itself: these are always applied."""
_MOST_STEPS = 40
"""Times that something is taken out of an entry before it is given up."""
_STAND_INS: Mapping[str, Any] = {
    "title": "Not given",
    "kind": "paper",
    "authors": ("Given, Not",),
    "records": ({"venue": "not-given", "year": 2000},),
    "topics": ("not-given",),
    "added": "2000-01-01",
}
"""What takes the place of a field that no entry goes without; nothing is reported of it."""


@dataclass(slots=True)
class Parts:
    """The parts of an entry that fit."""

    value: dict[str, Any]
    taken: set[Path_] = field(default_factory=set)
    """Where something was taken out, as the file has it."""
    gaps: dict[Path_, list[int]] = field(default_factory=dict)
    """List, as the file has it, to the positions in it that were taken out."""

    def in_file(self, path: Path_) -> Path_:
        """Return the place in the file of a place in `value`: what was taken out of a list counts there."""
        found: Path_ = ()
        for part in path:
            if isinstance(part, int):
                found = (*found, _with_gaps(part, self.gaps.get(found, ())))
            else:
                found = (*found, part)
        return found

    def hides(self, rule: str, path: Path_) -> bool:
        """Whether a finding at a place in the file may only follow from what was taken out."""
        for taken in self.taken:
            if path[: len(taken)] == taken:
                return True
            if taken[0] in _COMPARED and rule not in _OF_ONE_PLACE:
                return True
        return False

    def take(self, place: Path_) -> None:
        """Take out what is at a place of `value`; a field that must be there gets a stand-in."""
        in_file = self.in_file(place)
        self.taken.add(in_file)
        holder: Any = reduce(inside, place[:-1], self.value)
        last = place[-1]
        if isinstance(holder, list) and isinstance(last, int):
            self.gaps.setdefault(in_file[:-1], []).append(int(in_file[-1]))
            del holder[last]
        elif len(place) == 1 and last in _STAND_INS:
            holder[last] = copy.deepcopy(_STAND_INS[str(last)])
        else:
            holder.pop(last, None)


def _with_gaps(position: int, gaps: Iterable[int]) -> int:
    """Return where an element was before others of its list were taken out."""
    # Gaps are places in the file, and each moves what is behind it: the first must come first.
    for gap in sorted(gaps):
        if gap <= position:
            position += 1
    return position


def fitting_parts(document: Document) -> tuple[Entry, Parts] | None:
    """Return the parts of an entry's file that fit, as an entry; None where that leads nowhere."""
    if not document.parsed or not isinstance(document.value, dict):
        return None
    # The document keeps its own value: fixes and messages go by what the file holds.
    parts = Parts(copy.deepcopy(document.value))
    for _ in range(_MOST_STEPS):
        try:
            return Entry.model_validate(parts.value), parts
        except ValidationError as error:
            place = _place(parts, error)
        if not place:
            return None
        parts.take(place)
    return None


def _place(parts: Parts, error: ValidationError) -> Path_:
    """Return what is to be taken out for the first complaint: the value, or what lacks something."""
    # Only the first complaint: without what is taken out for it, the others may be gone.
    detail = error.errors(include_url=False, include_context=False)[0]
    place: Path_ = ()
    holder: Any = parts.value
    for part in detail["loc"]:
        is_there = isinstance(part, int) and isinstance(holder, list) and part < len(holder)
        if not is_there and not (isinstance(holder, dict) and part in holder):
            # The rest names a field that is missing, or one of several models.
            break
        holder = holder[part]
        place = (*place, part)
    is_missing = detail["type"] == "missing"
    if is_missing and not place and str(detail["loc"][0]) in _STAND_INS:
        return (str(detail["loc"][0]),)
    return place


def with_parts(base: KnowledgeBase) -> tuple[KnowledgeBase, dict[str, Parts]]:
    """Return a knowledge base with the parts that fit of entries with faults, and these parts by file."""
    entries = dict(base.entries)
    paths = dict(base.entry_paths)
    found: dict[str, Parts] = {}
    for relpath, document in _unread(base):
        fitting = fitting_parts(document)
        if fitting is None:
            continue
        key = PurePosixPath(relpath).stem
        entries[key], found[relpath] = fitting
        paths[key] = relpath
    left = base.unread.entries - {PurePosixPath(relpath).stem for relpath in found}
    ordered = {key: entries[key] for key in sorted(entries)}
    unread = replace(base.unread, entries=left)
    return replace(base, entries=ordered, entry_paths=paths, unread=unread), found


def _unread(base: KnowledgeBase) -> Iterator[tuple[str, Document]]:
    """Yield the files of entries that have faults."""
    for relpath, document in base.documents.items():
        path = PurePosixPath(relpath)
        is_entry = path.parts[:1] == (PAPERS,) and path.stem in base.unread.entries
        if is_entry and path.stem not in base.entries:
            yield relpath, document
