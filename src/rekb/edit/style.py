"""The canonical style of data files: which parts stand on one line, which are quoted, which are folded."""

from collections.abc import Sequence

from pydantic import BaseModel

from rekb.model.identifiers import SCHEMES
from rekb.model.introspection import model_of, spot
from rekb.model.levels import ReadingLevels
from rekb.yamlio.document import Path_

Pattern = tuple[str, ...]
"""A path with `*` in place of list positions."""

_ONE_LINE: frozenset[Pattern] = frozenset({
    ("authors", "*"), ("records", "*"), ("links", "code"), ("survey",), ("effects", "*"), ("requires",),
    ("hardware",), ("modalities",), ("results", "*", "source"), ("relations", "*"),
    ("reproductions", "*", "source"),
    ("model", "variants", "*", "sources", "*"), ("exempt", "*"), ("columns",), ("venues", "*"),
    ("units", "*"), ("metrics", "*"), ("models", "*"), ("devices", "*"),
    ("corrections", "*"), ("checked", "facts", "*"), ("formerly",),
    ("licence",), ("comparisons", "*", "papers"),
    ("reasons", "*"), ("declined", "*"), ("sources", "*"), ("combines", "*"),
    ("paths", "*", "after"), ("paths", "*", "steps", "*"), ("paths", "*", "questions", "*", "of"),
    ("paths", "*", "questions", "*", "against"),
    ("matrices", "*", "parts", "*"), ("watch", "lists", "*"), ("watch", "arxiv"),
})  # fmt: skip
"""Lists and mappings that are written on one line."""
_QUOTED = frozenset({
    "how", "note", "reason", "why", "goal", "whom", "so", "lead", "what", "scope", "description",
    "unconfirmed", *SCHEMES, "volume", "issue", "article", "pages", "section",
})  # fmt: skip
"""Fields that hold sentences, or identifiers and numbers that are text: always in double quotes."""
_DAYS: frozenset[Pattern] = frozenset({
    ("added",), ("checked", "on"), ("corrections", "*", "on"), ("reproductions", "*", "on"),
    ("declined", "*", "on"), ("sources", "*", "on"),
})  # fmt: skip
"""Dates, which stand unquoted."""
_QUOTED_AT: frozenset[Pattern] = frozenset({("authors", "*"), ("records", "*", "title")})
_VOCABULARIES = frozenset({"FacetFile"})
_NAMED: frozenset[Pattern] = frozenset({
    ("levels", "*", "entry"), ("levels", "*", "topic"), ("tags", "*"),
    ("presets", "*", "state", "*"), ("presets", "*", "without", "*"),
    ("questions", "*", "state", "*"), ("questions", "*", "without", "*"),
})  # fmt: skip
"""The same, of fields whose names a knowledge base chooses: `*` stands for these names too."""


def pattern(path: Path_) -> Pattern:
    """Return a path with its list positions left open."""
    found = []
    for part in path:
        found.append("*" if isinstance(part, int) else part)
    return tuple(found)


def on_one_line(path: Path_, kind: type[BaseModel]) -> bool:
    """Whether a list or mapping is written on one line."""
    if kind.__name__ in _VOCABULARIES:
        return len(path) > 1  # `hardware` is a list of words in an entry and a vocabulary here
    if pattern(path) in _ONE_LINE:
        return True
    for named in _NAMED:
        if _fits(path, named):
            return True
    return False


def _fits(path: Path_, named: Pattern) -> bool:
    if len(path) != len(named):
        return False
    for a, b in zip(named, path, strict=True):
        if a not in ("*", b):
            return False
    return True


def is_quoted(path: Path_, kind: type[BaseModel]) -> bool:
    """Whether a text always stands in double quotes."""
    if path == ("title",) and kind.__name__ == "Entry":
        return True
    # The names of fields, without the numbers of lists between them.
    fields = []
    for part in path:
        if isinstance(part, str):
            fields.append(part)
    if fields and fields[-1] in _QUOTED:
        return True
    return pattern(path) in _QUOTED_AT


def is_prose(path: Path_) -> bool:
    """Whether a text is paragraphs, wrapped over several lines."""
    return path[0] == "summary"


def is_markdown(path: Path_, kind: type[BaseModel], levels: ReadingLevels) -> bool:
    """Whether prose is Markdown, in which a line break means little, and not paragraphs of plain text."""
    if kind.__name__ != "Topic":
        return False
    if path[0] != "summary" or len(path) != 2:  # noqa: PLR2004 - field and level
        return False
    level = str(path[1])
    return levels.is_markdown(level)


def is_day(path: Path_) -> bool:
    """Whether a text is a date, which stands unquoted."""
    return pattern(path) in _DAYS


def field_order(
    path: Path_, kind: type[BaseModel], given: dict[str, object], levels: ReadingLevels
) -> list[str]:
    """Return the fields of a mapping in the order in which the model declares them, levels hardest first."""
    if path == ("summary",):
        return sorted(given, key=lambda name: _place(name, levels.hardest_first))
    if path == ("tags",):
        return sorted(given)
    found = spot(kind, path, None)
    if found:
        models = [model_of(found.annotation)]
    else:
        models = []
    declared = [name for model in models if model for name in model.model_fields]
    declared.sort(key=lambda name: name != "fields")  # which figures a source states comes before where
    return sorted(given, key=lambda name: _place(name, declared))


def _place(name: str, order: Sequence[str]) -> int:
    if name in order:
        return order.index(name)
    return len(order)
