"""Answers to programs over the whole survey: their size, that nothing is lost, and what is verified."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import TILE, copy, replaced
from rekb.answers.fitting import LIMIT, Answer, grouped, listed, pieces, shortened, size
from rekb.answers.library import Library, Shelf
from rekb.answers.named import key_named
from rekb.answers.tools import answer
from rekb.api import Work
from rekb.errors import RekbError
from rekb.text import visible

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def library() -> Library:
    return Shelf(ROOT).library()


def pages(library: Library, tool: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    """Yield every page of an answer, following `rest`; each is small."""
    offset = 0
    while True:
        text = answer(library, tool, {**arguments, "offset": offset})
        assert len(text.encode()) <= LIMIT
        page = json.loads(text)
        yield page
        if "rest" not in page:
            return
        following = int(page["rest"].rpartition(" ")[2])
        assert following > offset, (tool, arguments, page)
        offset = following


def test_every_work_is_shown_whole_in_small_answers(library: Library) -> None:
    for work in library.base:
        whole: dict[str, str] = {}
        for page in pages(library, "show", work=work.key):
            for part, lines in page.items():
                if part in page["parts"]:
                    whole[part] = whole.get(part, "") + "".join(lines)
        assert list(whole) == list(page["parts"])
        assert whole["authors"] == "".join(map(visible, work.authors))
        for level, text in work.entry.summary.named() if work.entry.summary else ():
            label = library.base.kb.config.levels[level].label.casefold()
            assert whole[label] == "".join(map(visible, text.split("\n")))


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json", "apa", "ieee", "acm"])
def test_every_citation_comes_whole(library: Library, style: str) -> None:
    for work in library.base:
        cited = "".join(page["citation"] for page in pages(library, "cite", works=[work.key], style=style))
        assert cited.rstrip("\n") == work.cite(style).rstrip("\n")


def test_numbers_and_comparisons_of_every_work_are_small(library: Library) -> None:
    keys = library.base.keys
    for place, key in enumerate(keys):
        rows = [row for page in pages(library, "numbers", work=key) for row in page["numbers"]]
        assert len(rows) == len(library.base[key].entry.results)
        if place % 6 == 0:
            works = [*keys[place : place + 6], keys[0]][:6]
            found = [row["row"] for page in pages(library, "compare", works=works) for row in page["rows"]]
            assert found[:3] == ["name", "venue", "topic"]


def test_every_hit_is_listed_once(library: Library) -> None:
    found = [work["key"] for page in pages(library, "find", words="kv cache") for work in page["works"]]
    assert found == [work.key for work in library.base.find("kv cache")]
    assert len(set(found)) == len(found) > 100


def verdict(library: Library, citation: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for page in pages(library, "verify_citation", citation=citation):
        (part,) = page["citations"]
        part["differ"] = [*found.get("differ", []), *part.get("differ", [])]
        found |= part
    return found


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_our_own_citations_agree(library: Library, style: str) -> None:
    for work in library.base:
        found = verdict(library, work.cite(style))
        assert (found["verdict"], found["key"]) == ("agrees", work.key), found


def later(bibtex: str, _: Work) -> str:
    return re.sub(r"(?<=\n)(  year +=) \{(\d+)\}", lambda m: f"{m[1]} {{{int(m[2]) + 30}}}", bibtex)


def with_stranger(bibtex: str, _: Work) -> str:
    return re.sub(r"(\n  author +=) \{", r"\1 {Quixote, Alonso and ", bibtex)


def retitled(bibtex: str, work: Work) -> str:
    return re.sub(r"(\n  title +=) \{", rf"\1 {{{work.year} Reasons Against ", bibtex)


def renumbered(bibtex: str, _: Work) -> str:
    return re.sub(r"(\n  eprint +=) \{\d+\.", r"\1 {1301.", bibtex)


@pytest.mark.parametrize(
    ("change", "field"),
    [(later, "year"), (with_stranger, "authors"), (retitled, "title"), (renumbered, "arxiv")],
)
def test_what_is_wrong_in_a_citation_is_found(
    library: Library, change: Callable[[str, Work], str], field: str
) -> None:
    changed = missed = 0
    for work in library.base:
        before = work.cite()
        after = change(before, work)
        if after == before:
            continue
        changed += 1
        found = verdict(library, after)
        if found["verdict"] == "not here":  # another title and nothing that names the work
            assert field == "title"
            assert not re.search(r"^  (doi|eprint) ", after, re.MULTILINE)
            missed += 1
            continue
        assert found["verdict"] == "differs"
        assert [difference["field"] for difference in found["differ"]] == [field], found
    assert changed > 400
    assert missed < 60


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain text", "plain text"),
        (" two\nlines\tand  spaces ", "two lines and spaces"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("a\u2028b\u0085c", "a b c"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\x00", ""),
    ],
)
def test_characters_that_control_are_removed(text: str, seen: str) -> None:
    assert visible(text) == seen
    assert shortened(text) == seen


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [
        ("", 10, []),
        ("short", 10, ["short"]),
        ("one two three", 8, ["one two ", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("äöü", 4, ["äö", "ü"]),
        ('""""', 4, ['""', '""']),
        ("鳥鳥鳥", 7, ["鳥鳥", "鳥"]),
    ],
)
def test_pieces(text: str, most: int, found: list[str]) -> None:
    assert list(pieces(text, most)) == found
    assert all(size(piece) <= most for piece in pieces(text, most))


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [("one two three", 12, "one two…"), ("one two", 7, "one two"), ("aaaaaaaaaa", 6, "aaa…")],
)
def test_shortened(text: str, most: int, found: str) -> None:
    assert shortened(text, most) == found


def test_an_answer_takes_what_fits() -> None:
    lines = ["x" * 400] * 7
    first = json.loads(Answer({"a": 1}, lines, listed("b")).text())
    assert (len(first["b"]), first["rest"]) == (3, "4 more: the same call with offset 3")
    last = json.loads(Answer({"a": 1}, lines, listed("b"), offset=6).text())
    assert last == {"a": 1, "b": ["x" * 400]}
    assert grouped([("a", "1"), ("b", "2"), ("a", "3")]) == {"a": ["1", "3"], "b": ["2"]}


def test_large_numbers_are_written_out(tmp_path: Path) -> None:
    root = copy(
        tmp_path, replaced(TILE, "value: 10\n", "value: 1234567\n"), replaced(TILE, "    upper: 20.5\n", "")
    )
    text = answer(Shelf(root).library(), "show", {"work": "Tile", "part": "Results"})
    assert "less peak memory: up to 1,234,567x" in text


@pytest.mark.parametrize(
    ("number", "named"), [(2, "a0, a1"), (6, "a0, a1, a2, a3, a4, a5"), (7, "a0, a1, a2, a3, a4, a5")]
)
def test_six_works_of_a_name_are_said(number: int, named: str) -> None:
    names = {f"a{place}": "Moth" for place in range(number)}
    with pytest.raises(RekbError, match=rf"several works are called 'moth'; give the key of one: {named}$"):
        key_named(names, "moth")
