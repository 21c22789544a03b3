"""Questions of reading paths, and their answers: both are worked out from the planner's formulas."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.kb.shapes import variant_of
from rekb.model.paths import PathQuestion, Quantity, Setup
from rekb.site.calculator.answers import DECIMAL, card_count, length, peak, significant, sized
from rekb.site.calculator.formulas import ADAM_BYTES, flops_per_token, training_bytes, training_flops
from rekb.site.calculator.plan import Card, Costs, Model, costs, token_bytes
from rekb.site.calculator.planner import card_of
from rekb.site.calculator.precisions import BYTES
from rekb.site.calculator.rows import power
from rekb.site.calculator.shapes import calculator_fields
from rekb.site.parts.views import exact_count


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer."""

    question: str
    answer: Markup
    """The number, or which of two is larger and how many times."""
    working: tuple[Markup, ...]
    """How it follows: the formula with the numbers in it, once for each case."""
    so: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a quantity is worked out for, with all that follows."""

    name: str
    """The model as readers call it."""
    model: Model
    card: Card
    found: Costs

    @property
    def active(self) -> int:
        """The weights that a token meets."""
        if self.model.active:
            return self.model.active
        return self.model.parameters

    @property
    def load(self) -> str:
        """The sequences, in words."""
        tokens = f"{length(self.model.context)} tokens"
        if self.model.batch == 1:
            return f"one sequence of {tokens}"
        return f"{self.model.batch:,} sequences of {tokens}"


@dataclass(frozen=True, slots=True)
class Formula:
    """One quantity: how it is asked for, worked out and written."""

    question: Callable[[Case], str]
    """The question for one case."""
    name: Callable[[Case], str]
    """What the quantity is called where two cases are compared."""
    value: Callable[[Case], float]
    text: Callable[[Case], Markup]
    """The value as readers see it."""
    working: Callable[[Case], Markup]


def asked(base: KnowledgeBase, question: PathQuestion) -> Asked | None:
    """Return a question with its answer; None where a figure is missing, which `rekb validate` reports."""
    formula = FORMULAS[question.asks]
    one = _case(base, question.of)
    if one is None or not formula.value(one):
        return None
    if question.against is None:
        return Asked(formula.question(one), formula.text(one), (formula.working(one),), question.so)
    other = _case(base, question.against)
    if other is None or not formula.value(other):
        return None
    working = (_worked("The first", formula, one), _worked("The second", formula, other))
    text = f"Which is larger, and how many times: {formula.name(one)}, or {formula.name(other)}?"
    return Asked(text, _larger(formula, one, other), working, question.so)


def _larger(formula: Formula, one: Case, other: Case) -> Markup:
    factor = formula.value(one) / formula.value(other)
    if factor == 1:
        return Markup("Neither: they are equal.")
    if factor > 1:
        return Markup.escape(f"The first, {significant(factor)} times.")
    return Markup.escape(f"The second, {significant(1 / factor)} times.")


def _worked(which: str, formula: Formula, case: Case) -> Markup:
    return Markup("{}: {} = {}").format(which, formula.working(case), formula.text(case))


def _case(base: KnowledgeBase, setup: Setup) -> Case | None:
    variant = variant_of(base, setup.model)
    known = (base.measures.models or {}).get(setup.model)
    if variant is None or known is None:
        return None
    model = Model(
        **dict(calculator_fields(variant)),
        context=setup.context or 0,
        batch=setup.batch,
        weights=setup.weights,
        precision=setup.cache,
    )
    device = base.measures.device(setup.device)
    # What asks for no device is the same on any; the formulas want one to say more than the weights.
    card = card_of(device) if device else Card("a card", 80)
    return Case(known.label, model, card, costs(model, card))


def _bytes(size: float) -> Markup:
    return Markup.escape(sized(size, DECIMAL))


def _each(precision: str) -> str:
    size = BYTES[precision]
    if size == 1:
        return "1 byte"
    return f"{significant(size)} bytes"


def _weights_working(case: Case) -> Markup:
    return Markup.escape(f"{exact_count(case.model.parameters)} weights × {_each(case.model.weights)}")


def _cache_working(case: Case) -> Markup:
    model = case.model
    kept = f"2 (key and value) × {model.kv_heads} key-value heads × {model.head_size} numbers"
    if model.cached:
        kept = f"{model.cached} numbers for all heads"
    token = f"{model.layers} layers × {kept} × {_each(model.precision)}"
    size = sized(model.layers * token_bytes(model), DECIMAL)
    return Markup.escape(f"{token} = {size} for a token; × {case.load}{_windowed(model)}")


def _windowed(model: Model) -> str:
    """Return which layers do not keep the whole context, in words; empty where all do."""
    if not model.window:
        return ""
    which = "all layers" if model.window_layers >= model.layers else f"{model.window_layers} of the layers"
    return f"; {which} keep the newest {length(model.window)} tokens only"


def _memory_working(case: Case) -> Markup:
    return Markup.escape(
        f"weights {sized(case.found.weights, DECIMAL)} + KV cache {sized(case.found.cache, DECIMAL)}"
    )


def _cards_working(case: Case) -> Markup:
    usable = case.found.room / case.found.cards
    kept = significant(case.model.kept_free)
    return Markup.escape(
        f"weights and KV cache {sized(case.found.total, DECIMAL)} ÷ {sized(usable, DECIMAL)} of each card "
        f"({kept}% stays free for activations and the runtime), rounded up"
    )


def _context_working(case: Case) -> Markup:
    found = case.found
    token = case.model.layers * token_bytes(case.model)
    return Markup.escape(
        f"room on {card_count(found.cards)}: {sized(found.room, DECIMAL)}; weights take "
        f"{sized(found.weights, DECIMAL)}; what is left ÷ {case.model.batch:,} ÷ {sized(token, DECIMAL)} "
        f"for a token{_windowed(case.model)}"
    )


def _speed_working(case: Case) -> Markup:
    found = case.found
    if found.by == "compute":
        return Markup.escape(
            f"{card_count(found.cards)} × {peak(case.model, case.card)} ÷ (2 × active weights)"
        )
    return Markup.escape(
        f"batch {case.model.batch:,} × {card_count(found.cards)} × {significant(case.card.bandwidth)} GB/s ÷ "
        f"{sized(found.read, DECIMAL)} that each step reads"
    )


def _longest(case: Case) -> Markup:
    if math.isfinite(case.found.context):
        return Markup.escape(f"{case.found.context:,.0f} tokens")
    return Markup("any length")


def _flops(value: float) -> Markup:
    return Markup("{} FLOPs").format(power(value))


def _stored(case: Case) -> str:
    if case.model.weights == case.model.precision:
        return f"{case.name} in {case.model.weights}"
    return f"{case.name} with {case.model.weights} weights and a {case.model.precision} cache"


FORMULAS: dict[Quantity, Formula] = {
    "weights": Formula(
        question=lambda case: f"How much memory do the weights of {case.name} take in {case.model.weights}?",
        name=lambda case: f"the weights of {case.name} in {case.model.weights}",
        value=lambda case: case.found.weights,
        text=lambda case: _bytes(case.found.weights),
        working=_weights_working,
    ),
    "training-state": Formula(
        question=lambda case: (
            f"How much memory do weights, gradients and Adam's state of {case.name} take in mixed precision?"
        ),
        name=lambda case: f"weights, gradients and Adam's state of {case.name} in mixed precision",
        value=lambda case: training_bytes(case.model.parameters),
        text=lambda case: _bytes(training_bytes(case.model.parameters)),
        working=lambda case: Markup.escape(
            f"{exact_count(case.model.parameters)} weights × {ADAM_BYTES} bytes (2 for the weight, 2 for its "
            "gradient, 12 for a 32-bit copy, momentum and variance)"
        ),
    ),
    "cache": Formula(
        question=lambda case: (
            f"How large is the KV cache of {case.name} for {case.load} in {case.model.precision}?"
        ),
        name=lambda case: f"the KV cache of {case.name} for {case.load} in {case.model.precision}",
        value=lambda case: case.found.cache,
        text=lambda case: _bytes(case.found.cache),
        working=_cache_working,
    ),
    "memory": Formula(
        question=lambda case: f"How much memory does {_stored(case)} take for {case.load}?",
        name=lambda case: f"{_stored(case)} for {case.load}",
        value=lambda case: case.found.total,
        text=lambda case: _bytes(case.found.total),
        working=_memory_working,
    ),
    "cards": Formula(
        question=lambda case: f"How many {case.card.name} cards does {_stored(case)} need for {case.load}?",
        name=lambda case: f"the number of {case.card.name} cards for {_stored(case)} and {case.load}",
        value=lambda case: case.found.cards,
        text=lambda case: Markup.escape(card_count(case.found.cards)),
        working=_cards_working,
    ),
    "context": Formula(
        question=lambda case: (
            f"The cards that {_stored(case)} needs for {case.load} are not full. "
            f"How long may each sequence grow on these {case.card.name} cards?"
        ),
        name=lambda case: f"the longest context of {_stored(case)} on {card_count(case.found.cards)}",
        value=lambda case: case.found.context,
        text=_longest,
        working=_context_working,
    ),
    "speed": Formula(
        question=lambda case: (
            f"How many tokens a second can {_stored(case)} write at most, for {case.load} on "
            f"{card_count(case.found.cards)} of {case.card.name}?"
        ),
        name=lambda case: f"the most tokens a second of {_stored(case)} for {case.load}",
        value=lambda case: case.found.speed,
        text=lambda case: Markup.escape(f"{significant(case.found.speed)} tokens a second"),
        working=_speed_working,
    ),
    "token-flops": Formula(
        question=lambda case: f"How many FLOPs does {case.name} spend on one token, attention left out?",
        name=lambda case: f"the FLOPs of {case.name} for one token",
        value=lambda case: flops_per_token(case.active),
        text=lambda case: _flops(flops_per_token(case.active)),
        working=lambda case: Markup.escape(f"2 × {exact_count(case.active)} weights that a token meets"),
    ),
    "training-flops": Formula(
        question=lambda case: f"How many FLOPs did the training of {case.name} take?",
        name=lambda case: f"the FLOPs of training {case.name}",
        value=lambda case: training_flops(case.active, case.model.tokens),
        text=lambda case: _flops(training_flops(case.active, case.model.tokens)),
        working=lambda case: Markup.escape(
            f"6 × {exact_count(case.active)} weights that a token meets × "
            f"{exact_count(case.model.tokens)} tokens"
        ),
    ),
}
"""Every quantity that a path may ask for."""
