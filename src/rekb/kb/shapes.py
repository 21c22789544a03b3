"""What follows from the published shape of a model: its layers, its heads, whether it keeps a cache."""

from rekb.kb.base import KnowledgeBase
from rekb.model.parts import variants_of
from rekb.model.variant import Variant


def variant_of(base: KnowledgeBase, model: str) -> Variant | None:
    """Return the published shape of a model of taxonomy/models.yaml; None where none is here."""
    known = (base.measures.models or {}).get(model)
    if known is None or known.card is None:
        return None
    entry = base.entries.get(known.card.entry)
    if entry is None:
        return None
    for variant in variants_of(entry):
        if variant.name == known.card.variant:
            return variant
    return None


def attention_layers(variant: Variant) -> int | None:
    """Return how many layers keep something of each token; in hybrids these are not all."""
    if variant.attention_layers:
        return variant.attention_layers
    if variant.layers:
        return variant.layers
    return variant.decoder_layers


def head_width(variant: Variant) -> int | None:
    """Return the width of a head: as published, or the model's width shared evenly."""
    if variant.head_size is not None:
        return variant.head_size
    if not variant.hidden_size or not variant.attention_heads:
        return None
    return variant.hidden_size // variant.attention_heads


def keeps_cache(variant: Variant) -> bool:
    """Whether it keeps a cache between tokens, all of whose figures are published.

    Key-value heads are never taken from the query heads: most models since 2023 share them or keep one vector
    for all heads, whose width is published instead. A model whose heads have keys and values of their own
    states as many key-value heads.
    """
    if not attention_layers(variant):
        return False
    if variant.cache_width:
        return True
    return bool(variant.kv_heads and head_width(variant))


def window_unknown(variant: Variant) -> bool:
    """Whether some layers have a sliding window, but how long it is or how many they are is not published."""
    return bool(variant.window_size) != bool(variant.window_layers)


def others_keep_none(variant: Variant) -> bool:
    """Whether only some layers keep keys and values, as in hybrids with recurrent layers."""
    if not variant.attention_layers or not variant.layers:
        return False
    return variant.attention_layers < variant.layers
