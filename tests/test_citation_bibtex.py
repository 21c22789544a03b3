"""BibTeX: every field reads back as it was, in bibtexparser and in the real program."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bibtexparser.entrypoint import parse_string

from rekb.citation.bibtex import bibtex, bibtex_names
from rekb.citation.latex import latex, latex_title, verbatim
from rekb.citation.names import name_of, one_line
from rekb.citation.work import Work, cited_work
from rekb.exports import EXPORTERS
from rekb.loading.loader import load
from samples import ARXIV, ENTRIES, HOSTILE, entry, sample_base, venues

ROOT = Path(__file__).parents[1]
ACCENTS = dict(
    zip(
        "`'^~=u.\"rHvdckb",
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331",
        strict=True,
    )
)
COMMANDS = {
    "textbackslash": "\\", "textbraceleft": "\x01", "textbraceright": "\x02", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|", "textasciigrave": "`",
    "DJ": "Đ", "dj": "đ", "OE": "Œ", "o": "ø", "L": "Ł", "ss": "ß",
}  # fmt: skip


def decoded(value: str) -> str:
    """Read the LaTeX of the samples back, by rules of this test's own."""
    value = re.sub(r"\{\\(\w+)\}", lambda m: COMMANDS[m[1]], value)
    value = value.replace("{$\\alpha$}", "\u03b1").replace("``", "\u201c").replace("''", "\u201d")
    value = value.replace("-{}-", "--").replace("'{}'", "''")
    accent = re.compile(
        r"\{\\(?:([a-zA-Z])(?:\s+|(?=[\\\x03{]))|([^\w\s\x03]))\x03?\{?(\\[ij]|[^{}\\\s][\u0300-\u036f]*)\}?\}"
    )
    while match := accent.search(value):
        mark = ACCENTS[match[1] or match[2]]
        value = value[: match.start()] + "\x03" + match[3].lstrip("\\") + mark + value[match.end() :]
    value = re.sub(r"\\([$&#%_])", r"\1", value).translate(dict.fromkeys(map(ord, "{}\x03")))
    return unicodedata.normalize("NFC", value.replace("\x01", "{").replace("\x02", "}"))


def read_back(text: str) -> dict[str, dict[str, str]]:
    """Return fields by key, as bibtexparser reads them without its LaTeX middlewares."""
    library = parse_string(text, parse_stack=[])
    assert not library.failed_blocks
    fields = {e.key: {f.key: f.value for f in e.fields} for e in library.entries}
    return {
        key: {n: v[1:-1] if v.startswith("{") else v for n, v in values.items()}
        for key, values in fields.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        (
            "{x} \\ ~ ^",
            r"{\textbraceleft}x{\textbraceright} {\textbackslash} {\textasciitilde} {\textasciicircum}",
        ),
        ("<b> | ` @x", r"{\textless}b{\textgreater} {\textbar} {\textasciigrave} {@}x"),
        ("é è ê ñ ö", r"{\'e} {\`e} {\^e} {\~n} {\"o}"),
        ("e\u0301", r"{\'e}"),
        ("ř č ş ő ų ů ḥ ḇ", r"{\v r} {\v c} {\c s} {\H o} {\k u} {\r u} {\d h} {\b b}"),
        ("ï í ĭ ī ǰ ị į", r"""{\"i} {\'i} ĭ ī ǰ {\d i} {\k i}"""),
        ("ế ặ", r"{\'{ê}} {\u{ạ}}"),
        ("Đ đ ø Ł ß Æ å", r"{\DJ} {\dj} {\o} {\L} {\ss} {\AE} {\aa}"),
        ("\u03b1 Δ λ", r"{$\alpha$} {$\Delta$} {$\lambda$}"),
        ("a – b — c -- '' ’ “q”", "a -- b --- c -{}- '{}' ' ``q''"),
        ("李 🙂", "李 🙂"),
        ("\u2205", "\u2205"),
    ],
)
def test_latex(text: str, expected: str) -> None:
    assert latex(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FlashAttention: Fast attention", "{FlashAttention}: Fast attention"),
        (
            "Activation-aware Weight Quantization for LLM Compression",
            "Activation-aware Weight Quantization for {LLM} Compression",
        ),
        ("GPT-3.5 in 4-bit", "{GPT}-3.5 in 4-bit"),
        ("Éclair (LoRA)", r"{\'E}clair ({LoRA})"),
        ("na\u00efve Bayes", r"na{\"i}ve {Bayes}"),
        ("Variational Gaussian Processes", "Variational {Gaussian} Processes"),
        ("Pre-Training on I/O: A Survey", "Pre-Training on {I}/{O}: A Survey"),
        ("Evaluating chess engines of London", "Evaluating chess engines of {London}"),
        ("Evaluating chess engines: Many games", "Evaluating chess engines: Many games"),
        ("{A} of 50%", r"{{\textbraceleft}A{\textbraceright}} of 50\%"),
        ("大模型 Survey", "大模型 Survey"),
    ],
)
def test_title_keeps_the_case_of_names(text: str, expected: str) -> None:
    assert latex_title(text) == expected


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("Lumen", "Swift Decoding With Lumen Heads", "Swift Decoding With {Lumen} Heads"),
        ("Gemma 3", "Gemma 3 Technical Report", "{Gemma} 3 Technical Report"),
        ("Star Attention", "Star Attention: Fast Star Search", "{Star} {Attention}: Fast Star Search"),
        ("Swift Encoder", "Swift Encoders: Scaling to Many", "{Swift} {Encoders}: Scaling to Many"),
        ("Ticket Hypothesis", "The Ticket Hypothesis: Finding", "The {Ticket} {Hypothesis}: Finding"),
        ("Knowledge distillation", "Distilling the Knowledge in a Network", None),
        ("Token mixing", "Token Mixing: Efficient Transfer", None),
        ("Speculative Decoding", "Fast Inference via Speculative Decoding", None),
        ("Multi-Query Attention", "One Write-Head for a Multi-Query Network", None),
        ("", "Scaling Nets With Megatron-LM", "Scaling Nets With {Megatron}-{LM}"),
        ("", "Solving Tasks in Hugging Face", "Solving Tasks in {Hugging} {Face}"),
        ("BigBird", "Big Bird: Longer Sequences", "{Big} {Bird}: Longer Sequences"),
        ("", "Smaller Nets With Qwen3", "Smaller Nets With {Qwen3}"),
    ],
)
def test_title_keeps_the_case_of_names_only(name: str, title: str, expected: str | None) -> None:
    assert latex_title(title, name) == (expected or title)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.org/a_b?q=50%25&y=#z~", "https://x.org/a_b?q=50%25&y=#z~"),
        ('https://x.org/a}b{c\\d e"', "https://x.org/a%7Db%7Bc%5Cd%20e%22"),
        ("https://x.org/é", "https://x.org/%C3%A9"),
        ("10.1002/(SICI)1097_#%25;2-X", "10.1002/(SICI)1097_#%25;2-X"),
    ],
)
def test_verbatim(address: str, expected: str) -> None:
    assert verbatim(address) == expected


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Dao, Tri", "Ré, Christopher"], r"Dao, Tri and R{\'e}, Christopher"),
        (["van den Oord, Aaron"], "van den Oord, Aaron"),
        (["King, Jr., Martin Luther"], "King, Jr., Martin Luther"),
        (["Silva e Costa, Ana"], "{Silva e Costa}, Ana"),
        (["Smith and Sons, Ann And"], "{Smith and Sons}, {Ann And}"),
        ([{"group": "Meta AI, 50% and more"}, {"mononym": "Plato"}], r"{Meta AI, 50\% and more} and Plato"),
    ],
)
def test_names(authors: list[Any], expected: str) -> None:
    assert bibtex_names(tuple(name_of(a) for a in entry(authors=authors).authors)) == expected


def expected_fields(work: Work) -> dict[str, str]:
    """Return what the file must say about a work, in plain text."""
    pages = f"{work.first_page}--{work.last_page}" if work.last_page else work.first_page
    names = " and ".join(name.sorted for name in work.names)
    fields = {"title": work.title, "author": names, "year": str(work.year), "pages": pages}
    fields |= {"doi": work.doi, "url": work.url, "eprint": work.arxiv}
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_read_back(key: str) -> None:
    base = sample_base()
    work = cited_work(key, base.entries[key], base.venues)
    fields = read_back(bibtex(key, base.entries[key], base.venues))[key]
    plain = ("doi", "url", "eprint", "pages")
    found = {name: value if name in plain else decoded(value) for name, value in fields.items()}
    assert {name: found.get(name) for name in expected_fields(work)} == expected_fields(work)


def test_hostile_title_reads_back() -> None:
    fields = read_back(bibtex("a2022b", entry(title=HOSTILE), venues()))["a2022b"]
    assert decoded(fields["title"]) == one_line(HOSTILE)
    assert fields["title"].count("{") == fields["title"].count("}")


@pytest.mark.parametrize(
    ("changes", "start", "field", "value"),
    [
        ({}, "@misc{", "howpublished", "arXiv preprint arXiv:2205.14135"),
        ({}, "@misc{", "archivePrefix", "arXiv"),
        ({}, "@misc{", "month", "may"),
        ({"records": [ARXIV, {"venue": "icml", "year": 2023}]}, "@inproceedings{", "eprint", "2205.14135"),
        ({"records": [{"venue": "csur", "year": 2021, "issue": "3"}]}, "@article{", "number", None),
        ({"records": [{"venue": "csur", "year": 2021, "volume": "9", "issue": "3"}]},
         "@article{", "number", "3"),
        ({"records": [{"venue": "tech-report", "year": 2021}], "authors": [{"group": "A"}]},
         "@techreport{", "institution", "A"),
        ({"records": [{"venue": "tech-report", "year": 2021}]}, "@misc{", "howpublished", "Technical report"),
        ({"records": [{"venue": "handbook", "year": 2021}]},
         "@incollection{", "booktitle", r"Handbook of Things \& More"),
        ({"authors": [{"group": "OpenAI"}]}, "@misc{", "author", "{OpenAI}"),
        ({"records": [{"venue": "neurips", "year": 2021}]},
         "@inproceedings{", "address", "Red Hook, NY, USA"),
        ({"records": [{"venue": "neurips", "year": 2021, "publisher": "Other"}]},
         "@inproceedings{", "address", None),
        ({"records": [ARXIV, {"venue": "icml", "year": 2023, "title": "OptThing: Faster"}]},
         "@inproceedings{", "title", "{OptThing}: Faster"),
        ({"records": [{**ARXIV, "title": "OptThing: Faster"}, {"venue": "icml", "year": 2023}]},
         "@inproceedings{", "title", "{FlashThing}: Fast Attention with {IO}-Awareness"),
    ],
)  # fmt: skip
def test_type_and_field(changes: dict[str, Any], start: str, field: str, value: str | None) -> None:
    text = bibtex("a2022b", entry(**changes), venues())
    assert text.startswith(start)
    assert read_back(text)["a2022b"].get(field) == value


def run_bibtex(folder: Path, text: str) -> str:
    """Return what the real program prints about a file of references."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    (folder / "x.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n", encoding="utf-8")
    done = subprocess.run(["bibtex", "x"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout.decode(errors="replace")


def hostile_in(venue: str) -> str:
    """Return the reference of the worst title in a venue."""
    record = {"venue": venue, "year": 2021, "issue": "3"}
    return bibtex(f"a2022{venue}", entry(title=HOSTILE, records=[record]), venues())


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="needs the bibtex program")
@pytest.mark.parametrize("source", ["samples", "corpus", "hostile"])
def test_real_bibtex_has_nothing_to_say(source: str, tmp_path: Path) -> None:
    if source == "hostile":
        text = "".join(hostile_in(venue) for venue in ("csur", "icml", "web"))
    else:
        base = sample_base() if source == "samples" else load(ROOT)[0]
        text = EXPORTERS["bibtex"].encode(base, tuple(base.entries)).decode()
    printed = run_bibtex(tmp_path, text)
    assert "arning" not in printed, printed
    assert "rror" not in printed, printed
    bbl = (tmp_path / "x.bbl").read_text(encoding="utf-8", errors="replace")
    assert bbl.count("\\bibitem{") == text.count("\n}\n")


def test_unquoting_a_url_gives_the_address_back() -> None:
    hostile = "https://x.org/a}b{c"
    assert unquote(verbatim(hostile)) == hostile
