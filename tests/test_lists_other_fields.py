"""Lists as other fields keep them: references, files, names, venues in links. All works are made up."""

import pytest

from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_list
from rekb.sources.lists.references import cited_names, cited_place, dated_place, family_names, reference_place

A = "https://night.example.org/lamps"
B = "https://night.example.org/bats"
ARXIV = "https://arxiv.org/abs/2401.00001"
BIORXIV = "https://www.biorxiv.org/content/10.1101/2021.02.12.430858v3"
CODE = "https://github.com/example/lamps"
LAMPS = "Lamps that save moths: a field study"
BATS = "Dark corridors for bats"
BERG = "Berg, Ada, and Li Chen."
Row = tuple[str, str, int | None, tuple[str, ...], str | None, str | None]
ROWS: list[tuple[str, str, list[Row]]] = [
    # A whole reference is the link.
    (
        "reference with volume and pages",
        f'- [{BERG} "{LAMPS}." Night 70, no. 1 (1983): 41-55.]({A})',
        [(LAMPS, "Night", 1983, ("Berg, Ada", "Li Chen"), A, None)],
    ),
    (
        "reference of proceedings",
        f'- [{BERG} "{LAMPS}." In Proceedings of Nights, pp. 20-28. 2019.]({A})',
        [(LAMPS, "Proceedings of Nights", 2019, ("Berg, Ada", "Li Chen"), A, None)],
    ),
    (
        "reference of a preprint",
        f'- [{BERG} "{LAMPS}." arXiv preprint arXiv:2401.00001 (2024).]({ARXIV})',
        [(LAMPS, "arXiv", 2024, ("Berg, Ada", "Li Chen"), ARXIV, None)],
    ),
    (
        "reference by one author",
        f'- [Berg, Ada. "{LAMPS}." Journal of Lamps 59.2 (2021): 391-425.]({A})',
        [(LAMPS, "Journal of Lamps", 2021, ("Berg, Ada",), A, None)],
    ),
    (
        "reference with a short journal",
        f'- [{BERG} "{LAMPS}." Night. JL & Tech. 31 (2017): 841.]({A})',
        [(LAMPS, "Night", 2017, ("Berg, Ada", "Li Chen"), A, None)],
    ),
    (
        "reference with commas in the venue",
        f'- [{BERG} "{LAMPS}." In Meeting on Moths, Bats, and Owls, pp. 1-9. 2019]({A})',
        [(LAMPS, "Meeting on Moths, Bats, and Owls", 2019, ("Berg, Ada", "Li Chen"), A, None)],
    ),
    (
        "reference with the year in front",
        f"- [Berg, A., & Chen, L. (2015). {LAMPS}. The Annals of Night, 9(1), 247-274.]({A})",
        [(LAMPS, "The Annals of Night", 2015, ("Berg, A.", "Chen, L."), A, None)],
    ),
    (
        "reference without a stop in the quotation",
        f'- [Ada Berg, Li Chen. "{LAMPS}" arXiv preprint (2022)]({ARXIV})',
        [(LAMPS, "arXiv", 2022, ("Ada Berg", "Li Chen"), ARXIV, None)],
    ),
    (
        "et. al. with two stops",
        f"- D. Berg, et. al. {LAMPS}. CVPR 2007. [pdf]({A})",
        [(LAMPS, "CVPR", 2007, ("D. Berg", "et al."), A, None)],
    ),
    # Names and years.
    (
        "names and year in the link",
        f"- {LAMPS}. [Berg, Chen (1970)]({A}).",
        [(LAMPS, "", 1970, ("Berg", "Chen"), A, None)],
    ),
    (
        "one name and year in the link",
        f"- {LAMPS}. [Berg (1970)]({A}).",
        [(LAMPS, "", 1970, ("Berg",), A, None)],
    ),
    (
        "others and year in the link",
        f"- {LAMPS}. [Berg et al (1970)]({A}).",
        [(LAMPS, "", 1970, ("Berg", "et al."), A, None)],
    ),
    (
        "family names behind a dash",
        f"- [{LAMPS}]({A}) - Berg, de Chen (1970)",
        [(LAMPS, "", 1970, ("Berg", "de Chen"), A, None)],
    ),
    (
        "one capital word is a venue",
        f"- [{LAMPS}]({A}) - Nightly (1970)",
        [(LAMPS, "Nightly", 1970, (), A, None)],
    ),
    (
        "one family name in a list by names",
        "\n".join(
            [f"- [{BATS} {n}]({B}{n}) - Berg, Chen (1970)" for n in "abc"]
            + [f"- [{LAMPS}]({A}) - Dahl (1971)"]
        ),
        [
            *((f"{BATS} {n}", "", 1970, ("Berg", "Chen"), f"{B}{n}", None) for n in "abc"),
            (LAMPS, "", 1971, ("Dahl",), A, None),
        ],
    ),
    (
        "names up to a stop before the venue",
        f"- [{LAMPS}]({A}) - Ada Berg, Li Chen and Nils Dahl. CGO 2008.",
        [(LAMPS, "CGO", 2008, ("Ada Berg", "Li Chen", "Nils Dahl"), A, None)],
    ),
    (
        "names up to a stop, with an and",
        f"- [{LAMPS}]({A}) - Ada Berg, Li Chen, and Nils Dahl. CGO 2008.",
        [(LAMPS, "CGO", 2008, ("Ada Berg", "Li Chen", "Nils Dahl"), A, None)],
    ),
    (
        "names up to a comma before a venue cut short",
        f"- [{LAMPS}]({A}) - Ada Berg, Li Chen, ACM Trans. Graph 2008.",
        [(LAMPS, "ACM Trans. Graph", 2008, ("Ada Berg", "Li Chen"), A, None)],
    ),
    # Venues in links and tags.
    (
        "venue and year in a link below a bold title",
        f"**{LAMPS}**  \nAda Berg, Li Chen  \n[Nat Night 16, 10177 (2025)]({A}) \u2022 [code]({CODE})",
        [(LAMPS, "Nat Night", 2025, ("Ada Berg", "Li Chen"), A, CODE)],
    ),
    (
        "journal in a link below a bold title",
        (
            f"**{LAMPS}**  \nAda Berg, Li Chen  \n[Current Opinion in Lamps]({A})\n\n"
            f"**{BATS}**\nAda Berg, Li Chen\n[arXiv:2401.00001]({ARXIV})"
        ),
        [
            (LAMPS, "Current Opinion in Lamps", None, ("Ada Berg", "Li Chen"), A, None),
            (BATS, "arXiv", None, ("Ada Berg", "Li Chen"), ARXIV, None),
        ],
    ),
    (
        "journal of one word with a volume",
        f"**{LAMPS}**\nAda Berg, Li Chen\n[Moths 14.9 (2025): 1268]({A})",
        [(LAMPS, "Moths", 2025, ("Ada Berg", "Li Chen"), A, None)],
    ),
    (
        "volume and year without brackets",
        f"**{LAMPS}**\nAda Berg, Li Chen\n[Night Systems, Volume 84, 2023]({A})",
        [(LAMPS, "Night Systems", 2023, ("Ada Berg", "Li Chen"), A, None)],
    ),
    (
        "venue below a title that names no authors",
        f"**{LAMPS}**  \n[Lamp Science 34.10 (2025)]({A})\n\n[code]({CODE})",
        [(LAMPS, "Lamp Science", 2025, (), A, CODE)],
    ),
    (
        "tag that begins with the year",
        f"1. [2023 Nature Methods] **{LAMPS}** [[paper]]({A})",
        [(LAMPS, "Nature Methods", 2023, (), A, None)],
    ),
    (
        "tag with a server and a remark",
        f"1. [2023 bioRxiv from another field] **{LAMPS}** [[paper]]({BIORXIV})",
        [(LAMPS, "bioRxiv", 2023, (), BIORXIV, None)],
    ),
    (
        "tag that names the wrong server",
        f"1. [2022 arxiv] **{LAMPS}** [[paper]]({BIORXIV})",
        [(LAMPS, "bioRxiv", 2022, (), BIORXIV, None)],
    ),
    (
        "server and year of an address",
        f"- **{LAMPS}** [[preprint]({BIORXIV})]",
        [(LAMPS, "bioRxiv", 2021, (), BIORXIV, None)],
    ),
    (
        "date in a bold title",
        f"**(2021-11) {LAMPS}** [[open access paper]({ARXIV})]",
        [(LAMPS, "", 2021, (), ARXIV, None)],
    ),
    ("review paper is a paper", f"- **{LAMPS}** [[Review paper]]({A})", [(LAMPS, "", None, (), A, None)]),
    ("title in brackets", f"- [[{LAMPS}]]({A})", [(LAMPS, "", None, (), A, None)]),
    ("picture before the title", f"- [\U0001f4dc {LAMPS}]({A})", [(LAMPS, "", None, (), A, None)]),
    (
        "words quoted in a title",
        f"- On the Meeting's \u201cMost Bright Lamps\u201d. [Berg (1995)]({A}).",
        [("On the Meeting's \u201cMost Bright Lamps\u201d", "", 1995, ("Berg",), A, None)],
    ),
    (
        "remark behind a whole title",
        f"- [{LAMPS}]({A}): Berg's own account of lamps. (from 1970)",
        [(LAMPS, "", None, (), A, None)],
    ),
    # Tables.
    (
        "venue in a column of publications",
        f"|Year|Publication|Title|\n|-|-|-|\n|2023|**ICLR**|[{LAMPS}]({A})|",
        [(LAMPS, "ICLR", 2023, (), A, None)],
    ),
    (
        "venue beside a short name",
        f"|Name|Year|Publication|\n|-|-|-|\n|[Lamps]({A})|2020|GCPR|",
        [("Lamps", "GCPR", 2020, (), A, None)],
    ),
    (
        "language is code, NA is nothing",
        f"|Name|Paper|Venue|Code|\n|-|-|-|-|\n|WhyNot|[{LAMPS}]({A})|NA|[Python]({CODE})|",
        [(LAMPS, "", None, (), A, CODE)],
    ),
    (
        "no paper but code",
        f"|Name|Paper|Code|\n|-|-|-|\n|WhyNot|NA|[R]({CODE})|",
        [("WhyNot", "", None, (), None, CODE)],
    ),
    # Paragraphs and lines.
    (
        "works parted by empty lines",
        f"## X\n\n[{LAMPS}]({A}) - by Ada Berg.\n\n[Bats]({B})\n\nThis is [a remark]({A}) of the list.",
        [(LAMPS, "", None, (), A, None), ("Bats", "", None, (), B, None)],
    ),
    (
        "two works in one line",
        f"- [{LAMPS}](lamps.pdf) (1981) and The [{BATS}]({B}) (1990): on both.",
        [(LAMPS, "", 1981, (), None, None), (BATS, "", 1990, (), B, None)],
    ),
]


def works(text: str) -> list[Item]:
    return [item for _, item in read_list(text) if isinstance(item, Item)]


@pytest.mark.parametrize(
    ("text", "rows"), [(text, rows) for _, text, rows in ROWS], ids=[n for n, _, _ in ROWS]
)
def test_lines_of_other_fields(text: str, rows: list[Row]) -> None:
    assert [(i.title, i.venue, i.year, i.authors, i.paper, i.code) for i in works(text)] == rows


@pytest.mark.parametrize("file", ["papers/lamps.pdf", "../night/lamps.ps.gz", "lamps-\\(new\\).PDF"])
def test_a_paper_may_be_a_file_beside_the_list(file: str) -> None:
    item = works(f"- [{LAMPS}]({file}) (1997): on lamps")[0]
    assert (item.title, item.year, item.paper) == (LAMPS, 1997, None)
    assert item.file == file.replace("\\", "")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nature (2021)", ("Nature", 2021)),
        ("Current Opinion in Lamps 65 (2021): 136-144.", ("Current Opinion in Lamps", 2021)),
        ("Proceedings of Nights 118.11 (2021)", ("Proceedings of Nights", 2021)),
        ("arXiv preprint arXiv:2312.00080 (2023)", ("arXiv", 2023)),
        ("Lamps: Night Science 7.5 (2017): e1318", ("Lamps: Night Science", 2017)),
        ("Lamps of 2021", None),
    ],
)
def test_cited_places(text: str, place: tuple[str, int] | None) -> None:
    found = cited_place(text)
    assert (found and (found.venue, found.year)) == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Berg, Chen", ("Berg", "Chen")),
        ("Berg, van der Chen & O'Dahl", ("Berg", "van der Chen", "O'Dahl")),
        ("Berg et al.", ("Berg", "et al.")),
        ("Political Analysis", ()),
        ("Nature", ()),
        ("CHI, UIST", ()),
        ("Science Advances, Letters", ()),
    ],
)
def test_family_names(text: str, names: tuple[str, ...]) -> None:
    assert family_names(text) == names


def test_what_stands_behind_titles() -> None:
    place = reference_place(" In Proceedings of the 16th Meeting on Lamps, pp. 1778-1780. 2017.")
    assert place is not None
    assert (place.venue, place.year) == ("Proceedings of the 16th Meeting on Lamps", 2017)
    assert reference_place("") is None
    assert cited_names("Berg, Chen (1970)") == (("Berg", "Chen"), 1970)
    assert cited_names("Night Science (1970)") is None
    tag = dated_place("2023 Nature Methods, Lamps")
    assert tag is not None
    assert (tag.venue, tag.year) == ("Nature Methods", 2023)
