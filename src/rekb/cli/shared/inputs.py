"""Files that a person hands to a command: read up to a limit, as UTF-8; what is none is named."""

import sys
from pathlib import Path

from rekb.encoding import NotUtf8, decoded
from rekb.errors import SourceError
from rekb.text import conflict_lines

_BYTE_ORDER_MARK = "\ufeff"


def text_of_file(source: str, largest: int, advice: str = "split it") -> str:
    """Return the text of a file, or of standard input for ``-``; a byte order mark stays in it.

    Args:
        source: the file's path.
        largest: bytes from which on it is refused; no more is ever read.
        advice: what to do with a larger one.

    Raises:
        SourceError: when it cannot be opened, is too large, or is no text in UTF-8.
    """
    name = _called(source)
    text = decoded(bytes_of_file(source, largest, advice))
    if isinstance(text, NotUtf8):
        raise SourceError(f"{name}: {text.message}: {text.hint}")
    if mark := next(conflict_lines(text), None):
        raise SourceError(f"{name}: a merge stopped in line {mark[0]}, `{mark[1]}`: keep one of the versions")
    return text


def bytes_of_file(source: str, largest: int, advice: str = "split it") -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Raises:
        SourceError: when it cannot be opened or is too large; no more than the limit is ever read.
    """
    try:
        # One byte beyond the limit is enough to know that there is more.
        data = sys.stdin.buffer.read(largest + 1) if source == "-" else _start_of(Path(source), largest + 1)
    except OSError as error:
        raise SourceError(f"cannot read {_called(source)}: {error.strerror or error}") from error
    if len(data) > largest:
        raise SourceError(f"{_called(source)} is larger than {largest:,} bytes: {advice}")
    return data


def _called(source: str) -> str:
    if source == "-":
        return "standard input"
    return source


def without_mark(text: str) -> str:
    """Return a text without the byte order mark that some programs begin it with."""
    return text.removeprefix(_BYTE_ORDER_MARK)


def _start_of(file: Path, size: int) -> bytes:
    with file.open("rb") as stream:
        return stream.read(size)
