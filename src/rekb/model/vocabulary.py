"""What numbers are given in: units, metrics, models and devices, each a closed list that may be left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import Field, StrictBool

from rekb.model.base import Count, Key, Line, Link, Model, Slug
from rekb.model.results import Label, Number

W = TypeVar("W")
MetricKind = Literal["ratio", "absolute", "quality"]
Better = Literal["more", "less"]


class Unit(Model):
    """A unit, and how it is counted in others of its dimension."""

    id: Label
    """The unit as results write it: ``GB``, ``tokens/s``."""
    label: Line
    """The unit as readers see it."""
    dimension: Slug
    """What it counts: ``bytes``, ``time``; ``ratio`` is a factor, ``share`` a percentage."""
    factor: Number | None = None
    """How many of the dimension's basic unit it is: 1000000000 for GB; absent where nothing is converted."""
    aliases: tuple[Line, ...] = ()
    """Other spellings that mean this unit."""


class Metric(Model):
    """What is measured, and which direction is the gain."""

    id: Slug
    """The word as results write it: ``peak-training-memory``."""
    label: Line
    """The metric as readers see it."""
    resource: Slug
    """What it is about, a word of the facet `resource`."""
    phase: Slug | None = None
    """When, a word of the facet `phase`; absent where that differs."""
    better: Better
    """Which direction of the number is the gain."""
    kind: MetricKind
    """A ratio to a baseline, a measure with a unit, or a score of quality."""
    need: StrictBool = False
    """True where it says what must be at hand, such as devices: no work is summed up by it alone."""
    aliases: tuple[Line, ...] = ()
    """Other spellings that mean this metric."""


class MetricFile(Model):
    """taxonomy/metrics.yaml: every unit and metric that a result may name."""

    units: tuple[Unit, ...] = Field(min_length=1)
    """The units."""
    metrics: tuple[Metric, ...] = Field(min_length=1)
    """The metrics."""


class CardPlace(Model):
    """Where the published shape of a model is here."""

    entry: Key
    """The work."""
    variant: Line
    """The size, a name of its `model.variants`."""


class KnownModel(Model):
    """A model that results were measured on."""

    id: Slug
    """The word as results write it: ``llama-2-7b``."""
    label: Line
    """The model as readers see it."""
    family: Line | None = None
    """What it is a size of: ``Llama 2``."""
    maker: Line | None = None
    """Who made it."""
    parameters: Count | None = None
    """All its weights, as a count, where a card or a source states them."""
    card: CardPlace | None = None
    """Where its shape is here."""
    source: Link | None = None
    """The page that states its size, where no card does."""
    aliases: tuple[Line, ...] = ()
    """Other spellings that mean this model."""


class ModelFile(Model):
    """taxonomy/models.yaml: every model that a result may name."""

    models: tuple[KnownModel, ...] = Field(min_length=1)
    """The models."""


class Amount(Model):
    """A number with its unit."""

    value: Number
    """The number."""
    unit: Label
    """A unit of taxonomy/metrics.yaml."""


class Peak(Model):
    """Peak speed by number format, without sparsity, in TFLOP/s; integers in tera operations per second."""

    fp64: Number | None = None
    """Double precision."""
    fp32: Number | None = None
    """Single precision, outside of matrix units."""
    tf32: Number | None = None
    """Single precision in matrix units."""
    fp16: Number | None = None
    """Half precision."""
    bf16: Number | None = None
    """Brain float."""
    fp8: Number | None = None
    """Floats of 8 bits."""
    fp4: Number | None = None
    """Floats of 4 bits."""
    int8: Number | None = None
    """Integers of 8 bits."""
    int4: Number | None = None
    """Integers of 4 bits."""


class Device(Model):
    """A device that results were measured on."""

    id: Slug
    """The word as results write it: ``a100-80gb``."""
    label: Line
    """The device as readers see it."""
    kind: Slug
    """What it is, a word of the facet `hardware`."""
    maker: Line | None = None
    """Who makes it."""
    memory: Amount | None = None
    """Its memory; absent where sizes differ and a paper does not say which."""
    bandwidth: Number | None = None
    """Bandwidth of that memory in GB/s."""
    peak_tflops: Peak | None = None
    """Its peak speed by number format."""
    source: Link | None = None
    """The page that states these figures."""
    aliases: tuple[Line, ...] = ()
    """Other spellings that mean this device."""


class DeviceFile(Model):
    """taxonomy/devices.yaml: every device that a result may name."""

    devices: tuple[Device, ...] = Field(min_length=1)
    """The devices."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The vocabularies of numbers by id; one whose file is missing is `None`, and then any word will do."""

    units: Mapping[str, Unit] | None = None
    metrics: Mapping[str, Metric] | None = None
    models: Mapping[str, KnownModel] | None = None
    devices: Mapping[str, Device] | None = None

    def unit(self, word: str) -> Unit | None:
        """Return a unit by id."""
        return _word_of(self.units, word)

    def metric(self, word: str | None) -> Metric | None:
        """Return a metric by id; nothing where a result names none."""
        return _word_of(self.metrics, word)

    def model(self, word: str | None) -> KnownModel | None:
        """Return a model by id; nothing where a result names none."""
        return _word_of(self.models, word)

    def device(self, word: str | None) -> Device | None:
        """Return a device by id; nothing where a result names none."""
        return _word_of(self.devices, word)


def _word_of(words: Mapping[str, W] | None, word: str | None) -> W | None:
    """Return what a vocabulary says of a word; nothing where either is missing."""
    if words is None or word is None:
        return None
    return words.get(word)
