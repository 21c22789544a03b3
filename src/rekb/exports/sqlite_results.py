"""The tables of the SQLite export that hold numbers: results, and the vocabularies that they name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import unit_of
from rekb.kb.results import result_words, source_address, source_words
from rekb.model import Measures
from rekb.model.reproductions import Reproduction
from rekb.model.results import Result
from rekb.model.vocabulary import Device, KnownModel, Metric, Unit

W = TypeVar("W")
Values = Sequence[Any]
Insert = tuple[str, Iterable[Values]]
"""A statement, and the rows it is run for."""

_LARGEST = 2**63 - 1
_RESULT_COLUMNS = 31
INSERT_RESULT = f"INSERT INTO results VALUES ({','.join('?' * _RESULT_COLUMNS)})"  # noqa: S608 - question marks
"""The statement that writes a result behind its entry and position."""
INSERT_REPRODUCTION = "INSERT INTO reproductions VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
"""The same for what others got who measured a result again."""


def vocabulary_rows(measures: Measures) -> Iterator[Insert]:
    """Yield the statements that write units, metrics, models and devices."""
    units = _rows_of(measures.units, _unit)
    metrics = _rows_of(measures.metrics, _metric)
    models = _rows_of(measures.models, _model)
    devices = _rows_of(measures.devices, _device)
    yield "INSERT INTO units VALUES (?,?,?,?)", units
    yield "INSERT INTO metrics VALUES (?,?,?,?,?,?)", metrics
    yield "INSERT INTO models VALUES (?,?,?,?,?,?,?,?)", models
    yield "INSERT INTO devices VALUES (?,?,?,?,?,?,?,?)", devices
    yield "INSERT INTO device_peaks VALUES (?,?,?)", _peaks(measures)


def _rows_of(words: Mapping[str, W] | None, row: Callable[[W], Values]) -> Iterator[Values]:
    """Return a row for each word of a vocabulary, which a knowledge base may leave out."""
    if words is None:
        return iter(())
    return map(row, words.values())


def _unit(unit: Unit) -> Values:
    return (unit.id, unit.label, unit.dimension, unit.factor)


def _metric(metric: Metric) -> Values:
    return (metric.id, metric.label, metric.resource, metric.phase, metric.better, metric.kind)


def _model(model: KnownModel) -> Values:
    entry = None
    variant = None
    if model.card:
        entry = model.card.entry
        variant = model.card.variant
    return (model.id, model.label, model.family, model.maker, model.parameters, entry, variant, model.source)


def _device(device: Device) -> Values:
    memory = None
    unit = None
    if device.memory:
        memory = device.memory.value
        unit = device.memory.unit
    named = (device.id, device.label, device.kind, device.maker)
    return (*named, memory, unit, device.bandwidth, device.source)


def _peaks(measures: Measures) -> Iterator[Values]:
    """Yield the peak speeds of devices, one row a number format: makers state one for each."""
    for device in (measures.devices or {}).values():
        if device.peak_tflops:
            peaks = device.peak_tflops.model_dump(exclude_none=True)
            for number_format, speed in peaks.items():
                yield device.id, number_format, speed


def result_row(base: KnowledgeBase, key: str, result: Result) -> Values:
    """Return a result's values: first its words, as they were before there were ids, then the ids."""
    words = result_words(base, key, result)
    source = result.source
    conditions = (words.baseline, words.model, words.hardware, words.setting, words.measured_by)
    of_metric = (words.resource, words.phase, words.better, words.kind)
    return (
        words.metric,
        stored(result.value),
        _stored(result.upper),
        result.unit,
        result.comparator,
        *known(conditions),
        words.where,
        words.address,
        result.id,
        result.metric,
        *known(of_metric),
        result.model,
        result.device,
        result.device_count,
        result.baseline_entry,
        _stored(result.baseline_value),
        source.record,
        source.entry,
        source.version,
        source.kind,
        source.number,
        words.read_in or None,
    )


def reproduction_row(base: KnowledgeBase, key: str, reproduction: Reproduction) -> Values:
    """Return the values of what others got; the unit is the result's where it names none."""
    source = reproduction.source
    unit = None
    if reproduction.value is not None:
        unit = unit_of(base, key, reproduction) or None
    return (
        reproduction.result,
        reproduction.outcome,
        _stored(reproduction.value),
        unit,
        reproduction.why,
        source_words(base, source),
        source_address(base, key, source),
        source.kind,
        source.entry,
        source.read_in,
        reproduction.on.isoformat(),
    )


def known(texts: Iterable[str]) -> Iterator[str | None]:
    """Yield texts as a table has them, which is empty where nothing is known."""
    for text in texts:
        yield text or None


def stored(value: float) -> float:
    """Keep whole numbers whole as far as SQLite stores them: in 64 bits with a sign."""
    is_whole = isinstance(value, int)
    if is_whole and abs(value) <= _LARGEST:
        return value
    return float(value)


def _stored(value: float | None) -> float | None:
    if value is None:
        return None
    return stored(value)
