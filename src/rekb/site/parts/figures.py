"""The published shape of a model as a table: a row a figure, a column a size."""

from dataclasses import dataclass

from rekb.model.variant import FigureName, Variant
from rekb.site.parts.strip import OutsideLink
from rekb.site.parts.views import exact_count

FIGURE_LABELS: dict[FigureName, str] = {
    "parameters": "Parameters",
    "active_parameters": "Active parameters",
    "layers": "Layers",
    "encoder_layers": "Encoder layers",
    "decoder_layers": "Decoder layers",
    "hidden_size": "Width",
    "ffn_size": "Feed-forward width",
    "attention_heads": "Attention heads",
    "kv_heads": "Key-value heads",
    "head_size": "Head width",
    "attention_layers": "Attention layers",
    "cache_width": "Numbers kept per token and layer",
    "window_size": "Sliding window, tokens",
    "window_layers": "Layers with the window",
    "experts": "Experts",
    "active_experts": "Active experts",
    "vocabulary_size": "Vocabulary",
    "context_length": "Context length",
    "training_tokens": "Training tokens",
}
"""Figures of a model card as readers see them."""
NOT_STATED = "–"
"""What is in a cell where the sources of a size do not state the figure."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The published shape of a model."""

    sizes: tuple[str, ...]
    """The names of its sizes, a column each."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """What a figure is called, and its value for each size."""
    sources: tuple[tuple[str, OutsideLink], ...]
    """Which sizes a page speaks of, and the page."""


def figure_table(variants: tuple[Variant, ...]) -> FigureTable:
    """Return the figures of a model's sizes; a figure that no size states has no row."""
    figures = [variant.figures() for variant in variants]
    rows = []
    for name, label in FIGURE_LABELS.items():
        if any(name in stated for stated in figures):
            cells = []
            for stated in figures:
                cells.append(exact_count(stated[name]) if name in stated else NOT_STATED)
            rows.append((label, tuple(cells)))
    return FigureTable(tuple(variant.name for variant in variants), tuple(rows), _sources(variants))


def _sources(variants: tuple[Variant, ...]) -> tuple[tuple[str, OutsideLink], ...]:
    sizes: dict[tuple[str, str], list[str]] = {}
    for variant in variants:
        for source in variant.sources:
            sizes.setdefault((source.where, source.url), []).append(variant.name)
    found = []
    for (where, url), names in sizes.items():
        found.append((", ".join(names), OutsideLink(where, url)))
    return tuple(found)
