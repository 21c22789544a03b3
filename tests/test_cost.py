"""The cost formulas against figures that others published."""

import pytest

from rekb.site.calculator.answers import significant
from rekb.site.calculator.formulas import (
    CacheShape,
    flops_per_token,
    kv_cache_bytes,
    training_bytes,
    training_flops,
    weight_bytes,
)
from rekb.site.calculator.plan import Card, Model
from rekb.site.calculator.rows import both, fit_rows, power, verdict
from rekb.site.calculator.techniques import central, middle_factor


@pytest.mark.parametrize(
    ("factors", "words"),
    [((), ""), ((2,), "2×"), ((8, 2), "2×"), ((4, 410, 2.04), "4×"), ((2.04, 2.01, 2.5), "2×")],
)
def test_the_factor_in_the_middle(factors: tuple[float, ...], words: str) -> None:
    assert middle_factor(factors) == words


@pytest.mark.parametrize(
    ("ordered", "shown"), [("", ""), ("a", "a"), ("abc", "abc"), ("abcd", "abc"), ("abcde", "bcd")]
)
def test_the_works_in_the_middle_are_shown(ordered: str, shown: str) -> None:
    assert central(ordered, 3) == shown


@pytest.mark.parametrize(
    ("parameters", "precision", "gigabytes"),
    [(7 * 10**9, "bf16", 14), (175 * 10**9, "bf16", 350), (65 * 10**9, "int4", 32.5), (10**9, "fp32", 4)],
)
def test_weights(parameters: int, precision: str, gigabytes: float) -> None:
    assert weight_bytes(parameters, precision) == gigabytes * 1e9


def test_weights_of_gpt3_in_multiples_of_1024() -> None:
    # 326 GB in FP16, a GB being 2**30: GPTQ, arXiv 2210.17323, section 1
    assert weight_bytes(175 * 10**9, "bf16") / 2**30 == pytest.approx(326, rel=0.001)


@pytest.mark.parametrize(
    ("parameters", "gigabytes"),
    # ZeRO, arXiv 1910.02054: GPT-2 with 1.5 billion (section 3.1) and the model of figure 1
    [(1_500_000_000, 24), (7_500_000_000, 120)],
)
def test_training_state(parameters: int, gigabytes: float) -> None:
    assert training_bytes(parameters) == gigabytes * 1e9


@pytest.mark.parametrize(
    ("shape", "context", "batch", "precision", "size"),
    [
        (
            CacheShape.of_heads(40, 40, 128),
            1,
            1,
            "bf16",
            819_200,
        ),  # OPT-13B: 800 KB a token, PagedAttention section 3
        (
            CacheShape.of_heads(40, 40, 128),
            2048,
            1,
            "bf16",
            1_677_721_600,
        ),  # the same source: up to 1.6 GB a request
        (CacheShape.of_heads(32, 8, 128), 8192, 1, "bf16", 2**30),  # eight grouped heads: 1 GiB at 8K
        (CacheShape.of_heads(32, 8, 128), 8192, 4, "int8", 2**31),
        (
            CacheShape(60, 512 + 64),
            1,
            1,
            "bf16",
            69_120,
        ),  # DeepSeek-V2: a latent of 512 and a rotary key of 64
        # FlexGen prints "cache size: 14.941 GB" (of 2**30) for OPT-13B, 512 + 100 tokens, batch 32:
        # github.com/tonyzhao-jt/LLM-PQ, examples/exp_scripts/flexgen/case1.sh
        (CacheShape.of_heads(40, 40, 128), 612, 32, "bf16", pytest.approx(14.941 * 2**30, rel=1e-4)),
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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (262.25, "262.3"),
        (13.0385, "13.04"),
        (1000, "1,000"),
        (12345, "12,350"),
        (7, "7"),
        (70.0, "70"),
    ],
)
def test_four_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "–"),
        (512, "512 B (512 B)"),
        (819_200, "819.2 kB (800 KiB)"),
        (14e9, "14 GB (13.04 GiB)"),
        (2.4e12, "2.4 TB (2.183 TiB)"),
    ],
)
def test_bytes_in_both_units(size: float, text: str) -> None:
    assert both(size).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "–"),
        (3.15e23, "3.15 × 10<sup>23</sup>"),
        (999, "9.99 × 10<sup>2</sup>"),
        (10**10, "1.00 × 10<sup>10</sup>"),
    ],
)
def test_powers_of_ten(value: float, text: str) -> None:
    assert power(value) == text


@pytest.mark.parametrize(
    ("size", "card", "said"),
    [
        (0, 24, "–"),
        (14e9, 24, "fits, 10.96 GiB left"),
        (24 * 2**30, 24, "fits, nothing left"),
        (24 * 2**30 + 1, 24, "no, 2 cards at least"),
        (140e9, 40, "no, 4 cards at least"),
    ],
)
def test_whether_it_fits(size: float, card: int, said: str) -> None:
    assert verdict(size, card * 2**30).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_model_without_a_shape_is_judged_by_its_weights_alone() -> None:
    rows = {row.precision: row for row in fit_rows(Model(parameters=7_000_000_000), Card("16 GB", 16))}
    assert (rows["bf16"].total, rows["bf16"].verdict[:19]) == ("–", "weights alone: fits")
    assert rows["fp32"].verdict == "weights alone: no, 2 cards at least"
