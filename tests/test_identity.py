"""One work, two works or a doubt: titles, people and whole descriptions, in rows and over generated pairs."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fixture_kb import copy, reported
from rekb.identity.order import first_difference
from rekb.identity.people import AuthorLikeness, author_likeness, is_one_author
from rekb.identity.titles import TitleLikeness, is_distinctive, title_likeness, title_words
from rekb.identity.verdict import Facts, Verdict, compare, plain_addresses
from rekb.intake.matching import known_works
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.entry import Author, Group, Mononym
from rekb.sources.work import Appearance, FoundWork, preprint
from test_cli_commands import call
from test_cli_import import state

EQUAL, ALIKE, PART = TitleLikeness.EQUAL, TitleLikeness.ALIKE, TitleLikeness.PART
RELATED, UNLIKE = TitleLikeness.RELATED, TitleLikeness.UNLIKE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Strix, Anna", "Strix, Anna B.", True),
        ("Strix, A.", "Strix, Anna", True),
        ("Strix, Anna", "Strix, Anton", False),
        ("Strix, Anna", "Bubo, Anna", False),
        ("Strix, Jean-Paul", "Strix, J.-P.", True),
        ("Äluco, Émile", "Aluco, Emile", True),
        ("Anna, Strix", "Strix, Anna", True),
        (Mononym(mononym="Otus"), Mononym(mononym="otus"), True),
        (Group(group="Owl Team"), Group(group="Owl team"), True),
        (Group(group="OpenOwl"), Mononym(mononym="OpenOwl"), True),
        (Group(group="Owl Team"), "Team, Owl", False),
    ],
)
def test_spellings_of_one_author(one: Author, other: Author, same: bool) -> None:  # noqa: FBT001 - a column of the rows
    assert is_one_author(one, other) is same
    assert is_one_author(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        (["Strix, A.", "Bubo, B."], ["Strix, Anna", "Bubo, Bo"], None),
        (["Bubo, B.", "Strix, A."], ["Strix, Anna", "Bubo, Bo"], 0),
        (["Strix, A."], ["Strix, Anna", "Bubo, Bo"], 1),
        (["Strix, A.", "Bubo, B.", "Otus, C."], ["Strix, Anna", "Bubo, Bo"], 2),
        ([], ["Strix, Anna"], 0),
        ([], [], None),
    ],
)
def test_where_two_lists_of_authors_part(one: list[Author], other: list[Author], place: int | None) -> None:
    assert first_difference(one, other) == place


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Owls at Dusk: A Field Study", "OWLS AT DUSK - a field-study", EQUAL),
        ("Étude of Owls & Bats", "Etude of owls and bats", EQUAL),
        ("Estimating β for Night Birds", "Estimating beta for Night Birds", EQUAL),
        ("Wingbeat Tuning of Small Owls", "Wing-Beat Tuning of Small Owls", EQUAL),
        ("鳥と夜", "鳥と夜", EQUAL),
        ("Owls at Dusk in Northern Forests", "Owls at Dusk in Nothern Forests", ALIKE),
        ("Owls at the Dusk in Northern Forests", "Owls at Dusk in Northern Forests", ALIKE),
        ("Owls at Dusk: A Field Study", "Owls at Dusk", PART),
        ("Dusk 2: Owls in Five Forests", "Dusk 2", PART),
        ("Faster Maps of Owl Territories by Sound", "Maps of Owl Territories from Sound Alone", RELATED),
        ("C++ and Owls", "C# and Owls", UNLIKE),
        ("A* for Owls", "A for Owls", UNLIKE),
        ("Owls at Dusk: Part I", "Owls at Dusk: Part II", UNLIKE),
        ("OwlNet 2: Open Models for Night Birds", "OwlNet 3: Open Models for Night Birds", UNLIKE),
        ("Report on Owls 1943", "Report on Owls 1944", UNLIKE),
        ("First Notes on the Northern Owl", "Second Notes on the Northern Owl", UNLIKE),
        ("Supervised Training of Night Bird Classifiers", "Unsupervised Training of Night Bird Classifiers",
         RELATED),
        ("Counting Barn Owls with Cheap Labels", "Counting Barn Owls without Cheap Labels", RELATED),
        ("Owls at Dusk in Dark Northern Forests", "Owls at Dusk in Northern Forests", RELATED),
        ("Counting Night Owls of Northern Valleys", "Tracking Night Owls of Southern Rivers", UNLIKE),
        ("Owls at Dusk", "A Theory of Rivers", UNLIKE),
        ("Owl Rest", "Owl Nest", UNLIKE),
        ("?!", "...", UNLIKE),
        ("?!", "?!", EQUAL),
    ],
)  # fmt: skip
def test_titles(one: str, other: str, likeness: TitleLikeness) -> None:
    assert title_likeness(one, other) is likeness
    assert title_likeness(other, one) is likeness


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("C++, C# and F", ["c++", "c#", "and", "f"]),
        ("Ångström & λ", ["angstrom", "and", "lambda"]),
        ("A* search", ["a*", "search"]),
    ],
)
def test_words_of_titles(title: str, words: list[str]) -> None:
    assert title_words(title) == words


@pytest.mark.parametrize(
    ("title", "distinctive"),
    [("Editorial", False), ("Robust statistics", False), ("On the Origin of Owls", False),
     ("Owls of Northern Forests", True)],
)  # fmt: skip
def test_titles_that_are_given_twice(title: str, distinctive: bool) -> None:  # noqa: FBT001 - a column of the rows
    assert is_distinctive(title) is distinctive


SAME, SOME, OTHER, UNKNOWN = (
    AuthorLikeness.SAME, AuthorLikeness.SOME, AuthorLikeness.UNLIKE, AuthorLikeness.UNKNOWN,
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("Berg, Ada",), ("Berg, A.",), SAME),
        (("Berg, Ada", "Chen, Li"), ("Chen, L.", "Berg, A."), SAME),
        (("Müller, Jo",), ("Mueller, J.",), SAME),
        (("Øst, Jo",), ("Ost, Jo",), SAME),
        (("van den Berg, Ada",), ("Berg, Ada van den",), SAME),
        (("Chen, Li",), ("Li, Chen",), SAME),
        (("Berg, Ada", "Chen, Li"), ("Berg, Ada", "Roth, Bo", "Lund, Cy"), SAME),
        (("Berg, Ada", "Chen, Li", "Dahl, Jo"), ("Berg, Ada", "Roth, Bo", "Lund, Cy"), SOME),
        (("Chen, Li",), ("Chen, Wei",), OTHER),
        (("Berg, Ada",), ("Roth, Bo",), OTHER),
        ((Mononym(mononym="Sukarno"),), ("Sukarno, A.",), SAME),
        ((Group(group="Owl Team"),), (Group(group="OWL team"),), SAME),
        ((Group(group="Owl Team"),), (Group(group="Bat Team"),), OTHER),
        ((Group(group="Owl Team"),), ("Berg, Ada",), UNKNOWN),
        (("陈, 力",), ("Chen, Li",), UNKNOWN),
        (("陈, 力",), ("陈, 力强",), SAME),
        ((), ("Berg, Ada",), UNKNOWN),
    ],
)
def test_people(one: tuple[Author, ...], other: tuple[Author, ...], likeness: AuthorLikeness) -> None:
    assert author_likeness(one, other) is likeness
    assert author_likeness(other, one) is likeness


def facts(
    title: str,
    author: str,
    year: int | None = 2020,
    *identifiers: tuple[str, str],
    pages: str = "",
    at: str = "",
) -> Facts:
    years = frozenset({year} if year else ())
    authors = (author,) if author else ()
    places = frozenset({pages} - {""}), plain_addresses([at])
    return Facts(title, authors, years, frozenset(identifiers), *places)


LONG = "Owls of Northern Forests at Dusk"
DOI, DOI2 = ("doi", "10.1000/a"), ("doi", "10.1000/b")
ARXIV, ARXIV2 = ("arxiv", "2001.00001"), ("arxiv", "2001.00002")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # one identifier
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Berg, Ada", 2021, DOI), "same"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts("A Theory of Rivers", "Roth, Bo", 2020, DOI), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts("A Theory of Rivers", "Berg, Ada", 2020, DOI), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts("A Theory of Rivers", "", 2020, DOI), "doubt"),
        (facts("Editorial", "Berg, Ada", 2020, DOI), facts("Editorial", "Roth, Bo", 2020, DOI), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Roth, Bo", 2020, DOI), "same"),
        (facts(f"{LONG}: Part I", "Berg, Ada", 2020, DOI), facts(f"{LONG}: Part II", "Berg, Ada", 2020, DOI),
         "doubt"),
        (facts(LONG, "Berg, Ada", 2020, ARXIV), facts("Dusk Owls, Northern Forests", "Berg, A.", 2021, ARXIV),
         "same"),
        (facts("", "", None, ARXIV), facts(LONG, "Berg, Ada", 2020, ARXIV), "same"),
        # one title
        (facts(LONG, "Berg, Ada"), facts(LONG, "Berg, A.", 2022), "same"),
        (facts(LONG, "Berg, Ada", 2020, ARXIV), facts(LONG, "Berg, A.", 2021, DOI), "same"),
        (facts(LONG, "Berg, Ada", 2020, ARXIV), facts(LONG, "Berg, A.", 2020, ARXIV2), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Berg, A.", 2021, DOI2), "same"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Berg, A.", 2024, DOI2), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Berg, A.", 2026, DOI2), "different"),
        (facts("Robust Owls", "Berg, A.", 1981, DOI), facts("Robust Owls", "Berg, A.", 2009, DOI2),
         "different"),
        (facts(LONG, "Berg, Ada", 1981), facts(LONG, "Berg, A.", 2009), "doubt"),
        (facts(LONG, "Berg, Ada"), facts(LONG, "Roth, Bo"), "doubt"),
        (facts(LONG, "Berg, Ada", 2020, DOI), facts(LONG, "Roth, Bo", 2021, DOI2), "different"),
        (facts(LONG, ""), facts(LONG, "Roth, Bo", 2021), "same"),
        (facts(LONG, "", 2020, DOI), facts(LONG, "Roth, Bo", 2021, DOI2), "doubt"),
        (facts("Editorial", "Berg, Ada", 2019, DOI), facts("Editorial", "Berg, Ada", 2019, DOI2), "doubt"),
        (facts("Editorial", "Berg, Ada", 2019), facts("Editorial", "Berg, Ada", 2020), "doubt"),
        (facts("Editorial", "Berg, A.", 2019, pages="1-2"), facts("Editorial", "Berg, A.", 2019, pages="9"),
         "doubt"),
        (facts("Editorial", "Berg, Ada", 2019), facts("Editorial", "Roth, Bo", 2019), "different"),
        (facts("Owls", "", at="https://github.com/a/owls"), facts("Owls", "", at="https://github.com/b/owls"),
         "doubt"),
        (facts("Owls", "", at="https://github.com/a/owls"), facts("Owls", "", at="http://www.github.com/a/Owls.git"),
         "same"),
        (facts("Owls", "", at="https://github.com/a/owls"), facts("Owls", "Berg, Ada", at="https://x.org/y"),
         "doubt"),
        (facts("Owls", "Berg, A.", at="https://x.org/a"), facts("Owls", "Berg, A.", at="https://x.org/b"),
         "same"),
        (facts(LONG, "", at="https://x.org/a"), facts(LONG, "", at="https://x.org/b"), "same"),
        (facts(LONG, "Berg, Ada", 2020, ("doi", "10.1101/561066")), facts(LONG, "Berg, Ada", 2023, DOI),
         "same"),
        (facts(LONG, "Berg, Ada", 2020, ("doi", "10.64898/2026.1")), facts(LONG, "Berg, Ada", 2023, DOI),
         "same"),
        # The journals of bioRxiv's publisher have its prefix, too.
        (facts(LONG, "Berg, Ada", 2020, ("doi", "10.1101/gr.1")), facts(LONG, "Berg, Ada", 2023, DOI),
         "doubt"),
        # two titles
        (facts(f"{LONG}: A Study", "Berg, Ada"), facts(LONG, "Berg, Ada"), "doubt"),
        (facts(f"{LONG}: A Study", "Berg, Ada"), facts(LONG, "Roth, Bo"), "different"),
        (facts(f"{LONG}: Part I", "Berg, Ada"), facts(f"{LONG}: Part II", "Berg, Ada"), "different"),
        (facts("Owls of Nothern Forests at Dusk", "Berg, Ada"), facts(LONG, "Berg, Ada"), "doubt"),
        (facts("C++ and Owls", "Berg, Ada"), facts("C# and Owls", "Berg, Ada"), "different"),
    ],
)  # fmt: skip
def test_verdicts(one: Facts, other: Facts, verdict: str) -> None:
    assert compare(one, other).verdict == verdict
    assert compare(other, one).verdict == verdict


TITLES = (
    LONG, f"{LONG}: A Study", f"{LONG}: Part I", f"{LONG}: Part II", "Owls of Nothern Forests at Dusk",
    "A Theory of Rivers and Lakes", "Editorial", "C++ and Owls", "C# and Owls",
)  # fmt: skip
PEOPLE = ("Berg, Ada", "Berg, A.", "Roth, Bo", "Chen, Li")
IDENTIFIERS = (DOI, DOI2, ARXIV, ARXIV2, ("openreview", "OwlOwlOwl1"))
works = st.builds(
    Facts,
    title=st.sampled_from(TITLES),
    authors=st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(tuple),
    years=st.frozensets(st.integers(1450, 2030), max_size=2),
    identifiers=st.frozensets(st.sampled_from(IDENTIFIERS), max_size=3),
)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(works, works)
def test_no_pair_is_one_work_against_its_title_and_people(one: Facts, other: Facts) -> None:
    judged = compare(one, other)
    assert compare(other, one).verdict is judged.verdict
    title = title_likeness(one.title, other.title)
    people = author_likeness(one.authors, other.authors)
    shares = bool(one.identifiers & other.identifiers)
    if judged.verdict is Verdict.SAME:
        assert title is not UNLIKE
        assert title is EQUAL or shares
        assert people is not OTHER or (title is EQUAL and shares and is_distinctive(one.title))
    if shares:
        assert judged.verdict is not Verdict.DIFFERENT  # it is said, never passed over
    gaps = [abs(a - b) for a in one.years for b in other.years]
    if title is EQUAL and people is SAME and min(gaps, default=0) <= 5:
        assert judged.verdict is not Verdict.DIFFERENT


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(works)
def test_a_work_is_itself(one: Facts) -> None:
    kept = {pair for pair in one.identifiers if pair[0] != "arxiv"}
    assert compare(one, one).verdict is Verdict.SAME
    if len(one.years) == 1:
        assert compare(one, Facts(one.title, one.authors, one.years, frozenset(kept))).verdict is Verdict.SAME


def test_each_work_of_the_survey_is_known_as_itself(base: KnowledgeBase) -> None:
    known, wrong = known_works(base), {}
    for key, entry in base.entries.items():
        match = known.find(as_found(entry))
        if match is None or match.is_doubt or match.key != key:
            wrong[key] = match
    assert wrong == {}


def as_found(entry: Entry) -> FoundWork:
    records = [
        r.model_dump(exclude_none=True, exclude={"title", "book", "publisher", "note", "reprint"})
        for r in entry.records
    ]
    return FoundWork(entry.title, entry.authors, tuple(Appearance(**record) for record in records))


@pytest.mark.parametrize(
    ("title", "arxiv", "owner"),
    [
        ("You Only Look at One Sequence: Rethinking Transformer in Vision through Object Detection",
         "2105.15203", "xie2021segformer"),
        ("DINOv2: Learning Robust Visual Features without Supervision", "2005.12872", "carion2020endtoend"),
        ("SLoRA: Federated Parameter Efficient Fine-Tuning of Language Models", "2311.03285",
         "sheng2023slora"),
    ],
)  # fmt: skip
def test_wrong_links_of_the_surveys_own_list_are_doubts(
    base: KnowledgeBase, title: str, arxiv: str, owner: str
) -> None:
    match = known_works(base).find(FoundWork(title, appearances=(preprint(arxiv),)))
    assert match is not None
    assert match.is_doubt
    assert owner in match.why


# What an import makes of pairs: nothing of another work is taken, and the base stays valid.
SECONDS = [
    # change of the second work: title, author, year, DOI, arXiv; what must become of it
    ({}, "skipped"),
    ({"volume": "9"}, "merged"),
    ({"title": "A Theory of Rivers and Lakes", "author": "Roth, Bo", "volume": "9"}, "doubted"),
    ({"title": "A Theory of Rivers and Lakes", "volume": "9"}, "doubted"),
    ({"author": "Roth, Bo", "doi": "10.1000/b", "year": "2021"}, "added"),
    ({"author": "Roth, Bo", "doi": ""}, "doubted"),
    ({"doi": "", "eprint": "1912.00001", "archiveprefix": "arXiv", "journal": ""}, "doubted"),
    ({"title": f"{LONG}: Part II", "doi": "10.1000/b"}, "added"),
    ({"title": f"{LONG}: Part II", "doi": ""}, "doubted"),
    ({"title": "Rivers", "doi": "10.1000/b"}, "added"),
]  # fmt: skip
FIRST = {"title": LONG, "author": "Berg, Ada", "year": "2020", "journal": "JIR", "doi": "10.1000/a"}


def bib(fields: dict[str, str]) -> str:
    return f"@article{{k{fields['year']}, {', '.join(f'{k}={{{v}}}' for k, v in fields.items() if v)}}}\n"


@pytest.mark.parametrize(("change", "status"), SECONDS, ids=range(len(SECONDS)))
def test_an_import_of_a_second_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], status: str
) -> None:
    root = copy(tmp_path)
    before = reported(root)
    first, second = tmp_path / "a.bib", tmp_path / "b.bib"
    first.write_text(bib(FIRST), encoding="utf-8")
    second.write_text(bib(FIRST | change), encoding="utf-8")
    order = ("import", "--root", str(root), "--offline", "--today", "2026-11-24", "--topic",
             "systems/serving/caching")  # fmt: skip
    call(*order, str(first), capsys=capsys)
    made = state(root)
    for _ in range(2):  # what is doubted is said again
        _, output, _ = call(*order, str(second), capsys=capsys)
        assert f": {status} " in output or (status in ("added", "merged") and ": skipped " in output)
        if status in ("doubted", "skipped"):
            assert state(root) == made
    assert reported(root) == before
    entries = [yaml.safe_load(t) for f, t in state(root).items() if f.startswith("papers/2020/berg")]
    assert all("volume" not in r for e in entries for r in e["records"]) or status == "merged"
