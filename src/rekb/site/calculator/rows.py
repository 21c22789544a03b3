"""The calculator's rows with formula, source and value; static/models.js computes and writes the same."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model.identifiers import SCHEMES
from rekb.site.calculator.answers import BINARY, DECIMAL, sized
from rekb.site.calculator.formulas import flops_per_token, training_bytes, training_flops, weight_bytes
from rekb.site.calculator.plan import Card, Model, sequence_bytes, token_bytes
from rekb.site.calculator.precisions import BYTES
from rekb.site.parts.views import Material
from rekb.site.urls import entry_path

UNKNOWN = "–"
"""What stands for a value that cannot be worked out."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a formula is published."""

    label: str
    path: str
    """Address of the work here, or empty."""
    address: str
    """Address elsewhere, used where the work is not here."""


@dataclass(frozen=True, slots=True)
class CostView:
    """One row: a quantity, its formula and source, and its value."""

    id: str
    name: str
    formula: str
    source: SourceView
    value: Markup


@dataclass(frozen=True, slots=True)
class FitView:
    """Weights in one precision, with the cache, on a card."""

    precision: str
    weights: str
    total: str
    verdict: str


def both(size: float) -> str:
    """Write a number of bytes in units of ten and of two: ``14 GB (13.04 GiB)``."""
    if size:
        return f"{sized(size, DECIMAL)} ({sized(size, BINARY)})"
    return UNKNOWN


def power(value: float) -> Markup:
    """Write a large count as a power of ten."""
    if not value:
        return Markup.escape(UNKNOWN)
    # Digits are counted, as in the script: `log10` rounds a number just below a power of ten up to it.
    exponent = len(str(int(value))) - 1
    # `toFixed` of the script rounds the exact value of a number, and halves up; so does this.
    mantissa = Decimal(float(value) / 10.0**exponent).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Markup("{} × 10<sup>{}</sup>").format(mantissa, exponent)


def cache_bytes(model: Model) -> float:
    """Return the bytes of the cache of all sequences, 0 where a figure is missing."""
    if not model.context:
        return 0
    return sequence_bytes(model, model.context) * model.batch


def cost_rows(material: Material, model: Model) -> tuple[CostView, ...]:
    """Return what a model costs."""
    active = model.active or model.parameters
    known = active and model.layers and model.hidden and model.context
    token = flops_per_token(active, model.layers, model.hidden, model.context) if known else 0
    pope = _source(material, "pope2022efficiently", "Pope et al. 2022", "2211.05102")
    kaplan = _source(material, "kaplan2020scaling", "Kaplan et al. 2020", "2001.08361")
    zero = _source(material, "rajbhandari2019zero", "Rajbhandari et al. 2020", "1910.02054")
    return (
        CostView(
            "cache-token", "KV cache of one token",
            "layers × 2 (key and value) × key-value heads × head width × bytes of one number", pope,
            Markup.escape(both(model.layers * token_bytes(model))),
        ),
        CostView(
            "cache", "KV cache", "KV cache of one token × context × batch", pope,
            Markup.escape(both(cache_bytes(model))),
        ),
        CostView(
            "token", "FLOPs of one token, forward",
            "2 × active parameters + 4 × layers × width × context", kaplan, power(token),
        ),
        CostView(
            "training", "FLOPs of training", "6 × active parameters × training tokens", kaplan,
            power(training_flops(active, model.tokens)),
        ),
        CostView(
            "state", "Training state, Adam in mixed precision",
            "16 bytes × parameters; activations come on top",
            zero, Markup.escape(both(training_bytes(model.parameters))),
        ),
    )  # fmt: skip


def fit_rows(model: Model, card: Card) -> tuple[FitView, ...]:
    """Return what the weights take in each precision, with the cache, and whether a card holds it."""
    room = card.memory * 2**30 * (1 - model.kept_free / 100)
    cache = cache_bytes(model)
    rows = []
    for precision in BYTES:
        weights = weight_bytes(model.parameters, precision)
        if weights and cache:
            total = weights + cache
        else:
            total = 0
        fit = verdict(total or weights, room)
        alone = weights and not total
        rows.append(FitView(precision, both(weights), both(total), f"weights alone: {fit}" if alone else fit))
    return tuple(rows)


def verdict(size: float, room: float) -> str:
    """Say whether so many bytes fit in the room of a card, and what is left."""
    if not size or not room:
        return UNKNOWN
    if size > room:
        return f"no, {math.ceil(size / room)} cards at least"
    if size == room:
        return "fits, nothing left"
    return f"fits, {sized(room - size, BINARY)} left"


def _source(material: Material, key: str, label: str, arxiv: str) -> SourceView:
    if key in material.base.entries:
        here = entry_path(key)
    else:
        here = ""
    return SourceView(label, here, SCHEMES["arxiv"].page_of(arxiv))


def has_models(base: KnowledgeBase) -> bool:
    """Whether any work has the published shape of a model; without one there is no models page."""
    return any(entry.model for entry in base.entries.values())
