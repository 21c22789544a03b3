"""The files under docs/ that follow from code and taxonomy: schemas for editors, reference pages."""

import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, RootModel

from rekb.answers.counted import STATS_SCHEMA, counted
from rekb.answers.json_of_reports import PRINTED
from rekb.answers.json_of_works import ANSWERS
from rekb.checks import Rule
from rekb.exports.data import port_pattern, portable, schema_of
from rekb.kb import KnowledgeBase
from rekb.loading.layout import SCHEMAS
from rekb.model import (
    CandidateFile,
    CombinesFile,
    Config,
    DeclinedFile,
    DeviceFile,
    Entry,
    FacetFile,
    MetricFile,
    ModelFile,
    PathsFile,
    Topic,
    VenueFile,
)
from rekb.model.base import Count, Date, Key, Line, Link, MarkdownText, Prose, Slug, TopicId, Year
from rekb.model.documented import DocumentedSchema, descriptions
from rekb.model.entry import PersonName
from rekb.model.facet_table import FACETS, FacetRow, vocabulary_fields
from rekb.model.introspection import bare, model_of, step, union_members
from rekb.model.levels import Level, Summary, TopicSummary, WordId
from rekb.model.results import ArxivVersion, Label, Number

GENERATED = "Written by `rekb generate`; change the code it follows from, not this page."
_RULES_NOTE = (
    "An error fails a run, a warning does with `--strict`, a hint is advice. Where a finding is right as it "
    'is, the file says so: `exempt: [{rule: duplicate-title, reason: "..."}]`.'
)
_FIXABLE = "\n\n`rekb validate --fix` fixes it where only one answer is possible."
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: tuple[tuple[Any, str], ...] = (
    (Line, "one line of text"), (Prose, "paragraphs of plain text"), (MarkdownText, "Markdown, safe subset"),
    (Slug, "word"), (WordId, "word"), (TopicId, "topic id"), (Key, "citation key"), (Link, "web address"),
    (Date, "date"), (Label, "short text"), (ArxivVersion, "`v1`, `v2` ..."),
    (Year, "year"), (Count, "whole number from 1"), (Number, "number"), (PersonName, "`Family, Given`"),
)  # fmt: skip
_PLAIN_TYPES = {bool: "true or false", int: "whole number", float: "number", str: "text of a fixed form"}


def schemas(base: KnowledgeBase) -> dict[str, str]:
    """Return the JSON Schema of each kind of data file, by path; words of the taxonomy are enumerated."""
    files = {}
    for model, path in SCHEMAS.items():
        schema = portable(model.model_json_schema(schema_generator=DocumentedSchema), _as_written)
        if model is Entry:
            _enumerate(schema, base)
        for part in (schema, *schema["$defs"].values()):
            _name_own_facets(part, base.config.own_facets)
        _name_levels(schema, base.config.levels)
        files[path] = json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"
    return files


def answer_schemas() -> dict[str, str]:
    """Return the JSON Schema of what commands print as JSON, by path."""
    files = {}
    for model, path in (*ANSWERS.items(), *PRINTED.items(), (counted(), STATS_SCHEMA)):
        files[path] = json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n"
    return files


def _as_written(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a schema as files are written: what is not known is left out, never `null`."""
    if schema.get("default", "") is None:
        del schema["default"]
    named = schema.get("patternProperties")
    if named:
        schema["patternProperties"] = {port_pattern(name): part for name, part in named.items()}
        schema["additionalProperties"] = False
    return _without_null(schema)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which a field may be absent but not null: in a data file nobody writes `null`."""
    kinds = []
    for kind in schema.get("anyOf", ()):
        if kind != {"type": "null"}:
            kinds.append(kind)
    if len(kinds) != 1:
        return schema
    del schema["anyOf"]
    return {**kinds[0], **schema}


def _name_own_facets(schema: dict[str, Any], own: Iterable[str]) -> None:
    """Write the facets that a knowledge base adds into the schema of what has a field for each facet."""
    others = schema.get("additionalProperties")
    if isinstance(others, dict) and "properties" in schema:
        schema["properties"] |= dict.fromkeys(own, others)
        schema["additionalProperties"] = False


def _name_levels(schema: dict[str, Any], levels: Mapping[str, Level]) -> None:
    """Write the reading levels into the schema of a file that has texts for them, hardest first as there."""
    for model in (Summary, TopicSummary):
        texts = schema["$defs"].get(model.__name__)
        if texts is None:
            continue
        text = texts.pop("additionalProperties")
        words = _level_words(model, levels)
        texts["additionalProperties"] = False
        texts["properties"] = {
            level: {"description": described, **text} for level, described in words.items()
        }
        texts["required"] = list(words)


def _level_words(model: type[BaseModel], levels: Mapping[str, Level]) -> dict[str, str]:
    """Return what is written of each level where texts of a kind are written: for whom, and how long."""
    found: dict[str, str] = {}
    for name, level in reversed(list(levels.items())):
        bounds = level.entry
        if model is TopicSummary:
            bounds = level.topic
        described = f"{level.audience}; {bounds.fewest} to {bounds.most} words"
        found[name] = f"{described[:1].upper()}{described[1:]}."
    return found


def _enumerate(schema: dict[str, Any], base: KnowledgeBase) -> None:
    """Write the words of the taxonomy into the entry's schema, so that editors complete them."""
    models = {**schema["$defs"], "Entry": schema}
    for path, facet in vocabulary_fields().items():
        words = {word: value.description for word, value in base.facets.get(facet, {}).items()}
        _offer(models[_holder(path)]["properties"][path[-1]], words)
    venues = {v.id: v.name for v in base.venues.values()}
    _offer(models["Record"]["properties"]["venue"], venues)
    _offer(models["Source"]["properties"]["record"], venues)
    result = models["Result"]["properties"]
    measures = base.measures
    for field, known in (
        ("unit", measures.units),
        ("metric", measures.metrics),
        ("model", measures.models),
        ("device", measures.devices),
    ):
        if known is not None:
            _offer(result[field], {word.id: word.label for word in known.values()})
    tags = schema["properties"]["tags"]
    words_of = tags.pop("additionalProperties")
    tags["properties"] = {facet: deepcopy(words_of) for facet in base.config.own_facets}
    tags["additionalProperties"] = False
    for facet, field in tags["properties"].items():
        _offer(field, {word: value.description for word, value in base.facets.get(facet, {}).items()})
    leaves = {}
    for topic in base.topics:
        if base.is_leaf(topic):
            leaves[topic] = base.topics[topic].title
    _offer(schema["properties"]["topics"], leaves)


def _holder(path: tuple[str, ...]) -> str:
    """Return the name of the model that holds a field of an entry: of `effects`, a list, the model inside."""
    if len(path) > 1:
        inner = model_of(step(step(Entry, path[0]), 0))
    else:
        inner = Entry
    if inner:
        return inner.__name__
    return Entry.__name__


def _offer(field: dict[str, Any], words: Mapping[str, str]) -> None:
    """Name the words that a field takes, each with its meaning, in keywords that every validator knows."""
    target = field.get("items", field)
    target.pop("pattern", None)
    if words:
        target["anyOf"] = [{"const": word, "description": meaning} for word, meaning in words.items()]
    else:
        target["not"] = {}  # the taxonomy has no word for it yet


def rules_page(rules: Iterable[Rule]) -> str:
    """Return the page that lists every rule with why, example and fix."""
    parts = [
        # Whoever meets a rule has its name, and `rekb explain`; in the readers' search it would only weigh.
        f"---\nsearch: {{exclude: true}}\n---\n\n# Rules\n\n{GENERATED}",
        "Every name that `rekb validate` can print. `rekb explain RULE` says the same.",
        _RULES_NOTE,
    ]
    parts += [
        f"## {rule.name}\n\n*{rule.severity}*\n\n{_cell(rule.why)}\n\nExample: {_cell(rule.example)}\n\n"
        f"Fix: {_cell(rule.fix)}"
        + ("\n\n`rekb validate --fix` fixes it where it is certain." if rule.fixable else "")
        for rule in sorted(rules, key=lambda rule: rule.name)
    ]
    return "\n\n".join(parts) + "\n"


def fields_page(config: Config) -> str:
    """Return the page that describes every field of every data file, levels as they are configured."""
    parts = [f"# Fields\n\n{GENERATED}"]
    for root, where in (
        (Entry, "papers/&lt;year&gt;/&lt;key&gt;.yaml"),
        (Topic, "taxonomy/topics/.../&lt;slug&gt;.yaml"),
        (FacetFile, "taxonomy/facets.yaml"),
        (VenueFile, "taxonomy/venues.yaml"),
        (MetricFile, "taxonomy/metrics.yaml"),
        (ModelFile, "taxonomy/models.yaml"),
        (DeviceFile, "taxonomy/devices.yaml"),
        (CandidateFile, "taxonomy/candidates.json"),
        (DeclinedFile, "taxonomy/declined.yaml"),
        (CombinesFile, "taxonomy/combines.yaml"),
        (PathsFile, "taxonomy/paths.yaml"),
        (Config, "rekb.yaml"),
    ):
        for model in _reachable(root):
            note = f"\n\nFile: {where}" if model is root else ""
            described = f"{_cell(_first_line(model))}{note}"
            parts.append(f"## {model.__name__}\n\n{described}\n\n{_table(model, config)}")
    return "\n\n".join(parts) + "\n"


_QUERY_RULES = """\
One language says which works are meant: in the address of the explore page and of the finder, in
`--facet` and `--query` of `rekb export` and `rekb search`, in `questions` of `rekb.yaml`, and in
`base.select()` of the [API](api.md). `rekb export bibtex --query "saves=memory&not-needs=retraining"`
takes what is behind the question mark of the explore page.

- Words of one facet widen: `saves=memory&saves=latency` is either.
- Different facets narrow: `saves=memory&code=official` is both.
- `saves` and `phase` belong to **one** effect. `saves=memory&phase=inference` is memory saved at
  inference, not memory saved in training by a work that saves time at inference.
- `not-` before a name leaves out every work that the word holds for: `not-needs=retraining`.
- `venue` is that of the record that is cited: a paper of NeurIPS is no work of arXiv because it had a
  preprint there.
- `from=2020`, `to=2022` bound the first public year, both included; `year=2022` is both at once, and of
  several years the first and the last count. `since` and `until` are other names for the two.
- `nothing` is a work that needs nothing of the list, `unknown` one of which it is not known. A work of
  which nothing is known is neither in `needs=retraining` nor out by `not-needs=retraining`.
- Facets that a knowledge base adds are asked for by their own names.
- `sort`, `view` and `group` only say how the explore page shows works.

In an address an unknown name is passed over, so that an old link still opens; commands and the API refuse
it, and say which name was perhaps meant."""


def query_page() -> str:
    """Return the page on the query language: its rules, and every built-in facet."""
    rows = ["| name | also | asks for | words |", "| --- | --- | --- | --- |"]
    for row in FACETS.values():
        also = ", ".join(f"`{alias}`" for alias in row.aliases)
        rows.append(f"| `{row.id}` | {also} | {row.meaning} | {_words_of(row)} |")
    table = "\n".join(rows)
    return f"# Query language\n\n{GENERATED}\n\n{_QUERY_RULES}\n\n## Facets\n\n{table}\n"


def _words_of(row: FacetRow) -> str:
    if row.may_be_silent:
        silent = ", `nothing`, `unknown`"
    else:
        silent = ""
    if row.vocabulary:
        return f"`{row.vocabulary}` of taxonomy/facets.yaml{silent}"
    if row.words_from == "topics":
        return "ids of topics"
    if row.words_from == "venues":
        return "ids of taxonomy/venues.yaml"
    parts = []
    for word, _ in row.words:
        parts.append(f"`{word}`")
    return ", ".join(parts)


def _first_line(model: type[BaseModel]) -> str:
    text = model.__doc__ or ""
    first, _, _ = text.strip().partition("\n")
    return first


def _reachable(root: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a model and those inside it, each once, in the order in which a reader meets them."""
    found = [root]
    for model in found:  # grows while it is read
        for hint in get_type_hints(model, include_extras=True).values():
            for inner in _models(hint):
                if inner not in found:
                    found.append(inner)
    return found


def _models(hint: Any) -> list[type[BaseModel]]:
    """Return the models that a type names, at any depth."""
    model = model_of(hint)
    if model:
        return [model]
    found: list[type[BaseModel]] = []
    for part in get_args(hint):
        # The arguments of `Literal` are words, not types.
        if not isinstance(part, str):
            found.extend(_models(part))
    return found


def _table(model: type[BaseModel], config: Config) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = ["| field | type | required | meaning |", "| --- | --- | --- | --- |"]
    if issubclass(model, RootModel):
        words = type_words(get_args(hints["root"])[1])
        for level, described in _level_words(model, config.levels).items():
            rows.append(f"| `{level}` | {words} | yes | {described} |")
        return "\n".join(rows)
    texts = descriptions(model)
    for name, field in model.model_fields.items():
        needed = ""
        if field.is_required():
            needed = "yes"
        meaning = _cell(" ".join(texts.get(name, "").split()))
        rows.append(f"| `{name}` | {type_words(hints[name])} | {needed} | {meaning} |")
    return "\n".join(rows)


def type_words(hint: Any) -> str:
    """Return a field's type as a reader of YAML would say it."""
    members = union_members(hint)
    if len(members) != 1:
        for known, words in _TYPES:
            if hint == known:
                return words
    if members:
        return " or ".join(map(type_words, members))
    return _bare_words(bare(hint))


def _bare_words(kind: Any) -> str:
    if get_origin(kind) is Literal:
        parts = []
        for word in get_args(kind):
            parts.append(f"`{word}`")
        return ", ".join(parts)
    if get_origin(kind) is dict:
        return f"map of words to: {type_words(get_args(kind)[1])}"
    if get_origin(kind) is tuple:
        return f"list of: {type_words(get_args(kind)[0])}"
    if model := model_of(kind):
        return f"[{model.__name__}](#{model.__name__.lower()})"
    return _PLAIN_TYPES[kind]


def _cell(text: str) -> str:
    """Return text from a docstring as Markdown: code stays code, other signs are kept as text."""
    parts = re.split(r"(``.+?``|`.+?`)", text)
    pieces = []
    for part in parts:
        pieces.append(_code(part) if part.startswith("`") else _plain(part))
    return "".join(pieces)


def _plain(part: str) -> str:
    return re.sub(r"([<>\[\]*_|])", r"\\\1", part)


def _code(part: str) -> str:
    return f"`{part.strip('`')}`".replace("|", r"\|")
