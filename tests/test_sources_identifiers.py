"""What people paste: identifiers in every spelling, names, LaTeX, venues."""

import pytest

from rekb.citation.latex import latex
from rekb.errors import SourceError
from rekb.intake.venues import venue_names
from rekb.kb import KnowledgeBase
from rekb.model.entry import Author, Group, Mononym
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.identifiers import is_bibtex, read_identifier
from rekb.sources.latex import plain
from rekb.sources.names import author_of, authors_of


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("2205.14135", "arxiv", "2205.14135"),
        (" arXiv:2205.14135v2 ", "arxiv", "2205.14135"),
        ("arxiv 2205.14135", "arxiv", "2205.14135"),
        ("https://arxiv.org/abs/2205.14135v1", "arxiv", "2205.14135"),
        ("https://arxiv.org/pdf/2205.14135v2.pdf", "arxiv", "2205.14135"),
        ("http://export.arxiv.org/abs/2205.14135?context=cs", "arxiv", "2205.14135"),
        ("arxiv.org/abs/2205.14135", "arxiv", "2205.14135"),
        ("https://huggingface.co/papers/2205.14135", "arxiv", "2205.14135"),
        ("https://doi.org/10.48550/arXiv.2205.14135", "arxiv", "2205.14135"),
        ("10.48550/arXiv.2205.14135", "arxiv", "2205.14135"),
        ("cs/0501001", "arxiv", "cs/0501001"),
        ("math.GT/0309136", "arxiv", "math/0309136"),
        ("10.1145/3600006.3613165", "doi", "10.1145/3600006.3613165"),
        ("doi:10.1145/3600006.3613165.", "doi", "10.1145/3600006.3613165"),
        ("https://dx.doi.org/10.1145/3600006.3613165", "doi", "10.1145/3600006.3613165"),
        ("https://doi.org/10.1109/TNNLS.2023.1%2F2", "doi", "10.1109/TNNLS.2023.1/2"),
        ("https://openreview.net/forum?id=H4DqfPSibmx", "openreview", "H4DqfPSibmx"),
        ("https://openreview.net/pdf?id=H4DqfPSibmx&noteId=x", "openreview", "H4DqfPSibmx"),
        ("H4DqfPSibmx", "openreview", "H4DqfPSibmx"),
        ("openreview:Abcdefghij", "openreview", "Abcdefghij"),
        ("2022.acl-long.577", "acl", "2022.acl-long.577"),
        ("https://aclanthology.org/2022.acl-long.577.pdf", "acl", "2022.acl-long.577"),
        ("10.18653/v1/2022.acl-long.577", "acl", "2022.acl-long.577"),
        ("P19-1285", "acl", "P19-1285"),
        ("https://www.biorxiv.org/content/10.1101/2023.10.05.561066v1", "doi", "10.1101/2023.10.05.561066"),
        ("https://www.medrxiv.org/content/10.1101/2020.01.02", "doi", "10.1101/2020.01.02"),
        ("https://proceedings.mlr.press/v162/du22c.html", "pmlr", "v162/du22c"),
    ],
)
def test_identifiers(text: str, scheme: str, value: str) -> None:
    found = read_identifier(text)
    assert (found.scheme, found.value) == (scheme, value)


@pytest.mark.parametrize(
    "text",
    ["", "flash attention", "attention", "https://example.org/x", "2213.1", "10.1/x", "javascript:alert(1)"],
)
def test_what_is_no_identifier_gets_a_hint_of_what_would_be(text: str) -> None:
    with pytest.raises(SourceError, match=r"give an arXiv id \(2205\.14135\)"):
        read_identifier(text)


def test_bibtex_is_seen() -> None:
    assert is_bibtex(" % a comment\n@inproceedings{key, title={T}}")
    assert not is_bibtex("someone@example.org")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"R{\'e}", "Ré"),
        (r"R\'{e} and R\'e", "Ré and Ré"),
        (r"{\"O}zt{\"u}rk", "Öztürk"),
        (r"Erd{\H o}s, \v{C}ech, \c{c}a, \c ca", "Erdős, Čech, ça, ça"),
        (r"Na{\"\i}ve, {\'\i}", "Naïve, í"),
        (r"Stra{\ss}e {\AA}ngstr{\"o}m \o re", "Straße Ångström øre"),
        (r"{BERT}: {P}re-training", "BERT: Pre-training"),
        (r"AT\&T, 50\%, a\_b, \$5, \#1", "AT&T, 50%, a_b, $5, #1"),
        (r"1--2 ``quoted'' a~b", "1–2 “quoted” a b"),
        (r"$\omega$-stable, $O(n^2)$, $\times$", "ω-stable, O(n²), ×"),
        (r"\emph{very} \textbf{bold} \unknown{kept}", "very bold kept"),
        ("plain: it's 5% & more_", "plain: it's 5% & more_"),
        (r"\url", ""),
    ],
)
def test_latex_is_read(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["Ré Ö ő Č ç ï ß Å ø ł đ", "AT&T 50% a_b $5 #1 {x} \\ ~ ^ <a> | @", "ω β Γ Ω × ∞ → ≈ ≤ ± µ", "“a” – b"],
)
def test_what_our_own_writer_writes_is_read_back(text: str) -> None:
    assert plain(latex(text)) == text


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Tri Dao", "Dao, Tri"),
        ("Dao, Tri", "Dao, Tri"),
        ("Daniel Y. Fu", "Fu, Daniel Y."),
        ("Aäron van den Oord", "van den Oord, Aäron"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("King, Jr., Martin", "King, Jr., Martin"),
        ("King, Martin, Jr.", "King, Jr., Martin"),
        ("OpenAI", Group(group="OpenAI")),
        ("Gemini Team", Group(group="Gemini Team")),
        ("BigScience Workshop", Group(group="BigScience Workshop")),
        ("LLM-Core Xiaomi", Group(group="LLM-Core Xiaomi")),
        ("Madonna", Mononym(mononym="Madonna")),
        ("  ", None),
        ("Evil\x1b[31m\u200b Name", "Name, Evil[31m"),
    ],
)
def test_names(name: str, author: Author | None) -> None:
    assert author_of(name) == author


def test_what_is_not_certain_about_names_is_reported() -> None:
    authors, doubts = authors_of(["Ana Lopez Garcia", "Solo", "others"])
    assert authors == ("Garcia, Ana Lopez", Mononym(mononym="Solo"))
    assert [doubt.text.split(":")[0] for doubt in doubts] == [
        "the source cuts the list short; list every author",
        "look where the family name begins",
        "a person ({mononym",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a <i>b</i> &amp; c&lt;d", "a b & c<d"),
        ("line\n  two\tx", "line two x"),
        ("e\u0301", "é"),
        ("a\u202eb\x00\x1b", "ab"),
        (None, ""),
        (5, ""),
        ("x" * 900, "x" * 400),
        (" " * (20 * 400 - 1) + "ab", "a"),  # what is behind is not looked at
    ],
)
def test_text_from_outside_is_cleaned(text: object, wanted: str) -> None:
    assert cleaned(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://example.org/a_b%20c", "https://example.org/a_b%20c"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://u:p@example.org/", None),
        (7, None),
    ],
)
def test_only_web_addresses_are_links(text: object, wanted: str | None) -> None:
    assert safe_link(text) == wanted


@pytest.mark.parametrize(
    ("spelling", "venue"),
    [
        ("NeurIPS", "neurips"),
        ("nips", "neurips"),
        ("Advances in Neural Information Processing Systems 35", "neurips"),
        ("NeurIPS 2022", "neurips"),
        ("NeurIPS'22", "neurips"),
        ("ICML 2023", "icml"),
        ("Proceedings of the 40th International Conference on Machine Learning", "icml"),
        ("Proceedings of the 29th Symposium on Operating Systems Principles", "sosp"),
        ("2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr"),
        ("IEEE Conference on Computer Vision and Pattern Recognition", "cvpr"),
        ("Proceedings of the 60th Annual Meeting of the ACL (Volume 1: Long Papers)", None),
        ("Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics", "acl"),
        ("Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)", "acl"),
        ("Findings of the Association for Computational Linguistics: EMNLP 2023", "emnlp-findings"),
        ("Proceedings of the VLDB Endowment", "vldb"),
        ("The Eleventh International Conference on Learning Representations", "iclr"),
        ("ACM Comput. Surv.", "acm-computing-surveys"),
        ("Journal of Machine Learning Research", "jmlr"),
        ("MLSys 23: Conference on Machine Learning and Systems", "mlsys"),
        ("International Conference on Machine Learning, ICML 2022, 17-23 July 2022, Baltimore, USA", "icml"),
        ("International Conference on Machine Learning, Workshop on Things", None),
        ("IEEE Micro", None),
        ("Proceedings of the Workshop on Something (ICML)", None),
        ("Nature Machine Intelligence", None),
        ("", None),
    ],
)  # fmt: skip
def test_venues(base: KnowledgeBase, spelling: str, venue: str | None) -> None:
    assert venue_names(base).find(spelling) == venue


@pytest.mark.parametrize(
    ("spelling", "also", "venue"),
    [
        ("Lecture Notes in Computer Science", ["ECCV 2022"], "eccv"),
        ("Lecture Notes in Computer Science", ["ECCV 2022", "ICCV"], None),
        ("Workshop on Things", ["ECCV 2022"], None),
    ],
)
def test_other_spellings(base: KnowledgeBase, spelling: str, also: list[str], venue: str | None) -> None:
    assert venue_names(base).find(spelling, also) == venue


def test_a_venue_that_is_not_known_is_never_guessed(base: KnowledgeBase) -> None:
    names = venue_names(base)
    assert "give --venue" in names.advice("Workshop on Things (ICML)")
    assert "`icml`" in names.advice("Workshop on Things (ICML)")
    assert names.advice("Qwxz").startswith("add the venue")
