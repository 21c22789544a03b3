"""Strict YAML with positions: the one door through which data files come in.

Bytes are checked first (an ordinary file, its size, UTF-8, no hidden characters), then the parser's events,
before anything is built from them. `read` never raises for what a file holds: a fault becomes a diagnostic.
"""

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.encoding import NotUtf8, decoded
from rekb.hidden import first_hidden
from rekb.text import conflict_lines
from rekb.yamlio.document import Document, Path_, Reading, SourceMap, dotted
from rekb.yamlio.events import MAX_DEPTH, MAX_FAULTS, StoppedError, Tree
from rekb.yamlio.ordinary import NOT_ORDINARY, Places, positions_of, value_of
from rekb.yamlio.regular import NOT_REGULAR, regular_value

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_FAULTS",
    "Document",
    "Path_",
    "Reading",
    "SourceMap",
    "dotted",
    "parse",
    "read",
]

MAX_BYTES = 256 * 1024
"""Largest data file that is read, in bytes; entries are 4 to 12 kB."""

_UNREADABLE = {
    errno.ENOENT: ("there is no such file", "write it, or restore it from version control"),
    # With O_NOFOLLOW, opening a link fails with this error.
    errno.ELOOP: ("this is a symbolic link", "put the file itself here"),
    errno.EACCES: ("the file may not be read", "change its permissions"),
}
_NOT_PLAIN = ("this is not an ordinary file", "put a YAML file here")


def read(file: Path | str, relpath: str) -> Reading:
    """Read one data file.

    Args:
        file: where it is on disk.
        relpath: the path that messages name.

    Returns:
        The document, or none when there is no text, with every fault found.
    """
    found = content(file, relpath)
    return found if isinstance(found, Reading) else parse(found, relpath)


def content(file: Path | str, relpath: str, most: int = MAX_BYTES) -> bytes | Reading:
    """Return the bytes of a data file, at most so many, or why it cannot be read."""
    try:
        # It neither follows a link nor waits for the other end of a pipe.
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        message, hint = _UNREADABLE.get(
            error.errno or 0, (f"cannot be read: {error.strerror}", _NOT_PLAIN[1])
        )
        return _refused(relpath, "unreadable-file", message, hint)
    try:
        return _content_of(descriptor, relpath, most)
    finally:
        os.close(descriptor)


def _content_of(descriptor: int, relpath: str, most: int) -> bytes | Reading:
    # The open file is asked and not its path, which may lead to another file by now.
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        message, hint = _NOT_PLAIN
        named = "it is a folder: " if stat.S_ISDIR(status.st_mode) else ""
        return _refused(relpath, "unreadable-file", message, f"{named}{hint}")
    if status.st_size > most:
        return _too_large(status.st_size, relpath, most)
    # One byte more: the file may have grown since it was measured.
    data = os.read(descriptor, status.st_size + 1)
    if len(data) != status.st_size:
        data = _read_on(descriptor, data, most + 1)
    if len(data) > most:
        return _too_large(len(data), relpath, most)
    return data


def _read_on(descriptor: int, data: bytes, most: int) -> bytes:
    """Return these bytes and those that follow in a file, at most so many."""
    parts = [data]
    left = most - len(data)
    while left > 0:
        part = os.read(descriptor, left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def parse(data: bytes, relpath: str) -> Reading:
    """Read the bytes of one data file; as `read`, without touching the disk."""
    if len(data) > MAX_BYTES:
        return _too_large(len(data), relpath)
    # Some editors on Windows write this mark, and YAML's own reader drops it without a word.
    if data.startswith(b"\xef\xbb\xbf"):
        message, hint = "the file starts with a byte order mark", "save it as UTF-8 without a byte order mark"
        return _refused(relpath, "byte-order-mark", message, hint)
    text = decoded(data)
    if isinstance(text, NotUtf8):
        return _not_utf8(data, text, relpath)
    # They come before YAML, which would complain about the marks of a merge and never name the merge.
    faults = (*_conflict_faults(text, relpath), *islice(_text_faults(text, relpath), MAX_FAULTS))
    return _unparsed(text, relpath, *faults) if faults else _parse_text(text, relpath)


def _parse_text(text: str, relpath: str) -> Reading:
    value = regular_value(text)
    if value is not NOT_REGULAR:
        return _found_later(value, text, relpath)
    value = value_of(text)
    # In double quotes an escape may make a hidden character, for which the walk looks.
    if value is NOT_ORDINARY or "\\" in text:
        return _walked(text, relpath)
    return _found_later(value, text, relpath)


def _found_later(value: Any, text: str, relpath: str) -> Reading:
    """Return a value without faults, whose places are found when somebody asks for one."""
    source_map = SourceMap(partial(positions_of, text), Places(text))
    return Reading(Document(relpath, value, source_map, text), ())


def _walked(text: str, relpath: str) -> Reading:
    """Read a text that may hold anything, event by event."""
    tree = Tree(text, relpath)
    try:
        value = tree.build()
    except yaml.YAMLError as error:
        return _unparsed(text, relpath, *tree.faults, _syntax_fault(error, text, relpath))
    except StoppedError:
        return _unparsed(text, relpath, *tree.faults)
    document = Document(relpath, value, tree.source_map, text)
    if hidden := tuple(islice(_escaped_faults(document), MAX_FAULTS)):
        # Without its value, no page or terminal is ever given such a sign.
        return _unparsed(text, relpath, *tree.faults, *hidden)
    return Reading(document, tuple(tree.faults))


def _refused(relpath: str, rule: str, message: str, hint: str) -> Reading:
    return Reading(None, (Diagnostic(rule, Severity.ERROR, Place(relpath), message, hint),))


def _unparsed(text: str, relpath: str, *faults: Diagnostic) -> Reading:
    return Reading(Document(relpath, None, SourceMap(), text, parsed=False), faults)


def _too_large(size: int, relpath: str, most: int = MAX_BYTES) -> Reading:
    message = f"the file has {size:,} bytes; at most {most:,} are read"
    return _refused(relpath, "file-too-large", message, "shorten the texts")


def _not_utf8(data: bytes, why: NotUtf8, relpath: str) -> Reading:
    before = data[: why.start].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    fault = Diagnostic("not-utf8", Severity.ERROR, Place(relpath, line, column), why.message, why.hint)
    # The message shows the line, and a byte that is no UTF-8 is seen in it as `\xe9`.
    return _unparsed(data.decode("utf-8", "backslashreplace"), relpath, fault)


def _conflict_faults(text: str, relpath: str) -> Iterator[Diagnostic]:
    """Yield the marks that an unfinished merge left."""
    for line, mark in islice(conflict_lines(text), MAX_FAULTS):
        message = f"a merge stopped here: `{mark}` marks two versions of these lines"
        hint = "keep one of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        yield Diagnostic("conflict-marker", Severity.ERROR, Place(relpath, line), message, hint)


def _hidden_fault(character: str, place: Place, field: str | None = None) -> Diagnostic:
    is_tab = character == "\t"
    if is_tab:
        name = "tab"
    else:
        name = unicodedata.name(character, _nameless(character)).lower()
    message = f"character U+{ord(character):04X} ({name}) does not belong here"
    hint = "write spaces" if is_tab else "delete it"
    return Diagnostic("hidden-character", Severity.ERROR, place, message, hint, field)


def _nameless(character: str) -> str:
    """Return what a character is that Unicode gives no name."""
    kinds = {"Cc": "a control character", "Co": "a character of private use", "Cs": "half a character"}
    return kinds.get(unicodedata.category(character), "no character")


def _text_faults(text: str, relpath: str) -> Iterator[Diagnostic]:
    """Yield what could hide in the text, once a line."""
    if "\t" not in text and first_hidden(text) is None:
        return  # as nearly always
    for number, line in enumerate(text.split("\n"), start=1):
        at = _first_fault(line)
        if at is not None:
            yield _hidden_fault(line[at], Place(relpath, number, at + 1))


def _first_fault(line: str) -> int | None:
    """Return where a line has its first tab or hidden character."""
    places = []
    tab = line.find("\t")
    if tab >= 0:
        places.append(tab)
    # On Windows git ends lines with CR and LF: CR counts as hidden unless LF follows.
    hidden = first_hidden(f"{line}\n")
    if hidden is not None:
        places.append(hidden)
    return min(places, default=None)


def _escaped_faults(document: Document) -> Iterator[Diagnostic]:
    """Yield what came in by escapes inside double quotes; the text itself is clean by now."""
    if "\\" not in document.text:
        return
    for path, text in strings(document.value, ()):
        at = first_hidden(text)
        if at is not None:
            is_key = path[-1:] == (text,)
            yield _hidden_fault(text[at], document.place(path, key=is_key), dotted(path))


def strings(value: Any, path: Path_) -> list[tuple[Path_, str]]:
    """Return every text inside a value, keys included, with its path."""
    found: list[tuple[Path_, str]] = []
    _gather(value, path, found)
    return found


def lines_of(value: Any) -> str:
    """Return every text inside a value, names of fields included, each on lines of its own.

    What a rule looks for is rare: it is looked for in all texts at once, its place only where it is there.
    """
    texts: list[str] = []
    _gather_texts(value, texts)
    return "\n".join(texts)


def _gather_texts(value: Any, texts: list[str]) -> None:
    if isinstance(value, dict):
        texts += value
        value = value.values()
    elif not isinstance(value, list):
        return
    for inner in value:
        if inner.__class__ is str:
            texts.append(inner)
        else:
            _gather_texts(inner, texts)


def _gather(value: Any, path: Path_, found: list[tuple[Path_, str]]) -> None:
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _gather(inner, (*path, number), found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            here = (*path, name)
            found.append((here, name))
            _gather(inner, here, found)


def _syntax_fault(error: yaml.YAMLError, text: str, relpath: str) -> Diagnostic:
    # PyYAML's error on characters that YAML forbids has neither a problem nor marks.
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if "unexpected end of stream" in problem:
        # What is open began at the other mark; the end of the file is where nobody looks.
        marks.reverse()
    mark = next(filter(None, marks), None)
    if mark:
        place = Place(relpath, mark.line + 1, mark.column + 1)
    else:
        place = Place(relpath)
    hint = _advice(error, problem, text.split("\n"), place.line)
    return Diagnostic("yaml-syntax", Severity.ERROR, place, f"not valid YAML: {problem}", hint)


def _advice(error: yaml.YAMLError, problem: str, lines: list[str], number: int) -> str:
    """Return what to write instead: what the problem itself shows, else what may be open before it."""
    if number <= len(lines):
        line = lines[number - 1]
    else:
        line = ""
    if "mapping values are not allowed" in problem:
        return "put a text that holds `: ` in quotes"
    if "cannot start any token" in problem:
        return "put a text that starts with a sign in quotes"
    if line.count('"') % 2:
        return "a quotation mark is open or missing on this line"
    if opened := _opened(error, lines, number):
        return opened
    if "could not find expected ':'" in problem:
        return "a field is `name: value`, with a space behind the colon"
    return "check indentation, brackets and quotes"


def _opened(error: yaml.YAMLError, lines: list[str], number: int) -> str | None:
    """Return which bracket or quotation mark an earlier line may have left open."""
    mark = getattr(error, "context_mark", None)
    # PyYAML calls a list or mapping in brackets a flow sequence or a flow mapping.
    is_in_brackets = "flow" in str(getattr(error, "context", ""))
    if mark and is_in_brackets and mark.line + 1 < number:
        return f"a bracket is open since line {mark.line + 1}"
    for first, line in enumerate(lines[:number], start=1):
        if _is_open(line):
            return f"a quotation mark may be open since line {first}"
    return None


def _is_open(line: str) -> bool:
    """Whether a line begins a text in double quotes that does not end there; comments do not count."""
    if line.lstrip().startswith("#"):
        return False
    marks = line.replace('\\"', "").count('"')
    return marks % 2 == 1
