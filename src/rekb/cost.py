"""What a Transformer costs, from its published shape: bytes of weights and KV cache, FLOPs.

The formulas count the matrix products, which carry nearly all of the work; norms, softmax and embeddings are
left out. One multiply-add is two FLOPs.
"""

from dataclasses import dataclass

BYTES: dict[str, float] = {"fp32": 4.0, "bf16": 2.0, "fp8": 1.0, "int8": 1.0, "int4": 0.5}
"""Bytes of one number in each precision; scales and zero points of quantized formats come on top."""


def weight_bytes(parameters: int, precision: str) -> float:
    """Return the bytes that the weights take.

    Args:
        parameters: number of weights, all experts included.
        precision: a key of `BYTES`.

    Raises:
        KeyError: for a precision that is not in `BYTES`.
    """
    return parameters * BYTES[precision]


ADAM_BYTES = 16
"""Bytes of training state for each weight in mixed precision with Adam: 2 for the weight, 2 for its gradient,
and 12 for the 32-bit weight, momentum and variance. Source: Rajbhandari et al. 2020 (arXiv 1910.02054)."""


def training_bytes(parameters: int) -> int:
    """Return the bytes of weights, gradients and optimiser state in training; activations come on top."""
    return parameters * ADAM_BYTES


@dataclass(frozen=True, slots=True)
class CacheShape:
    """What the size of a key-value cache depends on in the model."""

    layers: int
    """Attention layers that keep keys and values."""
    kv_heads: int
    """Key-value heads per layer; the query heads where they are not grouped."""
    head_size: int
    """Width of one head."""


def kv_cache_bytes(shape: CacheShape, context: int, batch: int, precision: str) -> float:
    """Return the bytes of the key-value cache: 2 x layers x heads x width x context x batch x bytes.

    The 2 stands for keys and values. Source: the formula of Pope et al. 2022 (arXiv 2211.05102).

    Args:
        shape: the model's layers, key-value heads and head width.
        context: tokens held for each sequence.
        batch: sequences held at once.
        precision: a key of `BYTES`.
    """
    numbers = 2 * shape.layers * shape.kv_heads * shape.head_size * context * batch
    return numbers * BYTES[precision]


def flops_per_token(active_parameters: int, layers: int = 0, hidden_size: int = 0, context: int = 0) -> int:
    """Return the FLOPs of one token's forward pass: 2 x weights + 4 x layers x width x context.

    The second term is the attention over `context` earlier tokens; left out when the shape is not given.
    Source: Kaplan et al. 2020 (arXiv 2001.08361); its average over a causal text is half of the second term.
    """
    return 2 * active_parameters + 4 * layers * hidden_size * context


def training_flops(active_parameters: int, tokens: int) -> int:
    """Return the FLOPs of a training run: 6 x weights x tokens, two thirds of them in the backward pass.

    Source: Kaplan et al. 2020 (arXiv 2001.08361).
    """
    return 6 * active_parameters * tokens
