"""Strict YAML with positions: the one door through which data files come in.

Text is read under the core rules of YAML 1.2 (``no`` is text) straight from the parser's events, so that
depth, tags, anchors and aliases are refused before anything is built. Every value keeps its line and column.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rekb.diagnostics import Diagnostic, Place, Severity

MAX_BYTES = 256 * 1024
"""Largest data file that is read, in bytes; entries are 4 to 12 kB."""
MAX_DEPTH = 12
"""Deepest nesting of lists and mappings that is read; an entry needs 5."""

Path_ = tuple[str | int, ...]
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Path inside the data to (line, column), both from 1; keys and values apart."""

    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def locate(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Return the position of the value (or key) at `path`, else of its nearest existing ancestor."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while path:
            if path in first:
                return first[path]
            if path in second:
                return second[path]
            path = path[:-1]
        return self.values.get((), (1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """One data file as read: its value, where each part stands, and its text."""

    path: str
    """Path as shown to people: relative to the root, with ``/``."""
    value: Any
    source_map: SourceMap
    text: str

    def place(self, path: Path_ = (), *, key: bool = False) -> Place:
        """Return where `path` stands in the file."""
        return Place(self.path, *self.source_map.locate(path, key=key))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: a document, or none, and the faults met on the way."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]


def dotted(path: Path_) -> str:
    """Write a path as people do: ``("records", 0, "arxiv")`` is ``records[0].arxiv``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


def read(file: Path, shown: str) -> Reading:
    """Read one data file.

    Args:
        file: where it is on disk.
        shown: the path that messages name.

    Returns:
        The document, or none when the file cannot be used, with every fault found.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return _refused(shown, "unreadable-file", f"the file cannot be read: {error.strerror}",
                        "data files are ordinary files; replace a link by the file it points to")  # fmt: skip
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _refused(shown, "unreadable-file", "this is not an ordinary file", "put a YAML file here")
        if status.st_size > MAX_BYTES:
            message = f"the file has {status.st_size:,} bytes; at most {MAX_BYTES:,} are read"
            return _refused(shown, "file-too-large", message, "shorten the texts or split the entry")
        data = stream.read(MAX_BYTES + 1)
    return parse(data, shown)


def parse(data: bytes, shown: str) -> Reading:
    """Read the bytes of one data file; as `read`, without touching the disk."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _refused(shown, "byte-order-mark", "the file starts with a byte order mark",
                        "save it as UTF-8 without a byte order mark")  # fmt: skip
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return _refused(shown, "not-utf8", message, "save the file as UTF-8", line, column)
    faults = list(_text_faults(text, shown))
    if faults:
        return Reading(None, tuple(faults))
    builder = _Builder(shown)
    try:
        value = builder.build(text)
    except yaml.YAMLError as error:
        return Reading(None, (*builder.faults, _syntax_fault(error, shown)))
    except _TooDeepError:
        return Reading(None, tuple(builder.faults))
    document = Document(shown, value, builder.source_map, text)
    return Reading(document, tuple(builder.faults))


def _refused(shown: str, rule: str, message: str, hint: str, line: int = 1, column: int = 1) -> Reading:
    return Reading(None, (Diagnostic(rule, Severity.ERROR, Place(shown, line, column), message, hint),))


def _text_faults(text: str, shown: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _HIDDEN.search(line.removesuffix("\r")):
            place = Place(shown, number, match.start() + 1)
            name = unicodedata.name(match[0], "control character")
            message = f"hidden character U+{ord(match[0]):04X} ({name.lower()})"
            yield Diagnostic("hidden-character", Severity.ERROR, place, message, "delete it")


def _syntax_fault(error: yaml.YAMLError, shown: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    hint = "check indentation and quotes; a text that holds ': ' or ' #' or starts with a sign needs quotes"
    return Diagnostic("yaml-syntax", Severity.ERROR, place, f"not valid YAML: {problem}", hint)


class _TooDeepError(Exception):
    """Nesting went past MAX_DEPTH; the fault is recorded already."""


class _Builder:
    """Build plain values from parser events, recording positions and refusing what data files never need."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.source_map = SourceMap()
        self.faults: list[Diagnostic] = []

    def build(self, text: str) -> Any:
        """Return the value of the one document in `text`."""
        loader = _LOADER(text)
        try:
            events = iter(loader.get_event, None)
            next(events)  # stream start
            event = next(events)
            if isinstance(event, yaml.StreamEndEvent):
                return None
            value = self._value(next(events), events, ())
            next(events)  # document end
            extra = next(events)
            if not isinstance(extra, yaml.StreamEndEvent):
                self._fault("several-documents", extra, "a second YAML document starts here",
                            "one file is one document; remove the line `---`", ())  # fmt: skip
            return value
        finally:
            loader.dispose()

    def _fault(self, rule: str, event: yaml.Event, message: str, hint: str, path: Path_) -> None:
        place = Place(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(Diagnostic(rule, Severity.ERROR, place, message, hint, dotted(path) or None))

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Any:
        mark = event.start_mark
        self.source_map.values[path] = (mark.line + 1, mark.column + 1)
        self._refuse_features(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(path) >= MAX_DEPTH:
            self._fault("nested-too-deep", event, f"nested more than {MAX_DEPTH} levels deep",
                        "an entry needs at most 5 levels", path)  # fmt: skip
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _refuse_features(self, event: yaml.Event, path: Path_) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                "yaml-alias", event, f"alias `*{event.anchor}` is not allowed", "write the value out", path
            )
        elif getattr(event, "anchor", None):
            self._fault("yaml-anchor", event, f"anchor `&{event.anchor}` is not allowed", "remove it", path)
        if getattr(event, "tag", None) not in (None, "!"):
            self._fault(
                "yaml-tag",
                event,
                f"tag `{event.tag}` is not allowed",
                "remove it; types come from the field",
                path,
            )

    def _sequence(self, events: Iterator[yaml.Event], path: Path_) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, events, path)
            child = (*path, key)
            if key in values:
                line = self.source_map.keys[child][0]
                self._fault("duplicate-key", event, f"key `{key}` stands here again; it is on line {line} already",
                            "keep one of the two", child)  # fmt: skip
                self._value(next(events), events, (*path, f"{key} (again)"))
                continue
            self.source_map.keys[child] = (event.start_mark.line + 1, event.start_mark.column + 1)
            values[key] = self._value(next(events), events, child)
        return values

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> str:
        self._refuse_features(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                self._value(event, events, (*path, "?"))
            self._fault("key-not-text", event, "a key must be text", "write `name: value`", path)
            return "?"
        if event.value == "<<" and not event.style:
            self._fault(
                "yaml-merge-key", event, "merge key `<<` is not allowed", "write the fields out", path
            )
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent, path: Path_) -> Any:
        text = str(event.value)
        if event.style:  # quoted or block text; the C parser marks plain scalars with an empty style
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INT.match(text):
            return int(text) if len(text) < 20 else text  # noqa: PLR2004 - beyond 64 bits it is an identifier
        if _FLOAT.match(text):
            return float(text)
        if _NOT_FINITE.match(text):
            self._fault(
                "not-a-number",
                event,
                f"`{text}` is not a number here",
                "write a finite number or leave the field out",
                path,
            )
            return None
        return text
