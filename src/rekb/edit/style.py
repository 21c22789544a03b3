"""The canonical style of data files: which parts take one line, which are quoted, which are folded."""

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
"""Dates, which are not quoted."""
_QUOTED_AT: frozenset[Pattern] = frozenset({("authors", "*"), ("records", "*", "title")})
_VOCABULARIES = frozenset({"FacetFile"})
_NAMED: frozenset[Pattern] = frozenset({
    ("levels", "*", "entry"), ("levels", "*", "topic"), ("tags", "*"),
    ("presets", "*", "state", "*"), ("presets", "*", "without", "*"),
    ("questions", "*", "state", "*"), ("questions", "*", "without", "*"),
})  # fmt: skip
"""The same, of fields whose names a knowledge base chooses: `*` means these names too."""


def pattern(path: Path_) -> Pattern:
    """Return a path with its list positions left open."""
    return tuple(_open(part) for part in path)


def _open(part: str | int) -> str:
    if isinstance(part, int):
        return "*"
    return part


def on_one_line(path: Path_, kind: type[BaseModel]) -> bool:
    """Whether a list or mapping is written on one line."""
    if kind.__name__ in _VOCABULARIES:
        # `hardware` is a list of words in an entry, and a vocabulary here.
        return len(path) > 1
    if pattern(path) in _ONE_LINE:
        return True
    return any(_fits(path, named) for named in _NAMED)


def _fits(path: Path_, named: Pattern) -> bool:
    if len(path) != len(named):
        return False
    for asked, part in zip(named, path, strict=True):
        if asked not in ("*", part):
            return False
    return True


def is_quoted(path: Path_, kind: type[BaseModel]) -> bool:
    """Whether a text is always in double quotes."""
    # Titles are full of colons; quotes around all of them spare everybody the thought.
    if path == ("title",) and kind.__name__ == "Entry":
        return True
    if _last_name(path) in _QUOTED:
        return True
    return pattern(path) in _QUOTED_AT


def _last_name(path: Path_) -> str | None:
    """Return the name of the field that a path is in, without the numbers of lists behind it."""
    for part in reversed(path):
        if isinstance(part, str):
            return part
    return None


def is_prose(path: Path_) -> bool:
    """Whether a text is paragraphs, wrapped over several lines."""
    return path[0] == "summary"


def is_markdown(path: Path_, kind: type[BaseModel], levels: ReadingLevels) -> bool:
    """Whether prose is Markdown, in which a line break means little, and not paragraphs of plain text."""
    if kind.__name__ != "Topic":
        return False
    match path:
        case ("summary", level):
            return levels.is_markdown(str(level))
        case _:
            return False


def is_day(path: Path_) -> bool:
    """Whether a text is a date, which is written without quotes."""
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
    # Which figures a source states comes before where it states them.
    declared.sort(key=lambda name: name != "fields")
    return sorted(given, key=lambda name: _place(name, declared))


def _place(name: str, order: Sequence[str]) -> int:
    if name in order:
        return order.index(name)
    return len(order)
