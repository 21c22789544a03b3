"""Every kind of page in a real browser: reading level, citation, colours, narrow screens, accessibility."""

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from contrast import SCHEMES, show, violations
from page_kinds import ENTRY, STATES, page_kinds
from rekb.kb import KnowledgeBase
from rekb.kb.bench import common_tests
from rekb.site.parts.numbers import value_text
from visitor import Visitor, arrived, draws_first, patient, settled

KINDS = page_kinds() | STATES
# It asks for its files below the address of the hosted site; `test_tasks` opens it there.
del KINDS["lost"]
TABS_TO_THE_SWITCH = 3
"""Ways to the switch of colours: the link to the content, the name of the site, and the switch itself."""
# What is not laid out yet has no place, and axe then takes the colour of what lies there for its ground.
# Colours that are on their way to others are read as they will be.
LAID_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { content-visibility: visible !important }
      *, ::before, ::after { transition: none !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


def test_the_reading_level_is_switched_and_remembered(visit: Visitor) -> None:
    page = visit.open(ENTRY)
    expect(page.locator(".rekb-level:visible")).to_have_count(1)
    page.click('[data-rekb-set-level="plain"]')
    expect(page.locator('.rekb-level[data-rekb-level="plain"]')).to_be_visible()
    expect(page.locator('.rekb-level[data-rekb-level="expert"]')).to_be_hidden()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-rekb-level", "plain")
    expect(page.locator('.rekb-level[data-rekb-level="plain"]')).to_be_visible()
    expect(page.locator('[data-rekb-set-level="plain"]')).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_all_levels_and_citations_are_read(visit: Visitor) -> None:
    page = visit.open(ENTRY)
    expect(page.locator(".rekb-level:visible")).to_have_count(3)
    expect(page.locator(".rekb-citation__text:visible")).to_have_count(4)
    expect(page.locator("[data-rekb-switch]")).to_be_hidden()


@pytest.mark.parametrize(
    ("tab", "form", "start"),
    [
        ("BibTeX", "bibtex", "@inproceedings{dao2022flashattention,"),
        ("APA", "apa", "Dao, T., Fu, D. Y., Ermon, S., Rudra, A., & Ré, C. (2022)."),
        ("RIS", "ris", "TY  - CONF"),
        ("CSL-JSON", "csl-json", "[\n  {"),
    ],
)
def test_copying_a_citation(visit: Visitor, tab: str, form: str, start: str) -> None:
    page = visit.open(ENTRY)
    page.get_by_role("tab", name=tab, exact=True).click()
    page.click(f'[data-rekb-copy="cite-{form}"]')
    page.wait_for_selector(f'[data-rekb-copy="cite-{form}"].rekb-copy--done')
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.text_content(f"#cite-{form}")
    assert copied.startswith(start)


def test_citation_tabs_by_keyboard(visit: Visitor) -> None:
    page = visit.open(ENTRY)
    page.get_by_role("tab", name="BibTeX").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="APA")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#cite-apa")).to_be_visible()
    expect(page.locator("#cite-bibtex")).to_be_hidden()


def test_the_colour_scheme_is_switched(visit: Visitor) -> None:
    page = visit.open("")
    before = page.get_attribute("body", "data-md-color-scheme")
    page.locator("form[data-rekb-colours] label:visible").click()
    (after,) = {"default", "slate"} - {before}
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", after)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", after)


@pytest.mark.parametrize(("asked", "shown"), [("dark", "slate"), ("light", "default")])
def test_a_first_visit_has_the_colours_of_the_system_before_scripts_wait(
    visit: Visitor, asked: Literal["dark", "light"], shown: str
) -> None:
    page = visit.page
    page.emulate_media(color_scheme=asked)
    # Neither the theme's script nor ours comes: what is painted first does not wait for them.
    nothing = {"body": "", "content_type": "text/javascript"}
    page.route(re.compile(r"bundle\.|/rekb\.js"), lambda route: route.fulfill(**nothing))
    page.goto(f"{visit.address}about/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
    assert page.evaluate("document.documentElement.style.colorScheme") == asked


FOCUSED = """() => {
  const input = document.activeElement;
  const label = input.nextElementSibling;
  return [input.ariaLabel, label.title, label.checkVisibility(), getComputedStyle(label).outlineStyle];
}"""
"""The name of the button that has the focus, and of its label, whether that is seen, and its ring."""


@pytest.mark.parametrize("key", ["Space", "Enter"])
@pytest.mark.parametrize(
    ("asked", "scheme", "other"), [("dark", "slate", "light"), ("light", "default", "dark")]
)
def test_the_switch_of_colours_works_by_keyboard(
    visit: Visitor, asked: Literal["dark", "light"], scheme: str, other: str, key: str
) -> None:
    visit.page.emulate_media(color_scheme=asked)
    page = visit.open("about/")
    expect(page.locator("form[data-rekb-colours] label:visible")).to_have_count(1)
    for _ in range(TABS_TO_THE_SWITCH):
        page.keyboard.press("Tab")
    named = f"Switch to {other} colours"
    assert page.evaluate(FOCUSED) == [named, named, True, "auto"]
    page.keyboard.press(key)
    (turned,) = {"default", "slate"} - {scheme}
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", turned)
    named = f"Switch to {asked} colours"
    assert page.evaluate(FOCUSED) == [named, named, True, "auto"]
    page.keyboard.press(key)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def laid_out(visit: Visitor, path: str) -> Page:
    """Return a page that is open with all its parts in place."""
    # Rows of the list are alike, and axe takes long for each.
    draws_first(visit.page, 40)
    page = visit.open(path)
    page.evaluate(LAID_OUT)
    return page


def found_in_views(page: Page) -> dict[str, list[tuple[str, list[Any]]]]:
    """Return what axe finds in our content by colours and width, where it finds something."""
    found = {}
    for width, size in (("wide", WIDE), ("narrow", NARROW)):
        for scheme in SCHEMES:
            show(page, scheme, size)
            found[f"{scheme} {width}"] = violations(page)
    return {view: faults for view, faults in found.items() if faults}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_nothing_in_our_content(visit: Visitor, path: str) -> None:
    assert found_in_views(laid_out(visit, path)) == {}


IN_DARK, IN_LIGHT = "[data-md-color-scheme=slate]", "[data-md-color-scheme=default]"
ON_PHONE = "@media (max-width: 600px)"
FAINT = "[data-fault] p { color: #777; background: #888 }"
NAMELESS = "[data-fault] button span { display: none }"
LIKE_TEXT = "[data-fault] p { color: #ccd } [data-fault] a { color: #cdd; text-decoration: none !important }"
SCROLLED = "[data-fault] pre { width: 90px; overflow: auto } [data-fault] pre span { padding: 0 99px }"
FAULTS = [
    (f"{IN_DARK} {FAINT}", "color-contrast", ["slate wide", "slate narrow"]),
    (f"{IN_LIGHT} {FAINT}", "color-contrast", ["default wide", "default narrow"]),
    (f"{ON_PHONE} {{ {FAINT} }}", "color-contrast", ["default narrow", "slate narrow"]),
    (f"{ON_PHONE} {{ {IN_DARK} {FAINT} }}", "color-contrast", ["slate narrow"]),
    (f"{IN_DARK} {NAMELESS}", "button-name", ["slate wide", "slate narrow"]),
    (f"{ON_PHONE} {{ {IN_LIGHT} {NAMELESS} }}", "button-name", ["default narrow"]),
    (f"{IN_DARK} {{ {LIKE_TEXT} }}", "link-in-text-block", ["slate wide", "slate narrow"]),
    (f"{ON_PHONE} {{ {SCROLLED} }}", "scrollable-region-focusable", ["default narrow", "slate narrow"]),
]
"""Style sheets with a fault, the rule that it breaks, and the views that have it."""
PLANT = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [document.adoptedStyleSheets[0], sheet];
}"""
WITH_PARTS = """() => document.querySelector(".md-content__inner").insertAdjacentHTML("beforeend", `
  <div data-fault><p>Some words with <a href="../">a link</a> among them.</p>
  <button type="button"><span>Name</span></button><pre><span>words</span></pre></div>`)"""


@pytest.fixture(scope="module")
def faultless(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page of which axe has found all right in every view."""
    with patient(browser, viewport=WIDE) as context:
        page = laid_out(Visitor(context, address), KINDS["prose"])
        page.evaluate(WITH_PARTS)
        assert found_in_views(page) == {}
        yield page


@pytest.mark.parametrize(("style", "rule", "views"), FAULTS)
def test_a_fault_in_some_views_is_found_there(
    faultless: Page, style: str, rule: str, views: list[str]
) -> None:
    faultless.evaluate(PLANT, style)
    found = found_in_views(faultless)
    assert {view: [fault for fault, _ in faults] for view, faults in found.items()} == {
        view: [rule] for view in views
    }


SHIFTS = """() => new Promise(tell => new PerformanceObserver(list => {
    const names = shift => shift.sources.map(source => String(source.node?.className));
    tell(list.getEntries().map(shift => [shift.value, ...names(shift)]));
}).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => tell([]), 500))"""
ROW_AT_THE_EDGE = 0.005
"""What a row of the list that is half in view may move, its height being estimated; 0.1 counts as good."""


def without_giving_up(route: Route) -> None:
    """Answer with a style sheet that waits for the scripts for as long as they take.

    Readers whose scripts never come see the list after four seconds; on a busy machine that would be before
    the scripts, and the test would measure the machine.
    """
    response = route.fetch()
    assert "0s 4s forwards" in response.text()
    route.fulfill(response=response, body=response.text().replace("0s 4s forwards", "0s 900s forwards"))


@pytest.mark.parametrize("width", [1280, 1100, 390])
def test_the_search_stays_put_when_the_link_to_the_repository_is_read(visit: Visitor, width: int) -> None:
    # A browser may paint a page of which it has read the header up to the search.
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("about/")
    search = page.locator(".md-search__form")
    whole = search.bounding_box()
    page.evaluate("document.querySelector('.md-header__source').remove()")
    assert search.bounding_box() == whole


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "explore/?saves=memory&hardware=mobile&not-needs=retraining&group=topic",
        "explore/?find=cache&view=cards",
        "compare/?papers=dao2022flashattention,vaswani2017attention",
        "models/?context=32k",
        "papers/dao2022flashattention/",
        "topics/architectures/efficient-attention/exact-attention/",
    ],
)
def test_nothing_moves_while_a_page_starts(visit: Visitor, path: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.route("**/assets/rekb/explore.css", without_giving_up)
    visit.context.new_cdp_session(visit.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page = visit.open(path)
    visit.rest()
    assert [shift for shift in page.evaluate(SHIFTS) if shift[0] > ROW_AT_THE_EDGE] == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("FlashAttention", r"papers/dao2022flashattention/"),
        ("Fast and Memory-Efficient Exact", r"papers/dao2022flashattention/"),
        ("Mixture-of-Experts", r"topics/.*mixture-of-experts"),
    ],
)
def test_the_header_search_finds_it_first(visit: Visitor, words: str, first: str) -> None:
    visit.page.set_viewport_size(WIDE)
    page = visit.open("")
    page.click("input.md-search__input")
    page.keyboard.type(words)
    link = page.locator(".md-search-result__link").first
    expect(link).to_have_attribute("href", re.compile(first))


def test_a_question_on_the_home_page_leads_to_its_works(visit: Visitor) -> None:
    page = visit.open("")
    question = page.locator(".rekb-questions a").first
    count = int(question.locator(".rekb-questions__count").inner_text().split()[0].replace(",", ""))
    question.click()
    page.wait_for_url("**/explore/?**")
    expect(page.locator("[data-rekb-rows] tr[data-key]:visible")).to_have_count(count)


def test_a_topic_table_sorts(visit: Visitor) -> None:
    page = visit.open("topics/architectures/")
    years = "td:nth-child(2)"
    page.get_by_role("button", name="Year").click()
    column = sorted(page.locator(f"table[data-rekb-sortable] tbody {years}").all_inner_texts())
    expect(page.locator(f"table[data-rekb-sortable] tbody {years}")).to_have_text(column)
    page.get_by_role("button", name="Year").click()
    expect(page.locator(f"table[data-rekb-sortable] tbody {years}")).to_have_text(column[::-1])


def test_a_long_comparison_is_shown_whole_on_demand(visit: Visitor) -> None:
    page = visit.open("topics/algorithms/")
    rows = page.locator("#works-table tbody tr")
    shown = page.locator("#works-table tbody tr:visible")
    expect(rows).to_have_count(40)  # the newest; the page says where the others are
    expect(
        page.get_by_text("The newest 40 of").locator("a[href*='explore/?topic=algorithms']")
    ).to_be_visible()
    expect(shown).to_have_count(12)
    page.get_by_role("button", name="Year").click()
    expect(shown).to_have_count(12)
    page.get_by_role("button", name="Show the newest 40 works").click()
    expect(shown).to_have_count(rows.count())
    row = "document.activeElement.closest('tr')?.rowIndex"
    assert settled(page, lambda: page.evaluate(row), 13) == 13


def test_a_link_to_what_is_folded_opens_it(visit: Visitor) -> None:
    page = visit.open("topics/algorithms/inference/key-value-cache/")
    expect(page.locator(".rekb-years")).to_be_hidden()
    page.locator(".rekb-jump").get_by_text("Timeline").click()
    page.locator(".rekb-years").wait_for(state="visible")
    page = visit.open("topics/algorithms/inference/#timeline")
    page.locator(".rekb-years").wait_for(state="visible")


def test_paper_shows_what_the_screen_folds(visit: Visitor) -> None:
    page = visit.open("topics/algorithms/inference/key-value-cache/")
    page.emulate_media(media="print")
    rows = page.locator("#works-table tbody tr")
    expect(page.locator("#works-table tbody tr:visible")).to_have_count(rows.count())
    assert page.evaluate("document.querySelector('.rekb-years').getBoundingClientRect().height") > 100


def test_an_empty_comparison_says_how_to_begin(visit: Visitor) -> None:
    page = visit.open("compare/")
    hint = page.locator("[data-rekb-compare-hint]")
    hint.wait_for(state="visible")
    page.get_by_role("link", name="LoRA, QLoRA or DoRA").click()
    page.wait_for_selector(".rekb-table--compare")
    expect(hint).to_be_hidden()


def test_works_are_compared_side_by_side(visit: Visitor) -> None:
    page = visit.open("compare/?papers=frantar2022gptq,lin2023awq,xiao2022smoothquant")
    page.wait_for_selector(".rekb-table--compare")
    expect(page.locator(".rekb-table--compare thead .rekb-work")).to_have_text(["GPTQ", "AWQ", "SmoothQuant"])
    page.get_by_role("button", name="Remove AWQ").click()
    arrived(page, "?papers=frantar2022gptq,xiao2022smoothquant")
    page.fill("#compare-work", "LoRA")
    page.keyboard.press("Enter")
    page.wait_for_selector('.rekb-table--compare a[href="../papers/hu2021lora/"]')
    arrived(page, "?papers=frantar2022gptq,xiao2022smoothquant,hu2021lora")
    page.go_back()
    arrived(page, "?papers=frantar2022gptq,xiao2022smoothquant")


def test_compare_says_that_a_work_is_there_already(visit: Visitor) -> None:
    page = visit.open("compare/?papers=frantar2022gptq,lin2023awq")
    page.wait_for_selector(".rekb-table--compare")
    page.get_by_label("Add a work").fill("gptq")
    page.keyboard.press("Enter")
    expect(page.locator("[data-rekb-compare-status]")).to_have_text("GPTQ is compared already.")
    expect(page.get_by_label("Add a work")).to_have_value("gptq")
    expect(page.locator(".rekb-table--compare thead .rekb-work")).to_have_text(["GPTQ", "AWQ"])


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
@pytest.mark.parametrize(("path", "words"), [("explore/", "Tick what"), ("models/", "may be typed")])
def test_without_scripts_no_sentence_speaks_of_fields(visit: Visitor, path: str, words: str) -> None:
    page = visit.open(path)
    expect(page.get_by_text(words)).to_have_count(1)
    expect(page.get_by_text(words)).to_be_hidden()


def test_only_topics_are_counted_as_topics(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("about/")
    status = page.locator("#header-search-status")
    expect(status).to_have_text("Type a work, a topic, an author or an identifier")
    page.fill("input.md-search__input", "a")
    expect(page.get_by_role("region", name="Pages")).to_have_count(1)
    found = re.search(r"(\d+) topics, |(\d+) topics$", status.inner_text())
    assert found
    assert int(found[1] or found[2]) <= len(base.topics)
    titles = {topic.title for topic in base.topics.values()}
    page.fill("input.md-search__input", "memory")
    topics = page.get_by_role("region", name="Topics").locator(".rekb-hit__title")
    expect(page.get_by_role("region", name="Pages").locator("a").first).to_have_attribute(
        "href", re.compile(r"resources/memory/$")
    )
    assert set(topics.all_inner_texts()) <= titles


def test_compare_offers_a_list_where_several_works_are_meant(visit: Visitor) -> None:
    page = visit.open("compare/")
    page.fill("#compare-work", "quant")
    page.keyboard.press("Enter")
    page.get_by_text("Which of these is meant").wait_for()
    arrived(page, "compare/")
    expect(page.locator(".rekb-compare__hits a").first).to_be_focused()
    page.fill("#compare-work", "flash attention")
    page.locator("#compare-work").press("Enter")
    page.wait_for_selector('.rekb-table--compare a[href="../papers/dao2022flashattention/"]')
    page.fill("#compare-work", "https://arxiv.org/abs/2309.06180")
    page.locator("#compare-work").press("Enter")
    page.wait_for_selector('.rekb-table--compare a[href="../papers/kwon2023efficient/"]')


def test_the_box_of_the_home_page_lists_what_is_found(visit: Visitor) -> None:
    page = visit.open("")
    box = page.locator("[data-rekb-ask]")
    box.locator("input").fill("continuous batching")
    hits = box.locator("section[aria-label=Works] a.rekb-hit")
    expect(hits.filter(has_text="Orca: A Distributed")).to_be_visible()
    expect(box.locator("section[aria-label=Works]")).to_contain_text("OSDI 2022")
    box.locator("input").press("ArrowDown")
    expect(box.locator("a.rekb-hit").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box.locator("[data-rekb-hits]")).to_be_hidden()
    box.locator("input").fill("2205.14135")
    expect(box.locator("a.rekb-hit")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/dao2022flashattention/")


@pytest.mark.parametrize(
    ("asked", "key"), [("2205.14135", "dao2022flashattention"), ("vllm", "kwon2023efficient")]
)
def test_explore_knows_identifiers_and_systems(visit: Visitor, asked: str, key: str) -> None:
    page = visit.open(f"explore/?find={asked}")
    page.wait_for_selector("[data-rekb-ready]")
    rows = page.locator("[data-rekb-rows] tr[data-key]")
    expect(rows.first).to_have_attribute("data-key", key)


def test_works_that_were_put_to_one_test_show_it_together(visit: Visitor, base: KnowledgeBase) -> None:
    test = next(found for found in common_tests(base) if len(found.works) > 2).numbers
    one, two = test[0], next(named for named in test if named.key != test[0].key)
    first, second = (value_text(named.result, named.words.metric) for named in (one, two))
    page = visit.open(f"compare/?papers={one.key},{two.key}")
    values = page.locator(".rekb-test__values").filter(has_text=first)
    expect(values.first.locator("td")).to_have_text([first, second])
    reported = page.locator("tr").filter(has=page.get_by_role("rowheader", name="Reported"))
    assert f"{first} {one.words.metric} {one.words.setting}" not in reported.inner_text()


def test_works_of_different_tests_have_no_row_for_them(visit: Visitor) -> None:
    page = visit.open("compare/?papers=dao2022flashattention,vaswani2017attention")
    page.locator(".rekb-table--compare").wait_for()
    expect(page.locator(".rekb-test")).to_have_count(0)


def test_a_key_that_is_not_there_is_named(visit: Visitor) -> None:
    page = visit.open("compare/?papers=lin2023awq,nobody2020nothing")
    page.wait_for_selector(".rekb-table--compare")
    expect(page.locator("[data-rekb-compare-status]")).to_have_text(
        "Not in the knowledge base: nobody2020nothing"
    )
