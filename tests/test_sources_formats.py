"""Files of works as people have them: every field and line of what is in them; the fixtures are hand-made."""

from pathlib import Path
from typing import Any

import pytest

from rekb.errors import SourceError
from rekb.model.entry import Group
from rekb.sources.bibtex import read_bibtex
from rekb.sources.csl import found_work, read_records
from rekb.sources.formats import FORMS, form_of, read_works
from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_item, read_list
from rekb.sources.lists.works import listed_work
from rekb.sources.pages import pages_of
from rekb.sources.ris import read_ris
from rekb.sources.work import Appearance, FoundWork
from slowness import is_too_slow

LIST = Path(__file__).parent / "fixtures" / "lists" / "awesome.md"
GITHUB = "https://github.com/example"
ROWS: list[tuple[int, str, str, int | None, str | None, str | None]] = [
    (11, "A Lantern for Moths", "arXiv", 2022, "https://arxiv.org/pdf/2201.00001.pdf", f"{GITHUB}/lantern"),
    (12, "Are Moths Few-Shot Learners?", "NeurIPS", 2020, "https://arxiv.org/abs/2006.00002v3", None),
    (13, "Moth. int8 (): 8-bit Wings at Scale", "NeurIPS", 2022,
     "https://proceedings.example.org/paper/2022/hash/a-b_c(d).pdf", f"{GITHUB}/int8/tree/main/src"),
    (14, "A work whose year was cut", "NeurIPS", None, "https://example.org/cut.pdf", None),
    (15, "A page without venue", "", None, "https://example.org/page", None),
    (16, "A title that was broken over two lines", "Conference on Lifelong Moths", 2023,
     "https://openreview.net/forum?id=MothMoth01", None),
    (18, "Three links", "EMNLP", 2023, "https://aclanthology.org/2023.moth-main.1/", f"{GITHUB}/three"),
    (19, "Bold: A Title in Bold", "ICML", 2023, "https://proceedings.mlr.press/v202/moth23a.html",
     f"{GITHUB}/bold"),
    (20, "Linked and Bold", "ICLR", 2024, "https://arxiv.org/abs/2301.00003", None),
    (21, "A Linked Title", "SOSP", 2023, "https://doi.org/10.99999/lantern.1", f"{GITHUB}/linked"),
    (22, "Linked with Year Only", "", 2021, "https://arxiv.org/abs/2105.00004", None),
    (23, "Plus as a bullet", "ACL", 2022, "https://aclanthology.org/2022.moth-long.2.pdf", f"{GITHUB}/plus"),
    (24, "A task", "MLSys", 2024, "https://example.org/a_b?c=d&e=f", None),
    (25, "A numbered one", "KDD", 2021, "https://dl.acm.org/doi/10.99999/3447548.1", None),
    (29, "Badge Before the Title", "OSDI", 2023, "https://arxiv.org/abs/2302.00005", None),
    (30, "Badge With the Venue", "NSDI", 2024, "https://example.org/nsdi.pdf", None),
    (31, "A stressed word and an under_score", "arXiv", 2023, "https://arxiv.org/abs/2303.00006", None),
    (32, "Quoted Title", "VLDB", 2022, "https://example.org/q.pdf", None),
    (33, "Escaped [brackets] & *stars*", "WWW", 2023, "https://example.org/e.pdf", None),
    (34, "A work with a script", "arXiv", 2023, None, f"{GITHUB}/script"),
    (35, "Scheme-2.0: version in the title", "SC", 2023, "https://example.org/s.pdf", None),
    (36, "Only code", "arXiv", 2023, None, f"{GITHUB}/only"),
    (43, "Cached Lanterns", "EuroSys", 2024, "https://arxiv.org/abs/2401.00007", f"{GITHUB}/cached"),
]  # fmt: skip


def test_a_list_gives_its_works() -> None:
    read = dict(read_list(LIST.read_text(encoding="utf-8")))
    found = [item for item in read.values() if isinstance(item, Item)]
    assert [(i.line, i.title, i.venue, i.year, i.paper, i.code) for i in found] == ROWS
    assert {i.project for i in found} == {None, "https://three.example.org/"}
    assert [line for line, item in read.items() if isinstance(item, SourceError)] == [37]


FUNGI = LIST.with_name("fungi.md")
FUNGI_ROWS = [
    (7, "Roots Listen to Mushrooms", "JMY", 2021, "https://arxiv.org/abs/2101.00001", None, "soil and roots"),
    (8, "A Map of Threads: 3D Networks below Ground", "MycoConf", 2022, "https://arxiv.org/pdf/2202.00002",
     f"{GITHUB}/threads", "soil and roots"),
    (9, "A Title with a Broken Link", "MycoConf", 2023, "https://example.org/broken", None, "soil and roots"),
    (13, "Yeast that Counts", "JMY", 2023, "https://arxiv.org/abs/2303.00003", None, "Linked titles"),
    (14, "Spores | on <the> Wind", "MycoConf", 2020, "https://doi.org/10.99999/spores.1", None,
     "Linked titles"),
    (18, "Lichens as Clocks", "JMY", 2019, "https://arxiv.org/abs/1904.00004", f"{GITHUB}/lichens",
     "As the surveys do"),
    (19, "Roots Listen to Mushrooms", "JMY", 2021, "https://arxiv.org/abs/2101.00001", None,
     "As the surveys do"),
]  # fmt: skip


def test_a_list_of_another_field_in_three_dialects() -> None:
    found = [item for _, item in read_list(FUNGI.read_text(encoding="utf-8")) if isinstance(item, Item)]
    read = [(i.line, i.title, i.venue, i.year, i.paper, i.code, i.headings[-1]) for i in found]
    assert read == FUNGI_ROWS


def test_rows_written_in_the_dialect_of_the_survey_are_read_back() -> None:
    rows = [(f"Work {n}: of [{n}] moths & more?", f"Venue {'ABC'[n % 3]}", 2000 + n) for n in range(24)]
    lines = [
        f"- {title} *[{venue}'{year % 100:02}]* [[Paper]](https://example.org/{year}.pdf) "
        f"[[Code]](https://github.com/example/{year})"
        for title, venue, year in rows
    ]
    read = [item for _, item in read_list("\n".join(lines)) if isinstance(item, Item)]
    assert [(i.title, i.venue, i.year) for i in read] == rows
    assert [(i.paper, i.code) for i in read] == [
        (f"https://example.org/{year}.pdf", f"https://github.com/example/{year}") for _, _, year in rows
    ]


def test_headings_are_kept() -> None:
    read = dict(read_list(LIST.read_text(encoding="utf-8")))
    headings = {line: item.headings for line, item in read.items() if isinstance(item, Item)}
    assert headings[11] == ("Awesome Lanterns", "Architectures", "Cheap attention")
    assert headings[29] == ("Awesome Lanterns", "Architectures", "Systems of moths")
    assert headings[43] == ("Awesome Lanterns", "Systems", "Caching")


@pytest.mark.parametrize(
    ("title", "stop"),
    [
        ("Plain title", "."),
        ("With: colon, comma", "."),
        ("A question?", ""),
        ("Ends in 2.0", "."),
        ("C++ & D#", "."),
    ],
)
@pytest.mark.parametrize(
    "shown", ["arXiv'23", "Conference on Lifelong Learning Agents'22", "NeurIPS'2", None]
)
@pytest.mark.parametrize("code", [None, "https://github.com/a/b_c/tree/main/(x)"])
def test_the_surveys_own_form(title: str, stop: str, shown: str | None, code: str | None) -> None:
    venue = f" *[{shown}]*" if shown else ""
    links = "[[Paper]](https://example.org/x_y.pdf&z=1)" + (f" [[Code]]({code})" if code else "")
    item = read_item(f"{title}{stop}{venue} {links}")
    name, _, digits = (shown or "").partition("'")
    year = 2000 + int(digits) if len(digits) == 2 else None
    assert item == Item(title, name, year, "https://example.org/x_y.pdf&z=1", code)


@pytest.mark.parametrize("shown", ["ICML'21'", "ICML \u201821", "ICML\u201921", "ICML'21\u2019"])
def test_quotes_around_the_year(shown: str) -> None:
    item = read_item(f"Moths. *[{shown}]* [[Paper]](https://example.org/x)")
    assert (item.title, item.venue, item.year) == ("Moths", "ICML", 2021)


def test_a_full_stop_behind_an_address_is_none_of_it() -> None:
    rows = [
        "- Moths. *[ICML'21]* [[Paper]](https://example.org/x.pdf%3E,) [[Code]](https://github.com/a/b.",
        ")",
    ]
    ((_, item),) = read_list("\n".join(rows))
    assert isinstance(item, Item)
    assert (item.paper, item.code) == ("https://example.org/x.pdf%3E", "https://github.com/a/b")


def test_identifiers_of_a_listed_work() -> None:
    work = listed_work(read_item("T. *[X'20]* [[Paper]](https://dl.acm.org/doi/pdf/10.1145/3600006.3613145)"))
    assert work.identifiers() == {("doi", "10.1145/3600006.3613145")}
    damaged = "https://arxiv.org/pdf/1810.04805.pdf&usg=ALk"
    assert listed_work(Item("T", paper=damaged)).identifiers() == {("arxiv", "1810.04805")}


BIB = r"""
% a comment
@string{nips = {Advances in Neural Information Processing Systems}}
@inproceedings{a, title = "{BERT} and {\"O}zt{\"u}rk's 50\% $\times$ Moths",
  author = "Moth, Ada and {\'E}mile {van Nowhere} and {Lantern and Co}", booktitle = nips, year = 2022,
  pages = "1--12", volume = 35, url = "https://openreview.net/forum?id=MothMoth01" }
@article{b, title={No Author}, year={2020}}
@article{broken, title={Never closed, author={X, Y}, year={2020}
@article{c, title={Preprint}, author={Lamp, J.}, journal={arXiv preprint arXiv:2205.00001}, year={2022}}
@article{c, title={Same Key, Another Work}, author={Lamp, J.}, journal={CoRR}, volume={abs/2205.00002}}
@misc{d, title={Eprint}, author={Lamp, J.}, eprint={2205.00003v2}, archivePrefix={arXiv}, year={2022}}
@article{e, title={Both}, author={Lamp, J. and others}, journal={JMLR}, year={2021}, eprint={2005.00004},
  doi={https://doi.org/10.99999/a_b%2Fc}, month={3}}
@software{f, title={Lantern 2}, author={{Lantern Team}}, year=2021,
  url={https://github.com/example/lantern_2}}
"""


def test_bibtex() -> None:
    read = dict(read_bibtex(BIB))
    works = {line: work for line, work in read.items() if isinstance(work, FoundWork)}
    assert [work.title for work in works.values()] == [
        "BERT and Öztürk's 50% × Moths", "Preprint", "Same Key, Another Work", "Eprint", "Both", "Lantern 2",
    ]  # fmt: skip
    first, preprint, _, eprint, both, software = works.values()
    assert first.authors == ("Moth, Ada", "van Nowhere, Émile", Group(group="Lantern and Co"))
    assert first.appearances == (
        Appearance("Advances in Neural Information Processing Systems", 2022, openreview="MothMoth01",
                   volume="35", pages="1-12", form="paper"),
    )  # fmt: skip
    assert preprint.appearances == (Appearance("arxiv", 2022, 5, arxiv="2205.00001"),)
    assert eprint.identifiers() == {("arxiv", "2205.00003")}
    assert both.appearances[1] == Appearance("JMLR", 2021, 3, doi="10.99999/a_b%2Fc", form="article")
    assert [doubt.field for doubt in both.doubts] == ["authors"]
    assert (software.kind, software.authors) == ("software", (Group(group="Lantern Team"),))
    assert software.appearances[0].url == "https://github.com/example/lantern_2"
    errors = {line: str(error) for line, error in read.items() if isinstance(error, SourceError)}
    assert errors == {
        7: "the BibTeX entry `b` names no author: 'No Author'",
        8: "the BibTeX entry cannot be read: brackets, quotes or commas do not match; "
        "it opens 4 braces and closes 2",
    }


def test_a_long_title_is_cut_in_a_message() -> None:
    ((_, error),) = read_bibtex(f"@misc{{a, title={{{'x' * 200}}}}}")
    assert str(error) == f"the BibTeX entry `a` names no author: '{'x' * 80}'"


RIS = """\
TY  - CPAPER
TI  - A Lantern in a Catalogue that goes on
      over the line
AU  - Moth, Ada
AU  - Lamp, Jo
T2  - NeurIPS
PY  - 2022/12//
SP  - 1
EP  - 12
DO  - 10.99999/ris.1
ER  -
TY  - JOUR
AU  - Nobody, N.
ER  -

TY  - GEN
TI  - A Preprint
AU  - Lamp, Jo
UR  - https://arxiv.org/abs/2205.00001
PY  - 2022
ER  -
"""


def test_ris() -> None:
    (one, first), (two, error), (three, preprint) = read_ris(RIS)
    assert (one, two, three) == (1, 12, 16)
    assert isinstance(first, FoundWork)
    assert first.title == "A Lantern in a Catalogue that goes on over the line"
    assert first.appearances == (
        Appearance("NeurIPS", 2022, 12, doi="10.99999/ris.1", pages="1-12", form="paper"),
    )
    assert isinstance(error, SourceError)
    assert isinstance(preprint, FoundWork)
    assert preprint.appearances == (Appearance("arxiv", 2022, 5, arxiv="2205.00001"),)


CSL = """[
  {"id": "a", "title": "A", "author": [{"family": "Moth", "given": "Ada", "non-dropping-particle": "van"},
   {"literal": "The Very Large Lantern Team"}], "issued": {"date-parts": [["2022", 5]]},
   "number": "arXiv:2205.00001"},
  "no record",
  {"title": ["B"], "container-title": ["ICML"], "author": [{"family": "Lamp"}], "issued": {"raw": "May 2021"},
   "URL": "https://arxiv.org/abs/2005.00002", "page": "1\\u201312"}
]"""


def test_csl() -> None:
    records = read_records(CSL)
    assert [line for line, _ in records] == [2, 5, 6]
    first, last = found_work(records[0][1]), found_work(records[2][1])
    assert first.authors == ("van Moth, Ada", Group(group="The Very Large Lantern Team"))
    assert first.appearances == (Appearance("arxiv", 2022, 5, arxiv="2205.00001"),)
    assert last.appearances == (
        Appearance("arxiv", 2020, 5, arxiv="2005.00002"), Appearance("ICML", 2021, 5, pages="1-12"),
    )  # fmt: skip
    with pytest.raises(SourceError, match="a record is a mapping"):
        found_work(records[1][1])


CORR_RIS = """\
TY  - JOUR
AU  - Moth, Ada
TI  - A Preprint
JO  - CoRR
VL  - abs/2205.00001
PY  - 2022
"""
CORR_CSL = """\
{"title": "A Preprint", "author": [{"family": "Moth", "given": "Ada"}], "type": "article-journal",
 "container-title": "CoRR", "volume": "abs/2205.00001", "issued": {"date-parts": [[2022]]}
"""


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "bibtex",
            "@article{a, author={Moth, Ada}, title={A Preprint}, journal={CoRR}, volume={abs/2205.00001}}",
        ),
        ("ris", f"{CORR_RIS}ER  -\n"),
        ("ris", f"{CORR_RIS}DO  - 10.48550/arXiv.2205.00001\nER  -\n"),
        ("csl-json", f"[{CORR_CSL}}}]"),
        ("csl-json", f'[{CORR_CSL}, "DOI": "10.48550/ARXIV.2205.00001"}}]'),
    ],
)
def test_corr_is_arxiv_and_no_publication(form: str, text: str) -> None:
    (read,) = read_works(text, form)
    assert isinstance(read.work, FoundWork)
    assert read.work.appearances == (Appearance("arxiv", 2022, 5, arxiv="2205.00001"),)


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ("note={Available at https://example.org/a.}", "https://example.org/a"),
        ("note={(see https://example.org/a), 2020}", "https://example.org/a"),
        ("howpublished={https://example.org/a_(b)}", "https://example.org/a_(b)"),
        ("url={https://example.org/a.}", "https://example.org/a."),
    ],
)
def test_an_address_in_a_sentence(fields: str, address: str) -> None:
    ((_, work),) = read_bibtex(f"@misc{{a, author={{Moth, Ada}}, title={{A Page}}, year={{2022}}, {fields}}}")
    assert isinstance(work, FoundWork)
    assert work.appearances[0].url == address


@pytest.mark.parametrize(
    ("lends", "place"),
    [
        ("xdata={here}", ("MothConf", None, "7")),
        ("xdata={here, then}", ("MothConf", 2020, "7")),
        ("xdata={then,more}", ("MothConf", 2020, "8")),
        ("crossref={volume}, xdata={then}", ("The Moths of 2021", 2021, "9")),
        ("xdata={nowhere}", ("", None, None)),
    ],
)
def test_other_entries_lend_fields(lends: str, place: tuple[str, int | None, str | None]) -> None:
    lenders = """
@xdata{here, booktitle={MothConf}, volume={7}}
@xdata{then, year={2020}}
@xdata{more, xdata={here}, volume={8}}
@proceedings{volume, editor={Lamp, Jo}, title={The Moths of 2021}, year={2021}, volume={9}}
"""
    text = f"{lenders}@inproceedings{{a, author={{Moth, Ada}}, title={{A Paper}}, {lends}}}"
    works = [work for _, work in read_bibtex(text) if isinstance(work, FoundWork) and work.title == "A Paper"]
    record = works[0].appearances[0]
    assert (record.venue, record.year, record.volume) == place


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("611--626", "611-626"), ("611", "611"), ("e12-e20", "e12-e20"), ("7:1-7:30", "7:1-7:30"), ("5-5", "5"),
     ("1, 3", None), ("; rm", None), ("", None)],
)  # fmt: skip
def test_pages(text: str, wanted: str | None) -> None:
    assert pages_of(text) == wanted


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.bib", "", "bibtex"), ("a.RIS", "", "ris"), ("a.json", "", "csl-json"), ("A.md", "", "markdown"),
        ("-", '[{"title": "x"}]', "csl-json"), ("-", "TY  - JOUR", "ris"), ("x", "% c\n@misc{a, }", "bibtex"),
        ("x.txt", "# T\n\n- a", "markdown"),
        ("-", "TY - JOUR", "ris"), ("-", '[ {"title": "x"}]', "csl-json"), ("-", "1. a", "markdown"),
        ("-", "# mine\n@misc{a, }", "bibtex"), ("-", "Moths\n\n* a", "markdown"),
    ],
)  # fmt: skip
def test_the_form_is_seen(name: str, text: str, form: str) -> None:
    assert form_of(name, text) == form


def test_what_has_no_form_is_reported() -> None:
    with pytest.raises(
        SourceError, match="none of bibtex, ris, csl-json, markdown; name its form with --from"
    ):
        form_of("x.txt", "hello")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("markdown", "<!--" * 50_000),
        ("markdown", "- " + "[a](b" * 20_000),
        ("markdown", "- " + "*[" * 20_000),
        ("markdown", "- a\n" + "b c\n" * 24_000),
        ("bibtex", "@article{x, title={" + "{" * 50_000 + "}}"),
        ("ris", "TY  - A\n" + "AU  - A, B\n" * 50_000),
        ("csl-json", "[" + ",".join(['{"title":"x"}'] * 20_000) + "]"),
    ],
    ids=range(7),
)
def test_large_input_takes_no_longer_than_its_size(form: str, text: str) -> None:
    assert not is_too_slow(lambda given: list(read_works(given, form)), text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text", ["", "\n\n", "\x00\x01", "{" * 3000, "- [" * 2000, "@a{" * 500, "TY  - \n" * 50]
)
def test_rubbish_gives_errors_and_never_a_crash(form: str, text: str) -> None:
    def read() -> list[Any]:
        try:
            return [r.work for r in read_works(text, form)]
        except SourceError:
            return []

    assert not [work for work in read() if isinstance(work, FoundWork)]
