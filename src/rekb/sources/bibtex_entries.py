"""The entries of a BibTeX text, one by one: bibtexparser reads each alone, so none can damage another.

Where an entry ends is looked for here, since a text of many has faults that one entry does not show: a key
that occurs twice, a line of an abstract that begins with ``@``, a brace that is never closed. Macros, ``#``
and ``crossref`` are resolved here, too, over the whole file.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String

from rekb.errors import SourceError

_START = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_NEXT = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]\s*[^\s,={}\"]*\s*,\s*[A-Za-z][\w-]*\s*=", re.MULTILINE)
"""The beginning of an entry with its first field, which no abstract holds by chance."""
_BRACE = re.compile(r"\\.|[{}()]", re.DOTALL)
_LARGEST = 500_000
"""Characters in which an entry must end."""
_LONGEST_MACRO = 10_000
"""Characters that are kept of a macro: each may hold the one before it twice, and so they would double."""
_MOST_BRACES = 20
"""Pairs of braces around a whole value that are taken off."""
_AT = "\ue000"
"""Stands for an ``@`` inside an entry, of which bibtexparser would begin another."""
_VALUE = re.compile(r"\s*(?:(?P<number>\d+)|(?P<name>[^\s\"#%'(),={}]+))\s*(?:#|\Z)")
_UNLENT = frozenset({"title", "subtitle", "crossref", "xref", "xdata", "key", "ids", "author", "shorttitle"})
"""Fields of a volume that are not those of the works in it."""
_NAMES = frozenset({"author", "editor"})
_MOST_PARENTS = 3


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry, its values as they stand but without the delimiters."""

    line: int
    kind: str
    """Its type in lower case: ``inproceedings``."""
    key: str
    fields: dict[str, str]
    """Field names in lower case to values."""
    twice: tuple[str, ...] = ()
    """Fields that stand twice with different values; the first is read, as BibTeX does."""
    is_volume: bool = False
    """Whether others of the file refer to it and it names no author: the volume, not a work of its own."""
    start: int = 0
    """Where it begins in the text, in characters."""
    end: int = 0
    """Where the text behind it begins."""


Numbered = tuple[int, BibEntry | SourceError]
"""An entry, or why it cannot be read, with the line it begins at."""


@dataclass(slots=True)
class _Reading:
    macros: dict[str, str] = field(default_factory=dict)


def read_entries(text: str) -> list[Numbered]:
    """Return the entries of a text in order with the lines they begin at, broken ones as errors."""
    # bibtexparser also logs each fault that it returns, so it would be reported twice.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    reading = _Reading()
    found: list[Numbered] = []
    for line, start, chunk in _chunks(text):
        for block in parse_string(chunk, parse_stack=[]).blocks:
            read = _block(reading, block, line, chunk)
            if isinstance(read, BibEntry):
                # Hiding an `@` changes no place: one sign stands for it.
                found.append((line, replace(read, start=start, end=start + len(chunk))))
            elif read is not None:
                found.append((line, read))
    return _with_volumes(found)


def _chunks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each entry's line, its place in the text, and its text, in which further ``@`` are hidden."""
    # The end of the text counts as a beginning, so that behind every entry one is found.
    begins = [match.start() for match in _NEXT.finditer(text)] + [len(text)]
    position, line = 0, 1
    while match := _START.search(text, position):
        end = _end(text, match, begins[bisect_right(begins, match.end(), hi=len(begins) - 1)])
        line += text.count("\n", position, match.start())
        chunk = text[match.start() : end]
        # BibTeX passes over `@comment`, and JabRef keeps its settings there.
        if match[1].lower() not in ("comment", "preamble"):
            yield line, match.start(), f"@{chunk[1:].replace('@', _AT)}"
        line += chunk.count("\n")
        position = end


def _end(text: str, start: re.Match[str], following: int) -> int:
    """Return where an entry ends: behind its last bracket, or before the next entry where that is missing."""
    # BibTeX takes `@article(...)` for the same as `@article{...}`.
    opened, closed = ("{", "}") if start[0].endswith("{") else ("(", ")")
    limit = min(start.end() + _LARGEST, following)
    if opened == "{":
        braces = 1
    else:
        braces = 0
    for match in _BRACE.finditer(text, start.end(), limit):
        sign = match[0]
        if sign == closed == ")" and braces == 0:
            return match.end()
        braces += (sign == "{") - (sign == "}")
        if sign == closed == "}" and braces == 0:
            return match.end()
    return max(limit, start.end())


def _block(reading: _Reading, block: object, line: int, chunk: str) -> BibEntry | SourceError | None:
    twice: tuple[str, ...] = ()
    if isinstance(block, String):
        reading.macros[block.key.lower()] = _value(reading, str(block.value))[:_LONGEST_MACRO]
        return None
    # bibtexparser takes a field that occurs twice for a fault; BibTeX warns and reads the first.
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
        twice = tuple(sorted(block.duplicate_keys))
        block = block.ignore_error_block
    if isinstance(block, Entry):
        return _entry(reading, block, line, twice)
    if isinstance(block, ParsingFailedBlock):
        return SourceError(f"the BibTeX entry cannot be read: {_unread(chunk.replace(_AT, '@'))}")
    return None


def _entry(reading: _Reading, block: Entry, line: int, twice: tuple[str, ...]) -> BibEntry:
    fields: dict[str, str] = {}
    other = set()
    for part in block.fields:
        name, value = part.key.lower(), _value(reading, str(part.value))
        # Braces around a whole name say that it is the name of a body, so names keep theirs.
        if name not in _NAMES:
            value = _unbraced(value)
        if fields.setdefault(name, value) != value:
            other.add(name)
    named = tuple(sorted(name for name in {*(t.lower() for t in twice), *other} if name in other))
    return BibEntry(line, block.entry_type.lower(), block.key.replace(_AT, "@"), fields, named)


def _value(reading: _Reading, raw: str) -> str:
    """Return a value without delimiters, its macros and joins resolved."""
    parts, position, raw = [], 0, raw.replace(_AT, "@").strip()
    size = 0
    while position < len(raw) and size < _LARGEST:
        read, position = _piece(reading, raw, position)
        parts.append(read)
        size += len(read)
    return "".join(parts).strip()


def _piece(reading: _Reading, raw: str, position: int) -> tuple[str, int]:
    while position < len(raw) and (raw[position].isspace() or raw[position] == "#"):
        position += 1
    if position < len(raw) and raw[position] in '{"':
        end = _closing(raw, position)
        return raw[position + 1 : end], end + 1
    match = _VALUE.match(raw, position)
    if match is None:
        return raw[position:], len(raw)
    name = match["number"] or match["name"]
    # BibTeX's styles define the months `jan` to `dec`, so files use them without defining them.
    return reading.macros.get(name.lower(), name), match.end()


def _closing(raw: str, start: int) -> int:
    """Return the place of the sign that closes a value."""
    # A quotation mark inside braces does not end a value: BibTeX wants `{"}` for one.
    closing, depth = ("}", 0) if raw[start] == "{" else ('"', 1)
    for match in re.finditer(r"\\.|[{}\"]", raw[start + 1 :], re.DOTALL):
        sign = match[0]
        if sign == closing and depth == (0 if closing == "}" else 1):
            return start + 1 + match.start()
        depth += (sign == "{") - (sign == "}")
    return len(raw)


def _unbraced(value: str) -> str:
    """Return a value without braces around all of it; those of a part, which mean something, stay."""
    for _ in range(_MOST_BRACES):
        if not value.startswith("{") or _closing(value, 0) != len(value) - 1:
            break
        value = value[1:-1].strip()
    return value


def _unread(raw: str) -> str:
    bare = re.sub(r"\\[{}]", "", raw)
    opened, closed = bare.count("{"), bare.count("}")
    counted = f"; it opens {opened} braces and closes {closed}" if opened != closed else ""
    return f"brackets, quotes or commas do not match{counted}"


def _with_volumes(
    found: list[Numbered],
) -> list[Numbered]:
    """Return entries with what their volumes lend them, as BibTeX and biber do."""
    by_key = {}
    # From behind, so that of two entries with one key the first lends: BibTeX passes over the second.
    for _, entry in reversed(found):
        if isinstance(entry, BibEntry):
            by_key[entry.key.casefold()] = entry
    named = {key for _, entry in found if isinstance(entry, BibEntry) for key in _parents(entry)}
    given: list[Numbered] = []
    for line, entry in found:
        if isinstance(entry, BibEntry):
            is_volume = entry.key.casefold() in named and not entry.fields.get("author")
            entry = replace(entry, fields=_lent(entry, by_key), is_volume=is_volume)  # noqa: PLW2901 - one name
        given.append((line, entry))
    return given


def _parents(entry: BibEntry) -> list[str]:
    """Return the keys of the entries that lend their fields to one, its volume first."""
    # biblatex takes several keys in `xdata`, with commas between them.
    named = (entry.fields.get("crossref", ""), *entry.fields.get("xdata", "").split(","))
    return [key.strip().casefold() for key in named if key.strip()]


def _lent(entry: BibEntry, by_key: Mapping[str, BibEntry]) -> dict[str, str]:
    fields = dict(entry.fields)
    waiting = [entry]
    # Entries may lend from each other in a circle, so the steps are counted.
    for _ in range(_MOST_PARENTS):
        if not waiting:
            break
        current = waiting.pop(0)
        for key in _parents(current):
            parent = by_key.get(key)
            if parent is not None and parent is not entry:
                fields = _of_parent(parent, current) | fields
                waiting.append(parent)
    return fields


def _of_parent(parent: BibEntry, entry: BibEntry) -> dict[str, str]:
    """Return the fields that one entry lends to another."""
    lent = {}
    for name, value in parent.fields.items():
        if name not in _UNLENT:
            lent[name] = value
    # biber gives the volume's title to its works as `booktitle`; BibTeX wants it written in the volume.
    is_volume = entry.fields.get("crossref", "").strip().casefold() == parent.key.casefold()
    if is_volume and "title" in parent.fields:
        lent.setdefault("booktitle", parent.fields["title"])
    return lent
