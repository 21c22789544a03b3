"""The models page: published sizes of models, what they cost, and a calculator for any other."""

from dataclasses import dataclass

from rekb.model.entry import Variant
from rekb.model.keys import compact
from rekb.site.calculator.charts import Sized, model_charts
from rekb.site.calculator.formulas import BYTES, CacheShape, kv_cache_bytes, weight_bytes
from rekb.site.calculator.rows import CARDS, DECIMAL, CostView, FitView, Model, cost_rows, fit_rows, sized
from rekb.site.charts.captioned import ChartView, chart_assets
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.views import Material, human_count
from rekb.site.templating import render
from rekb.site.urls import MODELS, entry_path

_CONTEXT, _BATCH = 4096, 1


@dataclass(frozen=True, slots=True)
class SizeView:
    """One size of a model with what follows from its shape; unknown figures are empty."""

    id: str
    """What the calculator's address calls it: key and number of the size."""
    name: str
    path: str
    year: int
    parameters: str
    active: str
    layers: str
    hidden: str
    heads: str
    kv_heads: str
    vocabulary: str
    context: str
    tokens: str
    weights: str
    weights_bytes: float
    cache: str
    cache_bytes: float
    data: tuple[tuple[str, int], ...]
    """Figures for the calculator, by the name of its field."""

    @property
    def figures(self) -> dict[str, int]:
        """The same figures, to look up by name."""
        return dict(self.data)


@dataclass(frozen=True, slots=True)
class ModelsContext:
    """What models.html is given."""

    sizes: tuple[SizeView, ...]
    precisions: tuple[tuple[str, float], ...]
    cards: tuple[int, ...]
    example: Model
    costs: tuple[CostView, ...]
    fits: tuple[FitView, ...]
    charts: tuple[ChartView, ...]
    context: int
    batch: int


EXAMPLE = Model(
    parameters=7_000_000_000, layers=32, hidden=4096, kv_heads=32, head_size=128, context=32768, batch=8
)
"""What the calculator shows before anything is typed: the common shape of 7 billion parameters."""


def models_page(material: Material) -> Page:
    """Return the models page."""
    context = ModelsContext(
        sizes=_sizes(material),
        precisions=tuple(BYTES.items()),
        cards=CARDS,
        example=EXAMPLE,
        costs=cost_rows(material, EXAMPLE),
        fits=fit_rows(EXAMPLE),
        charts=model_charts(_variants(material)),
        context=_CONTEXT,
        batch=_BATCH,
    )
    return Page(
        path=MODELS,
        title="Models",
        body=render("models.html", MODELS, context),
        description="Published sizes of models, and a calculator: weights, KV cache, FLOPs.",
        search=SearchText(
            "Models and cost calculator", "KV cache size, weights by precision, FLOPs per token, GPU memory"
        ),
        wide=True,
    )


def models_assets(material: Material) -> tuple[Asset, ...]:
    """Return the charts of the page as files."""
    return chart_assets(model_charts(_variants(material)))


def _variants(material: Material) -> tuple[Sized, ...]:
    found = [
        Sized(key, entry.year, variant, cache_shape(variant))
        for key, entry in material.base.entries.items()
        if entry.model
        for variant in entry.model.variants
    ]
    return tuple(sorted(found, key=lambda s: (s.year, s.key, s.variant.parameters or 0)))


def _sizes(material: Material) -> tuple[SizeView, ...]:
    return tuple(_size(found.key, found.year, found.variant) for found in _variants(material))


def cache_shape(variant: Variant) -> CacheShape | None:
    """Return what the cache of a decoder depends on, or None where a figure is not published.

    Encoders keep no cache between tokens; a size counts as a decoder's when it states key-value heads,
    decoder layers or a context length.
    """
    layers = _attention_layers(variant)
    if layers and variant.cache_width:
        return CacheShape(layers, variant.cache_width)
    heads = variant.kv_heads or variant.attention_heads
    width = variant.head_size
    if width is None and variant.hidden_size and variant.attention_heads:
        width = variant.hidden_size // variant.attention_heads
    decodes = variant.kv_heads or variant.decoder_layers or variant.context_length
    if decodes and layers and heads and width:
        return CacheShape.of_heads(layers, heads, width)
    return None


def _attention_layers(variant: Variant) -> int | None:
    return variant.attention_layers or variant.layers or variant.decoder_layers


def _size(key: str, year: int, variant: Variant) -> SizeView:
    shape = cache_shape(variant)
    layers = _attention_layers(variant)
    fields = (
        ("parameters", variant.parameters),
        ("active", variant.active_parameters),
        ("layers", layers),
        ("hidden", variant.hidden_size),
        ("kv_heads", shape.kv_heads if shape else None),
        ("head_size", shape.head_size if shape else None),
        ("cached", variant.cache_width),
        ("tokens", variant.training_tokens),
    )
    heads = variant.attention_heads
    weights = weight_bytes(variant.parameters or 0, "bf16")
    cache = kv_cache_bytes(shape, _CONTEXT, _BATCH, "bf16") if shape else 0.0
    return SizeView(
        id=f"{key}.{compact(variant.name)}",
        name=variant.name,
        path=entry_path(key),
        year=year,
        parameters=_count(variant.parameters),
        active=_count(variant.active_parameters),
        layers=_layers(variant),
        hidden=_plain(variant.hidden_size),
        heads=_plain(heads),
        kv_heads=_plain(variant.kv_heads),
        vocabulary=_plain(variant.vocabulary_size),
        context=_plain(variant.context_length),
        tokens=_count(variant.training_tokens),
        weights=sized(weights, DECIMAL) if weights else "",
        weights_bytes=weights,
        cache=sized(cache, DECIMAL) if cache else "",
        cache_bytes=cache,
        data=tuple((name, value) for name, value in fields if value),
    )


def _layers(variant: Variant) -> str:
    if variant.encoder_layers and variant.decoder_layers:
        return f"{variant.encoder_layers} + {variant.decoder_layers}"
    return _plain(variant.layers or variant.encoder_layers or variant.decoder_layers)


def _count(number: int | None) -> str:
    return human_count(number) if number else ""


def _plain(number: int | None) -> str:
    return f"{number:,}" if number else ""
