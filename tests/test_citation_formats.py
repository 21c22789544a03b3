"""CSL-JSON, RIS, Highwire tags and COinS of sample entries."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
import pytest

from rekb.citation.bibtex import bibtex
from rekb.citation.coins import coins
from rekb.citation.csl import CSL_TYPES, CslName, csl
from rekb.citation.highwire import highwire
from rekb.citation.names import one_line
from rekb.citation.ris import ris
from rekb.citation.schema_org import json_ld
from rekb.citation.work import Form
from rekb.exports import csl_schema
from samples import ARXIV, ENTRIES, entry, names, sample_base, venues

KEY = "dao2022flashthing"


def tags(text: str) -> list[tuple[str, str]]:
    """Read RIS back as (tag, value)."""
    assert text.endswith("ER  - \r\n")
    assert text.count("\n") == text.count("\r\n")
    return [(line[:2], line[6:]) for line in text.split("\r\n") if line]


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_csl_is_valid(key: str) -> None:
    base = sample_base()
    jsonschema.Draft202012Validator(csl_schema()).validate([csl(key, base.entries[key], base.venues)])


@pytest.mark.parametrize("broken", [{"id": "a2022b"}, {"type": "paper"}, {"author": []}, {"extra": "x"}])
def test_csl_schema_refuses(broken: dict[str, Any]) -> None:
    record: dict[str, Any] = {**csl(KEY, entry(), venues()), **broken}
    if "id" in broken:
        del record["title"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(csl_schema()).validate([record])


def test_csl_of_a_conference_paper() -> None:
    base = sample_base()
    assert csl(KEY, base.entries[KEY], base.venues) == {
        "id": KEY,
        "type": "paper-conference",
        "title": "FlashThing: Fast Attention with IO-Awareness",
        "title-short": "FlashThing",
        "author": [
            {"family": "Dao", "given": "Tri"},
            {"family": "van den Oord", "given": "Aäron"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2022]]},
        "container-title": "Advances in Neural Information Processing Systems",
        "publisher": "Curran Associates",
        "volume": "35",
        "page": "16344-16359",
        "URL": "https://arxiv.org/abs/2205.14135",
        "note": "arXiv:2205.14135",
        "keyword": "attention",
    }


@pytest.mark.parametrize(
    ("kind", "venue", "expected"),
    [
        ("paper", "csur", "article-journal"), ("paper", "icml", "paper-conference"),
        ("paper", "icml-workshops", "paper-conference"), ("paper", "arxiv", "article"),
        ("paper", "handbook", "chapter"), ("report", "tech-report", "report"),
        ("software", "github", "webpage"),
        ("post", "web", "post-weblog"), ("paper", "web", "webpage"),
    ],
)  # fmt: skip
def test_csl_type(kind: str, venue: str, expected: str) -> None:
    assert csl(KEY, entry(kind=kind, records=[{"venue": venue, "year": 2020}]), venues())["type"] == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"group": "OpenAI"}, {"literal": "OpenAI"}),
        ({"mononym": "Plato"}, {"family": "Plato"}),
        ("李, 伟", {"family": "李", "given": "伟"}),
    ],
)
def test_csl_author(author: object, expected: CslName) -> None:
    assert csl(KEY, entry(authors=[author]), venues())["author"] == [expected]


def test_csl_keeps_the_order_of_authors() -> None:
    shown = csl(KEY, entry(authors=names(30)), venues())["author"]
    assert [f"{a['family']}, {a['given']}" for a in shown] == names(30)


def test_csl_of_a_preprint_names_the_archive() -> None:
    record = csl(KEY, entry(), venues())
    assert (record["archive"], record["archive_location"]) == ("arXiv", "2205.14135")
    assert (record["publisher"], record["number"]) == ("arXiv", "arXiv:2205.14135")
    assert record["issued"] == {"date-parts": [[2022, 5]]}
    assert "note" not in record


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (KEY, [("TY", "CONF"), ("ID", KEY), ("TI", "FlashThing: Fast Attention with IO-Awareness"),
               ("ST", "FlashThing"), ("AU", "Dao, Tri"), ("AU", "van den Oord, Aäron"),
               ("AU", "King, Martin Luther, Jr."),
               ("T2", "Advances in Neural Information Processing Systems"),
               ("C3", "Advances in Neural Information Processing Systems"),
               ("PY", "2022"), ("DA", "2022///"), ("VL", "35"),
               ("SP", "16344"), ("EP", "16359"), ("PB", "Curran Associates"),
               ("UR", "https://arxiv.org/abs/2205.14135"), ("AN", "arXiv:2205.14135"), ("KW", "attention"),
               ("ER", "")]),
        ("openai2023gptx", [("TY", "RPRT"), ("ID", "openai2023gptx"), ("TI", "GPT-X Technical Report"),
                            ("AU", "OpenAI"), ("PY", "2023"), ("DA", "2023///"), ("PB", "OpenAI"),
                            ("M3", "Technical report"),
                            ("UR", "https://example.org/gptx.pdf"), ("KW", "serving"), ("ER", "")]),
        ("plato2020blog", [("TY", "BLOG"), ("ID", "plato2020blog"), ("TI", "Why a post?"), ("AU", "Plato"),
                           ("PY", "2020"), ("DA", "2020/12//"), ("UR", "https://example.org/why"),
                           ("KW", "serving"), ("ER", "")]),
    ],
)  # fmt: skip
def test_ris(key: str, expected: list[tuple[str, str]]) -> None:
    base = sample_base()
    assert tags(ris(key, base.entries[key], base.venues)) == expected


def test_ris_of_hostile_text_stays_on_its_lines() -> None:
    base = sample_base()
    hostile = base.entries["hostile2021x"]
    read = tags(ris("hostile2021x", hostile, base.venues))
    assert dict(read)["TI"] == one_line(hostile.title)
    assert (dict(read)["DO"], dict(read)["IS"]) == ("10.1002/(SICI)1097_#%25;2-X", "2")
    assert sum(tag == "AU" for tag, _ in read) == 4


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (KEY, {"citation_conference_title": "Advances in Neural Information Processing Systems",
               "citation_firstpage": "16344", "citation_arxiv_id": "2205.14135",
               "citation_publication_date": "2022"}),
        ("hostile2021x", {"citation_journal_title": "ACM Computing Surveys", "citation_issue": "2",
                          "citation_doi": "10.1002/(SICI)1097_#%25;2-X",
                          "citation_publication_date": "2021/03"}),
        ("openai2023gptx", {"citation_technical_report_institution": "OpenAI"}),
    ],
)  # fmt: skip
def test_highwire(key: str, expected: dict[str, str]) -> None:
    base = sample_base()
    found = highwire(key, base.entries[key], base.venues)
    assert expected.items() <= dict(found).items()
    assert all(name.startswith(("citation_", "z:")) and content for name, content in found)


@pytest.mark.parametrize(
    ("kind", "venue", "expected"),
    [
        ("paper", "csur", "journalArticle"), ("paper", "icml", "conferencePaper"),
        ("paper", "icml-workshops", "conferencePaper"), ("paper", "arxiv", "preprint"),
        ("paper", "handbook", "bookSection"), ("report", "tech-report", "report"),
        ("software", "github", "computerProgram"), ("post", "web", "blogPost"), ("paper", "web", "webpage"),
    ],
)  # fmt: skip
def test_highwire_says_zoteros_type(kind: str, venue: str, expected: str) -> None:
    found = highwire(KEY, entry(kind=kind, records=[{"venue": venue, "year": 2020}]), venues())
    assert dict(found)["z:itemType"] == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("van den Oord, Aäron", "van den Oord, Aäron"),
        ({"group": "Gemini Team"}, "Gemini Team,"),
        ({"mononym": "Sri Devi"}, "Sri Devi,"),
    ],
)
def test_highwire_keeps_names_in_one_piece(author: object, expected: str) -> None:
    assert dict(highwire(KEY, entry(authors=[author]), venues()))["citation_author"] == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([ARXIV], "10.48550/arXiv.2205.14135"),
        ([{"venue": "arxiv", "year": 2001, "arxiv": "cs/0112017"}], "10.48550/arXiv.cs/0112017"),
        ([ARXIV, {"venue": "icml", "year": 2022}], None),
        ([ARXIV, {"venue": "icml", "year": 2022, "doi": "10.1145/x"}], "10.1145/x"),
    ],
)
def test_highwire_identifies_a_preprint(records: list[object], expected: str | None) -> None:
    assert dict(highwire(KEY, entry(records=records), venues())).get("citation_doi") == expected


@pytest.mark.parametrize(("text", "expected"), [("Ours:\n\nall of it.", "Ours: all of it."), ("", None)])
def test_highwire_carries_a_whole_text(text: str, expected: str | None) -> None:
    assert dict(highwire(KEY, entry(), venues(), text)).get("citation_abstract") == expected


ZOTERO_READS = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter dataset entry"
    " entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation manuscript map"
    " motion_picture musical_score pamphlet paper-conference patent personal_communication post post-weblog"
    " report review review-book song speech thesis treaty webpage"
)
"""The types that Zotero's import knows; it refuses a whole file for one other."""


@pytest.mark.parametrize("form", sorted(CSL_TYPES))
def test_zotero_knows_every_csl_type(form: Form) -> None:
    assert CSL_TYPES[form] in ZOTERO_READS.split()


ZOTERO_TAKES = {
    "RIS": {
        "JOUR": "journalArticle", "CONF": "conferencePaper", "CHAP": "bookSection", "BOOK": "book",
        "THES": "thesis", "GEN": "journalArticle", "RPRT": "report", "COMP": "computerProgram",
        "BLOG": "blogPost", "ELEC": "webpage",
    },
    "BibTeX": {
        "article": "journalArticle", "inproceedings": "conferencePaper", "incollection": "bookSection",
        "book": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
        "misc": "document",
    },
}  # fmt: skip
"""What Zotero's import makes of a type, as its translators of June 2026 say.

No type of RIS and none of BibTeX becomes a preprint there; Highwire tags, COinS and CSL-JSON tell it.
"""
INTO_ZOTERO = [
    ("paper", "csur", "journalArticle", "journalArticle"),
    ("paper", "icml", "conferencePaper", "conferencePaper"),
    ("paper", "handbook", "bookSection", "bookSection"),
    ("paper", "arxiv", "journalArticle", "document"),
    ("report", "tech-report", "report", "report"),
    ("software", "github", "computerProgram", "document"),
    ("post", "web", "blogPost", "document"),
]
"""Kind and venue of a work, and what Zotero makes of its RIS and its BibTeX."""


@pytest.mark.parametrize(("kind", "venue", "of_ris", "of_bibtex"), INTO_ZOTERO)
def test_what_zotero_takes_a_work_for(kind: str, venue: str, of_ris: str, of_bibtex: str) -> None:
    record = {"venue": venue, "year": 2020, "publisher": "Lamp Press", "arxiv": "2205.14130"}
    if venue != "arxiv":
        record.pop("arxiv")
    made = entry(kind=kind, records=[record])
    first = ris(KEY, made, venues()).split("\r\n", 1)[0].removeprefix("TY  - ")
    assert ZOTERO_TAKES["RIS"][first] == of_ris
    named = re.match(r"@(\w+)\{", bibtex(KEY, made, venues()))
    assert named is not None
    assert ZOTERO_TAKES["BibTeX"][named[1]] == of_bibtex


def test_zotero_keeps_the_arxiv_identifier_of_bibtex() -> None:
    text = bibtex(KEY, entry(records=[ARXIV, {"venue": "icml", "year": 2022}]), venues())
    read = dict(re.findall(r"^  (\w+) += \{(.*)\},$", text, re.MULTILINE))
    # It reads the first two; standard styles for arXiv read the last.
    found = (read["eprint"], read["eprinttype"].casefold(), read["archivePrefix"])
    assert found == ("2205.14135", "arxiv", "arXiv")


def test_csl_says_that_software_is_software() -> None:
    base = sample_base()
    assert csl("team2024tool", base.entries["team2024tool"], base.venues)["genre"] == "Computer software"


def test_highwire_names_authors_in_order() -> None:
    found = highwire(KEY, sample_base().entries[KEY], venues())
    authors = [content for name, content in found if name == "citation_author"]
    assert authors == ["Dao, Tri", "van den Oord, Aäron", "King, Martin Luther Jr."]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (KEY, {"rft.genre": "proceeding", "rft.btitle": "Advances in Neural Information Processing Systems"}),
        ("hostile2021x", {"rft.genre": "article", "rft_id": "info:doi/10.1002/(SICI)1097_#%25;2-X",
                          "rft.date": "2021-03"}),
        ("team2024tool", {"rft.type": "computerProgram", "rft.aucorp": "Tool Team"}),
        ("chapter2019book", {"rft.genre": "bookitem", "rft.au": "Chapter, Jean-Paul M."}),
    ],
)  # fmt: skip
def test_coins(key: str, expected: dict[str, str]) -> None:
    base = sample_base()
    text = coins(key, base.entries[key], base.venues)
    read = dict(parse_qsl(text, strict_parsing=True))
    assert expected.items() <= read.items()
    assert (read.get("rft.atitle") or read["rft.title"]) == one_line(base.entries[key].title)
    assert text.isascii()
    assert not set(text) & set("<>\"' ")


def test_preprint_coins() -> None:
    read = dict(parse_qsl(coins(KEY, entry(records=[ARXIV]), venues())))
    assert (read["rft.type"], read["rft_id"]) == ("preprint", "info:doi/10.48550/arXiv.2205.14135")
    assert read["rft.identifier"] == "https://arxiv.org/abs/2205.14135"


def test_json_ld() -> None:
    base = sample_base()
    text = json_ld(KEY, base.entries[KEY], base.venues)
    assert json.loads(text) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": "FlashThing: Fast Attention with IO-Awareness",
        "headline": "FlashThing: Fast Attention with IO-Awareness",
        "alternateName": "FlashThing",
        "author": [
            {"@type": "Person", "name": "Tri Dao"},
            {"@type": "Person", "name": "Aäron van den Oord"},
            {"@type": "Person", "name": "Martin Luther King Jr."},
        ],
        "datePublished": "2022",
        "isPartOf": {"@type": "CreativeWork", "name": "Advances in Neural Information Processing Systems"},
        "publisher": {"@type": "Organization", "name": "Curran Associates"},
        "pagination": "16344-16359",
        "url": "https://arxiv.org/abs/2205.14135",
        "keywords": ["attention"],
    }  # fmt: skip


def test_json_ld_cannot_end_its_element() -> None:
    text = json_ld(KEY, entry(title="</script><b>&", authors=[{"group": "A & B"}]), venues())
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == "</script><b>&"
