"""The calculator in a browser: it agrees with the Python formulas, keeps its state, names what is missing."""

from dataclasses import replace

import pytest

from rekb.kb import KnowledgeBase
from rekb.site.calculator.rows import Model, cost_rows, fit_rows
from rekb.site.pages.models import EXAMPLE
from rekb.site.parts.views import Material
from samples import ENTRIES, knowledge_base
from visitor import Visitor

ROWS: list[tuple[str, dict[str, str], Model]] = [
    ("the example", {}, EXAMPLE),
    ("PagedAttention's OPT-13B",
     {"parameters": "13B", "layers": "40", "hidden": "5120", "kv_heads": "40",
      "context": "2048", "batch": "1"},
     Model(13_000_000_000, 0, 40, 5120, 40, 128, context=2048, batch=1)),
    ("GPT-3", {"parameters": "174.6B", "layers": "96", "hidden": "12288", "kv_heads": "96", "tokens": "300B",
               "context": "2,048", "batch": "1", "card": "80"},
     Model(174_600_000_000, 0, 96, 12288, 96, 128, tokens=300_000_000_000, context=2048, batch=1, card=80)),
    ("experts", {"parameters": "1.2T", "active": "96.6B", "tokens": "600b", "precision": "fp8", "card": "40"},
     replace(EXAMPLE, parameters=1_200_000_000_000, active=96_600_000_000, tokens=600_000_000_000,
             precision="fp8", card=40)),
    ("an exponent", {"parameters": "7e9", "context": "32k"}, replace(EXAMPLE, context=32000)),
    ("a small model", {"parameters": "125M", "layers": "12", "hidden": "768", "kv_heads": "12",
                       "head_size": "64",
                       "context": "1024", "batch": "3", "precision": "int4", "card": "16"},
     Model(125_000_000, 0, 12, 768, 12, 64, context=1024, batch=3, precision="int4", card=16)),
    ("four digits", {"parameters": "12345678901", "context": "12345", "batch": "7"},
     replace(EXAMPLE, parameters=12_345_678_901, context=12345, batch=7)),
    ("latent attention", {"parameters": "236B", "active": "21B", "layers": "60", "hidden": "5120",
                          "kv_heads": "", "head_size": "", "cached": "576"},
     replace(EXAMPLE, parameters=236_000_000_000, active=21_000_000_000, layers=60, hidden=5120, kv_heads=0,
             head_size=0, cached=576)),
    ("no shape", {"layers": "", "card": "16"}, replace(EXAMPLE, layers=0, card=16)),
    ("words", {"parameters": "many", "layers": ""}, replace(EXAMPLE, parameters=0, layers=0)),
]  # fmt: skip


def shown(visit: Visitor) -> dict[str, str]:
    page = visit.page
    costs = {
        cell.get_attribute("data-rekb-cost") or "": cell.inner_html()
        for cell in page.locator("[data-rekb-cost]").all()
    }
    for row in page.locator("[data-rekb-precision]").all():
        cells = row.locator("td").all_inner_texts()
        costs[row.get_attribute("data-rekb-precision") or ""] = " | ".join(cells)
    return {
        name: text.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ") for name, text in costs.items()
    }


def computed(model: Model) -> dict[str, str]:
    material = Material.of(knowledge_base(ENTRIES))
    values = {row.id: str(row.value) for row in cost_rows(material, model)}
    values |= {row.precision: f"{row.weights} | {row.total} | {row.verdict}" for row in fit_rows(model)}
    return {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in values.items()}


def type_in(visit: Visitor, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        field = visit.page.locator(f'[data-rekb-calculator] [name="{name}"]')
        if name in ("precision", "card", "model"):
            field.select_option(text)
        else:
            field.fill(text)


@pytest.mark.parametrize(("fields", "model"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_script_and_python_say_the_same(visit: Visitor, fields: dict[str, str], model: Model) -> None:
    visit.open("models/")
    type_in(visit, fields)
    assert shown(visit) == computed(model)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_example_is_there(visit: Visitor) -> None:
    visit.open("models/")
    assert shown(visit) == computed(EXAMPLE)
    assert visit.page.locator("[data-rekb-calculator]").is_hidden()


def test_the_address_keeps_what_is_typed(visit: Visitor) -> None:
    page = visit.open("models/")
    type_in(visit, {"parameters": "13B", "context": "8k", "precision": "int8", "card": "80"})
    before = shown(visit)
    assert page.evaluate("location.search") == "?parameters=13B&context=8k&precision=int8&card=80"
    page.goto("about:blank")
    visit.open("models/?parameters=13B&context=8k&precision=int8&card=80")
    assert shown(visit) == before
    page.fill('[name="parameters"]', str(EXAMPLE.parameters))
    assert page.evaluate("location.search") == "?context=8k&precision=int8&card=80"


def test_nonsense_in_the_address_does_no_harm(visit: Visitor) -> None:
    page = visit.open("models/?card=7&precision=fp99&model=nobody&parameters=%3Cb%3E")
    assert page.input_value('[name="card"]') == str(EXAMPLE.card)
    assert page.input_value('[name="model"]') == ""
    assert shown(visit)["bf16"].startswith("– | – | ")


def test_a_published_model_fills_the_fields_and_what_is_missing_is_named(
    visit: Visitor, base: KnowledgeBase
) -> None:
    card = base.entries["brown2020language"].model
    assert card is not None
    variant = card.variants[-1]
    page = visit.open("models/")
    page.select_option('[name="model"]', label=variant.name)
    assert page.input_value('[name="parameters"]') == str(variant.parameters)
    assert page.input_value('[name="layers"]') == str(variant.layers)
    address = page.evaluate("location.href")
    assert "model=brown2020language." in address
    said = page.inner_text("[data-rekb-calculator-say]")
    assert ("training tokens" in said) is (variant.training_tokens is None)
    page.goto("about:blank")
    visit.page.goto(address)
    assert page.input_value('[name="layers"]') == str(variant.layers)


def test_every_published_model_says_which_figures_it_lacks(visit: Visitor) -> None:
    page = visit.open("models/")
    names = page.locator('[name="model"] option').all_inner_texts()[1:]
    assert names
    (latent,) = [name for name in names if name == "DeepSeek-V3"]
    for name in (latent, *names[::6]):
        page.select_option('[name="model"]', label=name)
        empty = page.evaluate(
            "[...document.querySelectorAll('[data-rekb-figure]')]"
            ".filter(field => !field.value && !['active', 'cached'].includes(field.name)).length"
        )
        if page.input_value('[name="cached"]'):
            empty -= 2  # what it keeps of a token stands in for heads and their width
        said = page.inner_text("[data-rekb-calculator-say]")
        assert said.startswith(f"Not published for {name}: ") is (empty > 0)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_wide_table_keeps_its_first_column(visit: Visitor, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open("models/")
    region = page.locator('[aria-label="Published sizes"]')
    before = page.locator(".rekb-sizes tbody th").first.bounding_box()
    region.evaluate("(e) => { e.scrollLeft = 300; }")
    after = page.locator(".rekb-sizes tbody th").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
