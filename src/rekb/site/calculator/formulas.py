"""What a Transformer costs, from its published shape: bytes of weights and KV cache, FLOPs.

The formulas count the matrix products, which carry nearly all of the work; norms, softmax and embeddings are
left out. One multiply-add is two FLOPs.
"""

from dataclasses import dataclass
from typing import Self

from rekb.site.calculator.precisions import BYTES


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
    """Attention layers that keep something of each token."""
    numbers: int
    """Numbers that such a layer keeps of one token."""
    kv_heads: int = 0
    """Key-value heads per layer, where the layer keeps keys and values."""
    head_size: int = 0
    """Width of one head."""
    window: int = 0
    """Tokens that layers with a sliding window keep."""
    window_layers: int = 0
    """How many of the layers have one."""

    @classmethod
    def of_heads(cls, layers: int, kv_heads: int, head_size: int) -> Self:
        """Return the shape of layers that keep a key and a value for each key-value head."""
        return cls(layers, 2 * kv_heads * head_size, kv_heads, head_size)

    def tokens(self, context: float) -> float:
        """Return the tokens that all layers together keep of one sequence.

        Full layers keep the whole context, the others no more than their window.
        """
        windowed = min(self.window_layers, self.layers) if self.window else 0
        return (self.layers - windowed) * context + windowed * min(context, self.window)


def kv_cache_bytes(shape: CacheShape, context: int, batch: int, precision: str) -> float:
    """Return the bytes of the key-value cache: layers x numbers x context x batch x bytes.

    Layers with a sliding window keep no more tokens than their window has.

    With keys and values the numbers are 2 x key-value heads x head width: the formula of Pope et al. 2022
    (arXiv 2211.05102). Latent attention keeps one vector for all heads instead (DeepSeek-V2,
    arXiv 2405.04434).

    Args:
        shape: the model's layers and what each keeps of a token.
        context: tokens kept for each sequence.
        batch: sequences kept at once.
        precision: a key of `BYTES`.
    """
    return shape.tokens(context) * shape.numbers * batch * BYTES[precision]


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
