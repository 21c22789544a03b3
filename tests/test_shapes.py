"""What the cache of a published size takes: not from query heads, with windows, as its config.json says."""

import json
from typing import Any

import pytest

from in_node import in_node
from rekb.kb import KnowledgeBase
from rekb.kb.shapes import keeps_cache
from rekb.model.entry import Entry
from rekb.model.parts import has_cache, variants_of
from rekb.model.variant import Variant
from rekb.site.calculator.formulas import kv_cache_bytes
from rekb.site.calculator.plan import Card, Model, sequence_bytes
from rekb.site.calculator.planner import card_of
from rekb.site.calculator.shapes import cache_shape, calculator_fields, warning
from rekb.site.pages.models import models_assets
from rekb.site.parts.views import Material

CONTEXT = 32768


def every_other(layers: int) -> list[str]:
    """Return the kinds of layers that alternate, a window first."""
    return ["sliding_attention", "full_attention"] * (layers // 2)


def one_of_four(layers: int) -> list[str]:
    """Return the kinds of layers of which each fourth sees the whole context."""
    return ["sliding_attention", "sliding_attention", "sliding_attention", "full_attention"] * (layers // 4)


def gemma3(layers: int, width: int, heads: int, kv_heads: int, size: int, window: int) -> dict[str, Any]:
    """Return the text part of a Gemma 3 configuration; its family says that each sixth layer is full."""
    return {
        "model_type": "gemma3_text", "num_hidden_layers": layers, "hidden_size": width,
        "num_attention_heads": heads, "num_key_value_heads": kv_heads, "head_dim": size,
        "sliding_window": window, "sliding_window_pattern": 6,
    }  # fmt: skip


def gemma2(layers: int, width: int, heads: int, kv_heads: int, size: int) -> dict[str, Any]:
    """Return a Gemma 2 configuration; its family says that each second layer is full."""
    return {
        "model_type": "gemma2", "num_hidden_layers": layers, "hidden_size": width,
        "num_attention_heads": heads, "num_key_value_heads": kv_heads, "head_dim": size,
        "sliding_window": 4096,
    }  # fmt: skip


def olmo3(layers: int, width: int, heads: int, kv_heads: int) -> dict[str, Any]:
    """Return an Olmo 3 configuration, which names the kind of each layer."""
    return {
        "model_type": "olmo3", "num_hidden_layers": layers, "hidden_size": width,
        "num_attention_heads": heads, "num_key_value_heads": kv_heads, "sliding_window": 4096,
        "layer_types": one_of_four(layers),
    }  # fmt: skip


def gpt_oss(layers: int) -> dict[str, Any]:
    """Return a gpt-oss configuration, which names the kind of each layer."""
    return {
        "model_type": "gpt_oss", "num_hidden_layers": layers, "hidden_size": 2880,
        "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "sliding_window": 128,
        "layer_types": every_other(layers),
    }  # fmt: skip


def whole(kind: str, window: int, kv_heads: int, width: int) -> dict[str, Any]:
    """Return a configuration all of whose 32 layers have the window."""
    return {
        "model_type": kind, "num_hidden_layers": 32, "hidden_size": width, "num_attention_heads": 32,
        "num_key_value_heads": kv_heads, "sliding_window": window,
    }  # fmt: skip


CONFIGS = {
    "Gemma 2 2B": gemma2(26, 2304, 8, 4, 256),
    "Gemma 2 9B": gemma2(42, 3584, 16, 8, 256),
    "Gemma 2 27B": gemma2(46, 4608, 32, 16, 128),
    "Gemma 3 1B": gemma3(26, 1152, 4, 1, 256, 512),
    "Gemma 3 4B": gemma3(34, 2560, 8, 4, 256, 1024),
    "Gemma 3 12B": gemma3(48, 3840, 16, 8, 256, 1024),
    "Gemma 3 27B": gemma3(62, 5376, 32, 16, 128, 1024),
    "gpt-oss-20b": gpt_oss(24),
    "gpt-oss-120b": gpt_oss(36),
    "Olmo 3 7B": olmo3(32, 4096, 32, 32),
    "Olmo 3 32B": olmo3(64, 5120, 40, 8),
    "Mistral 7B": whole("mistral", 4096, 8, 4096),
    "Phi-3-mini": whole("phi3", 2047, 32, 3072),
}
"""Figures of the makers' config.json that decide the cache."""


@pytest.fixture(scope="module")
def sizes(base: KnowledgeBase) -> dict[str, tuple[Entry, Variant]]:
    """Return every published size by its name, with its work."""
    found: dict[str, tuple[Entry, Variant]] = {}
    for entry in base.entries.values():
        for variant in variants_of(entry):
            found[variant.name] = (entry, variant)
    return found


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    """Return what the planner's script reads from each configuration."""
    program = "return given.map((text) => rekb.config.readConfig(text).figures);"
    texts = [json_of(config) for config in CONFIGS.values()]
    figures: list[dict[str, Any]] = in_node(("config.js",), program, texts)
    return dict(zip(CONFIGS, figures, strict=True))


def json_of(config: dict[str, Any]) -> str:
    """Return a configuration as it is pasted."""
    return json.dumps(config)


def of_cache(figures: dict[str, Any]) -> Model:
    """Return a plan with the figures that decide the cache."""
    names = ("layers", "kv_heads", "head_size", "cached", "window", "window_layers", "state")
    return Model(**{name: figures[name] for name in names if name in figures})


@pytest.mark.parametrize("name", CONFIGS)
def test_a_picked_size_keeps_what_its_pasted_config_keeps(
    sizes: dict[str, tuple[Entry, Variant]], read: dict[str, Any], name: str
) -> None:
    picked = of_cache(dict(calculator_fields(sizes[name][1])))
    pasted = of_cache(read[name])
    assert picked == pasted
    assert sequence_bytes(picked, CONTEXT) < sequence_bytes(
        Model(layers=picked.layers, kv_heads=picked.kv_heads, head_size=picked.head_size), CONTEXT
    )


def test_every_published_window_is_held_to_a_config(sizes: dict[str, tuple[Entry, Variant]]) -> None:
    windowed = {name for name, (_, variant) in sizes.items() if variant.window_size}
    assert windowed == set(CONFIGS)


@pytest.mark.parametrize(
    ("name", "cache"),
    [
        # Latent attention whose width is not published, and attention of a kind of its own.
        ("Kimi K2.5", None),
        ("DeepSeek-V4-Pro", None),
        ("MiniMax-Text-01", None),
        # Each head has a key and a value: 2 x 48 layers x 1,600 numbers x 2 bytes for each of 4,096 tokens.
        ("GPT-2 1.5B", 1_258_291_200),
        ("BLOOM", 2 * 70 * 14336 * 2 * 4096),
        ("LLaMA 65B", 2 * 80 * 8192 * 2 * 4096),
        # One vector of 576 numbers for all heads.
        ("DeepSeek-V3", 61 * 576 * 2 * 4096),
        ("DeepSeek-R1", 61 * 576 * 2 * 4096),
        # The whole context is inside the window of each layer.
        ("Gemma 2 27B", 2 * 46 * 16 * 128 * 2 * 4096),
        # Half of the layers keep 128 tokens.
        ("gpt-oss-120b", 2 * 8 * 64 * 2 * (18 * 4096 + 18 * 128)),
    ],
)
def test_the_cache_of_a_published_size(
    sizes: dict[str, tuple[Entry, Variant]], name: str, cache: int | None
) -> None:
    shape = cache_shape(sizes[name][1])
    got = None
    if shape:
        got = kv_cache_bytes(shape, 4096, 1, "bf16")
    assert got == cache


def test_no_cache_follows_from_query_heads(sizes: dict[str, tuple[Entry, Variant]]) -> None:
    for name, (_, variant) in sizes.items():
        if not variant.kv_heads and not variant.cache_width:
            assert not keeps_cache(variant), name


def test_a_model_without_a_cache_states_no_heads_for_one(sizes: dict[str, tuple[Entry, Variant]]) -> None:
    none = {name: variant for name, (entry, variant) in sizes.items() if not has_cache(entry)}
    assert {"BERT-Large", "ViT-B/16", "SAM ViT-H image encoder", "Mamba 2.8B", "RWKV-4 7B"} <= set(none)
    assert not {name for name, variant in none.items() if keeps_cache(variant)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("GPT-3 175B", "Some of its layers see only a window"),
        ("Jamba", "Only 4 of its 32 layers keep keys and values"),
        ("Gemma 3 27B", ""),
        ("Llama 2 70B", ""),
    ],
)
def test_what_an_answer_leaves_out_is_said(
    sizes: dict[str, tuple[Entry, Variant]], name: str, said: str
) -> None:
    got = warning(sizes[name][1])
    assert got.startswith(said)
    assert bool(got) is bool(said)


@pytest.fixture(scope="module")
def offered(base: KnowledgeBase) -> dict[str, dict[str, Any]]:
    """Return the sizes that the planner's script is given, by name."""
    (data,) = [asset for asset in models_assets(Material.of(base)) if asset.path.endswith("planner.json")]
    return {size["name"]: size for size in json.loads(data.content)["models"]}


@pytest.mark.parametrize(
    "name",
    ["ViT-B/16", "BERT-Large", "CLIP ViT-L/14", "Stable Diffusion v1, U-Net", "Mamba 2.8B"],
)
def test_the_planner_offers_no_model_without_a_cache(offered: dict[str, dict[str, Any]], name: str) -> None:
    assert name not in offered


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("Kimi K2.5", {"layers": 61, "hidden": 7168}),
        ("Gemma 2 27B", {"layers": 46, "kv_heads": 16, "window": 4096, "window_layers": 23}),
        ("DeepSeek-R1", {"layers": 61, "cached": 576}),
        ("GPT-3 175B", {"kv_heads": 96}),
    ],
)
def test_the_planner_is_given_what_is_published(
    offered: dict[str, dict[str, Any]], name: str, figures: dict[str, int]
) -> None:
    names = ("layers", "hidden", "kv_heads", "head_size", "cached", "window", "window_layers")
    got = {key: offered[name][key] for key in names if key in offered[name]}
    assert figures.items() <= got.items()
    if name == "Kimi K2.5":
        assert got == figures


def test_the_planner_is_given_what_to_warn_of(offered: dict[str, dict[str, Any]]) -> None:
    assert offered["GPT-3 175B"]["warning"].startswith("Some of its layers see only a window")
    assert "warning" not in offered["Gemma 2 27B"]


@pytest.mark.parametrize(
    ("device", "peaks"),
    [
        ("h100-sxm", {"fp8": 1978.9, "int8": 1978.9, "mxfp4": 0}),
        ("b200", {"fp8": 4500, "nvfp4": 9000, "int8": 0}),
        ("rtx-3090", {"fp8": 0, "int4": 0}),
    ],
)
def test_a_device_has_the_peaks_of_its_data_sheet(
    base: KnowledgeBase, device: str, peaks: dict[str, float]
) -> None:
    known = base.measures.device(device)
    assert known is not None
    card: Card = card_of(known)
    assert peaks.items() <= card.peaks.items()
    assert "bf16" not in card.peaks
