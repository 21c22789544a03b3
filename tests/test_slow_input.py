"""No text of 256 kB holds a reader for long, whatever is repeated in it; counted is time of a processor."""

import contextlib
import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fixture_kb import ATTENTION, CONFIG, FACETS, KB, VENUES
from rekb.checks import run
from rekb.checks.markup import active
from rekb.citation.names import name_of
from rekb.edit.format import format_text
from rekb.errors import RekbError
from rekb.identity.titles import title_likeness
from rekb.kb.search import search
from rekb.loading.loader import load
from rekb.meant import nearest
from rekb.model.entry import Mononym
from rekb.reports import render
from rekb.site.parts.prose import overview, paragraphs, text_only
from rekb.sources.formats import file_works, seen_form
from rekb.sources.identifiers import known_in, read_identifier
from rekb.sources.issue_form import read_suggestion
from rekb.sources.latex import plain
from rekb.sources.lists.reading import title_of_list
from rekb.sources.names import author_of, authors_of
from rekb.sources.pages import pages_of
from rekb.text import conflict_lines, malformed_citations, printable, sentences
from rekb.upkeep.bibliography import citations, updated
from slowness import is_held_up, is_too_slow

SIZE = 256 * 1024
LONGEST_OVERVIEW = 12_000
LONGEST_TITLE = 400
ENTRY = "papers/2022/moth2022row.yaml"
HEAD = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: "A Row"
kind: paper
authors: ["Moth, Ada"]
records:
  - {venue: imaginary-conf, year: 2022}
topics: [architectures/attention]
added: 2026-11-23
"""
PARTS = [
    "[",
    "]",
    "[]",
    "[[",
    "](",
    "![",
    "[x](",
    "[@a",
    "[@moth2022tile; ",
    "{",
    "}",
    "{}",
    "{{",
    "(",
    ")",
    "<",
    ">",
    "<a ",
    "<!--",
    "&",
    "&lt;",
    "&#",
    '"',
    "'",
    '\\"',
    '","',
    "``",
    "`",
    "``` ",
    "*",
    "**",
    "_",
    "__a",
    "~~",
    "|",
    "| a ",
    "#",
    " #",
    "# a",
    ",",
    ", ",
    ";",
    " and ",
    "and ",
    " and and ",
    "et al ",
    " ",
    "\t",
    "\n",
    "\n\n",
    " \n",
    "\r\n",
    "- ",
    "\n- ",
    "\n  - a",
    "\n* [x](y) ",
    ": ",
    "a: ",
    "\na: b",
    "? ",
    "!",
    "!a ",
    "&a ",
    "*a ",
    "%",
    "% ",
    "\n%",
    "\\",
    "\\\\",
    "\\'",
    "\\a{",
    "\\text{",
    "$",
    "$\\log ",
    "^{",
    "@",
    "@a{",
    "\n@a{",
    "@a{b,",
    "@string{a=",
    "a={",
    ',a="',
    " = ",
    "#a",
    "a#",
    "TY  - ",
    "\nTY  - JOUR",
    "\nAU  - a",
    "\nN1  - a",
    "\nER  - ",
    "10.",
    "10.1/",
    "doi:",
    "10.1234/a(",
    "https://",
    "https://a.b/",
    "http://[",
    "arXiv:",
    "2205.14135",
    "1",
    "12-",
    "1.",
    ".",
    "...",
    "-",
    "--",
    "---",
    "\n---\n",
    "=",
    "\n===",
    "\n<<<<<<< a",
    "a",
    "a ",
    "A",
    "Ab ",
    "A. ",
    "a,b",
    "a, b; ",
    "é",
    "\u00a0",
    "\u200b",
    "\u200d",
    "\u0301",
    "中",
    "🙂",
    "\ufeff",
    "\\u",
    "\\x",
    "/",
    "//",
    ":",
    "::",
    "\n:",
    "+",
    "e",
    "0",
    "9" * 50,
]
"""What is repeated, alone and behind a beginning."""
PARTS_OF_LISTS = [
    "<table>",
    "<table><tr><td>a",
    "<tr>",
    "<td>",
    "<th>",
    "<tr><td>a</td><td>b</td></tr>",
    "<tr><td><a href='x'>y</a>",
    "<br>",
    "<li>",
    "<ul><li>",
    "</ul>",
    "<details><summary>a",
    "</details>",
    "<p>",
    "<b>",
    "<h1>a",
    "<h2>a</h2>",
    "<img src=x>",
    "\n\n<div>a\n\n",
    "-->",
    "<![CDATA[",
    "<?",
    '<a href="x">',
    "&nbsp;",
    "\n| a | b |\n|---|---|\n",
    "\n| [a](b) | c |",
    "\n|-|-|-|",
    "|a|b|\n",
    "\n# a\n",
    "\n## a",
    "\n## A heading with words",
    "a\n=\n\n",
    "\n1. a",
    "\n1. A point of a list",
    "> a\n",
    "> > ",
    "\n- a\n",
    "\n- a\n\n  b\n",
    "\n- a\n  - b\n    - c\n",
    "\n- [A work](https://arxiv.org/abs/2401.00001), ICML 2024",
    "\n* **A work.** *NeurIPS 2023*",
    "\n**A work**\nPaper: https://a.b",
    "\n\nPaper: https://arxiv.org/abs/2401.00001",
    "\n\n[Paper](https://a.b) [Code](https://c.d)",
    "\nAda Moth, Jo Lamp, Al Wick\n",
    "[a]: http://b\n",
    "[a][b]",
    "![a](b)",
    "https://a.b ",
    "ICML 2024 ",
    "2024, ",
    "A B, C D, ",
    "\u201ca\u201d ",
    "(a) ",
    "[[a]](b) ",
    "[a](b)(c)",
    "a\nb\n\n",
    "\n\na b c d e f g",
]
"""What is repeated for the readers of lists besides."""
PAIRS = [
    ("{", "}"),
    ("[", "]"),
    ("(", ")"),
    ("[a](", ")"),
    ("<b>", "</b>"),
    ("<!--", "-->"),
    ("{a: ", "}"),
    ("\\emph{", "}"),
    ("$^{", "}$"),
    ("**a ", " b**"),
    ("@a{b,c={", "}}"),
    ("&lt;", "&gt;"),
]
"""What is opened again and again, and closed as often: as deep as a text of the size can be."""
BEGINNINGS = ["", "a", "[", "{", "<", '"', "# ", "@a{b, title={", "TY  - JOUR\nAU  - ", "- "]


ROOT = Path()


@pytest.fixture(scope="module", autouse=True)
def _root(tmp_path_factory: pytest.TempPathFactory) -> None:
    global ROOT  # noqa: PLW0603 - the readers below are rows, and rows take no fixture
    ROOT = tmp_path_factory.mktemp("slow") / "kb"
    shutil.copytree(KB, ROOT)


def checked(text: str, shown: str = ENTRY) -> None:
    """Read and check a knowledge base with one file of this text, report it, and format the file."""
    file = ROOT / shown
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(text.encode())
    try:
        base, report = load(ROOT)
        report.extend(run(base))
        render(report, base.documents, "text")
        with contextlib.suppress(RekbError):
            format_text(text.encode(), shown)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)


def topic(text: str) -> str:
    """Return a topic's file whose overview is of this text."""
    said = json.dumps(text[:LONGEST_OVERVIEW], ensure_ascii=False)
    return f"title: Attention\norder: 1\nscope: Attention.\nsummary:\n  expert: {said}\n"


def imported(name: str) -> Callable[[str], object]:
    return lambda text: file_works(name, text.encode())


def one_entry(field: str) -> Callable[[str], object]:
    """Return what reads a BibTeX entry with a field of this text."""
    return lambda text: file_works(
        "a.bib", f"@article{{a, title={{A}}, {field}={{{text}}}, year=2020}}".encode()
    )


def csl(text: str) -> None:
    record = dict.fromkeys(("id", "title", "DOI", "URL", "page", "container-title"), text)
    people = [{"family": text, "given": text}, {"literal": text}]
    more = {"type": "article-journal", "author": people, "issued": {"raw": text}}
    file_works("a.json", json.dumps([record | more]).encode())


def compared(text: str) -> None:
    base = load(ROOT)[0]
    updated(base, text, citations(base, text))


READERS: dict[str, Callable[[str], object]] = {
    "yaml": checked,
    "yaml in a field": lambda text: checked(HEAD + f"summary:\n  plain: {text}\n"),
    "yaml in a string": lambda text: checked(HEAD + f"name: {json.dumps(text, ensure_ascii=False)}\n"),
    "configuration": lambda text: checked(text, CONFIG),
    "configuration field": lambda text: checked(f"facets:\n  - {{id: {json.dumps(text)}}}\n", CONFIG),
    "facets": lambda text: checked(text, FACETS),
    "venues": lambda text: checked(f"venues:\n  - id: {json.dumps(text)}\n", VENUES),
    "topic": lambda text: checked(topic(text), ATTENTION),
    "bibtex": imported("a.bib"),
    "bibtex title": one_entry("title"),
    "bibtex author": one_entry("author"),
    "bibtex abstract": one_entry("abstract"),
    "bibtex journal": one_entry("journal"),
    "bibtex doi": one_entry("doi"),
    "ris": imported("a.ris"),
    "csl": imported("a.json"),
    "csl fields": csl,
    "list": imported("a.md"),
    "title of a list": title_of_list,
    "inverted author": lambda text: author_of(f"{text}, {text}"),
    "authors": lambda text: authors_of(text.split(",")),
    "form": seen_form,
    "latex": plain,
    "author": author_of,
    "pages": pages_of,
    "identifier": read_identifier,
    "identifiers in text": known_in,
    "issue": read_suggestion,
    "bibliography": compared,
    "search": lambda text: search(load(ROOT)[0], text),
    "nearest": lambda text: nearest(text, ["architectures/attention", "systems/serving/caching"]),
    "titles": lambda text: title_likeness(text[:LONGEST_TITLE], f"{text[:LONGEST_TITLE]} more"),
    "name": lambda text: name_of(Mononym.model_construct(mononym=text)),
    "markup": active,
    "conflicts": lambda text: list(conflict_lines(text)),
    "citations": malformed_citations,
    "sentences": sentences,
    "printable": printable,
    "overview": lambda text: overview(text[:LONGEST_OVERVIEW], lambda key: (key, key)),
    "overview as text": lambda text: text_only(text[:LONGEST_OVERVIEW]),
    "paragraphs": lambda text: paragraphs(text[:LONGEST_OVERVIEW]),
}


ALL = bool(os.environ.get("REKB_FUZZ"))
"""Whether each reader gets all shapes, as with `make fuzz`; else a third, other readers other thirds."""


def shapes(name: str) -> Iterator[str]:
    """Yield texts of the size, each one part again and again, behind the beginnings in turn."""
    turn = list(READERS).index(name)
    parts = PARTS + PARTS_OF_LISTS if "list" in name else PARTS
    for number, part in enumerate(parts):
        if not ALL and (number + turn) % 3:
            continue
        beginning = BEGINNINGS[number % len(BEGINNINGS)]
        yield (beginning + part * (SIZE // len(part)))[:SIZE]
    for number, (opening, closing) in enumerate(PAIRS):
        if not ALL and (number + turn) % 3:
            continue
        deep = SIZE // len(opening + closing)
        yield opening * deep + closing * deep


def busy(_phase: str, _info: dict[str, int]) -> None:
    """Do as one does who is called back while garbage is collected, and takes long."""
    sum(range(20_000))


def collecting(_text: str) -> None:
    # How long one takes depends on what other tests have left.
    for _ in range(100_000):
        gc.collect()


def test_an_alarm_while_garbage_is_collected_is_heard() -> None:
    gc.callbacks.append(busy)
    try:
        assert is_held_up(collecting, "", 0.05)
        assert busy in gc.callbacks
    finally:
        gc.callbacks.remove(busy)


@pytest.mark.parametrize("name", READERS)
def test_no_reader_is_held_up(name: str) -> None:
    assert [text[:30] for text in shapes(name) if is_too_slow(READERS[name], text)] == []


def numbered(pattern: str) -> str:
    """Return a text of the size in which each repetition has another word."""
    words = SIZE // (len(pattern) + 4)
    return "".join(pattern.replace("WORD", f"attentoin{number}") for number in range(words))


UNKNOWN = {
    "topics": lambda: HEAD.replace("[architectures/attention]", f"[{numbered('WORD, ')}]"),
    "venues": lambda: HEAD + numbered("  - {venue: WORD, year: 2022}\n").join(("relations:\n", "")),
    "records": lambda: HEAD.replace(
        "year: 2022}\n", "year: 2022}\n" + numbered("  - {venue: WORD, year: 2022}\n")
    ),
    "needs": lambda: HEAD + f"requires: [{numbered('WORD, ')}]\n",
    "relations": lambda: HEAD + "relations:\n" + numbered("  - {type: uses, entry: WORD}\n"),
    "fields": lambda: HEAD + numbered("WORD: 1\n"),
    "tags": lambda: HEAD + "tags:\n" + numbered("  WORD: [a]\n"),
    "citations": lambda: HEAD + "summary:\n  plain: >-\n" + numbered("    [@WORD2022x]\n"),
    "rules": lambda: HEAD + "exempt:\n" + numbered("  - {rule: WORD, reason: a}\n"),
}


DOUBLED = {
    "macros": '@string{a = "x"}\n' + "@string{a = a # a}\n" * 90 + "@misc{k, title = a, note = a # a}",
    "macros in one value": "@string{a = {" + "x" * 9000 + "}}\n@misc{k, title = " + "a # " * 60_000 + "a}",
    "volumes": "".join(f"@misc{{k{n}, crossref={{k{n + 1}}}, title={{T}}}}\n" for n in range(6000)),
}
"""Short texts that stand for endless ones."""


@pytest.mark.parametrize("kind", DOUBLED)
def test_what_stands_for_more_than_is_written_holds_nobody_up(kind: str) -> None:
    assert not is_too_slow(imported("a.bib"), DOUBLED[kind])


@pytest.mark.parametrize("kind", UNKNOWN)
def test_thousands_of_unknown_words_hold_nobody_up(kind: str) -> None:
    assert not is_too_slow(checked, UNKNOWN[kind]())
