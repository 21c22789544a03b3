"""Build plain values from the YAML parser's events, with positions, under the core rules of YAML 1.2.

Nothing is composed: depth, tags, anchors, aliases, merge keys and repeated keys are refused as they are met,
so a small hostile file cannot grow into a large value or a deep recursion.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.yamlio.document import Path_, SourceMap, dotted

MAX_DEPTH = 12
"""Deepest nesting of lists and mappings that is read; an entry needs 5."""
MAX_FAULTS = 100
"""Faults of one file after which reading it stops; only a hostile file has as many."""
MAX_VALUES = 25_000
"""Values of one file after which reading it stops; an entry has 200, the largest list of venues 20,000."""
LONGEST_INTEGER = 19
"""Most characters of a whole number; what is longer is an identifier and wants quotes."""

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser, or PyYAML's own where that is missing; both give the same values and positions."""

Event = Any
"""An event of either parser; PyYAML's types leave out what each kind of event carries."""

# Numbers after the core schema of YAML 1.2: `1_000`, `0b1` and `1:30` of YAML 1.1 are texts.
_INT = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
# The core schema has these spellings only: `yes`, `no`, `on` and `off` of YAML 1.1 are texts.
CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_TAG = re.compile(r"(?:&\S+\s+)?(?P<tag>!(?:<[^\s>]*>|[^\s,\[\]{}]*))")
"""A tag as it is written, with the anchor that may be before it."""
_CUT = re.compile(r"[ \t]+(?P<rest>#\w[^\r\n]*)")
"""What is behind an unquoted text and was perhaps meant to be a part of it: `Learning C #1`."""
_LONGEST_EXCERPT = 60
_START_ANEW = "start from a neighbouring file; an entry needs at most 5 levels and none of YAML's extras"
_MERGE = "<<"
MAYBE_NOT_TEXT = frozenset("~nNtTfF.+-0123456789")
"""First characters of plain scalars that can be something other than text."""


class StoppedError(Exception):
    """Reading went no further; the fault is recorded already."""


def is_text(plain: str) -> bool:
    """Whether an unquoted scalar is text, and not empty, true or false, or a number."""
    if plain and plain[0] not in MAYBE_NOT_TEXT:
        return True
    if plain in CONSTANTS:
        return False
    is_number = _INT.match(plain) or _FLOAT.match(plain) or _NOT_FINITE.match(plain)
    return not is_number


class Tree:
    """The value of one text under construction: positions and faults beside it."""

    def __init__(self, text: str, relpath: str) -> None:
        self.text = text
        self.relpath = relpath
        self.source_map = SourceMap()
        self.faults: list[Diagnostic] = []
        self._events: Iterator[Event] = iter(())

    def build(self) -> Any:
        """Return the value of the one document in the text.

        Raises:
            yaml.YAMLError: when the text is not YAML.
            StoppedError: when reading was given up; `faults` holds the reason.
        """
        loader = LOADER(self.text)
        try:
            self._events = iter(loader.get_event, None)
            return self._stream()
        finally:
            # PyYAML's own parser refers to itself; cleared, it is freed at once.
            loader.dispose()

    def _stream(self) -> Any:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._fault("yaml-directive", event, "a `%` directive is not allowed", "remove the line", ())
        value = self._value(next(self._events), ())
        next(self._events)  # document end
        extra = next(self._events)
        if not isinstance(extra, yaml.StreamEndEvent):
            message, hint = "a second YAML document starts here", "one file is one document; remove `---`"
            self._fault("several-documents", extra, message, hint, ())
        return value

    def _fault(self, rule: str, event: Event, message: str, hint: str, path: Path_) -> None:
        place = Place(self.relpath, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(Diagnostic(rule, Severity.ERROR, place, message, hint, dotted(path) or None))
        self._stop_when_many(event)

    def _stop_when_many(self, event: Event) -> None:
        if len(self.faults) >= MAX_FAULTS:
            self._stop("too-many-faults", event, f"reading stopped after {MAX_FAULTS} faults")

    def _stop(self, rule: str, event: Event, message: str, hint: str = _START_ANEW) -> None:
        place = Place(self.relpath, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(Diagnostic(rule, Severity.ERROR, place, message, hint))
        raise StoppedError

    def _value(self, event: Event, path: Path_) -> Any:
        mark = event.start_mark
        self.source_map.values[path] = (mark.line + 1, mark.column + 1)
        if len(self.source_map.values) > MAX_VALUES:
            hint = "an entry has some hundred; put works into files of their own"
            self._stop("too-many-values", event, f"the file holds more than {MAX_VALUES:,} values", hint)
        if self._is_special(event) and self._refused(event, path):
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= MAX_DEPTH:
            self._stop("nested-too-deep", event, f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _is_special(self, event: Event) -> bool:
        """Whether an event may be one that is refused; libyaml drops the tag `!`, so the text is asked."""
        if event.anchor or isinstance(event, yaml.AliasEvent):
            return True
        if event.tag:
            return True
        return self.text.startswith("!", event.start_mark.index)

    def _refused(self, event: Event, path: Path_) -> bool:
        """Report an alias, anchor or tag; whether there is no value to go on with."""
        if isinstance(event, yaml.AliasEvent):
            message = f"alias `*{event.anchor}` is not allowed"
            self._fault("yaml-alias", event, message, "write the value out", path)
            return True
        if event.anchor:
            message = f"anchor `&{event.anchor}` is not allowed"
            self._fault("yaml-anchor", event, message, "remove it", path)
        if event.tag or self.text[event.start_mark.index : event.start_mark.index + 1] == "!":
            written = _TAG.match(self.text, event.start_mark.index)
            message = f"tag `{written['tag'] if written else event.tag}` is not allowed"
            self._fault("yaml-tag", event, message, "remove it; types come from the field", path)
        return False

    def _sequence(self, path: Path_) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path_) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            child = (*path, key)
            if key in values:
                self._repeated(event, child)
                continue
            self.source_map.keys[child] = (event.start_mark.line + 1, event.start_mark.column + 1)
            values[key] = self._value(next(self._events), child)
        return values

    def _repeated(self, event: Event, child: Path_) -> None:
        line = self.source_map.keys[child][0]
        message = f"key `{child[-1]}` is here again; it is on line {line} already"
        self._fault("duplicate-key", event, message, "keep one of the two", child)
        # The value is read all the same: its events must be used up, or the walk loses its place.
        # It gets a name of its own, so that the places of the first value stay.
        self._value(next(self._events), (*child[:-1], f"{child[-1]} (again)"))

    def _key(self, event: Event, path: Path_) -> str:
        stand_in = f"(key in line {event.start_mark.line + 1}, column {event.start_mark.column + 1})"
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                self._fault(
                    "key-not-text", event, "a key is one word", "write `name: value`", (*path, stand_in)
                )
            # A list or mapping in place of a name has events of its own, which must be used up as well.
            self._value(event, (*path, stand_in))
            return stand_in
        key = str(event.value)
        child = (*path, key)
        if self._is_special(event):
            self._refused(event, child)
        if event.style:
            return key
        if key == _MERGE:
            message = f"merge key `{_MERGE}` is not allowed"
            self._fault("yaml-merge-key", event, message, "write the fields out", child)
        elif not is_text(key):
            written = f"`{key}`" if key else "an empty key"
            self._fault("key-not-text", event, f"{written} is no field name", "write `name: value`", child)
        return key

    def _scalar(self, event: Event, path: Path_) -> Any:
        text = str(event.value)
        # A text without quotes has no style, or an empty one.
        if event.style:
            return text
        self._check_end(event, text, path)
        if is_text(text):
            return text
        value = CONSTANTS[text] if text in CONSTANTS else self._number(text, event, path)
        if text != plain(value):
            self.source_map.written[path] = text
        return value

    def _check_end(self, event: Event, text: str, path: Path_) -> None:
        """Report words that YAML takes for a comment though they look like a part of the text."""
        cut = _CUT.match(self.text, event.end_mark.index)
        if cut is None or not (is_text(text) or text == ""):
            return
        rest = cut["rest"].rstrip()[:_LONGEST_EXCERPT]
        place = Place(
            self.relpath, event.end_mark.line + 1, event.end_mark.column + 1 + cut.start("rest") - cut.start()
        )
        message = f"`{rest}` is read as a comment, so it is cut off"
        whole = f"{text} {rest}".strip()
        hint = f'put the whole text in quotes: "{whole}"; a comment has a space behind its `#`'
        self.faults.append(
            Diagnostic("comment-in-text", Severity.ERROR, place, message, hint, dotted(path) or None)
        )
        self._stop_when_many(event)

    def _number(self, text: str, event: Event, path: Path_) -> int | float | None:
        number = number_of(text)
        if number is None:
            message = f"`{text[:40]}` is not a number that can be used"
            hint = "write a finite number, put text in quotes, or leave the field out"
            self._fault("not-a-number", event, message, hint, path)
        return number


def plain(value: bool | float | None) -> str:  # noqa: FBT001 - a value of a file, whatever its type
    """Return what is not text as the canonical form writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return repr(value).lower()
    text = repr(value)
    # Readers of YAML 1.1 take `1e-06` for text: a number with an exponent has a full stop there.
    if "e" in text and "." not in text:
        return text.replace("e", ".0e")
    return text


def number_of(text: str) -> int | float | None:
    """Return a number written under the core rules, or `None` where it is too large or not finite."""
    if _INT.match(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        # Of more than 4,300 digits Python's `int` raises an error, so the length is asked first.
        if len(text) <= LONGEST_INTEGER:
            return int(text, base)
        return None
    if _FLOAT.match(text):
        number = float(text)
    else:
        number = math.inf
    # `float` makes infinity out of `1e999` without a word.
    if math.isfinite(number):
        return number
    return None
