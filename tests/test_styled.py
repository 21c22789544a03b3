"""Letters in a form of their own, and letters that a wrong encoding made."""

import pytest

from rekb.sources.clean import cleaned
from rekb.styled import garbled, plain_letters


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Parameter-Ef\ufb01cient", "Parameter-Efficient"),
        ("over\ufb02ow", "overflow"),
        ("\U0001d401\U0001d428\U0001d425\U0001d41d move", "Bold move"),
        ("\uff21\uff29 model", "AI model"),
        ("plain", "plain"),
        # What says something of its own stays: a square, a number in a circle, a Roman numeral, micro.
        ("x\u00b2", "x\u00b2"),
        ("\u2460", "\u2460"),
        ("\u2163", "\u2163"),
        ("\u00b5s", "\u00b5s"),
        # Beside Chinese characters, letters of double width are what people type.
        ("\uff21\uff29\u6642\u4ee3", "\uff21\uff29\u6642\u4ee3"),
    ],
)
def test_letters_of_a_form_of_their_own(text: str, plain: str) -> None:
    assert plain_letters(text) == plain


def test_what_is_imported_has_plain_letters() -> None:
    assert cleaned("Parameter-Ef\ufb01cient <i>Transfer</i>") == "Parameter-Efficient Transfer"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Caf\u00c3\u00a9", ("\u00c3\u00a9", "\u00e9")),
        ("M\u00c3\u00bcller", ("\u00c3\u00bc", "\u00fc")),
        ("Stanis\u00c5\u201aaw", ("\u00c5\u201a", "\u0142")),
        ("Don\u00e2\u20ac\u2122t", ("\u00e2\u20ac\u2122", "\u2019")),
        ("\u00e4\u00b8\u00ad\u00e6\u2013\u2021", ("\u00e4\u00b8\u00ad\u00e6\u2013\u2021", "\u4e2d\u6587")),
        ("Jo\u00c3\u0083o", ("\u00c3\u0083", "\u00c3")),
        # Words of real languages, quotes behind capitals, and units.
        ("JO\u00c3O", None),
        ("\u00abLIBERT\u00c9\u00bb", None),
        ("\u00bbSCH\u00d6\u00ab", None),
        ("SAINT-MALO\u00cb\u2019S", None),
        ("5 \u00c5\u00b1 0.1", None),
        ("na\u00efve", None),
        ("plain", None),
    ],
)
def test_text_read_in_the_wrong_encoding(text: str, found: tuple[str, str] | None) -> None:
    assert garbled(text) == found
