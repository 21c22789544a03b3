"""Lists that set the day, the venue or a remark before a title, or venue and names behind a bold one.

All works are made up.
"""

import pytest

from rekb.intake.well_known import well_known
from rekb.sources.lists.items import Item
from rekb.sources.lists.people import names_in
from rekb.sources.lists.reading import read_list

A = "https://night.example.org/lamps"
LAMPS = "Lamps that save moths: a field study"
REMARK = "\u591c\u95f4\u7684\u706f\u5149\u7814\u7a76"  # a study of light at night
Row = tuple[str, str, int | None, tuple[str, ...]]
ROWS: list[tuple[str, str, Row]] = [
    ("day and server", f"20181012 arXiv [{LAMPS}]({A})", (LAMPS, "arXiv", 2018, ())),
    ("day and venue with year", f"20181012 NIPS-19 [{LAMPS}]({A})", (LAMPS, "NIPS", 2019, ())),
    (
        "words in quotes behind a short word",
        f'My "Big and Quoted Words" of moths, ICML 2024 [[paper]({A})]',
        ('My "Big and Quoted Words" of moths', "ICML", 2024, ()),
    ),
    ("day alone", f"20181012 [{LAMPS}]({A})", (LAMPS, "", 2018, ())),
    ("month alone", f"201810 [{LAMPS}]({A})", (LAMPS, "", 2018, ())),
    ("year alone", f"2018 [{LAMPS}]({A})", (LAMPS, "", 2018, ())),
    ("day and journal", f"20181012 KBS [{LAMPS}]({A})", (LAMPS, "KBS", 2018, ())),
    ("venue nobody knows", f"ICALIP-18 [{LAMPS}]({A})", (LAMPS, "ICALIP", 2018, ())),
    ("venue with its sponsor", f"IEEE TNNLS-22 [{LAMPS}]({A})", (LAMPS, "IEEE TNNLS", 2022, ())),
    ("workshop", f"NeurIPS-21 workshop [{LAMPS}]({A})", (LAMPS, "NeurIPS workshop", 2021, ())),
    ("number of a report", f"CoRR abs/1412.3474 (2014) [{LAMPS}]({A})", (LAMPS, "CoRR", 2014, ())),
    ("remark", f"20180622 arXiv {REMARK}\uff1a[{LAMPS}]({A})", (LAMPS, "arXiv", 2018, ())),
    ("remark, unknown venue", f"20180326 MLSP-17 {REMARK}: [{LAMPS}]({A})", (LAMPS, "MLSP", 2017, ())),
    ("remark alone", f"{REMARK}\uff1a[{LAMPS}]({A})", (LAMPS, "", None, ())),
    ("field before the venue", f"2021 On night: IJCAI-21 [{LAMPS}]({A})", (LAMPS, "IJCAI", 2021, ())),
    ("venue before plain title", f"ICLR'24 {LAMPS} [[paper]({A})]", (LAMPS, "ICLR", 2024, ())),
    (
        "venue, kind, plain title",
        f"ICLR'24 spotlight {LAMPS} [[paper]({A})]",
        (LAMPS, "ICLR", 2024, ()),
    ),
    ("venue, hyphen, plain title", f"CVPR-20 {LAMPS} [[paper]({A})]", (LAMPS, "CVPR", 2020, ())),
    (
        "no link, remark behind",
        f"TKDE-14 Lamps for towns at night {REMARK}",
        ("Lamps for towns at night", "TKDE", 2014, ()),
    ),
    # What begins a title so is none of a venue.
    ("a disease", f"COVID-19 in lamps of towns [[paper]({A})]", ("COVID-19 in lamps of towns", "", None, ())),
    (
        "a contest",
        f"NeurIPS 2020 Lamp Challenge: the first moths [[paper]({A})]",
        ("NeurIPS 2020 Lamp Challenge: the first moths", "", None, ()),
    ),
    # Behind a bold title.
    (
        "year, server, names",
        f"**{LAMPS}** (2023), arxiv, Berg, Ada, et al. [[pdf]]({A})",
        (LAMPS, "arxiv", 2023, ("Berg, Ada", "et al.")),
    ),
    (
        "year, venue, two given names",
        f"**{LAMPS}** (2022), ICSE'22, Berg, Ada Li et al. [[pdf]]({A})",
        (LAMPS, "ICSE", 2022, ("Berg, Ada Li", "et al.")),
    ),
    (
        "year, journal, names, no link",
        f"**{LAMPS}** (2023), TOSEM journal, Berg, Ada, et al.",
        (LAMPS, "TOSEM", 2023, ("Berg, Ada", "et al.")),
    ),
    (
        "server and names without year",
        f"**{LAMPS}**, arxiv, Berg, Ada, et al. [[pdf]]({A})",
        (LAMPS, "arxiv", None, ("Berg, Ada", "et al.")),
    ),
    (
        "a link that leads nowhere",
        f"**{LAMPS}** (2020), ESEM'20, Berg, Ada, et al. [[pdf]]()",
        (LAMPS, "ESEM", 2020, ("Berg, Ada", "et al.")),
    ),
    ("not published", f"**{LAMPS}**. Preprint, 2022. [[pdf]({A})]", (LAMPS, "", 2022, ())),
]


def works(text: str) -> list[Item]:
    return [item for _, item in read_list(f"# L\n\n## T\n\n- {text}\n") if isinstance(item, Item)]


@pytest.mark.parametrize(("text", "row"), [(t, r) for _, t, r in ROWS], ids=[name for name, _, _ in ROWS])
def test_what_stands_beside_titles(text: str, row: Row) -> None:
    assert [(i.title, i.venue, i.year, i.authors) for i in works(text)] == [row]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Berg, Andr{'e} Chen", ("Ada Berg", "Andr\u00e9 Chen")),
        ("Ada Berg\uff0cLi Chen", ("Ada Berg", "Li Chen")),
        ("\u5229\u7528Night Lamps\u8fdb\u884cDA", ()),
        ("Ada Berg, Li Chen, others", ("Ada Berg", "Li Chen", "et al.")),
        ("V\u0131\u0301ctor Berg, Li Chen", ("V\u0131\u0301ctor Berg", "Li Chen")),
        ("Berg, Ada, and Chen, L.", ("Berg, Ada", "Chen, L")),
        ("Light-based OOD", ()),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text, 1) == names


@pytest.mark.parametrize(
    ("name", "venue"),
    [
        ("LAMPS@ICML", "icml-workshops"),
        ("MICCAI@LAMPS", "miccai-workshops"),
        ("Workshop @ CVPR", "cvpr-workshops"),
        ("Findings of EMNLP", "emnlp-findings"),
        ("IEEE T-PAMI", "tpami"),
        ("Proc. of ICML", "icml"),
        ("EJOR", "ejor"),
        ("IEEE TNSM", "tnsm"),
        ("LAMPS@NIGHT", None),
    ],
)
def test_venues_by_other_words(name: str, venue: str | None) -> None:
    found = well_known(name)
    assert (found and found.id) == venue


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Workshop @ CVPR", "workshop"), ("Findings of EMNLP", "conference"), ("ACL Demos", "conference")],
)
def test_what_is_beside_a_conference_has_a_kind(name: str, kind: str) -> None:
    found = well_known(name)
    assert found is not None
    assert found.kind == kind
