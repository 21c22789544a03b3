"""Did you mean: which known words a word that is not known may stand for."""

import pytest

from rekb.meant import did_you_mean, did_you_mean_leaf, nearest, nearest_leaves

CACHE = "algorithms/inference/key-value-cache"
TOPICS = (
    "algorithms", "algorithms/inference", CACHE, f"{CACHE}/eviction", f"{CACHE}/merging",
    "algorithms/model-compression", "algorithms/model-compression/quantization",
    "algorithms/model-compression/quantization/weight-only", "algorithms/model-compression/pruning",
    "systems", "systems/serving", "systems/quantization",
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("memroy", ["memory", "money", "latency"], ["memory"]),
        ("Memory", ["memory", "money"], ["memory"]),
        ("data centre gpu", ["datacenter-gpu", "consumer-gpu"], ["datacenter-gpu"]),
        ("fine_tuning", ["fine-tuning", "pre-training"], ["fine-tuning"]),
        ("kernel", ["custom-kernel", "weights-access"], ["custom-kernel"]),
        ("gpu", ["cpu", "datacenter-gpu", "tpu"], ["datacenter-gpu"]),
        ("gpu", ["gpu-cluster", "consumer-gpu", "cpu"], ["consumer-gpu", "gpu-cluster"]),
        ("cpus", ["cpu", "cpu-cluster"], ["cpu"]),
        ("KV cache", TOPICS, [CACHE]),
        ("systems/kv-cache", TOPICS, [CACHE]),
        ("kv", TOPICS, []),
        ("MoE", ["models/mixture-of-experts", "models/others"], ["models/mixture-of-experts"]),
        ("qwertz", ["memory", "money"], []),
        ("", ["memory"], []),
        ("quantisation", TOPICS, ["systems/quantization", "algorithms/model-compression/quantization"]),
        ("Quantization", TOPICS, ["systems/quantization", "algorithms/model-compression/quantization"]),
        (
            "algorithms/quantisation",
            TOPICS,
            ["algorithms/model-compression/quantization", "systems/quantization"],
        ),
        (
            "systems/quantizaton",
            TOPICS,
            ["systems/quantization", "algorithms/model-compression/quantization"],
        ),
        ("algorithms/inference/key-value-cash", TOPICS, [CACHE]),
        ("inference/key-value-cache", TOPICS, [CACHE]),
        ("system", TOPICS, ["systems"]),
        (  # two parts in common from the root on, though the other path has more letters in common
            "systems/serving/batching/cash",
            ["systems/storage/batching/cache", "systems/serving/cache"],
            ["systems/serving/cache", "systems/storage/batching/cache"],
        ),
    ],
)
def test_the_nearest_words(word: str, known: list[str], found: list[str]) -> None:
    assert nearest(word, known) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("algorithms/inference/key-value-cash", [f"{CACHE}/eviction", f"{CACHE}/merging"]),
        ("key-value-cash", [f"{CACHE}/eviction", f"{CACHE}/merging"]),
        ("eviktion", [f"{CACHE}/eviction"]),
        ("quantisation", ["systems/quantization", "algorithms/model-compression/quantization/weight-only"]),
        ("nothing-like-it", []),
    ],
)
def test_near_an_inner_topic_its_leaves_are_meant(word: str, found: list[str]) -> None:
    assert nearest_leaves(word, TOPICS) == found


def test_the_questions() -> None:
    assert did_you_mean("memroy", ["memory"]) == "did you mean `memory`?"
    assert did_you_mean("qwertz", ["memory"]) is None
    cached = f"did you mean `{CACHE}/eviction` or `{CACHE}/merging`?"
    assert did_you_mean_leaf("key-value-cash", TOPICS) == cached
