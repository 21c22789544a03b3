"""Turn pydantic's errors into diagnostics: which line, what is wrong, what to write instead."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, reduce
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rekb.diagnostics import MOST_SHOWN, Diagnostic, Severity, and_more
from rekb.meant import nearest, question
from rekb.model.identifiers import SCHEMES
from rekb.model.introspection import KEY, Spot, bare, inside, model_of, spot, union_members, words
from rekb.model.results import Number
from rekb.spelling import slug_of
from rekb.yamlio.document import Document, Path_, dotted
from rekb.yamlio.events import plain

M = TypeVar("M", bound=BaseModel)

_RULES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "unknown-word",
    "string_pattern_mismatch": "wrong-form",
    "one_line": "wrong-form",
    "string_too_short": "empty-text",
    "string_too_long": "too-long",
    "too_short": "empty-list",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "range": "out-of-range",
    "metric": "missing-field",
    "place": "wrong-form",
    "link": "bad-link",
    "iso_date": "bad-date",
    "date_from_datetime_parsing": "bad-date",
    "date_parsing": "bad-date",
    "et_al": "incomplete-authors",
    "figure_source": "figure-without-source",
}
"""pydantic's name of an error to our rule; what is not listed is a `wrong-type`."""
_FORMS = {
    "authors": 'write "Family, Given", or {group: Name}, or {mononym: Name}',
    **{name: scheme.advice for name, scheme in SCHEMES.items()},
    "pages": 'pages are like "611-626"',
    "topics": "a topic is its path below taxonomy/topics, such as area/section/leaf",
    "entry": "a citation key is like knuth1984literate",
    "section": 'a section is like "3.1.2"',
}
_WANTED = {
    "string_type": "text is wanted",
    "int_type": "a whole number is wanted",
    "float_type": "a number is wanted",
    "bool_type": "write true or false",
    "tuple_type": "a list is wanted: [..] or lines that start with `- `",
    "model_type": "a mapping is wanted: `field: value`",
    "dict_type": "a mapping is wanted: `field: value`",
    "int_from_float": "a whole number is wanted",
    "one_line": "this is one line of text",
}
_LONGEST_VALUE = 60
_FEWEST_WORDS = 2
"""Words of a name that has a given and a family name."""
# `017` is 15 to a reader of YAML 1.1, and 17 to one of YAML 1.2.
_NOT_DECIMAL = re.compile(r"[-+]?0[0-9ox]")
"""How numbers begin that are octal or hexadecimal, or would be to some programs."""


def fit(document: Document, kind: type[M]) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """Return the model that a document holds, or `None`, and a fault for each place that does not fit."""
    # Nearly no file has an empty value, so a quick look saves the walk that notes where each part is.
    if _holds_nothing(document.value):
        empty = list(_empty(document.value, ()))
    else:
        empty = []
    faults = _limited([partial(_empty_fault, document, kind, *found) for found in empty])
    seen = {path for path, _ in empty}
    model: M | None = None
    try:
        model = kind.model_validate(document.value)
    except ValidationError as error:
        spots = list(_spots(error, document, kind, seen))
        faults += _limited([partial(_fault, detail, found, document, kind) for detail, found in spots])
    odd = []
    for path in document.source_map.written:
        if path not in seen:
            odd.append(path)
    return model, (
        *faults,
        *_limited([partial(_spelling_fault, document, *found) for found in _octal(document, odd)]),
    )


def _limited(makers: Sequence[Callable[[], Diagnostic]]) -> tuple[Diagnostic, ...]:
    """Return the first faults, and how many more there are; what is not shown costs nothing to make."""
    faults = tuple(make() for make in makers[:MOST_SHOWN])
    more = len(makers) - len(faults)
    if more:
        return (*faults, and_more(more, Severity.ERROR, faults[-1].place))
    return faults


def _spots(
    error: ValidationError, document: Document, kind: type[BaseModel], seen: set[Path_]
) -> Iterator[tuple[ErrorDetails, Spot]]:
    """Yield each place that is complained about once, with the complaint; `seen` grows by them."""
    for detail in error.errors(include_url=False):
        if detail["input"] is None or detail["loc"][:-1] in seen:
            continue  # that it is empty, or that what holds it is at fault, is reported already
        found = spot(kind, detail["loc"], document.value)
        if found is None or (detail["type"] == "too_short" and found.value):
            continue  # pydantic calls a list too short when its elements are at fault
        path = _at_fault(detail, found.path)
        if path not in seen:
            seen.add(path)
            if detail["loc"][-1:] == (KEY,):
                value = found.value
            else:
                value = reduce(inside, path, document.value)
            yield detail, Spot(path, found.annotation, value, document.source_map.written.get(path, ""))


def _is_required(kind: type[BaseModel], path: Path_) -> bool:
    """Whether the models want a field to be there."""
    above = spot(kind, path[:-1], None)
    if above:
        kinds = union_members(above.annotation) or (above.annotation,)
    else:
        kinds = ()
    fields = []
    for model in map(model_of, kinds):
        if model:
            fields.append(model.model_fields.get(str(path[-1])))
    for field in fields:
        if field is not None and field.is_required():
            return True
    return False


def _empty_fault(document: Document, kind: type[BaseModel], path: Path_, name: str) -> Diagnostic:
    if name:
        hint = f"write it, or leave `{name}` out"
    else:
        hint = "write it, or leave it out"
    if name and _is_required(kind, path):
        hint = "write it"
    message = f"`{dotted(path)}` is empty"
    if (written := document.source_map.written.get(path, "").strip("~")) and written != "null":  # a surname
        message, hint = f"`{dotted(path)}` is `{written}`, which is empty", f'put it in quotes: "{written}"'
    place = document.place(path, key=bool(name))
    return Diagnostic("empty-field", Severity.ERROR, place, message, hint, dotted(path))


def _octal(document: Document, paths: Iterable[Path_]) -> Iterator[tuple[Path_, Any]]:
    """Yield numbers that people read as other numbers than programs do: ``0x7E6``, ``0o17``, ``017``."""
    for path in paths:
        if _NOT_DECIMAL.match(document.source_map.written[path]):
            value = reduce(inside, path, document.value)
            if value is not None:
                yield path, value


def _spelling_fault(document: Document, path: Path_, value: Any) -> Diagnostic:
    message = f"`{dotted(path)}` is written {document.source_map.written[path]}"
    hint = f"write the number in decimal digits: {plain(value)}"
    return Diagnostic("wrong-form", Severity.ERROR, document.place(path), message, hint, dotted(path))


def _holds_nothing(value: Any) -> bool:
    """Whether an empty value is anywhere inside a list or mapping."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    if None in value:
        return True
    for child in value:
        if child.__class__ is not str and _holds_nothing(child):
            return True
    return False


def _empty(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, child in inner:
        if child is None:
            yield (*path, part), part if isinstance(part, str) else ""
        yield from _empty(child, (*path, part))


def _at_fault(detail: ErrorDetails, path: Path_) -> Path_:
    """Return the part that a complaint about a whole is about."""
    if detail["type"] == "range":
        return (*path, "upper")
    if detail["type"] == "metric":
        return (*path, "metric")
    if detail["type"] == "et_al":
        return (*path, detail["ctx"]["n"] - 1)
    return path


def _rule(detail: ErrorDetails, found: Spot) -> str:
    rule = _RULES.get(detail["type"], "wrong-type")
    if rule == "missing-field" and found.path[0] == "results" and found.path[-1] == "source":
        return "result-without-source"
    if _is_whole_author(found) and isinstance(found.value, str):
        return "wrong-form"
    return rule


def _is_whole_author(found: Spot) -> bool:
    if len(union_members(bare(found.annotation))) <= 1:
        return False
    return found.path[0] == "authors"


def _fault(detail: ErrorDetails, found: Spot, document: Document, kind: type[BaseModel]) -> Diagnostic:
    rule, path = _rule(detail, found), found.path
    if path:
        where = f"`{dotted(path)}`"
    else:
        where = "the file"
    message = _MESSAGES.get(rule, "{where} is {value}")
    message = message.format(where=where, value=_displayed(found), message=detail["msg"])
    if rule != "unknown-field":
        hint = _HINTS.get(rule, _form_hint)(detail, found)
    else:
        hint = _field_hint(kind, path)
    if rule in ("empty-text", "empty-list") and not _is_required(kind, path):
        hint += ", or leave the field out"
    # What is missing has no line: the one of what lacks it is shown.
    if detail["type"] == "missing":
        place = document.place(path[:-1], key=len(path) > 1 and isinstance(path[-2], str))
    else:
        place = document.place(path, key=rule == "unknown-field" or detail["loc"][-1:] == (KEY,))
    return Diagnostic(rule, Severity.ERROR, place, message, hint, dotted(path) or None)


_MESSAGES = {
    "missing-field": "{where} is missing",
    "result-without-source": "{where} is missing",
    "unknown-field": "there is no field {where}",
    "empty-text": "{where} is an empty text",
    "empty-list": "{where} is an empty list",
    "too-long": "{where} is too long",
    "figure-without-source": "{where}: {message}",
}
"""Rule to its message; where none is listed, the value is shown."""


def _add_hint(_: ErrorDetails, found: Spot) -> str:
    return f"add `{found.path[-1]}:`"


def _range_hint(detail: ErrorDetails, _: Spot) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "range":
        return "it must be greater than `value`"
    if "ge" in context:
        return f"write at least {context['ge']}"
    return f"write at most {context['le']}"


_HINTS: dict[str, Callable[[ErrorDetails, Spot], str]] = {
    "missing-field": _add_hint,
    "result-without-source": _add_hint,
    "unknown-word": lambda _, found: _near(str(found.value), words(found.annotation)),
    "empty-text": lambda *_: "write it",
    "empty-list": lambda *_: "name at least one",
    "too-long": lambda detail, _: f"at most {detail['ctx']['max_length']} characters",
    "out-of-range": _range_hint,
    "bad-date": lambda *_: "a date is a day of the calendar, written YYYY-MM-DD",
    "bad-link": lambda detail, _: str(detail["msg"]),
    "incomplete-authors": lambda *_: "list every author",
    "figure-without-source": lambda *_: "name each figure in the `fields` of the source that states it",
}
"""Rule to what should be written; where none is listed, the form of the field is reported."""


def _field_hint(kind: type[BaseModel], path: Path_) -> str:
    above = spot(kind, path[:-1], None)
    kinds = (union_members(above.annotation) or (above.annotation,)) if above else ()
    known = [name for model in map(model_of, kinds) if model for name in model.model_fields]
    return _near(str(path[-1]), tuple(known))


def _near(word: str, known: tuple[str, ...]) -> str:
    return question(nearest(word, known, 1)) or f"known here: {', '.join(known)}"


def _form_hint(detail: ErrorDetails, found: Spot) -> str:
    value = found.value
    field = next((part for part in reversed(found.path) if isinstance(part, str)), "")
    if _is_whole_author(found) or found.path == ("authors",):
        return _author_hint(value)
    # The text of the file is shown: as a number, the identifier 2205.14130 has lost its zero.
    if isinstance(value, int | float) and detail["type"] == "string_type":
        return f'text is wanted; put it in quotes: "{found.written or plain(value)}"'
    if bare(found.annotation) == Number:
        return _WANTED["float_type"]
    if field in _FORMS and detail["type"] != "tuple_type":
        return _FORMS[field]
    if detail["type"] == "string_pattern_mismatch":
        return _slug_hint(str(value))
    return _WANTED.get(detail["type"], detail["msg"])


def _author_hint(value: Any) -> str:
    if not isinstance(value, str) or "," in value:
        return _FORMS["authors"]
    words = value.split()
    if len(words) < _FEWEST_WORDS:
        # An empty text, spaces or one word: there is nothing to turn round.
        return _FORMS["authors"]
    turned = f"{words[-1]}, {' '.join(words[:-1])}"
    return f'did you mean "{turned}"? {_FORMS["authors"]}'


def _slug_hint(value: str) -> str:
    slug = slug_of(value)
    return f"a word is lower-case letters, digits and hyphens{f': `{slug}`' if slug else ''}"


def _displayed(found: Spot) -> str:
    """Return what is in the file: the text of a number or constant, not its value, which loses zeros."""
    value = found.value
    if isinstance(value, list | dict):
        if isinstance(value, list):
            return "a list"
        return "a mapping"
    if isinstance(value, str):
        text = repr(value)
    elif isinstance(value, bool | None):
        text = found.written or plain(value) or "empty"
    else:
        text = f"the number {found.written or plain(value)}"
    if len(text) <= _LONGEST_VALUE:
        return text
    return f"{text[: _LONGEST_VALUE - 3]}..."
