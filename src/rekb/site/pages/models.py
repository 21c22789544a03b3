"""The models page: published sizes of models, what they cost, and a calculator for any other."""

import json
from dataclasses import dataclass
from functools import partial

from rekb.model.keys import compact
from rekb.model.parts import has_cache, variants_of
from rekb.model.variant import Variant
from rekb.site.calculator.answers import DECIMAL, sized
from rekb.site.calculator.charts import Sized, model_charts
from rekb.site.calculator.formulas import kv_cache_bytes, weight_bytes
from rekb.site.calculator.planner import Known, PlannerView, planner_data, planner_view
from rekb.site.calculator.precisions import PRECISIONS
from rekb.site.calculator.rows import CostView, FitView, cost_rows, fit_rows
from rekb.site.calculator.shapes import cache_shape, calculator_fields, warning
from rekb.site.charts.captioned import ChartView, chart_assets
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.views import Material, human_count
from rekb.site.templating import head_files, render
from rekb.site.urls import MODELS, entry_path

PLANNER_DATA = "assets/rekb/planner.json"
"""Where the planner's script finds bits of formats, published sizes and devices."""
_CONTEXT = 4096
_BATCH = 1
"""Tokens and sequences of which the table shows the cache."""


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
    cache: str
    data: tuple[tuple[str, int], ...]
    """Figures for the calculator, by the name of its field."""
    warning: str
    """What a reader should know of its answer."""
    plannable: bool
    """Whether the planner offers it: models without a cache have no plan of this kind."""


@dataclass(frozen=True, slots=True)
class ModelsContext:
    """What models.html is given."""

    sizes: tuple[SizeView, ...]
    planner: PlannerView
    costs: tuple[CostView, ...]
    fits: tuple[FitView, ...]
    common: int
    """How many of them stand in the table at once; those of GGUF files follow when they are asked for."""
    charts: tuple[ChartView, ...]
    context: int
    batch: int


def models_page(material: Material) -> Page:
    """Return the models page."""

    def body() -> str:
        sizes = _sizes(material)
        planner = planner_view(material, _known(sizes))
        context = ModelsContext(
            sizes=sizes,
            planner=planner,
            costs=cost_rows(material, planner.example.model),
            fits=fit_rows(planner.example.model, planner.example.card),
            common=sum(not precision.is_of_files for precision in PRECISIONS),
            charts=model_charts(_variants(material)),
            context=_CONTEXT,
            batch=_BATCH,
        )
        return render("models.html", MODELS, context)

    return Page(
        path=MODELS,
        title="Models",
        made=body,
        description="What it takes to run a model: memory, cards, longest context, a bound for speed.",
        search=SearchText(
            "Models and planner: what it takes to run one",
            "calculator, KV cache size, weights by precision, FLOPs per token, GPU memory, does it fit",
        ),
        head=head_files(MODELS, "planner.css", "planner.js"),
        wide=True,
    )


def models_assets(material: Material) -> tuple[Asset, ...]:
    """Return the charts of the page as files, and what its script fetches."""
    return (
        *chart_assets(model_charts(_variants(material))),
        Asset(PLANNER_DATA, partial(_planner_data, material)),
    )


def _planner_data(material: Material) -> bytes:
    data = planner_data(material, _known(_sizes(material)))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _known(sizes: tuple[SizeView, ...]) -> tuple[Known, ...]:
    """Return the sizes that can be picked: those with figures, of models that keep a cache."""
    known: list[Known] = []
    for size in sizes:
        if size.data and size.plannable:
            known.append(Known(size.id, size.name, size.data, size.warning))
    return tuple(known)


def _variants(material: Material) -> tuple[Sized, ...]:
    sizes = []
    for key, entry in material.base.entries.items():
        for variant in variants_of(entry):
            sizes.append(Sized(key, entry.year, variant, cache_shape(variant), has_cache(entry)))
    return tuple(sorted(sizes, key=lambda size: (size.year, size.key, size.variant.parameters or 0)))


def _sizes(material: Material) -> tuple[SizeView, ...]:
    found: list[SizeView] = []
    for size in _variants(material):
        found.append(_size(size))
    return tuple(found)


def _size(size: Sized) -> SizeView:
    variant = size.variant
    weights = weight_bytes(variant.parameters or 0, "bf16")
    cache = ""
    if not size.has_cache:
        cache = "none"
    elif size.shape:
        cache = sized(kv_cache_bytes(size.shape, _CONTEXT, _BATCH, "bf16"), DECIMAL)
    return SizeView(
        id=f"{size.key}.{compact(variant.name)}",
        name=variant.name,
        path=entry_path(size.key),
        year=size.year,
        parameters=_count(variant.parameters),
        active=_count(variant.active_parameters),
        layers=_layers(variant),
        hidden=_plain(variant.hidden_size),
        heads=_plain(variant.attention_heads),
        kv_heads=_plain(variant.kv_heads),
        vocabulary=_plain(variant.vocabulary_size),
        context=_plain(variant.context_length),
        tokens=_count(variant.training_tokens),
        weights=sized(weights, DECIMAL) if weights else "",
        cache=cache,
        data=calculator_fields(variant),
        warning=warning(variant),
        plannable=size.has_cache,
    )


def _layers(variant: Variant) -> str:
    """Return the number of layers; of a model with encoder and decoder, those of both."""
    encoder = variant.encoder_layers
    decoder = variant.decoder_layers
    if encoder and decoder:
        return f"{encoder} + {decoder}"
    return _plain(variant.layers or encoder or decoder)


def _count(number: int | None) -> str:
    if not number:
        return ""
    return human_count(number)


def _plain(number: int | None) -> str:
    if not number:
        return ""
    return f"{number:,}"
