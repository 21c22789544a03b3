"""The calculator's rows with formula, source and value; static/models.js computes and writes the same."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model.identifiers import SCHEMES
from rekb.site.calculator.formulas import (
    BYTES,
    CacheShape,
    flops_per_token,
    kv_cache_bytes,
    training_bytes,
    training_flops,
    weight_bytes,
)
from rekb.site.parts.views import Material
from rekb.site.urls import entry_path

CARDS = (16, 24, 40, 80)
"""Memory of common cards, in GiB."""
UNKNOWN = "–"
_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)
DECIMAL = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
"""Units of bytes in powers of ten."""
_BINARY = ((2**40, "TiB"), (2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


@dataclass(frozen=True, slots=True)
class Model:
    """What is typed into the calculator; 0 is not known."""

    parameters: int = 0
    active: int = 0
    """Weights that a token meets; all of them where 0."""
    layers: int = 0
    hidden: int = 0
    kv_heads: int = 0
    head_size: int = 0
    cached: int = 0
    """Numbers that a layer keeps of a token; a key and a value per head where 0."""
    tokens: int = 0
    context: int = 0
    batch: int = 0
    precision: str = "bf16"
    """Of the cache."""
    card: int = 24


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


def significant(value: float) -> str:
    """Write a number with four significant digits and no trailing zeros, as the script does."""
    rounded = _DIGITS.create_decimal(Decimal(value))
    return f"{rounded:,f}".rstrip("0").rstrip(".") if "." in f"{rounded:f}" else f"{rounded:,f}"


def sized(size: float, units: tuple[tuple[int, str], ...]) -> str:
    """Write a number of bytes in the largest unit that it fills."""
    unit, name = next(((unit, name) for unit, name in units if size >= unit), (1, "B"))
    return f"{significant(size / unit)}\N{NO-BREAK SPACE}{name}"


def both(size: float) -> str:
    """Write a number of bytes in units of ten and of two: ``14 GB (13.04 GiB)``."""
    return f"{sized(size, DECIMAL)} ({sized(size, _BINARY)})" if size else UNKNOWN


def power(value: float) -> Markup:
    """Write a large count as a power of ten."""
    if not value:
        return Markup("–")
    exponent = len(str(int(value))) - 1
    mantissa = Decimal(float(value) / 10.0**exponent).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Markup("{} × 10<sup>{}</sup>").format(mantissa, exponent)


def cache_bytes(model: Model, *, tokens: int) -> float:
    """Return the bytes of the cache of so many tokens, 0 where a figure is missing."""
    heads = CacheShape.of_heads(model.layers, model.kv_heads, model.head_size)
    shape = CacheShape(model.layers, model.cached) if model.cached else heads
    return kv_cache_bytes(shape, tokens, 1, model.precision)


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
            Markup.escape(both(cache_bytes(model, tokens=1))),
        ),
        CostView(
            "cache", "KV cache", "KV cache of one token × context × batch", pope,
            Markup.escape(both(cache_bytes(model, tokens=model.context * model.batch))),
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


def fit_rows(model: Model) -> tuple[FitView, ...]:
    """Return what the weights take in each precision, with the cache, and whether a card holds it."""
    cache = cache_bytes(model, tokens=model.context * model.batch)
    rows = []
    for precision in BYTES:
        weights = weight_bytes(model.parameters, precision)
        total = weights + cache if weights and cache else 0
        said = verdict(total or weights, model.card)
        alone = weights and not total
        rows.append(
            FitView(precision, both(weights), both(total), f"weights alone: {said}" if alone else said)
        )
    return tuple(rows)


def verdict(size: float, card: int) -> str:
    """Say whether so many bytes fit on a card of so many GiB, and what is left."""
    if not size:
        return UNKNOWN
    room = card * 2**30
    if size <= room:
        return f"fits, {sized(room - size, _BINARY)} left" if size < room else "fits, nothing left"
    return f"no, {-int(-size // room)} cards at least"


def _source(material: Material, key: str, label: str, arxiv: str) -> SourceView:
    here = entry_path(key) if key in material.base.entries else ""
    return SourceView(label, here, SCHEMES["arxiv"].page_of(arxiv))


def has_models(base: KnowledgeBase) -> bool:
    """Whether any work has the published shape of a model; without one there is no models page."""
    return any(entry.model for entry in base.entries.values())
