"""Bytes that are no UTF-8: which encoding is named, and where none is."""

import pytest

from rekb.encoding import NotUtf8, decoded

OTHER = "is not UTF-8"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("title: Café au lait, cold".encode("latin-1"), "the text seems to be in Latin-1, where it is `é`"),
        ("title: a “cold” thing".encode("cp1252"), "the text seems to be in Windows-1252, where it is `“`"),
        # Most letters of Russian are beyond ASCII: as Latin-1 they would be read as nonsense.
        ("Ночные бабочки".encode("cp1251"), OTHER),
        ("夜の蛾".encode("shift_jis"), OTHER),
        (b"caf\xe9 \x00", OTHER),
        ("title: A".encode("utf-16"), "the text is in UTF-16, not in UTF-8"),
        (b"%PDF-1.7", "this is a PDF, no text"),
    ],
)
def test_what_is_said_of_bytes(data: bytes, message: str) -> None:
    found = decoded(data)
    assert isinstance(found, NotUtf8)
    assert found.message.endswith(message)


def test_text_in_utf8_is_text() -> None:
    assert decoded("Ночные бабочки, café".encode()) == "Ночные бабочки, café"
