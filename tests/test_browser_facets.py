"""Every number of explore and finder against the files: states alone, together, negated, ranged, searched."""

import pytest
from playwright.sync_api import Page, expect

from corpus_facets import FACETS, fitting, holds
from rekb.kb import KnowledgeBase
from visitor import Visitor, arrived, settled, shown, shows

STATES = [
    "",
    "saves=memory",
    "saves=memory&saves=latency",
    "saves=memory&phase=inference",
    "saves=energy&phase=fine-tuning&phase=inference",
    "phase=inference&not-saves=memory",
    "saves=memory&phase=inference&not-needs=retraining&not-needs=fine-tuning&not-needs=unknown",
    "needs=nothing",
    "needs=unknown",
    "needs=nothing&needs=custom-kernel",
    "hardware=unknown&not-hardware=mobile",
    "topic=systems",
    "topic=algorithms/model-compression/quantization&topic=architectures&not-topic=architectures/diffusion",
    "modality=vision&costs=quality",
    "venue=neurips&code=official",
    "state=complete&code=none",
    "from=2022",
    "to=2019",
    "from=2021&to=2022&modality=vision&not-code=official",
]


@pytest.mark.parametrize("query", STATES, ids=lambda query: query or "all")
def test_works_and_counts_are_those_of_the_files(visit: Visitor, base: KnowledgeBase, query: str) -> None:
    page = visit.open(f"explore/?{query}")
    keys = fitting(base, query)
    shows(page, keys)
    total = len(base.entries)
    words = f"{total:,} works" if len(keys) == total else f"{len(keys):,} of {total:,} works"
    expect(page.locator("[data-rekb-status]")).to_have_text(words)
    wanted = expected_counts(base, query, counts(page).keys())
    assert settled(page, lambda: counts(page), wanted) == wanted


Box = tuple[str, str]


def counts(page: Page) -> dict[Box, int]:
    """Return the number beside every box."""
    read = page.eval_on_selector_all(
        ".rekb-choice:has([data-rekb-count])",
        """boxes => boxes.map(box => {
            const input = box.querySelector("input");
            const number = box.querySelector("[data-rekb-count]").textContent.replaceAll(",", "");
            return [input.name, input.value, Number(number)];
        })""",
    )
    return {(facet, word): number for facet, word, number in read}


def expected_counts(base: KnowledgeBase, query: str, boxes: object) -> dict[Box, int]:
    """Return what each box would leave: with only it ticked in its facet, all else as it is."""
    found: dict[Box, int] = {}
    rest = {
        facet: fitting(base, "&".join(p for p in query.split("&") if not p.startswith(f"{facet}=")))
        for facet in FACETS
    }
    for facet, word in boxes:  # type: ignore[attr-defined]
        if facet in ("saves", "phase"):
            others = [p for p in query.split("&") if p and not p.startswith(f"{facet}=")]
            found[facet, word] = len(fitting(base, "&".join([*others, f"{facet}={word}"])))
        else:
            found[facet, word] = len(holding(base, facet, word) & rest[facet])
    return found


_HOLDING: dict[Box, frozenset[str]] = {}


def holding(base: KnowledgeBase, facet: str, word: str) -> frozenset[str]:
    """Return the works for which a word holds; each word is asked about once for all rows."""
    if (facet, word) not in _HOLDING:
        keys = (key for key, entry in base.entries.items() if holds(base, entry, facet, word))
        _HOLDING[facet, word] = frozenset(keys)
    return _HOLDING[facet, word]


def test_the_years_say_how_many_works_each_has(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?saves=memory&from=2021")
    keys = fitting(base, "saves=memory")
    years = sorted({entry.year for entry in base.entries.values()}, reverse=True)
    options = page.locator("[data-rekb-from] option").all_text_contents()
    counted = [f"{year} ({sum(base.entries[key].year == year for key in keys)})" for year in years]
    assert options == ["any", *counted]


def test_a_year_in_the_address_sets_both_bounds(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("explore/?year=2022")
    shows(page, fitting(base, "from=2022&to=2022"))


FINDS = [
    ("flashattention", "dao2022flashattention"),
    ("FlashAtention", "dao2022flashattention"),
    ("flahsattention", "dao2022flashattention"),
    ("flash atention", "dao2022flashattention"),
    ("DAO, RE, flash", "dao2022flashattention"),
    ("qunatization generative frantar", "frantar2022gptq"),
    ("quantisation generative frantar", "frantar2022gptq"),
    ("smoothqaunt", "xiao2022smoothquant"),
    ("smoothq", "xiao2022smoothquant"),
    ("lora", "hu2021lora"),
]


@pytest.mark.parametrize(("text", "key"), FINDS)
def test_a_search_finds_it_first(visit: Visitor, text: str, key: str) -> None:
    page = visit.open("explore/")
    page.fill("[data-rekb-find]", text)
    assert settled(page, lambda: shown(page)[:1], [key]) == [key]
    expect(page.locator("[data-rekb-sort]")).to_have_value("match")


def test_a_search_for_nothing_that_exists_finds_nothing(visit: Visitor) -> None:
    page = visit.open("explore/?find=xyzzyplugh")
    shows(page, [])
    expect(page.locator("[data-rekb-empty]")).to_be_visible()


ANSWERS = [
    ([], [], ""),
    (["saves=memory"], [], "saves=memory"),
    (
        ["saves=memory", "phase=inference", "modality=language"],
        ["retraining", "fine-tuning", "pre-training"],
        "saves=memory&phase=inference&modality=language&"
        + "&".join(f"not-needs={word}" for word in ("fine-tuning", "pre-training", "retraining")),
    ),
    (
        ["saves=energy", "saves=latency", "hardware=mobile", "hardware=unknown"],
        ["unknown"],
        "saves=energy&saves=latency&hardware=mobile&hardware=unknown&not-needs=unknown",
    ),
]


@pytest.mark.parametrize(("ticked", "unticked", "query"), ANSWERS)
def test_the_finder_ends_in_the_works_that_it_counted(
    visit: Visitor, base: KnowledgeBase, ticked: list[str], unticked: list[str], query: str
) -> None:
    page = visit.open("finder/")
    for pair in ticked:
        facet, word = pair.split("=")
        page.check(f'[data-rekb-finder] input[name="{facet}"][value="{word}"]')
    for word in unticked:
        page.uncheck(f'[data-rekb-met="{word}"]')
    keys = fitting(base, query)
    expect(page.locator("[data-rekb-go]")).to_have_text(f"Show {len(keys):,} works")
    wanted = expected_counts(base, query, counts(page).keys())
    assert settled(page, lambda: counts(page), wanted) == wanted
    page.click("[data-rekb-go]")
    page.wait_for_url("**/explore/?**")
    arrived(page, "explore/?" + f"{query}&group=topic".lstrip("&"))
    page.wait_for_selector(".rekb-group")
    shows(page, keys)


def test_nothing_at_all_leaves_the_works_that_need_nothing(visit: Visitor, base: KnowledgeBase) -> None:
    page = visit.open("finder/")
    page.click("[data-rekb-none]")
    free = sum(entry.requires == () for entry in base.entries.values())
    expect(page.locator("[data-rekb-go]")).to_have_text(f"Show {free:,} works")
    page.click("[data-rekb-all]")
    expect(page.locator("[data-rekb-go]")).to_have_text(f"Show {len(base.entries):,} works")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_the_finder_is_a_plain_form_without_scripts(visit: Visitor) -> None:
    page = visit.open("finder/")
    page.check('input[name="saves"][value="memory"]')
    page.click("[data-rekb-go]")
    page.wait_for_url("**/explore/?saves=memory")
