"""The cost formulas against figures that others published."""

import pytest

from rekb.cost import CacheShape, flops_per_token, kv_cache_bytes, training_flops, weight_bytes


@pytest.mark.parametrize(
    ("parameters", "precision", "gigabytes"),
    [(7 * 10**9, "bf16", 14), (175 * 10**9, "bf16", 350), (65 * 10**9, "int4", 32.5), (10**9, "fp32", 4)],
)
def test_weights(parameters: int, precision: str, gigabytes: float) -> None:
    assert weight_bytes(parameters, precision) == gigabytes * 1e9


@pytest.mark.parametrize(
    ("shape", "context", "batch", "precision", "size"),
    [
        (CacheShape(40, 40, 128), 1, 1, "bf16", 819_200),  # OPT-13B: 800 KB a token, PagedAttention section 3
        (CacheShape(40, 40, 128), 2048, 1, "bf16", 1_677_721_600),  # the same source: up to 1.6 GB a request
        (CacheShape(32, 8, 128), 8192, 1, "bf16", 2**30),  # eight grouped heads: 1 GiB at 8K
        (CacheShape(32, 8, 128), 8192, 4, "int8", 2**31),
    ],
)
def test_kv_cache(shape: CacheShape, context: int, batch: int, precision: str, size: float) -> None:
    assert kv_cache_bytes(shape, context, batch, precision) == size


@pytest.mark.parametrize(
    ("length", "attention", "feed_forward"),
    # million FLOPs of GPT-2 (12 layers, width 768) by sequence length: the survey arXiv 2401.08092, figure 5
    [(2, 113.4, 226.56), (64, 3775.56, 7247.76), (512, 39567.36, 59351.04)],
)
def test_flops_against_the_surveys_figure(length: int, attention: float, feed_forward: float) -> None:
    width, layers = 768, 12
    ours = length * flops_per_token(4 * width**2 * layers, layers, width, length)
    assert ours / 1e6 == pytest.approx(attention, rel=0.03)
    assert length * flops_per_token(8 * width**2 * layers) / 1e6 == pytest.approx(feed_forward, rel=0.03)


@pytest.mark.parametrize(
    ("parameters", "tokens", "published"),
    [
        (174_600_000_000, 300_000_000_000, 3.14e23),  # GPT-3, table D.1
        (125_000_000, 300_000_000_000, 2.25e20),  # GPT-3 Small, the same table
    ],
)
def test_training(parameters: int, tokens: int, published: float) -> None:
    assert training_flops(parameters, tokens) == pytest.approx(published, rel=0.01)
