"""Rules on reported results: words of the vocabularies, sources, and what the entry says of its gains."""

from collections.abc import Iterator, Mapping
from typing import Any

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.kb.primary import is_known_host, is_on_primary, official_pages
from rekb.kb.results import spellings
from rekb.loading.layout import DEVICES, METRICS, MODELS
from rekb.meant import question
from rekb.model import Entry
from rekb.model.results import Result, Source
from rekb.model.vocabulary import Metric, Unit
from rekb.yamlio.document import Path_

Place = tuple[str, int, Result]
"""The key of an entry, and one of its results with its number."""


def _results(base: KnowledgeBase) -> Iterator[Place]:
    for key, entry in base.entries.items():
        for number, result in enumerate(entry.results):
            yield key, number, result


def _unknown(
    base: KnowledgeBase, field: str, known: Mapping[str, Any] | None, file: str
) -> Iterator[Finding]:
    """Yield the words of one field of results that a vocabulary does not hold; none where it has no file."""
    if known is None or file in base.unread.measures:
        return
    meant: Mapping[str, str] | None = None
    for key, path, word in _named(base, field):
        if word in known:
            continue
        if meant is None:
            meant = spellings(known)
        spelled = meant.get(" ".join(word.casefold().split()))
        if spelled:
            hint = question([spelled])
        else:
            hint = None
        other = nearest(word, known, f"add it to {file}")
        yield Finding(base.entry_paths[key], path, f"there is no {field} `{word}`", hint or other)


def _named(base: KnowledgeBase, field: str) -> Iterator[tuple[str, Path_, str]]:
    """Yield the words of one field of results, and of what others got, each with the place of the field."""
    for key, number, result in _results(base):
        if word := getattr(result, field):
            yield key, ("results", number, field), word
    if field != "unit":
        return
    for key, entry in base.entries.items():
        for number, reproduction in enumerate(entry.reproductions):
            if reproduction.unit:
                yield key, ("reproductions", number, field), reproduction.unit


@rule("unknown-metric", local=True, fixable=True)
def unknown_metric(base: KnowledgeBase) -> Iterator[Finding]:
    """Metrics are a closed list, so that numbers of one kind are found together.

    Example: `metric: decode-speedup`
    Fix: write an id of taxonomy/metrics.yaml, or add the metric there.
    """
    yield from _unknown(base, "metric", base.measures.metrics, METRICS)


@rule("unknown-model", local=True, fixable=True)
def unknown_model(base: KnowledgeBase) -> Iterator[Finding]:
    """Models are a closed list, so that one model is not counted under three spellings.

    Example: `model: llama2-7b`
    Fix: write an id of taxonomy/models.yaml, or add the model there; words go into `model_wording`.
    """
    yield from _unknown(base, "model", base.measures.models, MODELS)


@rule("unknown-device", local=True, fixable=True)
def unknown_device(base: KnowledgeBase) -> Iterator[Finding]:
    """Devices are a closed list, so that numbers can be asked for by device.

    Example: `device: a100-80`
    Fix: write an id of taxonomy/devices.yaml, or add the device there; words go into `hardware`.
    """
    yield from _unknown(base, "device", base.measures.devices, DEVICES)


@rule("unknown-unit", local=True, fixable=True)
def unknown_unit(base: KnowledgeBase) -> Iterator[Finding]:
    """Units are one list, so that GB and GiB, hours and GPU-hours are not mixed up.

    Example: `unit: hours`
    Fix: write a unit of taxonomy/metrics.yaml, or add it there.
    """
    yield from _unknown(base, "unit", base.measures.units, METRICS)


@rule("repeated-result-id", local=True)
def repeated_result_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A result is named by its id within the entry; nobody knows which of two with one name is meant.

    Example: two results with `id: perplexity-opt-175b`
    Fix: say in one of the ids what is different.
    """
    for key, entry in base.entries.items():
        seen: set[str] = set()
        for number, result in enumerate(entry.results):
            if result.id in seen:
                message = f"`{result.id}` is the id of two results"
                path = ("results", number, "id")
                yield Finding(base.entry_paths[key], path, message, "say in one of them what is different")
            seen.add(result.id)


def _recorded(entry: Entry) -> object:
    """Return where a work has records, and which sources name a record of another work, or one it lacks."""
    venues = [record.venue for record in entry.records]
    sources = [result.source for result in entry.results]
    sources += [reproduction.source for reproduction in entry.reproductions]
    elsewhere = []
    for number, source in enumerate(sources):
        if source.entry or (source.record and source.record not in venues):
            elsewhere.append((number, source.entry, source.record))
    return venues, elsewhere


@rule("unknown-record", facts=_recorded)
def unknown_record(base: KnowledgeBase) -> Iterator[Finding]:
    """A source names a record that its work has, so that a reader can open it.

    Example: `source: {record: icml, kind: abstract}` in a work that is on arXiv alone
    Fix: name a venue of one of the work's own records, or give the page as `url`.
    """
    for key, place, source in _sources(base):
        work = base.entries.get(source.entry or key)
        if source.record is None or work is None:
            continue
        venues = [record.venue for record in work.records]
        if source.record not in venues:
            message = f"`{source.entry or key}` has no record at `{source.record}`"
            path = (*place, "source", "record")
            yield Finding(base.entry_paths[key], path, message, f"its records: {', '.join(venues)}")


def _sources(base: KnowledgeBase) -> Iterator[tuple[str, Path_, Source]]:
    """Yield the sources of results, and of what others got, each with the place of what it is for."""
    for key, entry in base.entries.items():
        for number, result in enumerate(entry.results):
            yield key, ("results", number), result.source
        for number, reproduction in enumerate(entry.reproductions):
            yield key, ("reproductions", number), reproduction.source


@rule("metric-unit", Severity.WARNING, local=True)
def metric_unit(base: KnowledgeBase) -> Iterator[Finding]:
    """A ratio is given as a factor or a share, and a measure is given in a unit, not as a factor.

    Example: `{metric: decoding-speed-up, value: 40, unit: ms}`
    Fix: write the unit that the source gives, or the metric that fits it.
    """
    for key, number, result in _results(base):
        metric = base.measures.metric(result.metric)
        unit = base.measures.unit(result.unit)
        if metric and unit and not _fits(metric, unit):
            message = (
                f"`{metric.id}` is {_ARTICLES[metric.kind]}, and `{unit.id}` is a unit of {unit.dimension}"
            )
            path = ("results", number, "unit")
            yield Finding(
                base.entry_paths[key], path, message, "correct the unit, or name the metric that fits"
            )


_ARTICLES = {"ratio": "a ratio", "absolute": "a measure with a unit", "quality": "a score"}


def _fits(metric: Metric, unit: Unit) -> bool:
    if metric.kind == "ratio":
        return unit.dimension in ("ratio", "share")
    if metric.kind == "quality":
        return True
    return unit.dimension != "ratio"


@rule("result-and-effects", Severity.HINT, local=True)
def result_and_effects(base: KnowledgeBase) -> Iterator[Finding]:
    """What a work reports as its gain is one of its effects, or no filter finds it.

    Example: `metric: throughput-increase, value: 2, unit: x` in a work without an effect on throughput
    Fix: add the effect, or exempt the entry where the number is no gain.
    """
    for key, number, result in _results(base):
        metric = base.measures.metric(result.metric)
        effects = base.entries[key].effects
        if metric is None or not effects or not _is_gain(base, metric, result):
            continue
        saved = {effect.resource for effect in effects if effect.change == "saves"}
        if metric.resource not in saved and metric.resource in base.facets.get("resource", {}):
            message = f"`{metric.id}` is about {metric.resource}, which is none of its gains"
            hint = f"add the effect `{{resource: {metric.resource}, change: saves, ...}}`"
            yield Finding(base.entry_paths[key], ("results", number), message, hint)


def _is_gain(base: KnowledgeBase, metric: Metric, result: Result) -> bool:
    """Whether a number is what the authors gained; a share of a whole is compared with nothing."""
    if metric.kind != "ratio" or metric.better != "more" or result.measured_by:
        return False
    unit = base.measures.unit(result.unit)
    # A factor of 1 means that nothing changed.
    if unit is None or unit.dimension == "ratio":
        return result.value > 1
    if result.value <= 0:
        return False
    return bool(result.baseline or result.baseline_entry)


@rule("hidden-memory", Severity.HINT, local=True)
def hidden_memory(base: KnowledgeBase) -> Iterator[Finding]:
    """A model with fewer weights takes less memory or storage; who filters for those must find it.

    Example: `effects: [{resource: parameters, phase: inference, change: saves}]` alone
    Fix: add the effect on memory or storage, or exempt the entry where the weights stay in memory.
    """
    for key, entry in base.entries.items():
        fewer = _saved_at_inference(entry, ("parameters",))
        if fewer is not None and _saved_at_inference(entry, ("memory", "storage")) is None:
            message = "it saves parameters at inference, but neither memory nor storage"
            yield Finding(
                base.entry_paths[key], ("effects", fewer), message, "add the effect on memory or storage"
            )


def _saved_at_inference(entry: Entry, resources: tuple[str, ...]) -> int | None:
    """Return the place of the first effect that saves one of these resources at inference."""
    for number, effect in enumerate(entry.effects):
        if effect.change == "saves" and effect.phase == "inference" and effect.resource in resources:
            return number
    return None


def _pages(entry: Entry) -> object:
    """Return the official pages of a work, and of odd sources all that shows whether they are primary."""
    odd = []
    for number, result in enumerate(entry.results):
        url = result.source.url
        if url and not result.source.read_in and not is_known_host(url):
            odd.append((number, url, result.measured_by))
    official = list(official_pages(entry))
    if not odd:
        return official
    return official, odd, entry.links, [record.url for record in entry.records], entry.authors


@rule("mirror-without-read-in", Severity.WARNING, facts=_pages)
def mirror_without_read_in(base: KnowledgeBase) -> Iterator[Finding]:
    """A number's source is the page of who published it; a copy that was read stands in `read_in`.

    Example: `source: {url: "https://papers-digest.example/123", kind: table}`
    Fix: name the work's own `record` (or the publisher's `url`), and write the copy as `read_in`.
    """
    for key, number, result in _results(base):
        url = result.source.url
        if url and not result.source.read_in and not is_on_primary(base, key, result):
            message = "this page is no publisher's, archive's or official repository's"
            hint = "name the `record` that holds the number, and write this page as `read_in`"
            yield Finding(base.entry_paths[key], ("results", number, "source", "url"), message, hint)
