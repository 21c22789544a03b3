"""The published shape of a model: its sizes, and where each figure was read."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Line, Link, Model

FigureName = Literal[
    "parameters", "active_parameters", "layers", "encoder_layers", "decoder_layers", "hidden_size",
    "ffn_size", "attention_heads", "kv_heads", "head_size", "experts", "active_experts",
    "attention_layers", "cache_width", "window_size", "window_layers", "vocabulary_size", "context_length",
    "training_tokens",
]  # fmt: skip


class FigureSource(Model):
    """Where figures of a model were read."""

    where: Line
    """Abstract, Table 2, Figure 5, README ..."""
    url: Link
    """The page that shows it."""
    fields: Annotated[tuple[FigureName, ...], Field(min_length=1)]
    """The figures that this source states."""


class Variant(Model):
    """One size of a model; every figure is covered by one of its sources."""

    name: Line
    """The size as the authors call it: ``Llama 2 70B``."""
    parameters: Count | None = None
    """All weights, as a count."""
    active_parameters: Count | None = None
    """Weights used per token, where a router picks experts."""
    layers: Count | None = None
    """Layers of the one stack; encoder-decoder models give the two fields below."""
    encoder_layers: Count | None = None
    """Layers of the encoder."""
    decoder_layers: Count | None = None
    """Layers of the decoder."""
    hidden_size: Count | None = None
    """Width of the residual stream."""
    ffn_size: Count | None = None
    """Inner width of the feed-forward block."""
    attention_heads: Count | None = None
    """Query heads per layer."""
    kv_heads: Count | None = None
    """Key-value heads per layer; equal to the query heads without grouping. Left out, they are not known: no
    cache is worked out from query heads alone."""
    head_size: Count | None = None
    """Width of one head."""
    attention_layers: Count | None = None
    """Layers that keep keys and values, where not all do: hybrids with state-space layers."""
    cache_width: Count | None = None
    """Numbers that such a layer keeps of a token, where it is no key and value per head: latent attention."""
    window_size: Count | None = None
    """Tokens that a layer with a sliding window looks back, and keeps."""
    window_layers: Count | None = None
    """Layers with a sliding window; where only one of these two figures is published, all layers are counted
    as if they kept the whole context."""
    experts: Count | None = None
    """Experts per mixture layer."""
    active_experts: Count | None = None
    """Experts that a token visits per mixture layer."""
    vocabulary_size: Count | None = None
    """Tokens in the vocabulary."""
    context_length: Count | None = None
    """Longest input of training, in tokens."""
    training_tokens: Count | None = None
    """Tokens seen in pre-training."""
    sources: Annotated[tuple[FigureSource, ...], Field(min_length=1)]
    """Where each figure was read."""

    def figures(self) -> dict[str, int]:
        """Return the figures that are known, by field name."""
        found: dict[str, int] = {}
        for name in FigureName.__args__:  # type: ignore[attr-defined]
            value = getattr(self, name)
            if value is not None:
                found[name] = value
        return found

    @model_validator(mode="after")
    def _every_figure_has_a_source(self) -> Self:
        covered: set[str] = set()
        for source in self.sources:
            covered.update(source.fields)
        given = self.figures().keys()
        bare = sorted(given - covered)
        if bare:
            raise PydanticCustomError("figure_source", "no source names {bare}", {"bare": ", ".join(bare)})
        empty = sorted(covered - given)
        if empty:
            raise PydanticCustomError(
                "figure_source", "a source names {empty}, which is not given", {"empty": ", ".join(empty)}
            )
        return self


class ModelCard(Model):
    """The published shape of a model."""

    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    """Its sizes, smallest first."""
    attention_cache: StrictBool = True
    """False where it keeps no keys and values of earlier tokens: encoders, image and recurrent models."""
