"""The planner's numbers and words: Python and the script answer alike, and agree with what was published."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from in_node import in_node
from rekb.kb import KnowledgeBase
from rekb.model.parts import variants_of
from rekb.site.calculator import answers
from rekb.site.calculator.plan import Card, Costs, Model, costs
from rekb.site.calculator.planner import EXAMPLE, EXAMPLE_NAME
from rekb.site.calculator.precisions import BITS
from rekb.site.calculator.shapes import cache_shape

HERE = Path(__file__).parent
ROWS: dict[str, list[Any]] = json.loads((HERE / "planner_cases.json").read_text(encoding="utf-8"))
"""Published figures, published speeds, answers in words, and what people type; sources stand in each row."""
SCRIPTS = ("costs.js", "answers.js", "config.js")
PLAIN = Card("80 GB", 80)
WITHIN = 0.10
COUNTED_WITHIN = {"parameters": 0.02, "active": 0.03}
"""How near parameters that are counted from shapes come to the published number. Makers count active ones
with none, one or both of their tables and round them to whole billions: rows say where that takes more."""
LEAST_PUBLISHED = 40
PROGRAM = """
    const { headline, terms, fits, speed, number, contradictions, sentence } = rekb.answers;
    const answered = given.plans.map(({ name, model, card }) => {
      const found = rekb.costs.costs(model, card, given.bits);
      const sums = [terms(found, model), fits(found, model), speed(found, model, card)];
      const texts = [headline(name, model, card, found), ...sums];
      return { found: { ...found, context: String(found.context), alone: String(found.alone) }, texts };
    });
    const typed = given.inputs.map(([field, text]) => number(field, text));
    const unfit = given.plans_typed.map((plan) => contradictions(plan));
    const sentences = given.sentences.map(sentence);
    const pasted = given.configs.map((text) => rekb.config.readConfig(text));
    return { answered, typed, unfit, sentences, pasted };
"""


def plans() -> list[tuple[str, Model, Card]]:
    """Return every plan of the table."""
    rows = [*ROWS["cases"], *ROWS["bounds"], *ROWS["answers"]]
    return [(row["name"], Model(**row["model"]), card_of(row)) for row in rows]


def card_of(row: dict[str, Any]) -> Card:
    """Return the device of a row, or a plain one."""
    if "card" not in row:
        return PLAIN
    return Card(**row["card"])


def texts_of(name: str, model: Model, card: Card) -> list[str]:
    """Return what Python says of a plan."""
    found = costs(model, card)
    return [
        answers.headline(name, model, card, found),
        answers.terms(found, model),
        answers.fits(found, model),
        answers.speed(found, model, card),
    ]


def plain(texts: list[str]) -> list[str]:
    """Return texts with ordinary spaces."""
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def said_by_script(asked: list[tuple[str, Model, Card]]) -> dict[str, Any]:
    """Return what the script says of plans, and of what people type."""
    sent = {
        "bits": BITS,
        "plans": [
            {"name": name, "model": asdict(model), "card": asdict(card)} for name, model, card in asked
        ],
        "inputs": ROWS["inputs"],
        "plans_typed": [asdict(Model(**typed)) for typed, _ in ROWS["contradictions"]],
        "sentences": [text for text, _ in ROWS["sentences"]],
        "configs": [config_text(row) for row in ROWS["configs"]],
    }
    said: dict[str, Any] = in_node(SCRIPTS, PROGRAM, sent)
    return said


def config_text(row: dict[str, Any]) -> str:
    """Return a config.json as it is pasted; a row may hold text that is none."""
    config = row["config"]
    if isinstance(config, str):
        return config
    return json.dumps(config)


@cache
def table_by_script() -> dict[str, Any]:
    """Return what the script says of the table."""
    return said_by_script(plans())


def alike(found: Costs, theirs: dict[str, Any]) -> bool:
    """Whether the script's numbers are Python's."""
    ours = asdict(found)
    words = ours.pop("by")
    numbers = {name: float(theirs[name]) for name in ours}
    return words == theirs["by"] and numbers == pytest.approx(ours, rel=1e-12)


def published(row: dict[str, Any]) -> float:
    """Return what Python computes for a row's figure."""
    value: float = getattr(costs(Model(**row["model"]), PLAIN), row["quantity"])
    return value


@pytest.mark.parametrize("row", ROWS["cases"], ids=[row["name"] for row in ROWS["cases"]])
def test_memory_is_within_a_tenth_of_what_was_published(row: dict[str, Any]) -> None:
    assert published(row) == pytest.approx(row["published"], rel=WITHIN)


def test_there_are_enough_published_figures() -> None:
    assert len({row["name"] for row in ROWS["cases"]}) >= LEAST_PUBLISHED
    assert {row["kind"] for row in ROWS["cases"]} == {"measured", "stated"}


@pytest.mark.parametrize("row", ROWS["bounds"], ids=[row["name"] for row in ROWS["bounds"]])
def test_no_published_speed_beats_the_bound(row: dict[str, Any]) -> None:
    assert costs(Model(**row["model"]), Card(**row["card"])).speed >= row["published"]


@pytest.mark.parametrize("row", ROWS["answers"], ids=[row["name"] for row in ROWS["answers"]])
def test_answers_in_words(row: dict[str, Any]) -> None:
    assert plain(texts_of(row["name"], Model(**row["model"]), Card(**row["card"]))) == row["texts"]


def test_what_the_example_takes() -> None:
    (said, *_) = plain(texts_of(EXAMPLE_NAME, EXAMPLE, PLAIN))
    assert said == "Llama 2 70B, int4, 32k × 8: 120.9 GB, two cards of 80 GB."


def test_script_and_python_answer_alike() -> None:
    answered = table_by_script()["answered"]
    for (name, model, card), theirs in zip(plans(), answered, strict=True):
        found = theirs["found"]
        for longest in ("context", "alone"):
            found[longest] = found[longest].replace("Infinity", "inf")
        assert alike(costs(model, card), found), name
        assert theirs["texts"] == texts_of(name, model, card), name


@pytest.mark.parametrize("place", range(len(ROWS["inputs"])))
def test_what_is_typed_is_read_or_answered(place: int) -> None:
    row = ROWS["inputs"][place]
    assert table_by_script()["typed"][place] == {"value": row[2], "wrong": row[3]}


@pytest.mark.parametrize("place", range(len(ROWS["contradictions"])))
def test_figures_that_do_not_go_together_are_answered(place: int) -> None:
    assert table_by_script()["unfit"][place] == ROWS["contradictions"][place][1]


def test_a_message_ends_with_one_mark() -> None:
    assert table_by_script()["sentences"] == [wanted for _, wanted in ROWS["sentences"]]


@pytest.mark.parametrize("place", range(len(ROWS["configs"])), ids=[row["name"] for row in ROWS["configs"]])
def test_a_config_is_read_as_its_makers_publish_the_model(place: int) -> None:
    row = ROWS["configs"][place]
    got = table_by_script()["pasted"][place]
    read, wanted = dict(got["figures"]), dict(row["figures"])
    for counted, usual in COUNTED_WITHIN.items():
        within = row.get("within", {}).get(counted, usual)
        assert read.pop(counted, 0) == pytest.approx(wanted.pop(counted, 0), rel=within)
    assert read == wanted
    assert got["unknown"] == row.get("unknown", [])
    assert got["wrong"].startswith(row.get("wrong", "")), got["wrong"]
    assert bool(got["wrong"]) is ("wrong" in row)
    assert got["weights"] == row.get("weights", "")
    for words in row.get("said", []):
        assert any(words in line for line in got["said"]), got["said"]
    assert len(got["unusable"]) == len(row.get("unusable", [])), got["unusable"]
    for words in row.get("unusable", []):
        assert any(words in line for line in got["unusable"]), got["unusable"]
    assert len(got["warned"]) == len(row.get("warned", [])), got["warned"]
    for words in row.get("warned", []):
        assert any(words in line for line in got["warned"]), got["warned"]


ODD = """
    const odd = [null, "x", [], {}, -1, 0.5, 1e300];
    const found = [];
    for (const config of given) for (const field of Object.keys(config)) for (const value of odd) {
      const { figures, said, warned, unusable, wrong } = rekb.config.readConfig(JSON.stringify({ ...config, [field]: value }));
      const isWhole = Object.values(figures).every((figure) => Number.isInteger(figure) && figure >= 0);
      const words = [...said, ...warned, ...unusable, wrong].join("; ");
      if (!isWhole || /NaN|undefined|object Object/.test(words)) found.push([field, value, figures, words]);
    }
    return found;
"""  # noqa: E501


def test_an_odd_field_never_makes_a_number_that_is_none() -> None:
    """Each field of each configuration is spoiled in seven ways."""
    configs = [row["config"] for row in ROWS["configs"] if isinstance(row["config"], dict)]
    assert in_node(SCRIPTS, ODD, configs) == []


def test_every_published_size_costs_the_same_in_both(base: KnowledgeBase) -> None:
    asked = []
    for entry in base.entries.values():
        for variant in variants_of(entry):
            shape = cache_shape(variant)
            if not variant.parameters or not shape:
                continue
            model = Model(
                parameters=variant.parameters,
                active=variant.active_parameters or 0,
                layers=shape.layers,
                cached=shape.numbers,
                context=variant.context_length or 4096,
                batch=3,
                weights="q4_k_m",
                precision="q8_0",
            )
            asked.append((variant.name, model, PLAIN))
    assert len(asked) > LEAST_PUBLISHED
    for (name, model, card), theirs in zip(asked, said_by_script(asked)["answered"], strict=True):
        assert alike(costs(model, card), theirs["found"]), name
        by_hand = model.parameters * 4.8944 / 8 + model.layers * model.cached * model.context * 3 * 8.5 / 8
        assert theirs["found"]["total"] == pytest.approx(by_hand), name


@pytest.mark.parametrize("row", ROWS["answers"], ids=[row["name"] for row in ROWS["answers"]])
def test_what_fits_fits_and_one_more_does_not(row: dict[str, Any]) -> None:
    model, card = Model(**row["model"]), Card(**row["card"])
    found = costs(model, card)
    if not found.total:
        return
    usable = card.memory * 2**30 * (1 - model.kept_free / 100)
    assert found.total <= found.cards * usable
    assert found.total > (found.cards - 1) * usable
    assert found.weights + found.sequences * found.sequence <= found.room
    assert found.weights + (found.sequences + 1) * found.sequence > found.room
