"""References in words: APA, IEEE, ACM."""

from typing import Any

import pytest

from rekb.citation.plain import acm, apa, ieee
from samples import ARXIV, ENTRIES, entry, names, sample_base, venues

TAIL = (
    "(2022). FlashThing: Fast Attention with IO-Awareness (arXiv:2205.14135). arXiv."
    " https://arxiv.org/abs/2205.14135"
)
NEURIPS = "Advances in Neural Information Processing Systems"


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Dao, Tri"], "Dao, T. "),
        (["Dao, Tri", "Fu, Daniel Y."], "Dao, T., & Fu, D. Y. "),
        (["Dao, Tri", "Fu, Daniel Y.", "Ré, Jean-Paul"], "Dao, T., Fu, D. Y., & Ré, J.-P. "),
        (["van den Oord, Aaron"], "van den Oord, A. "),
        (["King, Jr., Martin Luther"], "King, M. L., Jr. "),
        (["King, III, Martin"], "King, M., III. "),
        ([{"group": "OpenAI"}], "OpenAI. "),
        ([{"group": "Meta Inc."}], "Meta Inc. "),
        ([{"mononym": "Plato"}, {"group": "A & B"}], "Plato, & A & B. "),
        (["李, 伟"], "李, 伟. "),
        (names(20), ", ".join(names(20)[:19]) + ", & Name20, A. "),
        (names(21), ", ".join(names(21)[:19]) + ", . . . Name21, A. "),
        (names(45), ", ".join(names(45)[:19]) + ", . . . Name45, A. "),
    ],
)
def test_apa_authors(authors: list[Any], expected: str) -> None:
    assert apa("a2022b", entry(authors=authors), venues()) == expected + TAIL


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("dao2022flashthing",
         ("Dao, T., van den Oord, A., & King, M. L., Jr. (2022). FlashThing: Fast Attention with"
         f" IO-Awareness. In {NEURIPS} (Vol. 35, pp. 16344\u201316359). Curran Associates."
         " https://arxiv.org/abs/2205.14135")),
        ("openai2023gptx",
         "OpenAI. (2023). GPT-X Technical Report [Technical report]. https://example.org/gptx.pdf"),
        ("plato2020blog", "Plato. (2020, December). Why a post? https://example.org/why"),
        ("team2024tool", "Tool Team. (2024). Tool [Computer software]. GitHub. https://github.com/tool/tool"),
        ("chapter2019book",
         "Chapter, J.-P. M. (2019). \u03b1-Things of Œuvre. In Handbook of Things & More (p. 7). Press."),
    ],
)  # fmt: skip
def test_apa(key: str, expected: str) -> None:
    base = sample_base()
    assert apa(key, base.entries[key], base.venues) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"volume": "54", "issue": "2", "pages": "1-38", "doi": "10.1/x"},
         "ACM Computing Surveys, 54(2), 1\u201338. https://doi.org/10.1234/x"),
        ({"volume": "54"}, "ACM Computing Surveys, 54."),
        ({"issue": "2"}, "ACM Computing Surveys, (2)."),
        ({}, "ACM Computing Surveys."),
    ],
)  # fmt: skip
def test_apa_journal(record: dict[str, str], expected: str) -> None:
    doi = {"doi": "10.1234/x"} if "doi" in record else {}
    cited = entry(records=[{"venue": "csur", "year": 2022, **record, **doi}])
    assert apa("a2022b", cited, venues()).endswith(f"IO-Awareness. {expected}")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("T. Dao and C. Ré, “FlashThing: Fast Attention with IO-Awareness,” May 2022, arXiv:2205.14135."
             " [Online]. Available: https://arxiv.org/abs/2205.14135")),
        ({"authors": names(6), "title": "Why?", "records": [{"venue": "csur", "year": 2021, "month": 9,
          "volume": "54", "issue": "2", "pages": "1-38", "doi": "10.1145/x"}]},
         ("A. Name01, A. Name02, A. Name03, A. Name04, A. Name05, and A. Name06, “Why?” ACM Computing"
         " Surveys, vol. 54, no. 2, pp. 1\u201338, Sept. 2021, doi: 10.1145/x.")),
        ({"authors": names(7), "title": "T", "records": [{"venue": "neurips", "year": 2022, "pages": "5"}]},
         f"A. Name01 et al., “T,” in {NEURIPS}, Curran Associates, 2022, p. 5."),
        ({"authors": ["King, Jr., Martin Luther", "van den Oord, Aaron"], "title": "T"},
         ("M. L. King Jr. and A. van den Oord, “T,” May 2022, arXiv:2205.14135. [Online]."
         " Available: https://arxiv.org/abs/2205.14135")),
    ],
)  # fmt: skip
def test_ieee(changes: dict[str, Any], expected: str) -> None:
    assert ieee("a2022b", entry(**changes), venues()) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"authors": ["King, Jr., Martin Luther"]},
         ("Martin Luther King Jr. 2022. FlashThing: Fast Attention with IO-Awareness. arXiv:2205.14135."
         " https://arxiv.org/abs/2205.14135")),
        ({"title": "T", "records": [{"venue": "csur", "year": 2021, "month": 9, "volume": "54", "issue": "2",
                                     "pages": "1-38", "doi": "10.1145/x"}]},
         ("Tri Dao and Christopher Ré. 2021. T. ACM Computing Surveys 54, 2 (September 2021), 1\u201338."
         " https://doi.org/10.1145/x")),
        ({"title": "T", "authors": [*names(2), {"group": "OpenAI"}],
          "records": [ARXIV, {"venue": "neurips", "year": 2022, "volume": "35"}]},
         (f"A. Name01, A. Name02, and OpenAI. 2022. T. In {NEURIPS}, Vol. 35. Curran Associates."
         " https://arxiv.org/abs/2205.14135")),
    ],
)  # fmt: skip
def test_acm(changes: dict[str, Any], expected: str) -> None:
    assert acm("a2022b", entry(**changes), venues()) == expected


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_no_style_leaves_gaps(key: str) -> None:
    base = sample_base()
    for style in (apa, ieee, acm):
        text = style(key, base.entries[key], base.venues)
        assert not any(gap in text for gap in ("  ", " ,", "()", "[]", "None", ",,", " . h", "\n"))
