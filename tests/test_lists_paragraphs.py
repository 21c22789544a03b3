"""Lists of paragraphs: which of them are works, and what belongs to which. All works are made up."""

import pytest

from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_list

A = "https://arxiv.org/abs/1901.05103"
B = "https://night.example.org/bats"
C = "https://night.example.org/lamps.pdf"
CODE = "https://github.com/example/lamps"
OTHER_CODE = "https://github.com/example/mothnet"
LAMPS = "Lamps That Save Moths: A Field Study"
BATS = "Dark Corridors for Bats"
ABSTRACT = "It is dark at night. " * 12
Row = tuple[str, str, str | None, str | None, str | None]
"""Title, venue, and the addresses of paper, code and project."""
OLD: Row = (BATS, "", B, None, None)
PARAGRAPHS: list[tuple[str, str, list[Row]]] = [
    ("abstract on the next line", f"**{LAMPS}** [[Paper]]({A})\n{ABSTRACT}", [(LAMPS, "", A, None, None)]),
    ("abstract on the same line", f"**{LAMPS}** [[Paper]]({A}) {ABSTRACT}", [(LAMPS, "", A, None, None)]),
    ("abstract behind a break", f"<b>{LAMPS}</b> [[Paper]]({A})\n<br>{ABSTRACT}",
     [(LAMPS, "", A, None, None)]),
    ("abstract, picture before", f":moth: **{LAMPS}** [[Paper]]({A})\n{ABSTRACT}",
     [(LAMPS, "", A, None, None)]),
    ("abstract, paper and code", f"**{LAMPS}** [[Paper]]({A}) [[Code]]({CODE})\n{ABSTRACT}",
     [(LAMPS, "", A, CODE, None)]),
    ("only code", f"**{LAMPS}** [[Code]]({CODE})", [(LAMPS, "", None, CODE, None)]),
    ("only project", f"**{LAMPS}** [[Project]]({B})", [(LAMPS, "", None, None, B)]),
    ("only a post", f"**{LAMPS}** [[Blog]]({B})", [(LAMPS, "", B, None, None)]),
    ("one word below a work", f"**{BATS}** [[Paper]]({B})\n\n**MothNet** [[Paper]]({OTHER_CODE})",
     [OLD, ("MothNet", "", None, OTHER_CODE, None)]),
    ("one word, code first",
     f"**{BATS}** [[Paper]]({B})\n\n**MothNet** [[Code]]({OTHER_CODE}) [[Paper]]({C})",
     [OLD, ("MothNet", "", C, OTHER_CODE, None)]),
    ("one word and a year", f"**{BATS}** [[Paper]]({B})\n\n**MothNet (2018)** [[Paper]]({C})",
     [OLD, ("MothNet", "", C, None, None)]),
    ("one word, picture before", f"**{BATS}** [[Paper]]({B})\n\n:moth: <b>MothNet</b> [[Paper]]({C})",
     [OLD, ("MothNet", "", C, None, None)]),
    ("title with only code below a work", f"**{BATS}** [[Paper]]({B})\n\n**{LAMPS}** [[Code]]({CODE})",
     [OLD, (LAMPS, "", None, CODE, None)]),
    ("bullet of one word below a work", f"- {BATS} [[Paper]]({B})\n  - **MothNet** [[Paper]]({C})",
     [OLD, ("MothNet", "", C, None, None)]),
    ("a label in the title", f"**Home: A House of Many Moths** [[Link]]({B})",
     [("Home: A House of Many Moths", "", B, None, None)]),
    ("page and paper", f"**{LAMPS}** [[Link]]({B}) [[Paper]]({A})", [(LAMPS, "", A, None, B)]),
    ("page alone", f"**{LAMPS}** [[Link]]({B})", [(LAMPS, "", B, None, None)]),
    # What belongs to the work above it.
    ("label in bold", f"**{BATS}** [[Paper]]({B})\n\n**Code** [[link]]({CODE})", [(BATS, "", B, CODE, None)]),
    ("label, colon in bold", f"**{BATS}** [[Paper]]({B})\n\n**Code:** [here]({CODE})",
     [(BATS, "", B, CODE, None)]),
    ("venue in bold", f"**{BATS}** [[Paper]]({B})\n\n**ICML 2020** [[Code]]({CODE})",
     [(BATS, "", B, CODE, None)]),
    ("plain label", f"**{BATS}** [[Paper]]({B})\n\n[[Code]]({CODE})", [(BATS, "", B, CODE, None)]),
    # Sentences below a title say no venue.
    ("name below", f"**MothNet: Lamps for Moths (2017)** [[Paper]]({C})\n<br>[MothNet]({B}) is a light lamp.",
     [("MothNet: Lamps for Moths", "", C, None, None)]),
    ("other name below", f"**{LAMPS}** [[Paper]]({C})\n<br>[MothNet]({B}) is a light lamp.",
     [(LAMPS, "", C, None, None)]),
    ("own name alone below", f"**MothNet: Lamps for Moths** [[Paper]]({C})\n<br>[MothNet]({B})",
     [("MothNet: Lamps for Moths", "", C, None, None)]),
    ("article before a name", f"**{LAMPS}** [[Paper]]({C})\n<br>The [Moth Set]({B}) contains lamps.",
     [(LAMPS, "", C, None, None)]),
    ("journal below", f"**{LAMPS}**\n<br>[Plant Physiology]({B})",
     [(LAMPS, "Plant Physiology", B, None, None)]),
]  # fmt: skip
PASSED_OVER = [
    (
        f"See also [{LAMPS}]({A}), which began it.",
        "See also Lamps That Save Moths: A Field Study, which began i",
    ),
    (f"**{LAMPS}** is what we like, as [this paper]({A}) says. {ABSTRACT}", "Lamps That Save Moths"),
    (f"**{LAMPS}** [[Paper]](night.example.org/lamps)", "Lamps That Save Moths"),
]


@pytest.mark.parametrize(
    ("text", "rows"), [(t, r) for _, t, r in PARAGRAPHS], ids=[n for n, _, _ in PARAGRAPHS]
)
def test_paragraphs(text: str, rows: list[Row]) -> None:
    found: list[Row] = []
    for _, item in read_list(f"# L\n\n{text}\n"):
        assert isinstance(item, Item), item
        found.append((item.title, item.venue, item.paper, item.code, item.project))
    assert found == rows


@pytest.mark.parametrize(("text", "words"), PASSED_OVER)
def test_running_text_with_a_paper_is_named_with_its_line(text: str, words: str) -> None:
    ((line, why),) = read_list(f"# L\n\n{text}\n")
    assert line == 3
    assert f"running text is passed over: '{words}" in str(why)


def test_running_text_without_a_paper_is_left_alone() -> None:
    text = f"Join us [here]({B}). Pull requests are welcome; see [how to write one]({B})."
    assert list(read_list(f"# L\n\n{text}\n")) == []
