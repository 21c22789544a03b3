"""The calculator in a browser: it agrees with the Python formulas, keeps its state, names what is missing."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from rekb.kb import KnowledgeBase
from rekb.site.calculator import answers
from rekb.site.calculator.plan import Card, Model, costs
from rekb.site.calculator.planner import EXAMPLE, EXAMPLE_NAME
from rekb.site.calculator.precisions import PRECISIONS
from rekb.site.calculator.rows import cost_rows, fit_rows
from rekb.site.parts.views import Material
from samples import ENTRIES, knowledge_base
from visitor import Visitor, arrived, held_back, settled

# A data sheet states its integers of 8 bits; it has no units for floats of 8 or 4.
PEAKS = {"fp8": 0, "int8": 624, "int4": 0, "mxfp8": 0, "mxfp4": 0, "nvfp4": 0}
A100 = Card("NVIDIA A100 80 GB", 80, 2039, 312, PEAKS)
ROWS: list[tuple[str, dict[str, str], Model, Card]] = [
    ("the example", {}, EXAMPLE, A100),
    ("PagedAttention's OPT-13B",
     {"parameters": "13B", "layers": "40", "hidden": "5120", "kv_heads": "40", "weights": "bf16",
      "context": "2048", "batch": "1", "card": "24"},
     Model(13_000_000_000, 0, 40, 5120, 40, 128, tokens=EXAMPLE.tokens, context=2048, batch=1),
     Card("24 GB", 24)),
    ("GPT-3", {"parameters": "174.6B", "layers": "96", "hidden": "12288", "kv_heads": "96", "tokens": "300B",
               "context": "2,048", "batch": "1", "weights": "fp8"},
     Model(174_600_000_000, 0, 96, 12288, 96, 128, tokens=300_000_000_000, context=2048, batch=1,
           weights="fp8"), A100),
    ("experts", {"parameters": "1.2T", "active": "96.6B", "tokens": "600b", "precision": "fp8"},
     replace(EXAMPLE, parameters=1_200_000_000_000, active=96_600_000_000, tokens=600_000_000_000,
             precision="fp8"), A100),
    ("a device by another name", {"parameters": "7e9", "context": "4k", "card": "h100-sxm"},
     replace(EXAMPLE, parameters=7_000_000_000, context=4096), Card("NVIDIA H100 SXM", 80, 3350, 989.4)),
    ("a small model", {"parameters": "125M", "layers": "12", "hidden": "768", "kv_heads": "12",
                       "head_size": "64", "weights": "q4_k_m", "kept_free": "0",
                       "context": "1024", "batch": "3", "precision": "int4", "card": "16 GB"},
     Model(125_000_000, 0, 12, 768, 12, 64, tokens=EXAMPLE.tokens, context=1024, batch=3,
           precision="int4", weights="q4_k_m", kept_free=0), Card("16 GB", 16)),
    ("four digits", {"parameters": "12345678901", "context": "12345", "batch": "7"},
     replace(EXAMPLE, parameters=12_345_678_901, context=12345, batch=7), A100),
    ("latent attention", {"parameters": "236B", "active": "21B", "layers": "60", "hidden": "5120",
                          "kv_heads": "", "head_size": "", "cached": "576"},
     replace(EXAMPLE, parameters=236_000_000_000, active=21_000_000_000, layers=60, hidden=5120, kv_heads=0,
             head_size=0, cached=576), A100),
    ("a window", {"window": "4k", "window_layers": "40", "state": "1M"},
     replace(EXAMPLE, window=4096, window_layers=40, state=1_000_000), A100),
    ("no shape", {"layers": "", "card": "16"}, replace(EXAMPLE, layers=0), Card("16 GB", 16)),
]  # fmt: skip
WRONG = [
    ("0", "Layers: 0 is too small; the least is 1."),
    ("-3", "Layers: -3 is too small; the least is 1."),
    ("abc", "Layers: “abc” is no number; write one such as 32."),
    ("1e30", "Layers: 1e30 is too large; the most is 10,000."),
]


SHOWN = """() => {
  const found = {};
  const of = (name, read) => {
    for (const one of document.querySelectorAll(`[${name}]`)) found[one.getAttribute(name)] = read(one);
  };
  of("data-rekb-cost", (cell) => cell.innerHTML);
  of("data-rekb-precision", (row) => [...row.querySelectorAll("td")].map((td) => td.innerText).join(" | "));
  of("data-rekb-say", (saying) => saying.textContent);
  return found;
}"""


def shown(visit: Visitor) -> dict[str, str]:
    """Return what the page says, by the names of its parts."""
    found: dict[str, str] = visit.page.evaluate(SHOWN)
    return {
        name: text.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ") for name, text in found.items()
    }


def headline(visit: Visitor) -> Locator:
    """Return where the page says the answer in one sentence."""
    return visit.page.locator('[data-rekb-say="headline"]')


def computed(model: Model, card: Card) -> dict[str, str]:
    material = Material.of(knowledge_base(ENTRIES))
    found = costs(model, card)
    name = EXAMPLE_NAME if same_figures(model) else f"{short(model.parameters)} parameters"
    values = {row.id: str(row.value) for row in cost_rows(material, model)}
    values |= {row.precision: f"{row.weights} | {row.total} | {row.verdict}" for row in fit_rows(model, card)}
    values["headline"] = answers.headline(name, model, card, found)
    values["terms"] = answers.terms(found, model)
    values["fits"] = answers.fits(found, model)
    values["speed"] = answers.speed(found, model, card)
    return {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in values.items()}


def same_figures(model: Model) -> bool:
    """Whether a plan has the figures of the example's model."""
    names = ("parameters", "active", "layers", "hidden", "kv_heads", "head_size", "cached", "window", "state")
    return all(getattr(model, name) == getattr(EXAMPLE, name) for name in names)


def short(count: int) -> str:
    """Write a count as the script names a model that was typed: ``12.35B``."""
    text = answers.sized(count, ((10**12, "T"), (10**9, "B"), (10**6, "M")))
    return text.replace("\N{NO-BREAK SPACE}", "")


def type_in(visit: Visitor, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        field = visit.page.locator(f'[data-rekb-calculator] [name="{name}"]')
        if name in ("precision", "weights"):
            field.select_option(text)
        else:
            field.fill(text)


@pytest.mark.parametrize(("fields", "model", "card"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_script_and_python_say_the_same(
    visit: Visitor, fields: dict[str, str], model: Model, card: Card
) -> None:
    visit.open("models/")
    type_in(visit, fields)
    wanted = computed(model, card)
    assert settled(visit.page, lambda: shown(visit), wanted) == wanted


def test_the_first_answer_is_the_whole_plan(visit: Visitor) -> None:
    visit.open("models/")
    assert shown(visit)["headline"] == "Llama 2 70B, int4, 32k × 8: 120.9 GB, two cards of 80 GB."


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_bad_input_is_answered_and_the_field_marked(visit: Visitor, text: str, said: str) -> None:
    page = visit.open("models/")
    type_in(visit, {"layers": text})
    expect(page.locator("[data-rekb-wrong]")).to_have_text(said)
    expect(page.locator('[name="layers"]')).to_have_attribute("aria-invalid", "true")
    expect(headline(visit)).to_have_text("No answer yet: correct what is marked below.")
    expect(page.locator("[data-rekb-bar]")).to_be_hidden()
    expect(page.locator("[data-rekb-plan] .rekb-legend")).to_be_hidden()
    type_in(visit, {"layers": "32"})
    expect(page.locator("[data-rekb-wrong]")).to_have_text("")
    expect(headline(visit)).to_have_text(re.compile(r"of 80.GB\.$"))


def test_an_unknown_device_or_model_is_answered(visit: Visitor) -> None:
    page = visit.open("models/")
    type_in(visit, {"card": "h100 sx"})
    expect(page.locator("[data-rekb-wrong]")).to_contain_text("did you mean NVIDIA H100 SXM?")
    type_in(visit, {"card": "24 GB", "model": "Llama 9"})
    expect(page.locator("[data-rekb-wrong]")).to_contain_text("no published size is called “Llama 9”")


def test_a_pasted_config_fills_the_plan_and_leaves_the_browser_alone(visit: Visitor) -> None:
    page = visit.open("models/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("[data-rekb-config] summary")
    config = {"num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32, "wonder": 1,
              "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 32000}  # fmt: skip
    page.fill("[data-rekb-config] textarea", json.dumps(config))
    expect(page.locator('[name="kv_heads"]')).to_have_value("8")
    expect(page.locator("[data-rekb-config-say]")).to_contain_text("Not understood and left out: wonder.")
    expect(headline(visit)).to_have_text(re.compile("^The pasted model, int4, 32k.×.8: "))
    # The script that reads it is fetched, by its plain address: nothing of the text goes with it.
    others = [address for address in asked if not address.endswith("/favicon.png")]
    assert others == [f"{visit.address}assets/rekb/config.js"]
    before = shown(visit)["terms"]
    assert "wonder" not in page.evaluate("location.href")
    page.reload()
    assert settled(page, lambda: shown(visit)["terms"], before) == before
    page.click("[data-rekb-config] summary")
    page.fill("[data-rekb-config] textarea", "no config")
    expect(page.locator("[data-rekb-config-say]")).to_contain_text("This is no JSON")


LLAMA = {"model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32,
         "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256,
         "max_position_embeddings": 8192, "torch_dtype": "bfloat16"}  # fmt: skip
REFUSED = [
    ({"parameters": "7 5B"}, "Parameters: “7 5B” is no number; write one such as 7B."),
    ({"kept_free": "95"}, "Kept free on each card, %: 95 is too large; the most is 90."),
    ({"window": "4k"},
     "Layers with the window: how many layers have the window? Type their number, or empty the window."),
    ({"window": "4k", "window_layers": "500"}, "Layers with the window: more than all 80 layers."),
    ({"active": "100B"}, "Active parameters: more than all parameters."),
    ({"card": "h100 sx"},
     ("Device or memory: “h100 sx” is no device of this base and no memory such as 24 GB; "
      "did you mean NVIDIA H100 SXM?")),
]  # fmt: skip
"""What is typed, and what is answered instead of a plan."""
BACK = "Its figures are taken back."
NOT_READ = [
    ("[1, 2]", f"The pasted text was not read: A config.json is an object: {{ … }}. {BACK}"),
    ("", f"The pasted text is gone. {BACK}"),
    ('{"model_type": "bert"}',
     ("The pasted text was not read: “bert” is no decoder: it keeps no cache of past tokens, "
      f"which is what is planned here. {BACK}")),
]  # fmt: skip


def paste(visit: Visitor, text: str) -> None:
    """Put a text into the box for a config.json."""
    details = visit.page.locator("[data-rekb-config]")
    if details.get_attribute("open") is None:
        visit.page.click("[data-rekb-config] summary")
    visit.page.fill("[data-rekb-config] textarea", text)


@pytest.mark.parametrize(("fields", "said"), REFUSED, ids=[row[1][:30] for row in REFUSED])
def test_what_is_refused_leaves_no_answer_and_names_its_field(
    visit: Visitor, fields: dict[str, str], said: str
) -> None:
    page = visit.open("models/")
    type_in(visit, fields)
    expect(page.locator("[data-rekb-wrong]")).to_have_text(said)
    expect(headline(visit)).to_have_text("No answer yet: correct what is marked below.")
    marked = page.locator('[data-rekb-calculator] [aria-invalid="true"]')
    expect(marked).to_have_accessible_description(said)
    expect(marked).to_have_accessible_error_message(said)
    page.reload()
    expect(page.locator("[data-rekb-wrong]")).to_have_text(said)


def test_a_decimal_comma_is_one(visit: Visitor) -> None:
    visit.open("models/")
    type_in(visit, {"parameters": "7,5B"})
    expect(headline(visit)).to_have_text(re.compile("^7.5B parameters, int4"))


def test_a_name_that_leads_nowhere_says_whose_answer_it_is(visit: Visitor) -> None:
    page = visit.open("models/")
    type_in(visit, {"model": "Qwen 9"})
    expect(headline(visit)).to_have_text(re.compile("^Not “Qwen 9” but Llama 2 70B, int4"))
    type_in(visit, {"layers": "79"})
    expect(headline(visit)).to_have_text(re.compile("^Not “Qwen 9” but 70B parameters, int4"))
    type_in(visit, {"model": "llama2-70b"})
    expect(headline(visit)).to_have_text(re.compile("^Llama 2 70B, int4"))
    expect(page.locator("[data-rekb-wrong]")).to_have_text("")


def test_a_pasted_config_sets_the_format_and_its_context_is_a_bound(visit: Visitor) -> None:
    page = visit.open("models/")
    paste(visit, json.dumps(LLAMA))
    longer = "The context is longer than the model's 8,192 tokens."
    expect(headline(visit)).to_have_text(re.compile(rf"^The pasted model, bf16, 32k.×.8: .*\. {longer}$"))
    expect(page.locator("[data-rekb-config-say]")).to_contain_text("Every field was understood.")
    type_in(visit, {"context": "8k"})
    expect(headline(visit)).not_to_contain_text("longer")
    type_in(visit, {"layers": "31"})
    expect(headline(visit)).to_have_text(re.compile("^8.03B parameters, bf16"))


def test_a_type_that_is_not_known_is_said_beside_the_answer(visit: Visitor) -> None:
    page = visit.open("models/")
    paste(visit, json.dumps({**LLAMA, "model_type": "<i>new</i>"}))
    expect(page.locator("[data-rekb-wrong]")).to_have_text(
        "The model type “<i>new</i>” is not known here: "
        "it is counted as a decoder like Llama, which may be wrong."
    )
    type_in(visit, {"model": "Llama 2 70B"})
    expect(page.locator("[data-rekb-wrong]")).to_have_text("")


@pytest.mark.parametrize(("text", "said"), NOT_READ, ids=["a list", "nothing", "an encoder"])
def test_a_text_that_is_not_read_takes_the_pasted_answer_back(visit: Visitor, text: str, said: str) -> None:
    page = visit.open("models/")
    paste(visit, json.dumps(LLAMA))
    expect(headline(visit)).to_have_text(re.compile("^The pasted model, bf16"))
    paste(visit, text)
    expect(headline(visit)).to_have_text(re.compile("^No answer yet: "))
    expect(page.locator("[data-rekb-wrong]")).to_have_text(said)
    expect(page.locator('[name="weights"]')).to_have_value("int4")
    type_in(visit, {"model": "Llama 2 70B"})
    expect(headline(visit)).to_have_text(re.compile("^Llama 2 70B, int4"))
    expect(page.locator("[data-rekb-wrong]")).to_have_text("")


def test_a_text_that_is_not_read_leaves_another_answer_and_says_so(visit: Visitor) -> None:
    page = visit.open("models/")
    paste(visit, "{}")
    expect(headline(visit)).to_have_text(re.compile("^Llama 2 70B, int4"))
    expect(page.locator("[data-rekb-wrong]")).to_contain_text("The answer is not one of this text.")


SPOKEN = """() => {
  globalThis.spoken = [];
  const place = document.querySelector("[data-rekb-spoken]");
  new MutationObserver(() => globalThis.spoken.push(place.textContent)).observe(place, { childList: true });
}"""


def test_an_answer_is_spoken_once_after_the_last_key(visit: Visitor) -> None:
    page = visit.open("models/")
    expect(page.locator("[data-rekb-spoken]")).to_have_text("")
    page.evaluate(SPOKEN)
    # All keys within one task: the pause cannot end between two of them, however busy the machine is.
    page.locator('[name="layers"]').evaluate(
        "(field) => { for (const text of ['7', '7x', '7xy']) {"
        " field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); } }"
    )
    said = "No answer yet: correct what is marked below. Layers: “7xy” is no number; write one such as 32."
    expect(page.locator("[data-rekb-spoken]")).to_have_text(said)
    assert page.evaluate("globalThis.spoken") == [said]
    assert page.locator("[data-rekb-models] [role=alert]").count() == 0


def test_leaving_a_field_speaks_at_once(visit: Visitor) -> None:
    page = visit.open("models/")
    spoken = page.locator('[name="layers"]').evaluate(
        "(field) => { field.value = 'x'; field.dispatchEvent(new Event('input', { bubbles: true }));"
        " field.dispatchEvent(new Event('change', { bubbles: true }));"
        " return document.querySelector('[data-rekb-spoken]').textContent; }"
    )
    assert spoken.endswith("Layers: “x” is no number; write one such as 32.")


def test_the_techniques_for_the_larger_term_come_first(visit: Visitor) -> None:
    page = visit.open("models/")
    first = page.locator("[data-rekb-term]").first
    expect(first).to_have_attribute("data-rekb-term", "cache")
    type_in(visit, {"weights": "fp32", "batch": "1"})
    expect(first).to_have_attribute("data-rekb-term", "weights")
    expect(page.locator("[data-rekb-larger]:visible")).to_have_count(1)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_example_is_there(visit: Visitor) -> None:
    visit.open("models/")
    assert shown(visit) == computed(EXAMPLE, A100)
    expect(visit.page.locator("[data-rekb-calculator]")).to_be_hidden()


def test_the_address_keeps_what_is_typed(visit: Visitor) -> None:
    page = visit.open("models/")
    address = "?card=80+GB&precision=int8&context=8k&parameters=13B"
    type_in(visit, {"parameters": "13B", "context": "8k", "precision": "int8", "card": "80 GB"})
    before = shown(visit)
    arrived(page, f"models/{address}")
    page.goto("about:blank")
    visit.open(f"models/{address}")
    assert settled(page, lambda: shown(visit), before) == before
    page.fill('[name="parameters"]', str(EXAMPLE.parameters))
    arrived(page, address.replace("&parameters=13B", ""))


def test_nonsense_in_the_address_does_no_harm(visit: Visitor) -> None:
    page = visit.open("models/?card=%3Ci%3E&precision=fp99&model=nobody&parameters=%3Cb%3E&batch=1e30")
    expect(page.locator('[name="precision"]')).to_have_value(EXAMPLE.precision)
    said = page.inner_text("[data-rekb-wrong]")
    for words in ("“nobody”", "“<i>”", "“<b>”", "1e30 is too large"):
        assert words in said
    assert shown(visit)["bf16"].startswith("– | – | ")


def test_a_published_model_fills_the_fields_and_what_is_missing_is_named(
    visit: Visitor, base: KnowledgeBase
) -> None:
    card = base.entries["brown2020language"].model
    assert card is not None
    variant = card.variants[-1]
    page = visit.open("models/")
    page.fill('[name="model"]', variant.name)
    expect(page.locator('[name="parameters"]')).to_have_value(f"{variant.parameters:,}")
    expect(page.locator('[name="layers"]')).to_have_value(str(variant.layers))
    address = page.evaluate("location.href")
    assert "model=brown2020language." in address
    said = page.inner_text("[data-rekb-calculator-say]")
    assert ("training tokens" in said) is (variant.training_tokens is None)
    page.goto("about:blank")
    visit.page.goto(address)
    expect(page.locator('[name="layers"]')).to_have_value(str(variant.layers))


def test_every_published_model_says_which_figures_it_lacks(visit: Visitor) -> None:
    page = visit.open("models/")
    names = page.eval_on_selector_all("#rekb-models option", "options => options.map(o => o.value)")
    assert names
    (latent,) = [name for name in names if name == "DeepSeek-V3"]
    for name in (latent, *names[::6]):
        page.fill('[name="model"]', name)
        empty = page.evaluate(
            "[...document.querySelectorAll('[data-rekb-figure]')]"
            ".filter(field => !field.value)"
            ".filter(field => !['active', 'cached', 'window', 'window_layers', 'state'].includes(field.name))"
            ".length"
        )
        if page.input_value('[name="cached"]'):
            empty -= 2  # what it keeps of a token stands in for heads and their width
        says = re.compile(f"^Not published for {re.escape(name)}: ")
        said = expect(page.locator("[data-rekb-calculator-say]"))
        if empty > 0:
            said.to_have_text(says)
        else:
            said.not_to_have_text(says)


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


def test_what_is_typed_before_the_figures_are_there_counts(visit: Visitor) -> None:
    page = visit.page
    held = held_back(page, "**/planner.json")
    page.goto(f"{visit.address}models/")
    expect(headline(visit)).to_contain_text("Llama 2 70B, int4")
    page.fill("[name=context]", "8k")
    page.select_option("[name=weights]", "bf16")
    settled(page, lambda: len(held), 1)
    held.pop().continue_()
    expect(headline(visit)).to_contain_text("Llama 2 70B, bf16, 8k × 8")
    arrived(page, "models/?weights=bf16&context=8k")


def test_figures_that_cannot_be_fetched_are_said_to_be_missing(visit: Visitor) -> None:
    visit.page.route("**/planner.json", lambda route: route.fulfill(status=404, body=""))
    page = visit.page
    page.goto(f"{visit.address}models/")
    expect(page.locator("[data-rekb-calculator-say]")).to_contain_text("could not be loaded")
    expect(headline(visit)).to_contain_text("Llama 2 70B, int4")
    visit.errors.clear()  # the browser's own line about the answer 404


def test_a_format_is_a_line_on_a_phone_and_kinds_of_files_follow(visit: Visitor) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("models/")
    rows = page.locator("[data-rekb-fits] tbody tr:visible")
    rows.first.scroll_into_view_if_needed()
    expect(rows).to_have_count(sum(not precision.is_of_files for precision in PRECISIONS))
    heights: list[float] = rows.evaluate_all("all => all.map((row) => row.getBoundingClientRect().height)")
    assert max(heights) < 40
    page.get_by_role("button", name="formats of GGUF files").click()
    expect(rows).to_have_count(len(PRECISIONS))


def test_parts_below_are_laid_out_when_they_come_near(visit: Visitor) -> None:
    page = visit.open("models/")
    kinds: list[str] = page.eval_on_selector_all(
        ".rekb-models > :is(section, div)",
        "all => all.map((part) => getComputedStyle(part).contentVisibility)",
    )
    assert kinds == ["visible", "auto", "auto", "auto", "auto"]
