"""The form of what `rekb stats --format json` prints, taken from the values that it counts.

The command prints the values themselves; only who writes or checks the schema needs these models.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from pydantic import Field, create_model

from rekb.kb.decisions import ListRecall
from rekb.kb.evidence import Evidence
from rekb.kb.statistics import Coverage, Statistics
from rekb.model.base import Model
from rekb.model.documented import written_in

STATS_SCHEMA = "docs/schema/stats.json"
_Version = Literal[1]
"""That of `STATS_VERSION`; a type takes no name of a number."""


@cache
def counted() -> type[Model]:
    """Return the model of the whole answer; three parts are there with `--coverage` only."""
    parts: dict[str, Any] = {
        "coverage": (_form(Coverage), Field(default=None, description="What is missing.")),
        "recall": (
            tuple[_form(ListRecall), ...],  # type: ignore[misc] # a type that is made while this runs
            Field(default=None, description="What became of the works that watched lists name."),
        ),
        "evidence": (
            _form(Evidence),
            Field(default=None, description="How many results can be joined and opened."),
        ),
    }
    version = Field(description="Version of this format.")
    return cast(
        "type[Model]",
        create_model(
            "Counted",
            __base__=_form(Statistics),
            __doc__="What `rekb stats --format json` prints.",
            schema_version=(_Version, version),
            **parts,
        ),
    )


def _form(kind: Any) -> Any:
    """Return the model of a class of values, field by field; other types as they are."""
    if is_dataclass(kind) and isinstance(kind, type):
        types, texts = get_type_hints(kind), written_in(kind)
        described: dict[str, Any] = {}
        for field in fields(kind):
            described[field.name] = (_form(types[field.name]), Field(description=texts.get(field.name)))
        return create_model(kind.__name__, __base__=Model, __doc__=kind.__doc__, **described)
    if get_origin(kind) is Mapping:
        names, values = get_args(kind)
        return dict[names, _form(values)]  # type: ignore[valid-type,misc] # the same
    return kind
