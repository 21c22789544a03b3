"""The published shape of a model as the formulas take it."""

from dataclasses import replace

from rekb.kb.shapes import attention_layers, head_width, keeps_cache, others_keep_none, window_unknown
from rekb.model.variant import Variant
from rekb.site.calculator.formulas import CacheShape


def cache_shape(variant: Variant) -> CacheShape | None:
    """Return what the cache of a decoder depends on, or None where a figure is not published."""
    layers = attention_layers(variant)
    if layers is None or not keeps_cache(variant):
        return None
    if variant.cache_width:
        shape = CacheShape(layers, variant.cache_width)
    else:
        shape = CacheShape.of_heads(layers, variant.kv_heads or 0, head_width(variant) or 0)
    if not variant.window_size or not variant.window_layers:
        return shape
    return replace(shape, window=variant.window_size, window_layers=variant.window_layers)


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
        "window": shape.window if shape else None,
        "window_layers": shape.window_layers if shape else None,
        "tokens": variant.training_tokens,
    }
    return tuple((name, value) for name, value in figures.items() if value)


def warning(variant: Variant) -> str:
    """Return what a reader should know of a size whose answer is not the whole truth; empty where it is."""
    said: list[str] = []
    if window_unknown(variant):
        said.append(
            "Some of its layers see only a window of the context, of which not all is published; "
            "all layers are counted in full, so the cache may be smaller."
        )
    if others_keep_none(variant):
        said.append(
            f"Only {variant.attention_layers} of its {variant.layers} layers keep keys and values; "
            "a state that others may keep is not counted."
        )
    return " ".join(said)
