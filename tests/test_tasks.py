"""What readers come for, in a real browser: each task within so many clicks, typed words and keys.

Every task begins on the page that it names. A click counts one, so does a key that is pressed, and so does a
text that is typed, however long it is. The limits are those that the design promises; less is fine.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from served import served
from visitor import Visitor, patient, settled, shown

Task = Callable[["Hand"], None]
TILES = "papers/dao2022flashattention/"


class Hand:
    """A reader's hand: what it does is counted."""

    def __init__(self, visit: Visitor) -> None:
        self.visit = visit
        self.page: Page = visit.page
        self.count = 0

    def begin(self, path: str) -> None:
        """Open the page where a task begins; that is not counted."""
        self.page = self.visit.open(path)

    def click(self, what: str) -> None:
        """Click on the first thing that fits and can be seen."""
        self.count += 1
        self.page.locator(f"{what} >> visible=true").first.click()

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.count += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press a key."""
        self.count += 1
        self.page.keyboard.press(key)

    def arrives(self, path: str) -> None:
        """Wait until the address ends so."""
        self.page.wait_for_url(lambda url: unquote(url).endswith(path))

    def has_copied(self, words: str) -> None:
        """Wait until the clipboard, which all windows share, holds these words."""
        read = "(words) => navigator.clipboard.readText().then((text) => text.includes(words))"
        assert settled(self.page, lambda: self.page.evaluate(read, words), expected=True)


def saving_memory_on_one_gpu(hand: Hand) -> None:
    """Find what saves memory at inference on one GPU, without training, with code."""
    hand.begin("")
    hand.click('.md-tabs a:text-is("Explore")')
    hand.page.wait_for_selector("[data-rekb-ready]")
    hand.click('.rekb-choice:has-text("Memory") label')
    hand.click('.rekb-choice:has-text("Inference") label')
    for preset in ("Training-free", "One GPU", "Code available"):
        hand.click(f'[data-rekb-presets] button:text-is("{preset}")')
    found = shown(hand.page)
    assert {"xiao2023efficient", "liu2024kivi"} & set(found)
    assert "hu2021lora" not in found


def by_identifier(hand: Hand) -> None:
    """Open the work of an arXiv number."""
    hand.begin("")
    hand.click("#rekb-ask")
    hand.type("2205.14135")
    hand.page.wait_for_selector("[data-rekb-ask] [data-rekb-hits] a")
    hand.press("Enter")
    hand.arrives(TILES)


def topic_by_name(hand: Hand) -> None:
    """Open a topic by what it is called."""
    hand.begin("")
    hand.click("#rekb-ask")
    hand.type("speculative decoding")
    hand.click('[data-rekb-ask] [aria-label="Topics"] a')
    hand.page.wait_for_selector(".rekb-topic h1")
    expect(hand.page.locator("h1")).to_contain_text("Decoding")


def comparison_as_latex(hand: Hand) -> None:
    """Take a work and the one most like it into a paper."""
    hand.begin(TILES)
    hand.click('.rekb-strip a:has-text("Compare")')
    hand.page.wait_for_selector(".rekb-table--compare")
    hand.click('[data-rekb-way="latex"]')
    hand.has_copied(r"\cite{dao2022flashattention}")


def fits_on_a_card(hand: Hand) -> None:
    """Ask what another published model takes."""
    hand.begin("")
    hand.click('.rekb-hero a:text-is("Does it fit?")')
    hand.click("[data-rekb-calculator] [name=model]")
    hand.press("Control+a")
    hand.type("Llama 3.1 8B")
    hand.page.wait_for_selector('[data-rekb-say="headline"]:has-text("Llama 3.1 8B")')


def works_of_an_author(hand: Hand) -> None:
    """See what else an author wrote."""
    hand.begin(TILES)
    hand.click('.rekb-authors a:text-is("Tri Dao")')
    hand.page.wait_for_selector("text=FlashAttention-2")


def works_that_save_memory(hand: Hand) -> None:
    """From the map: which works of a section save a resource."""
    hand.begin("")
    hand.click('.rekb-heat a[aria-label$="Serving on Cloud: Memory"]')
    hand.page.wait_for_selector("[data-rekb-ready]")
    found = shown(hand.page)
    assert "kwon2023efficient" in found


def a_path_to_learn(hand: Hand) -> None:
    """Begin a reading path."""
    hand.begin("")
    hand.click('.md-tabs a:text-is("Learn")')
    hand.click('.rekb-course a:text-is("What attention costs, and how to pay less")')
    expect(hand.page.locator(".rekb-steps__step").nth(4)).to_be_attached()


def what_is_new(hand: Hand) -> None:
    """See what changed in the last month."""
    hand.begin("")
    hand.click('a:text-is("What changed")')
    expect(hand.page.locator("[aria-labelledby^=month-]").first).to_contain_text("works added")


def a_work_that_is_missing(hand: Hand) -> None:
    """Nothing is found: suggest the work."""
    hand.begin("explore/?find=zzqqx")
    hand.page.wait_for_selector("[data-rekb-empty]:not([hidden])")
    hand.count += 1
    target = hand.page.get_attribute('[data-rekb-empty] a:text-is("Suggest it")', "href") or ""
    assert "template=suggest-work.yml" in target


def bibtex(hand: Hand) -> None:
    """Copy the BibTeX of the work that is open."""
    hand.begin(TILES)
    hand.click('button:text-is("Copy BibTeX")')
    hand.has_copied("@inproceedings{dao2022flashattention,")


def a_smaller_cache_and_how_to_cite_it(hand: Hand) -> None:
    """From a question: what makes the KV cache smaller without training, on one GPU, with code; cite it."""
    hand.begin("")
    hand.click('.rekb-questions a:has-text("KV cache")')
    hand.page.wait_for_selector("[data-rekb-ready]")
    for preset in ("Training-free", "One GPU", "Code available"):
        hand.click(f'[data-rekb-presets] button:text-is("{preset}")')
    assert "liu2024kivi" in shown(hand.page)
    hand.click('[data-key="liu2024kivi"] .rekb-work')
    hand.click('button:text-is("Copy BibTeX")')
    hand.has_copied("{liu2024kivi,")


TASKS: list[tuple[str, Task, int]] = [
    ("a", saving_memory_on_one_gpu, 6),
    ("b", by_identifier, 3),
    ("c", topic_by_name, 3),
    ("d", comparison_as_latex, 3),
    ("e", fits_on_a_card, 4),
    ("f", works_of_an_author, 2),
    ("g", works_that_save_memory, 2),
    ("h", a_path_to_learn, 2),
    ("i", what_is_new, 2),
    ("j", a_work_that_is_missing, 2),
    ("k", bibtex, 1),
    ("m", a_smaller_cache_and_how_to_cite_it, 6),
]
"""Each task with its limit."""

QUESTIONS: dict[str, set[str]] = {
    "2205.14135": {"dao2022flashattention"},
    "https://arxiv.org/abs/2106.09685": {"hu2021lora"},
    "10.48550/arXiv.2305.14314": {"dettmers2023qlora"},
    "vllm": {"kwon2023efficient"},
    "continuous batching": {"yu2022orca", "kwon2023efficient"},
    "flash attention": {"dao2022flashattention"},
    "GPTQ ICLR 2023": {"frantar2022gptq"},
}
"""What is typed, and the works that must be among the first three, whichever box it is typed into."""
FIRST = 3
BOXES = {
    "header": ("about/", "#header-search", ".md-search [data-rekb-hits]"),
    "home": ("", "#rekb-ask", "[data-rekb-ask] [data-rekb-hits]"),
    "compare": ("compare/", "#compare-work", "[data-rekb-compare-form] [data-rekb-hits]"),
}


@pytest.mark.parametrize(("name", "task", "limit"), TASKS, ids=[name for name, _, _ in TASKS])
def test_a_task_takes_few_steps(visit: Visitor, name: str, task: Task, limit: int) -> None:
    hand = Hand(visit)
    task(hand)
    assert 0 < hand.count <= limit, f"task {name} took {hand.count} steps"


@pytest.mark.parametrize("box", BOXES)
def test_every_box_knows_every_answer(visit: Visitor, box: str) -> None:
    path, field, panel = BOXES[box]
    assert missed_by(visit.open(path), field, panel) == {}


def test_the_page_for_wrong_addresses_knows_every_answer(browser: Browser, built_site: Path) -> None:
    # Its links are whole paths, so it is asked where mkdocs.yml says that the site stands.
    with served(built_site) as address:
        context = patient(browser)
        page = context.new_page()
        page.goto(f"{address}nowhere/at/all/")
        assert missed_by(page, "#rekb-lost", "[data-rekb-ask] [data-rekb-hits]") == {}
        context.close()


def missed_by(page: Page, field: str, panel: str) -> dict[str, set[str]]:
    """Return the questions whose works do not come first in a box, with what does."""
    works = f'{panel} [aria-label="Works"] a'
    missed = {}
    for question, wanted in QUESTIONS.items():
        page.fill(field, "")
        page.fill(field, question)
        page.wait_for_selector(works, state="attached")
        found = page.eval_on_selector_all(works, "links => links.map((link) => link.href)")
        first = {address.rstrip("/").rpartition("/")[2] for address in found[:FIRST]}
        if wanted - first:
            missed[question] = first
    return missed


def test_explore_knows_every_answer(visit: Visitor) -> None:
    missed = {}
    for question, wanted in QUESTIONS.items():
        page = visit.open("explore/")
        page.wait_for_selector("[data-rekb-ready]")
        page.fill("[data-rekb-find]", question)
        first = set(shown(page)[:FIRST])
        if wanted - first:
            missed[question] = first
    assert missed == {}
