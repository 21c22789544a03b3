"""The explore page in a real browser: filters, counts, address, history, search, sort, download."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from corpus_facets import fitting
from rekb.kb import KnowledgeBase
from rekb.site.facets.questions import question_views
from rekb.site.pages.explore import FIRST
from visitor import DRAWN, Visitor, arrived, draws_first, held_back, settled, shown, shows


def expected(base: KnowledgeBase, query: str) -> list[str]:
    return sorted(fitting(base, query))


def test_ticking_writes_the_address_and_going_back_undoes_it(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/")
    page.check('input[name="saves"][value="memory"]')
    page.check('input[name="phase"][value="inference"]')
    arrived(page, "explore/?saves=memory&phase=inference")
    shows(page, expected(base, "saves=memory&phase=inference"))
    page.go_back()
    arrived(page, "explore/?saves=memory")
    expect(page.locator('input[name="phase"][value="inference"]')).not_to_be_checked()
    shows(page, expected(base, "saves=memory"))
    page.go_back()
    shows(page, base.entries)


def test_not_leaves_out_and_its_chip_takes_it_back(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/")
    page.click('[data-rekb-facet="needs"] [data-rekb-not="custom-kernel"]')
    shows(page, expected(base, "not-needs=custom-kernel"))
    arrived(page, "not-needs=custom-kernel")
    page.click("[data-rekb-active] button")
    shows(page, base.entries)


@pytest.mark.parametrize(("order", "first"), [("newest", max), ("oldest", min)])
def test_sorting(visit: Visitor, base: KnowledgeBase, order: str, first: Callable[..., int]) -> None:
    page = visit.open("explore/")
    page.select_option("[data-rekb-sort]", order)
    year = first(entry.year for entry in base.entries.values())
    assert settled(page, lambda: base.entries[shown(page)[0]].year, year) == year
    arrived(page, "explore/" if order == "newest" else "explore/?sort=oldest")


@pytest.mark.parametrize(
    ("form", "mark"),
    [("bibtex", "{{{key}"), ("csv", "{key}"), ("ris", "ID  - {key}"), ("csl-json", '"id":"{key}"')],
)
def test_downloading_exactly_the_shown_works(
    visit: Visitor, base: KnowledgeBase, tmp_path: Path, form: str, mark: str
) -> None:
    page = visit.open("explore/?find=flashattention")
    keys = set(shown(page))
    assert downloaded(page, base, tmp_path, form, mark) == keys
    page.check('[data-rekb-pick="dao2022flashattention"]')
    scope = "[data-rekb-scope]"
    assert downloaded(page, base, tmp_path, form, mark, scope) == {"dao2022flashattention"}


def downloaded(
    page: Page,
    base: KnowledgeBase,
    folder: Path,
    form: str,
    mark: str,
    scope: str = ":not([data-rekb-scope])",
) -> set[str]:
    with page.expect_download() as caught:
        page.click(f'[data-rekb-download="{form}"]{scope}')
    file = folder / "download"
    caught.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("\ufeff") == (form == "csv")  # spreadsheets need it
    return {key for key in base.entries if re.search(re.escape(mark.format(key=key)) + r"(?!\w)", text)}


@pytest.mark.parametrize(("query", "most"), [("", 10), ("?find=flashattention", 200)])
def test_zotero_is_offered_the_shown_works(visit: Visitor, query: str, most: int) -> None:
    page = visit.open(f"explore/{query}")
    wanted = min(len(shown(page)), most)
    page.mouse.move(200, 200)
    page.wait_for_function(
        "wanted => document.querySelectorAll('[data-rekb-save] .Z3988').length === wanted", arg=wanted
    )
    spans = page.locator("[data-rekb-save] .Z3988")
    assert all((spans.nth(n).get_attribute("title") or "").startswith("ctx_ver=") for n in range(wanted))


@pytest.mark.parametrize("path", ["resources/memory/", "topics/systems/", "authors/z/"])
def test_zotero_is_offered_the_works_of_a_list(visit: Visitor, path: str) -> None:
    page = visit.open(path)
    spans = page.locator("[data-rekb-saved] .Z3988")
    assert spans.count() == 10
    links = page.locator(".rekb-list .rekb-work, .rekb-compared .rekb-work, .rekb-people__works a")
    works = {links.nth(n).get_attribute("href") for n in range(links.count())}
    page.mouse.move(200, 200)
    page.wait_for_function(
        "wanted => document.querySelectorAll('[data-rekb-saved] .Z3988').length === wanted",
        arg=min(len(works), 200),
    )
    texts = spans.evaluate_all("all => all.map(span => span.title)")
    assert all(text.startswith("ctx_ver=") for text in texts)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_newest_are_listed_and_links_lead_to_all(
    visit: Visitor, base: KnowledgeBase
) -> None:
    page = visit.open("explore/")
    assert page.locator("[data-rekb-rows] tr[data-key]:visible").count() == FIRST
    assert page.locator("[data-rekb-facets]").is_hidden()
    assert page.locator("[data-rekb-more]").is_hidden()
    rest = page.locator(".rekb-note:visible")
    counts = [int(text.replace(",", "")) for text in re.findall(r"\(([\d,]+)\)", rest.inner_text())]
    assert sum(counts) == len(base.entries)
    links = rest.locator("a").all()
    addresses = [page.evaluate("link => link.href", link.element_handle()) for link in links]
    assert len(addresses) == len(counts) + 2
    assert [page.request.get(address).status for address in addresses] == [200] * len(addresses)


def test_a_row_of_the_script_is_as_the_page_has_it(visit: Visitor) -> None:
    page = visit.open("explore/")
    made = page.evaluate(
        """(first) => {
            const { works } = rekb.begun;
            const form = document.querySelector("[data-rekb-facets]");
            const topics = rekb.boxes.topicLabels(rekb.boxes.choicesOf(form, works.scopes));
            const row = (_, place) => {
                const year = works.year[place];
                const key = rekb.workkeys.keyAt(works, place, year);
                return rekb.rows.makeRow(works, place, { key, year }, "nothing special", topics);
            };
            return works.keys.slice(0, first).map(row).map((made) => made.outerHTML);
        }""",
        FIRST,
    )
    page = visit.open("browse/")
    written = page.evaluate(
        """async () => {
            const page = await (await fetch("../explore/")).text();
            const rows = new DOMParser().parseFromString(page, "text/html").querySelectorAll("tr[data-key]");
            return [...rows].map((row) => row.outerHTML);
        }"""
    )
    squeezed = [re.sub(r">\s+<", "><", row).replace(" </td>", "</td>") for row in written]
    assert len(written) == FIRST
    assert [re.sub(r">\s+<", "><", row).replace(" </td>", "</td>") for row in made] == squeezed


def test_what_is_pressed_before_the_works_are_there_counts(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.page
    held = held_back(page, "**/works.json")
    page.goto(f"{visit.address}explore/")
    page.check('input[name="saves"][value="memory"]')
    page.click('[data-rekb-facet="needs"] [data-rekb-not="custom-kernel"]')
    assert settled(page, lambda: len(held), 1) == 1
    assert page.locator("[data-rekb-ready]").count() == 0
    held.pop().continue_()
    wanted = expected(base, "saves=memory&not-needs=custom-kernel")
    assert settled(page, lambda: sorted(shown(page)), wanted) == wanted
    assert page.url.endswith("explore/?saves=memory&not-needs=custom-kernel")


def test_nothing_moves_when_the_works_are_there(visit: Visitor) -> None:
    page = visit.page
    held = held_back(page, "**/works.json")
    page.goto(f"{visit.address}explore/")
    first = page.locator("[data-rekb-rows] tr[data-key]").first
    assert settled(page, lambda: len(held), 1) == 1
    before = first.bounding_box()
    held.pop().continue_()
    page.wait_for_selector(DRAWN, state="attached")
    assert first.bounding_box() == before


def test_a_page_of_very_many_works_fetches_them_when_it_is_used(visit: Visitor, base: KnowledgeBase) -> None:
    def marked(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("data-rekb-root", "data-rekb-waits data-rekb-root")
        )

    asked: list[str] = []
    visit.page.route("**/explore/", marked)
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.page
    page.goto(f"{visit.address}explore/")
    visit.rest()
    assert not [url for url in asked if "works.json" in url]
    page.click("[data-rekb-more]")
    wanted = sorted(base.entries)
    assert settled(page, lambda: sorted(shown(page)), wanted) == wanted


def test_works_that_cannot_be_fetched_are_said_to_be_missing(visit: Visitor) -> None:
    visit.page.route("**/works.json", lambda route: route.fulfill(status=404, body=""))
    page = visit.page
    page.goto(f"{visit.address}explore/?saves=memory")
    status = page.locator("[data-rekb-status]")
    expect(status).to_have_text("The works could not be loaded; open the page again.")
    assert page.locator("[data-rekb-rows] tr[data-key]:visible").count() == FIRST
    visit.errors.clear()


def test_the_basket_is_kept_and_leads_to_the_comparison(visit: Visitor) -> None:
    page = visit.open("explore/?find=flashattention")
    page.check('[data-rekb-pick="dao2022flashattention"]')
    page.reload()
    expect(page.locator('[data-rekb-pick="dao2022flashattention"]')).to_be_checked()
    expect(page.locator("[data-rekb-basket-count]")).to_have_text("1 selected")
    page.click("[data-rekb-basket-clear]")
    expect(page.locator("[data-rekb-basket]")).to_be_hidden()


def test_only_the_selected_works_are_shown_when_asked(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?find=flashattention")
    page.check('[data-rekb-pick="dao2022flashattention"]')
    page.click("[data-rekb-basket-only]")
    shows(page, ["dao2022flashattention"])
    page.click("[data-rekb-basket-only]")
    page.click("text=Clear selection")
    page.fill("[data-rekb-find]", "")
    shows(page, base.entries)


def test_chips_name_their_facet_and_clear_all_clears(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?saves=memory&not-needs=retraining&from=2022&find=model")
    chips = page.locator("[data-rekb-active] li")
    wanted = [
        ["Gains", "Memory"], ["Needs:", "not", "Retraining"], ["Year", "from", "2022"],
        ["Found", "by", "“model”"], ["Clear", "all"],
    ]  # fmt: skip
    assert settled(page, lambda: [chip.split() for chip in chips.all_inner_texts()], wanted) == wanted
    page.get_by_role("button", name="Remove filter Year from 2022").click()
    arrived(page, "?saves=memory&not-needs=retraining&find=model")
    page.get_by_role("button", name="Clear all").click()
    arrived(page, "explore/")
    shows(page, base.entries)


def test_going_back_from_a_search_leaves_it_whole(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?saves=memory")
    page.locator("[data-rekb-find]").press_sequentially("cache")
    page.wait_for_url("**/explore/?saves=memory&find=cache")
    page.go_back()
    arrived(page, "?saves=memory")
    expect(page.locator("[data-rekb-find]")).to_have_value("")
    shows(page, expected(base, "saves=memory"))


ORDERS: list[tuple[str, Callable[[Any], Any]]] = [
    ("newest", lambda row: -row[1]),
    ("oldest", lambda row: row[1]),
    ("venue", lambda row: row[2].casefold()),
]


@pytest.mark.parametrize(("order", "key"), ORDERS, ids=[order for order, _ in ORDERS])
def test_every_order_holds_for_the_whole_list(
    visit: Visitor, base: KnowledgeBase, order: str, key: Callable[[Any], Any]
) -> None:
    page = visit.open(f"explore/?saves=memory&sort={order}")
    page.check('input[name="saves"][value="latency"]')
    shows(page, expected(base, "saves=memory&saves=latency"))
    cells = page.eval_on_selector_all(
        "[data-rekb-rows] tr[data-key]:not([hidden])",
        "rows => rows.map(({dataset, cells: [, year, venue]}) => "
        "[dataset.key, Number(year.textContent), venue.textContent])",
    )
    assert [key(row) for row in cells] == sorted(key(row) for row in cells)


def test_groups_hold_every_shown_work_once_largest_first(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?saves=memory&phase=fine-tuning&group=topic")
    groups = read_groups(page)
    assert sum(len(keys) for _, _, keys in groups) == len(shown(page))
    sizes = [len(keys) for _, _, keys in groups]
    assert sizes == sorted(sizes, reverse=True)
    for topic, count, keys in groups:
        assert count.split()[0] == str(len(keys))
        assert {base.entries[key].topics[0] for key in keys} == {topic}
    page.click('[data-rekb-facet="modality"] summary')
    page.check('input[name="modality"][value="vision"]')
    wanted = fitting(base, "saves=memory&phase=fine-tuning&modality=vision")
    assert settled(page, lambda: {key for _, _, keys in read_groups(page) for key in keys}, wanted) == wanted
    page.select_option("[data-rekb-group]", "")
    expect(page.locator(".rekb-group")).to_have_count(0)
    shows(page, expected(base, "saves=memory&phase=fine-tuning&modality=vision"))


def read_groups(page: Page) -> list[tuple[str, str, list[str]]]:
    """Return topic, count and works of each group."""
    read: list[tuple[str, str, list[str]]] = page.eval_on_selector_all(
        ".rekb-group",
        """heads => heads.map(head => [
            new URL(head.querySelector("a").href).pathname.split("/topics/")[1].replace(/\\/$/, ""),
            head.querySelector(".rekb-count").textContent,
            [...head.parentNode.querySelectorAll("tr[data-key]:not([hidden])")].map(row => row.dataset.key),
        ])""",
    )
    return read


def test_a_group_follows_the_topic_that_was_asked_for(visit: Visitor) -> None:
    page = visit.open("explore/?topic=systems/cloud-serving&group=topic")
    assert {topic.startswith("systems/cloud-serving") for topic, _, _ in read_groups(page)} == {True}


def test_a_short_form_stands_for_a_reason_until_it_is_there(visit: Visitor, base: KnowledgeBase) -> None:
    held = held_back(visit.page, "**/reasons/memory.json")
    page = visit.open("explore/?saves=memory&phase=inference&view=cards")
    nothing: set[str] = set()
    reasons = page.locator(".rekb-why")
    assert {*reasons.all_text_contents()} == {"Memory, Inference"}
    hows = {
        e.how
        for entry in base.entries.values()
        for e in entry.effects
        if (e.resource, e.phase) == ("memory", "inference")
    }
    held[0].continue_()
    assert settled(page, lambda: {*reasons.all_text_contents()} - hows, nothing) == nothing


def test_a_question_shows_its_text_until_a_filter_changes(visit: Visitor, base: KnowledgeBase) -> None:
    view = question_views(base)[0]
    page = visit.open(view.path)
    heading = page.locator("[data-rekb-question]:visible")
    assert heading.locator("h2").inner_text() == view.text
    nothing: set[str] = set()
    reasons = page.locator("tr[data-key]:not([hidden]) .rekb-why")
    hows = {e.how for entry in base.entries.values() for e in entry.effects if e.resource == "memory"}
    assert reasons.count() == view.count
    assert settled(page, lambda: {*reasons.all_text_contents()} - hows, nothing) == nothing
    page.locator("[data-rekb-active] button").first.click()
    expect(heading).to_have_count(0)
    page.go_back()
    expect(heading).to_have_count(1)


def test_works_that_do_not_say_are_offered_and_let_in(visit: Visitor, base: KnowledgeBase) -> None:
    asked = "saves=memory&phase=inference&hardware=consumer-gpu"
    silent = len(fitting(base, asked.replace("consumer-gpu", "unknown")))
    page = visit.open(f"explore/?{asked}")
    offer = page.locator("[data-rekb-silent]")
    assert offer.inner_text().startswith(f"{silent:,} more fit otherwise, but where it ran is not known.")
    offer.get_by_role("button").click()
    shows(page, expected(base, f"{asked}&hardware=unknown"))
    expect(offer).to_be_hidden()


@pytest.mark.parametrize("query", ["", "saves=memory", "not-hardware=unknown&hardware=mobile"])
def test_nothing_is_offered_where_nobody_asked_or_it_was_refused(visit: Visitor, query: str) -> None:
    page = visit.open(f"explore/?{query}")
    assert shown(page)
    expect(page.locator("[data-rekb-silent]")).to_be_hidden()


def test_a_question_stays_with_works_that_do_not_say(visit: Visitor, base: KnowledgeBase) -> None:
    asked = next(q for q in question_views(base) if "hardware=mobile" in q.query)
    page = visit.open(asked.path)
    page.locator("[data-rekb-silent]").get_by_role("button").click()
    assert page.locator(".rekb-question:visible h2").all_inner_texts() == [asked.text]


def test_cards_are_in_the_address_and_remembered(visit: Visitor) -> None:
    page = visit.open("explore/?saves=memory")
    page.click('[data-rekb-view="cards"]')
    arrived(page, "?saves=memory&view=cards")
    expect(page.locator(".rekb-works--cards")).to_have_count(1)
    visit.open("explore/")
    expect(page.locator(".rekb-works--cards")).to_have_count(1)
    visit.open("explore/?view=table")
    expect(page.locator(".rekb-works--cards")).to_have_count(0)


def focused(page: Page) -> str | None:
    key: str | None = page.evaluate("document.activeElement.closest('tr')?.dataset.key ?? null")
    return key


@pytest.mark.parametrize("query", ["", "?saves=memory&group=topic", "?view=cards&sort=name"])
def test_the_keyboard_reaches_selects_and_opens(visit: Visitor, query: str) -> None:
    page = visit.open(f"explore/{query}")
    keys = shown(page)
    for key, place in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert settled(page, lambda: focused(page) or "", keys[place]) == keys[place]
    page.keyboard.press("x")
    expect(page.locator("[data-rekb-basket-count]")).to_have_text("1 selected")
    expect(page.locator(f'[data-rekb-pick="{keys[1]}"]')).to_be_checked()
    page.keyboard.press("/")
    expect(page.locator("[data-rekb-find]")).to_be_focused()
    page.keyboard.type("jx/")
    expect(page.locator("[data-rekb-find]")).to_have_value("jx/")
    page.fill("[data-rekb-find]", "")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_the_table_is_broken_or_cut(visit: Visitor, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("explore/")
    cut = page.evaluate(
        """() => {
            const cut = [];
                for (const cell of document.querySelectorAll("[data-rekb-rows] tr[data-key] > *")) {
                cell.parentNode.style.contentVisibility = "visible";
                const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                const box = cell.getBoundingClientRect();
                for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    for (const word of node.data.matchAll(/[A-Za-z]{3,}/g)) {
                        const range = document.createRange();
                        range.setStart(node, word.index);
                        range.setEnd(node, word.index + word[0].length);
                        const parts = range.getClientRects();
                        const out = [...parts].some(part => part.right > box.right + 1);
                        if (parts.length > 1 || out) cut.push(word[0]);
                    }
                }
            }
            return cut;
        }"""
    )
    assert cut == []


def test_a_long_list_is_drawn_in_part_until_asked_for(visit: Visitor, base: KnowledgeBase) -> None:
    draws_first(visit.page, 20)
    page = visit.open("explore/?group=topic")
    rows = page.locator("[data-rekb-rows] tr[data-key]:not([hidden])")
    expect(rows).to_have_count(20)
    expect(page.locator("[data-rekb-status]")).to_have_text(f"{len(base.entries):,} works")
    expect(page.locator("[data-rekb-more]")).to_have_text(f"Show the other {len(base.entries) - 20:,} works")
    page.click("[data-rekb-more]")
    expect(rows).to_have_count(len(base.entries))
    expect(page.locator("[data-rekb-more]")).to_be_hidden()


def test_on_a_phone_the_filters_open_and_lead_back_to_the_works(visit: Visitor, base: KnowledgeBase) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("explore/")
    expect(page.locator("[data-rekb-facets]")).to_be_hidden()
    page.click("[data-rekb-toggle-filters]")
    page.check('input[name="saves"][value="memory"]')
    expect(page.locator("[data-rekb-rows]")).to_be_hidden()
    keys = expected(base, "saves=memory")
    expect(page.locator("[data-rekb-done]")).to_have_text(f"Show {len(keys):,} works")
    page.click("[data-rekb-done]")
    expect(page.locator("[data-rekb-facets]")).to_be_hidden()
    expect(page.locator("[data-rekb-toggle-filters]")).to_have_text("Filters (1)")
    shows(page, keys)
