"""Reported results in words: ids become labels, a source becomes an address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rekb.citation.work import record_address, safe_address
from rekb.kb.base import KnowledgeBase
from rekb.kb.values import number_text
from rekb.model import Entry, Measures
from rekb.model.record import Record
from rekb.model.results import Result, Source
from rekb.model.vocabulary import Device, KnownModel, Metric, Unit
from rekb.spelling import slug_of

Word = Unit | Metric | KnownModel | Device
"""A word of one of the vocabularies of numbers."""
_KINDS = {"readme": "README", "model-card": "model card"}
"""Kinds of sources that are written otherwise than they are named."""
_NAMED_BY_WORDS = frozenset(
    {"section", "text", "page", "blog", "news", "slides", "data", "leaderboard", "issue"}
)
"""Kinds that say less than the words beside them."""
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class ResultWords:
    """One result in words that need no vocabulary; empty where nothing is known."""

    metric: str
    baseline: str
    model: str
    hardware: str
    setting: str
    measured_by: str
    where: str
    """Where the number is: ``Table 2, row LoRA``."""
    address: str
    """The page of its source."""
    read_in: str
    """The copy that was really read, where it is at another place."""
    resource: str
    phase: str
    better: str
    """`more`, `less`, or nothing where the metric is not known."""
    kind: str
    """`ratio`, `absolute`, `quality`, or nothing where the metric is not known."""


def result_words(base: KnowledgeBase, key: str, result: Result) -> ResultWords:
    """Return a result of an entry in words, for pages and exports; each is worked out once."""
    known: dict[tuple[str, int], tuple[Result, ResultWords]] = base.views.setdefault("result words", {})
    place = (key, id(result))
    # Who asks for the words reads the entry and those that it names, which a build notes; it does so as well
    # where the words are known from before.
    for work in (key, result.baseline_entry, result.source.entry):
        if work:
            base.entries.get(work)
    # Python gives the `id` of an object that is gone to another one, so the result is kept beside its words.
    if place not in known:
        known[place] = (result, _result_words(base, key, result))
    return known[place][1]


def _result_words(base: KnowledgeBase, key: str, result: Result) -> ResultWords:
    source = result.source
    kind = Kind.of(base.measures.metric(result.metric))
    return ResultWords(
        metric=result.wording or kind.words or result.metric or "",
        baseline=_baseline(base, result),
        model=_model(base, result),
        hardware=_hardware(base, result),
        setting=result.setting or "",
        measured_by=result.measured_by or "",
        where=source_words(base, source),
        address=source_address(base, key, source),
        read_in=safe_address(source.read_in or ""),
        resource=kind.resource,
        phase=kind.phase,
        better=kind.better,
        kind=kind.kind,
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """What a metric says of a number; empty where the metric is not known."""

    words: str = ""
    resource: str = ""
    phase: str = ""
    better: str = ""
    kind: str = ""

    @classmethod
    def of(cls, metric: Metric | None) -> "Kind":
        """Return what a metric says."""
        if metric is None:
            return cls()
        return cls(in_sentence(metric.label), metric.resource, metric.phase or "", metric.better, metric.kind)


def in_sentence(label: str) -> str:
    """Return a label as it is inside a sentence; names keep their capitals."""
    label = stated(label)
    first, space, rest = label.partition(" ")
    is_name = len(first) == 1 or not first[1:].islower()
    # Two words that begin with capitals are a name: `Penn Treebank`, but not `Model FLOPs` or `Macro F1`.
    following = rest.partition(" ")[0]
    if is_name or (following[:1].isupper() and following[1:].islower()):
        return label
    return f"{first.lower()}{space}{rest}"


def stated(label: str) -> str:
    """Return a label without the words that set it apart from others in its list: ``memory not stated``."""
    name, _, rest = label.rpartition(", ")
    if name and rest.endswith("not stated"):
        return name
    return label


def _name_of(base: KnowledgeBase, key: str) -> str:
    """Return what a work is called; its key where it is not here."""
    entry = base.entries.get(key)
    if entry is None:
        return key
    return entry.display_name


def _baseline(base: KnowledgeBase, result: Result) -> str:
    words = result.baseline or ""
    if not words and result.baseline_entry:
        words = _name_of(base, result.baseline_entry)
    if result.baseline_value is None:
        return words
    number = number_text(result.baseline_value)
    if not words:
        return number
    # Where several baselines are named, the value is that of the first.
    first, semicolon, others = words.partition(";")
    return f"{first}, {number}{semicolon}{others}"


def _model(base: KnowledgeBase, result: Result) -> str:
    if result.model_wording:
        return result.model_wording
    known = base.measures.model(result.model)
    if known is None:
        if result.model:
            return result.model
        return ""
    return stated(known.label)


def _hardware(base: KnowledgeBase, result: Result) -> str:
    if result.hardware:
        return result.hardware
    known = base.measures.device(result.device)
    label = result.device or ""
    if known is not None:
        label = stated(known.label)
    if result.device_count is None:
        return label
    return f"{result.device_count} × {label}"


def source_words(base: KnowledgeBase, source: Source) -> str:
    """Return where a number is: kind and number, row, other words, and whose paper it is."""
    parts = [_part(source)]
    if source.row and source.row.startswith("column "):
        parts.append(source.row)
    elif source.row:
        parts.append(f"row {source.row}")
    if source.where and source.where not in parts:
        parts.append(source.where)
    if source.version:
        parts.append(f"version {source.version.removeprefix('v')}")
    if source.entry:
        parts.append(f"paper of {_name_of(base, source.entry)}")
    return ", ".join(parts)


def _part(source: Source) -> str:
    """Return the part of a paper or kind of page; other words stand for it where they name it better."""
    kind = _KINDS.get(source.kind, source.kind.replace("-", " "))
    if source.number:
        return f"{kind.capitalize()} {source.number}"
    where = source.where or ""
    names_it = source.kind in _NAMED_BY_WORDS or kind.casefold() in where.casefold()
    if where and names_it:
        return where
    return kind


def source_address(base: KnowledgeBase, key: str, source: Source) -> str:
    """Return the page of a source; nothing where its record is not known or has no page."""
    if source.url:
        return safe_address(source.url)
    record = source_record(base, key, source)
    if record is None:
        return ""
    address = record_address(record)
    # arXiv shows a version under its number right behind the identifier; a DOI has no place for it.
    if source.version and record.arxiv and address.endswith(record.arxiv):
        return f"{address}{source.version}"
    if address:
        return address
    return _first_page(base.entries.get(source.entry or key))


def _first_page(entry: Entry | None) -> str:
    if entry is None:
        return ""
    for record in entry.records:
        if page := record_address(record):
            return page
    return ""


def source_record(base: KnowledgeBase, key: str, source: Source) -> Record | None:
    """Return the record that a source names, the latest of its venue; nothing where there is none."""
    entry = base.entries.get(source.entry or key)
    if entry is None:
        return None
    for record in reversed(entry.records):
        if record.venue == source.record:
            return record
    return None


def with_ids(measures: Measures, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a result with ids where its words are a spelling of them; other words stay."""
    found = dict(result)
    for words, field, known in (
        ("wording", "metric", measures.metrics),
        ("model_wording", "model", measures.models),
        ("hardware", "device", measures.devices),
        ("unit", "unit", measures.units),
    ):
        meant = spellings(known).get(_spelled(found.get(words)))
        if meant and found.get(field) in (None, found.get(words)):
            found.pop(words, None)
            found[field] = meant
    return found


def spellings(known: Mapping[str, Word] | None) -> dict[str, str]:
    """Return the spellings of a vocabulary that have one meaning, case folded, each with the id it means."""
    found: dict[str, set[str]] = {}
    for word in (known or {}).values():
        for spelling in (word.id, word.label, *word.aliases):
            found.setdefault(_spelled(spelling), set()).add(word.id)
    kept: dict[str, str] = {}
    for spelling, ids in found.items():
        # A spelling of two words would put numbers under the wrong one, so nothing is guessed.
        if len(ids) == 1:
            kept[spelling] = next(iter(ids))
    return kept


def _spelled(words: object) -> str:
    """Return what spellings of one word share; nothing of what is no text."""
    if not isinstance(words, str):
        return ""
    return " ".join(words.casefold().split())


def result_id(result: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return an id for a result as its file holds it: what was measured, on which model, on what device.

    Args:
        result: the fields of the result.
        taken: ids of the other results of the entry.
    """
    words = [result.get("metric") or result.get("wording") or "result", result.get("model") or ""]
    first = _slug(words)
    if first not in taken:
        return first
    longer = _slug([*words, result.get("device") or ""])
    if longer not in taken:
        return longer
    number = 2
    while f"{first}-{number}" in taken:
        number += 1
    return f"{first}-{number}"


def _slug(words: list[Any]) -> str:
    text = " ".join(map(str, words))
    return slug_of(text, _LONGEST_ID) or "result"
