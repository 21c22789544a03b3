"""The JSON export: entries, topics and venues, field by field as the data files have them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from rekb.exports.scope import measures_of, topics_of, venues_of
from rekb.jsontext import json_line, list_of
from rekb.kb import KnowledgeBase
from rekb.model import Entry, Topic, Venue
from rekb.model.base import Key, Model, TopicId
from rekb.model.documented import DocumentedSchema
from rekb.model.vocabulary import Device, KnownModel, Metric, Unit

SCHEMA_VERSION = 2
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
    """A knowledge base or a part of it: works, and the topics, venues and words of numbers that they name."""

    # Type checkers take no name of a constant inside `Literal`.
    schema_version: Annotated[Literal[2], Field(description="Version of this format.")]
    """Version of this format."""
    entries: tuple[ExportedEntry, ...]
    """Works, by citation key."""
    topics: tuple[ExportedTopic, ...]
    """Topics, parents before children."""
    venues: tuple[Venue, ...]
    """Venues, by id."""
    units: tuple[Unit, ...]
    """Units of the results."""
    metrics: tuple[Metric, ...]
    """Metrics that results name, each with its resource and which direction is the gain."""
    models: tuple[KnownModel, ...]
    """Models that results were measured on."""
    devices: tuple[Device, ...]
    """Devices that results were measured on."""


def json_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return the JSON export, a line for each work, topic, venue and word; `json_schema` describes it."""
    return _file(base, keys, _topic)


def _file(base: KnowledgeBase, keys: tuple[str, ...], topic_text: Callable[[KnowledgeBase, str], str]) -> str:
    venues = venues_of(base, keys)
    parts = {
        "schema_version": str(SCHEMA_VERSION),
        "entries": list_of((_entry(base, key) for key in keys), depth=1),
        "topics": list_of((topic_text(base, topic) for topic in topics_of(base, keys)), depth=1),
        "venues": list_of((_venue(base, venue) for venue in venues), depth=1),
    }
    measures = measures_of(base, keys)
    parts |= {
        "units": _words(base, "unit", measures.units),
        "metrics": _words(base, "metric", measures.metrics),
        "models": _words(base, "model", measures.models),
        "devices": _words(base, "device", measures.devices),
    }
    lines = ",\n".join(f'  "{name}": {text}' for name, text in parts.items())
    return f"{{\n{lines}\n}}\n"


def record_file(base: KnowledgeBase, key: str) -> str:
    """Return the JSON export of one work, its topics without their texts.

    A site holds such a file for each work. The texts of a work's topics would be most of it, and the same
    texts would be in the file of each work below them.
    """
    return _file(base, (key,), _topic_in_short)


# Entries and topics are given as their files have them, not as the models hold them: a field that the file
# leaves out says "not known", and a model would fill it in.


def _entry(base: KnowledgeBase, key: str) -> str:
    return _file_text(base, base.entry_paths[key], "key", key)


def _topic(base: KnowledgeBase, topic: str) -> str:
    return _file_text(base, base.topic_paths[topic], "id", topic)


def _topic_in_short(base: KnowledgeBase, topic: str) -> str:
    """Return a topic as its file has it, without its texts."""
    place = ("topic in short", topic)
    if place not in base.texts:
        fields = base.documents[base.topic_paths[topic]].value
        shown = {}
        for name, value in fields.items():
            if name != "summary":
                shown[name] = value
        base.texts[place] = json_line({"id": topic, **shown})
    return base.texts[place]


def _file_text(base: KnowledgeBase, path: str, name: str, value: str) -> str:
    """Return a data file as the list of an export has it, behind the id that its path gives it."""
    place = ("file", path)
    if place not in base.texts:
        base.texts[place] = json_line({name: value, **base.documents[path].value})
    return base.texts[place]


def _words(base: KnowledgeBase, kind: str, words: Mapping[str, Model] | None) -> str:
    """Return words of a vocabulary of numbers; what one reads is the same in all files that have it."""
    if words is None:
        return list_of((), depth=1)
    return list_of((_word(base, kind, id_, word) for id_, word in words.items()), depth=1)


def _word(base: KnowledgeBase, kind: str, id_: str, word: Model) -> str:
    place = (kind, id_)
    if place not in base.texts:
        base.texts[place] = json_line(word.model_dump(mode="json", exclude_unset=True))
    return base.texts[place]


def _venue(base: KnowledgeBase, venue: str) -> str:
    return _word(base, "venue", venue, base.venues[venue])


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the JSON export, made from the models."""
    return schema_of(ExportedBase)


def schema_of(model: type[Model]) -> dict[str, Any]:
    """Return the JSON Schema of what is written as a model describes it, as all validators read it."""
    schema = portable(model.model_json_schema(mode="validation", schema_generator=DocumentedSchema))
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def portable(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> Any:
    """Return a schema as all readers of JSON Schema take it.

    Args:
        value: the schema, or a part of it.
        change: what is done to each object of it, the inner ones first.
    """
    if isinstance(value, list):
        found = []
        for part in value:
            found.append(portable(part, change))
        return found
    if not isinstance(value, dict):
        return value
    schema = {name: portable(part, change) for name, part in value.items()}
    # A field of the data may be called `pattern`, too; its value is then a schema and no text.
    if isinstance(schema.get("pattern"), str):
        schema["pattern"] = port_pattern(schema["pattern"])
    if change:
        return change(schema)
    return schema


def port_pattern(pattern: str) -> str:
    r"""Return a pattern as JSON Schema has it: its dialect is JavaScript's, which knows no ``\Z``."""
    return pattern.replace(r"\Z", "$")
