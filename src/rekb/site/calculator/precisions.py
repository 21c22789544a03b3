"""Number formats of weights and caches with their bits a number: one table for Python and for the script."""

from dataclasses import dataclass

LLAMA_CPP = "https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md"
"""Where bits a weight of the GGUF kinds are published, as measured on Llama 3.1 8B."""
_MIX = "mix of block formats, as measured on Llama 3.1 8B"


@dataclass(frozen=True, slots=True)
class Precision:
    """A number format."""

    id: str
    """What addresses and tables call it."""
    bits: float
    """Bits a number, scales and zero points included where the note says so."""
    note: str
    """What the bits are made of."""
    cache: bool = False
    """Whether key-value caches are kept in it."""
    units: str = ""
    """The number format, as data sheets call it, of matrix units that can multiply it as it is; empty where
    weights are unpacked to 16 bits first."""

    @property
    def is_of_files(self) -> bool:
        """Whether it is one of the kinds of GGUF files, of which there are many."""
        return self.note.startswith("GGUF")


PRECISIONS = (
    Precision("fp32", 32, "single precision", cache=True),
    Precision("bf16", 16, "half precision, as fp16", cache=True),
    Precision("fp8", 8, "scales of a tensor or channel not counted", cache=True, units="fp8"),
    Precision("int8", 8, "scales of a tensor or channel not counted", cache=True, units="int8"),
    Precision("int4", 4, "scales not counted", cache=True, units="int4"),
    Precision("int8-g128", 8.125, "a 16-bit scale for 128 numbers"),
    Precision("int4-g128", 4.15625, "a 16-bit scale and a 4-bit zero point for 128 numbers", cache=True),
    Precision("int4-g64", 4.3125, "a 16-bit scale and a 4-bit zero point for 64 numbers", cache=True),
    Precision("int4-g32", 4.625, "a 16-bit scale and a 4-bit zero point for 32 numbers", cache=True),
    Precision("int3-g128", 3.1484375, "a 16-bit scale and a 3-bit zero point for 128 numbers"),
    Precision("int2-g128", 2.140625, "a 16-bit scale and a 2-bit zero point for 128 numbers", cache=True),
    # An 8-bit scale for 64 weights and a 32-bit one for 256 of these: 8/64 + 32/(64 × 256) = 0.127.
    Precision("nf4", 4.127, "QLoRA's NormalFloat with double quantization"),
    Precision("mxfp8", 8.25, "an 8-bit scale for 32 numbers", units="fp8"),
    Precision("mxfp4", 4.25, "an 8-bit scale for 32 numbers", units="fp4"),
    Precision("nvfp4", 4.5, "an 8-bit scale for 16 numbers", cache=True, units="fp4"),
    Precision("q8_0", 8.5, "GGUF, a 16-bit scale for 32 numbers", cache=True),
    Precision("q6_k", 6.5633, f"GGUF, {_MIX}"),
    Precision("q5_k_m", 5.7036, f"GGUF, {_MIX}"),
    Precision("q5_k_s", 5.5704, f"GGUF, {_MIX}"),
    Precision("q5_0", 5.5, "GGUF, a 16-bit scale for 32 numbers", cache=True),
    Precision("q4_1", 5, "GGUF, a 16-bit scale and least value for 32 numbers", cache=True),
    Precision("q4_k_m", 4.8944, f"GGUF, {_MIX}"),
    Precision("q4_k_s", 4.6672, f"GGUF, {_MIX}"),
    Precision("q4_0", 4.5, "GGUF, a 16-bit scale for 32 numbers", cache=True),
    Precision("iq4_xs", 4.4597, f"GGUF, {_MIX}"),
    Precision("q3_k_l", 4.2979, f"GGUF, {_MIX}"),
    Precision("q3_k_s", 3.6429, f"GGUF, {_MIX}"),
    Precision("iq3_xxs", 3.2548, f"GGUF, {_MIX}"),
    Precision("q2_k", 3.1593, f"GGUF, {_MIX}"),
    Precision("iq2_xxs", 2.3824, f"GGUF, {_MIX}"),
    Precision("iq1_s", 2.0042, f"GGUF, {_MIX}"),
)
"""Every format that can be chosen, the plain ones first."""
BITS: dict[str, float] = {precision.id: precision.bits for precision in PRECISIONS}
BYTES: dict[str, float] = {precision.id: precision.bits / 8 for precision in PRECISIONS}
"""Bytes of one number in each precision."""
CACHE = tuple(precision for precision in PRECISIONS if precision.cache)
"""Formats of caches."""
