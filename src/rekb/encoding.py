"""Bytes of a text: UTF-8, or which other encoding they seem to be in, so that a message can name it."""

import codecs
from dataclasses import dataclass

_SAMPLE = 4096
"""Bytes that are looked at to recognise an encoding."""
_MANY_ZEROS = 0.3
_FEWEST_ZEROS = 4
_FEW_HIGH = 0.3
"""Share of bytes beyond ASCII up to which a text may be Latin-1; Chinese or Russian text has more of them."""
_KINDS = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "an SQLite database"), (b"\x7fELF", "a program"),
)  # fmt: skip
"""How files begin that are no text."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip
"""Byte order marks; those of UTF-32 come first, as one of them begins with one of UTF-16."""


@dataclass(frozen=True, slots=True)
class NotUtf8:
    """Why bytes are no text in UTF-8."""

    message: str
    start: int = 0
    """The first byte that is at fault."""
    hint: str = "save the file as UTF-8"
    """What to do."""


def decoded(data: bytes) -> str | NotUtf8:
    """Return the text of bytes in UTF-8, or why they are none, with the encoding that they seem to be in."""
    for start, kind in _KINDS:
        if data.startswith(start):
            return NotUtf8(f"this is {kind}, no text", hint="give a text file")
    named = _wide(data)
    if named:
        return NotUtf8(f"the text is in {named}, not in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return NotUtf8(_narrow(data, error.start), error.start)


def _wide(data: bytes) -> str | None:
    """Return the name of an encoding that takes two or four bytes for each letter."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if 0 not in sample:
        return None  # as nearly always
    # In UTF-16 every second byte of a Latin letter is zero: always the first, or always the second.
    fewer, more = sorted((sample[0::2].count(0), sample[1::2].count(0)))
    least = max(_FEWEST_ZEROS, _MANY_ZEROS * len(sample) / 2)
    if fewer == 0 and more >= least:
        return "UTF-16"
    return None


def _narrow(data: bytes, start: int) -> str:
    """Return what to say of a byte that is no UTF-8; Latin-1 is only named where the rest looks like it."""
    message = f"byte 0x{data[start]:02x} is not UTF-8"
    sample = data[max(0, start - _SAMPLE) : start + _SAMPLE]
    high = sum(byte > 0x7F for byte in sample)  # noqa: PLR2004 - the end of ASCII
    if 0 in sample or high / len(sample) > _FEW_HIGH:
        return message
    name, codec = "Latin-1", "latin-1"
    # Latin-1 has control characters there; Windows has quotation marks and dashes.
    if any(0x80 <= byte <= 0x9F for byte in sample):  # noqa: PLR2004
        name, codec = "Windows-1252", "cp1252"
    letter = data[start : start + 1].decode(codec, "replace")
    return f"{message}; the text seems to be in {name}, where it is `{letter}`"
