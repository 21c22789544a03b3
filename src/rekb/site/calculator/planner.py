"""What the planner shows before anything is typed, and the data that its script fetches."""

from dataclasses import asdict, dataclass
from typing import Any

from rekb.model.vocabulary import Device
from rekb.site.calculator.answers import DECIMAL, fits, headline, sized, speed, terms
from rekb.site.calculator.plan import Card, Costs, Model, costs
from rekb.site.calculator.precisions import BITS, CACHE, LLAMA_CPP, PRECISIONS, Precision
from rekb.site.calculator.techniques import TermView, techniques
from rekb.site.parts.views import Material
from rekb.site.urls import COMBINES

_EXAMPLE_DEVICE = "a100-80gb"
_WIDTH = 1000
"""Units of the bar from end to end."""
_MOST_CARDS = 64
"""Cards that the bar parts with lines; more would be a grey block."""
EXAMPLE = Model(
    parameters=70_000_000_000,
    layers=80,
    hidden=8192,
    kv_heads=8,
    head_size=128,
    tokens=2_000_000_000_000,
    context=32768,
    batch=8,
    weights="int4",
)
"""What is shown before anything is typed: Llama 2 70B in 4 bit for eight long conversations."""
EXAMPLE_NAME = "Llama 2 70B"
PLAIN_CARDS = (8, 12, 16, 24, 32, 40, 48, 64, 80, 96, 128, 141, 192)
"""Memories of cards that are offered beside the named devices, in GiB."""


@dataclass(frozen=True, slots=True)
class Known:
    """A published size that can be picked."""

    id: str
    """What the address calls it."""
    name: str
    figures: tuple[tuple[str, int], ...]
    """Its figures by the name of their field."""
    warning: str = ""
    """What a reader should know of its answer."""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device of the data in its row of the table."""

    name: str
    memory: str
    bandwidth: str
    peak: str
    source: str
    """Address of the page that states the figures."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar."""

    id: str
    label: str
    x: float
    width: float
    size: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """The worked example."""

    name: str
    """The model's name; empty where no published size has these figures."""
    model: Model
    card: Card
    headline: str
    terms: str
    fits: str
    speed: str
    bar: tuple[Segment, ...]
    cards: tuple[float, ...]
    """Where the bar has a line between two cards."""
    largest: str
    """The larger term: ``weights`` or ``cache``."""


@dataclass(frozen=True, slots=True)
class PlannerView:
    """What the planner is given."""

    example: ExampleView
    precisions: tuple[Precision, ...]
    cache_precisions: tuple[Precision, ...]
    devices: tuple[DeviceView, ...]
    terms: tuple[TermView, ...]
    """Techniques for each term that may be too large, the example's larger one first."""
    combines: str
    """The page on what goes with what."""
    bits_source: str
    """Where the bits of the mixed formats are published."""


def planner_view(material: Material, known: tuple[Known, ...]) -> PlannerView:
    """Return the planner with its worked example."""
    devices = devices_with_memory(material)
    example = _example(material, known)
    # Sorting is stable, so only the example's larger term changes its place.
    ordered = sorted(techniques(material), key=lambda term: term.id != example.largest)
    return PlannerView(
        example=example,
        precisions=PRECISIONS,
        cache_precisions=CACHE,
        devices=tuple(_device_view(device) for device in devices),
        terms=tuple(ordered),
        combines=COMBINES,
        bits_source=LLAMA_CPP,
    )


def planner_data(material: Material, known: tuple[Known, ...]) -> dict[str, Any]:
    """Return what the script fetches: bits of formats, published sizes, devices with their other names."""
    sizes = [_as_data(size) for size in known]
    devices = devices_with_memory(material)
    return {
        "bits": BITS,
        "models": sizes,
        "devices": [{**asdict(card_of(device)), "aliases": device.aliases} for device in devices],
        "plain": PLAIN_CARDS,
    }


def _as_data(size: Known) -> dict[str, str | int]:
    """Return a size as the script takes it: what is not known is left out."""
    data: dict[str, str | int] = {"id": size.id, "name": size.name, **dict(size.figures)}
    if size.warning:
        data["warning"] = size.warning
    return data


def devices_with_memory(material: Material) -> tuple[Device, ...]:
    """Return the devices of the data whose memory is known, which can be planned for."""
    known: list[Device] = []
    for device in (material.base.measures.devices or {}).values():
        if device.memory:
            known.append(device)
    return tuple(known)


def card_of(device: Device) -> Card:
    """Return a device as the formulas take it; sellers count memory in GiB and write GB."""
    memory = 0.0
    if device.memory:
        memory = device.memory.value
    return Card(device.label, memory, device.bandwidth or 0, _peak(device), _peaks(device))


def _peaks(device: Device) -> dict[str, float]:
    """Return TFLOP a second by format of the weights, where matrix units can multiply it as it is."""
    stated: dict[str, float] = {}
    if device.peak_tflops:
        stated = device.peak_tflops.model_dump(exclude_none=True)
    return {precision.id: stated.get(precision.units, 0) for precision in PRECISIONS if precision.units}


def _peak(device: Device) -> float:
    """Return TFLOP a second at 16 bits, 0 where it is not known."""
    peaks = device.peak_tflops
    if peaks is None:
        return 0
    if peaks.bf16:
        return peaks.bf16
    if peaks.fp16:
        return peaks.fp16
    return 0


def _device_view(device: Device) -> DeviceView:
    card = card_of(device)
    bandwidth = "not known"
    if card.bandwidth:
        bandwidth = f"{card.bandwidth:,g} GB/s"
    peak = "not known"
    if card.peak:
        peak = f"{card.peak:,g} TFLOP/s"
    return DeviceView(
        name=card.name,
        memory=f"{card.memory:g} GB",
        bandwidth=bandwidth,
        peak=peak,
        source=device.source or "",
    )


def _example(material: Material, known: tuple[Known, ...]) -> ExampleView:
    device = material.base.measures.device(_EXAMPLE_DEVICE)
    card = Card("80 GB", 80)
    if device:
        card = card_of(device)
    found = costs(EXAMPLE, card)
    named = any(size.name == EXAMPLE_NAME for size in known)
    name = "70B parameters"
    if named:
        name = EXAMPLE_NAME
    largest = "cache"
    if found.weights >= found.cache:
        largest = "weights"
    return ExampleView(
        name=EXAMPLE_NAME if named else "",
        model=EXAMPLE,
        card=card,
        headline=headline(name, EXAMPLE, card, found),
        terms=terms(found, EXAMPLE),
        fits=fits(found, EXAMPLE),
        speed=speed(found, EXAMPLE, card),
        bar=segments(found, EXAMPLE, card),
        cards=card_lines(found),
        largest=largest,
    )


def segments(found: Costs, model: Model, card: Card) -> tuple[Segment, ...]:
    """Return the parts of the bar, whose whole length is the memory of the cards."""
    whole = found.cards * card.memory * 2**30
    kept = whole * model.kept_free / 100
    parts = (
        ("weights", "Weights", found.weights),
        ("cache", "KV cache", found.cache),
        ("spare", "Not used", whole - kept - found.total),
        ("kept", "Kept free for activations and the runtime", kept),
    )
    drawn: list[Segment] = []
    x = 0.0
    for name, label, size in parts:
        width = size / whole * _WIDTH
        drawn.append(Segment(name, label, round(x, 2), round(width, 2), sized(size, DECIMAL)))
        x += width
    return tuple(drawn)


def card_lines(found: Costs) -> tuple[float, ...]:
    """Return where the bar has a line between two cards."""
    if found.cards > _MOST_CARDS:
        return ()
    kept: list[float] = []
    for place in range(1, found.cards):
        kept.append(round(_WIDTH * place / found.cards, 2))
    return tuple(kept)
