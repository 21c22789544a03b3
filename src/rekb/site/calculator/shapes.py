"""The published shape of a model as the formulas take it."""

from rekb.kb.shapes import attention_layers, cached_heads, head_width, keeps_cache
from rekb.model.entry import Variant
from rekb.site.calculator.formulas import CacheShape


def cache_shape(variant: Variant) -> CacheShape | None:
    """Return what the cache of a decoder depends on, or None where a figure is not published."""
    layers = attention_layers(variant)
    if layers is None or not keeps_cache(variant):
        return None
    if variant.cache_width:
        return CacheShape(layers, variant.cache_width)
    heads = cached_heads(variant) or 0
    width = head_width(variant) or 0
    return CacheShape.of_heads(layers, heads, width)


def calculator_fields(variant: Variant) -> tuple[tuple[str, int], ...]:
    """Return the figures that a size has for the calculator, by the name of its field."""
    shape = cache_shape(variant)
    figures = {
        "parameters": variant.parameters,
        "active": variant.active_parameters,
        "layers": attention_layers(variant),
        "hidden": variant.hidden_size,
        "kv_heads": shape.kv_heads if shape else None,
        "head_size": shape.head_size if shape else None,
        "cached": variant.cache_width,
        "tokens": variant.training_tokens,
    }
    return tuple((name, value) for name, value in figures.items() if value)
