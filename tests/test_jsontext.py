"""JSON in lines: the same text as the standard library's, and parts that fit together."""

import json
import math
from typing import Any

import pytest

from rekb.jsontext import json_text, list_of

VALUES: list[Any] = [
    {},
    [],
    {"a": [], "b": {}, "c": ()},
    {"text": 'quoted "x" \\ \n\t\x00\x7f\u2028 é 漢 😀', "": ""},
    {"numbers": [0, -1, 1.5, 1e300, 10**30], "words": [True, False, None]},
    [[["deep", {"deeper": [1, [2, [3]]]}]], "end"],
    "alone",
]


@pytest.mark.parametrize("value", VALUES)
def test_the_text_is_the_standard_librarys(value: Any) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)


def test_parts_make_a_list() -> None:
    assert list_of(json_text(value, depth=1) for value in VALUES) == json_text(VALUES)


@pytest.mark.parametrize(("value", "error"), [(math.nan, ValueError), ({1: 2}, TypeError), ({1}, TypeError)])
def test_what_json_does_not_have_is_refused(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        json_text(value)
