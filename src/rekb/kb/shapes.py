"""What follows from the published shape of a model: its layers, its heads, whether it keeps a cache."""

from rekb.kb.base import KnowledgeBase
from rekb.model.entry import Variant
from rekb.model.parts import variants_of


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


def cached_heads(variant: Variant) -> int | None:
    """Return the key-value heads of a layer; every head has its own where they are not grouped."""
    if variant.kv_heads:
        return variant.kv_heads
    return variant.attention_heads


def keeps_cache(variant: Variant) -> bool:
    """Whether it keeps a cache between tokens, all of whose figures are published.

    Encoders keep none; a size counts as a decoder's when it states key-value heads, decoder layers or a
    context length. Latent attention keeps one vector for all heads, and its width is published instead.
    """
    if not attention_layers(variant):
        return False
    if variant.cache_width:
        return True
    if not (variant.kv_heads or variant.decoder_layers or variant.context_length):
        return False
    return bool(cached_heads(variant) and head_width(variant))
