"""One ranking for every box: rows of questions on the real base, for Python and for the browser's script."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from in_node import in_node
from rekb.kb import KnowledgeBase
from rekb.kb.document import Document, url_identifier
from rekb.kb.documents import documents, venue_names
from rekb.kb.question import identifiers_in
from rekb.kb.ranking import Ranking, groups
from rekb.kb.search import search
from rekb.kb.words import NEVER, allowed_slips, fold, name_words, slips
from rekb.mkdocs.sections import taken_sections
from rekb.site.outputs.search_index import (
    SEARCH_FOLDER,
    SEARCH_INDEX,
    Section,
    piece_makers,
    search_assets,
    with_sections,
)
from rekb.site.outputs.search_pieces import Pieces, letter_piece, path_of
from rekb.site.parts.views import Material

TESTS = Path(__file__).parent
ROWS: list[dict[str, Any]] = json.loads((TESTS / "search_rows.json").read_text(encoding="utf-8"))
"""A question and what it must find: `work`, `topic`, `author`, `model` as the first of its kind, `works` and
`topics` among the first three, `group` as the kind that stands first, `nothing` where nothing may be found,
`not_work` which work may not be first, `by` the person whose works stand before those of all others."""
QUESTIONS: list[str] = [row["ask"] for row in ROWS]
HOSTILE = (
    "",
    "   ",
    "...",
    "(.*+?)[a-z]{3}$^|\\",
    "https://",
    "https://[::1",
    "https://arxiv.org/%E0%A4%A",
    "arxiv.org/",
    "<script>alert(1)</script>",
    "the of and",
    "é́́́",
    "注意力",
    "x" * 5000,
    "flash " * 500,
    "constructor __proto__ toString",
)
"""Questions that ask for nothing sensible; both answer them alike."""
SECTIONS = (
    Section("design/#flashattention", "FlashAttention", "FlashAttention KV cache LoRA zebrafish"),
    Section("guide/", "LoRA", "How <b>LoRA</b> is entered"),
    Section("empty/", "", "A section without a title is passed over"),
)
PROGRAM = """
    const { makeIndex, groups, pathOf } = rekb.ranking;
    const { first, further } = given.pieces;
    const whole = makeIndex(first);
    if (given.whole) for (const [name, piece] of Object.entries(further)) whole.add(name, piece);
    const answers = given.questions.map((question) => {
      const index = given.whole ? whole : makeIndex(structuredClone(first));
      let fetched = [];
      for (let names = index.missing(question); names.length; names = index.missing(question)) {
        if (names.some((name) => fetched.includes(name))) throw new Error(`${names} twice`);
        fetched = [...fetched, ...names];
        for (const name of names) index.add(name, structuredClone(further[name]));
      }
      const before = index.steps();
      const found = index.find(question);
      const lines = found.slice(0, 8).map(({ number }) => {
        const name = index.linePiece(number);
        if (name) index.add(name, further[name]);
        return index.lineOf(number);
      });
      return {
        groups: groups(found).map(({ kind, hits }) => [kind, hits.map((hit) => hit.document.id)]),
        scores: found.map((hit) => hit.score),
        whole: found.map((hit) => hit.isWhole),
        sure: found.map((hit) => hit.isSure),
        steps: index.steps() - before,
        fetched,
        lines,
      };
    });
    return { answers, paths: whole.documents.map(pathOf) };
"""
MOST_FIRST = 150_000
"""Packed bytes of the first piece, at any number of works."""
MOST_PIECE = 60_000
"""Packed bytes of a further piece of the corpus."""
MOST_STEPS = 400_000
"""Words compared and places read for one more letter, with four times as many works: a step is a few
instructions, so this is far below a tenth of a second."""


Content = dict[str, Any]
"""The pieces of an index: `first`, and `further` by name."""


def reported(pieces: Content, questions: list[str], *, whole: bool = True) -> dict[str, Any]:
    """Return what the browser's script finds, and where it says that each document is.

    Args:
        pieces: the index.
        questions: what is asked.
        whole: whether all pieces are there; else an index fetches what each question needs.
    """
    given = {"pieces": pieces, "questions": questions, "whole": whole}
    found: dict[str, Any] = in_node(["ranking.js"], PROGRAM, given)
    return found


def answers(pieces: Content, questions: list[str], *, whole: bool = True) -> list[dict[str, Any]]:
    """Return what the browser's script finds."""
    found: list[dict[str, Any]] = reported(pieces, questions, whole=whole)["answers"]
    return found


def answer(ranking: Ranking, question: str) -> dict[str, Any]:
    """Return the same of the ranking in Python."""
    before = ranking.steps
    found = ranking.find(question)
    return {
        "groups": [[kind, [hit.document.id for hit in hits]] for kind, hits in groups(found)],
        "scores": [hit.score for hit in found],
        "whole": [hit.is_whole for hit in found],
        "sure": [hit.is_sure for hit in found],
        "steps": ranking.steps - before,
    }


@pytest.fixture(scope="module")
def ranking(base: KnowledgeBase) -> Ranking:
    """Return the ranking of the real base."""
    names = {venue.short: venue_names(venue) for venue in base.venues.values()}
    return Ranking(documents(base), names)


@pytest.fixture(scope="module")
def content(base: KnowledgeBase) -> Content:
    """Return the index of the real base, without pages."""
    made = {asset.path: json.loads(asset.content) for asset in search_assets(Material.of(base), ())}
    first = made.pop(SEARCH_INDEX)
    return {"first": first, "further": {Path(path).stem: piece for path, piece in made.items()}}


@pytest.fixture(scope="module")
def browsers(content: Content) -> dict[str, dict[str, Any]]:
    """Return what the script finds, by question."""
    questions = [*QUESTIONS, *HOSTILE]
    return dict(zip(questions, answers(content, questions), strict=True))


@pytest.fixture(scope="module")
def fetching(content: Content) -> dict[str, dict[str, Any]]:
    """Return what the script finds when it fetches for each question what that needs, by question."""
    questions = [*QUESTIONS, *HOSTILE]
    return dict(zip(questions, answers(content, questions, whole=False), strict=True))


def faults(row: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Return what a row asks for and was not found."""
    by_kind: dict[str, list[str]] = dict(found["groups"])
    wrong = [
        f"{kind} {row[kind]} is not before {by_kind.get(kind, [])[:3]}"
        for kind in ("work", "topic", "author", "model")
        if kind in row and by_kind.get(kind, [])[:1] != [row[kind]]
    ]
    for kind in ("work", "topic"):
        first = by_kind.get(kind, [])[:3]
        wrong += [f"{key} is not among {first}" for key in row.get(f"{kind}s", ()) if key not in first]
    if row.get("nothing") and by_kind:
        wrong.append(f"found {by_kind}")
    if "group" in row and found["groups"][0][0] != row["group"]:
        wrong.append(f"{found['groups'][0][0]} stands first")
    if row.get("not_work") in by_kind.get("work", [])[:1]:
        wrong.append(f"{row['not_work']} is first")
    return wrong


def test_there_are_enough_rows() -> None:
    assert len(set(QUESTIONS)) == len(ROWS) >= 120
    assert all(len(row) > 1 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=QUESTIONS)
def test_the_question_finds_it(ranking: Ranking, row: dict[str, Any]) -> None:
    assert faults(row, answer(ranking, row["ask"])) == []


@pytest.mark.parametrize("row", ROWS, ids=QUESTIONS)
def test_the_browser_finds_it(browsers: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    assert faults(row, browsers[row["ask"]]) == []


@pytest.mark.parametrize("row", [row for row in ROWS if "by" in row], ids=lambda row: row["ask"])
def test_the_works_of_a_person_stand_before_all_others(ranking: Ranking, row: dict[str, Any]) -> None:
    signed = {document.id for document in ranking.documents if row["by"] in document.people}
    found = dict(answer(ranking, row["ask"])["groups"])["work"]
    assert signed
    assert set(found[: len(signed)]) == signed


@pytest.mark.parametrize(
    "part",
    [
        Document("work", "part", "Boxes", people=("Songhao Moth",), links=3),
        Document("work", "part", "Songsheets"),
        Document("work", "part", "Boxes", names=("SONGS",)),
    ],
    ids=["of a person", "of a title", "of a name"],
)
def test_a_part_of_a_word_is_behind_the_whole_word_of_a_name(part: Document) -> None:
    signed = tuple(Document("work", f"song{n}", "Lamps", people=("Song Lamp",)) for n in range(5))
    others = tuple(Document("work", f"other{n}", "Lamps", people=("Jo Candle",)) for n in range(40))
    # The question begins a name too, which is worth more than any word: a second word keeps that out.
    found = [hit.document.id for hit in Ranking((part, *signed, *others), {}).find("song nowhere")]
    assert found == [*(work.id for work in signed), "part"]


@pytest.mark.parametrize("question", [*QUESTIONS, *HOSTILE])
def test_both_give_one_answer(ranking: Ranking, browsers: dict[str, dict[str, Any]], question: str) -> None:
    found = answer(ranking, question)
    assert {name: browsers[question][name] for name in found} == found


@pytest.mark.parametrize("question", [*QUESTIONS, *HOSTILE])
def test_what_is_fetched_for_a_question_answers_it_as_all_would(
    browsers: dict[str, dict[str, Any]], fetching: dict[str, dict[str, Any]], question: str
) -> None:
    # How many words are compared depends on which are there.
    differs = {"steps", "fetched"}
    found = {name: value for name, value in fetching[question].items() if name not in differs}
    assert found == {name: browsers[question][name] for name in found}


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("2205.14135", {"authors", "help", "named"}),
        ("flash attention", {"authors", "help", "words-f", "words-a"}),
        ("the gptq", {"authors", "help", "words-g"}),
        ("", {"authors", "help"}),
        ("flahs", {"authors", "help", "words-f", "spellings"}),
    ],
)
def test_a_question_fetches_what_it_needs(
    fetching: dict[str, dict[str, Any]], content: Content, question: str, pieces: set[str]
) -> None:
    known = fetching.get(question) or answers(content, [question], whole=False)[0]
    # Of these there are as many as the works ask for.
    fetched = {re.sub(r"^(named|authors)\b.*", r"\1", name) for name in known["fetched"]}
    assert fetched == pieces


def test_every_line_is_whole(base: KnowledgeBase, browsers: dict[str, dict[str, Any]]) -> None:
    lines = {document.id: document.line for document in documents(base)}
    for found in browsers.values():
        ids = [key for kind, keys in found["groups"] if kind in {"work", "topic"} for key in keys]
        assert {lines[key] for key in ids[:1]} <= {*found["lines"], ""} or len(ids) > len(found["lines"])


@pytest.mark.parametrize("row", [row for row in ROWS if "work" in row][:60:5], ids=lambda row: row["ask"])
def test_the_command_line_ranks_alike(base: KnowledgeBase, row: dict[str, Any]) -> None:
    assert search(base, row["ask"])[0].key == row["work"]


def test_both_say_where_it_is(base: KnowledgeBase, content: Content) -> None:
    people = Material.of(base).authors
    paths = [people.get(document.id) or path_of(document) for document in documents(base)]
    assert reported(content, [])["paths"] == paths


def test_help_is_behind_all_else(base: KnowledgeBase, content: Content) -> None:
    help_piece = json.loads(with_sections(json.dumps(content["further"]["help"]).encode(), SECTIONS))
    index = content | {"further": content["further"] | {"help": help_piece}}
    asked = ["FlashAttention", "LoRA", "kv cache", "zebrafish"]
    first = [[kind for kind, _ in found["groups"]] for found in answers(index, asked)]
    assert first[0][0] == "work"
    assert [kinds[-1] for kinds in first] == ["help"] * 4
    assert first[3] == ["help"]
    assert [made["path"] for made in help_piece["sections"]] == ["design/#flashattention", "guide/"]
    help_documents = [Document("help", s.path, s.title, words=("zebrafizh",)) for s in SECTIONS[:2]]
    both = groups(Ranking((*documents(base), *help_documents), {}).find("FlashAttention"))
    assert [kind for kind, _ in both][-1] == "help"


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_every_piece_of_the_index_is_small(content: Content, built_site: Path) -> None:
    first = (built_site / SEARCH_INDEX).read_bytes()
    assert json.loads(first)["blocks"] == content["first"]["blocks"]
    assert packed(first) <= MOST_FIRST
    pieces = {path.stem: path.read_bytes() for path in (built_site / SEARCH_FOLDER).iterdir()}
    assert pieces.keys() == content["further"].keys()
    assert {name: packed(piece) for name, piece in pieces.items() if packed(piece) > MOST_PIECE} == {}
    assert json.loads(pieces["help"])["sections"]
    assert not (built_site / "search" / "search_index.json").exists()


@pytest.mark.parametrize("others", [(), ("worker.js",)], ids=["index alone", "scripts beside it"])
def test_the_index_of_the_plugin_is_taken_and_its_empty_folder_removed(
    tmp_path: Path, others: tuple[str, ...]
) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    docs = [{"location": "guide/", "title": "Guide &amp; more", "text": "<p>Words</p>"}]
    (folder / "search_index.json").write_text(json.dumps({"docs": docs}), encoding="utf-8")
    for name in others:
        (folder / name).touch()
    assert taken_sections(tmp_path) == (Section("guide/", "Guide & more", "Words"),)
    assert taken_sections(tmp_path) is None
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    assert sorted(left) == sorted(["search", *(f"search/{name}" for name in others)] if others else [])


def test_the_first_piece_does_not_grow_with_the_works(base: KnowledgeBase) -> None:
    found = documents(base)
    works = [document for document in found if document.kind == "work"]
    others = [document for document in found if document.kind != "work"]
    grown = [replace(work, id=f"{work.id}{number}") for number in range(15) for work in works]
    pieces = Pieces([*grown, *others])
    assert len(grown) > 20_000
    assert packed(json.dumps(pieces.first(base.venues.values()), ensure_ascii=False).encode()) <= MOST_FIRST
    authors = sum(document.kind == "author" for document in others)
    made = piece_makers(len(grown), len(base.topics), authors)
    assert {*pieces.first(base.venues.values())["blocks"]} <= made.keys()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("question", "is_sure"),
    [("2205.14135", True), (" arxiv:2205.14135 ", True), ("2205.14135 again", False), ("attention", False)],
)
def test_a_question_that_is_one_identifier(question: str, *, is_sure: bool) -> None:
    named, found = identifiers_in(question)
    assert found == is_sure
    assert ("arxiv:2205.14135" in named) == ("2205" in question)


def test_a_word_that_looks_like_an_identifier_is_named_and_not_sure() -> None:
    assert identifiers_in("HJ4ohLQ56X") == ({"key:hj4ohlq56x", "openreview:HJ4ohLQ56X"}, False)


@pytest.mark.parametrize(
    ("word", "piece"),
    [("attention", "a"), ("zebra", "z"), ("4bit", "0"), ("90", "0"), ("\u03b2", "other"), ("_x", "other")],
)
def test_a_word_is_in_the_piece_of_its_letter(word: str, piece: str) -> None:
    assert letter_piece(word) == piece


@pytest.mark.parametrize(
    ("works", "topics", "pieces"),
    [(0, 0, 0), (1, 0, 1), (199, 1, 1), (200, 1, 2), (300, 100, 2), (400, 1, 3)],
)
def test_a_piece_holds_two_hundred_lines(works: int, topics: int, pieces: int) -> None:
    made = [name for name in piece_makers(works, topics, 0) if name.startswith("lines-")]
    assert made == [f"lines-{number}" for number in range(pieces)]


def test_a_letter_more_is_little_work_with_four_times_the_works(base: KnowledgeBase) -> None:
    def other(document: Document, number: int) -> Document:
        # Letters of its own in every name, so that the words grow with the works.
        mark = "abcd"[number]
        people = tuple(f"{person}{mark}" for person in document.people)
        names = tuple(f"{name}{mark}" for name in document.names)
        title = document.title.replace(" ", f"{mark} ")
        return replace(document, id=f"{document.id}{mark}", title=title, names=names, people=people)

    grown = [other(document, number) for document in documents(base) for number in range(4)]
    ranking = Ranking(grown, {})
    asked = ("flahs atention exact", "quantizaton", "efficient", "speculativ decodng")
    typed = [text[:end] for text in asked for end in range(1, len(text) + 1)]
    most = max((answer(ranking, text)["steps"], text) for text in typed)
    assert most[0] <= MOST_STEPS, most


@pytest.mark.parametrize(
    ("typed", "word", "most", "apart"),
    [
        ("abc", "abc", 1, (0, 0)),
        ("lora", "lroa", 1, (1, 1)),
        ("lora", "lomo", 1, (NEVER, NEVER)),
        ("flash", "flashattention", 1, (NEVER, 0)),
        ("flahs", "flashattention", 1, (NEVER, 1)),
        ("smoothqaunt", "smoothquant", 2, (1, 1)),
        ("quantt", "quant", 1, (1, 1)),
        ("abcdef", "uvwxyz", 2, (NEVER, NEVER)),
    ],
)
def test_slips(typed: str, word: str, most: int, apart: tuple[int, int]) -> None:
    assert slips(typed, word, most) == apart


@pytest.mark.parametrize(
    ("typed", "word", "found"),
    [
        ("abc", "abd", False),
        ("lora", "lroa", True),
        ("lora", "lomo", False),
        ("lora", "qlora", True),
        ("cache", "cches", True),
        ("pruning", "prunning", True),
        ("pruning", "tunning", False),
        ("attention", "atenttion", True),
        ("attenton", "attention", True),
        ("atenton", "attentions", False),
        ("inference", "reference", True),
        ("transformer", "conformers", False),
        ("transfromers", "transformer", True),
        ("quantizat", "quantization", True),
        ("quantisaton", "quantization", True),
    ],
)
def test_how_many_slips_a_word_may_have(typed: str, word: str, *, found: bool) -> None:
    assert (min(slips(typed, word, allowed_slips(typed))) < NEVER) is found


@pytest.mark.parametrize(("typed", "most"), [("abc", 0), ("lora", 1), ("gpt4", 0), ("quantization", 2)])
def test_allowed_slips(typed: str, most: int) -> None:
    assert allowed_slips(typed) == most


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Quantisation", "quantization"), ("Söréñ Ærø Łoß", "soren aero loss"), ("ﬁne", "fine")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NightLamp-2", {"nightlamp", "2", "night", "lamp", "nightlamp2"}),
        ("LLM.int8()", {"llm", "int8", "llmint8"}),
        ("GPTQ", {"gptq"}),
        ("KVQuant", {"kvquant", "kv", "quant"}),
    ],
)
def test_name_words(name: str, words: set[str]) -> None:
    assert set(name_words(name)) == words


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://github.com/Owner/Name.git", "url:github.com/owner/name"),
        ("https://github.com/owner/name/tree/main/src", "url:github.com/owner/name"),
        (
            "https://www.usenix.org/conference/osdi22/presentation/yu",
            "url:usenix.org/conference/osdi22/presentation/yu",
        ),
        ("https://example.org/", ""),
        ("no address", ""),
        ("https://[broken", ""),
    ],
)
def test_url_identifier(address: str, identifier: str) -> None:
    assert url_identifier(address) == identifier
