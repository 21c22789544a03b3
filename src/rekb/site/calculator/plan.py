"""What it takes to run a model: memory, cards, a bound for speed; static/costs.js computes the same."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from rekb.site.calculator.formulas import CacheShape, flops_per_token, weight_bytes
from rekb.site.calculator.precisions import BYTES

KEPT_FREE = 10
"""Percent of each card that activations and the runtime are given. Serving systems keep about as much: vLLM's
`gpu_memory_utilization` is 0.9 unless it is set."""
_STATE_BYTES = 2
"""Bytes of a number of a recurrent state, which stays at 16 bits."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is typed into the planner; 0 is not known."""

    parameters: int = 0
    active: int = 0
    """Weights that a token meets; all of them where 0."""
    layers: int = 0
    """Layers that keep something of each token."""
    hidden: int = 0
    kv_heads: int = 0
    head_size: int = 0
    cached: int = 0
    """Numbers that a layer keeps of a token; a key and a value per head where 0."""
    window: int = 0
    """Tokens that layers with a sliding window look back."""
    window_layers: int = 0
    """How many of the layers have one."""
    state: int = 0
    """Numbers that recurrent layers keep of a sequence, however long it is."""
    tokens: int = 0
    """Training tokens."""
    context: int = 0
    batch: int = 0
    weights: str = "bf16"
    """Format of the weights."""
    precision: str = "bf16"
    """Format of the cache."""
    kept_free: float = KEPT_FREE
    """Percent of each card for activations and the runtime."""


@dataclass(frozen=True, slots=True)
class Card:
    """A device to run on; 0 is not known."""

    name: str
    """As answers call it: ``80 GB`` or ``NVIDIA A100 80 GB``."""
    memory: float
    """GiB."""
    bandwidth: float = 0
    """GB a second."""
    peak: float = 0
    """TFLOP a second, at 16 bits."""
    peaks: Mapping[str, float] = field(default_factory=dict)
    """The same by format of the weights, where matrix units can multiply it as it is; 0 is not known."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What follows; 0 is not known, as a figure is missing."""

    weights: float = 0
    """Bytes."""
    sequence: float = 0
    """Bytes of cache of one sequence at the full context."""
    cache: float = 0
    """Bytes of all sequences."""
    total: float = 0
    """Bytes of weights and cache."""
    cards: int = 0
    """The least number of cards that hold it beside what is kept free."""
    room: float = 0
    """Bytes of these cards for weights and cache."""
    context: float = 0
    """The longest context that fits on them at this batch; infinite where the cache does not grow."""
    alone: float = 0
    """The longest context that one of these cards takes by itself; 0 where the weights leave no room."""
    sequences: float = 0
    """The most sequences of this context that fit on them."""
    read: float = 0
    """Bytes that a step of decoding reads at least: active weights and the cache."""
    speed: float = 0
    """Tokens a second that no run on these cards can beat, all sequences together."""
    by: str = ""
    """What bounds it: ``bandwidth`` or ``compute``."""


def token_bytes(model: Model) -> float:
    """Return the bytes that one layer keeps of one token."""
    numbers = CacheShape.of_heads(1, model.kv_heads, model.head_size).numbers
    return (model.cached or numbers) * BYTES[model.precision]


def sequence_bytes(model: Model, context: float) -> float:
    """Return the bytes of cache of one sequence: full layers see all tokens, others those of their window."""
    shape = CacheShape(model.layers, 1, window=model.window, window_layers=model.window_layers)
    return token_bytes(model) * shape.tokens(context) + model.state * _STATE_BYTES


def longest_context(model: Model, room: float) -> float:
    """Return the tokens whose cache fills the room of a sequence; infinite where it stops growing before."""
    each = token_bytes(model)
    if model.window:
        windowed = min(model.window_layers, model.layers)
    else:
        windowed = 0
    full = model.layers - windowed
    left = room - model.state * _STATE_BYTES
    if not each * model.layers:
        return math.inf
    if left <= 0:
        return 0
    # Up to the window every layer keeps each token; beyond it only the full ones grow.
    all_layers = left / (each * model.layers)
    if not windowed or all_layers <= model.window:
        return math.floor(all_layers)
    if not full:
        return math.inf
    return math.floor((left - each * windowed * model.window) / (each * full))


def costs(model: Model, card: Card) -> Costs:
    """Return what a model costs on cards of one kind, as far as its figures are known."""
    weights = weight_bytes(model.parameters, model.weights)
    keeps = model.layers * token_bytes(model) + model.state
    sequence = sequence_bytes(model, model.context) if keeps and model.context else 0
    cache = sequence * model.batch
    if not weights or not cache or not card.memory:
        return Costs(weights=weights, sequence=sequence, cache=cache)
    total = weights + cache
    usable = card.memory * 2**30 * (1 - model.kept_free / 100)
    cards = math.ceil(total / usable)
    room = cards * usable
    free = room - weights
    context = longest_context(model, free / model.batch)
    alone = longest_context(model, (usable - weights) / model.batch)
    # A step reads the weights once for all sequences, but the cache of each of them.
    read = weight_bytes(model.active or model.parameters, model.weights) + cache
    speed, by = _bound(model, card, cards, read)
    sequences = math.floor(free / sequence)
    return Costs(weights, sequence, cache, total, cards, room, context, alone, sequences, read, speed, by)


def peak_of(model: Model, card: Card) -> float:
    """Return TFLOP a second in the format of the weights, or at 16 bits where that is not known."""
    return card.peaks.get(model.weights) or card.peak


def _bound(model: Model, card: Card, cards: int, read: float) -> tuple[float, str]:
    """Return the tokens a second that cannot be beaten, and what bounds them."""
    # Data sheets count bandwidth and FLOPs in powers of ten, unlike memory.
    by_bandwidth = model.batch * card.bandwidth * 1e9 * cards / read
    work = flops_per_token(model.active or model.parameters)
    by_compute = peak_of(model, card) * 1e12 * cards / work
    if not by_bandwidth:
        return 0, ""
    if by_compute and by_compute < by_bandwidth:
        return by_compute, "compute"
    return by_bandwidth, "bandwidth"
