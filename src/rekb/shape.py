"""Turn pydantic's errors into diagnostics: which line, what is wrong, what to write instead."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rekb.diagnostics import Diagnostic, Severity
from rekb.document import Document, Path_, dotted
from rekb.model.keys import ascii_fold
from rekb.modeltree import Spot, model_of, spot, words

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
    "arxiv": 'an arXiv id is like "2205.14135" or "cs/0501001", without version',
    "doi": 'a DOI is like "10.1145/3600006.3613165", without https://doi.org/',
    "openreview": "an OpenReview id is the part behind forum?id=",
    "acl": "an Anthology id is like 2022.acl-long.577",
    "pmlr": "a PMLR id is like v162/du22c",
    "pages": 'pages are like "611-626"',
    "topics": "a topic is its path below taxonomy/topics, such as architectures/efficient-attention",
    "entry": "a citation key is like dao2022flashattention",
    "section": 'a section is like "3.1.2"',
}
_LONGEST_SHOWN = 60


def shape_faults(error: ValidationError, document: Document, kind: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each place that does not fit the model."""
    seen: set[Path_] = {path for path, _ in _empty(document.value, ())}
    for detail in error.errors(include_url=False, include_context=True):
        found = _settled(spot(kind, detail["loc"]), document.value)
        path = _at_fault(detail, found)
        if path not in seen:
            seen.add(path)
            yield _fault(detail, Spot(path, found.annotation, found.union), document, kind)


def empty_faults(document: Document) -> Iterator[Diagnostic]:
    """Yield the fields that are there without a value."""
    for path, name in _empty(document.value, ()):
        message = f"`{dotted(path)}` is empty"
        hint = f"write it, or leave `{name}` out" if name else "write it, or leave it out"
        place = document.place(path, key=bool(name))
        yield Diagnostic("empty-field", Severity.ERROR, place, message, hint, dotted(path))


def _empty(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, child in inner:
        if child is None:
            yield (*path, part), part if isinstance(part, str) else ""
        yield from _empty(child, (*path, part))


def _settled(found: Spot, value: Any) -> Spot:
    """Decide what an error inside a value of several kinds is about.

    A mapping is meant as the kind whose field it names; anything else gets one message for the whole value.
    """
    if found.union is None:
        return found
    given = _value_at(value, found.union)
    named = given.keys() if isinstance(given, dict) else ()
    inner = found.path[len(found.union) :]
    if inner and inner[0] not in named and not any(n in ("group", "mononym") for n in named):
        return Spot(found.union, None, found.union)
    if inner and "group" in named and "mononym" in named:
        return Spot(found.union, None, found.union)
    return found
