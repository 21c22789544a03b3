"""The planner's answers in words; static/answers.js writes the same."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from rekb.site.calculator.plan import Card, Costs, Model, peak_of

DECIMAL = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
"""Units of bytes in powers of ten."""
BINARY = ((2**40, "TiB"), (2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))
"""The same in powers of two."""
_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_K = 1024


def significant(value: float) -> str:
    """Write a number with four significant digits and no trailing zeros, as the script does."""
    # Browsers round the shortest text of a number, not its exact value; so does this.
    rounded = _DIGITS.create_decimal(Decimal(repr(float(value))))
    text = f"{rounded:,f}"
    if "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def sized(size: float, units: tuple[tuple[int, str], ...]) -> str:
    """Write a number of bytes in the largest unit that it fills; the units are given largest first."""
    for unit, name in units:
        if size >= unit:
            return f"{significant(size / unit)}\N{NO-BREAK SPACE}{name}"
    return f"{significant(size)}\N{NO-BREAK SPACE}B"


def length(tokens: float) -> str:
    """Write a number of tokens: ``32k`` for 32 × 1,024, other numbers in full."""
    # Makers of models count contexts in powers of two and call 32,768 tokens 32k.
    is_whole = tokens >= _K and tokens % _K == 0
    if is_whole:
        return f"{tokens / _K:,.0f}k"
    return f"{tokens:,.0f}"


def card_count(count: int) -> str:
    """Write a number of cards, small ones as words."""
    if count == 1:
        return "one card"
    if count < len(_NUMBERS):
        return f"{_NUMBERS[count]} cards"
    return f"{count:,} cards"


def headline(name: str, model: Model, card: Card, found: Costs) -> str:
    """Return the answer as one sentence, or what is missing for it."""
    if not found.total:
        return _missing(model)
    asked = f"{name}, {model.weights}, {length(model.context)} × {model.batch:,}"
    return (
        f"{asked}: {sized(found.total, DECIMAL)}, {card_count(found.cards)} of {significant(card.memory)} GB."
    )


def _missing(model: Model) -> str:
    """Name the figures without which there is no answer."""
    figures = {
        "parameters": model.parameters,
        "layers": model.layers,
        "context": model.context,
        "batch": model.batch,
    }
    names = []
    for name, figure in figures.items():
        if not figure:
            names.append(name)
    kept = model.cached or model.kv_heads * model.head_size
    if model.layers and not kept:
        names.append("key-value heads and head width")
    return f"No answer yet: {', '.join(names)} missing."


def terms(found: Costs, model: Model) -> str:
    """Return which term is the largest, and the share of each."""
    if not found.total:
        return ""
    # Python's `round` takes a half to the even neighbour; page and script have to say the same.
    share = math.floor(100 * found.weights / found.total + 0.5)
    most = "weights" if found.weights >= found.cache else "the KV cache"
    return (
        f"Most of it is {most}: weights {sized(found.weights, DECIMAL)} ({share}%), "
        f"KV cache {sized(found.cache, DECIMAL)} ({100 - share}%); "
        f"{significant(model.kept_free)}% of each card is kept free for activations and the runtime."
    )


def fits(found: Costs, model: Model) -> str:
    """Return the longest context and the most sequences that fit on these cards."""
    if not found.total:
        return ""
    noun = "sequence" if found.sequences == 1 else "sequences"
    most = f"{found.sequences:,.0f} {noun} of {length(model.context)}"
    longest = "a context of any length"
    if math.isfinite(found.context):
        longest = f"a context of {found.context:,.0f} tokens"
    answer = f"On {card_count(found.cards)} fit at most {longest} at batch {model.batch:,}, or {most}."
    if found.cards == 1:
        return answer
    if not found.alone:
        return f"{answer} On one card alone the weights leave no room for a cache."
    if not math.isfinite(found.alone):
        return answer
    return f"{answer} One card alone takes a context of {found.alone:,.0f} tokens at this batch."


def speed(found: Costs, model: Model, card: Card) -> str:
    """Return the bound for tokens a second with the formula and its numbers, or why there is none."""
    if not found.total:
        return ""
    if not found.speed:
        return f"No bound for speed: no bandwidth is known of {card.name}. Pick a device that has one."
    asked = (
        f"At most {significant(found.speed)} tokens a second, {significant(found.speed / model.batch)} each: "
    )
    if found.by == "compute":
        return f"{asked}{card_count(found.cards)} × {peak(model, card)} ÷ (2 × active parameters)."
    read = sized(found.read, DECIMAL)
    rate = f"{card_count(found.cards)} × {significant(card.bandwidth)} GB/s"
    return f"{asked}batch {model.batch:,} × {rate} ÷ {read} read for each step."


def peak(model: Model, card: Card) -> str:
    """Return the peak of a card for a model, and for which format it holds."""
    rate = f"{significant(peak_of(model, card))} TFLOP/s"
    if card.peaks.get(model.weights):
        return f"{rate} in {model.weights}"
    if model.weights in card.peaks:
        return f"{rate} at 16 bits, as none is known in {model.weights},"
    return f"{rate} at 16 bits"
