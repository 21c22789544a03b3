"""The text of a file that somebody gives: UTF-8, or told as what it is instead."""

from rekb.errors import SourceError

GIVE = "BibTeX, RIS, CSL-JSON, or a list of papers in Markdown"
"""What can be given."""
_BINARY = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or a document of an office program",
    b"\x1f\x8b": "a gzip file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"SQLite format 3": "a SQLite file", b"\xd0\xcf\x11\xe0": "a document of an office program",
}  # fmt: skip
_SAMPLE = 40


def text_of(data: bytes) -> str:
    """Return the text of a file.

    Raises:
        SourceError: for one that holds nothing, no text, or text that is not UTF-8; the message says which.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise SourceError("the file is empty")
    if _is_utf16(data):
        raise SourceError("this is UTF-16: save it as UTF-8")
    if what := next((what for start, what in _BINARY.items() if data.startswith(start)), ""):
        raise SourceError(f"this is {what}, no text: give {GIVE}")
    if b"\0" in data:
        raise SourceError(f"this is a binary file, no text: give {GIVE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = f"line {line} holds the byte 0x{data[error.start]:02x}, so it is not UTF-8"
        raise SourceError(f"{told} (Latin-1 or Windows-1252, most likely): save it as UTF-8") from error


def _is_utf16(data: bytes) -> bool:
    """Whether text has a byte of nothing beside each of its first letters, or says so itself."""
    start = data[:_SAMPLE]
    halves = start[::2], start[1::2]
    is_bare = len(start) > 2 and any(not half.strip(b"\0") for half in halves)  # noqa: PLR2004 - two letters
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or is_bare
