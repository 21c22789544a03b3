"""The value of an ordinary file, composed by libyaml itself; others are left to the walk over the events.

libyaml's composer follows aliases, recurses without end and drops what it thinks needless, so it sees only a
text whose letters prove that it holds none of that. What is odd in the nodes ends the attempt as well. The
walk over the events (`rekb.yamlio.events`) reads what is left and reports what is at fault; here nothing is
reported.
"""

import operator
import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from rekb.yamlio.document import Path_, SourceMap
from rekb.yamlio.events import CONSTANTS, MAX_DEPTH, MAX_VALUES, MAYBE_NOT_TEXT, is_text, number_of, plain

NOT_ORDINARY = object()
"""What `value_of` returns for a text that the walk over the events has to read."""

Node = Any
"""A node of libyaml's composer; PyYAML's types leave out what each kind of node carries."""

_MOST_BRACKETS = 200
"""Opening brackets of a text up to which nesting them cannot lead the composer too deep."""
_DEEP_INDENT = " " * 50
"""Without so many spaces in a row no line begins further right; each level begins further than that above."""
_LEVELS_IN_A_LINE = ("- - ", "-  ", "- ? ", "? - ", "? ? ", "?  ")
"""What a line needs that opens several levels at once without brackets."""
_SPECIAL = re.compile(r"(?:^|(?<=[\s\[\]{},:?\"']))[&*!]")
"""An anchor, alias or tag begins a token, and a token begins behind one of these."""
_PERHAPS_CUT = re.compile(r" #\w")
_MERGE = "<<"
PERHAPS_NO_TEXT = MAYBE_NOT_TEXT | {""}
"""How unquoted texts begin that may be read as something else; an empty one has no first character."""

_UNRESOLVED = {"resolve": slice, "descend_resolver": operator.is_, "ascend_resolver": bool}
"""In place of PyYAML's resolver, which would guess types that nobody asks for.

libyaml's composer calls these for each node, and what `resolve` returns is kept as the tag, at which nobody
looks. Built-in functions cost least.
"""
_Composer: Any = None
if yaml.__with_libyaml__:
    _Composer = type("_Composer", (vars(yaml.cyaml)["CParser"],), _UNRESOLVED)
HAS_COMPOSER = _Composer is not None
"""Whether `Places` finds places: without libyaml only the walk over the events knows any."""


class OddError(Exception):
    """Something that is perhaps refused: another reader has to report it."""


def value_of(text: str) -> Any:
    """Return the value of a text of YAML, or `NOT_ORDINARY` where another reader has to read it.

    Args:
        text: decoded, without hidden characters and tabs.
    """
    if _Composer is None or not _is_plain(text):
        return NOT_ORDINARY
    try:
        node = _Composer(text).get_single_node()
        return None if node is None else _value(node, 0)
    # No fault is reported here: the walk meets it again, and knows its line and what to write.
    except (yaml.YAMLError, OddError):
        return NOT_ORDINARY


def positions_of(text: str) -> SourceMap:
    """Return where the parts of a text are of which `value_of` returned the value."""
    source_map = SourceMap()
    if _Composer:
        node = _Composer(text).get_single_node()
    else:
        node = None
    if node is not None:
        _locate(node, (), source_map)
    return source_map


class Places:
    """Finds single places in a text of which `value_of` returned the value: most files have few findings."""

    __slots__ = ("_root", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Node = None

    def __call__(self, path: Path_, key: bool) -> tuple[int, int]:  # noqa: FBT001 - as `SourceMap.locate` has it
        """Return where the value (or key) at a path is, else its nearest existing ancestor."""
        if self._root is None and _Composer:
            self._root = _Composer(self._text).get_single_node()
        if self._root is None:
            return 1, 1
        name, node = _reached(self._root, path)
        if key and name is not None:
            return _position(name)
        return _position(node)


def _reached(root: Node, path: Path_) -> tuple[Node | None, Node]:
    """Return the node at a path, or the last on the way to it, and that of its name where it has one."""
    name = None
    node = root
    for part in path:
        pair = _below(node, part)
        if pair is None:
            break
        name, node = pair
    return name, node


def _below(node: Node, part: str | int) -> tuple[Node | None, Node] | None:
    """Return the node of a field behind that of its name, or of an element; `None` where there is none."""
    if node.__class__ is MappingNode:
        return next((pair for pair in node.value if pair[0].value == part), None)
    if node.__class__ is ScalarNode or not isinstance(part, int):
        return None
    if part >= len(node.value):
        return None
    return None, node.value[part]


def _is_plain(text: str) -> bool:
    """Whether the letters prove that no anchor, alias, tag or directive is here, and nothing nests deep."""
    # Each value has a character of its own, so a shorter text cannot hold too many.
    if len(text) > MAX_VALUES:
        return False
    return not _may_nest_deep(text) and not _may_be_special(text)


def _may_nest_deep(text: str) -> bool:
    brackets = text.count("[") + text.count("{")
    if brackets > _MOST_BRACKETS or _DEEP_INDENT in text:
        return True
    return any(part in text for part in _LEVELS_IN_A_LINE)


def _may_be_special(text: str) -> bool:
    """Whether a sign of YAML may be here that is refused, or a comment that may cut a text short."""
    # A look for single letters is many times as fast as the pattern, and most files have none of them.
    has_sign = "&" in text or "*" in text or "!" in text
    if has_sign and _SPECIAL.search(text):
        return True
    # YAML reads a directive only at the beginning of a line.
    if text.startswith("%") or "\n%" in text:
        return True
    return " #" in text and _PERHAPS_CUT.search(text) is not None


def _value(node: Node, depth: int) -> Any:
    if node.__class__ is ScalarNode:
        text = node.value
        if node.style or text[:1] not in PERHAPS_NO_TEXT:
            return text
        return unquoted(text)
    if depth >= MAX_DEPTH:
        raise OddError
    if node.__class__ is MappingNode:
        return _mapping(node, depth + 1)
    found = []
    for inner in node.value:
        found.append(_value(inner, depth + 1))
    return found


def _mapping(node: Node, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, inner in node.value:
        if key.__class__ is not ScalarNode:
            raise OddError
        name = key.value
        is_plain = name[:1] not in PERHAPS_NO_TEXT and name != _MERGE
        if not is_plain and not _is_name(key):
            raise OddError
        values[name] = _value(inner, depth)
    if len(values) < len(node.value):
        # A name that is there twice is kept once: there are fewer names than pairs then.
        raise OddError
    return values


def _is_name(key: Node) -> bool:
    """Whether a key is text for sure: YAML reads `no: 1` and `2: 1` as other things than names."""
    if key.style:
        return True
    return key.value != _MERGE and is_text(key.value)


def unquoted(text: str) -> Any:
    """Return the value of a text without quotes.

    Raises:
        OddError: where it is written otherwise than the canonical form writes it.
    """
    if is_text(text):
        return text
    value: Any = CONSTANTS.get(text)
    if text not in CONSTANTS:
        value = number_of(text)
    if text != plain(value):
        # Written otherwise, a number may have been meant as text: `2205.10` loses its zero.
        raise OddError
    return value


def _locate(node: Node, path: Path_, source_map: SourceMap) -> None:
    source_map.values[path] = _position(node)
    if node.__class__ is ScalarNode:
        return
    if node.__class__ is MappingNode:
        for key, inner in node.value:
            child = (*path, key.value)
            source_map.keys[child] = _position(key)
            _locate(inner, child, source_map)
        return
    for number, inner in enumerate(node.value):
        _locate(inner, (*path, number), source_map)


def _position(node: Node) -> tuple[int, int]:
    mark = node.start_mark
    return mark.line + 1, mark.column + 1
