"""Turn pydantic's errors into diagnostics: which line, what is wrong, what to write instead."""

import difflib
from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rekb.diagnostics import Diagnostic, Severity
from rekb.model.base import Model
from rekb.yamlio import Document, Path_, dotted

_KINDS = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "unknown-word",
    "string_pattern_mismatch": "wrong-form",
    "string_too_short": "empty-text",
    "string_too_long": "too-long",
    "too_short": "empty-list",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "link": "bad-link",
    "iso_date": "bad-date",
    "date_from_datetime_parsing": "bad-date",
    "date_parsing": "bad-date",
    "one_line": "wrong-form",
    "range": "out-of-range",
    "et_al": "incomplete-authors",
    "figure_source": "figure-without-source",
}
_FORMS = {
    "arxiv": 'an arXiv id is like "2205.14135" or "cs/0501001", without version',
    "doi": 'a DOI is like "10.1145/3600006.3613165", without https://doi.org/',
    "openreview": "an OpenReview id is the part behind forum?id=",
    "acl": "an Anthology id is like 2022.acl-long.577",
    "pmlr": "a PMLR id is like v162/du22c",
    "pages": 'pages are like "611-626"',
    "authors": '"Family, Given", or {group: Name}, or {mononym: Name}',
    "topics": "a topic is its path below taxonomy/topics, such as architectures/efficient-attention",
    "entry": "a citation key is like dao2022flashattention",
}
_TYPE_WORDS = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "true/false",
    "list": "list",
    "dict": "mapping",
}


def shape_faults(error: ValidationError, document: Document, kind: type[Model]) -> Iterator[Diagnostic]:
    """Yield one diagnostic per place that does not fit the model."""
    seen: set[Path_] = set()
    for detail in error.errors(include_url=False):
        path = _real_path(detail["loc"], document.value)
        if path in seen:
            continue
        seen.add(path)
        yield _fault(detail, path, document, kind)


def _real_path(location: tuple[int | str, ...], value: Any) -> Path_:
    """Drop the parts of pydantic's location that name union members and not the data."""
    path: list[str | int] = []
    for position, part in enumerate(location):
        if isinstance(value, dict) and (part in value or position == len(location) - 1):
            if isinstance(part, str) and part not in value and part[:1].isupper():
                continue
            path.append(part)
            value = value.get(part) if isinstance(part, str) else None
        elif isinstance(value, list) and isinstance(part, int):
            path.append(part)
            value = value[part] if part < len(value) else None
    return tuple(path)


def _fault(detail: ErrorDetails, path: Path_, document: Document, kind: type[Model]) -> Diagnostic:
    rule = _KINDS.get(detail["type"], "wrong-type")
    field = next((p for p in reversed(path) if isinstance(p, str)), "")
    message, hint = _words(rule, detail, path, field, kind)
    if rule == "missing-field":
        place = document.place(path[:-1], key=bool(path[:-1]) and isinstance(path[-2], str))
    else:
        place = document.place(path, key=rule == "unknown-field")
    return Diagnostic(rule, Severity.ERROR, place, message, hint, dotted(path) or None)


def _words(
    rule: str, detail: ErrorDetails, path: Path_, field: str, kind: type[Model]
) -> tuple[str, str | None]:
    value = detail["input"]
    where = f"`{dotted(path)}`" if path else "the file"
    if rule == "missing-field":
        return f"field {where} is missing", f"add `{field}:`"
    if rule == "unknown-field":
        close = difflib.get_close_matches(field, _fields_at(kind, path[:-1]), n=1)
        known = ", ".join(_fields_at(kind, path[:-1]))
        return (
            f"field {where} is not known",
            f"did you mean `{close[0]}`?" if close else f"known here: {known}",
        )
    if rule == "unknown-word":
        expected = str(detail.get("ctx", {}).get("expected", ""))
        return f"{where} is {_shown(value)}", f"write one of {expected}"
    if rule in ("wrong-form", "wrong-type"):
        return _form_words(detail, where, field, value)
    ctx = detail.get("ctx", {})
    texts = {
        "empty-text": (f"{where} is empty", "write it, or leave the field out"),
        "too-long": (f"{where} is longer than {ctx.get('max_length')} characters", "shorten it"),
        "empty-list": (f"{where} is an empty list", "name at least one"),
        "out-of-range": (f"{where} is {_shown(value)}: {_lower(detail['msg'])}", None),
    }
    return texts.get(rule, (f"{where}: {_lower(detail['msg'])}", None))


def _form_words(detail: ErrorDetails, where: str, field: str, value: Any) -> tuple[str, str | None]:
    if isinstance(value, int | float) and not isinstance(value, bool) and "string" in detail["type"]:
        return f"{where} is the number {value}; text is wanted", f'put it in quotes: {field}: "{value}"'
    if hint := _FORMS.get(field):
        return f"{where} is {_shown(value)}", hint
    if detail["type"] == "string_pattern_mismatch":
        return (
            f"{where} is {_shown(value)}, which has the wrong form",
            "lower-case letters, digits and hyphens",
        )
    return f"{where} is {_shown(value)}: {_lower(detail['msg'])}", None


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return f"a {_TYPE_WORDS[type(value).__name__]}"
    if value is None:
        return "empty"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - one line of a terminal


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:] if message[:2].istitle() else message


def _fields_at(kind: type[BaseModel], path: Path_) -> list[str]:
    """Return the field names that a model knows at a path inside it."""
    models: list[type[BaseModel]] = [kind]
    for part in path:
        if isinstance(part, str):
            inner = [
                m
                for model in models
                if part in model.model_fields
                for m in _models_in(model.model_fields[part].annotation)
            ]
            models = inner or models
    return [name for model in models for name in model.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is None or not (origin in (Union, UnionType, tuple) or hasattr(annotation, "__metadata__")):
        return []
    return [model for inner in get_args(annotation) for model in _models_in(inner)]
