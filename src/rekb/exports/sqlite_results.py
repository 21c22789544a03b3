"""The tables of the SQLite export that hold numbers: results, and the vocabularies that they name."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import unit_of
from rekb.kb.results import result_words, source_address, source_words
from rekb.model import Measures
from rekb.model.reproductions import Reproduction
from rekb.model.results import Result
from rekb.model.vocabulary import Device, KnownModel

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
    units = (measures.units or {}).values()
    metrics = (measures.metrics or {}).values()
    devices = (measures.devices or {}).values()
    yield "INSERT INTO units VALUES (?,?,?,?)", ((u.id, u.label, u.dimension, u.factor) for u in units)
    yield (
        "INSERT INTO metrics VALUES (?,?,?,?,?,?)",
        ((m.id, m.label, m.resource, m.phase, m.better, m.kind) for m in metrics),
    )
    yield "INSERT INTO models VALUES (?,?,?,?,?,?,?,?)", map(_model, (measures.models or {}).values())
    yield "INSERT INTO devices VALUES (?,?,?,?,?,?,?,?)", map(_device, devices)
    yield "INSERT INTO device_peaks VALUES (?,?,?)", _peaks(devices)


def _model(model: KnownModel) -> Values:
    card = (model.card.entry, model.card.variant) if model.card else (None, None)
    return (model.id, model.label, model.family, model.maker, model.parameters, *card, model.source)


def _device(device: Device) -> Values:
    memory = (device.memory.value, device.memory.unit) if device.memory else (None, None)
    return (device.id, device.label, device.kind, device.maker, *memory, device.bandwidth, device.source)


def _peaks(devices: Iterable[Device]) -> Iterator[Values]:
    for device in devices:
        if device.peak_tflops:
            peaks = device.peak_tflops.model_dump(exclude_none=True)
        else:
            peaks = {}
        for number_format, speed in peaks.items():
            yield device.id, number_format, speed


def result_row(base: KnowledgeBase, key: str, result: Result) -> Values:
    """Return a result's values: first its words, as they were before there were ids, then the ids."""
    words = result_words(base, key, result)
    source = result.source
    upper = None if result.upper is None else stored(result.upper)
    number = (stored(result.value), upper, result.unit, result.comparator)
    conditions = (words.baseline, words.model, words.hardware, words.setting, words.measured_by)
    joined = (words.resource, words.phase, words.better, words.kind)
    baseline = None if result.baseline_value is None else stored(result.baseline_value)
    device = (result.model, result.device, result.device_count)
    return (
        words.metric,
        *number,
        *_known(conditions),
        words.where,
        words.address,
        result.id,
        result.metric,
        *_known(joined),
        *device,
        result.baseline_entry,
        baseline,
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
    value = None if reproduction.value is None else stored(reproduction.value)
    unit = None if value is None else unit_of(base, key, reproduction) or None
    return (
        reproduction.result,
        reproduction.outcome,
        value,
        unit,
        reproduction.why,
        source_words(base, source),
        source_address(base, key, source),
        source.kind,
        source.entry,
        source.read_in,
        reproduction.on.isoformat(),
    )


def _known(texts: Iterable[str]) -> Iterator[str | None]:
    """Yield texts as a table has them, which is empty where nothing is known."""
    for text in texts:
        yield text or None


def stored(value: float) -> float:
    """Keep whole numbers whole as far as SQLite holds them."""
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    return float(value)
