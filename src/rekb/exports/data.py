"""The JSON export: entries, topics and venues, field by field as the data files have them."""

import json
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from rekb.exports.scope import topics_of, venues_of
from rekb.kb import KnowledgeBase
from rekb.model import Entry, Topic, Venue
from rekb.model.base import Key, Model, TopicId

SCHEMA_VERSION = 1
"""Raised when a reader of the file would have to change."""


class ExportedEntry(Entry):
    """One work: its citation key, and the fields of its file."""

    key: Key
    """The citation key."""


class ExportedTopic(Topic):
    """One topic: its id, and the fields of its file."""

    id: TopicId
    """Path in the tree."""


class ExportedBase(Model):
    """A knowledge base, or a part of it: works, and the topics and venues that they name."""

    schema_version: Annotated[Literal[1], Field(description="Version of this format.")]
    """Version of this format."""
    entries: tuple[ExportedEntry, ...]
    """Works, by citation key."""
    topics: tuple[ExportedTopic, ...]
    """Topics, parents before children."""
    venues: tuple[Venue, ...]
    """Venues, by id."""


def json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return the JSON export; `json_schema` describes it."""
    topics = topics_of(base, keys)
    exported = {
        "schema_version": SCHEMA_VERSION,
        "entries": [{"key": key, **base.entry_document(key).value} for key in keys],
        "topics": [{"id": topic, **base.documents[base.topic_paths[topic]].value} for topic in topics],
        "venues": [base.venues[v].model_dump(mode="json", exclude_unset=True) for v in venues_of(base, keys)],
    }
    return json.dumps(exported, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the JSON export, made from the models."""
    schema = ExportedBase.model_json_schema(mode="validation")
    portable: dict[str, Any] = _portable(schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **portable}


def _portable(value: Any) -> Any:
    r"""Write patterns as all dialects read them: Python's ``\Z`` is ``$`` elsewhere."""
    if isinstance(value, dict):
        return {
            name: part.replace(r"\Z", "$") if name == "pattern" and isinstance(part, str) else _portable(part)
            for name, part in value.items()
        }
    return [_portable(part) for part in value] if isinstance(value, list) else value
