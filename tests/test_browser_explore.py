"""The explore page in a real browser: filters, counts, address, history, search, sort, download."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rekb.kb import KnowledgeBase
from rekb.model import Entry
from visitor import Visitor

Test = Callable[[Entry], bool]


def saves(entry: Entry, resource: str | None, phase: str | None) -> bool:
    return any(
        e.change == "saves" and resource in (None, e.resource) and phase in (None, e.phase)
        for e in entry.effects
    )


def needs(entry: Entry, word: str) -> bool:
    return word in (entry.requires or ())


QUERIES: list[tuple[str, Test]] = [
    ("", lambda _: True),
    ("saves=memory", lambda e: saves(e, "memory", None)),
    ("saves=memory&phase=inference", lambda e: saves(e, "memory", "inference")),
    ("saves=memory&saves=latency", lambda e: saves(e, "memory", None) or saves(e, "latency", None)),
    (
        "saves=memory&phase=inference&not-needs=retraining&not-needs=fine-tuning",
        lambda e: (
            saves(e, "memory", "inference") and not needs(e, "retraining") and not needs(e, "fine-tuning")
        ),
    ),
    ("needs=custom-kernel", lambda e: needs(e, "custom-kernel")),
    ("needs=unknown", lambda e: e.requires is None),
    ("topic=systems", lambda e: any(t.startswith("systems/") for t in e.topics)),
    ("year=2022&modality=vision", lambda e: e.year == 2022 and "vision" in e.modalities),
    ("find=flashattention", lambda e: "flashattention" in f"{e.name} {e.title}".casefold()),
]


def expected(base: KnowledgeBase, test: Test) -> set[str]:
    return {key for key, entry in base.entries.items() if test(entry)}


def shown(page: Page) -> list[str]:
    keys: list[str] = page.eval_on_selector_all(
        "[data-rekb-rows] tr:not([hidden])", "rows => rows.map(row => row.dataset.key)"
    )
    return keys


@pytest.mark.parametrize(("query", "test"), QUERIES, ids=[query or "all" for query, _ in QUERIES])
def test_an_address_shows_exactly_the_works_that_fit(
    visit: Visitor, base: KnowledgeBase, query: str, test: Test
) -> None:
    page = visit.open(f"explore/?{query}")
    keys = expected(base, test)
    assert set(shown(page)) == keys
    total = len(base.entries)
    words = f"{total} works" if len(keys) == total else f"{len(keys)} of {total} works"
    assert page.inner_text("[data-rekb-status]") == words


def test_each_count_is_what_the_box_leaves(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?phase=inference")
    for resource in ("memory", "latency"):
        box = page.locator(f'input[name="saves"][value="{resource}"]')
        count = box.locator("xpath=ancestor::li").locator("[data-rekb-count]").inner_text()
        left = [entry for entry in base.entries.values() if saves(entry, resource, "inference")]
        assert int(count) == len(left)


def test_ticking_writes_the_address_and_going_back_undoes_it(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/")
    page.check('input[name="saves"][value="memory"]')
    page.check('input[name="phase"][value="inference"]')
    assert page.url.endswith("explore/?saves=memory&phase=inference")
    both = expected(base, lambda e: saves(e, "memory", "inference"))
    assert set(shown(page)) == both
    page.go_back()
    assert page.url.endswith("explore/?saves=memory")
    assert not page.is_checked('input[name="phase"][value="inference"]')
    assert set(shown(page)) == expected(base, lambda e: saves(e, "memory", None))
    page.go_back()
    assert len(shown(page)) == len(base.entries)


def test_not_leaves_out_and_its_chip_takes_it_back(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/")
    page.click('[data-rekb-facet="needs"] [data-rekb-not="custom-kernel"]')
    assert set(shown(page)) == expected(base, lambda e: not needs(e, "custom-kernel"))
    assert "not-needs=custom-kernel" in page.url
    page.click("[data-rekb-active] button")
    assert len(shown(page)) == len(base.entries)


def test_searching_ignores_accents_and_case(visit: Visitor) -> None:
    page = visit.open("explore/")
    page.fill('input[name="find"]', "RE, CHRISTOPHER")
    assert "dao2022flashattention" in shown(page)


@pytest.mark.parametrize(("order", "first"), [("newest", max), ("oldest", min)])
def test_sorting(visit: Visitor, base: KnowledgeBase, order: str, first: Callable[..., int]) -> None:
    page = visit.open("explore/")
    page.select_option("[data-rekb-sort]", order)
    assert base.entries[shown(page)[0]].year == first(entry.year for entry in base.entries.values())
    assert page.url.endswith("explore/" if order == "newest" else "explore/?sort=oldest")


@pytest.mark.parametrize(
    ("form", "mark"),
    [("bibtex", "{{{key},"), ("csv", "{key}"), ("ris", "ID  - {key}"), ("csl-json", '"id": "{key}"')],
)
def test_downloading_exactly_the_shown_works(
    visit: Visitor, base: KnowledgeBase, tmp_path: Path, form: str, mark: str
) -> None:
    page = visit.open("explore/?find=flashattention")
    keys = set(shown(page))
    with page.expect_download() as caught:
        page.click(f'[data-rekb-download="{form}"]')
    file = tmp_path / "download"
    caught.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert {key for key in base.entries if mark.format(key=key) in text} == keys


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_every_work_is_listed(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/")
    assert page.locator("[data-rekb-rows] tr").count() == len(base.entries)
    assert page.locator("[data-rekb-facets]").is_hidden()


def test_the_basket_is_kept_and_leads_to_the_comparison(visit: Visitor) -> None:
    page = visit.open("explore/?find=flashattention")
    page.check('[data-rekb-pick="dao2022flashattention"]')
    page.reload()
    assert page.is_checked('[data-rekb-pick="dao2022flashattention"]')
    assert page.inner_text("[data-rekb-basket-count]") == "1 selected"
    page.click("[data-rekb-basket-clear]")
    assert page.locator("[data-rekb-basket]").is_hidden()
