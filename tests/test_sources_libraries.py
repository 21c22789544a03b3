"""Libraries as programs export them: fields in every spelling, and what a broken record does to others."""

import json

import pytest

from rekb.errors import NoWorkError, SourceError
from rekb.model.entry import Author, Group, Mononym
from rekb.sources.bibtex import read_bibtex
from rekb.sources.csl import found_work, read_records
from rekb.sources.dates import month_in, month_of, year_in
from rekb.sources.formats import read_works
from rekb.sources.identifiers import doi_in, known_in
from rekb.sources.latex import plain
from rekb.sources.pages import pages_and_article, range_of
from rekb.sources.ris import read_ris
from rekb.sources.work import Appearance, FoundWork

OLD = "10.1234/0027(1987)115<16:OADO>2.0.CO;2"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("http://dx.doi.org/10.1234/s0077-05-03", "10.1234/s0077-05-03"),
        ("http://doi.acm.org/10.1145/11376.11371", "10.1145/11376.11371"),
        ("https://www.doi.org/10.1234/j.x.2005", "10.1234/j.x.2005"),
        ("doi:10.1234/b105-6", "10.1234/b105-6"),
        ("DOI 10.1234/0162", "10.1234/0162"),
        ("info:doi/10.1234/x", "10.1234/x"),
        ("10.1234/MSP.81.", "10.1234/MSP.81"),
        ("{10.1234/1.48}", "10.1234/1.48"),
        (r"10.1234/a{\_}b\_c\&d", "10.1234/a_b_c&d"),
        (r"\url{https://doi.org/10.1234/0103}", "10.1234/0103"),
        ("https://doi.org/10.1234%2Fj.x", "10.1234/j.x"),
        ("10.1234%2Fj.x", "10.1234/j.x"),
        ("https://doi.org/10.1234/a_b%2Fc", "10.1234/a_b%2Fc"),
        ("https://example.org/doi/pdf/10.1234/36.45?casa=1", "10.1234/36.45"),
        ("(10.1234/abc)", "10.1234/abc"),
        (OLD, OLD),
        (OLD.replace("<", "$<$").replace(">", "$>$"), OLD),
        (OLD.replace("<", r"{\textless}").replace(">", r"\textgreater{}"), OLD),
        (OLD.replace("<", "&lt;").replace(">", "&gt;"), OLD),
        (f"https://doi.org/{OLD.replace('<', '%3C').replace('>', '%3E')}", OLD),
        ("10.1234/x 10.1234/y", "10.1234/x"),
        ("n/a", None),
        ("", None),
    ],
)
def test_dois_in_every_spelling(text: str, doi: str | None) -> None:
    assert doi_in(text) == doi


def test_a_publishers_own_resolver_leads_to_a_doi() -> None:
    assert known_in("http://doi.acm.org/10.1145/11376.11371") == {"doi": "10.1145/11376.11371"}


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Owls at $\sqrt{s} = 13$ TeV in $O(n \log n)$", "Owls at √s = 13 TeV in O(n log n)"),
        (r"$K^-$, $Z^\prime$ and 2$^{\mbox{k}}$", "K⁻, Z′ and 2ᵏ"),
        (r"$\ell_1$, $x_i^2$, $10^{-3}$", "ℓ₁, xᵢ², 10⁻³"),
        (r"$\frac{a}{b+c}$ of \textsuperscript{14}C in H\textsubscript{2}O", "a/(b+c) of ¹⁴C in H₂O"),
        (r"\(\sin 2\phi_1\) of $B^0 \to J/\psi K$", "sin 2φ₁ of B⁰ → J/ψK"),
        (r"\emph{Strix} and {\em Bubo}, \textsc{Tyto}", "Strix and Bubo, Tyto"),
        (r"a \textquoteleft b\textquoteright{} \textemdash{} c", "a ‘b’ — c"),
        (r"$\oplus$ \dag \unknowncommand{kept}", "⊕ †kept"),
        (r"half {open", "half open"),
        (r"from \$5 to \$6 in $n$ steps", "from $5 to $6 in n steps"),
    ],
)
def test_formulas_and_commands(latex: str, text: str) -> None:
    assert plain(latex) == text


def names(author: str, field: str = "author") -> tuple[Author, ...]:
    ((_, work),) = read_bibtex(f"@misc{{k, title={{Owls at Dusk}}, {field}={{{author}}}, year=2020}}")
    assert isinstance(work, FoundWork), work
    return work.authors


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Anna van 't Uil and Filip de Roos Bel-Per", ("van 't Uil, Anna", "de Roos Bel-Per, Filip")),
        ("Rita Maria des Bois", ("des Bois, Rita Maria",)),
        ("{Owls and Sons, Inc.} and {Owl Society} and Berg, Ada",
         (Group(group="Owls and Sons, Inc."), Group(group="Owl Society"), "Berg, Ada")),
        ("{Berg, Ada and Roth, Bo}", ("Berg, Ada", "Roth, Bo")),
        ("0001, Ada Berg and 0016, Bo Roth", ("Berg, Ada", "Roth, Bo")),
        ("Ada {De Berg} and Bo {Roth Lund}", ("De Berg, Ada", "Roth Lund, Bo")),
        ("Ada Berg 0001 and Roth 0016, Bo", ("Berg, Ada", "Roth, Bo")),
        ("family=Goos, given=Vera, prefix=van, useprefix=true and given=Ada, family={Berg}",
         ("van Goos, Vera", "Berg, Ada")),
        ("Berg, Ada; Roth, Bo", ("Berg, Ada", "Roth, Bo")),
        ("Ada Berg, Bo Roth, Cy Lund", ("Berg, Ada", "Roth, Bo", "Lund, Cy")),
        ("A. Berg, B.-C. Roth", ("Berg, A.", "Roth, B.-C.")),
        ("Berg, A., Roth, B. C.", ("Berg, A.", "Roth, B. C.")),
        ("Berg, A., van Roth, B., Lund, C.", ("Berg, A.", "van Roth, B.", "Lund, C.")),
        ("Berg, Jr., Ada", ("Berg, Jr., Ada",)),
        ("Lund Berg, Ada Marie", ("Lund Berg, Ada Marie",)),
        ("Ada Berg AND Bo Roth", ("Berg, Ada", "Roth, Bo")),
        ("K{\\'a}roly, {\\AA}sa", ("Károly, Åsa",)),
        ("{\\'A}rp{\\'a}d", (Mononym(mononym="Árpád"),)),
    ],
)  # fmt: skip
def test_names_of_bibtex(author: str, wanted: tuple[Author, ...]) -> None:
    assert names(author) == wanted


@pytest.mark.parametrize(
    ("author", "question"),
    [
        ("Ada Berg, Bo Roth", "one person or several, parted by commas? Ada Berg, Bo Roth"),
        ("Lund Berg, Ada Marie", "one person or several, parted by commas? Lund Berg, Ada Marie"),
        ("Berg, Ada, Roth, Bo", "one person or several, parted by commas? Berg, Ada, Roth, Bo"),
        ("Ada Berg, Bo Roth, Cher", "one person or several, parted by commas? Ada Berg, Bo Roth, Cher"),
        ("Berg, Ada, Roth and Cy Lund", "one person or several, parted by commas? Berg, Ada, Roth"),
        ("Berg A., Roth B., Lund C.", "which is the family name? Berg A.; Roth B.; Lund C."),
        # What BibTeX and its readers take for one person.
        ("Berg, Ada", ""),
        ("Berg, Ada Marie", ""),
        ("Lund Berg, Ada", ""),
        ("Lund Berg, Ada M.", ""),
        ("van der Berg, Ada Marie", ""),
        ("Lund Berg, Ada Marie and Roth, Bo", ""),
        ("Berg, Jr., Ada", ""),
        ("King, Martin Luther, Jr.", ""),
        ("{Owls and Sons, Inc.}", ""),
        ("{Ada Berg, Bo Roth}, Ada Marie", ""),
        ("Ada Berg, Bo Roth, Cy Lund", ""),
        ("Berg, A., Roth, B.", ""),
    ],
)
def test_commas_that_may_part_people(author: str, question: str) -> None:
    ((_, work),) = read_bibtex(f"@misc{{k, title={{Owls at Dusk}}, author={{{author}}}, year=2020}}")
    assert isinstance(work, FoundWork), work
    about = [doubt.text for doubt in work.doubts if "?" in doubt.text and "body" not in doubt.text]
    assert about == ([question] if question else [])


def test_editors_are_named_where_there_is_no_author() -> None:
    ((_, work),) = read_bibtex("@proceedings{k, title={Owls at Dusk}, editor={Berg, Ada}, year=2020}")
    assert isinstance(work, FoundWork)
    assert (work.authors, work.edited, work.kind) == (("Berg, Ada",), True, "book")


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("1454", 1454, None), ("c. 1869", 1869, None), ("2016/2017", 2016, None), ("99999", None, None),
        ("0000", None, None), ("1" * 5000, None, None), ("2020-03", 2020, 3), ("2020-21", 2020, None),
        ("2020/13", 2020, None),
    ],
)  # fmt: skip
def test_years_and_dates(text: str, year: int | None, month: int | None) -> None:
    assert (year_in(text), month_of(text)) == (year, month)


@pytest.mark.parametrize(
    ("text", "month"),
    [("sept", 9), ("October 25-28", 10), ("06", 6), ("may~3", 5), ("{APR}", 4), ("3 März", 3), ("déc.", 12),
     ("2023-3-15", 3), ("Spring", None), ("13", None), ("9" * 5000, None), ("", None)],
)  # fmt: skip
def test_months(text: str, month: int | None) -> None:
    assert month_in(text) == month


@pytest.mark.parametrize(
    ("pages", "article", "wanted"),
    [
        ("11--26", "", ("11-26", None)), ("", "e0173", (None, "e0173")), ("17063", "17063", (None, "17063")),
        ("Article 34", "", (None, "34")), ("art. no. 34107", "", (None, "34107")), ("1, 3", "", (None, None)),
        ("pp. 5\u20137", "", ("5-7", None)),
    ],
)  # fmt: skip
def test_pages_and_article_numbers(pages: str, article: str, wanted: tuple[str | None, str | None]) -> None:
    assert pages_and_article(pages, article) == wanted


def test_a_range_of_issues_has_one_hyphen() -> None:
    assert [range_of(text) for text in ("4--5", "4\u20135", "4", "")] == ["4-5", "4-5", "4", None]


BIB = r"""
@comment{jabref-meta: databaseType:bibtex;}
@string{jo = "Journal of Owls"} @string{jo = {Journal of " More} # " Owls"}
@article{ a:1,
Title = {{Owls at
   @night{ and Dusk}}},
Author = {Berg, Ada}, Journal = jo, Year = {{1869}}, Volume = {{5}}, Month = may # "~3",
Pages = {{11-26}}, DOI = {{10.1234/1.48}}, abstract = {first line
@article{ is no entry here}}}
@inproceedings{b, crossref = {conf}, author = {Roth, Bo}, title = {Bats}, pages = {5--9}}
@proceedings{conf, editor = {Lund, Cy}, title = {Conference on Night}, year = {2020}, publisher = {P}}
@article{same, title = {One}, author = {Berg, Ada and Roth, Bo}, year = {{2001}}, doi = {10.1234/1},
  doi = {10.1234/2}, journal = {J}, number = {{4--5}}}
@article{same, title = {Two}, author = {Berg, Ada and Roth, Bo}, year = {{2002}}, doi = {10.1234/3},
  journal = {J}}
@article{broken, title = {Never closed, author = {X, Y},
@article{e, title = {After the Broken One}, author = {Berg, Ada}, year = 2003, journal = {J}}
@book(f, title = {In Round Brackets (1)}, subtitle = {A Guide}, author = {Berg, Ada}, year = 2004)
@phdthesis{g, title = {Theses}, author = {Berg, Ada}, school = {U of N}, year = 2005, eprint = {2001.00001}}
"""


def test_a_file_with_everything_that_breaks_files() -> None:
    read = dict(read_bibtex(BIB))
    works = {work.title: work for work in read.values() if isinstance(work, FoundWork)}
    assert list(works) == [
        "Owls at @night and Dusk", "Bats", "One", "Two", "After the Broken One",
        "In Round Brackets (1): A Guide", "Theses",
    ]  # fmt: skip
    assert works["Owls at @night and Dusk"].appearances == (
        Appearance(
            'Journal of " More Owls', 1869, 5, doi="10.1234/1.48", volume="5", pages="11-26", form="article"
        ),
    )
    assert works["Bats"].appearances == (Appearance("Conference on Night", 2020, pages="5-9", form="paper"),)
    one, two = works["One"], works["Two"]
    assert (one.authors, two.authors) == (("Berg, Ada", "Roth, Bo"),) * 2
    assert [work.appearances[0].doi for work in (one, two)] == ["10.1234/1", "10.1234/3"]
    assert one.appearances[0].issue == "4-5"
    assert [doubt.text for doubt in one.doubts] == ["the source has `doi` twice; the first was read"]
    thesis = works["Theses"].appearances
    assert [a.arxiv for a in thesis] == ["2001.00001", None]
    assert (thesis[1].form, thesis[1].publisher, thesis[1].note) == ("thesis", "U of N", "PhD thesis")
    errors = {line: error for line, error in read.items() if isinstance(error, SourceError)}
    assert [type(error) for error in errors.values()] == [NoWorkError, SourceError]
    assert "brackets, quotes or commas do not match" in str(list(errors.values())[1])


@pytest.mark.parametrize("title", [":{unav)", "(:unas)", "null", "N/A", "[Untitled]", "\u2014", "x" * 401])
@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_titles_that_are_none_are_errors(title: str, form: str) -> None:
    texts = {
        "bibtex": f"@misc{{k, title={{{title}}}, author={{Berg, Ada}}, year=2020}}",
        "ris": f"TY  - JOUR\nTI  - {title}\nAU  - Berg, Ada\nER  - \n",
        "csl-json": json.dumps([{"title": title, "author": [{"family": "Berg", "given": "Ada"}]}]),
    }
    found = [read.work for read in read_works(texts[form], form)]
    if title != "\u2014":
        assert [type(work) for work in found] == [SourceError]


@pytest.mark.parametrize(
    ("more", "form"),
    [
        ("", ""), ("url={https://example.org/owls}", "page"),
        ("url={https://example.org/owls}, journal={J}", ""),
        ("url={https://example.org/owls}, eprint={2001.00001}", ""),
        ("url={https://github.com/example/owls}", "software"), ("howpublished={Report 5}", "report"),
    ],
)  # fmt: skip
def test_what_an_entry_of_no_type_is(more: str, form: str) -> None:
    text = f"@misc{{a, title={{Owls at Dusk}}, author={{Berg, Ada}}, year=2001, {more}}}"
    ((_, work),) = read_bibtex(text)
    assert isinstance(work, FoundWork)
    assert [appearance.form for appearance in work.appearances] == [form]


RIS = """\
TY  - JOUR
TI  - Owls at $\\beta$
AU  - World Owl Organization
AU  - Ada Berg
Y2  - 2019/03/27
PY  - 0000
DA  - 1948/05//
C7  - e0173
DO  - doi:10.1234/b1-2
ER  -
TY  - THES
TI  - On Owls
AU  - Berg, Ada
PB  - University of Nowhere
M3  - Doctoral dissertation
PY  - 2001
ER  -
TY  - EDBOOK
TI  - Collected Owls
A2  - Berg, Ada
PB  - Press
PY  - 2001
ER  -
"""


def test_ris_of_many_programs() -> None:
    first, thesis, book = (work for _, work in read_ris(RIS))
    assert isinstance(first, FoundWork)
    assert (first.title, first.authors) == ("Owls at β", (Group(group="World Owl Organization"), "Berg, Ada"))
    assert any("World Owl Organization" in doubt.text for doubt in first.doubts)
    assert first.appearances == (
        Appearance("", 1948, 5, doi="10.1234/b1-2", article="e0173", form="article"),
    )
    assert isinstance(thesis, FoundWork)
    assert (thesis.kind, thesis.appearances[0].publisher) == ("thesis", "University of Nowhere")
    assert isinstance(book, FoundWork)
    assert (book.kind, book.edited, book.authors) == ("book", True, ("Berg, Ada",))


def test_of_many_bodies_in_ris_five_are_named() -> None:
    bodies = [f"The Owl Society {letter}" for letter in "ABCDEF"]
    authors = "".join(f"AU  - {body}\n" for body in bodies)
    ((_, work),) = read_ris(f"TY  - JOUR\nTI  - Owls at Dusk\n{authors}PY  - 2001\nER  -\n")
    assert isinstance(work, FoundWork)
    (doubt,) = work.doubts
    assert doubt.text.endswith(f"a person? {'; '.join(bodies[:5])}")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"issued": {"date-parts": [["2021", "season-01"]]}}, (2021, None)),
        ({"issued": {"date-parts": [[0]]}}, (None, None)),
        ({"issued": {"date-parts": [["9" * 5000, "9" * 5000]]}}, (None, None)),
        ({"issued": {"raw": "2024 Feb 21"}}, (2024, 2)),
        ({"issued": "2023-03-15"}, (2023, 3)),
        ({"issued": 2023}, (2023, None)),
        ({"issued": [{"year": 2023, "month": 4}]}, (2023, 4)),
        ({"issued": {"literal": "c. 1869"}}, (1869, None)),
    ],
)
def test_dates_of_csl(more: dict[str, object], wanted: tuple[int | None, int | None]) -> None:
    record = {"title": "Owls", "type": "article-journal", "author": [{"family": "Berg"}]} | more
    (appearance,) = found_work(record).appearances
    assert (appearance.year, appearance.month) == wanted


def test_particles_of_csl_stay_with_the_name() -> None:
    people = [{"family": "Uil", "given": "A.", "dropping-particle": "von"},
              {"family": "Goos", "given": "V.", "non-dropping-particle": "van"}]  # fmt: skip
    assert found_work({"title": "Owls", "author": people}).authors == ("von Uil, A.", "van Goos, V.")


def test_a_preprint_that_names_its_publication_keeps_both() -> None:
    record = {"title": "Owls", "author": [{"family": "Berg", "given": "A"}], "type": "report",
              "container-title": "arXiv", "number": "1606.00931", "URL": "https://arxiv.org/abs/1606.00931",
              "DOI": "10.1234/s1-2", "issued": {"date-parts": [[2018, 3]]}}  # fmt: skip
    work = found_work(record)
    assert work.kind == "paper"
    assert [(a.venue, a.arxiv, a.doi) for a in work.appearances] == [
        ("arxiv", "1606.00931", None), ("", None, "10.1234/s1-2"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['{"items": [1, {"title": "A"}, "x"]}', '[1, null, {"title": ["A"]}, []]'])
def test_a_mix_of_records_and_others(text: str) -> None:
    found = [read.work for read in read_works(text, "csl-json")]
    assert [isinstance(work, FoundWork) for work in found].count(True) == 1
    assert len(found) == len(read_records(text))


@pytest.mark.parametrize(
    "url",
    ["http://[::1", "http://[", "https://doi.org/10.1234/[x", "http://a b", "//x", "https://\u2603.example/"],
)
def test_addresses_that_are_none_end_no_run(url: str) -> None:
    texts = {
        "bibtex": f"@misc{{k, title={{Owls}}, author={{Berg, A}}, url={{{url}}}, doi={{{url}}}}}",
        "ris": f"TY  - JOUR\nTI  - Owls\nAU  - Berg, A\nUR  - {url}\nDO  - {url}\nER  - \n",
        "csl-json": json.dumps([{"title": "Owls", "URL": url, "DOI": url, "author": [{"family": "B"}]}]),
        "markdown": f"- Owls. *[X'20]* [[Paper]]({url})",
    }
    for form, text in texts.items():
        assert len(list(read_works(text, form))) == 1


CSL_YAML = """---
references:
- id: berg1997
  author:
  - {family: Berg, given: Ada}
  container-title: Night *Animals*
  issued:
  - year: 1997
    month: 3
  title: 'Lamps of *Noctua* and
    moths'
  type: article-journal
- {id: none}
"""


def test_csl_may_be_yaml() -> None:
    first, second = read_works(CSL_YAML, "csl-json")
    assert isinstance(first.work, FoundWork)
    assert (first.line, second.line) == (3, 13)
    assert (first.work.title, first.work.authors) == ("Lamps of Noctua and moths", ("Berg, Ada",))
    assert first.work.appearances == (Appearance("Night Animals", 1997, 3, form="article"),)
    assert isinstance(second.work, SourceError)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nberg1997:\n  title: Lamps\n", "no list of records"),
        ("references:\n- {a: b\n", "no CSL in YAML"),
        ("title: Lamps", "no JSON and no CSL in YAML"),
        ("lamps:\n  type: article\n  title: Lamps", "with a list under `references`"),
    ],
)
def test_yaml_that_is_no_csl(text: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read_records(text)


@pytest.mark.parametrize("kind", ["manual", "techreport", "online", "misc"])
def test_a_body_stands_for_authors_of_what_has_none(kind: str) -> None:
    text = f"@{kind}{{a, title={{Owls}}, organization={{Owl Forum}}, year=2012, url={{https://example.org}}}}"
    _, work = read_bibtex(text)[0]
    if kind == "misc":
        assert isinstance(work, SourceError)
    else:
        assert isinstance(work, FoundWork)
        assert (work.authors, work.edited) == ((Group(group="Owl Forum"),), False)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Owls at night.", "Owls at night"),
        ("Owls at Night Inc.", "Owls at Night Inc."),
        ("Owls at night...", "Owls at night..."),
        ("Owls at night [Internet].", "Owls at night"),
        ("Owls (and bats).", "Owls (and bats)"),
    ],
)
def test_what_databases_write_behind_titles(title: str, read: str) -> None:
    _, work = read_bibtex(f"@article{{a, title={{{title}}}, author={{Berg, Ada}}, year=2012}}")[0]
    assert isinstance(work, FoundWork)
    assert work.title == read


def test_a_number_that_arxiv_never_gave_leaves_the_year_of_the_entry() -> None:
    text = "@misc{a, title={Owls}, author={Berg, Ada}, year=2015, url={https://arxiv.org/abs/1406.66030}}"
    _, work = read_bibtex(text)[0]
    assert isinstance(work, FoundWork)
    assert work.appearances[0].year == 2015


@pytest.mark.parametrize("name", ["Owl Reviews - Centre for Acute Owls (UK).", "World Owl Organization"])
def test_bodies_of_ris(name: str) -> None:
    _, work = next(
        iter(read_ris(f"TY  - JOUR\nTI  - Owls\nAU  - {name}\nJO  - Night,\nPY  - 2012\nER  - \n"))
    )
    assert isinstance(work, FoundWork)
    assert work.authors == (Group(group=name.removesuffix(".")),)
    assert work.appearances[0].venue == "Night"
