"""Venue, year and names of works in lists, as lists of several fields write them. All works are made up."""

import pytest

from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_list

A = "https://night.example.org/lamps"
B = "https://night.example.org/bats"
CODE = "https://github.com/example/lamps"
LAMPS = "Lamps That Save Moths: A Field Study"
BATS = "Dark Corridors for Bats"
LONG = "Journal of Night Animals and Lamps"
Row = tuple[str, str, int | None, tuple[str, ...]]
"""Title, venue, year, authors."""

ENDINGS: list[tuple[str, str, Row]] = [
    ("bold", f"- **{LAMPS} (ICML 2017)** [[Paper]]({A})", (LAMPS, "ICML", 2017, ())),
    ("bold in a link", f"- **[{LAMPS} (ICML 2017)]({A})**", (LAMPS, "ICML", 2017, ())),
    ("link in bold brackets", f"- [**{LAMPS} (ICML 2017)**]({A})", (LAMPS, "ICML", 2017, ())),
    ("link", f"- [{LAMPS} (ICML 2017)]({A})", (LAMPS, "ICML", 2017, ())),
    ("year alone", f"- **{LAMPS} (2017)** [[Paper]]({A})", (LAMPS, "", 2017, ())),
    ("year and month", f"- **{LAMPS} (2017.03)** [[Paper]]({A})", (LAMPS, "", 2017, ())),
    ("season", f"- **{LAMPS} (Winter 2018)** [[Paper]]({A})", (LAMPS, "", 2018, ())),
    ("paragraph", f"**{LAMPS} (2017)** [[Paper]]({A})", (LAMPS, "", 2017, ())),
    ("heading of another year", f"## 2016\n- **{LAMPS} (NIPS 2015)** [[P]]({A})", (LAMPS, "NIPS", 2015, ())),
    ("year before a heading's", f"## 2016\n- [{LAMPS} (2015)]({A})", (LAMPS, "", 2015, ())),
    ("square brackets", f"- **{LAMPS} [ICML 2017]** [[Paper]]({A})", (LAMPS, "ICML", 2017, ())),
    ("two digits", f"- [{LAMPS} (CVPR'18)]({A})", (LAMPS, "CVPR", 2018, ())),
    ("two digits, hyphen", f"- [{LAMPS} (CVPR-18)]({A})", (LAMPS, "CVPR", 2018, ())),
    ("no space", f"- [{LAMPS} (CVPR2018)]({A})", (LAMPS, "CVPR", 2018, ())),
    ("year first", f"- [{LAMPS} (2018, CVPR)]({A})", (LAMPS, "CVPR", 2018, ())),
    ("server", f"- **{LAMPS} (arXiv 2017)** [[Paper]]({A})", (LAMPS, "arXiv", 2017, ())),
    ("long venue", f"- **{LAMPS} ({LONG} 2017)** [[Paper]]({A})", (LAMPS, LONG, 2017, ())),
    ("workshop", f"- **{LAMPS} (KDD 2017 workshop)** [[Paper]]({A})", (LAMPS, "KDD workshop", 2017, ())),
    ("oral behind", f"- **{LAMPS} (ICML 2017) (Oral)** [[Paper]]({A})", (LAMPS, "ICML", 2017, ())),
    ("comma", f"- [{LAMPS}, ICML 2017]({A})", (LAMPS, "ICML", 2017, ())),
    ("stop", f"- [{LAMPS}. CVPR'18]({A})", (LAMPS, "CVPR", 2018, ())),
    ("bracket behind bold", f"- **{LAMPS} (ICML 2017**) [[Paper]]({A})", (LAMPS, "ICML", 2017, ())),
    ("stop behind", f"- **{LAMPS} (ICML 2017).** [[Paper]]({A})", (LAMPS, "ICML", 2017, ())),
    ("line of names below", f"- **{LAMPS} (ICML 2017)**\n  - Ada Berg, Li Chen\n  - [[Paper]]({A})",
     (LAMPS, "ICML", 2017, ("Ada Berg", "Li Chen"))),
    ("digit first", f"- **{LAMPS} (3DV 2019)** [[Paper]]({A})", (LAMPS, "3DV", 2019, ())),
    ("bracket of a year left open", f"- **{LAMPS} (2019** [[Paper]]({A})", (LAMPS, "", 2019, ())),
    ("table", f"|Title|Paper|\n|-|-|\n|**{LAMPS} (ICML 2017)**|[x]({A})|", (LAMPS, "ICML", 2017, ())),
    ("own name", f"- [MothNet: Lamps at Night (MothNet 2017)]({A})",
     ("MothNet: Lamps at Night", "", 2017, ())),
    ("venue behind, year inside", f"- [{LAMPS} (2017)]({A}). ICML.", (LAMPS, "ICML", 2017, ())),
    # What is in brackets there belongs to the title.
    ("years", f"- [Moths of Two Towns (1990-2020)]({A})", ("Moths of Two Towns (1990-2020)", "", None, ())),
    ("no year", f"- [Moths at Lamps (Part II)]({A})", ("Moths at Lamps (Part II)", "", None, ())),
    ("remark", f"- [Moths at Lamps (a look back at 2017)]({A})",
     ("Moths at Lamps (a look back at 2017)", "", None, ())),
    ("storm", f"- [Moths in the Great Storm, October 1987]({A})",
     ("Moths in the Great Storm, October 1987", "", None, ())),
]  # fmt: skip


def rows(text: str) -> list[Row]:
    """Return what a list says of its works."""
    found: list[Row] = []
    for _, item in read_list(f"# L\n\n{text}\n"):
        if isinstance(item, Item):
            found.append((item.title, item.venue, item.year, item.authors))
    return found


@pytest.mark.parametrize(
    ("text", "row"), [(t, r) for _, t, r in ENDINGS], ids=[name for name, _, _ in ENDINGS]
)
def test_a_title_ends_before_its_venue_and_year(text: str, row: Row) -> None:
    assert rows(text) == [row]


PLACES: list[tuple[str, str, Row]] = [
    # Under a heading that is a venue and its year.
    ("heading", f"### CVPR 2019\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading of papers", f"### CVPR 2019 Papers\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading with a lead", f"### Papers of CVPR 2019 (37)\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading, two digits", f"### CVPR-19\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading, quote", f"### CVPR'19\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading, unknown letters", f"### EXCONF 2019\n- [{LAMPS}]({A})", (LAMPS, "EXCONF", 2019, ())),
    ("heading, year in the line", f"### CVPR 2019\n- [{LAMPS}]({A}) (2018)", (LAMPS, "", 2018, ())),
    ("heading, venue in the line", f"### CVPR 2019\n- [{LAMPS}]({A}) *ICML 2018*", (LAMPS, "ICML", 2018, ())),
    ("heading, topic below", f"## CVPR 2019\n### Moths\n- [{LAMPS}]({A})", (LAMPS, "CVPR", 2019, ())),
    ("heading of a topic", f"### Night Lamps 2019\n- [{LAMPS}]({A})", (LAMPS, "", None, ())),
    # Beside the title.
    ("tag of two digits", f"- [ICML-20] [{LAMPS}]({A})", (LAMPS, "ICML", 2020, ())),
    ("two digits behind bold", f"- **{LAMPS}** EMNLP 18. [[paper]]({A})", (LAMPS, "EMNLP", 2018, ())),
    ("venue alone behind bold", f"- **{LAMPS}.** TACL. [[paper]]({A})", (LAMPS, "TACL", None, ())),
    ("venue alone, year inside", f"- **{LAMPS} (2017).** TACL. [[paper]]({A})", (LAMPS, "TACL", 2017, ())),
    ("journal in italics", f"- Berg, A., & Chen, L. (2020). {LAMPS}. *{LONG}*, 12(3), 1-9. [[p]]({A})",
     (LAMPS, LONG, 2020, ("Berg, A.", "Chen, L."))),
    ("journal behind bold", f"- **{LAMPS}**. *{LONG}*, 12(3). [[paper]]({A})", (LAMPS, LONG, None, ())),
    # Addresses of the Anthology.
    ("findings", f"- [{LAMPS}](https://aclanthology.org/2025.findings-naacl.333)",
     (LAMPS, "Findings of NAACL", 2025, ())),
    ("main", f"- [{LAMPS}](https://aclanthology.org/2024.emnlp-main.328.pdf)", (LAMPS, "EMNLP", 2024, ())),
    ("industry", f"- [{LAMPS}](https://aclanthology.org/2025.emnlp-industry.61)",
     (LAMPS, "EMNLP Industry Track", 2025, ())),
    ("older id", f"- [{LAMPS}](https://www.aclweb.org/anthology/P19-1234)", (LAMPS, "ACL", 2019, ())),
    ("last century", f"- [{LAMPS}](https://aclanthology.org/P98-1234/)", (LAMPS, "ACL", 1998, ())),
    ("workshop's id", f"- [{LAMPS}](https://aclanthology.org/2023.night4moths-1.5)", (LAMPS, "", 2023, ())),
    # What a title does not hold.
    ("number of a preprint", f"- [[2305.00001] {LAMPS}]({A})", (LAMPS, "", None, ())),
    ("number and field", f"- [[2305.00001v2] [cs.LG] {LAMPS}]({A})", (LAMPS, "", None, ())),
    ("number, no brackets", f"- 2104.00008 {LAMPS} [[paper]]({A})", (LAMPS, "", None, ())),
    ("old number", f"- [[hep-th/9901001] {LAMPS}]({A})", (LAMPS, "", None, ())),
    ("labels without links", f"- {LAMPS} [Blog] [Slides] [[paper]]({A})", (LAMPS, "", None, ())),
    ("misspelled note", f"- 20190301 NeurIPS-18 workshp [{LAMPS}]({A})", (LAMPS, "NeurIPS", 2018, ())),
    ("words in brackets", f"- [{LAMPS} [Extended]]({A})", (f"{LAMPS} [Extended]", "", None, ())),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), [(t, r) for _, t, r in PLACES], ids=[name for name, _, _ in PLACES])
def test_venue_and_year_where_lists_write_them(text: str, row: Row) -> None:
    assert rows(text) == [row]
