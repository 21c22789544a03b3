"""What holds on every page: its security policy, its weight, its search, the copy that works from disk."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from page_kinds import ENTRY, KINDS, STATES
from places import files_of, led_to
from rekb.site.outputs.offline import ARCHIVE, FOLDER
from served import served
from visitor import Visitor, arrived, patient, settled

NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error("policy", event.violatedDirective, event.blockedURI, event.sample);
});
"""


@pytest.fixture(scope="module")
def hosted(built_site: Path) -> Iterator[str]:
    """Return the address of the site as a host serves it."""
    with served(built_site) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, hosted: str) -> Iterator[Visitor]:
    """Return a fresh window on the hosted site; fails on errors, refusals of the policy and other hosts."""
    context = patient(browser, viewport={"width": 1280, "height": 900})
    context.add_init_script(NOTE_VIOLATIONS)
    visitor = Visitor(context, hosted)
    yield visitor
    context.close()
    assert visitor.outside == []
    assert visitor.errors == []


def test_the_policy_is_in_force(browser: Browser, hosted: str) -> None:
    page = patient(browser).new_page()
    page.goto(hosted)
    tried = """() => new Promise((resolve) => {
      addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
      const script = document.createElement("script");
      script.textContent = "window.hit = 1";
      document.body.append(script);
    })"""
    assert str(page.evaluate(tried)).startswith("script-src")
    assert page.evaluate("window.hit") is None
    page.context.close()


def transferred(reader: Visitor, path: str) -> dict[str, int]:
    """Return the bytes of each answer of a first visit, heads included, as they went over the wire."""
    reader.page.goto(reader.address + path)
    reader.rest()
    return {request.url: _size(request.sizes()) for request in reader.ended}


def _size(sizes: object) -> int:
    assert isinstance(sizes, dict)
    return int(sizes["responseBodySize"]) + int(sizes["responseHeadersSize"])


LIGHT = 150_000
WEIGHTS = {
    "": LIGHT,
    ENTRY: LIGHT,
    KINDS["inner topic"]: LIGHT,
    KINDS["compare"]: LIGHT,
    KINDS["models"]: LIGHT,
    "finder/": LIGHT,
    "explore/": 250_000,
}


@pytest.mark.parametrize(("path", "most"), WEIGHTS.items())
def test_a_first_visit_is_light(reader: Visitor, path: str, most: int) -> None:
    answers = transferred(reader, path)
    assert len(answers) > 3
    assert sum(answers.values()) <= most, sorted(answers.items(), key=lambda pair: -pair[1])


SEARCHES = [
    ("FlashAttention", r"papers/dao2022flashattention/"),
    ("flashattention", r"papers/dao2022flashattention/"),
    ("flash attention", r"papers/dao2022flashattention/"),
    ("flsahattention", r"papers/dao2022flashattention/"),
    ("Fast and Memory-Efficient Exact", r"papers/dao2022flashattention/"),
    ("exact attention with io awareness", r"papers/dao2022flashattention/"),
    ("GPTQ", r"papers/frantar2022gptq/"),
    ("gptq", r"papers/frantar2022gptq/"),
    ("LoRA", r"papers/hu2021lora/"),
    ("qlora", r"papers/dettmers2023qlora/"),
    ("smooth quant", r"papers/xiao2022smoothquant/"),
    ("activation-aware weight", r"papers/lin2023awq/"),
    ("attention is all you", r"papers/vaswani2017attention/"),
    ("paged attention", r"papers/kwon2023efficient/"),
    ("vllm", r"papers/kwon2023efficient/"),
    ("deepseek-v2", r"papers/deepseekai2024deepseekv2/"),
    ("GPT3", r"papers/brown2020language/"),
    ("dao2022flashattention", r"papers/dao2022flashattention/"),
    ("kv cache", r"topics/.*key-value-cache/"),
    ("Key-Value Cache", r"topics/.*key-value-cache/"),
    ("MoE", r"topics/.*mixture-of-experts/"),
    ("mixture of experts", r"topics/.*mixture-of-experts/"),
    ("speculative decoding", r"topics/.*speculative-decoding/"),
    ("quantization", r"topics/.*/quantization/$"),
    ("quantisation", r"topics/.*/quantization/$"),
    ("federated learning", r"topics/.*federated-learning/"),
    ("Tri Dao", r"authors/d/#Dao-Tri"),
    ("Dao, Tri", r"authors/d/#Dao-Tri"),
    ("Vaswani", r"authors/v/#Vaswani-Ashish"),
    ("Christopher Re", r"authors/r/#R%C3%A9-Christopher"),
    ("memory", r"resources/memory/"),
    ("downloads", r"downloads/"),
]


@pytest.fixture(scope="module")
def searching(browser: Browser, hosted: str) -> Iterator[Page]:
    """Return one window whose search field has been used."""
    page = patient(browser, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(hosted)
    page.fill("input.md-search__input", "x")
    page.wait_for_selector(".md-search-result__link")
    yield page
    page.context.close()


@pytest.mark.parametrize(("question", "first"), SEARCHES, ids=[question for question, _ in SEARCHES])
def test_the_search_finds_it_first(searching: Page, question: str, first: str) -> None:
    searching.fill("input.md-search__input", question)
    expect(searching.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(first))


def test_the_index_waits_until_it_is_needed(reader: Visitor) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open(ENTRY)
    reader.rest()
    assert not any("rekb/search.json" in url for url in asked)
    with page.expect_response("**/rekb/search.json"):
        page.keyboard.press("/")
    page.keyboard.type("awq")
    page.wait_for_selector(".md-search-result__link")
    assert sum("rekb/search.json" in url for url in asked) == 1


def test_the_search_by_keyboard(reader: Visitor) -> None:
    page = reader.open("about/")
    page.keyboard.press("s")
    page.keyboard.type("GPTQ")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("input.md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_have_css("opacity", "0")
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/frantar2022gptq/")


def test_a_search_without_hits_says_so(searching: Page) -> None:
    searching.fill("input.md-search__input", "zzzzqqqq")
    expect(searching.locator("#header-search-status")).to_have_text(re.compile("Nothing found"))


def test_the_search_on_a_phone(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("")
    page.click("label.md-header__button[for=__search]")
    page.wait_for_selector("input.md-search__input:focus")
    page.keyboard.type("awq")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/papers/lin2023awq/")


WIDTH = "document.documentElement.scrollWidth"
SMALLEST = 11.9
"""Pixels; a chart is drawn in units that are almost, but not quite, pixels of a phone."""
SMALL = """(smallest) => {
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const found = [];
  const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const box = text.parentElement;
    if (!text.data.trim() || box.closest("noscript, script, style, .rekb-hidden") || !seen(box)) continue;
    const scale = box instanceof SVGElement ? box.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(box).fontSize) * scale;
    if (size < smallest) found.push(`${size.toFixed(1)}: ${text.data.trim()}`);
  }
  return found;
}"""
CUT = """() => [...document.querySelectorAll(".md-content svg.rekb-chart text")]
  .filter((text) => !text.closest("[data-rekb-flow]") && text.checkVisibility())
  .filter((text) => {
    const { left, right } = text.getBoundingClientRect();
    return left < 0 || right > innerWidth;
  })
  .map((text) => text.textContent)"""


@pytest.mark.parametrize("path", (KINDS | STATES).values(), ids=(KINDS | STATES).keys())
def test_a_page_fits_every_screen_and_keeps_to_its_policy(reader: Visitor, path: str) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(path)
    assert page.evaluate(WIDTH) <= 390
    assert page.evaluate(SMALL, SMALLEST) == []
    assert page.evaluate(CUT) == []
    # A page that is opened wide and then made narrow is another one than that which is opened on a phone.
    page.set_viewport_size({"width": 1280, "height": 900})
    reader.open(path)
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(WIDTH) <= width
    policy = page.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content") or ""
    assert ("'sha256-" in policy) == (path == KINDS["lost"])  # no script stands in another page
    assert not re.search(r"unsafe|https?:|\*", policy)
    # The theme drives the switch of the page for wrong addresses.
    page.locator("form.md-header__option label:visible").click()
    page.wait_for_function("document.fonts.status === 'loaded'")


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_the_first_key_leads_to_the_content(reader: Visitor, path: str) -> None:
    page = reader.open(path)
    page.keyboard.press("Tab")
    link = page.locator("a.md-skip")
    expect(link).to_have_count(1)
    expect(link).to_be_focused()
    expect(link).to_have_text("Skip to content")
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash")
    page.keyboard.press("Tab")
    expect(page.locator("article :focus")).to_have_count(1)


def test_two_works_are_compared_on_a_phone_without_scrolling(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(KINDS["compare"])
    page.wait_for_selector(".rekb-table--compare")
    frame = "[data-rekb-compare-table]"
    assert page.eval_on_selector(frame, "frame => frame.scrollWidth - frame.clientWidth") <= 1


def test_the_map_has_its_columns_on_a_phone(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("")
    tops = """row => [...row.cells].slice(1).map((cell) => cell.getBoundingClientRect().top)"""
    rows = page.eval_on_selector_all(".rekb-heat tbody tr", f"rows => rows.map({tops})")
    assert {len(set(row)) for row in rows} == {1}


def test_the_open_page_is_in_sight_in_the_row_of_pages(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("statistics/")
    place = page.locator(".rekb-near [aria-current]").bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390


def test_a_wide_graph_opens_at_its_newest_work(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(KINDS["leaf topic"])
    page.locator("[data-rekb-flow]").scroll_into_view_if_needed()
    newest = """box => {
      const frame = box.getBoundingClientRect();
      const places = [...box.querySelectorAll("[data-work]")].map((work) => work.getBoundingClientRect());
      const last = places.reduce((found, place) => (place.right > found.right ? place : found));
      return last.top >= frame.top && last.bottom <= frame.bottom;
    }"""
    assert settled(page, lambda: page.eval_on_selector("[data-rekb-flow]", newest), expected=True)


@pytest.mark.parametrize("topic", ["architectures/efficient-attention", "algorithms", "algorithms/inference"])
def test_a_graph_of_a_large_topic_is_no_higher_than_a_screen(reader: Visitor, topic: str) -> None:
    page = reader.open(f"topics/{topic}/")
    graph = page.locator("[data-rekb-flow] > svg")
    graph.scroll_into_view_if_needed()
    assert graph.evaluate("(drawing) => drawing.getBoundingClientRect().height <= innerHeight")


def test_the_level_is_remembered_from_page_to_page(reader: Visitor) -> None:
    page = reader.open(ENTRY)
    page.click('[data-rekb-set-level="expert"]')
    for path in (KINDS["leaf topic"], KINDS["inner topic"], KINDS["entry of a model"]):
        reader.open(path)
        expect(page.locator(".rekb-level:visible")).to_have_count(1)
        expect(page.locator('.rekb-level[data-rekb-level="expert"]')).to_be_visible()


def test_many_authors_are_folded(reader: Visitor) -> None:
    page = reader.open("papers/touvron2023llamac/")
    folded = page.locator("details.rekb-authors p")
    expect(folded).to_be_hidden()
    page.locator("details.rekb-authors summary").click()
    expect(folded).to_be_visible()


def test_printing_shows_the_content_alone(reader: Visitor) -> None:
    page = reader.open(ENTRY)
    page.emulate_media(media="print")
    expect(page.locator(".rekb-level:visible")).to_have_count(3)
    expect(page.locator(".rekb-citation__text:visible")).to_have_count(2)
    furnitures = (".md-header", ".md-tabs", ".md-footer", ".rekb-switch", ".rekb-copy", ".rekb-act")
    for furniture in (*furnitures, ".rekb-strip__acts", ".rekb-sources", "#similar"):
        assert page.locator(f"{furniture}:visible").count() == 0, furniture
    shown = """() => [...document.querySelectorAll(".rekb-result__conditions a")]
      .map((link) => getComputedStyle(link, "::after").content)"""
    assert all("https://" in text for text in page.evaluate(shown))


@pytest.mark.parametrize("path", [ENTRY, "papers/hu2021lora/"])
def test_an_entry_takes_few_pages_of_paper(reader: Visitor, path: str) -> None:
    page = reader.open(path)
    paper = page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3


def test_an_entry_answers_in_the_first_screen(reader: Visitor) -> None:
    page = reader.open(ENTRY)
    page.set_viewport_size({"width": 1280, "height": 900})
    for name in ("PDF", "Code", "Copy BibTeX", "Compare"):
        box = page.locator(".rekb-strip__acts").get_by_text(name).bounding_box()
        assert box is not None, name
        assert box["y"] + box["height"] <= 900, name
    page.set_viewport_size({"width": 390, "height": 844})
    strip = page.locator(".rekb-strip").bounding_box()
    prose = page.locator(".rekb-level:visible").first.bounding_box()
    assert strip is not None
    assert prose is not None
    assert strip["y"] + strip["height"] <= prose["y"]


def test_the_page_for_wrong_addresses_searches(browser: Browser, hosted: str) -> None:
    page = patient(browser, java_script_enabled=False).new_page()
    page.goto(f"{hosted}papers/nobody2020nothing/")
    page.fill("input[type=search]", "lora")
    page.click("button:has-text('Search')")
    arrived(page, f"{hosted}explore/?find=lora")
    page.context.close()


@pytest.fixture(scope="module")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked offline copy."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(built_site / ARCHIVE) as archive:
        archive.extractall(folder)
    return folder / FOLDER


def test_the_offline_copy_works_from_disk(browser: Browser, unpacked: Path) -> None:
    context = patient(browser, viewport={"width": 1280, "height": 900})
    context.add_init_script(NOTE_VIOLATIONS)
    visitor = Visitor(context, f"{unpacked.as_uri()}/")
    page = visitor.open("index.html")
    page.fill("input.md-search__input", "flash attention")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/dao2022flashattention/index.html")
    page.click(".rekb-trail a >> nth=0")
    page.wait_for_url("**/topics/architectures/index.html")
    visitor.open("compare/index.html?papers=dao2022flashattention,vaswani2017attention")
    page.wait_for_selector(".rekb-table--compare")
    visitor.open("bibliography/index.html")
    page.fill("[data-rekb-text]", "@misc{mine, title={Other}, eprint={2205.14135}}")
    with page.expect_download() as caught:
        page.click("[data-rekb-save]")
    assert caught.value.path().read_text(encoding="utf-8").startswith("@inproceedings{mine,")
    visitor.open("explore/index.html?find=flashattention")
    with page.expect_download() as caught:
        page.click('[data-rekb-download="ris"]:not([data-rekb-scope])')
    assert "dao2022flashattention" in caught.value.path().read_text(encoding="utf-8")
    context.close()
    assert visitor.outside == []
    assert visitor.errors == []


def test_links_of_the_offline_copy_name_files(unpacked: Path) -> None:
    files = files_of(unpacked)
    broken = []
    for page in sorted(file for file in files if file.endswith(".html")):
        text = (unpacked / page).read_text(encoding="utf-8")
        links = set(re.findall(r'<a\b[^>]*?\bhref="([^"#?]+)', text))
        paths = [link for link in links if not re.match(r"[a-z]+:", link)]
        # From disk a link to a folder would list it, so each names a file.
        broken += [(page, link) for link in paths if link.endswith("/") or led_to(page, link) not in files]
    assert broken == []
