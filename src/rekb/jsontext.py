"""JSON in lines, as ``json.dumps`` writes it with an indent of two, and parts of it put together.

The standard library writes indented JSON in Python, sign by sign; most of a build's files are such texts.
"""

from collections.abc import Iterable, Mapping
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any

_STEP = "  "
_PLAIN = JSONEncoder(ensure_ascii=False, allow_nan=False)
_SHORT = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_LISTS = (list, tuple)


def json_text(value: Any, depth: int = 0) -> str:
    """Return a value as JSON with two spaces a level.

    Args:
        value: mappings with text as keys, lists, tuples, texts, numbers, booleans and `None`.
        depth: how deep the value is; its first line is not indented.

    Raises:
        ValueError: for numbers that JSON does not have.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Mapping):
        return _block(
            "{}", [f"{_key(name)}: {json_text(part, depth + 1)}" for name, part in value.items()], depth
        )
    if isinstance(value, _LISTS):
        return _block("[]", [json_text(part, depth + 1) for part in value], depth)
    return _PLAIN.encode(value)


def json_line(value: Any) -> str:
    """Return a value as JSON on one line: a record in a long list, which people look for and seldom read.

    Raises:
        ValueError: for numbers that JSON does not have.
    """
    return _SHORT.encode(value)


def list_of(parts: Iterable[str], depth: int = 0) -> str:
    """Return the list of values that are JSON already, each written for the depth below."""
    return _block("[]", list(parts), depth)


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"a key of JSON is text, not {name!r}")
    return encode_basestring(name)


def _block(ends: str, parts: list[str], depth: int) -> str:
    if not parts:
        return ends
    start = f"\n{_STEP * (depth + 1)}"
    return f"{ends[0]}{start}{f',{start}'.join(parts)}\n{_STEP * depth}{ends[1]}"
