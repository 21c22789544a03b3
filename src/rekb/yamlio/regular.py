"""The value of a file in the form that `rekb fmt` writes, read line by line; other files are left.

Most files have that form: a field or a dash begins each line, each level is two spaces further right, quotes
close on their line, and brackets hold at most one level of brackets. One pattern cuts such a text into its
lines and blocks, and a walk over these makes the value, in a third of the time that libyaml takes for its
nodes.

It is safe because it knows so little. Signs that begin anchors, aliases, tags, directives, comments,
documents and escapes are in no part of the pattern, and neither is a line that goes on in the next one. The
first character that the pattern does not know, a level that is not two spaces deeper, a name that is there
twice and a number that is written oddly all end the attempt. Then `rekb.yamlio.ordinary` reads the text, or
the walk over the events, which reports what is at fault. A test holds that all readers give the same values.
"""

import re
from functools import lru_cache
from typing import Any

from rekb.yamlio.events import MAX_VALUES
from rekb.yamlio.ordinary import HAS_COMPOSER, PERHAPS_NO_TEXT, OddError, unquoted

NOT_REGULAR = object()
"""What `regular_value` returns for a text that another reader has to read."""

_NAME = r"[a-z][a-z0-9_-]{0,60}"
_QUOTED = r'"[^"\\\n]*"'
_BEGIN = r"(?:[\w(/<]|[-+.](?=\d))"
"""How an unquoted text begins; YAML's signs are not among these."""
# A colon is a part of a text where no space follows, and `#` where none is before it.
_PLAIN = rf"{_BEGIN}[^:#\n]*(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*)*"
_PLAIN_IN_BRACKETS = rf"{_BEGIN}[^\n,:?#\"\[\]{{}}]*(?<! )"
_DEEPER = r"\n\1(?(2)    |  )"
"""The beginning of a line in a block: two spaces behind that of the field, which a dash moves by two."""
_LINE = re.compile(
    rf"( *)(- )?(?:({_NAME}):(?: |(?=\n)))?"
    rf"(?:({_QUOTED})|({_PLAIN})|([\[{{][^\n]*[\]}}])"
    rf"|>-({_DEEPER}[^ \n][^\n]*(?:\n*{_DEEPER}[^ \n][^\n]*)*)"
    rf"|\|-({_DEEPER}[^ \n][^\n]*(?:\n*{_DEEPER}[^\n]+)*)"
    # What is unknown takes all the rest with it: tried at each further place, a long line takes for ever.
    rf"|)\n|(.+)",
    re.DOTALL,
)
_WORD = rf"({_QUOTED})|({_PLAIN_IN_BRACKETS})"
_NEXT = r"(?:, (?=.)|\Z)"
_WORDS = re.compile(rf"(?:{_WORD}){_NEXT}|(.+)")
_PAIRS = re.compile(rf"({_NAME}): (?:{_WORD}|([\[{{][^\[\]{{}}]*[\]}}])){_NEXT}|(.+)")
# Years, months and words such as `no` are in nearly all files.
_unquoted = lru_cache(maxsize=2**12)(unquoted)
_NO_NAMES = frozenset({"null", "true", "false"})
"""Of what looks like a name, that which YAML reads as something else."""
_DEEPEST = " " * 12
"""No line may begin further right: `MAX_DEPTH` is far from there, even with brackets."""

Line = tuple[str, ...]
"""Spaces, dash, name; one of: text in quotes, text without, brackets, folded block, other block; unknown."""
_END: Line = ("end", "", "", "", "", "", "", "", "")


def regular_value(text: str) -> Any:
    """Return the value of a text of YAML, or `NOT_REGULAR` where another reader has to read it.

    Args:
        text: decoded, without hidden characters and tabs.
    """
    # Positions are found by libyaml's nodes, once a finding asks for one.
    if not HAS_COMPOSER or not text.endswith("\n") or " \n" in text or "\r" in text:
        return NOT_REGULAR
    start = 0
    while text.startswith("#", start):
        start = text.index("\n", start) + 1
    lines = _LINE.findall(text, start)
    if not lines or _may_be_many(text, len(lines)):
        return NOT_REGULAR
    lines.append(_END)
    lines.reverse()
    try:
        value = _mapping(lines, "")
    except OddError:
        return NOT_REGULAR
    return value if lines == [_END] else NOT_REGULAR


def _may_be_many(text: str, lines: int) -> bool:
    """Whether there may be more values than are read: a line has two at most, and one for each sign in it."""
    if len(text) <= MAX_VALUES:
        return False
    return 2 * lines + text.count(",") + text.count("[") + text.count("{") >= MAX_VALUES


def _mapping(lines: list[Line], pad: str) -> dict[str, Any]:
    """Take the fields that begin behind some spaces from the end of the lines, the next of which is last."""
    values: dict[str, Any] = {}
    count = 0
    while lines[-1][0] == pad and not lines[-1][1]:
        line = lines.pop()
        _, _, name, quoted, bare, _, _, _, _ = line
        if not name or name in _NO_NAMES:
            raise OddError
        # Most values are on the line itself: to ask for these elsewhere takes half as long again.
        if quoted:
            values[name] = quoted[1:-1]
        elif bare:
            values[name] = bare if bare[0] not in PERHAPS_NO_TEXT else _unquoted(bare)
        else:
            values[name] = _value(line, pad, lines)
        count += 1
    # A name that is there twice is kept once.
    if len(values) != count or not count:
        raise OddError
    return values


def _sequence(lines: list[Line], pad: str) -> list[Any]:
    """Take the elements whose dashes are behind some spaces."""
    found = []
    deeper = f"{pad}  "
    while lines[-1][0] == pad and lines[-1][1]:
        line = lines[-1]
        if line[2]:
            # The first field of a mapping is behind the dash, the others below it.
            lines[-1] = (deeper, "", *line[2:])
            found.append(_mapping(lines, deeper))
        else:
            found.append(_value(lines.pop(), pad, lines))
    return found


def _value(line: Line, pad: str, lines: list[Line]) -> Any:
    """Return what is behind a name or a dash, or below it."""
    _, dash, _, quoted, bare, bracketed, folded, literal, unknown = line
    if quoted:
        return quoted[1:-1]
    if bare:
        return _word("", bare)
    if bracketed:
        return _in_brackets(bracketed)
    if unknown or dash:
        raise OddError
    begin = f"\n{pad}  "
    if folded:
        # An empty line ends a paragraph; any other end of a line is a space.
        return folded[len(begin) :].replace(begin, " ").replace("\n ", "\n")
    if literal:
        return literal[len(begin) :].replace(begin, "\n")
    return _below(lines, f"{pad}  ")


def _below(lines: list[Line], pad: str) -> Any:
    if lines[-1][0] != pad or pad > _DEEPEST:
        raise OddError
    if lines[-1][1]:
        return _sequence(lines, pad)
    return _mapping(lines, pad)


def _in_brackets(text: str) -> Any:
    if text[0] == "[" and text[-1] == "]":
        return _words(text[1:-1])
    if text[0] == "{" and text[-1] == "}":
        return _pairs(text)
    raise OddError


def _pairs(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    pairs = _PAIRS.findall(text, 1, len(text) - 1)
    for name, quoted, bare, inner, unknown in pairs:
        if unknown or name in _NO_NAMES:
            raise OddError
        if quoted:
            values[name] = quoted[1:-1]
        elif bare:
            values[name] = bare if bare[0] not in PERHAPS_NO_TEXT else _unquoted(bare)
        else:
            values[name] = _in_brackets(inner)
    if len(values) != len(pairs):
        raise OddError
    return values


def _words(text: str) -> list[Any]:
    found = []
    for quoted, bare, unknown in _WORDS.findall(text):
        if unknown:
            raise OddError
        if quoted:
            found.append(quoted[1:-1])
        else:
            found.append(bare if bare[0] not in PERHAPS_NO_TEXT else _unquoted(bare))
    return found


def _word(quoted: str, bare: str) -> Any:
    if quoted:
        return quoted[1:-1]
    if bare[0] not in PERHAPS_NO_TEXT:
        return bare
    return _unquoted(bare)
