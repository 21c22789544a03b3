"""One place in a file is found as all of its places are."""

import pytest

from rekb.yamlio.ordinary import Places, positions_of

TEXTS = [
    "",
    "title: Tile\n",
    "a:\n  - {b: 1, c: [x, y]}\n  - b: two\n    c:\n      - z\nd: |\n  text\n",
    "- one\n- two: three\n",
    "plain\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_place_alone_is_where_all_places_say(text: str) -> None:
    every = positions_of(text)
    alone = Places(text)
    paths = [(), ("d",), *every.values, *every.keys]
    wrong = []
    for path in paths:
        for asked in (path, (*path, "nothing"), (*path, 0), (*path, 99), (*path, "b", "c")):
            for key in (True, False):
                if alone(asked, key) != every.locate(asked, key=key):
                    wrong.append((asked, key))
    assert wrong == []
