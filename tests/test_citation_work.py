"""Which record is cited, and where its address leads."""

from typing import Any

import pytest

from rekb.citation.work import cited_work
from rekb.intake.matching import KnownWorks
from rekb.model import Venue
from rekb.model.cited import cited_record
from rekb.sources.work import Appearance, FoundWork
from samples import ARXIV, entry, venues

ICML = {"venue": "icml", "year": 2023}


@pytest.mark.parametrize(
    ("records", "venue", "year"),
    [
        ([ARXIV], "arxiv", 2022),
        ([ARXIV, ICML], "icml", 2023),
        ([ICML, ARXIV], "icml", 2023),
        ([ARXIV, ICML, {"venue": "csur", "year": 2024}], "csur", 2024),
        ([{"venue": "csur", "year": 2024}, ICML], "csur", 2024),
        ([{"venue": "icml-workshops", "year": 2023}, ICML], "icml", 2023),
        ([ICML, {"venue": "icml-workshops", "year": 2023}], "icml", 2023),
        ([{"venue": "icml-workshops", "year": 2024}, ICML], "icml", 2023),
        ([ICML, {"venue": "csur", "year": 2023}], "icml", 2023),
        ([{"venue": "csur", "year": 2023}, ICML], "icml", 2023),
        ([ICML, {"venue": "csur", "year": 2025, "reprint": True}], "icml", 2023),
        ([{"venue": "icml-workshops", "year": 2023}, {"venue": "csur", "year": 2025, "reprint": True}],
         "icml-workshops", 2023),
        ([ARXIV, {"venue": "csur", "year": 2025, "reprint": True}], "csur", 2025),
        ([ARXIV, {"venue": "icml-workshops", "year": 2022}], "icml-workshops", 2022),
        ([{"venue": "web", "year": 2021}, ARXIV], "arxiv", 2022),
        ([{"venue": "web", "year": 2021}, {"venue": "tech-report", "year": 2022}], "tech-report", 2022),
        ([{"venue": "web", "year": 2021}, {"venue": "web", "year": 2022}], "web", 2021),
        ([{"venue": "nowhere", "year": 2021}], "nowhere", 2021),
    ],
)  # fmt: skip
def test_cited_record(records: list[dict[str, Any]], venue: str, year: int) -> None:
    record = cited_record(entry(records=records), venues())
    assert (record.venue, record.year) == (venue, year)


@pytest.mark.parametrize(
    ("records", "doi", "arxiv", "url"),
    [
        ([ARXIV], "", "2205.14135", "https://arxiv.org/abs/2205.14135"),
        ([ARXIV, ICML], "", "2205.14135", "https://arxiv.org/abs/2205.14135"),
        ([{**ARXIV, "doi": "10.48550/arXiv.2205.14135"}, ICML], "", "2205.14135",
         "https://doi.org/10.48550/arXiv.2205.14135"),
        ([{**ICML, "doi": "10.1145/a#b"}], "10.1145/a#b", "", "https://doi.org/10.1145/a%23b"),
        ([{**ICML, "openreview": "H4DqfPSibmx"}], "", "", "https://openreview.net/forum?id=H4DqfPSibmx"),
        ([{**ICML, "acl": "2022.acl-long.577"}], "", "", "https://aclanthology.org/2022.acl-long.577/"),
        ([{**ICML, "pmlr": "v162/du22c"}], "", "", "https://proceedings.mlr.press/v162/du22c.html"),
        ([{**ICML, "url": "https://x.org/a", "acl": "P19-1001"}], "", "", "https://x.org/a"),
        ([ICML], "", "", "https://github.com/x/y"),
    ],
)  # fmt: skip
def test_identifiers(records: list[dict[str, Any]], doi: str, arxiv: str, url: str) -> None:
    links = {"code": {"url": "https://github.com/x/y", "official": True}}
    work = cited_work("k2022x", entry(records=records, links=links), venues())
    assert (work.doi, work.arxiv, work.url) == (doi, arxiv, url)


@pytest.mark.parametrize(
    ("kind", "venue", "form", "container", "publisher"),
    [
        ("paper", "csur", "article", "ACM Computing Surveys", "ACM"),
        ("paper", "icml", "conference-paper", "International Conference on Machine Learning", ""),
        ("paper", "handbook", "chapter", "Handbook of Things & More", "Press"),
        ("report", "arxiv", "preprint", "", "arXiv"),
        ("report", "tech-report", "report", "", "Team"),
        ("report", "web", "report", "", "Team"),
        ("software", "github", "software", "", "GitHub"),
        ("post", "web", "post", "", ""),
        ("post", "github", "post", "GitHub", ""),
        ("paper", "web", "page", "", ""),
    ],
)
def test_form(kind: str, venue: str, form: str, container: str, publisher: str) -> None:
    cited = entry(kind=kind, authors=[{"group": "Team"}], records=[{"venue": venue, "year": 2020}])
    work = cited_work("k2020x", cited, venues())
    assert (work.form, work.container, work.publisher) == (form, container, publisher)


@pytest.mark.parametrize(
    ("kind", "note", "genre"),
    [
        ("thesis", "Doctoral dissertation", "Doctoral dissertation"),
        ("thesis", None, "Thesis"),
        ("report", "Revised", "Thesis"),
        ("conference", "Oral", ""),
    ],
)
def test_a_thesis_says_for_which_degree_it_is(kind: str, note: str | None, genre: str) -> None:
    record = {"venue": "place", "year": 2020}
    if note:
        record["note"] = note
    venue = Venue.model_validate({"id": "place", "name": "Thesis", "short": "Thesis", "kind": kind})
    assert cited_work("k2020x", entry(records=[record]), {"place": venue}).genre == genre


def test_an_entry_knows_all_its_titles() -> None:
    renamed = entry(records=[ARXIV, {**ICML, "title": "OptThing: Faster Attention"}])
    assert renamed.titles == ("FlashThing: Fast Attention with IO-Awareness", "OptThing: Faster Attention")


def test_a_work_is_found_by_the_title_of_one_of_its_records() -> None:
    renamed = entry(records=[ARXIV, {**ICML, "title": "OptThing: Faster Attention"}])
    known = KnownWorks()
    known.add("dao2022flashthing", renamed)
    found = FoundWork(
        title="OptThing: Faster Attention",
        authors=renamed.authors,
        appearances=(Appearance(venue="ICML", year=2023, form="paper"),),
    )
    match = known.find(found)
    assert match is not None
    assert (match.key, match.is_doubt) == ("dao2022flashthing", False)
